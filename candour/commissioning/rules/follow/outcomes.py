"""Outcomes of agreements that add up to measures of the plan, each counted once. Pure, in exact parts.

Two agreements that bring about the same thing both report it. Each carries a share of it, or one says that another counts it;
and where the shares of one thing, for the same days, come to more than the whole, each is cut down so that they come to it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

WHOLE = 100
Figure = tuple[date, date, Decimal]  # the first and the last day of a period, and how much came about in it


@dataclass(frozen=True)
class Part:
    """The outcome of one agreement. same: what it brings about, alike for agreements that bring about the same.

    share: of 100. elsewhere: another agreement counts all of it. figures: of periods that do not overlap.
    """

    key: Hashable
    same: Hashable
    figures: tuple[Figure, ...] = ()
    share: int = WHOLE
    elsewhere: bool = False

    @property
    def value(self) -> Decimal:
        return sum((value for _, _, value in self.figures), Decimal(0))


@dataclass(frozen=True)
class Counted:
    """What counts of a part."""

    part: Part
    value: Fraction


def counted(parts: Iterable[Part]) -> tuple[Counted, ...]:
    """What counts of each part, in their order: its share, of what others leave; nothing where another counts it.

    Others are those that report the same for days that they share: what came about in other years is nothing of the same.
    """
    found = list(parts)
    alike: dict[Hashable, list[Part]] = defaultdict(list)
    for part in found:
        if not part.elsewhere:
            alike[part.same].append(part)
    return tuple(
        Counted(part, Fraction(0) if part.elsewhere else sum(_shares(part, alike[part.same]), Fraction(0)))
        for part in found
    )


def _shares(part: Part, alike: Sequence[Part]) -> Iterator[Fraction]:
    """What counts of each figure of a part beside those of the same thing."""
    for starts, ends, value in part.figures:
        beside = [
            other.share
            for other in alike
            if other is not part and any(first <= ends and last >= starts for first, last, _ in other.figures)
        ]
        yield Fraction(value) * Fraction(part.share, max(WHOLE, part.share + sum(beside)))


def together(rows: Sequence[Counted], by: Callable[[Part], Hashable]) -> Mapping[Hashable, Fraction]:
    """The sums by something that each part has one of, such as its stream: they come to the sum of all."""
    sums: dict[Hashable, Fraction] = defaultdict(Fraction)
    for row in rows:
        sums[by(row.part)] += row.value
    return dict(sums)


def per_unit(value: Fraction | Decimal) -> Decimal:
    """A sum as it is printed: to one place, halves up, without a nought behind."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded
