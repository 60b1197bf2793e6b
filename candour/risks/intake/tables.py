"""Tables of a register, row by row: overview rows under headings, detail blocks of label and value. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.kernel.intake.document import NOWHERE, Cell, Paragraph, Place, Row, SetAside, Table

from .columns import Columns, columns_of, guessed_columns, has_header, is_header, is_pairs, starts_with_label
from .labels import LISTS, field_of, fields_merged, qualifier_of
from .lists import controls_of, looks_dated, updates_of
from .values import is_reference


@dataclass(frozen=True)
class Section:
    """Where in the paper: the role of a section (overview, high, new, closed ...) and its heading as printed."""

    role: str = ""
    heading: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class Printed:
    """A value as printed, the place of it and the heading or label that it stood under."""

    text: str
    place: Place
    label: str = ""


@dataclass
class Appearance:
    """One printing of one risk: a row of a table, or a detail block."""

    kind: str
    section: Section
    place: Place
    fields: dict[str, Printed] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    controls: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    lists: dict[str, Place] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)  # of the lists, as printed
    rows: list[Place] = field(default_factory=list)
    notes: list[tuple[str, Place, str]] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return self.text("reference")

    def text(self, name: str) -> str:
        """The value as printed, "" where there is none."""
        return self.fields[name].text if name in self.fields else ""


class TableReader:
    """Reads the tables of a paper in order. Every row that holds something ends in `appearances`, `meta` or `aside`."""

    def __init__(self) -> None:
        self.appearances: list[Appearance] = []
        self.meta: list[Place] = []
        self.headings: list[Row] = []
        self.aside: list[SetAside] = []
        self.last: tuple[Section, Columns] | None = None

    def read(self, table: Table, section: Section) -> None:
        self.section = section
        self.columns: Columns | None = None
        self.current: Appearance | None = None
        self.above: Row | None = None
        if not has_header(table) and not any(starts_with_label(row) for row in table.rows):
            self.columns = self._carried(table, section) or guessed_columns(table)
        for row in table.rows:
            if row.width:
                self._row(row)

    def _carried(self, table: Table, section: Section) -> Columns | None:
        """The columns of the table before, where this one has no headings of its own but its section and width."""
        width = max(row.width for row in table.rows)
        fits = self.last and self.last[0] == section and len(self.last[1]) == width > 2
        return self.last[1] if self.last and fits else None

    def _row(self, row: Row) -> None:
        in_detail = self.current is not None and self.current.kind == "detail"
        if is_header(row):
            self.columns, self.current = columns_of(row, self.above), None
            self._take_span()
            self.last = (self.section, self.columns)
            self.meta.append(row.place)
            self.headings.append(row)
            self.above = None
        elif is_pairs(row):
            for label, cell in zip(row.cells[::2], row.cells[1::2], strict=False):
                self._label_value(row, label.text, (cell,))
        elif self._is_label_value(row):
            self._label_value(row, row.texts[0], row.cells[1:])
        elif in_detail and row.width == 2 and not row.texts[0]:
            self._unlabelled(row)
        elif self.columns:
            self._data(row)
        else:
            self.above = row
            self._set_aside(row, "A row that stands under no headings")

    def _take_span(self) -> None:
        """Spanning headings above (Inherent, Residual, Target) belong to the headings: they are not set aside."""
        if self.above and any(qualifier_of(text) is not None for text in self.above.texts if text):
            self.aside = [one for one in self.aside if one.place != self.above.place]
            self.meta.append(self.above.place)
            self.headings.append(self.above)

    def _set_aside(self, row: Row, why: str) -> None:
        self.aside.append(SetAside(row.place, " | ".join(filter(None, row.texts)), why))

    def _is_label_value(self, row: Row) -> bool:
        label, filled = row.texts[0], [text for text in row.texts if text]
        if not label or len(filled) > 2 or len(label) > 60:
            return False
        if field_of(label) or fields_merged(label):
            return row.width == 2 or (len(filled) == 1 and self._in_detail()) or (row.width > 2 and len(filled) == 2)
        return bool(self._in_detail() and row.width == 2 and not is_reference(label))

    def _in_detail(self) -> bool:
        return bool(self.current and (self.current.kind == "detail" or not self._regular()))

    def _regular(self) -> bool:
        """Whether the rows under these headings came one after another, as in an overview."""
        return len([one for one in self.appearances if one.section == self.section and one.kind == "row"]) > 1

    # Detail blocks

    def _label_value(self, row: Row, label: str, cells: Sequence[Cell]) -> None:
        name, merged = field_of(label), fields_merged(label)
        current = self._detail(row, name)
        if row.place not in current.rows:
            current.rows.append(row.place)
        filled = [cell for cell in cells if cell.text]
        blocks = tuple(block for cell in filled for block in cell.items)
        if merged:
            note = f"{label}: read as {merged[0].replace('_', ' ')} and {merged[1].replace('_', ' ')}"
            current.notes.append(("labels-merged", row.place, note))
            self._merged(current, merged, label, blocks, row.place)
        elif name in LISTS:
            current.labels.append(label)
            take_list(current, name, blocks, row.place)
        elif name:
            text = " ".join(cell.text for cell in filled)
            current.fields[name] = Printed(text, row.place, label)
        else:
            current.other[label] = " ".join(cell.text for cell in filled)

    def _detail(self, row: Row, name: str | None) -> Appearance:
        """Block that a label belongs to: a new one where there is none or it has its reference or title already."""
        current = self.current
        again = current and current.kind == "detail" and name in ("reference", "title") and name in current.fields
        if current is None or again or (name == "reference" and current.reference):
            current = Appearance("detail", self.section, row.place)
            self.appearances.append(current)
            self.columns = None
        current.kind = "detail"
        self.current = current
        return current

    def _merged(
        self, current: Appearance, names: tuple[str, str], label: str, blocks: tuple[Paragraph, ...], place: Place
    ) -> None:
        """Two labels over one value: list items go to the label that takes a list, plain text to the other."""
        taker = next((name for name in names if name in LISTS), None)
        other = names[1] if taker == names[0] else names[0]
        plain = " ".join(block.text for block in blocks if not taker or block.kind == "paragraph")
        if taker:
            take_list(current, taker, tuple(block for block in blocks if block.kind != "paragraph"), place)
        if plain:
            current.fields[other] = Printed(plain, place, label)

    def _unlabelled(self, row: Row) -> None:
        current = self.current
        assert current is not None  # noqa: S101 the caller looked
        blocks = row.cells[1].items
        name = "updates" if looks_dated(blocks) else "controls"
        current.rows.append(row.place)
        note = f"a list without a label: read as {name}"
        current.notes.append(("label-missing", row.place, note))
        take_list(current, name, blocks, row.place)

    # Rows under headings

    def _data(self, row: Row) -> None:
        assert self.columns is not None  # noqa: S101 the caller looked
        filled = [n for n, text in enumerate(row.texts) if text]
        at = next((n for n, (name, _text) in enumerate(self.columns) if name == "reference"), None)
        reference = row.texts[at] if at is not None and at < len(row.cells) else ""
        if self.current and not reference and len(filled) <= 2 and self._runs_over(row, filled):
            return
        if len(filled) == 1 and not (reference and is_reference(reference)):
            self._set_aside(row, "A heading inside the table")
            return
        if at is not None and not is_reference(reference) and len(filled) < 3:
            self._set_aside(row, "A row without a reference that holds too little for a risk")
            return
        self.current = self._appearance(row)
        self.appearances.append(self.current)

    def _runs_over(self, row: Row, filled: Sequence[int]) -> bool:
        """A row that only carries on the words of the row above it, such as a title that did not fit."""
        assert self.columns is not None  # noqa: S101 the caller looked
        assert self.current is not None  # noqa: S101 the caller looked
        names = [self.columns[n][0] if n < len(self.columns) else None for n in filled]
        words = ("title", "summary", "information", "owner", "responsible_officer", *LISTS)
        if not all(name in words and (name in self.current.fields or name in self.current.lists) for name in names):
            return False
        for n, name in zip(filled, names, strict=True):
            if name in LISTS:
                take_list(self.current, str(name), row.cells[n].items, row.place)
            else:
                before = self.current.fields[str(name)]
                self.current.fields[str(name)] = Printed(f"{before.text} {row.texts[n]}", before.place, before.label)
        self.current.rows.append(row.place)
        return True

    def _appearance(self, row: Row) -> Appearance:
        assert self.columns is not None  # noqa: S101 the caller looked
        one = Appearance("row", self.section, row.place, rows=[row.place])
        for n, cell in enumerate(row.cells):
            name, label = self.columns[n] if n < len(self.columns) else (None, f"column {n + 1}")
            if name in LISTS:
                take_list(one, name, cell.items, row.place)
            elif name and name not in one.fields:
                one.fields[name] = Printed(cell.text, row.place, label)
            elif cell.text:
                one.other[label or f"column {n + 1}"] = cell.text
        return one


def take_list(one: Appearance, name: str, blocks: tuple[Paragraph, ...], place: Place) -> None:
    """Controls or updates of a cell. A list that lost its bullets is noted: it cannot be taken apart."""
    if name == "updates":
        one.updates.extend(updates_of(blocks))
    else:
        one.controls.extend(controls_of(blocks, pending=name == "pending_controls"))
        if len(blocks) == 1 and blocks[0].kind == "item" and not blocks[0].marker:
            one.notes.append(("list-run-together", place, blocks[0].text))
    one.lists.setdefault(name, place)
