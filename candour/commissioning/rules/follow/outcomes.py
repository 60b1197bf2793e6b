"""Outcomes of agreements that add up to measures of the plan, each counted once. Pure, in exact parts.

Two agreements that bring about the same thing both report it. Each carries a share of it, or one says that another counts it;
and where the shares of one thing come to more than the whole, each is cut down so that they come to the whole.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

WHOLE = 100


@dataclass(frozen=True)
class Part:
    """The outcome of one agreement. same: what it brings about, alike for agreements that bring about the same.

    share: of 100. elsewhere: another agreement counts all of it. value: of all its periods together.
    """

    key: Hashable
    same: Hashable
    value: Decimal
    share: int = WHOLE
    elsewhere: bool = False


@dataclass(frozen=True)
class Counted:
    """What counts of a part."""

    part: Part
    value: Fraction


def counted(parts: Iterable[Part]) -> tuple[Counted, ...]:
    """What counts of each part, in their order: its share, of what others leave; nothing where another counts it."""
    found = list(parts)
    shares: dict[Hashable, int] = defaultdict(int)
    for part in found:
        shares[part.same] += 0 if part.elsewhere else part.share
    return tuple(
        Counted(
            part,
            Fraction(0)
            if part.elsewhere
            else Fraction(part.value) * Fraction(part.share, max(WHOLE, shares[part.same])),
        )
        for part in found
    )


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
