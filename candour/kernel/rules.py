"""Rule tables: a decision that depends on today, written once as data.

A table is read in Python here and compiled to SQL by records/compile.py; a test holds the two equal. So a condition
compares as SQL does: a comparison with a missing value is never true.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Literal, get_args, get_type_hints

Op = Literal["<", "<=", ">", ">=", "==", "is none", "is not none"]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
_NUMBER_WORDS = {"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least", "==": "is"}
_DATE_WORDS = {"<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after", "==": "is on"}


@dataclass(frozen=True)
class Field:
    """The value of another field of the same line."""

    name: str


@dataclass(frozen=True)
class Today:
    """The day on which a table is read, or so many days after it: Today(14)."""

    days: int = 0


TODAY = Today()


@dataclass(frozen=True)
class Condition:
    """One comparison of a field of the line. value is a literal, TODAY, Today(n) or Field("name").

    Raises ValueError for an operator that does not exist, for a comparison without a value (nothing equals a missing
    value: ask "is none"), and for "is none" or "is not none" with one.
    """

    field: str
    op: Op
    value: object = None

    def __post_init__(self) -> None:
        if self.op not in get_args(Op):
            raise ValueError(f"{self.op!r} is not one of {', '.join(get_args(Op))}")
        if (self.value is None) == (self.op in COMPARISONS):
            raise ValueError(f"{self.field} {self.op}: a comparison needs a value, and only a comparison takes one")

    def on(self, today: date) -> "Test":
        """What says whether a line meets the condition on that day. A missing value on either side of a comparison: no."""
        named, value = attrgetter(self.field), literal(self.value, today)
        if self.op == "is none":
            return lambda line: named(line) is None
        if self.op == "is not none":
            return lambda line: named(line) is not None
        compare = COMPARISONS[self.op]
        if isinstance(value, Field):
            other = attrgetter(value.name)
            return lambda line: _both(named(line), other(line)) and compare(named(line), other(line))
        return lambda line: (left := named(line)) is not None and compare(left, value)


Test = Callable[[object], bool]


def _both(left: object, right: object) -> bool:
    return left is not None and right is not None


@dataclass(frozen=True)
class Rule:
    """An outcome, and the conditions that must all hold for it. Without conditions it always holds."""

    outcome: str
    when: tuple[Condition, ...] = ()


class Table(tuple[Rule, ...]):
    """Rules in the order in which they are tried. Made by table()."""

    _read: tuple[date, tuple[tuple[str, tuple[Test, ...]], ...]] | None = None

    def on(self, today: date) -> tuple[tuple[str, tuple[Test, ...]], ...]:
        """Each outcome with its conditions as they stand on a day. Kept for the day asked of last: lines come by thousands."""
        kept = self._read
        if kept is None or kept[0] != today:
            kept = today, tuple((rule.outcome, tuple(each.on(today) for each in rule.when)) for rule in self)
            self._read = kept
        return kept[1]


def table(*rules: Rule) -> Table:
    """A rule table: the first rule that holds decides. "Either ... or" is two rules with one outcome.

    Raises ValueError unless the last rule, and no other, is without conditions: every line has exactly one outcome,
    and no rule stands where it is never reached.
    """
    if not rules or rules[-1].when or not all(rule.when for rule in rules[:-1]):
        raise ValueError("the last rule of a table, and no other, must be without conditions")
    return Table(rules)


def read(table: Table, line: object, today: date) -> str:
    """The outcome of the first rule whose conditions all hold for the line on that day."""
    for outcome, conditions in table.on(today):
        for holds in conditions:
            if not holds(line):
                break
        else:
            return outcome
    raise AssertionError("a table ends with a rule that always holds")


def literal(value: object, today: date) -> object:
    """A condition's value on a day: Today becomes its date; any other value is itself (a Field stays a Field)."""
    if value is TODAY:
        return today
    return today + timedelta(days=value.days) if isinstance(value, Today) else value


def explain(table: Table, *, line: type | None = None) -> list[str]:
    """The table as sentences, one a rule, in the order in which they are tried.

    line is the class of what the table reads: its type hints tell dates from numbers ("is before", "is below").
    Without it a field counts as a date where it is compared with a day.
    """
    dates = {name for name, hint in get_type_hints(line).items() if hint in (date, date | None)} if line else set()
    *tried, last = table
    return [
        *(f"{rule.outcome} when {' and '.join(_say(condition, dates) for condition in rule.when)}." for rule in tried),
        f"Otherwise {last.outcome}." if tried else f"Always {last.outcome}.",
    ]


def _say(condition: Condition, dates: set[str]) -> str:
    subject = condition.field.replace("_", " ")
    if condition.op in ("is none", "is not none"):
        return f"{subject} is {'missing' if condition.op == 'is none' else 'present'}"
    value = condition.value
    words = _DATE_WORDS if condition.field in dates or isinstance(value, date | Today) else _NUMBER_WORDS
    return f"{subject} {words[condition.op]} {_say_value(value)}"


def _say_value(value: object) -> str:
    match value:
        case Field(name):
            return name.replace("_", " ")
        case Today(0):
            return "today"
        case Today(days):
            return f"{abs(days)} days {'after' if days > 0 else 'before'} today"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


class Refused(ValueError):
    """A rule refuses what was asked. field names the answer to mend, message says how; both reach the person as they are.

    noted: writes down that it was refused, where that is kept; called by the page once what was begun is undone.
    """

    def __init__(self, field: str, message: str, noted: Callable[[], object] | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.noted = noted


class Overtaken(RuntimeError):
    """Somebody recorded on a record between its reading and its locking: what was decided rests on what no longer stands.

    Nothing is written. A page is asked once more and decides anew on what stands now; a command is run again.
    """


def need_reason(reason: str, message: str = "Say why") -> str:
    """The reason without surrounding space. Raises Refused when there is none: a change carries its reason."""
    if not reason.strip():
        raise Refused("reason", message)
    return reason.strip()
