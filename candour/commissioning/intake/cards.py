"""Contracts and grants set out one to a card, as labels and answers in small tables or in lines, as rows of one table. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from candour.commissioning.intake.columns import field_of, known_in
from candour.kernel.intake.document import Block, Cell, Document, Paragraph, Place, Row, Table

_LINE = re.compile(r"^(?P<label>[^\W\d][^:\n]{1,60}?)\s*:\s*(?P<answer>\S.*)$")
_WORTH = {"value", "value_a_year", "start", "end", "period"}
_LEAST = 4  # labels that make a card


@dataclass
class _Card:
    """The labels of one agreement with their cells, and the blocks as printed, should it be no card."""

    place: Place = field(default_factory=Place)
    pairs: list[tuple[str, Cell]] = field(default_factory=list)
    said: list[Block] = field(default_factory=list)

    def whole(self) -> bool:
        fields = known_in([label for label, _cell in self.pairs], "register")
        return (
            len(fields) >= _LEAST
            and "supplier" in fields
            and bool({"title", "reference"} & fields)
            and bool(fields & _WORTH)
        )

    def has(self, label: str) -> bool:
        return any(label.casefold() == other.casefold() for other, _cell in self.pairs)


def registered(document: Document) -> Document:
    """The document with the cards that follow each other as one table of headings and rows; itself where it has none."""
    found: list[Block] = []
    run: list[_Card] = []
    for one in _parts(document.blocks):
        if isinstance(one, _Card) and one.whole():
            run.append(one)
            continue
        if run and isinstance(one, Paragraph) and (one.kind == "heading" or not one.text):
            found.append(one)  # what stands between two cards names the next, and ends no run of them
            continue
        if run:
            found.append(_table(run))
            run = []
        found += one.said if isinstance(one, _Card) else [one]
    if run:
        found.append(_table(run))
    return replace(document, blocks=tuple(found))


def _parts(blocks: Sequence[Block]) -> Iterator[_Card | Block]:
    """Cards out of tables of two columns, or four, and out of lines that begin with a label; every other block as it is."""
    card = _Card()
    for block in blocks:
        if isinstance(block, Table):
            pairs = list(_pairs(block))
            if card.said:
                yield card
                card = _Card()
            yield _Card(block.rows[0].place, pairs, [block]) if pairs else block
            continue
        told = _LINE.match(block.text)
        label = told["label"].strip() if told else ""
        if told and field_of(label):
            if card.has(label):
                yield card
                card = _Card()
            card.place = card.place if card.said else block.place
            answer = told["answer"].strip()
            card.pairs.append((label, Cell((Paragraph(answer, block.place, answer),), answer)))
            card.said.append(block)
        else:
            if card.said:
                yield card
                card = _Card()
            yield block
    if card.said:
        yield card


def _pairs(table: Table) -> Iterator[tuple[str, Cell]]:
    """Label and answer of each row, side by side; nothing where a row is none of such, or a label stands twice."""
    rows = [row for row in table.rows if row.width]
    labels = [text.rstrip(" :") for row in rows for text in row.texts[: row.width : 2]]
    known = [label for label in labels if field_of(label)]
    if any(row.width > 4 for row in rows) or len(known) * 2 < len(labels) or len({*labels}) < len(labels):
        return
    for row in rows:
        for label, cell in zip(row.cells[::2], row.cells[1::2], strict=False):
            if label.text and cell.text:
                yield label.text.rstrip(" :"), cell


def _table(cards: Sequence[_Card]) -> Table:
    heads = list(dict.fromkeys(label for card in cards for label, _cell in card.pairs))
    head = Row(tuple(Cell((Paragraph(one, cards[0].place, one),), one) for one in heads), cards[0].place)
    rows = []
    for card in cards:
        cells = dict(card.pairs)
        rows.append(Row(tuple(cells.get(one, Cell()) for one in heads), card.place))
    return Table((head, *rows), cards[0].place)
