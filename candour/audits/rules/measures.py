"""What an auditor is held to, by working days, each with what became of it in one audit. See docs/rules/auditor-kpis.md.

How many days, or what share, is agreed between a body and its auditor and passed in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from candour.audits.rules.states import ORDER, Line, reached
from candour.kernel.calendar import add_working_days, working_days_between

Outcome = Literal["met", "missed", "not yet due", "cannot be told"]
OUTCOMES: Mapping[Outcome, str] = {
    "met": "Met",
    "missed": "Missed",
    "not yet due": "Not yet due",
    "cannot be told": "Cannot be told",
}
ANSWERS: Mapping[int, str] = {1: "Very good", 2: "Good", 3: "Satisfactory", 4: "Poor", 5: "Very poor"}
SATISFIED = 3  # satisfactory, and every answer above it


@dataclass(frozen=True)
class Measure:
    """One promise of an auditor: what it is called, from what to what it counts, and in what unit it is made."""

    name: str
    words: str
    since: str  # the stage it is counted from
    until: str  # the stage that has to be reached; "" for what is no stage
    unit: Literal["working days", "per cent"] = "working days"


MEASURES: Mapping[str, Measure] = {
    "brief": Measure("brief", "Brief before fieldwork", "fieldwork", "brief"),
    "draft": Measure("draft", "Draft after the exit meeting", "exit", "draft"),
    "final": Measure("final", "Final after the responses", "responses", "final"),
    "progress": Measure("progress", "Progress report before the panel", "panel", ""),
    "satisfaction": Measure("satisfaction", "Satisfied auditees", "final", "", unit="per cent"),
}


@dataclass(frozen=True)
class Measured:
    """What became of a promise once. since: counted from; due: the last day that keeps it; days: working days taken."""

    outcome: Outcome
    since: date | None = None
    due: date | None = None
    done: date | None = None
    days: int | None = None


@dataclass(frozen=True)
class Tally:
    """How often a promise was met, missed, is not yet due or cannot be told."""

    met: int = 0
    missed: int = 0
    not_yet: int = 0
    unknown: int = 0

    @property
    def told(self) -> int:
        return self.met + self.missed

    def result(self, share: int = 100) -> str:
        """Met or Not met, by the share of what can be told that must be met (per cent); else why there is no result."""
        if self.told:
            return "Met" if self.met * 100 >= share * self.told else "Not met"
        return "Cannot be told" if self.unknown else "Not yet due"


def within(since: date | None, done: date | None, days: int, today: date, *, passed: bool = False) -> Measured:
    """Whether something was done within so many working days after a day; that day is not counted.

    passed: something later has happened already, so that a missing date is one that nobody recorded.
    """
    due = add_working_days(since, days) if since else None
    if done is None:
        if passed:
            return Measured("cannot be told", since, due)
        return Measured("missed" if due and today > due else "not yet due", since, due)
    if since is None or due is None:
        return Measured("cannot be told", done=done)
    return Measured("met" if done <= due else "missed", since, due, done, working_days_between(since, done))


def ahead(event: date | None, done: date | None, days: int, today: date, *, passed: bool = False) -> Measured:
    """Whether something was done so many working days before a day, or earlier. passed: that day has come."""
    due = add_working_days(event, -days) if event else None
    if done is None:
        if passed:
            return Measured("cannot be told", event, due)
        return Measured("missed" if due and today > due else "not yet due", event, due)
    if event is None or due is None:
        return Measured("cannot be told" if passed else "not yet due", done=done)
    return Measured("met" if done <= due else "missed", event, due, done, working_days_between(done, event))


def measured(name: str, line: Line, allowed: int, today: date) -> Measured | None:
    """What became of a promise about one audit; None for one that has left the plan before both its dates were known.

    name: "brief", "draft" or "final". allowed: working days.
    """
    measure, last = MEASURES[name], reached(line)
    since, done = (getattr(line, f"{which}_on") for which in (measure.since, measure.until))
    later = max(ORDER.index(measure.since), ORDER.index(measure.until))
    if name == "brief":
        passed = last != "" and ORDER.index(last) >= later
        found = ahead(since or line.fieldwork_planned, done, allowed, today, passed=passed)
    else:
        found = within(since, done, allowed, today, passed=last != "" and ORDER.index(last) > later)
    return found if not line.left or (since and done) else None


def progress(panel: date, issued: date | None, allowed: int, today: date) -> Measured:
    """Whether a progress report was out so many working days before the panel. One never issued by then is missed."""
    return ahead(panel, issued, allowed, today)


def satisfied(line: Line) -> Measured | None:
    """What the survey of one audit said: satisfactory or above is met. Asked once the final report is out.

    None for an audit that left the plan unanswered.
    """
    if line.satisfaction is not None:
        return Measured("met" if line.satisfaction <= SATISFIED else "missed", line.final_on)
    if line.left:
        return None
    return Measured("cannot be told" if line.final_on else "not yet due", line.final_on)


def tally(found: Iterable[Measured]) -> Tally:
    """How many of each outcome."""
    count = Counter(each.outcome for each in found)
    return Tally(count["met"], count["missed"], count["not yet due"], count["cannot be told"])
