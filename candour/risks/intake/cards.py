"""Cards: what one risk prints as labels and answers, in the many ways that offices draw them. Pure."""

import re
from collections.abc import Sequence

from candour.kernel.intake.document import Cell, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Column

from .appearances import Appearance, Printed, Section, take_list
from .card_actions import CONTINUED, Actions, actions_of
from .card_rows import (
    Scores,
    answers_inside,
    base_of,
    first_of,
    is_card,
    named,
    names_reference,
    risks_across,
    scores_of,
    set_of,
    side_by_side,
    uncovered,
)
from .columns import is_pairs
from .labels import LISTS, field_of, fields_merged, qualifier_of
from .lists import looks_dated
from .values import is_reference, read_level, read_score


NO_RISK = "Labels that a risk can have, without a reference, a title, an owner or a score"


class CardReader:
    """Reads the rows of cards in order. Every row that holds something ends in `appearances` or `aside`."""

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
        before = self._continued(above)
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
        current = self.current
        self.ended = (self.section, current) if current and current.kind == "detail" else None

    def _no_risks(self) -> None:
        """Set aside what a table of terms left: answers to labels that a risk has, of nothing that could be one."""
        for one in [one for one in self.appearances[self.started :] if one.kind == "detail" and not one.tells()]:
            self.appearances.remove(one)
            said = [f"{name}: {value.text}" for name, value in one.fields.items()]
            self.aside.append(SetAside(one.place, " | ".join([*said, *(f"{k}: {v}" for k, v in one.other.items())]), NO_RISK))
            self.aside += [SetAside(place, "", NO_RISK) for place in one.rows if place != one.place]
            self.current = None

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

    def card_row(self, row: Row, below: Sequence[Row] = ()) -> bool:
        """Read a row in a way that cards alone have; False where it is none of them. below: the rows that follow."""
        in_detail = self.current is not None and self.current.kind == "detail"
        if not self.card and not in_detail:
            return False
        self.open, was_open = False, self.open
        return (
            self._of_actions(row, below)
            or self._over(row, below)
            or self._of_scores(row)
            or self._title(row)
            or self._beside(row)
            or self._inside(row)
            or self._under_side(row)
            or (was_open and self._answer(row))
        )

    def _of_actions(self, row: Row, below: Sequence[Row]) -> bool:
        """A table of actions or controls within a card: its headings, then a row to each with who and by when."""
        if self.actions is not None and (cell := self.actions.read(row)) is not None:
            current = self._detail(row, None)
            current.rows.append(row.place)
            take_list(current, self.actions.field, cell.items[:1], row.place)
            told = current.controls[-1:]
            for one in told:  # one action, however its cell is set, and all that its row prints
                one |= {"text": cell.text, "text_printed": " | ".join(filter(None, row.texts))}
            return True
        self.actions = actions_of(row, below) if self.card else None
        if self.actions is None:
            return False
        current = self._detail(row, None)
        current.rows.append(row.place)
        current.labels.append(self.actions.label)
        current.other[" | ".join(filter(None, row.texts))] = ""
        return True

    def _of_scores(self, row: Row) -> bool:
        """A small grid of scores: its headings, and the rows below them."""
        if self.scores is not None and (found := self.scores.read(row)):
            current = self._detail(row, None)
            current.rows.append(row.place)
            for n, name, label in found:
                current.fields.setdefault(name, Printed.of(name, [row.cells[n]], row.place, label))
            return True
        self.scores = scores_of(row) if self.card else None
        if self.scores is None:
            return False
        self._detail(row, None).rows.append(row.place)
        return True

    def _title(self, row: Row) -> bool:
        """A title across the top of a card: "SR01 - Loss of power"."""
        only = first_of(row.cells)
        found = named(only.text) if only and self.card else None
        if found is None or (self.current and self.current.rows and "reference" not in self.current.fields):
            return False
        current = self._detail(row, None, anew=True)
        current.rows.append(row.place)
        for name, text in zip(("reference", "title"), found, strict=True):
            current.fields[name] = Printed(text, row.place, "")
        return True

    def _beside(self, row: Row) -> bool:
        """Several cards side by side: pairs of each with its own labels, or one label for all and an answer of each."""
        times = side_by_side(row) if self.card and row.width >= 4 else 1
        if self.across > 1 and field_of(row.texts[0]):
            answers = [(row.texts[0], cell) for cell in row.cells[1 : self.across + 1]]
        elif times > 1:
            answers = [(row.cells[2 * n].text, row.cells[2 * n + 1]) for n in range(times)]
        else:
            return False
        for n, (label, cell) in enumerate(answers):
            self.current = self.lanes.get(n)
            self._label_value(row, label, (cell,), counted=n == 0)
            if self.current:
                self.lanes[n] = self.current
        return True

    def _over(self, row: Row, below: Sequence[Row]) -> bool:
        """Labels beside each other, the answer of each in the row below."""
        over, self.over = self.over, {}
        filled = {n: text for n, text in enumerate(row.texts) if text}
        if over and set(filled) <= set(over) and not any(map(field_of, filled.values())):
            for n in filled:
                self._label_value(row, over[n], (row.cells[n],))
            return True
        if not self.card or len(filled) < 2 or not below or not all(map(field_of, filled.values())) or scores_of(row):
            return False
        under = {n: text for n, text in enumerate(below[0].texts) if text}
        if not set(under) <= set(filled) or any(map(field_of, under.values())):
            return False
        self.over = filled
        self._detail(row, None).rows.append(row.place)
        return True

    def _inside(self, row: Row) -> bool:
        """Cells that hold label and answer both."""
        filled = [cell for cell in row.cells if cell.text]
        told = [answers_inside(cell) for cell in filled]
        if not self.card or not told or not all(told):
            return False
        for found in told:
            for label, answer in found:
                self._label_value(row, label, (answer,))
        return True

    def _under_side(self, row: Row) -> bool:
        """A label merged down over the labels of its scores: Inherent | Impact | 4, then Likelihood | 3 below it."""
        filled = [(n, text) for n, text in enumerate(row.texts) if text]
        if not self.card or len(filled) not in (2, 3):
            return False
        (n, label), answer = filled[-2], row.cells[filled[-1][0]]
        base = base_of(label)
        if base is None or n == 0 or base_of(answer.text):
            self.side = ""
            return False
        self.side = filled[0][1] if len(filled) == 3 else self.side
        prefix = set_of(self.side) if self.side else None
        if prefix is None:
            return False
        self._label_value(row, label, (answer,), name=prefix + base)
        return True

    def _answer(self, row: Row) -> bool:
        """The answer of a label that stands alone in the row above."""
        only = first_of(row.cells)
        if only is None or field_of(only.text) or not self.label:
            return False
        self._label_value(row, self.label, (only,))
        return True

    def is_label_value(self, row: Row) -> bool:
        label, filled = row.texts[0], [text for text in row.texts if text]
        if not label or len(filled) > 2 or len(label) > 60:
            return False
        if field_of(label) or (fields_merged(label) and self._in_detail()):
            return row.width == 2 or (len(filled) == 1 and self._in_detail()) or (row.width > 2 and len(filled) == 2)
        return bool(self._in_detail() and row.width == 2 and not is_reference(label))

    def is_pairs(self, row: Row) -> bool:
        """Label, value, label, value; in a card one known label is enough."""
        if is_pairs(row):
            return True
        texts = [cell.text for cell in uncovered(row)]
        labels, answers = texts[::2], texts[1::2]
        return (
            self.card
            and len(texts) == 4
            and all(labels)
            and any(map(field_of, labels))
            and not any(map(field_of, answers))
            and all(len(label) <= 40 and not is_reference(label) for label in labels)
        )

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
    told = words >= 3 and read_level(text)[1] is None and re.match(r"\W*consequences?\b", label, re.IGNORECASE)
    if name == "impact" and (words >= 5 or told):
        return "effect"
    return None if name == "likelihood" and words >= 5 else name
