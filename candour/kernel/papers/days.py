"""The days that pages offer and compare with (pure): those of the papers issued, where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import add_months

COMPARED_MONTHS = 3  # a quarter, as papers go, until a paper has been issued to compare with
OFFERED = 4  # papers that the as-at control offers


@dataclass(frozen=True)
class PastDay:
    """A past day worth looking at, and why."""

    label: str
    day: date


def since_for(issued: Sequence[date], day: date) -> date:
    """The day that movement is measured from: the last issued paper's before `day`, else a quarter before it.

    issued: the days of the papers issued, newest first.
    """
    return next((each for each in issued if each < day), add_months(day, -COMPARED_MONTHS))


def past_days(issued: Sequence[date], today: date) -> tuple[PastDay, ...]:
    """Days that the as-at control offers: of the last papers, or a quarter ago, and the end of the last financial year."""
    year = today.year if today > date(today.year, 3, 31) else today.year - 1
    papers = [PastDay("Panel paper", day) for day in issued if day < today][:OFFERED]
    quarter = [PastDay("A quarter ago", add_months(today, -COMPARED_MONTHS))]
    return (*(papers or quarter), PastDay("End of last year", date(year, 3, 31)))
