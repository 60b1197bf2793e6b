"""Criteria, marks, moderation and totals of a grant round, and its state. Pure. See docs/rules/rounds.md.

Totals are fractions, never floats: two applications are equal only where they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from candour.kernel.rules import TODAY, Condition, Rule, Table, read, table

OUTCOMES: Mapping[str, str] = {
    "awarded": "Awarded",
    "part": "Awarded in part",
    "refused": "Not awarded",
    "ineligible": "Not eligible",
    "late": "Too late",
    "withdrawn": "Withdrawn",
}
MARKS = ("None", "Weak", "Fair", "Good", "Strong")  # what marks mean unless a round says otherwise
WHOLE = 100  # what weights come to, and the highest total


@dataclass(frozen=True)
class Criterion:
    """pass_mark: the least average mark, 0 for none. key: whatever tells it from the others."""

    key: int
    number: int
    name: str
    weight: int
    pass_mark: int = 0


@dataclass(frozen=True)
class Scheme:
    """How a round is scored. top: the highest mark; pass_mark: the least total of 100; tolerance: in marks.

    criteria: in their order, by which ties are broken too.
    """

    criteria: tuple[Criterion, ...]
    top: int
    pass_mark: int = 0
    tolerance: int = 1
    part_awards: bool = False


@dataclass(frozen=True)
class Candidate:
    """An application to be ranked. asked: pence. marks: by criterion those of every scorer; moderated: what was agreed.

    tie: its place among equals as decided, 0 where nobody decided.
    """

    key: int
    asked: int
    marks: Mapping[int, Sequence[int]]
    moderated: Mapping[int, int] = field(default_factory=dict)
    tie: int = 0


@dataclass(frozen=True)
class Line:
    """What does not depend on today of a round."""

    opens: date
    closes: date
    opened_on: date | None = None
    scoring_on: date | None = None
    ranked_on: date | None = None
    decided_on: date | None = None
    announced_on: date | None = None


STATE: Table = table(
    Rule("Announced", (Condition("announced_on", "is not none"),)),
    Rule("Decided", (Condition("decided_on", "is not none"),)),
    Rule("To decide", (Condition("ranked_on", "is not none"),)),
    Rule("Scoring", (Condition("scoring_on", "is not none"),)),
    Rule("Draft", (Condition("opened_on", "is none"),)),
    Rule("To open", (Condition("opens", ">", TODAY),)),
    Rule("Open", (Condition("closes", ">=", TODAY),)),
    Rule("Closed to applications"),
)
STATES = tuple(dict.fromkeys(rule.outcome for rule in STATE))


def state(line: object, today: date) -> str:
    """Derived from the dates, never typed."""
    return read(STATE, line, today)


def wrong_criteria(criteria: Sequence[Criterion], top: int) -> str:
    """How to mend a set of criteria, "" where they can stand."""
    if not criteria:
        return "Enter at least one criterion"
    total = sum(one.weight for one in criteria)
    if any(one.weight < 1 for one in criteria):
        return "Give each criterion a weight of 1 or more"
    if total != WHOLE:
        return f"Weights come to {total}: change them until they come to {WHOLE}"
    if high := next((one for one in criteria if one.pass_mark > top), None):
        return f"The pass mark of {high.name} is {high.pass_mark}: the highest mark is {top}"
    names = [one.name.casefold() for one in criteria]
    if len(set(names)) < len(names):
        return "Give each criterion a name of its own"
    return ""


def count_words(text: str) -> int:
    """How many words a text has: what stands between spaces."""
    return len(text.split())


def late(received: date, closes: date) -> bool:
    """Whether an application came after the last day."""
    return received > closes


def final_mark(marks: Sequence[int], moderated: int | None) -> Fraction | None:
    """The mark of a criterion: the one agreed, else the average of the scorers; None without any."""
    if moderated is not None:
        return Fraction(moderated)
    return Fraction(sum(marks), len(marks)) if marks else None


def apart(marks: Sequence[int]) -> int:
    """How far scorers are apart, in marks."""
    return max(marks) - min(marks) if marks else 0


def to_moderate(one: Candidate, scheme: Scheme) -> tuple[int, ...]:
    """The criteria on which scorers differ by more than the tolerance and nothing was agreed, by key."""
    return tuple(
        each.key
        for each in scheme.criteria
        if each.key not in one.moderated and apart(one.marks.get(each.key, ())) > scheme.tolerance
    )


def finals(one: Candidate, scheme: Scheme) -> dict[int, Fraction | None]:
    """The mark of each criterion, by key."""
    return {each.key: final_mark(one.marks.get(each.key, ()), one.moderated.get(each.key)) for each in scheme.criteria}


def total(one: Candidate, scheme: Scheme) -> Fraction | None:
    """Of 100: mark × weight ÷ highest mark, over all criteria. None while one has no mark."""
    found = finals(one, scheme)
    parts = [(mark, each.weight) for each in scheme.criteria if (mark := found[each.key]) is not None]
    if len(parts) < len(scheme.criteria):
        return None
    return sum((mark * weight for mark, weight in parts), Fraction(0)) / scheme.top


def so_far(marks: Mapping[int, int | None], scheme: Scheme) -> tuple[Fraction, int]:
    """What the marks of one scorer come to, and of how much: 56.25 of 85."""
    given = [(mark, each.weight) for each in scheme.criteria if (mark := marks.get(each.key)) is not None]
    return sum((Fraction(mark * weight, scheme.top) for mark, weight in given), Fraction(0)), sum(w for _, w in given)


def below(one: Candidate, scheme: Scheme) -> tuple[str, ...]:
    """The pass marks that an application does not reach, in words."""
    found = finals(one, scheme)
    missed = []
    for each in scheme.criteria:
        mark = found[each.key]
        if each.pass_mark and mark is not None and mark < each.pass_mark:
            missed.append(f"{each.name}: {said(mark)}, and {each.pass_mark} is needed")
    whole = total(one, scheme)
    if whole is not None and whole < scheme.pass_mark:
        missed.append(f"Total: {said(whole)}, and {scheme.pass_mark} is needed")
    return tuple(missed)


def said(value: Fraction) -> str:
    """A mark or total as it is printed, with two places at most, half up: 66.67, 56.25, 3."""
    hundredths = (value.numerator * 100 * 2 + value.denominator) // (value.denominator * 2)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)


def may_read_scores(*, all_in: bool, mine_waiting: bool) -> bool:
    """Whether scores of an application may be read: all of its are sent, and the reader has none of the round left to send."""
    return all_in and not mine_waiting
