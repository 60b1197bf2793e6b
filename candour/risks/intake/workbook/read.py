"""An edited workbook to the cells that were changed in it. Pure: the raw document in, nothing asked of the database.

The workbook says of itself what each cell held when it was downloaded, so that a change is told from what stood.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from candour.kernel.calendar import read_date, say_date
from candour.kernel.intake.document import Cell, Document, Row, Table
from candour.risks.papers.workbook.columns import CUT, EDITABLE, HEADS, HIDDEN, MARK, REGISTER, fingerprint, plain

ANEW = "Download the register anew, and make the changes in that file"


class NotOurs(ValueError):
    """A file that is not a workbook of a register that Candour wrote and that can be brought back. Says how to mend it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, or with a row: its number as the spreadsheet shows it, the heading, how to mend it."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}, {self.column}: {self.message}" if self.column else f"Row {self.row}: {self.message}"


@dataclass(frozen=True)
class Edited:
    """A risk whose cells were changed. cells: by the key of the column, what was downloaded and what stands there now."""

    pk: int
    row: int
    reference: str
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Returned:
    """What an edited workbook says. rows: how many risks it holds; missing: how many it was downloaded with beyond those."""

    rows: int
    missing: int
    edited: tuple[Edited, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Kept:
    reference: str
    cells: Mapping[str, str]


def returned(document: Document) -> Returned:
    """What was changed in a workbook. Raises NotOurs for a file that cannot be taken back, whatever its rows say."""
    kept = _kept(document)
    rows = _register(document)
    edited: list[Edited] = []
    faults: list[Fault] = []
    keys = Counter(_text(row, 0) for row in rows)
    for row in rows:
        number, key = row.place.row, _text(row, 0)
        if fault := _key_fault(row, kept, keys):
            faults.append(fault)
            continue
        cells, wrong = _changed(row, kept[key].cells)
        faults += wrong
        if cells:
            edited.append(Edited(int(key[1:]), number, kept[key].reference, cells))
    return Returned(len(rows), len(set(kept) - set(keys)), tuple(edited), tuple(faults))


def _kept(document: Document) -> dict[str, Kept]:
    """What was downloaded, by key."""
    rows = [row for table in _tables(document, HIDDEN) for row in table.rows]
    first = rows[0].cells if rows else ()
    if len(first) < 3 or first[0].raw != MARK:
        raise NotOurs(
            "This is not a workbook that Candour wrote, or its hidden sheet is lost. To read another register in, use "
            f"Papers in. To change risks: {ANEW[0].lower()}{ANEW[1:]}"
        )
    day = read_date(first[1].raw)
    if first[2].raw != "live" or day is None:
        shown = f" {say_date(day)}," if day else ""
        raise NotOurs(f"This workbook shows{shown} a past day, which nobody can change. {ANEW}")
    found = {}
    for row in rows[1:]:
        key, mark, *parts = (cell.raw for cell in row.cells)
        text = "".join(parts)
        if fingerprint(key, text) != mark or (held := _held(key, text)) is None:
            raise NotOurs(
                f"The hidden sheet of this workbook was altered, so it cannot be told what was changed. {ANEW}"
            )
        found[key] = held
    return found


def _held(key: str, text: str) -> Kept | None:
    """What was kept of a risk; None for what no workbook of ours keeps."""
    try:
        reference, cells = json.loads(text)
        whole = {name: str(words) for name, words in cells.items()}
    except (ValueError, TypeError, AttributeError):
        return None
    known = re.fullmatch(r"R[0-9]{1,15}", key) and set(whole) == {column.key for column in EDITABLE}
    return Kept(str(reference), whole) if known else None


def _register(document: Document) -> tuple[Row, ...]:
    """The rows of the register's sheet, each with a cell for each heading."""
    tables = _tables(document, REGISTER)
    if not tables:
        raise NotOurs(f"The sheet {REGISTER} is not in this workbook. {ANEW}")
    head, *rows = tables[0].rows
    heads = tuple(cell.raw for cell in head.cells[: len(HEADS)])  # notes may stand in columns after ours
    if heads != HEADS or head.place.row != 1:
        moved = next((old for old, new in zip(HEADS[1:], heads[1:], strict=False) if old != new), HEADS[-1])
        raise NotOurs(f"The headings of the sheet {REGISTER} were changed, at {moved}. {ANEW}")
    numbers = [row.place.row for row in rows]
    if gap := next((number for number, wanted in zip(numbers, range(2, 10**7), strict=False) if number != wanted), 0):
        raise NotOurs(
            f"The sheet {REGISTER} has an empty row above row {gap}. Delete the empty row, not only its words"
        )
    return tuple(rows)


def _tables(document: Document, sheet: str) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table) and block.place.sheet == sheet]


def _text(row: Row, place: int) -> str:
    return plain(row.cells[place].raw)


def _key_fault(row: Row, kept: Mapping[str, Kept], keys: Mapping[str, int]) -> Fault | None:
    """What is wrong with what says which risk a row is."""
    number, key, reference = row.place.row, _text(row, 0), _text(row, 1)
    if key not in kept:
        return Fault(
            number,
            "",
            "This row was not downloaded from Candour. Take it out; a new risk is recorded under Risks, Record a risk",
        )
    if keys[key] > 1:
        return Fault(number, "", f"{kept[key].reference} stands here {keys[key]} times. Keep one of its rows")
    if reference != plain(kept[key].reference):
        return Fault(
            number,
            "Reference",
            f"This says {quoted(reference)}, and the row is {kept[key].reference}. A reference cannot be changed: put it back",
        )
    return None


def _changed(row: Row, base: Mapping[str, str]) -> tuple[dict[str, tuple[str, str]], list[Fault]]:
    cells: dict[str, tuple[str, str]] = {}
    faults = []
    for column in EDITABLE:
        cell = row.cells[HEADS.index(column.heading)]
        was, now = base[column.key], plain(cell.raw)
        if now == was:
            continue
        if words := _cell_fault(cell, was):
            faults.append(Fault(row.place.row, column.heading, words))
        else:
            cells[column.key] = (was, now)
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
