"""Process control by XmR charts: limits, signals in their published order, the target against the limits. See
docs/rules/performance.md.

Limits: mean plus and minus 2.66 times the mean moving range, without leaving large ranges out, as Wheeler, Making Sense of
Data, and the workbook of NHS England’s Making Data Count have it. Signals and their order: Making Data Count.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SCALING = Decimal("2.66")  # 3 divided by the bias correction 1.128 of ranges of two
FEWEST = 5  # figures from which limits are drawn at all: Wheeler draws them from five or six
TRIAL = 12  # figures below which limits are on trial: Making Data Count
RUN = 7  # figures on one side of the mean, or rising or falling, that make a signal: Making Data Count
# In the published order: the first that holds names a point.
SIGNALS: Mapping[str, str] = {
    "outside": "Outside a limit",
    "trend": "7 or more rising or falling",
    "near": "2 of 3 near a limit",
    "run": "7 or more on one side of the mean",
}
Values = Sequence[Decimal | None]


@dataclass(frozen=True)
class Point:
    """A figure of a period, by the first day of it. value: None where there is none, or it is not shown."""

    period: date
    value: Decimal | None
    provisional: bool = False


@dataclass(frozen=True)
class Limits:
    """What a process does when nothing changes. moving: the mean moving range. figures: how many they are set from."""

    mean: Decimal
    moving: Decimal
    lower: Decimal
    upper: Decimal
    figures: int
    first: date
    last: date

    @property
    def trial(self) -> bool:
        return self.figures < TRIAL

    @property
    def near_lower(self) -> Decimal:
        return self.mean - 2 * SCALING / 3 * self.moving

    @property
    def near_upper(self) -> Decimal:
        return self.mean + 2 * SCALING / 3 * self.moving


@dataclass(frozen=True)
class Plotted:
    """A point with what the process says of it. signal: a key of SIGNALS, or "". side: 1 above the mean, -1 below, 0 on it."""

    point: Point
    signal: str = ""
    side: int = 0


@dataclass(frozen=True)
class Stretch:
    """Points under one pair of limits, from a break to the next. limits: None where there are too few figures."""

    points: tuple[Plotted, ...]
    limits: Limits | None


@dataclass(frozen=True)
class Process:
    """A whole series, in stretches. Empty ones are left out."""

    stretches: tuple[Stretch, ...]

    @property
    def points(self) -> tuple[Plotted, ...]:
        return tuple(point for stretch in self.stretches for point in stretch.points)

    @property
    def last(self) -> Plotted | None:
        """The last point that has a figure."""
        return next((each for each in reversed(self.points) if each.point.value is not None), None)

    @property
    def limits(self) -> Limits | None:
        """The limits in force now."""
        return self.stretches[-1].limits if self.stretches else None


def limits(points: Sequence[Point], *, least: Decimal | None = None, most: Decimal | None = None) -> Limits | None:
    """The limits of a process from some points in order; None from fewer than FEWEST figures, or without any range.

    A range is taken between neighbours that both have a figure: over a missing period there is none. least, most: what no
    figure can be below or above; limits stop there.
    """
    there = [point for point in points if point.value is not None]
    values = [point.value for point in points]
    ranges = [abs(one - other) for one, other in itertools.pairwise(values) if None not in (one, other)]  # type: ignore[operator]
    if len(there) < FEWEST or not ranges:
        return None
    mean = sum((point.value for point in there if point.value is not None), Decimal(0)) / len(there)
    moving = sum(ranges, Decimal(0)) / len(ranges)
    lower, upper = mean - SCALING * moving, mean + SCALING * moving
    lower = lower if least is None else max(lower, least)
    upper = upper if most is None else min(upper, most)
    return Limits(mean, moving, lower, upper, len(there), there[0].period, there[-1].period)


def process(
    points: Sequence[Point],
    *,
    breaks: Sequence[date] = (),
    baseline: tuple[date, date] | None = None,
    least: Decimal | None = None,
    most: Decimal | None = None,
) -> Process:
    """A series, one point a period without gaps, under its limits.

    breaks: the periods from which limits are set anew. baseline: from and to which period the limits of the stretch that
    begins there are set; a stretch without one is set from all of its figures.
    """
    edges = sorted({*breaks})
    found = []
    for number in range(len(edges) + 1):
        first = edges[number - 1] if number else date.min
        after = edges[number] if number < len(edges) else date.max
        mine = [point for point in points if first <= point.period < after]
        if not mine:
            continue
        base = mine
        if baseline and first <= baseline[0] < after:
            base = [point for point in mine if baseline[0] <= point.period <= baseline[1]]
        set_from = limits(base, least=least, most=most) or (
            limits(mine, least=least, most=most) if base != mine else None
        )
        found.append(Stretch(tuple(_plotted(mine, set_from)), set_from))
    return Process(tuple(found))


def _plotted(points: Sequence[Point], set_from: Limits | None) -> list[Plotted]:
    if set_from is None:
        return [Plotted(point) for point in points]
    values = [point.value for point in points]
    mean, out = set_from.mean, _outside(values, set_from)
    sides = [0 if value is None else (value > mean) - (value < mean) for value in values]
    marked = {
        "outside": out,
        "trend": _trend(values),
        "near": _near(values, sides, set_from, out),
        "run": _run(sides),
    }
    return [
        Plotted(point, next((name for name in SIGNALS if place in marked[name]), ""), sides[place])
        for place, point in enumerate(points)
    ]


def _outside(values: Values, by: Limits) -> set[int]:
    lower, upper = by.lower, by.upper
    return {n for n, value in enumerate(values) if value is not None and not lower <= value <= upper}


def _trend(values: Values) -> set[int]:
    """Every point of seven in a row of which each is above the one before, or each below."""
    steps = [
        0 if None in (one, other) else (one < other) - (one > other)  # type: ignore[operator]
        for one, other in itertools.pairwise(values)
    ]
    return {n for first, last in _alike(steps, RUN - 1) for n in range(first, last + 2)}


def _near(values: Values, sides: Sequence[int], by: Limits, out: set[int]) -> set[int]:
    """Points beyond two thirds of the way to a limit, and inside it, where two of three in a row are, all three on one side."""
    lower, upper = by.near_lower, by.near_upper
    close = {n for n, value in enumerate(values) if value is not None and n not in out and not lower <= value <= upper}
    found: set[int] = set()
    for start in {n - back for n in close for back in range(3) if 0 <= n - back < len(values) - 2}:
        mine = close & {start, start + 1, start + 2}
        if len(mine) >= 2 and abs(sum(sides[start : start + 3])) == 3:
            found |= mine
    return found


def _run(sides: Sequence[int]) -> set[int]:
    """Every point of seven in a row on one side of the mean."""
    return {n for first, last in _alike(sides, RUN) for n in range(first, last + 1)}


def _alike(signs: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """The first and last place of each stretch of so many equal signs or more; noughts make none."""
    start = 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[start]:
            if signs[start] and place - start >= least:
                yield start, place - 1
            start = place


def variation(plotted: Plotted | None, better: str) -> str:
    """What a point says: "improvement", "concern", "change" (where neither way is better), "common" or "" for no point.

    A signal above the mean is an improvement where higher is better, as Making Data Count reads it.
    """
    if plotted is None:
        return ""
    if not plotted.signal:
        return "common"
    if better not in ("higher", "lower"):
        return "change"
    return "improvement" if (plotted.side > 0) == (better == "higher") else "concern"


def assurance(target: Decimal | None, by: Limits | None, better: str) -> str:
    """Whether a process as it is meets its target: "will", "will not", "may"; "" without a target, limits or direction.

    The whole of what the process does lies on one side of the target, or the target lies between the limits.
    """
    if target is None or by is None or better not in ("higher", "lower"):
        return ""
    if by.lower <= target <= by.upper:
        return "may"
    return "will" if (target < by.lower) == (better == "higher") else "will not"
