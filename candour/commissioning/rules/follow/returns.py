"""Monitoring returns: which are due when, and the state of each. Pure.

A review of commissioned services found returns that were asked for and neither chased, nor assessed, nor filed: so each
return of an agreement has its day from the beginning, a post that assesses it, and a day by which that is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months, add_working_days
from candour.kernel.rules import TODAY, Condition, Rule, Table, Today, table

EVERY: Mapping[int, str] = {1: "Month", 3: "Quarter", 6: "Half year", 12: "Year"}
VERDICTS: Mapping[str, str] = {"satisfactory": "Satisfactory", "back": "Sent back"}
ASSESS_DAYS = 20  # working days in which a return is assessed, unless the schedule says otherwise
SOON = 14  # days before it is due from which a return is said to be due
MOST = 240  # returns of one schedule: twenty years of months


@dataclass(frozen=True)
class Period:
    """One period of a schedule, both days in it, and the day on which its return is due."""

    starts: date
    ends: date
    due: date


def periods(first: date, every: int, until: date, days: int) -> tuple[Period, ...]:
    """The periods from a day to another (the last one is cut there), each due so many working days after its end.

    every: months. Raises ValueError for no months.
    """
    if every < 1:
        raise ValueError("a period has one month at least")
    found = []
    for number in range(MOST):
        starts = add_months(first, number * every)
        if starts > until:
            break
        ends = min(add_months(first, (number + 1) * every) - timedelta(days=1), until)
        found.append(Period(starts, ends, add_working_days(ends, days)))
    return tuple(found)


def assess_by(received: date, days: int) -> date:
    """The day by which a return that came on a day is assessed. days: working days."""
    return add_working_days(received, days)


def _when(outcome: str, *asked: tuple[str, str] | tuple[str, str, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))  # type: ignore[arg-type]


RETURN: Table = table(
    _when("Satisfactory", ("verdict", "==", "satisfactory")),
    _when("Assessment late", ("received_on", "is not none"), ("assess_by", "<", TODAY)),
    _when("To assess", ("received_on", "is not none")),
    _when("Sent back, late", ("verdict", "==", "back"), ("due", "<", TODAY)),
    _when("Sent back", ("verdict", "==", "back")),
    _when("Late", ("due", "<", TODAY)),
    _when("Due", ("due", "<=", Today(SOON))),
    Rule("To come"),
)
RETURN_WORDS: Mapping[str, str] = {
    "Late": "Its day has passed, and it has not come.",
    "Sent back, late": "It was sent back, and has not come again by the day that was set.",
    "Assessment late": "It came, and nobody has assessed it in time.",
    "To assess": "It came, and waits to be assessed.",
    "Sent back": "More is wanted of the provider, by a day to come.",
    "Due": f"It is due within {SOON} days.",
    "To come": "Its day is further off.",
    "Satisfactory": "It was assessed, and nothing more is wanted.",
}
OWED = ("Late", "Sent back, late", "Assessment late")  # the states that count as overdue
