"""The register as a file of rows: a workbook or CSV, dates as ISO and money in pounds with pence."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.queries import AgreementFilter, AgreementRow, lines, register_on, rows_for
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.cells import harmless
from candour.kernel.papers.exports import Export
from candour.kernel.papers.workbook.write import CREATED, DAY, OPTIONS
from candour.kernel.people.models import Organisation

BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
SEEN_BY = {"public": "May be published", "office": "Office and panel", "restricted": "Restricted"}
COLUMNS = (
    *(("Reference", 14), ("Title", 50), ("Kind", 20), ("Funding stream", 26), ("Year", 9), ("Provider", 30)),
    *(("Project code", 12), ("Lead", 24), ("Starts", 18), ("Ends", 18), ("Last possible end", 18), ("Notice by", 18)),
    *(("Value", 14), ("Ordered", 14), ("Signed by both", 18), ("State", 17), ("Fails", 44), ("Warns", 44)),
    *(("What comes next", 22), ("Seen by", 18), ("As at", 18)),
)
MONEY = frozenset({"Value", "Ordered"})


def cells_of(row: AgreementRow, day: date) -> tuple[Any, ...]:
    """The cells of an agreement under COLUMNS; money in pence."""
    line = row.line
    return (
        row.reference,
        row.title,
        row.kind,
        row.stream,
        row.year,
        row.provider,
        line.project_code,
        row.owner,
        line.starts,
        line.ends,
        line.last_end,
        line.notice_on,
        line.value,
        line.ordered,
        line.signed_on,
        row.state,
        "; ".join(one.title for one in row.failing),
        "; ".join(one.title for one in row.warning),
        row.follows,
        SEEN_BY[row.sensitivity],
        day,
    )


def csv_of(rows: Iterable[AgreementRow], day: date) -> bytes:
    """The register as CSV that a spreadsheet opens safely."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _ in COLUMNS])
    for row in rows:
        named = zip(COLUMNS, cells_of(row, day), strict=True)
        writer.writerow([harmless(rules.plain(cell) if name in MONEY else cell) for (name, _), cell in named])
    return (BOM + out.getvalue()).encode()


def workbook_of(rows: Sequence[AgreementRow], day: date) -> bytes:
    """The register as one sheet with filters; every text is written as a string. The same rows give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "Agreements", "created": CREATED})
    sheet = book.add_worksheet("Agreements")
    base = {"valign": "top", "text_wrap": True, "font_size": 10}
    head = book.add_format(base | {"bold": True, "bottom": 2})
    text, dates = book.add_format(base), book.add_format(base | {"num_format": DAY, "align": "left"})
    pounds = book.add_format(base | {"num_format": "£#,##0.00"})
    for place, (name, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, 1):
        for place, ((name, _), cell) in enumerate(zip(COLUMNS, cells_of(row, day), strict=True)):
            if cell is None:
                sheet.write_blank(number, place, None, text)
            elif name in MONEY:
                sheet.write_number(number, place, cell / 100, pounds)  # a workbook has no other numbers
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), dates)  # noqa: DTZ001
            else:
                sheet.write_string(number, place, str(cell), text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every agreement of a body that the actor may see, ended ones too, as it stood on a day."""
    today = local_date(at)
    day = as_at or today
    if day == today:
        found = lines(actor).filter(organisation=organisation).order_by("stream__code", "reference")
        rows = list(rows_for(list(found.values_list("pk", flat=True)), today=today))
    else:
        rows = register_on(actor, AgreementFilter(organisation=organisation.pk), as_at=day)
    return workbook_of(rows, day) if suffix == ".xlsx" else csv_of(rows, day)


AGREEMENT_EXPORT = Export("agreements", "Agreements", CommissioningPermission.SEE, (".csv", ".xlsx"), write)
