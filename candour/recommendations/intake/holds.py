"""What a column holds, against what its heading says: a wide heading ("Updated", "Action") is narrowed by its cells. Pure."""

import re
from collections.abc import Callable, Sequence

from candour.audits.intake.days import due_days, without
from candour.audits.intake.owners import owners_of
from candour.audits.intake.words import read_priority
from candour.kernel.intake.printed import blank

from .sources import says_more, source_of

_SHORT, _LONG = 30, 60  # signs: of a word or a day, of a sentence
_WHEN = re.compile(
    r"^\W*(?:tbc|tba|tbd|on-?going|immediate(?:ly)?|n/?a|none|to be (?:confirmed|agreed)|various|asap|as above|completed?|"
    r"q(?:tr|uarter)?\s?[1-4]\b.{0,12}|(?:spring|summer|autumn|winter)\s+20\d\d|year[- ]end.{0,12}|20\d\d(?:/\d\d)?|"
    r"(?:mid|end|early|late)\b.{0,20})\W*$",
    re.IGNORECASE,
)
# What stands beside a day that something is due by.
_ABOUT = re.compile(
    r"^(?:(?:by|from|to|until|end|the|of|revised|original|originally|now|was|extended|phased|start|complete[d]?)\b\W*)+$",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"^(?:revised|updated?|when|original|due|target|current date|quarter|month|from|raised|extension)\W*$",
    re.IGNORECASE,
)


# "2024-12/R1", "IA-07.2": letters or a stroke beside figures, and no word.
_SIGN = re.compile(r"^(?=\S*\d)(?=\S*[^\W\d]|\S*[/.-])[A-Za-z]{0,8}[\w./-]{1,16}$")
_YEAR = re.compile(r"^(?:fy\s?)?(?:20)?\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?$", re.IGNORECASE)


def better(name: str | None, heading: str, held: Sequence[str], rows: int) -> str | None:
    """The field of a column: what its heading says, or what its cells show it to be. held: what is printed below."""
    cells = [text for text in held if not blank(text)]
    if not cells or name is None:
        return name
    check = _CHECKS.get(name)
    return check(heading, cells) if check else name


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in cells) / len(cells)


def is_day(text: str) -> bool:
    """Nothing but days, or a word for one."""
    if _WHEN.match(text):
        return True
    days = due_days(text)
    rest = without(text, days).strip(" |.,;:()-–")
    return (
        bool(days)
        and len(rest) <= _SHORT
        and not owners_of(rest)
        and (len(rest) <= _SHORT / 2 or _ABOUT.match(rest) is not None)
    )


def _day_alone(text: str) -> bool:
    """A day beside which nothing is told: "Matched in August 2025." says what was done."""
    rest = without(text, due_days(text)).strip(" |.,;:()-–")
    return is_day(text) and not (re.search(r"[a-z]{4}", rest) and not _ABOUT.match(rest))


def _mean(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells)


def _target(name: str) -> Callable[[str, Sequence[str]], str | None]:
    def check(heading: str, cells: Sequence[str]) -> str | None:
        dated = _share(cells, is_day)
        if _WIDE.match(heading) and dated < 0.5:
            return "updates" if _mean(cells) >= _LONG else None
        if dated < 0.3 and _mean(cells) >= 2 * _LONG:
            return "updates" if "time" not in heading.casefold() else None
        return name

    return check


def _updated(heading: str, cells: Sequence[str]) -> str | None:
    if _share(cells, is_day) >= 0.5:
        return "updated"
    return "updates" if heading.casefold().startswith(("updat", "last updat")) else None


def _updates(heading: str, cells: Sequence[str]) -> str | None:
    """Days alone under "Last update" are the days of updates that stand elsewhere."""
    if _share(cells, lambda text: re.fullmatch(r"\d{1,3}(?:\.\d+)?\s?%?", text)) >= 0.8:
        return None  # how much of it is done, in figures
    if re.match(r"\W*[\dq]|[a-z]{3,9}\W{0,2}(?:20)?\d\d\W*$", heading, re.IGNORECASE) and _mean(cells) < _SHORT / 2:
        return None  # a month alone heads figures as well as updates
    wide = re.match(r"(?:last|latest|most recent)?\s*updates?\W*$", heading, re.IGNORECASE)
    return "updated" if wide and _share(cells, _day_alone) >= 0.8 else "updates"


def _priority(heading: str, cells: Sequence[str]) -> str | None:
    if _share(cells, lambda text: read_priority(text) or len(text) <= _SHORT) >= 0.5:
        wide = re.match(r"(?:risk|category|level|p|class|impact|assessment|risk score)\W*$", heading, re.IGNORECASE)
        return None if wide and _share(cells, read_priority) < 0.5 else "priority"
    return "risk" if "risk" in heading.casefold() else None


def _status(heading: str, cells: Sequence[str]) -> str | None:
    if _share(cells, lambda text: re.fullmatch(r"\d{1,3}(?:\.\d+)?\s?%?", text)) >= 0.8:
        return None  # how much of it is done, in figures
    dated = _share(cells, is_day) >= 0.6 and any(map(due_days, cells))
    if dated and re.search(r"clos|complet|implement", heading, re.IGNORECASE):
        return "ended"
    return "updates" if _mean(cells) >= _LONG else "status"


def _owner(_heading: str, cells: Sequence[str]) -> str | None:
    if _share(cells, lambda text: due_days(text) and is_day(text)) >= 0.5:
        return "original_target"
    return (
        "owner"
        if _mean(cells) <= 3 * _LONG and _share(cells, lambda text: re.search(r"[A-Za-z]{2}", text)) >= 0.5
        else None
    )


def _reference(_heading: str, cells: Sequence[str]) -> str | None:
    if _mean(cells) > _LONG:
        return "text"
    return "reference"


def _text(_heading: str, cells: Sequence[str]) -> str | None:
    """A column of short signs with figures is a reference, whatever it is called."""
    if len(cells) > 1 and all(len(text) <= _SHORT and source_of(text) for text in cells):
        return "source"
    signs = _share(cells, lambda text: len(text) <= 14 and re.search(r"\d", text) and " " not in text.strip())
    return "reference" if signs >= 0.8 else "text"


def _heading(heading: str, cells: Sequence[str]) -> str | None:
    """Under "Issue" sentences are what was found; a word or two name it; signs with figures are a reference."""
    if len(cells) > 1 and all(map(_SIGN.match, cells)) and len({*cells}) == len(cells):
        return "reference"
    told = _share(cells, lambda text: len(text.split()) >= 6)
    return "finding" if re.match(r"\W*issues?\b", heading, re.IGNORECASE) and told >= 0.8 else "heading"


def _source(_heading: str, cells: Sequence[str]) -> str | None:
    return "source" if _share(cells, source_of) >= 0.5 else None


def _audit(_heading: str, cells: Sequence[str]) -> str | None:
    if all(map(_YEAR.match, cells)):
        return None
    return "source" if _share(cells, lambda text: source_of(text) and not says_more(text)) >= 0.9 else "audit"


def _audit_date(heading: str, cells: Sequence[str]) -> str | None:
    return "audit_date" if _share(cells, is_day) >= 0.5 else None


def _response(_heading: str, cells: Sequence[str]) -> str | None:
    return "original_target" if _share(cells, lambda text: due_days(text) and is_day(text)) >= 0.8 else "response_text"


_CHECKS: dict[str, Callable[[str, Sequence[str]], str | None]] = {
    "original_target": _target("original_target"),
    "current_target": _target("current_target"),
    "updated": _updated,
    "updates": _updates,
    "priority": _priority,
    "status": _status,
    "owner": _owner,
    "reference": _reference,
    "text": _text,
    "source": _source,
    "heading": _heading,
    "audit": _audit,
    "audit_date": _audit_date,
    "response_text": _response,
}
