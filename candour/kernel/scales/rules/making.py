"""Making a scale: another size, other categories, other bands. Each gives a new matrix and keeps what still has a place."""

from collections.abc import Sequence
from dataclasses import replace

from candour.kernel.scales.rules.matrix import Band, Guide, Level, Matrix, Tone

SIZES = range(2, 11)  # levels that an axis may have
MOST_BANDS = 6
LOW: tuple[Tone, ...] = ("low",)
MEDIUM: tuple[Tone, ...] = ("medium",)
HIGH: tuple[Tone, ...] = ("high",)


def blank(name: str, *, impact: int, likelihood: int) -> Matrix:
    """A scale of a size with nothing said yet."""
    return Matrix(
        id=0,
        name=name,
        impact=tuple(Level(value, "") for value in range(1, impact + 1)),
        likelihood=tuple(Level(value, "") for value in range(1, likelihood + 1)),
        bands=(),
    )


def resized(matrix: Matrix, *, impact: int, likelihood: int) -> Matrix:
    """The matrix with so many levels on each axis: the lowest ones stay as they are, new ones have no words yet."""
    guide = tuple(replace(each, texts=_fitted(each.texts, impact, "")) for each in matrix.guide)
    return replace(
        matrix, impact=_levels(matrix.impact, impact), likelihood=_levels(matrix.likelihood, likelihood), guide=guide
    )


def with_categories(matrix: Matrix, categories: Sequence[str]) -> Matrix:
    """The matrix with impact described in these categories, in this order; those it had keep their descriptions."""
    had = {each.category: each for each in matrix.guide}
    empty = ("",) * len(matrix.impact)
    return replace(matrix, guide=tuple(had.get(name, Guide(name, empty)) for name in categories))


def with_texts(matrix: Matrix, category: str, texts: Sequence[str]) -> Matrix:
    """The matrix with the descriptions of one category, from the lowest level of impact up."""
    guide = (Guide(category, tuple(texts)) if each.category == category else each for each in matrix.guide)
    return replace(matrix, guide=tuple(guide))


def with_bands(matrix: Matrix, bands: Sequence[tuple[str, int, int, str]], *, review_months: int = 3) -> Matrix:
    """The matrix with bands of (name, low, high, meaning), highest first, in the colours of their order.

    A band keeps the review interval that its name had; a new one begins with review_months.
    """
    months = {band.name: band.review_months for band in matrix.bands}
    ordered = sorted(bands, key=lambda band: (band[1], band[2]))
    made = [
        Band(name, low, high, months.get(name, review_months), tone, meaning)
        for (name, low, high, meaning), tone in zip(ordered, tones(len(ordered)), strict=True)
    ]
    return replace(matrix, bands=tuple(reversed(made)))


def tones(count: int) -> tuple[Tone, ...]:
    """The colours of so many bands, lowest first: two in five are high, a third low, the rest medium; one is medium."""
    if count < 2:
        return MEDIUM * count
    high, low = max(1, (2 * count + 2) // 5), max(1, (count + 1) // 3)
    return (*LOW * low, *MEDIUM * (count - low - high), *HIGH * high)


def _levels(levels: Sequence[Level], count: int) -> tuple[Level, ...]:
    had = {level.value: level for level in levels}
    return tuple(had.get(value, Level(value, "")) for value in range(1, count + 1))


def _fitted(texts: Sequence[str], count: int, empty: str) -> tuple[str, ...]:
    return (*texts[:count], *(empty,) * (count - len(texts)))
