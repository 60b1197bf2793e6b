"""Findings about single cells and rows: what cannot be read, what stands twice, what has no year. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from candour.finance.intake.printed import Printed
from candour.finance.intake.tables import Sheet
from candour.finance.rules import PARTS, say_year
from candour.kernel.intake.document import Finding

SHOULD = "An amount such as 1,204, (350), £1.2m or 0; a dash for nought; nothing where it is not known"
YEARS = "A financial year such as 2026/27 in the heading, over it, in a column of years, or in the title"


def of_cells(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Amounts that cannot be read or stand twice, rows that stand twice, amounts of no year, and no month to stand at."""
    if any(sheet.position is None for sheet in sheets):
        said = "The workbook does not say at which month its figures stand. The last whole month before the day from which it"
        yield Finding(
            "position-missing", "warning", "the whole paper", "", "", "Month 6, or as at 30 September 2026",
            f"{said} holds is taken",
        )  # fmt: skip
    for sheet in sheets:
        if sheet.times > 1:
            unit = "thousands" if sheet.times == 1_000 else "millions"
            said = f"The amounts under these headings are read in {unit} of pounds, as the sheet says"
            yield Finding("unit-taken", "note", sheet.place, "", unit, "Nothing", said)
        seen: set[str] = set()
        for row in sheet.rows:
            if not row.total:
                yield from _of_row(row, twice=row.key in seen)
                seen.add(row.key)
        for place in sheet.undated:
            said = "The year of an amount is not said. It is left out"
            yield Finding("year-missing", "error", place, "", "", YEARS, said)


def _of_row(row: Printed, *, twice: bool) -> Iterator[Finding]:
    if twice:
        said = f"{row.key} stands twice. The first row is kept"
        yield Finding("row-twice", "error", row.place, row.key, row.key, "One row of each heading", said)
        return
    held: dict[tuple[str, date | None], int] = {}
    for cell in row.cells:
        where = (
            f"{row.key}, {words_of(row.part, cell.what or cell.computed)} {say_year(cell.year) if cell.year else ''}"
        )
        if cell.pence is None:
            said = f"{where} cannot be read: ‘{cell.text[:60]}’. {cell.why}"
            yield Finding("amount-unreadable", "error", row.place, row.key, cell.text, SHOULD, said)
        elif cell.what and held.setdefault((cell.what, cell.year), cell.pence) != cell.pence:
            said = f"{where} is given twice, differently. The first is kept"
            yield Finding("amount-twice", "error", row.place, row.key, cell.text, "One amount of a year", said)


def words_of(part: str, what: str) -> str:
    """What an amount is called in a part, in small letters."""
    return PARTS.get(part, {}).get(what, what).lower()
