"""The rows of a list of inspections out of its tables: headings anywhere, merged cells, sections, totals. Pure."""

import re
from dataclasses import dataclass, field

from candour.inspections.intake.across import across
from candour.inspections.intake.columns import columns_of, head_of, is_header
from candour.inspections.intake.printed import Printed
from candour.kernel.intake.document import Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Headings, Told
from candour.kernel.intake.printed import is_ditto

NO_ROW = "A row without a grade and without anything asked"
NO_LIST = "A table that is no list of inspections"
ABOVE = "A row above the headings"
TOTAL = re.compile(r"^(?:grand |sub-?)?totals?\b", re.IGNORECASE)
DOWN = ("inspection", "date")  # what a row without it takes from the row above


@dataclass
class Listed:
    """What the tables and paragraphs of a paper hold. said: sentences in which it may state totals."""

    rows: list[Printed] = field(default_factory=list)
    said: list[tuple[str, Place]] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)


def read_tables(document: Document, told: Told | None = None) -> Listed:
    """Every row of every list, in the order printed; the rest is set aside, never dropped."""
    found = Listed(aside=list(document.set_aside))
    section = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.said.append((block.text, block.place))
            section = block.text if block.kind == "heading" else section
        elif across(block):
            found.rows += across(block)
        elif (head := head_of(block, told)) is None:
            found.aside += [_aside(row, NO_LIST) for row in block.rows if row.width]
        else:
            _table(found, block, head, section, told)
    return found


def _table(found: Listed, table: Table, head: int, section: str, told: Told | None) -> None:
    for row in table.rows[:head]:
        filled = list(dict.fromkeys(text for text in row.texts if text))
        if len(filled) == 1:
            found.said.append((filled[0], row.place))
            section = filled[0]
        elif filled:
            found.aside.append(_aside(row, ABOVE))
    columns = columns_of(table.rows[head], table.rows[head + 1 :], told)
    found.columns.append(columns)
    above: dict[str, str] = {}
    for row in table.rows[head + 1 :]:
        if not row.width or is_header(row.texts, told):
            continue
        texts = list(dict.fromkeys(text for text in row.texts if text))
        if TOTAL.match(texts[0]):
            found.said.append((" ".join(texts), row.place))
        elif len(texts) == 1:
            section, above = texts[0], {}
        else:
            above = _row(found, row, columns, above, section)


def _row(found: Listed, row: Row, columns: Headings, above: dict[str, str], section: str) -> dict[str, str]:
    """Take one row; gives what the row below may stand under."""
    cells = {}
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if not column.field:
            continue
        spanned = not cell.text and (cell.rows == 0 or column.field in DOWN)
        text = above.get(column.field, "") if spanned or is_ditto(cell.text) else cell.text.strip()
        if text:
            cells[column.field] = text
    if not cells.get("grade") and not cells.get("text"):
        found.aside.append(_aside(row, NO_ROW))
        return above
    found.rows.append(Printed(cells, row.place, section))
    return cells


def _aside(row: Row, why: str) -> SetAside:
    return SetAside(row.place, " | ".join(filter(None, row.texts)), why)
