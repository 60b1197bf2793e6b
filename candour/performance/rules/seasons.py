"""Seasons: figures with what each month usually adds taken out, so that a chart tells change from the time of year. Pure.

Classical multiplicative decomposition, as R’s decompose() has it (Kendall and Stuart 1983; Hyndman and Athanasopoulos,
Forecasting: Principles and Practice, 3.4): the trend is the centred moving average over a year, a season’s factor the mean of
the figures by their trend, the factors scaled to a mean of 1. What is left by its season goes on an XmR chart (Wheeler,
Making Sense of Data).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from candour.performance.rules.figures import STEPS
from candour.performance.rules.process import Point

FEWEST_YEARS = 3  # whole years without a gap: with two, each factor would be one figure by its trend
SEASONS: Mapping[str, int] = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class Seasonal:
    """A series without its seasons. factors: by the month in which a period begins, what it usually is of the trend."""

    points: tuple[Point, ...]
    factors: Mapping[int, Decimal]


def seasonal(points: Sequence[Point], frequency: str) -> Seasonal | None:
    """The last stretch of a series without a gap, less its seasons; None below FEWEST_YEARS, for years, and where a figure is
    not above 0, since a factor is a share.

    points: one a period in order, missing periods among them.
    """
    many = SEASONS.get(frequency, 0)
    last = _unbroken(points)
    values = [point.value for point in last if point.value is not None and point.value > 0]
    if not many or len(last) < FEWEST_YEARS * many or len(values) < len(last):
        return None
    half = many // 2
    shares: dict[int, list[Decimal]] = {}
    for place in range(half, len(values) - half):
        ends = values[place - half] + values[place + half]
        trend = (ends / 2 + sum(values[place - half + 1 : place + half], Decimal(0))) / many
        shares.setdefault(last[place].period.month, []).append(values[place] / trend)
    means = {month: sum(found, Decimal(0)) / len(found) for month, found in shares.items()}
    scale = sum(means.values(), Decimal(0)) / many
    factors = {month: mean / scale for month, mean in sorted(means.items())}
    without = tuple(
        replace(point, value=value / factors[point.period.month]) for point, value in zip(last, values, strict=True)
    )
    return Seasonal(without, factors)


def _unbroken(points: Sequence[Point]) -> list[Point]:
    """The points after the last one without a figure, the newest periods that wait for theirs left out."""
    found = list(points)
    while found and found[-1].value is None:
        found.pop()
    gap = max((place for place, point in enumerate(found) if point.value is None), default=-1)
    return found[gap + 1 :]


@dataclass(frozen=True)
class Earlier:
    """The figure of the same period so many years before, and the newest less that."""

    years: int
    period: date
    value: Decimal
    change: Decimal


def same_earlier(points: Sequence[Point], frequency: str, *, most: int = 5) -> tuple[Earlier, ...]:
    """The newest figure beside those of the same period in earlier years that have one, the last year first."""
    if frequency not in STEPS or frequency == "year":
        return ()
    held = {point.period: point.value for point in points if point.value is not None}
    newest = max(held, default=None)
    if newest is None:
        return ()
    found = []
    for years in range(1, most + 1):
        period = newest.replace(year=newest.year - years)
        if (value := held.get(period)) is not None:
            found.append(Earlier(years, period, value, held[newest] - value))
    return tuple(found)
