"""Scales of scoring: levels, bands and the matrix that multiplies them. Every word and threshold is the body's own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Literal, get_args

Tone = Literal["high", "medium", "low"]
Axis = Literal["impact", "likelihood"]


@dataclass(frozen=True)
class Level:
    """One step of an axis: its number, its word, and what the guide says of it."""

    value: int
    word: str
    description: str = ""


@dataclass(frozen=True)
class Band:
    """The scores from low to high, both included, that go by one name. review_months: months between reviews."""

    name: str
    low: int
    high: int
    review_months: int
    tone: Tone


@dataclass(frozen=True)
class Matrix:
    """A scale of risk: two axes and the bands of their product. Any size and any number of bands."""

    id: int
    name: str
    impact: tuple[Level, ...]
    likelihood: tuple[Level, ...]
    bands: tuple[Band, ...]

    def score(self, impact: int, likelihood: int) -> int:
        """Impact times likelihood. Raises ValueError for a level that the scale does not have."""
        return self.level("impact", impact).value * self.level("likelihood", likelihood).value

    def band(self, score: int) -> Band:
        """The band that holds a score. Raises ValueError where none does."""
        for band in self.bands:
            if band.low <= score <= band.high:
                return band
        raise ValueError(f"no band of {self.name} holds a score of {score}")

    def word(self, axis: Axis, value: int) -> str:
        """The word of a level: word("impact", 4). Raises ValueError for a level that the scale does not have."""
        return self.level(axis, value).word

    def level(self, axis: Axis, value: int) -> Level:
        """The level of an axis by its number. Raises ValueError for one that the scale does not have."""
        for level in self.levels(axis):
            if level.value == value:
                return level
        raise ValueError(f"{self.name} has no {axis} of {value}")

    def levels(self, axis: Axis) -> tuple[Level, ...]:
        """The levels of an axis as the scale gives them."""
        return self.impact if axis == "impact" else self.likelihood

    def order(self, band: Band) -> int:
        """The place of a band by its scores: 1 for the lowest. Raises ValueError for a band of another scale."""
        return sorted(self.bands, key=lambda each: each.low).index(band) + 1

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """Every score that two levels can give, in order."""
        return tuple(sorted({i.value * j.value for i, j in product(self.impact, self.likelihood)}))


def check(matrix: Matrix) -> list[str]:
    """What is wrong with a matrix, in words; empty if a risk can be scored on it.

    Every score that can be reached must lie in exactly one band; scores that no two levels give need not. So bands of
    1 to 4, 5 to 7 and 8 to 16 are right for four levels by four, and so would be 1 to 4, 6 and 8 to 16.
    """
    return [*_axis_problems(matrix, "impact"), *_axis_problems(matrix, "likelihood"), *_band_problems(matrix)]


def _axis_problems(matrix: Matrix, axis: Axis) -> Iterator[str]:
    levels = matrix.levels(axis)
    values = sorted(level.value for level in levels)
    if not levels:
        yield f"There are no levels of {axis}."
    elif values != list(range(1, len(values) + 1)):
        yield f"The levels of {axis} are {_and(values)}: they must be 1, 2, 3 and so on, each once."
    for word, times in Counter(" ".join(level.word.casefold().split()) for level in levels).items():
        if not word:
            yield f"A level of {axis} has no word."
        elif times > 1:
            yield f"The word {word!r} stands for {times} levels of {axis}."


def _band_problems(matrix: Matrix) -> Iterator[str]:
    if not matrix.bands:
        yield "There are no bands."
        return
    ordered = sorted(matrix.bands, key=lambda band: (band.low, band.high))
    for name, times in Counter(" ".join(band.name.casefold().split()) for band in ordered).items():
        if not name:
            yield "A band has no name."
        elif times > 1:
            yield f"The name {name!r} stands for {times} bands."
    for band in ordered:
        yield from _one_band_problems(matrix, band)
    for lower, upper in pairwise(ordered):
        if upper.low <= lower.high:
            yield f"Bands {_range(lower)} and {_range(upper)} overlap."
    if outside := [score for score in matrix.scores if not any(band.low <= score <= band.high for band in ordered)]:
        yield f"No band holds {'the score' if len(outside) == 1 else 'the scores'} {_and(outside)}."


def _one_band_problems(matrix: Matrix, band: Band) -> Iterator[str]:
    if band.low > band.high:
        yield f"Band {band.name} runs from {band.low} down to {band.high}."
    elif not any(band.low <= score <= band.high for score in matrix.scores):
        yield f"No score can reach band {_range(band)}."
    if band.review_months < 1:
        yield f"Band {band.name} needs a review interval of one month or more."
    if band.tone not in get_args(Tone):
        yield f"Band {band.name} has the tone {band.tone!r}: it must be one of {', '.join(get_args(Tone))}."


def _range(band: Band) -> str:
    return f"{band.name} ({band.low} to {band.high})"


def _and(values: list[int]) -> str:
    *first, last = map(str, values)
    return f"{', '.join(first)} and {last}" if first else last
