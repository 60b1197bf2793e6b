"""When a record may be disposed of (pure). Years are whole years after the day on which it was closed.

That personal data is kept no longer than it is needed for, and that each kind of record has a period that is written down and
reviewed: UK GDPR article 5(1)(e). That records are held while a claim or an inquiry wants them: the Civil Procedure Rules,
Practice Direction 31B, 7, and the Inquiries Act 2005, section 35(3).
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months, say_date

LONGEST = 150  # years


@dataclass(frozen=True)
class Span:
    """How long records of a kind are kept from a day on; years is None for ever."""

    kind: str
    years: int | None
    starts: date

    @property
    def words(self) -> str:
        return say_years(self.years)


def say_years(years: int | None) -> str:
    """7 years after it is closed; for ever."""
    if years is None:
        return "For ever"
    return f"{years} {'year' if years == 1 else 'years'} after it is closed"


def in_force(spans: Iterable[Span], day: date) -> Span | None:
    """The span that holds on a day: the last that had begun. None before the first."""
    begun = [span for span in spans if span.starts <= day]
    return max(begun, key=lambda span: span.starts) if begun else None


def due_on(closed: date | None, years: int | None) -> date | None:
    """From which day a record may be disposed of; None for one that is open, and one that is kept for ever."""
    return None if closed is None or years is None else add_months(closed, 12 * years)


def closed_by(today: date, years: int) -> date:
    """The last day on which a record was closed that is due on a day: due_on read the other way round."""
    day = add_months(today, -12 * years)
    if (day.month, day.day) == (2, 28) and (today + timedelta(days=1)).month == 3 and isleap(day.year):
        return day.replace(day=29)  # due on the last of a February that has one day less
    return day


def why_not_due(closed: date | None, years: int | None, *, set_at_all: bool, today: date) -> str:
    """Why a record may not be disposed of today, in words; "" where it may."""
    if not set_at_all:
        return "No period is set for records of this kind"
    if closed is None:
        return "It is open: the period begins on the day it is closed"
    if years is None:
        return "Records of this kind are kept for ever"
    due = add_months(closed, 12 * years)
    return "" if due <= today else f"It is kept until {say_date(due)}"
