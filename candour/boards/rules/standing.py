"""Which standing items are due at which meeting of a year, and which duties of the year no meeting takes (pure)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import add_months


@dataclass(frozen=True)
class Standing:
    """A standing item: every so many meetings, or (every 0) once a year at the meeting nearest after the 1st of `month`.

    must: (month, day) by which it must have come each year; None without such a day.
    """

    key: int
    every: int
    month: int | None = None
    must: tuple[int, int] | None = None


def due_at(standing: Standing, meetings: Sequence[date], place: int) -> bool:
    """Whether it is due at the meeting in that place (from 0) of a year's meetings in their order.

    Once a year: at the last meeting on or before the day by which it must fall, else at the first in or after its month,
    else at the first of the year.
    """
    if standing.every:
        return place % standing.every == 0
    return place == yearly(standing, meetings)


def comes_to(
    standing: Standing, meetings: Sequence[date], place: int, *, added: Collection[int], left_out: Collection[int]
) -> bool:
    """Whether it is planned for the meeting in that place: by its rule, but for what was decided otherwise.

    added, left_out: the places of meetings to which it comes, or does not come, whatever the rule says.
    """
    return place in added or (place not in left_out and due_at(standing, meetings, place))


def yearly(standing: Standing, meetings: Sequence[date]) -> int | None:
    """The place of the meeting that takes what comes once a year; None where no meeting is in time."""
    if not meetings:
        return None
    if standing.must:
        return next((place for place in range(len(meetings) - 1, -1, -1) if in_time(standing, meetings, place)), None)
    months = [(day.month - (standing.month or meetings[0].month)) % 12 for day in meetings]
    return months.index(min(months))


def in_time(standing: Standing, meetings: Sequence[date], place: int) -> bool:
    """Whether the meeting in that place falls on or before the first day by which it must have come."""
    limit = must_by(standing, meetings[0])
    return limit is None or meetings[place] <= limit


def must_by(standing: Standing, start: date) -> date | None:
    """The first day, on or after `start`, by which it must have come; the last of a month that is too short."""
    if standing.must is None:
        return None
    month, day = standing.must
    for year in (start.year, start.year + 1):
        found = day_of(year, month, day)
        if found >= start:
            return found
    return day_of(start.year + 1, month, day)


def day_of(year: int, month: int, day: int) -> date:
    """A day of a year; one that the month lacks becomes its last."""
    last = date.fromordinal(add_months(date(year, month, 1), 1).toordinal() - 1)
    return last if day > last.day else date(year, month, day)
