"""What a finance workbook proposes: a record a row, with its amounts; and a finding for whatever is not clear or not so."""

from collections.abc import Mapping, Sequence
from typing import Any

from candour.finance.intake.checks import of_cells, of_rows, of_totals
from candour.finance.intake.headings import headings_of
from candour.finance.intake.printed import Printed
from candour.finance.intake.tables import TWICE, Sheet, read_sheet, read_sheets
from candour.finance.intake.words import read_dated, read_position
from candour.finance.rules import ends_month
from candour.kernel.intake.document import Document, Reading, SetAside
from candour.kernel.intake.mapping import Told


def recognises(document: Document) -> float:
    """How surely a document is a finance workbook: by the names of its sheets and the headings of its tables."""
    said = [one.text for one in document.paragraphs]
    held = [
        one for table in document.tables if headings_of(table) and (one := read_sheet(table, None, said)) is not None
    ]
    rows = [sheet for sheet in held if sheet.rows]
    if not rows:
        return 0.0
    parts = {sheet.part for sheet in rows}
    if len(parts) > 1 and 2 * len(rows) >= len(document.tables):
        return 0.95
    telling = parts & {"reserve", "plan", "saving", "funding", "capital"}
    return 0.85 if 2 * len(rows) >= len(document.tables) and telling else 0.55


def propose(document: Document, source: Mapping[str, str], told: Told | None) -> Reading:
    """The reading of a workbook. No cell is guessed: one that cannot be read is an error that a person decides."""
    titles = [one.text for one in document.paragraphs]
    sheets, aside = read_sheets(document.tables, titles)
    said = [*titles, *(text for sheet in sheets for text in sheet.titles)]
    position, dated = read_position(said), read_dated(said)
    findings = [*of_cells(sheets), *of_rows(sheets), *of_totals(sheets)]
    records: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        aside += _taken(sheet, records)
    meta = {
        "position": position.isoformat() if position else "",
        "stands": ends_month(position).isoformat() if position else "",
        "date": dated.isoformat() if dated else "",
        "parts": sorted({sheet.part for sheet in sheets}),
    }
    return Reading("finance", source, meta, list(records.values()), aside, findings)


def _taken(sheet: Sheet, records: dict[str, dict[str, Any]]) -> list[SetAside]:
    """Put the rows of a sheet into records by their key; those that stand already are set aside."""
    aside = []
    seen: set[str] = set()
    for row in sheet.rows:
        if row.total:
            continue
        if row.key in seen:
            aside.append(SetAside(row.place, f"{row.key}: {_amounts_said(row)}", TWICE))
            continue
        seen.add(row.key)
        made = _record(row, sheet)
        held = records.get(row.key)
        if held is None:
            records[row.key] = made
        else:  # the same row in a second sheet, as where one sheet is of one year
            known = {(one["year"], one["what"]) for one in held["amounts"]}
            held["amounts"] += [one for one in made["amounts"] if (one["year"], one["what"]) not in known]
    return aside


def _amounts_said(row: Printed) -> str:
    return ", ".join(cell.text for cell in row.cells)


def _record(row: Printed, sheet: Sheet) -> dict[str, Any]:
    return {
        "reference": row.key,
        "title": row.name,
        "scheme": row.reference,
        "part": row.part,
        "line": _line_of(row),
        "owner": row.owner,
        "rating": row.rating,
        "cashable": row.cashable,
        "position": sheet.position.isoformat() if sheet.position else "",
        "year": sheet.year.isoformat() if sheet.year else "",
        "amounts": _amounts(row),
    }


def _line_of(row: Printed) -> str:
    if row.part in ("saving", "capital"):
        return ""
    return row.source if row.part == "funding" else row.name


def _amounts(row: Printed) -> Sequence[dict[str, Any]]:
    found: dict[tuple[str, str], int] = {}
    for cell in row.cells:
        if cell.what and cell.pence is not None and cell.year is not None:
            found.setdefault((cell.year.isoformat(), cell.what), cell.pence)
    return [{"year": year, "what": what, "pence": pence} for (year, what), pence in sorted(found.items())]
