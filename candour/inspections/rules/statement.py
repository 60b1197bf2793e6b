"""The force management statement: what each section asks for, and how far it has come.

Source: HMICFRS, force management statements: the chief officer’s yearly account of demand, assets, and what will change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from candour.kernel.rules import TODAY, Condition, Op, Rule, Table, read, table

# What an owner says of an item.
SAID: Mapping[str, str] = {"not started": "Not started", "on track": "On track", "at risk": "At risk"}


@dataclass(frozen=True)
class Stated:
    """The read line of an item. said: as its owner said last; last_on: when. left: done, dropped, or "" while it is open."""

    organisation: int
    sensitivity: str
    year: str
    section: str
    due: date | None
    said: str
    last_on: date | None
    left: str
    closed_on: date | None


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


STATED: Table = table(
    _when("Done", ("left", "==", "done")),
    _when("Dropped", ("left", "==", "dropped")),
    _when("Overdue", ("due", "<", TODAY)),
    _when("At risk", ("said", "==", "at risk")),
    _when("On track", ("said", "==", "on track")),
    Rule("Not started"),
)
STATED_ORDER = ("Overdue", "At risk", "Not started", "On track", "Done", "Dropped")
STATED_RANK: Table = table(*(Rule(f"{STATED_ORDER.index(rule.outcome):02}", rule.when) for rule in STATED))
STATED_WORDS: Mapping[str, str] = {
    "Overdue": "Its day has passed, and it is not done.",
    "At risk": "Its owner says that it may not be done in time.",
    "On track": "Its owner says that it will be done in time.",
    "Not started": "Nobody has said yet that it has begun.",
    "Done": "It is done.",
    "Dropped": "It is not done any more, for the reason that was given.",
}


def stated_state(line: Stated, today: date) -> str:
    """Derived from the line, never typed."""
    return read(STATED, line, today)
