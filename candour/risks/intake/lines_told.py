"""Registers told in lines, without a table: a heading for each risk, "Label: answer", lists under a label. Pure.

They become cards, so that one reader reads both. Tried only where no table of a paper reads as a register.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from candour.kernel.intake.document import Block, Cell, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.grid import EMPTY

from .card_rows import answers_inside, named, told_cell
from .labels import LISTS, field_of

_LONG = {*LISTS, "summary", "source", "effect", "information"}


@dataclass
class _Card:
    """The lines of one risk while they are gathered: label, its blocks, place."""

    rows: list[tuple[str, list[Paragraph], Place]] = field(default_factory=list)
    said: list[Paragraph] = field(default_factory=list)  # the paragraphs as printed, should it be no card

    @property
    def fields(self) -> set[str]:
        found = {name for label, _blocks, _place in self.rows if (name := field_of(label))}
        return found | ({"reference", "title"} if self.rows and named(self.rows[0][0]) else set())

    def table(self) -> Table:
        rows: list[Row] = []
        for label, blocks, place in self.rows:
            inside = Cell(tuple(blocks), "\n".join(block.raw for block in blocks)) if blocks else EMPTY
            rows.append(Row((told_cell(label, Paragraph(label, place)), inside), place, f"{label}\t{inside.raw}"))
        return Table(tuple(rows), rows[0].place)


def as_cards(document: Document) -> Document | None:
    """The document with each risk told in lines as a table of labels and answers; None where none is."""
    found: list[Block] = []
    cards = 0
    card = _Card()

    def close() -> None:
        nonlocal card, cards
        whole = len(card.fields) >= 3 and bool(card.fields & {"reference", "title"})
        cards += whole
        found.extend([card.table()] if whole else card.said)
        card = _Card()

    for block in document.blocks:
        if not isinstance(block, Paragraph):
            close()
            found.append(block)
            continue
        told = _answers(block)
        if _title(block):
            close()
            card.said.append(block)
            card.rows.append((block.text, [], block.place))
        elif told:
            if _begins(card, told):
                close()
            card.said.append(block)
            card.rows += [(label, list(_paragraphs(answer)), block.place) for label, answer in told]
        elif len(card.rows) > 1 and block.kind != "heading" and _goes_on(card, block):
            card.said.append(block)
            card.rows[-1][1].append(block)
        else:
            close()
            found.append(block)
    close()
    return replace(document, blocks=tuple(found)) if cards else None


def _title(block: Paragraph) -> bool:
    """Whether a heading, or a line like one, names a risk."""
    if block.kind != "heading" and not (len(block.text) <= 120 and not block.text.endswith(".")):
        return False
    return named(block.text) is not None and not field_of(block.text.partition(":")[0])


def _answers(block: Paragraph) -> list[tuple[str, Cell]]:
    """The labels of a line with their answers; a label alone ("Controls:", or a heading) has none."""
    words = block.text.strip()
    if block.kind == "item" and block.marker != "row":
        return []
    if len(words) <= 60 and field_of(words.rstrip(" :")) and (words.endswith(":") or block.kind == "heading"):
        return [(words.rstrip(" :"), EMPTY)]
    cell = told_cell(block.text, block)
    return [one for one in answers_inside(cell) if ":" in block.text]


def _paragraphs(cell: Cell) -> Sequence[Paragraph]:
    return [block for block in cell.blocks if isinstance(block, Paragraph)]


def _begins(card: _Card, told: Sequence[tuple[str, Cell]]) -> bool:
    """Whether a line begins another risk: it names again what the card has, its reference or its title."""
    names = {field_of(label) for label, _answer in told}
    return bool(names & card.fields & {"reference", "title"})


def _goes_on(card: _Card, block: Paragraph) -> bool:
    """Whether a paragraph belongs to the label above it: a list, or words under a label that had none or takes many."""
    label, blocks, _place = card.rows[-1]
    return not blocks or block.kind == "item" or field_of(label) in _LONG
