"""The days of a year's meetings, from a rhythm (pure)."""

from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months, is_working_day

LAST = 5
AUGUST = 8


@dataclass(frozen=True)
class Day:
    """A proposed day. note: what was done about a bank holiday or August, in words; "" where nothing was."""

    held_on: date
    note: str = ""


def days_of(start: date, *, count: int, months: int, nth: int, weekday: int) -> tuple[Day, ...]:
    """So many days, each so many months after the one before, on the nth (5: last) weekday (0: Monday) of its month.

    August, when boards do not meet, gives way to September; a bank holiday to the next working day.
    """
    found = []
    for number in range(count):
        month = add_months(start.replace(day=1), number * months)
        note = ""
        if month.month == AUGUST and months > 1:
            month, note = month.replace(month=9), "moved out of August"
        day = nth_weekday(month, nth, weekday)
        if not is_working_day(day):
            while not is_working_day(day):
                day += timedelta(days=1)
            note = "; ".join(part for part in (note, "moved off a bank holiday") if part)
        found.append(Day(day, note))
    return tuple(found)


def nth_weekday(month: date, nth: int, weekday: int) -> date:
    """The nth weekday of the month that a day lies in; 5 for the last."""
    first = month.replace(day=1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    while day.month != first.month:
        day -= timedelta(days=7)
    return day
