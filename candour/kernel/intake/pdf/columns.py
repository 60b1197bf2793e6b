"""Columns without lines between them: the white gaps that no word crosses, and where the words of each begin. Pure."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .sheet import Box, Word
from .words import lines_by_place

GAP = 0.9  # of the size of the letters: a gap between columns is at least as wide


@dataclass(frozen=True)
class Columns:
    """The columns of a table: the xs that part them, and the xs at which its words begin."""

    xs: Sequence[float]
    starts: frozenset[float]

    @classmethod
    def of(cls, xs: Sequence[float], words: Sequence[Word]) -> "Columns":
        return cls(tuple(xs), frozenset(round(word.x0, 1) for word in _firsts(xs, words)))

    def begins(self, word: Word) -> bool:
        """Whether a word stands where the words of the table begin."""
        return any(abs(word.x0 - x) < 1 for x in self.starts)

    def keep(self, words: Sequence[Word]) -> bool:
        """Whether words stand in these columns, and begin where the words of the table do."""
        return all(in_one_column(word, self.xs) for word in words) and all(map(self.begins, _firsts(self.xs, words)))


def _firsts(xs: Sequence[float], words: Sequence[Word]) -> list[Word]:
    """The first word of each column on each line."""
    found: dict[tuple[int, int], Word] = {}
    for n, line in enumerate(lines_by_place(words)):
        for word in line.words:
            found.setdefault((n, bisect(xs, word.x0 + 1)), word)
    return list(found.values())


def in_one_column(word: Word, xs: Sequence[float]) -> bool:
    """Whether a word stands between two xs; the last column is as wide as its words."""
    start, end = (bisect(xs, x, 1, len(xs) - 1) for x in (word.x0 + 1, word.x1 - 1))
    return start == end and word.x0 >= xs[0] - 1


def columns_of(words: Sequence[Word], box: Box) -> list[float]:
    """The xs of columns in a box: its sides and the middles of the gaps, down the whole of it, that no word crosses."""
    if not words:
        return [box[0], box[2]]
    size = sorted(word.size for word in words)[len(words) // 2]
    gaps = gaps_in(words, max(4.0, GAP * size))
    return [box[0], *((start + end) / 2 for start, end in gaps), box[2]]


def gaps_in(words: Sequence[Word], least: float) -> list[tuple[float, float]]:
    """Gaps at least so wide, and narrower ones after which words of several lines begin exactly below one another."""
    found, reach = [], None
    ordered = sorted(words, key=lambda word: word.x0)
    for n, word in enumerate(ordered):
        if reach is not None and word.x0 > reach:
            wide = word.x0 - reach >= least
            if wide or (word.x0 - reach >= 0.28 * least and _lined_up(ordered[n:], words, word.x0 - reach)):
                found.append((reach, word.x0))
        reach = word.x1 if reach is None else max(reach, word.x1)
    return found


def _lined_up(after: Sequence[Word], words: Sequence[Word], gap: float) -> bool:
    """Whether words of several lines begin where the first does, and on no line one begins further right.

    The gap before them must be wider than a space: numbers before words begin below one another too. Two lines tell
    enough where it is much wider.
    """
    firsts: dict[int, float] = {}
    for word in after:
        firsts.setdefault(round(word.base), word.x0)
    begin = [abs(x - after[0].x0) < 1 for x in firsts.values()]
    if (
        not all(begin)
        or len(begin) < (2 if gap >= 0.6 * after[0].size else 3)
        or len(begin) * 2 < len({round(word.base) for word in words})
    ):
        return False
    return gap >= 1.6 * _space(words)


def _space(words: Sequence[Word]) -> float:
    """The narrowest space that is written between two words on a line; where none is, the narrowest gap, if it is a space."""
    ordered = sorted(words, key=lambda word: (round(word.base), word.x0))
    gaps = [(b.x0 - a.x1, a.spaced) for a, b in pairwise(ordered) if round(a.base) == round(b.base) and b.x0 > a.x1]
    written = min((gap for gap, spaced in gaps if spaced), default=0.0)
    return written or min((0.28 * words[0].size, *(gap for gap, _ in gaps)))
