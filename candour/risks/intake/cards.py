"""Cards: what one risk prints as labels and answers, in the many ways that offices draw them. Pure."""

import re
from collections.abc import Sequence

from candour.kernel.intake.document import Row

from .appearances import Printed, take_list
from .card_actions import DONE, actions_of
from .card_base import CardBase
from .card_rows import (
    answers_inside,
    base_of,
    first_of,
    named,
    scores_of,
    set_of,
    side_by_side,
    uncovered,
)
from .columns import is_pairs
from .labels import field_of, fields_merged
from .values import is_reference

_COUNTED = re.compile(r"^(?:number|count|no\.?|total(?: number)?)(?: of \w+(?: \w+)?)?$", re.IGNORECASE)


class CardReader(CardBase):
    """Reads the rows of cards in order, in every way that they are drawn."""

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
                if any(map(DONE.match, row.texts)):
                    one.pop("pending", None)
            return True
        self.actions = actions_of(row, below) if self.card else None
        if self.actions is None:
            return False
        current = self._detail(row, None)
        current.rows.append(row.place)
        current.labels.append(" | ".join(filter(None, row.texts)))
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
        found = named(only.text) if only and self.card else self._named_apart(row)
        if found is None or (self.current and self.current.rows and "reference" not in self.current.fields):
            return False
        current = self._detail(row, None, anew=True)
        current.rows.append(row.place)
        for name, text in zip(("reference", "title"), found, strict=True):
            current.fields[name] = Printed(text, row.place, "")
        return True

    def _named_apart(self, row: Row) -> tuple[str, str] | None:
        """Reference and title in two cells across the top of a card, without labels: BAF 1 | Loss of power."""
        filled = [text for text in row.texts if text]
        if not self.card or len(filled) != 2 or any(map(field_of, filled)) or self.label:
            return None
        fits = is_reference(filled[0]) and not filled[0].isdigit() and len(filled[1].split()) > 1
        return (filled[0], filled[1]) if fits else None

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
        if not label or len(filled) > 2 or len(label) > 60 or (len(filled) > 1 and all(map(base_of, filled))):
            return False  # "Impact | Score" heads a table of levels
        if len(filled) > 1 and _COUNTED.match(filled[1]):
            return False  # "Rating | Number of risks" heads a table of counts
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
