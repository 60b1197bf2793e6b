"""An edited workbook to the cells that were changed in it. Pure: the raw document in, nothing asked of the database.

The workbook says of itself what each cell held when it was downloaded, so that a change is told from what stood.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from candour.kernel.calendar import read_date, say_date
from candour.kernel.intake.document import Cell, Document, Row, Table
from candour.kernel.papers.workbook.shape import CUT, HIDDEN, Shape, fingerprint, plain, told

AnyShape = Shape[Any]


class NotOurs(ValueError):
    """A file that is not a workbook of a register that Candour wrote and that can be brought back. Says how to mend it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, or with a row: its number as the spreadsheet shows it, the heading, how to mend it.

    place: the sheet and cell, where the register names them.
    """

    row: int
    column: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        said = self.place or f"Row {self.row}"
        column = f" ({self.column})" if self.place else f", {self.column}"
        return f"{said}{column if self.column else ''}: {self.message}"


@dataclass(frozen=True)
class Edited:
    """A row whose cells were changed. cells: by the key of the column, what was downloaded and what stands there now.

    kept: what the locked cells held when it was downloaded, where the register watches them.
    """

    key: str
    row: int
    reference: str
    cells: Mapping[str, tuple[str, str]]
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Returned:
    """What an edited workbook says. rows: how many it holds; missing: how many it was downloaded with beyond those."""

    rows: int
    missing: int
    edited: tuple[Edited, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Kept:
    reference: str
    cells: Mapping[str, str]
    locked: Mapping[str, str]


def returned(document: Document, shape: AnyShape) -> Returned:
    """What was changed in a workbook. Raises NotOurs for a file that cannot be taken back, whatever its rows say."""
    kept = _kept(document, shape)
    rows = _register(document, shape)
    edited: list[Edited] = []
    faults: list[Fault] = []
    keys = Counter(_text(row, 0) for row in rows)
    for row in rows:
        number, key = row.place.row, _text(row, 0)
        if fault := _key_fault(row, kept, keys, shape):
            faults.append(fault)
            continue
        cells, wrong = _changed(row, kept[key], shape)
        faults += wrong
        if cells:
            edited.append(Edited(key, number, kept[key].reference, cells, kept[key].locked))
    return Returned(len(rows), len(set(kept) - set(keys)), tuple(edited), tuple(faults))


def fault_at(shape: AnyShape, row: int, column: str, message: str) -> Fault:
    """What is wrong with a cell of a row, by the key of its column; "" for the row as a whole."""
    heading = shape.heads[shape.places[column]] if column else ""
    cell = f", cell {xl_col_to_name(shape.places[column])}{row}" if column else f", row {row}"
    return Fault(row, heading, message, f"Sheet {shape.sheet}{cell}" if shape.guarded else "")


def _kept(document: Document, shape: AnyShape) -> dict[str, Kept]:
    """What was downloaded, by key."""
    rows = [row for table in _tables(document, HIDDEN) for row in table.rows]
    first = rows[0].cells if rows else ()
    if len(first) < 3 or first[0].raw != shape.mark:
        raise NotOurs(_stranger(first[0].raw if len(first) > 2 else "", shape))
    day = read_date(first[1].raw)
    if first[2].raw != "live" or day is None:
        past = f" {say_date(day)}," if day else ""
        raise NotOurs(f"This workbook shows{past} a past day, which nobody can change. {shape.anew}")
    found = {}
    for row in rows[1:]:
        key, mark, *parts = (cell.raw for cell in row.cells)
        text = "".join(parts)
        if fingerprint(key, text) != mark or (held := _held(key, text, shape)) is None:
            raise NotOurs(
                f"The hidden sheet of this workbook was altered, so it cannot be told what was changed. {shape.anew}"
            )
        found[key] = held
    return found


def _stranger(mark: str, shape: AnyShape) -> str:
    """Why a workbook without our mark is not taken, and what to do with it."""
    name = re.fullmatch(r"Candour (.{3,60}), edition [0-9]{1,3}", mark)
    if name and mark.rpartition(",")[0] != shape.mark.rpartition(",")[0]:
        return f"This is a workbook of the {name[1]}. Bring it back on the page of that register"
    if name:
        return f"This workbook is of an older edition of Candour. {shape.anew}"
    return (
        "This is not a workbook that Candour wrote, or its hidden sheet is lost. To read another register in, use "
        f"Papers in. {shape.change}: {shape.anew[0].lower()}{shape.anew[1:]}"
    )


def _held(key: str, text: str, shape: AnyShape) -> Kept | None:
    """What was kept of a row; None for what no workbook of ours keeps."""
    try:
        reference, *held = json.loads(text)
        whole, locked = ({name: str(said) for name, said in cells.items()} for cells in (*held, {})[:2])
    except (ValueError, TypeError, AttributeError):
        return None
    named = (set(whole), set(locked)) == tuple({each.key for each in one} for one in (shape.editable, shape.locked))
    return Kept(str(reference), whole, locked) if named and re.fullmatch(shape.keys, key) else None


def _register(document: Document, shape: AnyShape) -> tuple[Row, ...]:
    """The rows of the register's sheet, each with a cell for each heading."""
    tables = _tables(document, shape.sheet)
    if not tables:
        raise NotOurs(f"The sheet {shape.sheet} is not in this workbook. {shape.anew}")
    head, *rows = tables[0].rows
    heads = tuple(cell.raw for cell in head.cells[: len(shape.heads)])  # notes may stand in columns after ours
    if heads != shape.heads or head.place.row != 1:
        pairs = zip(shape.heads[1:], heads[1:], strict=False)
        moved = next((old for old, new in pairs if old != new), shape.heads[-1])
        raise NotOurs(f"The headings of the sheet {shape.sheet} were changed, at {moved}. {shape.anew}")
    numbers = [row.place.row for row in rows]
    if gap := next((number for number, wanted in zip(numbers, range(2, 10**7), strict=False) if number != wanted), 0):
        raise NotOurs(
            f"The sheet {shape.sheet} has an empty row above row {gap}. Delete the empty row, not only its words"
        )
    return tuple(rows)


def _tables(document: Document, sheet: str) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table) and block.place.sheet == sheet]


def _text(row: Row, place: int) -> str:
    return plain(row.cells[place].raw)


def _key_fault(row: Row, kept: Mapping[str, Kept], keys: Mapping[str, int], shape: AnyShape) -> Fault | None:
    """What is wrong with what says which record a row is."""
    number, key, place = row.place.row, _text(row, 0), shape.places["reference"]
    reference = _text(row, place)
    if key not in kept:
        return fault_at(shape, number, "", f"This row was not downloaded from Candour. Take it out; {shape.new}")
    if keys[key] > 1:
        return fault_at(shape, number, "", f"{kept[key].reference} stands here {keys[key]} times. Keep one of its rows")
    if reference != plain(kept[key].reference):
        said = f"This says {quoted(reference)}, and the row is {kept[key].reference}. A reference cannot be changed"
        return fault_at(shape, number, "reference", f"{said}: put it back")
    return None


def _changed(row: Row, base: Kept, shape: AnyShape) -> tuple[dict[str, tuple[str, str]], list[Fault]]:
    cells: dict[str, tuple[str, str]] = {}
    faults = []
    for column in shape.editable:
        cell = row.cells[shape.places[column.key]]
        was, now = base.cells[column.key], plain(cell.raw)
        if now == was:
            continue
        if said := _cell_fault(cell, was):
            faults.append(fault_at(shape, row.place.row, column.key, said))
        else:
            cells[column.key] = (was, now)
    for column in shape.locked:
        was, now = base.locked[column.key], _text(row, shape.places[column.key])
        if told(now) != was and (read_date(now) or now) != (read_date(was) or was):
            said = "Put back what it said" if was.startswith("#") else f"Put back {quoted(was)}" if was else "Empty it"
            faults.append(fault_at(shape, row.place.row, column.key, f"This cell is locked and was changed. {said}"))
    return cells, faults


def _cell_fault(cell: Cell, was: str) -> str:
    if cell.columns != 1 or cell.rows != 1:
        return "This cell was merged with another. Part them"
    if "formula" in cell.marks:
        return "This cell holds a formula without its result. Enter the words themselves"
    if was.endswith(CUT):
        return "These words are longer than a workbook holds. Put them back here, and change them in Candour"
    return ""


def quoted(text: str, most: int = 40) -> str:
    """‘Words of a cell’, shortened; "nothing" for none."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return f"‘{shown}’" if shown else "nothing"
