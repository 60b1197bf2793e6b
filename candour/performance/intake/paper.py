"""What a workbook of figures proposes: a record a measure, with its observations; and a finding a cell that is not clear."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from candour.kernel.calendar import read_date, read_month
from candour.kernel.intake.document import Document, Finding, Reading, Table
from candour.kernel.intake.mapping import Told
from candour.performance.intake.cells import Read
from candour.performance.intake.checks import given_twice, of_cells, of_parts
from candour.performance.intake.headings import headings_at, stands_beside, unnamed_at
from candour.performance.intake.tables import Printed, Tabled, read_tables

_DATED = re.compile(
    r"(?:as at|published|extracted|produced|data to|figures as at|updated)\D{0,20}"
    r"(\d{1,2}(?:st|nd|rd|th)?[ /.-]\s?(?:\d{1,2}|[A-Za-z]{3,9})[ /.-]\s?\d{2,4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)


# A register of something else can have columns of months: its scores, its targets.
_OTHER = re.compile(r"\b(?:risks?|recommendations?|suppliers?|providers?|recipients?|schemes?)\b", re.IGNORECASE)
Key = tuple[str, str, str, date]  # measure, body, area, period


@dataclass
class Seen:
    """A figure put together from its cells, as plain values."""

    values: dict[str, Any] = field(default_factory=dict)
    provisional: bool = False
    suppressed: bool = False
    revised: bool = False


def recognises(document: Document) -> float:
    """How surely a document holds figures of measures: by the headings of its tables."""
    held = sum(mostly_figures(table, titles_of(document)) for table in document.tables)
    if not held:
        return 0.0
    named = sum(unnamed_at(table, titles_of(document)) is None for table in document.tables)
    sure = 0.9 if 2 * held >= len(document.tables) else 0.6
    return sure if named else min(sure, 0.54)  # months over words alone: many a table has them


def titles_of(document: Document) -> list[str]:
    """The first lines of a paper, in which it may name its period."""
    return [one.text for one in document.paragraphs if len(one.text) <= 120][:6]


def mostly_figures(table: Table, said: Sequence[str] = ()) -> bool:
    """Whether most headings of a table are those of figures: a register of something else can have columns of years too."""
    found = headings_at(table, said)
    if found is None:
        return False
    number, headings = found
    if any(_OTHER.search(text) for text in table.rows[number].texts):
        return False
    told = sum(bool(heading.name or heading.body) or heading.period is not None for heading in headings)
    others = sum(bool(text) and not stands_beside(text) for text in table.rows[number].texts)
    return 2 * told > others


def propose(document: Document, source: Mapping[str, str], told: Told | None) -> Reading:
    """The reading of a workbook. No cell is guessed: one that cannot be read is an error that a person decides."""
    tabled = read_tables(document.tables, titles_of(document))
    findings = list(of_cells(tabled))
    records: dict[str, dict[str, Any]] = {}
    figures: dict[Key, Seen] = {}
    for cell in of_bodies(tabled.cells):
        key = cell.reference or cell.title
        record = records.setdefault(key, {"reference": key, "title": cell.title, "unit": "", "observations": []})
        record["title"] = record["title"] or cell.title
        if cell.read.kind in ("number", "hidden"):
            seen = figures.setdefault((key, cell.body, cell.area, cell.period), Seen())
            findings += _taken(cell, seen)
        if cell.read.number is not None and "%" in cell.text:
            record["unit"] = "percent"
    for (key, body, area, period), seen in figures.items():
        findings += of_parts(key, body or area, period, seen.values, percent=records[key]["unit"] == "percent")
        records[key]["observations"].append(_observation(body, area, period, seen))
    for record in records.values():
        record["observations"].sort(key=lambda one: (one["body"], one["area"], one["period"]))
    meta = {"date": _dated(document, tabled), "tables": tabled.tables}
    return Reading("measures", source, meta, list(records.values()), tabled.aside, findings)


def _taken(cell: Printed, seen: Seen) -> Iterable[Finding]:
    """Put a cell into its figure; a finding where another cell said otherwise."""
    seen.provisional |= cell.read.provisional
    seen.revised |= cell.read.revised
    if cell.read.kind == "hidden":
        seen.suppressed = True
        return
    said, now = seen.values.get(cell.part), str(cell.read.number)
    if said is not None and Decimal(said) != Decimal(now):
        yield given_twice(cell, said, now)
        return
    seen.values[cell.part] = now


def of_bodies(cells: Sequence[Printed]) -> Sequence[Printed]:
    """The cells, each with its body. Where two sheets give one figure differently, there is a sheet to each body, so called."""
    said: dict[Key, dict[str, Read]] = {}
    for cell in cells:
        if cell.read.kind == "number":
            key = (cell.reference or cell.title, f"{cell.body}\n{cell.part}", cell.area, cell.period)
            said.setdefault(key, {}).setdefault(cell.place.sheet, cell.read)
    if not any(len({read.number for read in sheets.values()}) > 1 for sheets in said.values()):
        return cells
    return [replace(cell, body=cell.body or cell.place.sheet) for cell in cells]


def _observation(body: str, area: str, period: date, seen: Seen) -> dict[str, Any]:
    numbers = {
        name: None if seen.suppressed else seen.values.get(name) for name in ("value", "numerator", "denominator")
    }
    marks = {"provisional": seen.provisional, "suppressed": seen.suppressed, "revised": seen.revised}
    return {"period": period.isoformat(), "body": body, "area": area} | numbers | marks


def _dated(document: Document, tabled: Tabled) -> str:
    """The day that the file says its figures stand at, as ISO; "" where it says none."""
    texts = [one.text for one in tabled.aside] + [paragraph.text for paragraph in document.paragraphs]
    for text in texts:
        if found := _DATED.search(text):
            day = read_date(found[1]) or read_month(found[1])
            if day:
                return day.isoformat()
    return ""
