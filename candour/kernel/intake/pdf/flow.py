"""Blocks from what a PDF's pages show, where its tags do not tell: tables first, the words around them then. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..document import Block, Cell, Document, Paragraph, Place, Row, Table
from .aligned import aligned_tables, two_columns
from .columns import Columns
from .grid import Region, columns_at, regions, words_by_cell
from .markings import markings
from .rows import ABOVE, BOTH, LEFT, padded
from .sheet import Box, Sheet, Word, bounds, holds
from .text import Body, text_blocks
from .words import Habits, Line, habits_of, lines_by_place

_INSET = 1.0


@dataclass
class _Placed:
    top: float
    blocks: list[Block]
    columns: Columns | None = None


def read_by_place(sheets: Sequence[Sheet], *, name: str = "", sha256: str = "") -> Document:
    """The document by what its pages show."""
    habits = habits_of(sheets)
    drawn = _all_drawn(sheets)
    marked = markings(sheets, drawn)
    size = _usual_size(sheets)
    blocks: list[Block] = []
    before: Columns | None = None
    for sheet in sheets:
        head, foot, words = marked[sheet.number]
        body = Body(habits, size, sheet.number)
        if blocks and not head and not (isinstance(blocks[-1], Paragraph) and blocks[-1].marker == "marking"):
            blocks.append(Paragraph("", Place(page=sheet.number), marker="marking"))  # the page turns
        blocks += head
        found, before = _page(sheet, words, drawn[sheet.number], body, before)
        blocks += found
        blocks += foot
    return Document(tuple(blocks), name, sha256)


def _all_drawn(sheets: Sequence[Sheet]) -> dict[int, list[Region]]:
    """The tables drawn on each page."""
    drawn: dict[int, list[Region]] = {}
    before: Columns | None = None
    for sheet in sheets:
        words = [word for word in sheet.words if not word.artifact]
        drawn[sheet.number] = regions(sheet, words, before)
        before = columns_at(drawn[sheet.number], words, sheet)
    return drawn


def _usual_size(sheets: Sequence[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _page(
    sheet: Sheet, words: Sequence[Word], drawn: Sequence[Region], body: Body, before: Columns | None
) -> tuple[list[Block], Columns | None]:
    """The blocks of a page from the top; text in two columns is read down the left one first.

    before: the columns of the table that the page before ends with. Gives also those of the table that this one ends with.
    """
    placed: list[_Placed] = []
    rest = list(words)
    for region in drawn:
        inside = [word for word in rest if holds(_grown(region.box), word)]
        if not inside:
            continue
        rest = [word for word in rest if not holds(_grown(region.box), word)]
        table = _drawn(region, inside, sheet, body)
        if region.joins and placed and table.rows:
            placed[-1].blocks = [padded([*placed[-1].blocks[0].rows, *table.rows])]  # type: ignore[union-attr]
        elif table.rows:
            placed.append(_Placed(region.box[1], [table], Columns.of(region.xs, inside)))
    lines = lines_by_place(rest)
    at = 0
    first = bool(lines) and all(lines[0].box[1] < one.top for one in placed)
    for start, end, kind in sorted(_parts(lines, before if first else None)):
        placed += _flowing(lines[at:start], placed, body)
        placed.append(_part(lines[start:end], kind, sheet, body))
        at = end
    placed += _flowing(lines[at:], placed, body)
    placed.sort(key=lambda one: one.top)
    blocks = [block for one in placed for block in one.blocks]
    count = 0
    for n, block in enumerate(blocks):
        if isinstance(block, Table):
            count += 1
            place = Place(page=sheet.number, table=count)
            rows = [replace(row, place=replace(place, row=m)) for m, row in enumerate(block.rows, 1)]
            blocks[n] = Table(tuple(rows), place)
    return blocks, placed[-1].columns if placed else None


def _parts(lines: Sequence[Line], before: Columns | None) -> list[tuple[int, int, object]]:
    """Stretches of the page that are not plain text: columns of prose, tables without lines."""
    found: list[tuple[int, int, object]] = []
    taken: set[int] = set()
    for start, end, x in two_columns(lines):
        found.append((start, end, x))
        taken.update(range(start, end))
    for start, end, xs, ys in aligned_tables(lines, before):
        if not taken & set(range(start, end)):
            found.append((start, end, (xs, ys)))
    return found


def _part(lines: Sequence[Line], kind: object, sheet: Sheet, body: Body) -> _Placed:
    words = [word for line in lines for word in line.words]
    top = min(word.y0 for word in words)
    if isinstance(kind, tuple):
        xs, ys = kind
        box = (xs[0] - 1, top, xs[-1] + 1, ys[-1])
        region = Region(box, xs, ys)
        region.cells = {
            (row, column): (xs[column], ys[row], xs[column + 1], ys[row + 1])
            for row in range(len(ys) - 1)
            for column in range(len(xs) - 1)
        }
        return _Placed(top, [_drawn(region, words, sheet, body)], Columns.of(xs, words))
    left = [Line([word for word in line.words if word.middle[0] < kind]) for line in lines]  # type: ignore[operator]
    right = [Line([word for word in line.words if word.middle[0] >= kind]) for line in lines]  # type: ignore[operator]
    blocks: list[Block] = []
    for column in (left, right):
        blocks += text_blocks([line for line in column if line.words], body)
    return _Placed(top, blocks)


def _flowing(lines: Sequence[Line], placed: Sequence[_Placed], body: Body) -> list[_Placed]:
    """Plain text, cut where a table stands between two lines."""
    tops = sorted(one.top for one in placed)
    found: list[_Placed] = []
    run: list[Line] = []
    for line in lines:
        if run and any(run[-1].box[1] < top <= line.box[1] for top in tops):
            found.append(_Placed(run[0].box[1], list(text_blocks(run, body))))
            run = []
        run.append(line)
    if run:
        found.append(_Placed(run[0].box[1], list(text_blocks(run, body))))
    return found


def _drawn(region: Region, words: Sequence[Word], sheet: Sheet, body: Body) -> Table:
    """The table of a frame. A cell over several columns or rows stands in the first; the others are empty."""
    columns, rows = len(region.xs) - 1, len(region.ys) - 1
    held = words_by_cell(region, words)
    found = []
    covered = _covered(region)
    for row in range(rows):
        cells = tuple(
            covered.get((row, column)) or _cell(held[row, column], region, (row, column), sheet, body)
            for column in range(columns)
        )
        found.append(Row(cells, Place(), "\t".join(cell.raw for cell in cells)))
    filled = [n for n, row in enumerate(found) if row.width]
    return Table(tuple(found[filled[0] : filled[-1] + 1]) if filled else ())


def _covered(region: Region) -> dict[tuple[int, int], Cell]:
    """What stands in the places that a cell over several columns or rows covers."""
    found = {}
    for (row, column), box in region.cells.items():
        columns, rows = _span(region, (row, column), box)
        for down in range(rows):
            for across in range(columns):
                if (down or across) and (row + down, column + across) not in region.cells:
                    found[row + down, column + across] = BOTH if down and across else ABOVE if down else LEFT
    return found


def _span(region: Region, at: tuple[int, int], box: Box) -> tuple[int, int]:
    """(columns, rows) of a cell."""
    return region.xs.index(box[2]) - at[1], region.ys.index(box[3]) - at[0]


def _cell(words: Sequence[Word], region: Region, at: tuple[int, int], sheet: Sheet, body: Body) -> Cell:
    box = region.cells[at]
    columns, rows = _span(region, at, box)
    if not words:
        return Cell(columns=columns, rows=rows)
    inset = max(_INSET, min(word.x0 for word in words) - box[0])
    lines = lines_by_place(words)
    blocks = tuple(text_blocks(lines, replace(body, right=box[2] - min(inset, 12), inside=True)))
    raw = "\n".join(line.text for line in lines)
    x, y = (max(box[0], bounds(words)[0]) + 1), words[0].middle[1]
    under = [fill for fill in sheet.fills if fill.box[0] <= x <= fill.box[2] and fill.box[1] <= y <= fill.box[3]]
    return Cell(blocks, raw, (f"fill:{under[-1].colour}",) if under else (), columns, rows)


def _grown(box: Box) -> Box:
    return box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2


__all__ = ["Habits", "read_by_place"]
