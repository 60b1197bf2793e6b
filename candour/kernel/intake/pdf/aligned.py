"""Tables without lines, by their columns; rows are where the words begin anew. Prose in columns is none. Pure."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from .columns import GAP, Columns, columns_of, gaps_in, in_one_column
from .edges import NEAR, within_reach
from .sheet import Word, bounds
from .words import Line, is_sign, lines_by_place

_APART = 1.22  # rows stand at least so much further apart than the lines of a cell
_FAR = 3  # sizes of the letters: columns so far apart are no accident
_LOOSE = 1.4  # sizes of the letters: lines of one paragraph stand closer


def rows_of(words: Sequence[Word], xs: Sequence[float]) -> list[float]:
    """The ys at which rows begin: where the lines stand further apart, else wherever the first column holds words."""
    lines = lines_by_place(words)
    if not lines:
        return []
    steps = [b.base - a.base for a, b in pairwise(lines)]
    real = [step for step in steps if step > 2]
    if real and max(real) > _APART * min(real):
        least = min(real) * (1 + (_APART - 1) / 2)
        labels = _label_each(lines, steps, least, xs)
        starts = [0, *(n for n, step in enumerate(steps, 1) if step > least or n in labels)]
        if len(xs) == 3:  # labels and values: a value may be of several paragraphs
            starts = [n for n in starts if n == 0 or lines[n].words[0].x0 < xs[1]]
    else:
        starts = [n for n, line in enumerate(lines) if n == 0 or line.words[0].x0 < xs[1]]
    return [_between(lines, n) for n in starts]


def _label_each(lines: Sequence[Line], steps: Sequence[float], least: float, xs: Sequence[float]) -> set[int]:
    """The lines that are rows although they stand no further apart than the others: none of them is wrapped.

    They are looser than the lines of a paragraph, and in the first column each begins like an entry of its own: the
    wider steps are then those from one record to the next.
    """
    near = [n for n, step in enumerate(steps, 1) if 2 < step <= least]
    firsts = [lines[n].words[0] for n in near]
    loose = all(steps[n - 1] > _LOOSE * lines[n].size for n in near)
    entries = all(word.x0 < xs[1] and not word.text[0].islower() for word in firsts)
    return set(near) if loose and entries else set()


def _between(lines: Sequence[Line], n: int) -> float:
    top = lines[n].box[1]
    return top - 1 if n == 0 else (max(top, lines[n - 1].box[3]) + min(top, lines[n - 1].box[3])) / 2


def segments(line: Line) -> list[list[Word]]:
    """The words of a line, cut at gaps as wide as those between columns."""
    found = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > max(7.0, 1.1 * max(word.size, before.size)):
            found.append([])
        found[-1].append(word)
    return found


def aligned_tables(
    lines: Sequence[Line], before: Columns | None = None
) -> list[tuple[int, int, list[float], list[float]]]:
    """(first line, line after the last, xs, ys) of each table in lines that come from the top.

    before: the columns of the table that the page before ended with, where these lines begin theirs.
    """
    found, at, free = list[tuple[int, int, list[float], list[float]]](), 0, 0
    rest = _carried_on(lines, before) if before else 0
    while at < len(lines):
        end = _until_other(lines, at, _run(lines, at))
        start = _with_head(lines, free, at, end, before) if end - at > 1 else at
        start = 0 if before and not found and 0 < start <= rest and before.keep(lines[start].words) else start
        last = end == len(lines)
        table = _table(lines[start:end], before if start == 0 else None, last=last) if end - start > 1 or last else None
        if table:
            found.append((start, end, *table))
            at = free = end
        else:
            at += 1
    if before and rest and (not found or found[0][0] >= rest):
        words = [word for line in lines[:rest] for word in line.words]
        found.insert(0, (0, rest, list(before.xs), [*rows_of(words, before.xs), bounds(words)[3] + 1]))
    return found


def _carried_on(lines: Sequence[Line], before: Columns) -> int:
    """How many lines at the head of a page carry on the table before: they begin where its words begin.

    They are the rest of a cell, or rows of it; a line in the first column alone may be a paragraph.
    """
    for n, line in enumerate(lines):
        alone = line.words[-1].x1 < before.xs[1]
        if alone or not before.keep(line.words) or (n and line.base - lines[n - 1].base > 2 * line.size):
            return n
    return len(lines)


def _until_other(lines: Sequence[Line], start: int, end: int) -> int:
    """The line at which another table begins: further below than the rows do, with its columns elsewhere."""
    steps = [b.base - a.base for a, b in pairwise(lines[start:end])]
    wide = [start + n for n, step in enumerate(steps, 1) if step > 1.4 * median(steps)]
    for n, after in pairwise([*wide, end]):
        above, below = _lefts(lines[start:n]), _lefts(lines[n:after])
        if not within_reach(above, below) and not _lacks(above, below):
            return n
    return end


def _lacks(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether rows begin where others do, but for a column or two that are empty in all of them."""
    fewer, more = sorted((some, others), key=len)
    kept = [any(abs(x - other) <= NEAR for other in more) for x in fewer]
    return all(kept) and len(fewer) >= max(4, len(more) - 2)


def _lefts(lines: Sequence[Line]) -> list[float]:
    """The x at which each column begins."""
    words = [word for line in lines for word in line.words]
    return [min(word.x0 for word in words if word.x0 >= x) for x in columns_of(words, bounds(words))[:-1]]


def _with_head(lines: Sequence[Line], free: int, start: int, end: int, before: Columns | None) -> int:
    """The line at which a table begins: its headings may stand closer to each other than its columns do.

    At the head of a page the label alone of a row without a value goes on with the table before.
    """
    words = [word for line in lines[start:end] for word in line.words]
    least = len(columns_of(words, bounds(words)))
    while start > free:
        line, below = lines[start - 1], lines[start]
        more = [*words, *line.words]
        xs = columns_of(more, bounds(more))
        filled = {n for word in line.words for n, x in enumerate(xs[1:]) if xs[n] <= word.middle[0] < x}
        step, usual = below.base - line.base, lines[start + 1].base - below.base
        label = before and start == 1 and filled == {0} and before.begins(line.words[0]) and not line.words[0].bold
        if len(xs) < least or not (len(filled) > 1 or label) or step > 1.3 * usual or abs(line.size - below.size) > 0.5:
            break
        words, start = more, start - 1
    return start


def _run(lines: Sequence[Line], start: int) -> int:
    """The line after the last of those from start on whose words keep clear of a common gap."""
    if not _in_columns(lines[start]):
        return start
    words, end, last = list(lines[start].words), start + 1, start + 1
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        if line.base - before.base > 3.2 * line.size or abs(line.size - before.size) > 0.15 * line.size:
            break
        least = max(4.0, GAP * line.size)
        kept = gaps_in([*words, *line.words], least)
        if not kept or (not _in_columns(line) and len(kept) < len(gaps_in(words, least))):
            break
        words += line.words
        end += 1
        if _in_columns(line) or _carries_on(line, words, least):
            last = end
    return last


def _in_columns(line: Line) -> bool:
    """Whether the words of a line stand apart, and not only its bullet or number from the rest."""
    parts = segments(line)
    return len(parts) > 1 and not (len(parts) == 2 and is_sign("".join(word.text for word in parts[0])))


def _carries_on(line: Line, words: Sequence[Word], least: float) -> bool:
    """Whether a line stands in a column after the first, or is short: part of a cell of several lines."""
    left = min(word.x0 for word in words)
    return line.box[0] > left + 4 or line.box[2] < gaps_in(words, least)[0][0] + 1


def _table(lines: Sequence[Line], before: Columns | None, *, last: bool) -> tuple[list[float], list[float]] | None:
    """(xs, ys) of a table; None for too few rows in columns, or for prose in two columns.

    One row is enough for the last lines of a page, and two in two columns, where they stand far apart.
    Where its words keep to the columns of the table before, which are more, they are its columns.
    """
    words = [word for line in lines for word in line.words]
    box = bounds(words)
    xs = columns_of(words, box)
    if before and len(before.xs) > len(xs) and all(in_one_column(word, before.xs) for word in words):
        xs = list(before.xs)
    rows = [line for line in lines if _in_columns(line)]
    far = all(gap >= _FAR * lines[0].size for gap in (b - a for a, b in gaps_in(words, GAP * lines[0].size)))
    enough = 3 if len(xs) == 3 and not far else 1 if last and far else 2
    if len(xs) < 3 or len(rows) < enough or is_prose(lines, xs):
        return None
    first = {"".join(word.text for word in line.words if word.x1 < xs[1]) for line in rows}
    if all(is_sign(text) for text in first if text):
        return None
    return xs, [*rows_of(words, xs), box[3] + 1]


def is_prose(lines: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether text runs on in two columns beside each other: nearly every line fills its column."""
    if len(xs) != 3 or len(lines) < 4:
        return False
    full = []
    for left, right in pairwise(xs):
        words = [[word for word in line.words if left <= word.middle[0] <= right] for line in lines]
        widths = [part[-1].x1 - part[0].x0 for part in words if part]
        wide = max(widths, default=0)
        full.append(sum(width > 0.7 * wide for width in widths) >= 0.6 * len(lines) and wide > 90)
    return all(full)


def two_columns(lines: Sequence[Line]) -> list[tuple[int, int, float]]:
    """(first line, line after the last, x of the gap) of each stretch of text in two columns, one perhaps longer."""
    found, at = [], 0
    while at < len(lines):
        words, both, end = list(lines[at].words), at + 1, at + 1
        while end < len(lines) and len(gaps_in([*words, *lines[end].words], 8.0)) == 1:
            words += lines[end].words
            end += 1
            both = end if len(segments(lines[end - 1])) > 1 else both
        gaps = gaps_in(words, 8.0)
        if len(gaps) == 1 and both - at >= 4:
            x = sum(gaps[0]) / 2
            if is_prose(lines[at:both], [0, x, 10_000]):
                found.append((at, end, x))
                at = end
                continue
        at += 1
    return found
