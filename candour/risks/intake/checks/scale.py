"""The scale that a paper prints against itself: bands and levels that overlap, leave gaps, or leave the matrix. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt

from candour.kernel.intake.document import Finding, Place

from ..joined import Risk
from ..matrix import AXES, Scale
from ..paper import Paper

_AMOUNT = r"£?\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%|per ?cent|k|m|bn)?"
_BETWEEN = re.compile(rf"^(?:between\s+)?{_AMOUNT}\s*(?:-|–|—|to|and)\s*{_AMOUNT}\W*$", re.IGNORECASE)
_UNDER = re.compile(rf"^(<|≤|less than|under|below|up to|fewer than)\s*{_AMOUNT}\W*$", re.IGNORECASE)
_OVER = re.compile(
    rf"^(>|≥|more than|over|above|greater than|at least)\s*{_AMOUNT}\W*$|^{_AMOUNT}\s*(\+|or more)\W*$", re.I
)
_TIMES = {"k": 1_000.0, "m": 1_000_000.0, "bn": 1_000_000_000.0}


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Bands of scores, then the numbers of the levels, then ranges that describe the levels."""
    yield from _bands(paper.scale)
    for axis in AXES:
        yield from _numbers(paper.scale, axis)
        yield from _ranges(paper.scale, axis)


def _possible(scale: Scale) -> set[int]:
    """Scores that the matrix can give; any number where its size is not known and the bands end at no square of one."""
    top = max((high for _name, _low, high in scale.bands), default=0)
    size = scale.size or (isqrt(top) if isqrt(top) ** 2 == top else 0)
    return {i * j for i in range(1, size + 1) for j in range(1, size + 1)} if size else set(range(1, 101))


def _bands(scale: Scale) -> Iterator[Finding]:
    place, possible, rising = scale.places.get("bands", Place()), _possible(scale), scale.bands[::-1]
    for (lower, _a, end), (upper, start, _b) in pairwise(rising):
        shared = [str(n) for n in range(start, end + 1)]
        missed = [str(n) for n in range(end + 1, start) if n in possible]
        if shared:
            message = f"A score of {_or(shared)} is both {lower} and {upper}."
            says = f"{lower} to {end}, {upper} from {start}"
            yield Finding("band-overlap", "error", place, "", says, "one band for each score", message)
        elif missed:
            message = f"A score of {_or(missed)} is neither {lower} nor {upper}."
            says = f"{lower} to {end}, {upper} from {start}"
            yield Finding("band-gap", "error", place, "", says, "a band for each score", message)
    if rising and scale.size:
        yield from _ends(scale, place, possible)


def _ends(scale: Scale, place: Place, possible: set[int]) -> Iterator[Finding]:
    """The lowest band begins at the lowest score, the highest ends at the highest."""
    (top, _low, high), (bottom, low, _high) = scale.bands[0], scale.bands[-1]
    if low > min(possible):
        message = f"A score below {low} is in no band: {bottom}, the lowest, begins at {low}."
        yield Finding("band-gap", "error", place, "", f"{bottom} from {low}", f"{bottom} from 1", message)
    if high < max(possible):
        message = f"A score above {high} is in no band: {top}, the highest, ends at {high}; the matrix goes to {max(possible)}."
        yield Finding("band-gap", "error", place, "", f"{top} to {high}", f"{top} to {max(possible)}", message)
    elif max(possible) < high < 100:
        message = f"{top} ends at {high}, but a matrix of {scale.size} by {scale.size} gives {max(possible)} at most."
        yield Finding("band-off-scale", "warning", place, "", f"{top} to {high}", f"{top} to {max(possible)}", message)


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _numbers(scale: Scale, axis: str) -> Iterator[Finding]:
    """Level words used twice, and numbers of levels that are not there."""
    words = scale.words[axis]
    place = scale.places.get(axis, scale.places.get("grid", Place()))
    names = [word.casefold() for word in words.values()]
    for word in sorted({word for word in names if names.count(word) > 1}):
        values = [str(value) for value, name in words.items() if name.casefold() == word]
        message = f"Two levels of {axis} have one word, {word}: {', '.join(values)}."
        yield Finding("level-twice", "error", place, "", word, "a word for each level", message)
    if words and axis in scale.places:
        for value in sorted(set(range(1, max(words))) - set(words)):
            message = f"The levels of {axis} leave out {value}."
            says = ", ".join(map(str, sorted(words)))
            yield Finding("level-gap", "error", place, "", says, f"1 to {max(words)}", message)


@dataclass(frozen=True)
class _Range:
    low: float
    high: float
    step: float  # the unit in which the numbers are printed
    low_in: bool = True
    high_in: bool = True


def _ranges(scale: Scale, axis: str) -> Iterator[Finding]:
    """Ranges of money, percent or days that describe the levels: each begins where the one below it ends."""
    place = scale.places.get(axis, Place())
    levels = sorted(scale.descriptions[axis].items())
    for name in dict.fromkeys(name for _value, texts in levels for name in texts):
        printed = [(scale.word(axis, value), texts.get(name, "")) for value, texts in levels]
        ranges = [_range(text) for _word, text in printed]
        if len(ranges) < 3 or not all(ranges):
            continue
        for (below, first), (above, second), one, two in zip(printed, printed[1:], ranges, ranges[1:], strict=False):
            assert one is not None and two is not None  # noqa: S101, PT018 looked at above
            says = f"{below}: {first}; {above}: {second}"
            if two.low < one.high or (two.low == one.high and one.high_in and two.low_in):
                message = f"{name.capitalize()}: the levels {below} and {above} of {axis} overlap."
                yield Finding("level-overlap", "warning", place, "", says, "one level for each case", message)
            elif two.low - one.high > one.step or (two.low - one.high == one.step and not one.high_in):
                message = f"{name.capitalize()}: between the levels {below} and {above} of {axis} there is a gap."
                yield Finding("level-gap", "warning", place, "", says, "a level for each case", message)


def _range(text: str) -> _Range | None:
    text = text.strip()
    if found := _BETWEEN.match(text):
        unit = found[2] or found[4]
        return _Range(_number(found[1], unit), _number(found[3], found[4]), _step(found[3], found[4]))
    if found := _UNDER.match(text):
        included = found[1].casefold() in ("≤", "up to")
        return _Range(0.0, _number(found[2], found[3]), _step(found[2], found[3]), high_in=included)
    if found := _OVER.match(text):
        digits, unit = (found[2], found[3]) if found[1] else (found[4], found[5])
        included = not found[1] or found[1].casefold() in ("≥", "at least")
        return _Range(_number(digits, unit), float("inf"), _step(digits, unit), low_in=included)
    return None


def _number(digits: str, unit: str | None) -> float:
    return float(digits.replace(",", "")) * _TIMES.get((unit or "").casefold(), 1.0)


def _step(digits: str, unit: str | None) -> float:
    decimals = len(digits.partition(".")[2])
    return _TIMES.get((unit or "").casefold(), 1.0) / 10**decimals
