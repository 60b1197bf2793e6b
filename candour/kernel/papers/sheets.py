"""A list as one sheet of a workbook, and as CSV: the same rows give the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from candour.kernel.papers.cells import harmless

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  bytes never depend on the clock
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
Columns = Sequence[tuple[str, int]]  # heading, width in letters
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def csv_of(columns: Columns, rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV that a spreadsheet opens safely."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _ in columns])
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return (BOM + out.getvalue()).encode()


def workbook_of(title: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as a sheet with filters. Days and whole numbers are cells of their kind; everything else is text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": CREATED})
    sheet = book.add_worksheet(title)
    base = {"valign": "top", "text_wrap": True, "font_size": 10}
    head, text = book.add_format(base | {"bold": True, "bottom": 2}), book.add_format(base)
    dates = book.add_format(base | {"num_format": "d mmmm yyyy", "align": "left"})
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell is None:
                sheet.write_blank(number, place, None, text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), dates)  # noqa: DTZ001
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell, text)
            else:
                sheet.write_string(number, place, str(cell), text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    book.close()
    return out.getvalue()


def file_of(title: str, columns: Columns, rows: Sequence[Sequence[Any]], ending: str) -> bytes:
    """The file of an ending, "xlsx" or "csv"."""
    return workbook_of(title, columns, rows) if ending == "xlsx" else csv_of(columns, rows)


def answered_with(content: bytes, *, name: str, ending: str) -> HttpResponse:
    """A file to take away."""
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
