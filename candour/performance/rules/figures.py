"""Figures: units, rates from their parts, how parts add up, periods, and how all this is written. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from candour.kernel.calendar import MONTHS, add_months, add_working_days, financial_year

# What a measure counts in. Those of PARTS are worked out from a numerator and a denominator.
UNITS: Mapping[str, str] = {
    "number": "A number",
    "percent": "Per cent, of parts",
    "rate": "A rate, for each so many",
    "minutes": "Minutes, on average",
    "days": "Days, on average",
    "pounds": "Pounds",
}
PARTS = frozenset({"percent", "rate", "minutes", "days"})
BETTER: Mapping[str, str] = {"higher": "Higher", "lower": "Lower", "neither": "Neither"}
FREQUENCIES: Mapping[str, str] = {"month": "Each month", "quarter": "Each quarter", "year": "Each financial year"}
STEPS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
KEPT = Decimal("0.0001")  # figures are kept to four places


def computed(unit: str, numerator: Decimal | None, denominator: Decimal | None, per: int) -> Decimal | None:
    """A figure from its parts, to four places; None where a part is missing, or there is nothing to divide by.

    per: of a rate, for each how many.
    """
    if unit not in PARTS:
        return numerator
    if numerator is None or not denominator:
        return None
    times = {"percent": 100, "rate": per}.get(unit, 1)
    return (numerator * times / denominator).quantize(KEPT, ROUND_HALF_UP)


def added(
    unit: str, parts: Iterable[tuple[Decimal | None, Decimal | None, Decimal | None]], per: int
) -> Decimal | None:
    """The figure of a whole from (value, numerator, denominator) of its parts: never the mean of percentages.

    None where anything of any part is missing: a sum of some parts is no whole.
    """
    found = list(parts)
    if unit not in PARTS:
        values = [value for value, _, _ in found]
        there = [value for value in values if value is not None]
        return sum(there, Decimal(0)) if found and len(there) == len(values) else None
    tops = [top for _, top, _ in found if top is not None]
    bottoms = [bottom for _, _, bottom in found if bottom is not None]
    if not found or len(tops) < len(found) or len(bottoms) < len(found):
        return None
    return computed(unit, sum(tops, Decimal(0)), sum(bottoms, Decimal(0)), per)


AGAINST_WORDS: Mapping[str, str] = {"met": "Met", "within": "Within tolerance", "missed": "Not met", "": ""}


def against(value: Decimal | None, target: Decimal | None, tolerance: Decimal | None, better: str) -> str:
    """A figure held against its target: "met", "within" the tolerance on the wrong side of it, "missed"; "" where it cannot be.

    tolerance: how far short of the target is borne, in the unit of the figure (of percentages in points).
    """
    if value is None or target is None or better not in ("higher", "lower"):
        return ""
    short = target - value if better == "higher" else value - target
    if short <= 0:
        return "met"
    return "within" if tolerance is not None and short <= tolerance else "missed"


def say(value: Decimal | None, unit: str, places: int, per: int = 1000) -> str:
    """74.9%, 1,204, £1,204, 1.31 per 1,000, 12.5 minutes; "none" where there is no figure."""
    if value is None:
        return "none"
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    number = f"{'−' if shown < 0 else ''}{abs(shown):,.{places}f}"
    if unit == "percent":
        return f"{number}%"
    if unit == "pounds":
        return f"−£{number[1:]}" if shown < 0 else f"£{number}"
    return number + {"rate": f" per {per:,}", "minutes": " minutes", "days": " days"}.get(unit, "")


def starts_period(day: date, frequency: str) -> date:
    """The first day of the period in which a day lies; financial years and their quarters begin in April."""
    if frequency == "month":
        return day.replace(day=1)
    if frequency == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


@cache
def following(period: date, frequency: str) -> date:
    return add_months(period, STEPS[frequency])


def last_day(period: date, frequency: str) -> date:
    return following(period, frequency) - timedelta(days=1)


def due_on(period: date, frequency: str, days: int) -> date:
    """The day by which the figure of a period is due: so many working days after it ends."""
    return add_working_days(last_day(period, frequency), days)


def filled(periods: Iterable[date], frequency: str) -> Sequence[date]:
    """Every period from the first to the last, with those that are missing between."""
    there = sorted(set(periods))
    if not there:
        return []
    found = [there[0]]
    while found[-1] < there[-1]:
        found.append(following(found[-1], frequency))
    return sorted({*found, *there})


def say_period(period: date, frequency: str) -> str:
    """September 2025; July to September 2025; 2025/26."""
    if frequency == "year":
        return financial_year(period)
    if frequency == "quarter":
        last = add_months(period, 2)
        return f"{MONTHS[period.month - 1]} to {MONTHS[last.month - 1]} {last.year}"
    return f"{MONTHS[period.month - 1]} {period.year}"
