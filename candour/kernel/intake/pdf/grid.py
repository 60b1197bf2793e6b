"""Where tables are drawn on a page: by lines, by painted areas, or by both. Pure.

A Region is the frame of one table: the xs of its columns, the ys of its rows, and which of its cells are one.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .aligned import rows_of
from .columns import Columns, columns_of
from .edges import NEAR, Part, levels, parted, parts_of, within_reach
from .sheet import Box, Rule, Sheet, Word, holds
from .stacked import add_ends, stacked
from .words import lines_by_place

_TOP = 0.3  # of the page: what stands nearer to its head may carry on the page before
_FOOT = 0.6  # of the page: what ends above is not broken over it


@dataclass
class Region:
    """A table's frame. `cells`: (row, column) of the first of the bands that a cell covers -> its box."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], Box] = field(default_factory=dict)
    joins: bool = False  # onto the frame above, whose columns are others: they are one table


def regions(sheet: Sheet, words: Sequence[Word], before: Columns | None = None) -> list[Region]:
    """The tables drawn on a page, from the top. before: the columns of the last on the page before, as columns_at gives."""
    found: list[Region] = []
    for part in stacked(parts_of(sheet), words):
        brink = _TOP * sheet.height
        above = before if part.box[1] < brink else None
        add_ends(part, words, brink, above)
        found += _regions(part, words, above)
    found.sort(key=lambda region: region.box[1])
    return [one for one in found if not any(_inside(one.box, other.box) for other in found if other is not one)]


def columns_at(found: Sequence[Region], words: Sequence[Word], sheet: Sheet) -> Columns | None:
    """The columns of the last table drawn on a page, if it reaches its foot."""
    if not found or found[-1].box[3] < _FOOT * sheet.height:
        return None
    return Columns.of(found[-1].xs, [word for word in words if holds(found[-1].box, word)])


def words_by_cell(region: Region, words: Sequence[Word]) -> dict[tuple[int, int], list[Word]]:
    """The words of each cell: those whose middle it holds, or that it is nearest to."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for at, (x0, y0, x1, y1) in region.cells.items():
        across, down = (
            range(region.xs.index(x0), region.xs.index(x1)),
            range(region.ys.index(y0), region.ys.index(y1)),
        )
        owners.update({(row, column): at for row in down for column in across})
    held: dict[tuple[int, int], list[Word]] = {at: [] for at in region.cells}
    for word in words:
        x, y = word.middle
        row = min(max(bisect_left(region.ys, y) - 1, 0), len(region.ys) - 2)
        column = min(max(bisect_left(region.xs, x) - 1, 0), len(region.xs) - 2)
        held[owners[row, column]].append(word)
    return held


def _regions(part: Part, words: Sequence[Word], before: Columns | None) -> list[Region]:
    """The frames, none for a box around words, a line under a heading and other things that are no table."""
    inside = [word for word in words if holds(_grown(part.box), word)]
    x0, y0, x1, y1 = part.box
    ys = levels([rule.at for rule in part.flat] + [y for rule in part.down for y in (rule.start, rule.end)])
    xs = part.xs
    ruled = len(xs) > 2
    if ruled:
        frames = _unlike(xs, ys, part.down)
    elif len(ys) > 1 and inside:
        xs = columns_of(inside, (x0, y0, x1, y1))
        if before and len(before.xs) > len(xs) and within_reach((x0, x1), (before.xs[0], before.xs[-1])):
            xs = list(before.xs) if before.keep(inside) else xs  # a column may be empty from here on
        ys = _rows_within(ys, xs, words)
        frames = [(xs, ys)] if len(ys) > 2 or part.down else []
    else:
        frames = []
    found: list[Region] = []
    for columns, rows in frames:
        region = Region((x0, rows[0], x1, rows[-1]), columns, rows)
        held = [word for word in words if holds(_grown(region.box), word)]
        region.cells = _cells(region, part, held)
        filled = {column for (_, column), some in words_by_cell(region, held).items() if some}
        if len(filled) > 1 or (filled and ruled):  # a cell that runs over the page may stand alone
            region.joins = bool(found) and found[-1].ys[-1] == rows[0]
            found.append(region)
    return found


def _unlike(xs: list[float], ys: list[float], down: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """(xs, ys) of the parts of a frame: one begins where rows share no inner line with those above."""
    frames: list[tuple[set[float], list[float]]] = []
    for top, end in pairwise(ys):
        used = {x for x in xs[1:-1] if parted(down, x, top, end)}
        if frames and (not used or not frames[-1][0] or used & frames[-1][0]):
            frames[-1][0].update(used)
            frames[-1][1].append(end)
        else:
            frames.append((used, [top, end]))
    return [([xs[0], *sorted(used), xs[-1]], rows) for used, rows in frames if used]


def _rows_within(ys: list[float], xs: list[float], words: Sequence[Word]) -> list[float]:
    """Where only the head and the foot of a table are ruled, its rows are found by its words."""
    if len(ys) > 4:
        return ys
    found = list(ys)
    for top, end in pairwise(ys):
        band = [word for word in words if holds((xs[0], top, xs[-1], end), word)]
        found += rows_of(band, xs)[1:] if len(lines_by_place(band)) > 2 else []
    return sorted(found)


def _cells(region: Region, part: Part, words: Sequence[Word]) -> dict[tuple[int, int], Box]:
    """Bands of the frame without a line between them are one cell, unless words stand apart in them."""
    xs, ys = region.xs, region.ys
    columns, rows = len(xs) - 1, len(ys) - 1
    ruled = bool([rule for rule in part.down if xs[0] + NEAR < rule.at < xs[-1] - NEAR])
    above = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(at: tuple[int, int]) -> tuple[int, int]:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    for row in range(rows):
        band = [word for word in words if ys[row] <= word.middle[1] <= ys[row + 1]]
        for column in range(columns):
            right, below = (row, column + 1), (row + 1, column)
            open_side = column + 1 < columns and not parted(part.down, xs[column + 1], ys[row], ys[row + 1])
            if open_side and not _apart(band, xs[column : column + 3], ruled=ruled):
                above[root(right)] = root((row, column))
            if row + 1 < rows and ruled and not parted(part.flat, ys[row + 1], xs[column], xs[column + 1]):
                above[root(below)] = root((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at in above:
        groups.setdefault(root(at), []).append(at)
    return {min(group): _around(group, xs, ys) for group in groups.values()}


def _apart(band: Sequence[Word], xs: Sequence[float], *, ruled: bool) -> bool:
    """Whether the words on the two sides of an x keep as far from each other, on every line, as columns do.

    Beside an empty side they are one cell where the table's columns are ruled, else two.
    """
    start, at, end = xs
    if any(word.x0 < at - 1 and word.x1 > at + 1 for word in band):
        return False
    left = [word for word in band if start <= word.middle[0] < at]
    right = [word for word in band if at <= word.middle[0] <= end]
    if not left or not right:
        return not ruled
    gaps = [b.x0 - a.x1 for a in left for b in right if abs(a.base - b.base) < 0.4 * a.size]
    return min(gaps, default=99.0) >= 0.7 * left[0].size


def _around(group: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Box:
    rows, columns = [row for row, _ in group], [column for _, column in group]
    return xs[min(columns)], ys[min(rows)], xs[max(columns) + 1], ys[max(rows) + 1]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(inner: Box, outer: Box) -> bool:
    return (
        _area(inner) < _area(outer)
        and outer[0] - NEAR <= inner[0]
        and outer[1] - NEAR <= inner[1]
        and inner[2] <= outer[2] + NEAR
        and inner[3] <= outer[3] + NEAR
    )


def _grown(box: Box) -> Box:
    return box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
