"""A matrix: levels of impact and likelihood, the bands of their product, and what is wrong with one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Literal, get_args

Tone = Literal["high", "medium", "low"]
Axis = Literal["impact", "likelihood"]


@dataclass(frozen=True)
class Level:
    """One step of an axis: its number, its word, what is said of it, and for a likelihood the chance as a range."""

    value: int
    word: str
    description: str = ""
    chance: str = ""


@dataclass(frozen=True)
class Band:
    """The scores from low to high, both included, that go by one name, and what the name asks of people.

    review_months: months between reviews.
    """

    name: str
    low: int
    high: int
    review_months: int
    tone: Tone
    meaning: str = ""


@dataclass(frozen=True)
class Guide:
    """What each level of impact means for one category, such as finance: one text a level, lowest first."""

    category: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """A scale of risk: two axes and the bands of their product. Any size and any number of bands.

    guide: impact described category by category. longest: kind of risk -> the most months between its reviews.
    """

    id: int
    name: str
    impact: tuple[Level, ...]
    likelihood: tuple[Level, ...]
    bands: tuple[Band, ...]
    guide: tuple[Guide, ...] = ()
    longest: tuple[tuple[str, int], ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """How many levels of impact and of likelihood."""
        return len(self.impact), len(self.likelihood)

    def most_months(self, kind: str) -> int | None:
        """The most months that may pass between reviews of a kind of risk, whatever its band; None for no limit."""
        return dict(self.longest).get(kind)

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
        level = self._numbered.get((axis, value))
        if level is None:
            raise ValueError(f"{self.name} has no {axis} of {value}")
        return level

    @cached_property
    def _numbered(self) -> dict[tuple[Axis, int], Level]:
        """Each level by its axis and number: a register asks for one of them thousands of times."""
        axes: tuple[Axis, Axis] = ("impact", "likelihood")
        return {(axis, level.value): level for axis in axes for level in self.levels(axis)}

    def levels(self, axis: Axis) -> tuple[Level, ...]:
        """The levels of an axis as the scale gives them."""
        return self.impact if axis == "impact" else self.likelihood

    def same_levels(self, other: "Matrix") -> bool:
        """Whether a level means the same on both scales, so that a score of one stands on the other; bands may differ."""
        return (self.impact, self.likelihood) == (other.impact, other.likelihood)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """Every score that two levels can give, in order."""
        return tuple(sorted({i.value * j.value for i, j in product(self.impact, self.likelihood)}))


def check(matrix: Matrix) -> list[str]:
    """What is wrong with a matrix, in words; empty if a risk can be scored on it.

    Every score that can be reached must lie in exactly one band; scores that no two levels give need not. So bands of
    1 to 4, 5 to 7 and 8 to 16 are right for four levels by four, and so would be 1 to 4, 6 and 8 to 16.
    """
    axes = [*_axis_problems(matrix, "impact"), *_axis_problems(matrix, "likelihood")]
    return [*axes, *_guide_problems(matrix), *band_problems(matrix), *_longest_problems(matrix)]


def band_problems(matrix: Matrix) -> list[str]:
    """What is wrong with the bands alone: which scores lie in none or in two, which names and ranges cannot stand."""
    return list(_band_problems(matrix))


def _guide_problems(matrix: Matrix) -> Iterator[str]:
    for name, times in Counter(" ".join(each.category.casefold().split()) for each in matrix.guide).items():
        if not name:
            yield "A category of impact has no name."
        elif times > 1:
            yield f"The category {name!r} is there {times} times."
    for each in matrix.guide:
        if len(each.texts) != len(matrix.impact):
            yield f"{each.category} is described for {len(each.texts)} of {len(matrix.impact)} levels of impact."


def _longest_problems(matrix: Matrix) -> Iterator[str]:
    for kind, months in matrix.longest:
        if months < 1:
            yield f"The longest interval for {kind} risks must be one month or more."


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
            yield f"Bands {_range(lower)} and {_range(upper)} overlap{_shared(matrix, lower, upper)}."
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


def _shared(matrix: Matrix, lower: Band, upper: Band) -> str:
    """The scores that lie in both of two bands, to end a sentence with; nothing where no two levels give one."""
    both = [score for score in matrix.scores if upper.low <= score <= min(lower.high, upper.high)]
    return f": both hold {'the score' if len(both) == 1 else 'the scores'} {_and(both)}" if both else ""


def _range(band: Band) -> str:
    return f"{band.name} ({band.low} to {band.high})"


def _and(values: Sequence[int]) -> str:
    *first, last = map(str, values)
    return f"{', '.join(first)} and {last}" if first else last
