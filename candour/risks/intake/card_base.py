"""A card while it is read: the table that it stands in, where it goes on, and what its labels and answers say. Pure."""

import re
from collections.abc import Sequence

from candour.kernel.intake.document import Cell, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Column

from .appearances import Appearance, Printed, Section, take_list
from .card_actions import CONTINUED, Actions, actions_of
from .card_rows import Scores, first_of, is_card, is_grid, named, names_reference, risks_across
from .labels import LISTS, field_of, fields_merged, qualifier_of
from .lists import looks_dated
from .values import read_level, read_score

NO_RISK = "Labels that a risk can have, without a reference, a title, an owner or a score"


class CardBase:
    """What a reader of cards knows. Every row that holds something ends in `appearances` or `aside`."""

    section: Section
    started: int

    def __init__(self) -> None:
        self.appearances: list[Appearance] = []
        self.aside: list[SetAside] = []
        self.current: Appearance | None = None
        self.columns: tuple[Column, ...] | None = None
        self.ended: tuple[Section, Appearance] | None = None  # the card that the last table ended with
        self.label, self.open = "", False  # the last label, and whether its answer is still to come

    def begin_card(self, table: Table, above: str) -> None:
        """Look what a table is. above: the heading or line right before it, which may name the risk."""
        label, was_open = (self.label, self.open) if self.ended else ("", False)
        goes_on = self._carries_on(table, was_open=was_open)
        before = self._continued(above) or self._of_last(table, above)
        self.card = is_card(table) or goes_on or before is not None
        self.name = named(above) if self.card and before is None else None
        self.label, self.open, self.side = (label, was_open, "") if goes_on else ("", False, "")
        self.scores: Scores | None = None
        self.lanes: dict[int, Appearance] = {}
        self.over: dict[int, str] = {}
        self.across = risks_across(table) if self.card else 1
        self.actions: Actions | None = None
        if before is not None:
            self.current = before
        elif goes_on and not self.name and self.ended:
            self.current = self.ended[1]

    def end_card(self) -> None:
        self._no_risks()
        for one in self.appearances[self.started :]:
            if one.kind == "detail":
                one.settle()
        current = self.current
        self.ended = (self.section, current) if current and current.kind == "detail" else None

    def _no_risks(self) -> None:
        """Set aside what a table of terms left: answers to labels that a risk has, of nothing that could be one."""
        for one in [one for one in self.appearances[self.started :] if one.kind == "detail" and not one.tells()]:
            self.appearances.remove(one)
            said = [f"{name}: {value.text}" for name, value in one.fields.items()]
            self.aside.append(
                SetAside(one.place, " | ".join([*said, *(f"{k}: {v}" for k, v in one.other.items())]), NO_RISK)
            )
            self.aside += [SetAside(place, "", NO_RISK) for place in one.rows if place != one.place]
            self.current = None

    def _of_last(self, table: Table, above: str) -> Appearance | None:
        """The card right above a table that tells more of it: a grid of its scores, what is to be done."""
        rows = [row for row in table.rows if row.width]
        if not rows or not self.ended or self.ended[0] != self.section or named(above):
            return None
        return self.ended[1] if is_grid(table) or actions_of(rows[0], rows[1:]) is not None else None

    def _continued(self, above: str) -> Appearance | None:
        """The card that goes on below a heading which says so: "Strategic risk 2: Savings (continued)"."""
        said = CONTINUED.search(above)
        name = named(above[: said.start()]) if said else None
        cards = [one for one in self.appearances if one.kind == "detail"]
        return next((one for one in reversed(cards) if name and one.reference == name[0]), None)

    def _carries_on(self, table: Table, *, was_open: bool) -> bool:
        """Whether a card goes on from the page before, and names no risk of its own before its first answers.

        It begins with another label of a card, or with the answer of the label that the page before ends with.
        """
        pages = (table.place.page, self.ended[1].rows[-1].page) if self.ended and self.ended[1].rows else (0, 0)
        if not self.ended or self.ended[0] != self.section or pages[0] != pages[1] + 1:
            return False
        first = next((row for row in table.rows if row.width), None)
        if first is None or named(first.texts[0]):
            return False
        known = field_of(first.texts[0])
        if known is None:
            return was_open and first_of(first.cells) is not None
        return known not in ("reference", "title") and is_card(table)

    def _in_detail(self) -> bool:
        return self.card or bool(self.current and (self.current.kind == "detail" or not self._regular()))

    def _regular(self) -> bool:
        """Whether the rows under these headings came one after another, as in an overview."""
        return len([one for one in self.appearances if one.section == self.section and one.kind == "row"]) > 1

    def _label_value(
        self, row: Row, label: str, cells: Sequence[Cell], *, name: str | None = None, counted: bool = True
    ) -> None:
        """Take a label and its answer. name: the field where the row says it; counted: whether the row counts as the card's."""
        filled = [cell for cell in cells if cell.text]
        text = " ".join(cell.text for cell in filled)
        name = name or field_of(label) or ("reference" if names_reference(label, text) else None)
        merged = fields_merged(label)
        current = self._detail(row, name)
        self.label, self.open = label, not filled
        if counted and row.place not in current.rows:
            current.rows.append(row.place)
        blocks = tuple(block for cell in filled for block in cell.items)
        name = _in_words(name, label, text)
        if name is None and (qualifier := qualifier_of(label)) is not None and read_score(text).value is not None:
            name = qualifier + "score"
        if merged:
            note = f"{label}: read as {merged[0].replace('_', ' ')} and {merged[1].replace('_', ' ')}"
            current.notes.append(("labels-merged", row.place, note))
            self._merged(current, merged, label, blocks, row.place)
        elif name in LISTS:
            current.labels.append(label)
            if filled:  # else the answer is to come
                take_list(current, name, blocks, row.place)
        elif name and not (name in current.fields and name != "title" and current.text(name)):
            current.fields[name] = Printed.of(name, filled, row.place, label)
        else:
            current.other[label] = text

    def _detail(self, row: Row, name: str | None, *, anew: bool = False) -> Appearance:
        """Block that a label belongs to: a new one where there is none or it has its reference or title already.

        A reference or title that stands above a card without a label gives way to one that has a label.
        """
        current = self.current
        known = current.fields.get(name) if current and name in ("reference", "title") else None
        again = known and known.label and (current.kind == "detail" or name == "reference") and known.text  # type: ignore[union-attr]
        if current is None or again or (anew and current.reference):
            current = Appearance("detail", self.section, row.place)
            self.appearances.append(current)
            self.columns = None
            for field, text in zip(("reference", "title"), self.name or (), strict=False):
                current.fields[field] = Printed(text, row.place, "")
            self.name = None
        elif known and not known.label:
            del current.fields[str(name)]
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
        """A value without a label: under a list it is more of that list (a label merged over rows), else it is said."""
        current = self.current
        assert current is not None  # noqa: S101 the caller looked
        blocks = row.cells[1].items
        current.rows.append(row.place)
        above = field_of(self.label)
        if above in LISTS and (above == "updates") == looks_dated(blocks):
            take_list(current, above, blocks, row.place)
            return
        name = "updates" if looks_dated(blocks) else "controls"
        note = f"a list without a label: read as {name}"
        current.notes.append(("label-missing", row.place, note))
        take_list(current, name, blocks, row.place)


def _in_words(name: str | None, label: str, text: str) -> str | None:
    """The field where an answer is a sentence: consequences in words are the effect, not the level of impact."""
    words = len(text.split())
    if name and name.endswith("band") and "level" in label.casefold() and read_score(text).value is not None:
        return name.removesuffix("band") + "score"  # a band is a word: a figure is the score itself
    told = words >= 3 and read_level(text)[1] is None and re.match(r"\W*consequences?\b", label, re.IGNORECASE)
    if name == "impact" and (words >= 5 or told):
        return "effect"
    return None if name == "likelihood" and words >= 5 else name
