"""The rows of a delivery plan out of its tables, or out of the lines of a text whose cells stand one under another. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from candour.kernel.intake.document import Cell, Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.lines import Line, lines_of
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of
from candour.plan.intake.columns import field_of, fields_of, head_of, is_header
from candour.plan.intake.words import QUESTIONS

NO_ROW = "A row without an activity"
NO_PLAN = "A table that is no delivery plan"
ABOVE = "A row above the headings"
SUMMARY = "A row of a summary: the activity stands in full in another table"
OUTSIDE = "It stands outside the delivery plan"
_PRIORITY = re.compile(r"^(?:strategic )?(?:priority|theme|pillar)\b[\s:.–-]*(?P<number>\d+)?[\s:.–-]*", re.IGNORECASE)
_OBJECTIVE = re.compile(
    r"^(?:(?:strategic )?(?:objective|aim|goal)\b[\s:.–-]*|(?P<plan>[A-Z][A-Z0-9]{1,11}/))(?P<number>\d+(?:\.\d+)*)?[\s:.–-]*",
    re.IGNORECASE,
)
_LONG = 160  # letters from which the words of one cell are a note and head no section


@dataclass(frozen=True)
class Printed:
    """A row as it is printed: its cells by field, what stands in columns that are not known, and what it stands under."""

    cells: dict[str, Cell]
    more: dict[str, str]
    place: Place
    priority: str
    objective: str
    columns_told: int
    columns_named: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        return self.cells[name].text.strip() if name in self.cells else ""

    def lines(self, name: str) -> list[str]:
        if name not in self.cells:
            return []
        return [part for item in self.cells[name].items for part in item.text.split("\n") if part.strip()]


@dataclass
class Found:
    """What the tables and paragraphs of a paper hold."""

    rows: list[Printed] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    front: list[Paragraph] = field(default_factory=list)
    facts: list[tuple[str, str, Place]] = field(default_factory=list)
    priority: str = ""
    objective: str = ""
    section: str = ""

    def head(self, text: str) -> None:
        """What stands above the rows that follow: a priority, an objective, or a section of either."""
        if not text or len(text) > _LONG:
            return
        if found := _PRIORITY.match(text):
            self.priority, self.objective = text if found["number"] else text[found.end() :] or text, ""
        elif (found := _OBJECTIVE.match(text)) and (found["number"] or found[0].strip()):
            self.objective = text
        else:
            self.section = text


def read_tables(document: Document, told: Told | None = None) -> Found:
    """Every table that holds activities, and the rest of the paper beside it."""
    found = Found(aside=list(document.set_aside))
    if not any(head_of(table.rows, told) is not None for table in document.tables) and (flow := _flow(document)):
        return flow
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.front.append(block)
            if block.kind == "heading" or _PRIORITY.match(block.text):
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
        found.rows.append(_printed(found, cells, more, row.place, names))


def _printed(
    found: Found, cells: dict[str, Cell], more: dict[str, str], place: Place, names: Sequence[str | None]
) -> Printed:
    def of(name: str) -> str:
        return cells[name].text.strip() if name in cells else ""

    priority = of("priority") or found.priority or ("" if found.objective else found.section)
    named = frozenset(filter(None, names))
    return Printed(cells, more, place, priority, of("objective") or found.objective, len(cells), named)


def _above(found: Found, rows: Sequence[Row]) -> None:
    for row in rows:
        filled = list(dict.fromkeys(text for text in row.texts if text))
        if len(filled) == 1:
            found.front.append(Paragraph(filled[0], row.place, filled[0]))
            if _PRIORITY.match(filled[0]) or _OBJECTIVE.match(filled[0]):
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


# A text in which each cell stands on lines of its own, so that no column can be told but by what stands in it.


@dataclass
class _Cell:
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.words for line in self.lines)


def _flow(document: Document) -> Found | None:
    """The rows of a plan that was saved as text; None where no run of cells is its headings."""
    lines = lines_of(document)
    cells = list(_grouped(lines))
    heads = [n for n in range(len(cells)) if _is_head(cells, n)]
    if not heads:
        return None
    found = Found(aside=list(document.set_aside))
    begin = max(heads[0] - 40, next((n for n in range(heads[0], -1, -1) if _begins(cells[n])), heads[0] - 1), 0)
    _outside(found, cells[:begin])
    names: list[str | None] = []
    at = begin
    ended = len(cells)
    while at < len(cells):
        if at in heads:
            names, wide = _names(cells, at)
            _flow_headings(found, cells[at : at + wide])
            at += wide
        elif at + 1 in heads or not names:
            _told_above(found, cells[at])
            at += 1
        elif row := _row(cells, at, names, heads):
            found.rows.append(_printed(found, row[0], {}, cells[at].lines[0].place, names))
            at = row[1]
        elif at + 2 in heads:
            _told_above(found, cells[at])
            at += 1
        else:
            ended = at
            break
    _outside(found, cells[ended:])
    return found


def _grouped(lines: Sequence[Line]) -> Iterator[_Cell]:
    """A cell begins where the text says so, and ends before the next; a page that begins ends it too."""
    group: list[Line] = []
    for line in lines:
        if group and (line.opens or line.turns or (not line.cell and not group[0].cell)):
            yield _Cell(group)
            group = []
        group.append(line)
    if group:
        yield _Cell(group)


def _is_head(cells: Sequence[_Cell], at: int) -> bool:
    run = [cells[n].text for n in range(at, min(at + 8, len(cells))) if len(cells[n].text) <= 60]
    wide = next((n for n, text in enumerate(run) if field_of(text) is None), len(run))
    before = at == 0 or field_of(cells[at - 1].text) is None
    return before and wide >= 3 and is_header(run[:wide])


def _names(cells: Sequence[_Cell], at: int) -> tuple[list[str | None], int]:
    wide = 0
    while at + wide < len(cells) and field_of(cells[at + wide].text) is not None:
        wide += 1
    return fields_of([cell.text for cell in cells[at : at + wide]]), wide


def _row(
    cells: Sequence[_Cell], at: int, names: Sequence[str | None], heads: Sequence[int]
) -> tuple[dict[str, Cell], int] | None:
    """The cells of a row, which ends with the four questions, and where the next begins."""
    stop = min([*(head - 1 for head in heads if head > at), at + len(names), len(cells)])
    last = next((n for n in range(at, stop) if QUESTIONS[0][1].match(cells[n].text)), None)
    if last is None or last == at:
        return None
    between = [n for n in names[1:-1] if n and n != "brag"]
    found = {"activity": _as_cell(cells[at]), "progress": _as_cell(cells[last])}
    middle = [cells[n] for n in range(at + 1, last)]
    if "brag" in names and middle and len(middle[-1].text) <= 20 and len(middle) > len(between):
        found["brag"] = _as_cell(middle.pop())
    for name, cell in zip(between, middle, strict=False):
        found[name] = _as_cell(cell)
    return found, last + 1


def _as_cell(cell: _Cell) -> Cell:
    return Cell(tuple(Paragraph(line.words, line.place, line.words) for line in cell.lines))


def _begins(cell: _Cell) -> bool:
    return (
        bool(re.search(r"\b(?:delivery|action|implementation) plan\b", cell.text, re.IGNORECASE))
        and len(cell.text) <= 120
    )


def _told_above(found: Found, cell: _Cell) -> None:
    for line in cell.lines:
        found.front.append(Paragraph(line.words, line.place, line.words))
    found.section = cell.text


def _flow_headings(found: Found, cells: Sequence[_Cell]) -> None:
    labels = [cell.text for cell in cells]
    columns = tuple(Column(label, name, "sure") for label, name in zip(labels, fields_of(labels), strict=True))
    headings = Headings(columns, cells[0].lines[0].place)
    if not any(one.shape == headings.shape for one in found.columns):
        found.columns.append(headings)


def _outside(found: Found, cells: Sequence[_Cell]) -> None:
    """Everything before and after, set aside whole, so that no line is dropped."""
    if cells:
        text = "\n".join(line.text for cell in cells for line in cell.lines)
        found.aside.append(SetAside(cells[0].lines[0].place, text, OUTSIDE))
