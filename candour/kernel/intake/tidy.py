"""Tidy: joins what pages broke and sets page markings aside. Pure; drops nothing: what goes is set aside with why."""

from collections.abc import Sequence
from dataclasses import replace

from .cells import even
from .document import Block, Cell, Document, Paragraph, Row, SetAside, Table

MARKING = "A page marking (a running header or footer), not part of any row"
RULING = "A ruling line, without words"
REPEATED = "The heading row of the table, repeated on the next page"


def tidy(document: Document, *, keep: Sequence[str] = ()) -> Document:
    """The document with split tables joined and markings set aside. Tidying twice changes nothing.

    keep: texts that are no page markings although they repeat.
    """
    kept = {even(text).casefold() for text in keep}
    blocks: list[Block] = []
    aside = list(document.set_aside)
    broken = False
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.marker in ("marking", "ruling") and block.text.casefold() not in kept:
            aside.append(SetAside(block.place, block.text, MARKING if block.marker == "marking" else RULING))
            broken = broken or block.marker == "marking"
            continue
        found, rulings = _without_rulings(block) if isinstance(block, Table) else (block, [])
        aside.extend(rulings)
        if isinstance(found, Table) and not found.rows:
            continue
        before = blocks[-1] if blocks else None
        if broken and isinstance(found, Table) and isinstance(before, Table) and _continues(before, found):
            blocks[-1], repeated = _joined(before, found)
            aside.extend(repeated)
        elif isinstance(found, Table) and isinstance(before, Table) and _spells_out(before, found):
            blocks[-1] = replace(before, rows=(*before.rows, *found.rows))
        else:
            blocks.append(found)
        broken = False
    return replace(document, blocks=tuple(blocks), set_aside=tuple(aside))


def _without_rulings(table: Table) -> tuple[Table, list[SetAside]]:
    rulings = [row for row in table.rows if row.raw.strip() and not row.raw.strip("\t |:-=_") and "--" in row.raw]
    if not rulings:
        return table, []
    rows = tuple(row for row in table.rows if row not in rulings)
    return replace(table, rows=rows), [SetAside(row.place, row.raw, RULING) for row in rulings]


def _continues(before: Table, after: Table) -> bool:
    """Whether a table carries on the one before the page break.

    It does when it repeats the header of a regular table, or starts without one and is as wide as the last row, or
    starts in the middle of a cell (an empty first cell).
    """
    first, last = after.rows[0], before.rows[-1]
    header = _header(before)
    if header and _key(first) == _key(header):
        return last.width > 2
    if any(_key(first) == _key(row) for row in before.rows):
        return False
    if not first.texts[0] and first.width <= max(last.width, 2):
        return True
    if last.width == 2 or first.width <= 2:
        return first.width <= 2 and last.width == 2
    return first.width in {row.width for row in before.rows}


def _spells_out(before: Table, after: Table) -> bool:
    """Whether labels and values directly beneath a heading row and one row go on about that row.

    Papers print a record so: its short facts across, its long ones under each other. As text they are one table.
    """
    filled = [row for row in before.rows if row.width]
    across = len(filled) == 2 and all(row.width > 2 for row in filled)
    return across and len(after.rows) > 1 and all(row.width <= 2 and row.texts[0] for row in after.rows)


def _header(table: Table) -> Row | None:
    """The first row that fills its table's width: titles that span the table stand above it."""
    widest = max(row.width for row in table.rows)
    return next((row for row in table.rows if sum(map(bool, row.texts)) > 1 and row.width == widest), None)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(text.casefold() for text in row.texts[: row.width])


def _joined(before: Table, after: Table) -> tuple[Table, list[SetAside]]:
    rows, more = list(before.rows), list(after.rows)
    aside = []
    header = _header(before)
    if header and _key(more[0]) == _key(header):
        aside.append(SetAside(more[0].place, " | ".join(filter(None, more[0].texts)), REPEATED))
        more = more[1:]
    elif not more[0].texts[0] and more[0].width > 1 and _cut(rows[-1], more[0]):
        rows[-1] = _row_joined(rows[-1], more[0])
        more = more[1:]
    return replace(before, rows=(*rows, *more)), aside


def _cut(last: Row, first: Row) -> bool:
    """Whether the first row after the break carries on cells of the last: nowhere does it fill more cells than that."""
    filled = [n for n, text in enumerate(first.texts) if text]
    return all(n < len(last.cells) and last.texts[n] for n in filled) and len(filled) < max(
        2, sum(map(bool, last.texts))
    )


def _row_joined(last: Row, first: Row) -> Row:
    cells = list(last.cells)
    for n, cell in enumerate(first.cells):
        if cell.text:
            cells[n] = _cell_joined(cells[n], cell)
    return replace(last, cells=tuple(cells), raw=f"{last.raw}\n{first.raw}")


def _cell_joined(above: Cell, below: Cell) -> Cell:
    blocks, more = list(above.blocks), list(below.blocks)
    end, start = (blocks[-1] if blocks else None), (more[0] if more else None)
    if isinstance(end, Paragraph) and isinstance(start, Paragraph) and start.kind == "paragraph":
        raw = f"{end.raw}\n{start.raw}"
        blocks[-1] = replace(end, text=f"{end.text} {start.text}", raw=raw)
        more = more[1:]
    return replace(above, blocks=(*blocks, *more), raw=f"{above.raw}\n{below.raw}")
