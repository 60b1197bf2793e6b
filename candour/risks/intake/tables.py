"""Tables of a register, row by row: overview rows under headings, detail blocks of label and value. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from candour.kernel.intake.document import Cell, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Column, Headings, Told

from .appearances import WORDS, Appearance, Printed, Section
from .card_rows import BASES, answers_inside, first_of, is_page_number, named_row, uncovered
from .cards import CardReader
from .columns import (
    SAMPLES,
    guessed_headings,
    has_header,
    headings_of,
    is_header,
    is_span,
    is_subheader,
    likely_header,
    lists_risks,
    starts_with_label,
)
from .labels import LISTS, field_of, qualifier_of
from .values import is_reference

INSIDE = "A heading inside the table, taken as the category of the rows below it"
_TOTAL = re.compile(r"^\W*(?:grand |overall |sub-?\s?)?(?:total|average|mean|sum)s?\b[^.]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True)
class Total:
    """A row of totals: the heading, the number printed and the numbers of the column above it."""

    place: Place
    label: str
    printed: str
    above: tuple[str, ...]


class TableReader(CardReader):
    """Reads the tables of a paper in order. Every row that holds something ends in `appearances`, `meta` or `aside`."""

    def __init__(self, told: Told | None = None) -> None:
        super().__init__()
        self.told = told or {}
        self.meta: list[Place] = []
        self.headings: list[Row] = []
        self.columns_found: list[Headings] = []
        self.totals: list[Total] = []
        self.last: tuple[Section, Headings] | None = None

    def read(self, table: Table, section: Section, above: str = "") -> None:
        """above: the heading or line right before the table."""
        self.section = section
        self.columns: tuple[Column, ...] | None = None
        self.current: Appearance | None = None
        self.above: Row | None = None
        self.header: Row | None = None  # the row of headings that the last row was
        self.category = ""
        self.started = len(self.appearances)
        self.begin_card(table, above)
        if not self.card and not has_header(table, self.told) and not any(starts_with_label(row) for row in table.rows):
            self._without_headings(table, section)
        rows = [row for row in table.rows if row.width]
        for n, row in enumerate(rows):
            self._row(row, rows[n + 1 : n + 1 + SAMPLES])
        self.end_card()

    def _without_headings(self, table: Table, section: Section) -> None:
        width = max(row.width for row in table.rows)
        if self.last and self.last[0] == section and len(self.last[1].columns) == width > 2:
            self.columns = self.last[1].columns
            return
        guessed = guessed_headings(table, self.told)
        if guessed:
            self.columns = guessed.columns
            self.columns_found.append(guessed)
        elif likely := likely_header(table):
            below = [row for row in table.rows if row.width and row.place > likely.place]
            found = headings_of(likely, None, below[:SAMPLES])
            self.columns_found.append(Headings(found.columns, found.place, ask=True))

    def _row(self, row: Row, below: Sequence[Row]) -> None:
        in_detail = self.current is not None and self.current.kind == "detail"
        header, self.header = self.header, None
        if self.card_row(row, below):
            return
        if header and is_subheader(row, header):
            self.columns_found.pop()
            self._headings(row, header, below)
        elif is_header(row, self.told) and not self.card:
            over = header if header and header.texts != row.texts else self.above
            if header and over is header:
                self.columns_found.pop()
            self._headings(row, over, below)
        elif self.is_pairs(row):
            cells = uncovered(row) if self.card else row.cells
            for label, cell in zip(cells[::2], cells[1::2], strict=False):
                self._label_value(row, label.text, (cell,))
        elif self.is_label_value(row):
            self._label_value(row, row.texts[0], row.cells[1:])
        elif in_detail and row.width == 2 and not row.texts[0]:
            self._unlabelled(row)
        elif self.columns:
            self._data(row)
        else:
            self.above = row
            self._set_aside(row, "A row that stands under no headings")

    def _headings(self, row: Row, above: Row | None, rest: Sequence[Row]) -> None:
        """Spanning headings above (Inherent, Residual, Target) belong to the headings: they are not set aside."""
        spans = above is not None and any(map(is_span, above.texts))
        if above is not None and spans and above.place not in self.meta:
            self.aside = [one for one in self.aside if one.place != above.place]
            self.meta.append(above.place)
            self.headings.append(above)
        below = list(takewhile(lambda one: not starts_with_label(one) and not is_header(one, self.told), rest))
        found = headings_of(row, above if spans else None, below, self.told)
        if len(below) < len(rest) and starts_with_label(rest[len(below)]):
            found = replace(found, ask=False)  # a card: its labels below say the rest
        self._no_risks()
        self.current, self.category = None, ""
        if not lists_risks(found):
            self.columns = None
            self._set_aside(row, "Headings of a table that lists no risks")
            return
        self.columns = found.columns
        self.started = len(self.appearances)
        self.last = (self.section, found)
        self.columns_found.append(found)
        self.meta.append(row.place)
        self.headings.append(row)
        self.above, self.header = None, row

    def _set_aside(self, row: Row, why: str) -> None:
        self.aside.append(SetAside(row.place, " | ".join(filter(None, row.texts)), why))

    # Rows under headings

    def _data(self, row: Row) -> None:
        assert self.columns is not None  # noqa: S101 the caller looked
        if self._of_set(row):
            return
        filled = [n for n, text in enumerate(row.texts) if text]
        at = next((n for n, column in enumerate(self.columns) if column.field == "reference"), None)
        reference = row.texts[at] if at is not None and at < len(row.cells) else ""
        first = row.texts[filled[0]]
        if _TOTAL.match(first) and not is_reference(first) and len(filled) * 2 <= len(self.columns) + 1:
            self._total(row)
        elif self._goes_on(row, filled, reference, numbered=at is not None):
            return
        elif len(set(row.texts) - {""}) == 1 and not (reference and is_reference(reference)):
            if is_page_number(first):
                self._set_aside(row, "The number of the page, printed inside the table")
                return
            self.category = first if len(first) <= 80 else ""
            self._set_aside(row, INSIDE if self.category else "A heading inside the table")
        elif at is not None and not is_reference(reference) and len(filled) < 3:
            self._set_aside(row, "A row without a reference that holds too little for a risk")
        else:
            self.current = self._appearance(row)
            self.appearances.append(self.current)

    def _goes_on(self, row: Row, filled: Sequence[int], reference: str, *, numbered: bool) -> bool:
        """A row that carries on the risk above it, or tells more of it across the table."""
        if self.current is None:
            return False
        return (not reference and self._runs_over(row, filled, numbered=numbered)) or self._told_across(row)

    def _told_across(self, row: Row) -> bool:
        """A row across the table that tells more of the risk above it, behind a label: "Update: ..."."""
        assert self.current is not None  # noqa: S101 the caller looked
        only = first_of(row.cells)
        told = answers_inside(only) if only is not None and only.columns > 1 else []
        fields = [field_of(label) for label, _answer in told]
        if not told or not all(name in WORDS for name in fields):
            return False
        for name, (label, answer) in zip(fields, told, strict=True):
            self.current.carry_on(name, answer, row.place, label)
        self.current.rows.append(row.place)
        return True

    def _set_of(self, row: Row) -> str | None:
        """ "inherent_", "" or "target_" where a column says which scores the row gives; None where none does."""
        assert self.columns is not None  # noqa: S101 the caller looked
        at = next((n for n, column in enumerate(self.columns) if column.field == "score_set"), None)
        return qualifier_of(row.texts[at]) if at is not None and at < len(row.cells) and row.texts[at] else None

    def _of_set(self, row: Row) -> bool:
        """A row that gives further scores of the risk above it: its reference is empty, covered or the same."""
        assert self.columns is not None  # noqa: S101 the caller looked
        prefix = self._set_of(row)
        named = [row.texts[n] for n, column in enumerate(self.columns[: len(row.cells)]) if column.field == "reference"]
        if prefix is None or not self.current or (named and named[0] not in ("", self.current.reference)):
            return False
        for n, column in enumerate(self.columns[: len(row.cells)]):
            name = _in_set(column.field, prefix)
            if row.texts[n] and name and not (name == column.field and self.current.text(name)):
                self.current.take(name, row.cells[n], row.place, column.heading, None)
        self.current.rows.append(row.place)
        return True

    def _total(self, row: Row) -> None:
        assert self.columns is not None  # noqa: S101 the caller looked
        self._set_aside(row, "A row of totals")
        rows = [one for one in self.appearances[self.started :] if one.kind == "row"]
        for n, text in enumerate(row.texts):
            column = self.columns[n] if n < len(self.columns) else Column("")
            if re.fullmatch(r"\d{1,5}", text):
                above = tuple(one.text(column.field) if column.field else "" for one in rows)
                self.totals.append(Total(row.place, row.texts[0], text, above))

    def _runs_over(self, row: Row, filled: Sequence[int], *, numbered: bool) -> bool:
        """A row that only carries on the row above it: a title that did not fit, more controls, further cells."""
        assert self.columns is not None  # noqa: S101 the caller looked
        assert self.current is not None  # noqa: S101 the caller looked
        columns = [self.columns[n] if n < len(self.columns) else Column("") for n in filled]
        names = [column.field for column in columns]
        known = all(name in WORDS and (name in self.current.fields or name in self.current.lists) for name in names)
        short = len(filled) <= 2 and known
        more = numbered and "title" not in names and bool(set(names) & {*WORDS})
        if not short and not more:
            return False
        for n, column in zip(filled, columns, strict=True):
            self.current.carry_on(column.field, row.cells[n], row.place, column.heading or f"column {n + 1}")
        self.current.rows.append(row.place)
        return True

    def _appearance(self, row: Row) -> Appearance:
        assert self.columns is not None  # noqa: S101 the caller looked
        one = Appearance("row", self.section, row.place, rows=[row.place])
        above, prefix = self.appearances[-1] if len(self.appearances) > self.started else None, self._set_of(row)
        for n, cell in enumerate(row.cells):
            column = self.columns[n] if n < len(self.columns) else Column("")
            one.take(_in_set(column.field, prefix), cell, row.place, column.heading or f"column {n + 1}", above)
        one.settle()
        _told_below(one, self.columns, row)
        if all(column.field != "reference" for column in self.columns) and (name := named_row(one.text("title"))):
            title = one.fields["title"]
            one.fields |= {"reference": replace(title, text=name[0]), "title": replace(title, text=name[1])}
        if not one.text("category"):
            self._category(one, above)
        one.struck = _struck(row)
        return one

    def _category(self, one: Appearance, above: Appearance | None) -> None:
        """The category of a heading inside the table, or of a cell merged down over the rows of its group."""
        if self.category:
            one.fields["category"] = Printed(self.category, one.place, "")
        elif above and "category" in one.fields and above.text("category"):
            one.fields["category"] = above.fields["category"]


def _in_set(name: str | None, prefix: str | None) -> str | None:
    """The field of a score in a row that gives one set of them; every other field as it is."""
    return prefix + name if prefix and name in BASES else name


def _told_below(one: Appearance, columns: Sequence[Column], row: Row) -> None:
    """Facts that stand behind labels below the title in its cell: "Loss of power", then "Owner: Head of Estates"."""
    at = next((n for n, column in enumerate(columns[: len(row.cells)]) if column.field == "title"), None)
    lines = row.cells[at].items if at is not None else ()
    title = one.fields.get("title")
    if title is None or len(lines) < 2 or answers_inside(Cell(lines[:1], lines[0].raw)):
        return
    below = answers_inside(Cell(tuple(lines[1:]), ""))
    names = [field_of(label) for label, _answer in below]
    if below and all(name and name not in LISTS and not one.text(name) for name in names):
        one.fields["title"] = replace(title, text=lines[0].text)
        for name, (label, answer) in zip(names, below, strict=True):
            one.take(name, answer, row.place, label, None)


def _struck(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.text]
    return all(
        "strike" in cell.marks or (cell.items and all("strike" in block.marks for block in cell.items))
        for cell in filled
    )
