"""Rows to a table; and where each thing of a paper stands. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..document import Block, Cell, Paragraph, Place, Row, Table

START = "the start of the paper"  # what stands before the first heading stands under this
LEFT, ABOVE, BOTH = Cell(columns=0), Cell(rows=0), Cell(columns=0, rows=0)


def padded(rows: Sequence[Row]) -> Table:
    """The table of rows, the shorter ones with empty cells at their end."""
    width = max(len(row.cells) for row in rows)
    whole = tuple(replace(row, cells=(*row.cells, *[Cell()] * (width - len(row.cells)))) for row in rows)
    return Table(whole, whole[0].place)


def placed(row: Row, place: Place) -> Row:
    """The row, and the paragraphs in it, at a place."""
    cells = tuple(
        replace(
            cell, blocks=tuple(replace(one, place=place) if isinstance(one, Paragraph) else one for one in cell.blocks)
        )
        if cell.blocks
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells, place=place)


def in_turn(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, their places told by the heading above and counted, so that no two are the same and they follow."""
    found: list[Block] = []
    under, count = START, 0
    for block in blocks:
        if isinstance(block, Table):
            rows = [placed(row, replace(row.place, line=count + n)) for n, row in enumerate(block.rows, 1)]
            found.append(Table(tuple(rows), rows[0].place if rows else block.place))
            count += len(rows)
            continue
        count += 1
        if block.kind == "heading":
            under = block.text
        found.append(replace(block, place=replace(block.place, under=under, line=count)))
    return tuple(found)
