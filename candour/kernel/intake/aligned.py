"""Tables of plain text whose columns are kept apart by spaces. Pure."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from .cells import BULLETS

_LEAST_LINES, _LEAST_COLUMNS, _RIVER, _WIDEST = 3, 3, 2, 400
_RULED = re.compile(r"^[\s=_-]*-{3,}[\s=_-]*$|^[\s=]*={3,}[\s=]*$")
_PAGE = re.compile(r"^\s*(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|\d{1,4}\s+of\s+\d{1,4})\s*$", re.IGNORECASE)
_LISTED = re.compile(rf"^\s*(?:[{BULLETS}*·-]\s|\(?\d{{1,3}}[.)]\s)")


def aligned_lines(lines: Sequence[str]) -> dict[int, list[str]]:
    """Number of the line, from 1 -> its cells, for every line that is a row of such a table; none for those it swallows.

    Three lines or more, blank ones and lines of dashes between them left out, and two gaps or more that run down through
    all of them, each two spaces wide at least. A line whose first cell is empty carries the cells of the line above on.
    """
    found: dict[int, list[str]] = {}
    run: list[int] = []
    taken = 0
    for (blank, page), some in groupby(range(len(lines)), key=lambda n: _kind(lines[n])):
        block = list(some)
        if page or blank:
            if page or len(block) > 1 or "\x0c" in lines[block[0]]:
                found |= _table(lines, run, taken)
                run, taken = [], 0
            continue
        here = _taken(lines, block)
        if run and len(_rivers(taken | here)) + 1 < _LEAST_COLUMNS:
            found |= _table(lines, run, taken)
            run, taken = [], 0
        run.extend(block)
        taken |= here
        if len(_rivers(taken)) + 1 < _LEAST_COLUMNS:
            run, taken = [], 0
    return found | _table(lines, run, taken)


def _kind(line: str) -> tuple[bool, bool]:
    """(whether a line is blank, whether it ends a page or begins the next one: its number, its head)."""
    blank = not line.strip()
    return blank, not blank and ("\x0c" in line or bool(_PAGE.match(line)))


def _taken(lines: Sequence[str], block: Sequence[int]) -> int:
    """The places that words stand in, one bit each; all of them where the lines are a list or have tabs."""
    taken = 0
    for n in block:
        line = lines[n].rstrip()
        if "\t" in line or _LISTED.match(line) or len(line) > _WIDEST:
            return (1 << _WIDEST) - 1
        if not _RULED.match(line):
            taken |= int("".join("0" if sign == " " else "1" for sign in reversed(line)) or "0", 2)
    return taken


def _table(lines: Sequence[str], run: Sequence[int], taken: int) -> dict[int, list[str]]:
    words = [n for n in run if not _RULED.match(lines[n])]
    if len(words) < _LEAST_LINES:
        return {}
    edges = [0, *_rivers(taken), max(len(lines[n]) for n in words)]
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


def _rivers(taken: int) -> list[int]:
    """Where the columns after each gap begin: gaps are places in which no line has a word."""
    cuts, run = [], 0
    for n in range(taken.bit_length()):
        free = not taken >> n & 1
        if not free and run >= _RIVER and n > run:
            cuts.append(n)
        run = run + 1 if free else 0
    return cuts
