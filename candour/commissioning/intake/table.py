"""The rows of a register out of its tables, wherever their headings stand: merged cells, sections, repeats, totals. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from candour.commissioning.intake.columns import (
    columns_of,
    covered,
    headings_at,
    is_amount,
    times_of,
)
from candour.commissioning.intake.names import Family
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.document import Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Headings, Told
from candour.kernel.intake.printed import is_ditto

NO_ROW = "A row without a supplier, a title or a value"
ABOVE = "A row above the headings"
NO_REGISTER = "A table that is no register"
NOTE = "A note beside the rows"
_TOTAL = re.compile(r"^(?P<which>grand|overall|sub-?|section)?\s*totals?\b", re.IGNORECASE)
_SEARCHED = 60  # rows of a table in which its headings are looked for
_LONG = 90  # letters from which words of one cell are a note and head no section


@dataclass(frozen=True)
class Printed:
    """A row as it is printed: its cells by field, what stands in columns that are not known, and where its section is.

    times: by field, what an amount without a unit is to be multiplied by. shared: fields whose cell began in a row above.
    """

    cells: dict[str, str]
    more: dict[str, str]
    place: Place
    section: str
    times: dict[str, int]
    shared: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True)
class Total:
    """A row of totals: what it is called, its amounts by field as printed, and the rows that it could stand for."""

    words: str
    amounts: dict[str, str]
    times: dict[str, int]
    place: Place
    section: tuple[int, int]
    whole: tuple[int, int]


@dataclass
class Register:
    """What the tables and paragraphs of a paper hold."""

    rows: list[Printed] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    front: list[Paragraph] = field(default_factory=list)
    facts: list[tuple[str, str, Place]] = field(default_factory=list)
    sections: list[tuple[str, Place]] = field(default_factory=list)


def read_tables(document: Document, family: Family, told: Told | None = None) -> Register:
    """Every table that holds rows, and the rest of the paper beside it."""
    found = Register(aside=list(document.set_aside), front=list(document.paragraphs))
    for table in document.tables:
        head = head_of(table, family, told)
        if head is not None:
            _table(found, table, head, family, told)
        else:
            _beside(found, table)
    return found


def head_of(table: Table, family: Family, told: Told | None = None) -> int | None:
    """The row of headings of a table, by its number from 0."""
    rows = range(min(_SEARCHED, len(table.rows)))
    return next((n for n in rows if table.rows[n].width and headings_at(table, n, family, told)), None)


_CUT = re.compile(r"£\s?\d{1,3}$")


def _whole(cells: list[str]) -> list[str]:
    """The cells of a line, an amount that a comma of a CSV file cut in two made one again: "Budget: £50" beside "000"."""
    if len(cells) > 1 and _CUT.search(cells[0]) and all(re.fullmatch(r"\d{3}", text) for text in cells[1:]):
        return [",".join(cells)]
    return cells


def _beside(found: Register, table: Table) -> None:
    for row in table.rows:
        filled = _whole([text for text in row.texts if text])
        if len(filled) == 2:
            found.facts.append((filled[0].rstrip(": "), filled[1], row.place))
        elif len(filled) == 1:
            found.front.append(Paragraph(filled[0], row.place, filled[0]))
        elif filled:
            found.aside.append(_aside(row, NO_REGISTER))


def _table(found: Register, table: Table, head: int, family: Family, told: Told | None) -> None:
    _above(found, table.rows[:head])
    walk = _Walk(found, family)
    n = head
    while n < len(table.rows):
        row = table.rows[n]
        at = headings_at(table, n, family, told) if row.width else None
        if at:
            labels, taken = at
            walk.begin(columns_of(labels, table.rows[n + taken :], row, family, told))
            n += taken
            continue
        if row.width:
            walk.take(row)
        n += 1


def _above(found: Register, rows: Sequence[Row]) -> None:
    """Of a sheet: its title, sentences and facts stand in the rows above the headings."""
    for row in rows:
        filled = _whole(list(dict.fromkeys(text for text in row.texts if text)))
        if len(filled) == 1:
            found.front.append(Paragraph(filled[0], row.place, filled[0]))
        elif len(filled) == 2:
            found.facts.append((filled[0].rstrip(": "), filled[1], row.place))
        elif filled:
            found.aside.append(_aside(row, ABOVE))


class _Walk:
    """Goes through the rows under headings, keeping what stands above each."""

    def __init__(self, found: Register, family: Family) -> None:
        self.found, self.family = found, family
        self.above: dict[str, str] = {}
        self.section, self.start, self.first = "", len(found.rows), len(found.rows)

    def begin(self, columns: Headings) -> None:
        if not any(one.shape == columns.shape for one in self.found.columns):
            self.found.columns.append(columns)
        self.columns = columns
        self.times = {one.field: times_of(one.heading) for one in columns.columns if one.field and is_amount(one.field)}
        self.named = frozenset(one.field for one in columns.columns if one.field)
        self.above = {}

    def take(self, row: Row) -> None:
        texts = [text for text in dict.fromkeys(row.texts) if text]
        if _TOTAL.match(texts[0]) and self._total(row, texts[0]):
            return
        if len(texts) == 1:
            self._alone(row, texts[0])
            return
        cells, shared = self._cells(row)
        worth = [name for name in cells if is_amount(name) or name in ("start", "end", "period")]
        if not (cells.get("supplier") or cells.get("title") or (cells.get("reference") and worth)):
            self.found.aside.append(_aside(row, NO_ROW))
            return
        more = dict(self._more(row))
        self.above = cells
        self.found.rows.append(Printed(cells, more, row.place, self.section, self.times, shared, self.named))

    def _alone(self, row: Row, text: str) -> None:
        """Words in one cell: a section's heading, or a note."""
        if len(text) > _LONG or not (row.texts[0] or row.cells[0].columns > 1 or self._first_filled(row) == 0):
            self.found.aside.append(_aside(row, NOTE))
            return
        self.section, self.start = text, len(self.found.rows)
        self.found.sections.append((text, row.place))

    def _first_filled(self, row: Row) -> int:
        return next((n for n, text in enumerate(row.texts) if text), -1)

    def _total(self, row: Row, words: str) -> bool:
        amounts = {
            column.field: text
            for column, text in zip(self.columns.columns, row.texts, strict=False)
            if column.field and is_amount(column.field) and text
        }
        if not amounts:  # the amount stands in another column than those it sums up
            rest = [text for text in row.texts if text and text != words]
            amounts = {"value" if self.family == "register" else "amount": rest[-1]} if rest else {}
        if not amounts or all(read_amount(text).pence is None for text in amounts.values()):
            return False
        end = len(self.found.rows)
        spans = ((self.start, end), (self.first, end))
        self.found.totals.append(Total(words, amounts, self.times, row.place, *spans))
        self.start = end
        return True

    def _cells(self, row: Row) -> tuple[dict[str, str], frozenset[str]]:
        cells, shared = {}, set()
        for column, cell in zip(self.columns.columns, row.cells, strict=False):
            if not column.field:
                continue
            if covered(cell) and not cell.text:
                if self.above.get(column.field):
                    shared.add(column.field)
                    if not is_amount(column.field):
                        cells[column.field] = self.above[column.field]
                continue
            text = self.above.get(column.field, "") if is_ditto(cell.text) else cell.text.strip()
            if text:
                cells[column.field] = text
        return cells, frozenset(shared)

    def _more(self, row: Row) -> Iterator[tuple[str, str]]:
        for number, column, text in zip(count(1), self.columns.columns, row.texts, strict=False):
            if not column.field and text:
                yield column.heading or f"column {number}", text


def _aside(row: Row, why: str) -> SetAside:
    return SetAside(row.place, " | ".join(filter(None, row.texts)), why)
