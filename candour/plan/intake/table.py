"""The rows of a delivery plan out of its tables, or out of the lines of a text whose cells stand one under another. Pure."""

from collections.abc import Sequence

from candour.kernel.intake.document import Cell, Document, Paragraph, Row, SetAside, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of
from candour.plan.intake.columns import fields_of, head_of, is_header
from candour.plan.intake.flow import flow
from candour.plan.intake.found import OBJECTIVE, PRIORITY, Found, printed

NO_ROW = "A row without an activity"
NO_PLAN = "A table that is no delivery plan"
ABOVE = "A row above the headings"
SUMMARY = "A row of a summary: the activity stands in full in another table"


def read_tables(document: Document, told: Told | None = None) -> Found:
    """Every table that holds activities, and the rest of the paper beside it."""
    found = Found(aside=list(document.set_aside))
    if not any(head_of(table.rows, told) is not None for table in document.tables) and (lines := flow(document)):
        return lines
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.front.append(block)
            if block.kind == "heading" or PRIORITY.match(block.text):
                found.head(block.text.strip())
        elif (head := head_of(block.rows, told)) is None:
            _beside(found, block)
        else:
            _table(found, block, head, told)
    _without_summaries(found)
    return found


def _beside(found: Found, table: Table) -> None:
    for row in table.rows:
        filled = [text for text in dict.fromkeys(row.texts) if text]
        if len(filled) == 2:
            found.facts.append((filled[0].rstrip(": "), filled[1], row.place))
        elif len(filled) == 1:
            found.front.append(Paragraph(filled[0], row.place, filled[0]))
            found.head(filled[0])
        elif filled:
            found.aside.append(_aside(row, NO_PLAN))


def _table(found: Found, table: Table, head: int, told: Told | None) -> None:
    _above(found, table.rows[:head])
    names: list[str | None] = []
    labels: Sequence[str] = ()
    above: dict[str, Cell] = {}
    for n, row in enumerate(table.rows[head:], head):
        if not row.width:
            continue
        if is_header(row.texts, told):
            names, above = fields_of(row.texts, told, table.rows[n + 1 :]), {}
            labels = row.texts
            _headings(found, row, names, table.rows[n + 1 :], told)
            continue
        texts = [text for text in dict.fromkeys(row.texts) if text]
        if len(texts) == 1 and (row.cells[0].columns > 1 or not row.cells[names.index("activity")].text):
            found.head(texts[0])
            continue
        cells = _cells(row, names, above)
        if not cells.get("activity") or not cells["activity"].text.strip():
            found.aside.append(_aside(row, NO_ROW))
            continue
        above = cells
        more = {}
        for place, (name, cell) in enumerate(zip(names, row.cells, strict=False)):
            if name is None and cell.text:
                more[labels[place] or f"column {place + 1}"] = cell.text
        found.rows.append(printed(found, cells, more, row.place, names))


def _above(found: Found, rows: Sequence[Row]) -> None:
    for row in rows:
        filled = list(dict.fromkeys(text for text in row.texts if text))
        if len(filled) == 1:
            found.front.append(Paragraph(filled[0], row.place, filled[0]))
            if PRIORITY.match(filled[0]) or OBJECTIVE.match(filled[0]):
                found.head(filled[0])
        elif len(filled) == 2:
            found.facts.append((filled[0].rstrip(": "), filled[1], row.place))
        elif filled:
            found.aside.append(_aside(row, ABOVE))


def _cells(row: Row, names: Sequence[str | None], above: dict[str, Cell]) -> dict[str, Cell]:
    cells = {}
    for name, cell in zip(names, row.cells, strict=False):
        if not name:
            continue
        if cell.rows == 0 and cell.columns != 0 and not cell.text and name in above:
            cells[name] = above[name]  # printed over several rows
        elif (
            not cell.text
            and name in above
            and (name == "priority" or (name == "objective" and _same(row, names, above)))
        ):
            cells[name] = above[name]  # printed once, for the rows below too
        elif cell.text or cell.marks:
            cells[name] = cell
    return cells


def _same(row: Row, names: Sequence[str | None], above: dict[str, Cell]) -> bool:
    """Whether a row stands under the priority of the row above it."""
    said = row.texts[names.index("priority")] if "priority" in names[: len(row.cells)] else ""
    return not said or ("priority" in above and said == above["priority"].text)


def _headings(found: Found, row: Row, names: Sequence[str | None], rows: Sequence[Row], told: Told | None) -> None:
    mapped = told is not None and shape_of(row.texts) in told
    columns = []
    for n, label in enumerate(row.texts):
        held = dict.fromkeys(one.texts[n][:120] for one in rows[:30] if n < len(one.cells) and one.texts[n])
        sure = "told" if mapped else "sure" if names[n] else "unsure"
        columns.append(Column(label, names[n], sure, tuple(held)[:3]))  # type: ignore[arg-type]
    headings = Headings(tuple(columns), row.place)
    if not any(one.shape == headings.shape for one in found.columns):
        found.columns.append(headings)


def _without_summaries(found: Found) -> None:
    """A reference that stands in two tables is a summary where fewer of its columns are there."""
    fullest: dict[str, int] = {}
    for row in found.rows:
        if reference := row.text("reference"):
            fullest[reference] = max(fullest.get(reference, 0), row.columns_told)
    kept = []
    for row in found.rows:
        said = {"progress", "achieved"} & set(row.cells)
        if not said and row.columns_told < fullest.get(row.text("reference"), 0):
            found.aside.append(SetAside(row.place, " | ".join(cell.text for cell in row.cells.values()), SUMMARY))
        else:
            kept.append(row)
    found.rows[:] = kept


def _aside(row: Row, why: str) -> SetAside:
    return SetAside(row.place, " | ".join(filter(None, row.texts)), why)
