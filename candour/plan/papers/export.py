"""The list of activities as a workbook and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.cells import harmless
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation
from candour.plan.access import PlanPermission
from candour.plan.queries import ActivityFilter, ActivityRow, register_on

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  bytes never depend on the clock
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
SEEN_BY = {"public": "Office, panel and public", "office": "Office and panel", "restricted": "Restricted"}
COLUMNS = (
    *(("Reference", 14), ("Activity", 48), ("Objective reference", 14), ("Objective", 40), ("Owner", 26), ("Lead", 26)),
    *(("Starts", 16), ("Due", 16), ("First due", 16), ("Times moved", 8), ("BRAG", 14), ("State", 20)),
    *(("Updated on", 16), ("Update due", 16), ("Achieved", 48), ("Left to do", 40), ("Barriers", 40)),
    *(("Seen by", 20), ("As at", 16)),
)


def cells_of(row: ActivityRow, day: date) -> tuple[Any, ...]:
    """The cells of an activity under COLUMNS."""
    line, last = row.line, row.last
    return (
        *(row.reference, row.title, row.under, row.under_title, row.owner or row.said_owner, row.lead),
        *(line.starts, line.due or row.said_due, line.original_due, line.slips, line.word, row.state),
        *(line.updated_on, line.update_due),
        *((last.achieved, last.left, last.barriers) if last else ("", "", "")),
        *(SEEN_BY[row.sensitivity], day),
    )


def csv_of(rows: Iterable[ActivityRow], day: date) -> bytes:
    """The list as CSV that a spreadsheet opens safely."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _ in COLUMNS])
    for row in rows:
        writer.writerow([harmless(cell) for cell in cells_of(row, day)])
    return (BOM + out.getvalue()).encode()


def workbook_of(rows: Sequence[ActivityRow], day: date) -> bytes:
    """The list as a sheet with filters. The same rows, the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "Activities", "created": CREATED})
    sheet = book.add_worksheet("Activities")
    base = {"valign": "top", "text_wrap": True, "font_size": 10}
    head, text = book.add_format(base | {"bold": True, "bottom": 2}), book.add_format(base)
    dates = book.add_format(base | {"num_format": "d mmmm yyyy", "align": "left"})
    for place, (title, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(cells_of(row, day)):
            if cell is None:
                sheet.write_blank(number, place, None, text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), dates)  # noqa: DTZ001
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell, text)
            else:
                sheet.write_string(number, place, str(cell), text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every activity of a body that the actor may see, closed ones too, as it stood on a day."""
    day = as_at or local_date(at)
    rows = register_on(actor, ActivityFilter(organisation=organisation.pk), as_at=day)
    rows.sort(key=lambda row: row.reference)
    return workbook_of(rows, day) if suffix == ".xlsx" else csv_of(rows, day)


ACTIVITY_EXPORT = Export("activities", "Activities of plans", PlanPermission.SEE, (".csv", ".xlsx"), write)
