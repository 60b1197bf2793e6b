"""Tables of plain text whose columns are kept apart by spaces. Pure."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from .cells import BULLETS

_LEAST_LINES, _LEAST_COLUMNS, _RIVER = 3, 3, 2
_RULED = re.compile(r"^[\s=_-]*-{3,}[\s=_-]*$|^[\s=]*={3,}[\s=]*$")
_LISTED = re.compile(rf"^\s*(?:[{BULLETS}*·-]\s|\(?\d{{1,3}}[.)]\s)")


def aligned_lines(lines: Sequence[str]) -> dict[int, list[str]]:
    """Number of the line, from 1 -> its cells, for every line that is a row of such a table; none for those it swallows.

    Three lines or more, blank ones and lines of dashes between them left out, and two gaps or more that run down through
    all of them, each two spaces wide at least. A line whose first cell is empty carries the cells of the line above on.
    """
    found: dict[int, list[str]] = {}
    run: list[int] = []
    for blank, some in groupby(range(len(lines)), key=lambda n: not lines[n].strip()):
        block = list(some)
        if blank:
            if len(block) > 1 or "\x0c" in lines[block[0]]:
                found |= _table(lines, run)
                run = []
            continue
        if run and len(_cuts(lines, [*run, *block])) + 1 < _LEAST_COLUMNS:
            found |= _table(lines, run)
            run = []
        run += block
        if len(_cuts(lines, run)) + 1 < _LEAST_COLUMNS:
            run = []
    return found | _table(lines, run)


def _cuts(lines: Sequence[str], run: Sequence[int]) -> list[int]:
    words = [lines[n].rstrip() for n in run if not _RULED.match(lines[n])]
    if any("\t" in line or _LISTED.match(line) for line in words):
        return []
    return _rivers(words)


def _table(lines: Sequence[str], run: Sequence[int]) -> dict[int, list[str]]:
    words = [n for n in run if not _RULED.match(lines[n])]
    if len(words) < _LEAST_LINES:
        return {}
    edges = [0, *_cuts(lines, run), max(len(lines[n]) for n in words)]
    found: dict[int, list[str]] = {}
    above: list[str] | None = None
    for n in range(run[0], run[-1] + 1):
        cells = [lines[n][a:b].strip() for a, b in pairwise(edges)]
        if not any(cells):
            found[n + 1] = []
        elif _RULED.match(lines[n]):
            found[n + 1] = [lines[n].strip()]
        elif above and not cells[0]:
            above[:] = [" ".join(filter(None, pair)) for pair in zip(above, cells, strict=True)]
            found[n + 1] = []
        else:
            found[n + 1] = above = cells
    filled = [sum(map(bool, found[n + 1])) for n in words if found[n + 1]]
    regular = len(filled) >= _LEAST_LINES and sum(number >= _LEAST_COLUMNS for number in filled) * 2 > len(filled)
    return found if regular else {}


def _rivers(lines: Sequence[str]) -> list[int]:
    """Where the columns after each gap begin: gaps are columns of spaces through all lines."""
    width = max(map(len, lines), default=0)
    clear = [all(n >= len(line) or line[n] == " " for line in lines) for n in range(width)]
    cuts, run = [], 0
    for n, free in enumerate(clear):
        if not free and run >= _RIVER and n > run:
            cuts.append(n)
        run = run + 1 if free else 0
    return cuts
