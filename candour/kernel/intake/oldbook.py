"""The reader of other workbooks (.xls, .ods, .xlsb): their values and merged cells. Their colours are not told.

Pure. calamine reads them; what it cannot is refused with its words.
"""

import io
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .cells import cell
from .document import Document, Place, SetAside, Table, UnreadableFile
from .grid import MOST_CELLS, TOO_MANY
from .sheet import Sheet, tables_of
from .values import value_text
from .workbook import NOT_ROWS

ANEW = "Open it in a spreadsheet program and save it anew, best as .xlsx."


def read_oldbook(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a workbook. Raises UnreadableFile for one that is damaged, protected or out of bounds."""
    called = name or "The file"
    tables: list[Table] = []
    aside: list[SetAside] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source))
        for about in book.sheets_metadata:
            if about.typ not in (SheetTypeEnum.WorkSheet,):
                aside.append(SetAside(Place(sheet=about.name), about.name, NOT_ROWS))
                continue
            sheet = _sheet(book.get_sheet_by_name(about.name), about.name, called)
            sheet.hidden = about.visible != SheetVisibleEnum.Visible
            tables.extend(tables_of(sheet))
    except PasswordError as error:
        raise UnreadableFile(f"{called} is protected by a password. Save it without one.") from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(f"{called} is damaged ({error}). {ANEW}") from error
    except BaseException as error:
        # calamine panics over some damage, and a panic is no Exception; its class has no name that could be imported
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(f"{called} is damaged. {ANEW}") from error
    return Document(tuple(tables), name, sha256, tuple(aside))


def _sheet(found: CalamineSheet, name: str, called: str) -> Sheet:
    sheet = Sheet(name)
    if found.start is None or found.end is None:
        return sheet
    (top, left), (bottom, right) = found.start, found.end
    if (bottom - top + 1) * (right - left + 1) > 20 * MOST_CELLS:
        raise UnreadableFile(
            f"{called} is not read: sheet {name} claims an area of {bottom + 1:,} rows. Remove the empty ones."
        )
    cells = 0
    for number, row in enumerate(islice(found.iter_rows(), bottom + 1), 1):
        place = Place(row=number, sheet=name)
        texts = ((column, value_text(value)) for column, value in enumerate(row, 1))
        held = {column: cell(text.replace("\r\n", "\n"), place) for column, text in texts if text}
        cells += len(held)
        if cells > MOST_CELLS:
            raise UnreadableFile(f"{called} is not read: sheet {name}, row {number}. {TOO_MANY}")
        if held:
            sheet.rows[number] = held
    areas = found.merged_cell_ranges or []
    sheet.merged = [(start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1) for start, end in areas]
    return sheet
