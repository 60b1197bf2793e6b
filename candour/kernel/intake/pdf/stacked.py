"""Which lines of a page, one below the other, are one table: by what stands between and beside them. Pure."""

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from .columns import Columns, columns_of
from .edges import NEAR, Part, within_reach
from .sheet import Box, Rule, Word, holds
from .words import Line, lines_by_place

_ALIKE = 2.5  # points by which the space above the words of two rows may differ


def stacked(parts: list[Part], words: Sequence[Word]) -> list[Part]:
    """Parts of equal width one below the other are one table where what stands between them reads as a row of it.

    Upwards once more: a row that is empty but for its first cell shows only by the rows below it.
    """
    done: list[Part] = []
    for part in sorted(parts, key=lambda part: part.box[1]):
        _stack(part, done, words)
    whole: list[Part] = []
    for part in done:
        _stack(part, whole, words)
    return whole


def _stack(part: Part, done: list[Part], words: Sequence[Word]) -> None:
    """Add a part to the one of equal width above it, or to those that are done."""
    for other in reversed(done):
        a, b = other.box, part.box
        if abs(a[0] - b[0]) <= NEAR + 1 and abs(a[2] - b[2]) <= NEAR + 1 and a[3] <= b[1] + NEAR:
            if _reads_as_row(other, part, words):
                if other.painted and part.painted:
                    other.down += [Rule(False, x, a[3], b[1]) for x in other.xs]
                other.add(part)
                return
            break
        if part.painted and a[0] < b[2] and b[0] < a[2]:
            break  # another table lies between
    done.append(part)


def _reads_as_row(above: Part, below: Part, words: Sequence[Word]) -> bool:
    """Words in columns are a row; below a ruled head, in the columns of its words, lines may stand far apart.

    A single short line is a heading inside the table, if the table has begun, or a row if it looks like those below.
    """
    box = (above.box[0], above.box[3], above.box[2], below.box[1])
    between = _held(box, words)
    if above.closed and below.closed:
        return bool(above.painted and below.painted and between) and _bands(above, between, below, words)
    if not between:
        return below.box[1] - above.box[3] < 2 * NEAR
    lines = lines_by_place(between)
    if len(columns_of(between, box)) > 2:
        near = all(b.base - a.base < 1.9 * b.size for a, b in pairwise(lines))
        return near or (not above.down and _ruled_head(above, between, words))
    if _one_cell(between, above, below, words):
        return True
    if len(lines) > 1 or box[3] - box[1] > 2.4 * lines[0].size:
        return False
    return len({rule.at for rule in above.flat}) > 1 or _printed_alike(between, _held(below.box, words))


def _held(box: Box, words: Sequence[Word]) -> list[Word]:
    return [word for word in words if holds(box, word)]


def _one_cell(between: Sequence[Word], above: Part, below: Part, words: Sequence[Word]) -> bool:
    """Whether words stand in one column of the rows above and below, not their first, and begin where its words do."""
    held = [*_held(above.box, words), *_held(below.box, words)]
    xs = columns_of([*held, *between], above.box)
    left = min(word.x0 for word in between)
    beside = [word.x0 for word in held if abs(word.x0 - left) < 1]
    return len(xs) > 2 and left > xs[1] and bool(beside) and len({bisect(xs, word.middle[0]) for word in between}) == 1


def _ruled_head(above: Part, between: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a part is the two lines around a row of headings, and words stand in the columns of that row."""
    head = _held(above.box, words)
    columns = len(columns_of(head, above.box))
    same = len(columns_of([*head, *between], above.box)) == columns
    return columns > 3 and same and len({rule.at for rule in above.flat}) == 2


def _bands(above: Part, between: Sequence[Word], below: Part, words: Sequence[Word]) -> bool:
    """Whether two painted bands are rows of one table, and what stands between them is a row that is not painted.

    Then its words keep to their columns, and stand as far below the edge as those of the band below.
    """
    lower = _held(below.box, words)
    if not lower or not within_reach(above.inner, below.inner):
        return False
    if any(_crosses(word, x) for word in between for x in above.inner):
        return False
    if not above.inner and len(columns_of([*_held(above.box, words), *between, *lower], above.box)) < 3:
        return False
    room = min(word.y0 for word in between) - above.box[3]
    return abs(room - min(word.y0 for word in lower) + below.box[1]) < _ALIKE


def _printed_alike(some: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether words are printed as those in the first column of the others, beginning at the same x."""
    first = [word for word in others if abs(word.x0 - some[0].x0) < 1]
    return len(first) > 1 and all((word.size, word.bold) == (some[0].size, some[0].bold) for word in [*some, *first])


def _crosses(word: Word, x: float) -> bool:
    return word.x0 < x - 1 and word.x1 > x + 1


def add_ends(part: Part, words: Sequence[Word], brink: float, before: Columns | None) -> None:
    """Add the row above the first line and the one below the last, where words stand there in the same columns.

    brink: the y above which what stands on a page may carry on the page before. before: the columns of the table that
    the page before ends with.
    """
    x0, y0, x1, y1 = part.box
    inside = _held((x0 - 1, y0 - 1, x1 + 1, y1 + 1), words)
    if not inside or (part.inner and not part.painted) or len({rule.at for rule in part.flat}) < 2:
        return
    beside = [word for word in words if x0 - NEAR <= word.x0 and word.x1 <= x1 + NEAR]
    above = lines_by_place([word for word in beside if word.middle[1] < y0])[::-1]
    below = lines_by_place([word for word in beside if word.middle[1] > y1])
    xs, room = part.xs, min(min(word.y0 for word in inside) - y0, y1 - max(word.y1 for word in inside))
    for lines, side in ((above, 1), (below, 3)):
        reached = _reach(part, inside, lines, side, room)
        if _row_or_rest(part, inside, reached, brink, before):
            inside += [word for line in reached for word in line.words]
            far = reached[-1].box[side] + (side - 2)
            part.flat.append(Rule(True, far, x0, x1))
            if part.painted:
                top, end = (far, y0) if side == 1 else (y1, far)
                part.down += [Rule(False, x, top, end) for x in xs]


def _reach(part: Part, inside: list[Word], lines: Sequence[Line], side: int, room: float) -> list[Line]:
    """The lines from a side of a part outwards that keep its columns, closely one after the other. side: 1 top, 3 foot.

    room: points between its edge and the words within.
    """
    box, found, held = part.box, list[Line](), inside
    number, inner, at = len(columns_of(inside, box)), part.inner, box[side]
    for line in lines:
        away = at - line.box[3] if side == 1 else line.box[1] - at
        if found:
            far = away > 0.5 * line.size
        else:
            far = abs(away - room) > _ALIKE if part.painted else away > max(line.size, 1.3 * room)
        crossed = any(_crosses(word, x) for word in line.words for x in inner)
        if far or crossed or (not inner and len(columns_of([*held, *line.words], box)) < number):
            break
        at, held = line.box[side], [*held, *line.words]
        found.append(line)
    return found


def _row_or_rest(
    part: Part, inside: Sequence[Word], lines: Sequence[Line], brink: float, before: Columns | None
) -> bool:
    """Whether lines hold words in two columns; above the brink also the rest of a cell, in one but the first.

    In the first stands the label of a row without a value, where the table before goes on or one is painted.
    """
    words = [word for line in lines for word in line.words]
    xs = part.xs if part.inner else columns_of([*inside, *words], part.box)
    filled = {n for word in words for n, x in enumerate(xs[1:]) if xs[n] <= word.middle[0] < x}
    if not filled or len(filled) > 1:
        return len(filled) > 1
    carried = before is not None and min(word.y0 for word in words) < brink
    if 0 not in filled:
        return carried
    return _printed_alike(words, inside) and (part.painted or (carried and before.keep(words)))  # type: ignore[union-attr]
