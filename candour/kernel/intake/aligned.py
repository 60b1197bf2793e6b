"""Tables of plain text whose columns are kept apart by spaces. Pure."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from .cells import BULLETS

_LEAST_LINES, _LEAST_COLUMNS, _RIVER = 3, 3, 2
_RULED = re.compile(r"^[\s=_-]*-{3,}[\s=_-]*$|^[\s=]*={3,}[\s=]*$")
_LISTED = re.compile(rf"^\s*(?:[{BULLETS}*·-]\s|\(?\d{{1,3}}[.)]\s)")


def aligned_lines(lines: Sequence[str]) -> dict[int, list[str]]:
    """Number of the line, from 1 -> its cells, for every line of such a table.

    Three lines or more that follow one another, lines of dashes left out, and two gaps or more that run down through all of
    them, each two spaces wide at least. A line whose first cell is empty carries the cells of the line above on.
    """
    found: dict[int, list[str]] = {}
    start = 1
    for blank, run in groupby(lines, key=lambda line: not line.strip()):
        block = list(run)
        if not blank and len(block) >= _LEAST_LINES:
            found |= {start + n: cells for n, cells in _table(block).items()}
        start += len(block)
    return found


def _table(block: Sequence[str]) -> dict[int, list[str]]:
    words = {n: line.rstrip() for n, line in enumerate(block) if not _RULED.match(line)}
    if len(words) < _LEAST_LINES or any("\t" in line or _LISTED.match(line) for line in words.values()):
        return {}
    cuts = _rivers(list(words.values()))
    if len(cuts) + 1 < _LEAST_COLUMNS:
        return {}
    edges = [0, *cuts, max(map(len, words.values()))]
    cells = {n: [line[a:b].strip() for a, b in pairwise(edges)] for n, line in words.items()}
    filled = [sum(map(bool, one)) for one in cells.values()]
    return cells if sum(number >= _LEAST_COLUMNS for number in filled) * 2 > len(filled) else {}


def _rivers(lines: Sequence[str]) -> list[int]:
    """Where the columns after each gap begin: gaps are columns of spaces through all lines."""
    width = max(map(len, lines))
    clear = [all(n >= len(line) or line[n] == " " for line in lines) for n in range(width)]
    cuts, run = [], 0
    for n, free in enumerate(clear):
        if not free and run >= _RIVER and n > run:
            cuts.append(n)
        run = run + 1 if free else 0
    return cuts
