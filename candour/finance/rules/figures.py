"""Figures of finance in whole pence: what a variance is, how a reserve closes, the gap of a plan, what slips. Pure.

Nothing here is ever typed: a workbook that prints a total is held against what these give (docs/rules/finance.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months, add_working_days, financial_year

# What figures are of, and what each is called there: the same three of a heading, a saving and a capital scheme.
PARTS: Mapping[str, Mapping[str, str]] = {
    "revenue": {"budget": "Budget", "forecast": "Forecast", "actual": "Actual to date"},
    "reserve": {"opening": "Opening", "movement": "Planned movement", "minimum": "Advised minimum"},
    "income": {"budget": "Planned"},
    "spending": {"budget": "Planned"},
    "saving": {"budget": "Planned", "forecast": "Forecast", "actual": "Delivered"},
    "capital": {"budget": "Budget", "forecast": "Forecast", "actual": "Spent to date"},
    "funding": {"budget": "Funding"},
}
SORTS: Mapping[str, str] = {"saving": "Saving", "capital": "Capital scheme"}
# A position is late when a quarter and thirty working days have passed since the month that it stands at.
MONTHS_BETWEEN, DAYS_AFTER = 3, 30


@dataclass(frozen=True)
class Amounts:
    """The three amounts of a heading or a scheme in a year; None for one that nobody gave."""

    budget: int | None = None
    forecast: int | None = None
    actual: int | None = None

    @property
    def variance(self) -> int | None:
        """Forecast less budget: above nought is overspent, or for a saving more than was planned. None without both."""
        if self.budget is None or self.forecast is None:
            return None
        return self.forecast - self.budget

    @property
    def share(self) -> int | None:
        """Of a saving what was delivered of what was planned, in whole per cent, rounded down; None of nothing planned."""
        if self.actual is None or not self.budget:
            return None
        return 100 * self.actual // self.budget


def added(every: Iterable[Amounts]) -> Amounts:
    """The total of some rows. One that any row lacks is not known: a sum of some rows is no total."""
    rows = list(every)
    return Amounts(*(total(getattr(row, name) for row in rows) for name in ("budget", "forecast", "actual")))


def total(values: Iterable[int | None]) -> int | None:
    """The sum of some amounts; None of none, and where any is missing."""
    found = list(values)
    there = [value for value in found if value is not None]
    return sum(there) if found and len(there) == len(found) else None


@dataclass(frozen=True)
class Reserve:
    """A reserve in a year. minimum: what the chief finance officer advises that it keeps (Local Government Act 2003, s25)."""

    name: str
    opening: int | None = None
    movement: int | None = None
    minimum: int | None = None

    @property
    def closing(self) -> int | None:
        """Opening and movement together; without a movement it stays as it opens. None where the opening is not known."""
        return None if self.opening is None else self.opening + (self.movement or 0)

    @property
    def short(self) -> int:
        """How far it closes below the advised minimum; 0 where it does not, or there is none."""
        if self.minimum is None or self.closing is None:
            return 0
        return max(self.minimum - self.closing, 0)


@dataclass(frozen=True)
class PlanYear:
    """A year of the medium-term plan. gap: spending less income, above nought where money is missing."""

    year: date
    income: int | None
    spending: int | None
    gap: int | None
    whole_gap: int | None  # of this year and those before it in the plan


def plan_years(income: Mapping[date, Sequence[int]], spending: Mapping[date, Sequence[int]]) -> tuple[PlanYear, ...]:
    """The years of a plan from the lines of each side. The gap of a year that lacks a side is not known, nor any after it."""
    found: list[PlanYear] = []
    before: int | None = 0
    for year in sorted({*income, *spending}):
        comes, goes = (sum(side[year]) if side.get(year) else None for side in (income, spending))
        gap = None if comes is None or goes is None else goes - comes
        before = None if gap is None or before is None else before + gap
        found.append(PlanYear(year, comes, goes, gap, before))
    return tuple(found)


def slips(budget: Mapping[date, int | None], forecast: Mapping[date, int | None]) -> dict[date, int]:
    """By year what of its budget moves to later years (above nought), or comes forward from them (below); without the rest.

    A year spends less than its budget, and the years after it more: the lesser of the two has slipped. What no later year
    takes up is no slip but spent less; what none gives back is overspent.
    """
    years = sorted({*budget, *forecast})
    less = {
        year: budget.get(year, 0) - forecast.get(year, 0)  # type: ignore[operator]  # those that are None are left out
        for year in years
        if budget.get(year, 0) is not None and forecast.get(year, 0) is not None
    }
    found: dict[date, int] = {}
    carried = 0  # what earlier years put off and no year has taken up yet; below nought what they took of later ones
    for place, year in enumerate(years):
        here = less.get(year, 0)
        if here * carried < 0:
            taken = min(carried, -here) if carried > 0 else max(carried, -here)
            carried, here = carried - taken, here + taken
        later = -sum(less.get(each, 0) for each in years[place + 1 :]) - carried
        moved = min(here, later) if here > 0 < later else max(here, later) if here < 0 > later else 0
        if moved:
            found[year] = moved
            carried += moved
    return found


def missing_funding(budget: Mapping[date, int | None], funding: Mapping[date, Sequence[int]]) -> dict[date, int]:
    """By year how far the funding falls short of the budget (above nought) or exceeds it (below); without those that agree.

    Nothing where no funding was given at all: it is not known yet.
    """
    if not funding:
        return {}
    found = {year: (budget.get(year) or 0) - sum(funding.get(year, ())) for year in {*budget, *funding}}
    return {year: amount for year, amount in sorted(found.items()) if amount}


def starts_year(day: date) -> date:
    """The 1 April of the financial year in which a day lies."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def ends_month(month: date) -> date:
    return add_months(month.replace(day=1), 1) - timedelta(days=1)


def due_after(position: date) -> date:
    """The day by which the next position should have been loaded."""
    return add_working_days(ends_month(add_months(position, MONTHS_BETWEEN)), DAYS_AFTER)


def say_position(position: date) -> str:
    """Month 6, September 2026: months of a financial year count from April."""
    return f"Month {(position.month - 4) % 12 + 1}, {position:%B %Y}"


def say_year(year: date) -> str:
    return financial_year(year)
