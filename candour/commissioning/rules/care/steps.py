"""The steps by which an agreement comes about: planned days, what must be there, how late, and when work must begin.

Pure. Durations are working days of England. See docs/rules/care.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from candour.commissioning.rules.states import Line, unsigned_sides
from candour.kernel.calendar import add_working_days, working_days_between
from candour.kernel.rules import TODAY, Condition, Rule, Table, Today, read, table

MOST_STEPS, MOST_DAYS = 16, 260  # of one process, and working days of one step: a year of them
DUE_SOON = 7  # days before the planned day

# What must be there before a step can be recorded as done.
NEEDS: Mapping[str, str] = {
    "": "Nothing but the day",
    "evidence": "A file that shows it",
    "diligence": "Due diligence in date",
    "specified": "The specification",
    "kpis": "KPIs",
    "monitored": "What is monitored",
    "managed": "The management plan",
    "dates": "First and last day",
    "value": "Its value",
    "copy": "The agreement on file",
    "signed": "Both signatures",
}
_LACKS: Mapping[str, str] = {
    "specified": "Write or attach the specification first",
    "kpis": "Set the KPIs first",
    "monitored": "Say which returns are due when first",
    "managed": "Write or attach the management plan first",
    "copy": "Attach the whole agreement first",
}

STEP_STATE: Table = table(
    Rule("Skipped", (Condition("skipped", "==", True),)),
    Rule("Done", (Condition("done_on", "is not none"),)),
    Rule("Late", (Condition("planned", "<", TODAY),)),
    Rule("Due soon", (Condition("planned", "<=", Today(DUE_SOON)),)),
    Rule("To come"),
)


@dataclass(frozen=True)
class Step:
    """A step of one agreement: when it was planned, and when it was done or skipped."""

    planned: date
    done_on: date | None = None
    skipped: bool = False


def state_of(step: Step, today: date) -> str:
    """Skipped, Done, Late, Due soon or To come."""
    return read(STEP_STATE, step, today)


def planned(began: date, durations: Sequence[int]) -> list[date]:
    """The planned day of each step: so many working days after the one before, the first after the day it began."""
    return [add_working_days(began, days) for days in accumulate(durations)]


def late_by(step: Step, today: date) -> int:
    """Working days between the planned day and the day it was done, or today; 0 in time, and for a step that was skipped."""
    if step.skipped:
        return 0
    return max(0, working_days_between(step.planned, step.done_on or today))


def begin_by(ends: date, whole: int) -> date:
    """The day on which work on what comes next must begin, so that the last step is done when the agreement ends.

    whole: working days of all steps of its type together.
    """
    return add_working_days(ends, -whole)


def begun_by(today: date, whole: int) -> date:
    """The latest end of an agreement whose work must have begun by today: begin_by(end) <= today for it and all before it."""
    day = add_working_days(today, whole)
    while begin_by(day + timedelta(days=1), whole) <= today:
        day += timedelta(days=1)
    return day


def lacking(needs: str, line: Line, today: date, *, file: bool) -> str:
    """What has to be mended before a step that needs this is done; "" where it is there."""
    if needs == "evidence":
        return "" if file else "Choose the file that shows it"
    if needs == "diligence":
        owed = line.owed_from is not None and line.owed_from <= today
        past = line.checked_until is not None and line.checked_until < today
        return "Bring the provider’s due diligence up to date first" if owed or past else ""
    if needs == "signed":
        missing = unsigned_sides(line)
        return f"Record the signature of {missing[0].lower()} first" if missing else ""
    if needs == "dates":
        return "" if line.starts and line.ends else "Enter the first and the last day first"
    if needs == "value":
        return "" if line.value is not None else "Enter its value first"
    return "" if not needs or getattr(line, needs) else _LACKS[needs]
