"""Due diligence: which checks a body asks of a provider, what was seen of each, and since when one is missing or out of date.

Pure. Nothing here depends on today but result(), which is a rule table. See docs/rules/care.md.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.rules import TODAY, Condition, Rule, Table, Today, read, table

EXPIRING = 60  # days before a check runs out on which it is said to expire soon


@dataclass(frozen=True)
class Asked:
    """A kind of check that is asked for from a day. kinds: of agreements that ask for it; empty for all of them."""

    number: int
    name: str
    starts: date
    kinds: frozenset[str] = frozenset()

    def of(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True)
class Made:
    """A check as it was made, or waived. kind: the number of its kind; number: of the check, later ones are higher."""

    kind: int
    number: int
    on: date
    expires: date | None = None
    waived: bool = False


@dataclass(frozen=True)
class Standing:
    """How a provider stands in one kind of check. owed_from: since when it is missing, None where one was made or waived.

    until: the last day on which the last one made holds, None where it does not run out.
    """

    name: str
    owed_from: date | None = None
    until: date | None = None
    waived: bool = False


@dataclass(frozen=True)
class Care:
    """All checks of a provider as one kind of agreement needs them, for the read line.

    owed_from: the first day from which one is missing. checked_until: the last day on which all that were made hold.
    diligence: the standings as text, read again by read_told().
    """

    owed_from: date | None = None
    checked_until: date | None = None
    diligence: str = ""


RESULT: Table = table(
    Rule("Missing", (Condition("owed_from", "<=", TODAY),)),
    Rule("Asked later", (Condition("owed_from", "is not none"),)),
    Rule("Out of date", (Condition("until", "<", TODAY),)),
    Rule("Waived", (Condition("waived", "==", True),)),
    Rule("Expires soon", (Condition("until", "<=", Today(EXPIRING)),)),
    Rule("In date"),
)
RESULT_WORDS: Mapping[str, str] = {
    "Missing": "Nothing was seen, and it is asked for.",
    "Asked later": "Nothing was seen; it is asked for from a day to come.",
    "Out of date": "What was seen has run out.",
    "Waived": "A post that may has let it be, with a reason, until a day.",
    "Expires soon": f"What was seen runs out within {EXPIRING} days.",
    "In date": "It was seen, and holds.",
}


def result(one: Standing, today: date) -> str:
    """A key of RESULT_WORDS."""
    return read(RESULT, one, today)


def standings(kind: str, asked: Iterable[Asked], made: Sequence[Made]) -> tuple[Standing, ...]:
    """How a provider stands for one kind of agreement, by the name of each check. The last made of a kind counts."""
    last: dict[int, Made] = {}
    for one in sorted(made, key=lambda each: (each.on, each.number)):
        last[one.kind] = one
    found = []
    for each in sorted(asked, key=lambda one: (one.name, one.number)):
        if not each.of(kind):
            continue
        held = last.get(each.number)
        if held is None:
            found.append(Standing(each.name, owed_from=each.starts))
        else:
            found.append(Standing(each.name, until=held.expires, waived=held.waived))
    return tuple(found)


def care_of(found: Sequence[Standing]) -> Care:
    """The standings put together; nothing where no check is asked for."""
    if not found:
        return Care()
    told = [[one.name, _said(one.owed_from), _said(one.until), one.waived] for one in found]
    return Care(
        owed_from=min((one.owed_from for one in found if one.owed_from), default=None),
        checked_until=min((one.until for one in found if one.until), default=None),
        diligence=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
    )


def read_told(text: str) -> tuple[Standing, ...]:
    """The standings that care_of() wrote."""
    return tuple(
        Standing(name, _read(owed), _read(until), waived) for name, owed, until, waived in json.loads(text or "[]")
    )


def named(text: str, today: date, *results: str) -> str:
    """The names of checks that stand so on a day, in a sentence: "Accounts and Insurance"."""
    names = [one.name for one in read_told(text) if result(one, today) in results]
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
