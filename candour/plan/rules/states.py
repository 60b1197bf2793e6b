"""What is known of an activity and does not depend on today (its read line), and the state that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months
from candour.kernel.rules import TODAY, Condition, Op, Rule, Table, Today, read, table

SOON = 14  # days before its day on which an update stands on a desk


@dataclass(frozen=True)
class Facts:
    """What the rows of an activity say. plan, objective, organisation: ids; every: months between updates.

    stands: what its rating stands for, a key of rating.STANDS, "" while it has none; word: the rating in the body's words.
    """

    organisation: int
    plan: int
    objective: int
    sensitivity: str
    added_on: date
    closed_on: date | None = None
    outcome: str = ""
    starts: date | None = None
    original_due: date | None = None
    due: date | None = None
    stands: str = ""
    word: str = ""
    proposed_on: date | None = None
    every: int = 3


@dataclass(frozen=True)
class Line:
    """The read line of an activity. update_due: the last day for its next update, None once it is closed.

    slips: how often its date was moved.
    """

    organisation: int
    plan: int
    objective: int
    sensitivity: str
    closed_on: date | None
    outcome: str
    starts: date | None
    original_due: date | None
    due: date | None
    stands: str
    word: str
    proposed_on: date | None
    updated_on: date | None
    update_due: date | None
    slips: int


_SAME = (
    *("organisation", "plan", "objective", "sensitivity", "closed_on", "outcome", "starts"),
    *("original_due", "due", "stands", "word", "proposed_on"),
)


def line(facts: Facts, updates: Sequence[date], slips: int) -> Line:
    """The read line from the rows of an activity, the days of its updates, and how often its date moved."""
    updated = max(updates, default=None)
    return Line(
        **{name: getattr(facts, name) for name in _SAME},
        updated_on=updated,
        update_due=None if facts.closed_on or facts.proposed_on else update_due(facts, updated),
        slips=slips,
    )


def update_due(facts: Facts, updated: date | None) -> date:
    """The end of the month so many months after its last update; after it began, or was added, before the first."""
    since = updated or max(facts.starts or facts.added_on, facts.added_on)
    return add_months(since.replace(day=1), facts.every + 1) - timedelta(days=1)


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


STATE: Table = table(
    _when("Stopped", ("outcome", "==", "stopped")),
    _when("Done", ("closed_on", "is not none")),
    _when("Done, to be agreed", ("proposed_on", "is not none")),
    _when("Past its date", ("due", "<", TODAY)),
    _when("Off course", ("stands", "==", "off")),
    _when("At risk", ("stands", "==", "risk")),
    _when("Not started", ("stands", "==", "unstarted")),
    _when("On course", ("stands", "==", "on")),
    Rule("Not rated yet"),
)
# What a commissioner wants to hear of first.
ORDER = (
    *("Off course", "Past its date", "At risk", "Done, to be agreed", "Not rated yet", "Not started", "On course"),
    *("Done", "Stopped"),
)
RANK: Table = table(*(Rule(f"{ORDER.index(rule.outcome):02}", rule.when) for rule in STATE))
# At risk of non-delivery: what the strategy of a commissioner wants to be told of first.
RISK: Table = table(
    _when("no", ("closed_on", "is not none")),
    _when("no", ("proposed_on", "is not none")),
    _when("yes", ("due", "<", TODAY)),
    _when("yes", ("stands", "==", "off")),
    _when("yes", ("stands", "==", "risk")),
    Rule("no"),
)
UPDATE: Table = table(
    _when("none", ("update_due", "is none")),
    _when("late", ("update_due", "<", TODAY)),
    _when("due", ("update_due", "<=", Today(SOON))),
    Rule("none"),
)

STATE_WORDS: Mapping[str, str] = {
    "Off course": "Its owner says that it will not be delivered as things are.",
    "Past its date": "The day on which it was to be done has passed, and nobody has said that it is.",
    "At risk": "Its owner says that it is at risk, and what is done about it.",
    "Done, to be agreed": "Its owner says that it is done. Whoever runs the plan agrees, or sends it back.",
    "Not rated yet": "Nobody has said yet how it stands.",
    "Not started": "Its owner says that its work has not begun.",
    "On course": "Its owner says that it will be done by its day.",
    "Done": "It was agreed that it is done.",
    "Stopped": "It was taken out of the plan, with a reason.",
}
STATE_TONES: Mapping[str, str] = {
    "Off course": "red",
    "Past its date": "red",
    "At risk": "amber",
    "Done, to be agreed": "blue",
    "Not rated yet": "line",
    "Not started": "line",
    "On course": "green",
    "Done": "blue",
    "Stopped": "line",
}


def state(line: Line, today: date) -> str:
    """Derived from the line, never typed."""
    return read(STATE, line, today)


def is_at_risk(line: Line, today: date) -> bool:
    """Whether it may not be delivered: red, amber, or past its date."""
    return read(RISK, line, today) == "yes"


def update_state(line: Line, today: date) -> str:
    """late, due (within a fortnight), none."""
    return read(UPDATE, line, today)
