"""What is known of a measure and does not depend on today (the read line), and the state that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from candour.kernel.rules import TODAY, Condition, Op, Rule, Table, read, table
from candour.performance.rules.figures import due_on, filled, following
from candour.performance.rules.process import Point, Process, assurance, process, variation

SHOWN = 24  # figures in a small line

VARIATION_WORDS: Mapping[str, str] = {
    "improvement": "Getting better",
    "concern": "Getting worse",
    "change": "Changed",
    "common": "No change beyond noise",
    "": "Nothing to say yet",
}
ASSURANCE_WORDS: Mapping[str, str] = {
    "will": "Will be met",
    "will not": "Will not be met",
    "may": "May or may not be met",
    "": "",
}


@dataclass(frozen=True)
class Facts:
    """What the measure's own row says. organisation is an id; baseline: first and last period."""

    organisation: int
    sensitivity: str
    topic: str
    unit: str
    better: str
    frequency: str
    closed_on: date | None = None
    due_days: int = 10
    target: Decimal | None = None
    target_by: date | None = None
    baseline_first: date | None = None
    baseline_last: date | None = None


@dataclass(frozen=True)
class Request:
    """An explanation that was asked for a period, by a day, and given on a day."""

    period: date
    due: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Line:
    """The read line. last_period: the newest with a figure; due_on: when the figure after it is due.

    owed_on: the earliest day on which an explanation is due that is not given. explained: one was asked for the newest figure.
    spark: the last figures, oldest first, between commas; a missing one is empty.
    """

    organisation: int
    sensitivity: str
    topic: str
    unit: str
    better: str
    frequency: str
    closed_on: date | None
    target: Decimal | None
    target_by: date | None
    last_period: date | None
    value: Decimal | None
    provisional: bool
    variation: str
    signal: str
    assurance: str
    trial: bool
    owed_on: date | None
    explained: bool
    due_on: date | None
    spark: str


def reading_of(facts: Facts, points: Sequence[Point], breaks: Sequence[date]) -> Process:
    """The series of a measure under its limits, missing periods among them."""
    held = {point.period: point for point in points}
    every = [held.get(period, Point(period, None)) for period in filled(held, facts.frequency)]
    base = (facts.baseline_first, facts.baseline_last)
    return process(
        every,
        breaks=breaks,
        baseline=base if base[0] and base[1] else None,  # type: ignore[arg-type]
        least=Decimal(0) if all(point.value is None or point.value >= 0 for point in every) else None,
        most=Decimal(100) if facts.unit == "percent" else None,
    )


def line(facts: Facts, found: Process, requests: Sequence[Request]) -> Line:
    """The read line of a measure from its row, its series under its limits, and what was asked of it."""
    last = found.last
    at = last.point.period if last else None
    values = [each.point.value for each in found.points][-SHOWN:]
    return Line(
        **{name: getattr(facts, name) for name in _PLAIN},
        last_period=at,
        value=last.point.value if last else None,
        provisional=bool(last and last.point.provisional),
        variation=variation(last, facts.better) if found.limits else "",
        signal=last.signal if last else "",
        assurance=assurance(facts.target, found.limits, facts.better),
        trial=bool(found.limits and found.limits.trial),
        owed_on=min((each.due for each in requests if each.answered_on is None), default=None),
        explained=any(each.period == at for each in requests),
        due_on=due_on(following(at, facts.frequency), facts.frequency, facts.due_days) if at else None,
        spark=",".join("" if value is None else f"{value:f}" for value in values),
    )


_PLAIN = (*("organisation", "sensitivity", "topic", "unit", "better", "frequency", "closed_on", "target", "target_by"),)


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


# In the order in which a board wants to hear of them: lists stand in it, exceptions first.
STATE: Table = table(
    _when("Ended", ("closed_on", "is not none")),
    _when("Explanation late", ("owed_on", "<", TODAY)),
    _when("Explanation asked", ("owed_on", "is not none")),
    _when("Getting worse", ("variation", "==", "concern")),
    _when("Will miss its target", ("assurance", "==", "will not")),
    _when("No figures yet", ("last_period", "is none")),
    _when("Figures late", ("due_on", "<", TODAY)),
    _when("Changed", ("variation", "==", "change")),
    _when("Getting better", ("variation", "==", "improvement")),
    Rule("Steady"),
)
ORDER = (
    *("Explanation late", "Getting worse", "Will miss its target", "Explanation asked", "Figures late", "Changed"),
    *("Getting better", "Steady", "No figures yet", "Ended"),
)
RANK: Table = table(*(Rule(f"{ORDER.index(rule.outcome):02}", rule.when) for rule in STATE))
# Somebody has to say why, and has not been asked yet.
EXCEPTION: Table = table(
    _when("no", ("closed_on", "is not none")),
    _when("yes", ("variation", "==", "concern")),
    _when("yes", ("assurance", "==", "will not")),
    Rule("no"),
)

STATE_WORDS: Mapping[str, str] = {
    "Explanation late": "Somebody was asked to explain its figures, and the day for the answer has passed.",
    "Explanation asked": "Somebody was asked to explain its figures, and the answer is still to come.",
    "Getting worse": "Its newest figure gives a signal on the worse side: this is real change, not noise.",
    "Will miss its target": "As the process is, every figure to come lies on the wrong side of the target.",
    "Figures late": "The next figure should have been loaded by now.",
    "Changed": "Its newest figure gives a signal, and neither way is better.",
    "Getting better": "Its newest figure gives a signal on the better side: this is real change, not noise.",
    "Steady": "Its newest figure is within what the process does anyway.",
    "No figures yet": "It is defined, and no figure has been loaded.",
    "Ended": "It is not measured any more. Its figures stay.",
}


def state(line: object, today: date) -> str:
    """Derived from the line, or what of one decides it; never typed."""
    return read(STATE, line, today)


def is_exception(line: object, today: date) -> bool:
    """Whether somebody has to say why."""
    return read(EXCEPTION, line, today) == "yes"
