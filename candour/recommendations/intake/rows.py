"""The rows of a tracker kept as a sheet, made into the same stories as those told in cells. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from candour.audits.intake.days import month_of
from candour.audits.intake.words import opinion_word, read_priority
from candour.kernel.intake.document import Cell, Document, Place, Row, SetAside, Table
from candour.kernel.intake.lines import Line
from candour.kernel.intake.mapping import Headings, Told
from candour.kernel.intake.printed import is_ditto

from .above import Above, above_tables, audit_from, grade_of, owner_in, status_in, tells
from .cells import Held, cells_of, close_mark, coloured, entry_lines, status_of, text_of, told_by
from .columns import header_of, headings_of, is_header, second_head
from .dated import oldest_first
from .entries import Audit, Entry
from .labelled import cards_of
from .labels import heading_of, label_of
from .legend import legend_of
from .record import Recommendation

NO_ROW = "A row of the tracker without a recommendation: neither a text nor a heading stands in it"
TOTAL = "A row of totals"
AGAIN = "It is printed again: the same recommendation stands in another table of this paper"
_TOTAL = re.compile(
    r"^\W*(?:grand |overall |sub-?\s?)?totals?(?:\s+(?:number|recommendations?|actions?))?(?:\s+of\b.{0,30})?\W*$", re.I
)
_BOTH = re.compile(
    r"^(?P<reference>[A-Z]{0,6}[-/ ]?\d[\w./-]{0,12}?)\s*[(\[/|–-]\s*(?P<priority>[A-Za-z][\w ]{0,24})[)\]]?$", re.I
)
_OWN = ("reference", "audit", "priority", "text", "heading")
_CARRIED = ("updates", "owner", "original_target", "current_target", "response_text", "achieved", "left", "barriers")


@dataclass
class Rows:
    """What the sheets of a document gave: recommendations, columns, rows set aside, the tables that were read."""

    found: list[Recommendation] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)
    heads: list[str] = field(default_factory=list)  # what stands over the headings of a table


def read_rows(document: Document, told: Told | None = None) -> Rows:
    """Every table with the headings of a tracker, read row by row; every table of labels and values, card by card."""
    result = Rows()
    above, legend = above_tables(document), legend_of(document)
    sheets = [(table, header_of(table, told)) for table in document.tables]
    cards = {id(table): cards_of(table) for table, _head in sheets}
    read = [(table, head) for table, head in sheets if head is not None or cards[id(table)]]
    tables: list[list[Recommendation]] = []
    for table, head in read:
        over = above.get(table.rows[0].place, Above())
        if len(read) == 1 and not over.sure:
            over = replace(over, audit=Audit())
        held = cards[id(table)]
        reader = _Sheet(result, table, over, legend)
        reader.cards(held) if held else reader.rows(head or 0, told)
        tables.append(reader.read())
    result.found = _once(result, tables)
    return result


def _once(result: Rows, tables: list[list[Recommendation]]) -> list[Recommendation]:
    """Those of all tables; of one that two tables print alike, as a list of what is overdue does, the fuller."""
    found: dict[tuple[str, str], tuple[int, Recommendation]] = {}
    kept: list[Recommendation] = []
    full = [one for table in tables for one in table if tells_how(one)]
    for n, table in enumerate(tables):
        if full and not any(map(tells_how, table)) and all(_named_by(one, full) for one in table):
            result.aside += [
                SetAside(one.entry.place, " ".join(one.story.text) or one.entry.heading, AGAIN) for one in table
            ]
            continue
        for one in table:
            key = (one.entry.reference.casefold(), _alike(one))
            first = found.get(key)
            if first is None or first[0] == n or not one.entry.reference:
                found.setdefault(key, (n, one))
                kept.append(one)
                continue
            less, more = sorted((first[1], one), key=_fullness)
            if less is first[1]:
                kept[kept.index(less)] = more
                found[key] = (n, more)
            result.aside.append(SetAside(less.entry.place, f"{less.entry.reference} {_alike(less)}".strip(), AGAIN))
    return kept


def tells_how(one: Recommendation) -> bool:
    """Whether more is known of it than a list says: who answers for it, what was answered, how it goes."""
    return bool(one.record["owners"] or one.story.updates or one.story.response)


def _named_by(one: Recommendation, full: list[Recommendation]) -> bool:
    """Whether a row of a list names a recommendation that is set out elsewhere, or its audit."""
    said = " ".join(one.story.text) or one.entry.heading
    listed = heading_of(said)
    reference = (one.entry.reference or (listed["reference"] if listed else "")).casefold()
    return any(
        reference == other.entry.reference.casefold() if reference else said.startswith(other.entry.audit.title or "\0")
        for other in full
    )


def _alike(one: Recommendation) -> str:
    return " ".join(re.findall(r"\w+", (" ".join(one.story.text) or one.entry.heading).casefold()))[:200]


def _fullness(one: Recommendation) -> int:
    return sum(bool(value) for value in one.record.values()) + len(one.story.updates) + bool(one.entry.audit.title)


class _Sheet:
    """Walks one table; holds what it read until the table is at its end."""

    def __init__(self, result: Rows, table: Table, over: Above, legend: Mapping[str, str]) -> None:
        self.result, self.table, self.over, self.legend = result, table, over, legend
        self.audit, self.above = Audit(), over.audit
        self.held: list[Held] = []

    def rows(self, head: int, told: Told | None) -> None:
        rows = self.table.rows
        over = rows[head - 1] if head and sum(map(bool, rows[head - 1].texts)) > 1 else None
        both = second_head(rows, head)
        over, below = (rows[head], rows[head + 2 :]) if both else (over, rows[head + 1 :])
        self.columns = headings_of(both or rows[head], below, told, over)
        self.result.columns.append(self.columns)
        self.result.used |= {row.place for row in rows}
        self._heads(rows[:head])
        for row in below:
            if row.width and not is_header(row, told):
                self._row(row)

    def _heads(self, rows: tuple[Row, ...]) -> None:
        """What stands above the headings: set aside, though it may name the audit, or the day of the paper."""
        for row in rows:
            filled = list(dict.fromkeys(filter(None, row.texts)))
            if not filled:
                continue
            self.result.heads += filled
            why = "A row above the headings of the tracker"
            self.result.aside.append(SetAside(row.place, " | ".join(filled), why))
            audit, says = audit_from(" | ".join(filled), row.place)
            if says and tells(audit.title) and not self.over.sure:
                self.above = audit

    def _row(self, row: Row) -> None:
        cells = cells_of(self.columns, row)
        filled = list(dict.fromkeys(filter(None, row.texts)))
        if self._tells(row, filled):
            return
        if filled and _TOTAL.match(filled[0]) and len(filled) * 3 <= len(self.columns.columns):
            self.result.aside.append(SetAside(row.place, " | ".join(filled), TOTAL))
            return
        if self._names(row, cells, filled):
            self._section(row, filled[0])
            return
        covered = self._covered(row)
        if self.held and (covered or not any(_said(cells, name) for name in _OWN)) and _carries(cells):
            self.held[-1].add(self.columns, row, cells, text=covered)
            return
        self.audit = _audit(cells, row, self.audit, self.above)
        if not (cells.get("text") or cells.get("heading")):
            self.result.aside.append(SetAside(row.place, " | ".join(filled), NO_ROW))
            return
        self._begin(self.columns, row, cells)

    def _section(self, row: Row, said: str) -> None:
        """A row that says of those below it which audit, priority or status they have."""
        audit, _says = audit_from(said, row.place)
        grade, status, owner = grade_of(said), status_in([said]), owner_in(said)
        named = tells(audit.title) and not owner
        if named:
            self.audit = self.above = audit
        self.over = replace(
            self.over,
            priority=grade or self.over.priority,
            status=status or self.over.status,
            owner=owner or self.over.owner,
        )
        what = "audit" if named else "priority" if grade else "status" if status else "owner" if owner else "kind"
        self.result.aside.append(SetAside(row.place, said, f"It names the {what} of the rows below it"))

    def _tells(self, row: Row, filled: list[str]) -> bool:
        """A row across the table that begins with a label tells more of the recommendation above it: "Update: ..."."""
        if not self.held or len(filled) != 1:
            return False
        cell = next(cell for cell in row.cells if cell.text)
        label = label_of(filled[0], in_update=False)
        if cell.columns < 2 or label is None or label.kind not in ("update", "history", "response") or not label.rest:
            return False
        if label.kind == "response":
            self.held[-1].response.append(label.rest)
        else:
            self.held[-1].told += [Line(item.text, row.place, cell=1) for item in cell.items]
        return True

    def _names(self, row: Row, cells: dict[str, Cell], filled: list[str]) -> bool:
        """A row of one cell, the first or one that spans: it names the audit of those below it."""
        if len(filled) != 1 or cells.get("text"):
            return False
        n = next(n for n, text in enumerate(row.texts) if text)
        spans = row.cells[n].columns > 1
        return (n == 0 or spans) and (spans or not any(name in cells for name in ("updates", "owner")))

    def _covered(self, row: Row) -> bool:
        """Whether the cell of the reference is covered by that of the row above."""
        return any(
            column.field == "reference" and n < len(row.cells) and row.cells[n].rows == 0
            for n, column in enumerate(self.columns.columns)
        )

    def _begin(self, columns: Headings, row: Row, cells: dict[str, Cell]) -> None:
        status = status_of(columns, row, cells) or coloured(columns, row, "status") or self.over.status
        status = self.legend.get(status, status)
        reference, said = _told_apart(text_of(cells, "reference"), text_of(cells, "priority"))
        said = said or coloured(columns, row, "priority") or self.over.priority
        priority = read_priority(said)
        entry = Entry(
            audit=self.audit if self.audit.title else self.above,
            reference=reference,
            heading=text_of(cells, "heading"),
            priority=priority.word if priority else said,
            priority_text=said,
            place=row.place,
            lines=entry_lines(columns, row, cells),
            status=status,
        )
        held = Held(entry, cells, source=self.over.source)
        held.closed = close_mark(columns, row, cells, status)
        held.add(columns, row, cells)
        if self.over.owner and not any(part.who for part in held.parts):
            held.owned(self.over.owner)
        self.held.append(held)

    def cards(self, cards: list[tuple[Headings, Row, str]]) -> None:
        """The cards of a table. The words over a card may name its recommendation."""
        self.result.used |= {row.place for row in self.table.rows}
        for n, (columns, row, own) in enumerate(cards):
            title = own or (self.over.title if n == 0 else "")
            cells = cells_of(columns, row)
            self.audit = _audit(cells, row, Audit(), self.above)
            if cells.get("text") or cells.get("heading") or title:
                self._begin(columns, row, cells)
                self.held[-1].named(title)

    def read(self) -> list[Recommendation]:
        """The recommendations of the table, their updates oldest first."""
        stories = [one.story() for one in self.held]
        oldest_first(stories)
        kinds = {kind for one in self.held if (kind := one.kind(None))}
        around = next(iter(kinds & {"cause of concern", "afi", "inspection"}), None)
        return [one.recommendation(story, around) for one, story in zip(self.held, stories, strict=True)]


def _told_apart(reference: str, priority: str) -> tuple[str, str]:
    """(reference, priority) where one cell holds both, and the other none: "1.1 (High)"."""
    found = _BOTH.match(reference or priority) if not (reference and priority) else None
    if found is None or not read_priority(found["priority"]):
        return reference, priority
    return found["reference"], found["priority"].strip()


def _said(cells: dict[str, Cell], name: str) -> bool:
    return bool(text_of(cells, name)) and not is_ditto(text_of(cells, name))


def _carries(cells: dict[str, Cell]) -> bool:
    """Whether a row tells more of the recommendation above it: an update, or a further owner with a target of their own."""
    return any(text_of(cells, name) for name in _CARRIED) or told_by(cells)


def _audit(cells: dict[str, Cell], row: Row, last: Audit, above: Audit) -> Audit:
    """The audit of a row; a ditto mark or an empty cell takes that of the row above."""
    title = text_of(cells, "audit")
    if not title or is_ditto(title):
        base = last if last.title else above
    else:
        printed = " | ".join(item.text for item in cells["audit"].items)
        base, said = audit_from(printed, row.place)
        if not said or not base.title:
            base = Audit(title=title, place=row.place)
    opinion, date = text_of(cells, "opinion"), text_of(cells, "audit_date")
    if opinion and not is_ditto(opinion):
        base = replace(base, opinion=opinion_word(opinion), opinion_text=opinion)
    if date and not is_ditto(date) and (month := month_of(date)):
        base = replace(base, date=month, date_text=date)
    return base
