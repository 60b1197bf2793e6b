"""Where tables are drawn on a page: by lines, by painted areas, or by both. Pure.

A Region is the frame of one table: the xs of its columns, the ys of its rows, and which of its cells are one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .aligned import columns_of, rows_of
from .sheet import Box, Rule, Sheet, Word, bounds, holds
from .words import Line, lines_by_place

NEAR = 3.0  # points within which two lines are one, or meet
_BACKGROUND = 0.8  # of the page: a painted area as large is no table
_LINES = 1500  # of one page, those in line counted as one; with more it is a drawing
_COVERED = 0.6  # of a side of a cell that a line must cover to part it from the next


@dataclass
class Region:
    """A table's frame. `cells`: (row, column) of the first of the bands that a cell covers -> its box."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], Box] = field(default_factory=dict)
    joins: bool = False  # onto the frame above, whose columns are others: they are one table


@dataclass
class _Part:
    """Lines that meet one another."""

    flat: list[Rule]
    down: list[Rule]

    @property
    def box(self) -> Box:
        xs = [x for rule in self.flat for x in (rule.start, rule.end)] + [rule.at for rule in self.down]
        ys = [y for rule in self.down for y in (rule.start, rule.end)] + [rule.at for rule in self.flat]
        return min(xs), min(ys), max(xs), max(ys)


def regions(sheet: Sheet, words: Sequence[Word]) -> list[Region]:
    """The tables drawn on a page, from the top."""
    found = []
    for part in _stacked(_parts(_edges(sheet)), words):
        found += _regions(part, words)
    found.sort(key=lambda region: region.box[1])
    return [one for one in found if not any(_inside(one.box, other.box) for other in found if other is not one)]


def _edges(sheet: Sheet) -> list[Rule]:
    """Lines, and the sides of painted areas that no frame of lines holds already; those in line are one."""
    edges = list(sheet.rules)
    for fill in sheet.fills:
        x0, y0, x1, y1 = fill.box
        if (x1 - x0) * (y1 - y0) > _BACKGROUND * sheet.width * sheet.height or min(x1 - x0, y1 - y0) < 6:
            continue
        if not _chip(fill.box, sheet):
            edges += [Rule(True, y0, x0, x1), Rule(True, y1, x0, x1), Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)]
    merged = _merged(edges)
    return merged if len(merged) <= _LINES else []


def _chip(box: Box, sheet: Sheet) -> bool:
    """Whether a painted area floats inside another or between lines: a badge or highlighted words, no cell."""
    return any(
        other.box != box and _within(box, other.box) and other.colour and _area(other.box) > 1.5 * _area(box)
        for other in sheet.fills
    )


def _merged(edges: Iterable[Rule]) -> list[Rule]:
    """Edges within reach of one another along one line, as one."""
    found: list[Rule] = []
    for flat in (True, False):
        groups: list[list[Rule]] = []
        for edge in sorted((edge for edge in edges if edge.flat == flat), key=lambda edge: edge.at):
            if groups and edge.at - groups[-1][0].at <= NEAR:
                groups[-1].append(edge)
            else:
                groups.append([edge])
        for group in groups:
            at = sum(edge.at for edge in group) / len(group)
            group.sort(key=lambda edge: edge.start)
            start, end = group[0].start, group[0].end
            for edge in group[1:]:
                if edge.start > end + NEAR + 1:
                    found.append(Rule(flat, at, start, end))
                    start, end = edge.start, edge.end
                end = max(end, edge.end)
            found.append(Rule(flat, at, start, end))
    return found


def _parts(edges: Sequence[Rule]) -> list[_Part]:
    """Edges that meet, together."""
    flat, down = [edge for edge in edges if edge.flat], [edge for edge in edges if not edge.flat]
    above = list(range(len(edges)))

    def root(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    for a, one in enumerate(flat):
        for b, two in enumerate(down, len(flat)):
            meets = one.start - NEAR <= two.at <= one.end + NEAR and two.start - NEAR <= one.at <= two.end + NEAR
            if meets:
                above[root(b)] = root(a)
    groups: dict[int, _Part] = {}
    for n, edge in enumerate([*flat, *down]):
        part = groups.setdefault(root(n), _Part([], []))
        (part.flat if edge.flat else part.down).append(edge)
    return [part for part in groups.values() if part.flat]


def _stacked(parts: list[_Part], words: Sequence[Word]) -> list[_Part]:
    """Parts of equal width one below the other are one table where what stands between them reads as a row of it."""
    done: list[_Part] = []
    for part in sorted(parts, key=lambda part: part.box[1]):
        for other in reversed(done):
            a, b = other.box, part.box
            if abs(a[0] - b[0]) <= NEAR + 1 and abs(a[2] - b[2]) <= NEAR + 1 and a[3] <= b[1] + NEAR:
                between = [word for word in words if holds((a[0], a[3], a[2], b[1]), word)]
                if _reads_as_row(between, other, part):
                    other.flat += part.flat
                    other.down += part.down
                    break
                done.append(part)
                break
        else:
            done.append(part)
    return done


def _reads_as_row(between: Sequence[Word], above: _Part, below: _Part) -> bool:
    """Words in columns are a row. A single short line is a heading inside the table, if the table has begun."""
    if above.down and below.down and _sides(above) and _sides(below):
        return False
    if not between:
        return below.box[1] - above.box[3] < 2 * NEAR
    box = (above.box[0], above.box[3], above.box[2], below.box[1])
    lines = lines_by_place(between)
    if len(columns_of(between, box)) > 2:
        return all(b.base - a.base < 1.9 * b.size for a, b in pairwise(lines))
    return len(lines) == 1 and box[3] - box[1] < 2.4 * lines[0].size and len({rule.at for rule in above.flat}) > 1


def _sides(part: _Part) -> bool:
    """Whether a part is closed on its left and right."""
    x0, y0, x1, y1 = part.box
    high = y1 - y0
    return all(
        any(abs(rule.at - x) <= NEAR and rule.end - rule.start > 0.8 * high for rule in part.down) for x in (x0, x1)
    )


def _regions(part: _Part, words: Sequence[Word]) -> list[Region]:
    """The frames, none for a box around words, a line under a heading and other things that are no table."""
    inside = [word for word in words if holds(_grown(part.box), word)]
    x0, y0, x1, y1 = part.box
    ys = _levels([rule.at for rule in part.flat] + [y for rule in part.down for y in (rule.start, rule.end)])
    xs = _levels([rule.at for rule in part.down] + [x0, x1])
    ruled = len(xs) > 2
    if ruled:
        frames = _unlike(xs, ys, part.down)
    elif len(ys) > 1 and inside:
        xs = columns_of(inside, (x0, y0, x1, y1))
        ys = _rows_within(_with_open_ends(ys, xs, words), xs, words)
        frames = [(xs, ys)] if len(ys) > 2 or part.down else []
    else:
        frames = []
    found: list[Region] = []
    for columns, rows in frames:
        region = Region((x0, rows[0], x1, rows[-1]), columns, rows)
        held = [word for word in words if holds(_grown(region.box), word)]
        region.cells = _cells(region, part, held)
        filled = {column for (_, column), box in region.cells.items() if any(holds(box, word) for word in held)}
        if len(filled) > 1 or (filled and ruled):  # a cell that runs over the page may stand alone
            region.joins = bool(found) and found[-1].ys[-1] == rows[0]
            found.append(region)
    return found


def _with_open_ends(ys: list[float], xs: list[float], words: Sequence[Word]) -> list[float]:
    """With the row above the first line and the one below the last, where words stand there in the same columns."""
    beside = [word for word in words if xs[0] - NEAR <= word.x0 and word.x1 <= xs[-1] + NEAR]
    above = lines_by_place([word for word in beside if word.middle[1] < ys[0]])[::-1]
    below = lines_by_place([word for word in beside if word.middle[1] > ys[-1]])
    top, end = _reach(above, xs, ys[0], 1), _reach(below, xs, ys[-1], 3)
    return [*([top - 1] if top < ys[0] else []), *ys, *([end + 1] if end > ys[-1] else [])]


def _reach(lines: Sequence[Line], xs: Sequence[float], edge: float, side: int) -> float:
    """How far lines from an edge outwards keep to the columns, closely one after the other. side: 1 up, 3 down."""
    at, columns = edge, set()
    for line in lines:
        near, far = (line.box[3], line.box[1]) if side == 1 else (line.box[1], line.box[3])
        crossed = any(word.x0 < x - 1 and word.x1 > x + 1 for word in line.words for x in xs[1:-1])
        if crossed or abs(near - at) > (1.0 if at == edge else 0.5) * line.size:
            break
        at = far
        columns |= {n for word in line.words for n, x in enumerate(xs[1:]) if xs[n] <= word.middle[0] < x}
    return at if len(columns) > 1 else edge


def _unlike(xs: list[float], ys: list[float], down: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """(xs, ys) of the parts of a frame: one begins where rows share no inner line with those above."""
    frames: list[tuple[set[float], list[float]]] = []
    for top, end in pairwise(ys):
        used = {x for x in xs[1:-1] if _parted(down, x, top, end)}
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


def _cells(region: Region, part: _Part, words: Sequence[Word]) -> dict[tuple[int, int], Box]:
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
        for column in range(columns):
            right, below = (row, column + 1), (row + 1, column)
            if column + 1 < columns and not _parted(part.down, xs[column + 1], ys[row], ys[row + 1]):
                band = [word for word in words if ys[row] <= word.middle[1] <= ys[row + 1]]
                if not _apart(band, xs[column : column + 3], ruled=ruled):
                    above[root(right)] = root((row, column))
            if row + 1 < rows and ruled and not _parted(part.flat, ys[row + 1], xs[column], xs[column + 1]):
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


def _parted(edges: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges if abs(edge.at - at) <= NEAR)
    return covered >= _COVERED * (end - start)


def _levels(values: Iterable[float]) -> list[float]:
    """Values within reach of one another as one, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] > outer[0] + 1 and inner[1] > outer[1] + 1 and inner[2] < outer[2] - 1 and inner[3] < outer[3] - 1


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


__all__ = ["Region", "bounds", "regions"]
