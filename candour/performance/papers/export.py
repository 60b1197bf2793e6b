"""The list of measures as a workbook and as CSV; the workbook holds every figure beside it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.cells import harmless
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.queries import Figure, MeasureFilter, MeasureRow, Whole, measures_on

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  bytes never depend on the clock
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
SEEN_BY = {"public": "Open data", "office": "Office and panel", "restricted": "Restricted"}
COLUMNS = (
    *(
        ("Reference", 12),
        ("Title", 48),
        ("Stands under", 34),
        ("Owner", 26),
        ("State", 20),
        ("Period", 18),
        ("Figure", 12),
    ),
    *(("Unit", 18), ("Provisional", 11), ("Signal", 32), ("Variation", 24), ("Target", 12), ("Target by", 16)),
    *(("Target as things are", 28), ("Better is", 10), ("Seen by", 18), ("As at", 16)),
)
FIGURES = (
    *(("Reference", 12), ("Title", 48), ("Area", 20), ("Period starts", 14), ("Period", 18), ("Figure", 12)),
    *(("Numerator", 14), ("Denominator", 14), ("First loaded as", 14), ("Status", 14), ("Loaded on", 14)),
)


def cells_of(row: MeasureRow, day: date) -> tuple[Any, ...]:
    """The cells of a measure under COLUMNS."""
    line = row.line
    return (
        row.reference,
        row.title,
        line.topic,
        row.owner,
        row.state,
        row.period,
        line.value,
        rules.UNITS[line.unit],
        "Yes" if line.provisional else "No",
        rules.SIGNALS.get(line.signal, ""),
        row.variation,
        line.target,
        line.target_by,
        row.assurance,
        rules.BETTER[line.better],
        SEEN_BY[row.sensitivity],
        day,
    )


def figure_cells(row: MeasureRow, one: Figure) -> tuple[Any, ...]:
    """The cells of a figure under FIGURES. A hidden one has no number anywhere."""
    return (
        *(row.reference, row.title, one.area, one.period, row.say_period(one.period), one.value),
        *(one.numerator, one.denominator, one.first, one.status, one.loaded_on),
    )


def csv_of(rows: Iterable[MeasureRow], day: date) -> bytes:
    """The list as CSV that a spreadsheet opens safely."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _ in COLUMNS])
    for row in rows:
        writer.writerow([_written(cell) for cell in cells_of(row, day)])
    return (BOM + out.getvalue()).encode()


def _written(cell: Any) -> Any:
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else harmless(cell)


def workbook_of(rows: Sequence[MeasureRow], day: date, wholes: Sequence[Whole] = ()) -> bytes:
    """The list as a sheet with filters, and, where they are given, every figure on a second. The same rows, the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "Measures", "created": CREATED})
    _sheet(book, "Measures", COLUMNS, [cells_of(row, day) for row in rows])
    if wholes:
        _sheet(book, "Figures", FIGURES, [figure_cells(one.row, each) for one in wholes for each in one.figures])
    book.close()
    return out.getvalue()


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    base = {"valign": "top", "text_wrap": True, "font_size": 10}
    head = book.add_format(base | {"bold": True, "bottom": 2})
    text, dates = book.add_format(base), book.add_format(base | {"num_format": "d mmmm yyyy", "align": "left"})
    numbers = book.add_format(base | {"num_format": "#,##0.####"})
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell is None:
                sheet.write_blank(number, place, None, text)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, place, float(cell), numbers)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), dates)  # noqa: DTZ001
            else:
                sheet.write_string(number, place, str(cell), text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every measure of a body that the actor may see, ended ones too, with its figures, as it stood on a day."""
    day = as_at or local_date(at)
    wholes = measures_on(actor, MeasureFilter(organisation=organisation.pk), as_at=day, areas=True)
    rows = [one.row for one in wholes]
    return workbook_of(rows, day, wholes) if suffix == ".xlsx" else csv_of(rows, day)


MEASURE_EXPORT = Export("measures", "Measures", PerformancePermission.SEE, (".csv", ".xlsx"), write)
