"""A raw Document as JSON and back: how it comes from the process that read it. Plain values, so that nothing can run.

A cell without anything is 0, one that a merged cell covers 1 to 3, one whose only paragraph is its raw text that text.
"""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .document import NOWHERE, Block, Cell, Document, Paragraph, Place, Row, SetAside, Table
from .grid import ABOVE, BOTH, EMPTY, LEFT

_COMMON = (EMPTY, LEFT, ABOVE, BOTH)
_NUMBERS = {id(cell): number for number, cell in enumerate(_COMMON)}


def packed(document: Document) -> bytes:
    """The document as JSON, without its name and fingerprint, which the other side knows."""
    aside = [[_place(one.place), one.text, one.why] for one in document.set_aside]
    whole = {"blocks": [_block(block, None) for block in document.blocks], "aside": aside}
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":")).encode()


def unpacked(source: Any, *, name: str, sha256: str) -> Document:
    """The document of packed JSON that was loaded."""
    aside = tuple(SetAside(Place(*place), text, why) for place, text, why in source["aside"])
    with without_collecting():
        blocks = tuple(_read_block(block, NOWHERE) for block in source["blocks"])
    return Document(blocks, name, sha256, aside)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Millions of new objects, none of them garbage: looking through them again and again takes most of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _place(place: Place) -> list[Any]:
    return [place.page, place.table, place.row, place.paragraph, place.line, place.sheet, place.under]


def _block(block: Block, near: Place | None) -> list[Any]:
    """near: the place of the row that the block stands in, which is not said again."""
    place = None if block.place == near else _place(block.place)
    if isinstance(block, Table):
        return [place, [_row(row) for row in block.rows]]
    raw = None if block.raw == block.text else block.raw
    kind = (block.kind, block.level, block.marker, block.depth, block.number, block.marks, block.struck)
    return [place, block.text, raw, *kind]


def _row(row: Row) -> list[Any]:
    raw = None if row.raw == "\t".join(cell.raw for cell in row.cells) else row.raw
    return [_place(row.place), raw, [_cell(cell, row.place) for cell in row.cells]]


def _cell(cell: Cell, near: Place) -> Any:
    if not cell.blocks and (number := _NUMBERS.get(id(cell))) is not None:
        return number
    if len(cell.blocks) == 1 and cell.columns == cell.rows == 1 and not cell.marks:
        block = cell.blocks[0]
        if block.__class__ is Paragraph and _is_simple(block, cell.raw, near):
            return cell.raw
    return [cell.raw, cell.marks, cell.columns, cell.rows, [_block(block, near) for block in cell.blocks]]


def _is_simple(block: Paragraph, raw: str, near: Place) -> bool:
    """Whether a paragraph says nothing but the raw text of its cell."""
    return (
        block.text == block.raw == raw
        and (block.place is near or block.place == near)
        and block.kind == "paragraph"
        and not (block.marks or block.number or block.marker or block.depth or block.level or block.struck)
    )


def _read_block(block: list[Any], near: Place) -> Block:
    place = near if block[0] is None else Place(*block[0])
    if isinstance(block[1], list):
        return Table(tuple(_read_row(row) for row in block[1]), place)
    text, raw, kind, level, marker, depth, number, marks, struck = block[1:]
    raw = text if raw is None else raw
    return Paragraph(text, place, raw, kind, level, marker, depth, number, tuple(marks), struck)


def _read_row(row: list[Any]) -> Row:
    place = Place(*row[0])
    cells = tuple([_read_cell(cell, place) for cell in row[2]])
    return Row(cells, place, "\t".join(cell.raw for cell in cells) if row[1] is None else row[1])


def _read_cell(cell: Any, near: Place) -> Cell:
    if isinstance(cell, str):
        return Cell((Paragraph(cell, near, cell),), cell)
    if isinstance(cell, int):
        return _COMMON[cell]
    raw, marks, columns, rows, blocks = cell
    return Cell(tuple([_read_block(block, near) for block in blocks]), raw, tuple(marks), columns, rows)
