"""What an action's state is on a day (pure). It stores dates; the state is read from them and never typed."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import days_late as days_after
from candour.kernel.rules import TODAY, Condition, Rule, Today, read, table

SOON = 14  # days before its date from which an action is due soon


@dataclass(frozen=True)
class Line:
    """What the state of an action depends on: the fields of the row that carry these names."""

    due: date
    original_due: date
    done_on: date | None = None
    removed_on: date | None = None


STATE = table(
    Rule("dropped", (Condition("removed_on", "is not none"),)),
    Rule("done", (Condition("done_on", "is not none"),)),
    Rule("late", (Condition("due", "<", TODAY),)),
    Rule("due soon", (Condition("due", "<=", Today(SOON)),)),
    Rule("open"),
)
TO_DO = ("late", "due soon", "open")  # the states of an action that still asks for something, most pressing first


def state(line: Line, today: date) -> str:
    """The outcome of the table on a day: dropped, done, late, due soon or open. On its date it is not late yet."""
    return read(STATE, line, today)


def days_late(line: Line, today: date) -> int:
    """Days past the date that now stands: until today, or until it was done. A dropped action is never late."""
    if line.removed_on is not None:
        return 0
    return days_after(line.due, line.done_on or today)


def days_moved(line: Line) -> int:
    """Days between the date first agreed and the one that now stands; below nought where it was brought forward."""
    return (line.due - line.original_due).days
