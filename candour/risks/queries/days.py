"""The days that pages offer and compare with."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.access import Actor
from candour.kernel.calendar import add_months

COMPARED_MONTHS = 3  # a quarter, as papers go, until a paper has been issued to compare with


@dataclass(frozen=True)
class PastDay:
    """A past day worth looking at, and why."""

    label: str
    day: date


def since_for(actor: Actor, today: date) -> date:
    """The day that movement is measured from: three months before `today`."""
    return add_months(today, -COMPARED_MONTHS)


def past_days(actor: Actor, today: date) -> tuple[PastDay, ...]:
    """Days that the as-at control offers: a quarter ago, and the end of the last two financial years."""
    year = today.year if today > date(today.year, 3, 31) else today.year - 1
    return (
        PastDay("A quarter ago", since_for(actor, today)),
        PastDay("End of last year", date(year, 3, 31)),
        PastDay("The year before", date(year - 1, 3, 31)),
    )
