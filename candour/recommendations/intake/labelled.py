"""Recommendations set out as cards of labels and values, as other offices lay them out; and as lines of both. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from candour.audits.intake.words import read_priority
from candour.kernel.intake.document import Cell, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.mapping import Headings

from .columns import STRONG, field_of, headings_of, heads, is_header
from .sources import source_of

Cards = list[tuple[Headings, Row, str]]
_BEGINS = ("reference", "text", "heading", "audit")
_LINE = re.compile(r"^(?P<label>[A-Z][^:?]{1,60})\s*[:?]\s*(?P<value>.*)$")
# "Cause of concern 2: The force does not ..." states what is asked, and begins it.
_STATED = re.compile(
    r"^(?P<label>causes? of concern|areas? for improvement|afi|recommendation)\s*(?:no\.?\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?|[A-Z]{1,3}\d{1,3})"
    r"\s*[:.–—-]\s*(?P<text>\S.{15,})$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^(?:recommendation|rec|action|agreed action|finding)\s*(?:no\.?\s*)?(?P<number>[A-Z]{0,4}[-/ ]?\d[\d.]*)\s*"
    r"(?:[–:-]?\s*\(?(?P<priority>[A-Za-z0-9][\w ]{0,24}?)(?:\s+priority)?\)?)?\W*$",
    re.IGNORECASE,
)
# "Recommendation 1.1: Leavers (High priority)" over a card names it: its number, its heading, its grade.
_TITLED = re.compile(
    r"^(?:recommendation|rec|action|agreed action|finding)\s*(?:no\.?\s*)?(?P<number>[A-Z]{0,4}[-/ ]?\d[\d.]*)\s*[:.–-]\s*"
    r"(?P<heading>[^():]{2,90}?)\s*[(\[](?P<priority>[A-Za-z0-9][\w ]{0,24}?)[)\]]\W*$",
    re.IGNORECASE,
)
# "Recommendation (High)" beside what is recommended.
_GRADED = re.compile(
    r"^(?P<label>(?:agreed )?actions?|recommendations?)\s*[(\[](?P<priority>[\w ]{1,30})[)\]]\W*$", re.IGNORECASE
)
_LEAST = 3  # labels that make a card


@dataclass
class Card:
    """Labels with their cells in the order printed, and the words over them."""

    title: str = ""
    pairs: list[tuple[str, Cell]] = field(default_factory=list)
    place: Place | None = None

    @property
    def fields(self) -> list[str | None]:
        return [field_of(label) for label, _cell in self.pairs]

    def begins(self, label: str) -> bool:
        """Whether a label begins the next card: it stands here already, and a card has one of it."""
        name = field_of(label)
        fields = self.fields
        if not self.pairs or name in (None, "updates") or (name == "text" and not _again(label, self.pairs)):
            return False
        return name in fields and (name in _BEGINS or name == fields[0]) and len(set(fields)) >= _LEAST

    def whole(self) -> bool:
        known = {name for name in self.fields if name}
        named = known & {"text", "heading"} or (known & {"reference"} and self.title)
        return len(known) >= _LEAST and bool(named) and bool(known & STRONG)

    def read(self) -> tuple[Headings, Row, str]:
        labels = Row(tuple(_cell(label) for label, _value in self.pairs), self.place or Place())
        row = Row(tuple(value for _label, value in self.pairs), self.place or Place())
        return headings_of(labels, [row]), row, self.title


def _again(label: str, pairs: Sequence[tuple[str, object]]) -> bool:
    """Whether a label stands in a card already, in the same words: an agreed action below a recommendation answers it."""
    return any(label.casefold() == other.casefold() for other, _cell in pairs)


def _cell(words: str) -> Cell:
    return Cell((Paragraph(words, raw=words),), raw=words)


def cards_of(table: Table) -> Cards:
    """The cards of a table; none where it is no table of labels and values."""
    rows = [row for row in table.rows if row.width]
    labelled = sum(_label(row.texts[0]) is not None or bool(_COUNTED.match(row.texts[0])) for row in rows)
    if labelled < 2 or labelled * 3 < len(rows) or _is_sheet(rows):
        return []
    return [card.read() for card in _cards(rows) if card.whole()]


def _is_sheet(rows: Sequence[Row]) -> bool:
    """Headings over more than one row of values: the cells below them are no labels."""
    for n, row in enumerate(rows):
        if is_header(row):
            return n + 2 < len(rows) and _label(rows[n + 2].texts[0]) is None
    return False


def _label(text: str) -> str | None:
    """The field of a label, without the colon behind it."""
    return heads(text.rstrip(" :?"))


def _cards(rows: Sequence[Row]) -> Iterator[Card]:
    card = Card()
    queue = list(rows)
    while queue:
        row = queue.pop(0)
        pairs = list(_pairs(row, queue))
        if not pairs:
            title = next(filter(None, row.texts), "")
            if card.pairs and card.whole():
                yield card
                card = Card()
            if card.pairs:
                label, value = card.pairs[-1]
                card.pairs[-1] = (label, Cell((*value.blocks, *row.cells[0].blocks), f"{value.raw}\n{row.raw}"))
            else:
                card.title = title
            continue
        for label, value in pairs:
            if card.begins(label):
                yield card
                card = Card()
            card.pairs.append((label, value))
            card.place = card.place or row.place
    yield card


def _pairs(row: Row, queue: list[Row]) -> Iterator[tuple[str, Cell]]:
    """The labels of a row with their values: beside them, or in the row below where they stand alone."""
    filled = [n for n, text in enumerate(row.texts) if text]
    known = [n for n in filled if _label(row.texts[n])]
    below = queue[0] if queue else None
    alone = len(known) == len(filled) and below is not None and not any(_label(text) for text in below.texts if text)
    if known and alone and (len(filled) > 1 or (len(filled) == 1 and row.cells[filled[0]].columns > 1)):
        values = queue.pop(0)
        for n in filled:
            value = values.cells[n] if n < len(values.cells) else Cell()
            yield row.texts[n].rstrip(" :?"), value
        return
    if len(filled) == 2 and (graded := _GRADED.match(row.texts[filled[0]])) and read_priority(graded["priority"]):
        yield "Priority", _cell(graded["priority"])
        yield graded["label"], row.cells[filled[1]]
        return
    if len(filled) == 2 and known[:1] == filled[:1]:  # a label and its value, which may be the word of a label
        yield row.texts[filled[0]].rstrip(" :?"), row.cells[filled[1]]
        return
    if len(filled) == 2 and (number := _COUNTED.match(row.texts[filled[0]])):  # "Recommendation 4" beside its text
        yield "Reference", _cell(number["number"].strip(" ."))
        if priority := number["priority"]:
            yield "Priority", _cell(priority)
        yield "Recommendation", row.cells[filled[1]]
        return
    n = 0
    while n < len(row.cells):
        if row.texts[n] and (_label(row.texts[n]) or _apart(row, n)):
            beside = n + max(1, row.cells[n].columns)
            if beside < len(row.cells) and not (row.texts[beside] and _label(row.texts[beside])):
                yield row.texts[n].rstrip(" :?"), row.cells[beside]
                n = beside
        n += 1


def _apart(row: Row, n: int) -> bool:
    """A label that is not known, with a colon or alone before one value."""
    return n == 0 and row.width == 2 and len(row.texts[0]) <= 40 and row.cells[0].columns == 1


def as_cards(document: Document) -> Document | None:
    """The same document with its lines of label and value as tables of such; None where they make no card."""
    cards: list[list[tuple[str, str, Paragraph]]] = []
    inside = False
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        titled = _titled(block)
        if titled and isinstance(block, Paragraph):
            cards.append([(label, words, block) for label, words in titled])
            blocks.append(Table((), block.place))
            inside = True
            continue
        pairs = _several(block)
        pair = _said(block) if isinstance(block, Paragraph) else None
        opens = _COUNTED.match(block.text) if isinstance(block, Paragraph) and pair is None else None
        if opens and isinstance(block, Paragraph) and (opens["priority"] is None or read_priority(opens["priority"])):
            cards.append([("Reference", opens["number"].strip(" ."), block)])
            cards[-1] += [("Priority", opens["priority"], block)] if opens["priority"] else []
            cards[-1].append(("Recommendation", "", block))
            blocks.append(Table((), block.place))
            inside = True
            continue
        if pair is None and inside and isinstance(block, Paragraph) and block.kind != "heading" and cards[-1]:
            label, value, at = cards[-1][-1]
            cards[-1][-1] = (label, f"{value}\n{block.text}".strip(), at)
            continue
        if pair is None:
            inside = False
            blocks.append(block)
            continue
        for said in pairs or [pair]:
            if not inside or _opens(said[0], cards[-1]):
                cards.append([])
                blocks.append(Table((), block.place if isinstance(block, Paragraph) else Place()))
            inside = True
            cards[-1] = [one for one in cards[-1] if one[1] or field_of(one[0]) != field_of(said[0])]
            cards[-1].append((*said, block))  # type: ignore[arg-type]
    made = iter([_as_table(card) for card in cards])
    found = tuple(next(made) if isinstance(block, Table) and not block.rows else block for block in blocks)
    tables = [block for block in found if isinstance(block, Table) and block.rows and cards_of(block)]
    return Document(found, document.name, document.sha256, document.set_aside) if tables else None


def _titled(block: Paragraph | Table) -> list[tuple[str, str]]:
    """The labels and values of a line that names a card: number, heading, grade; nothing for any other."""
    found = _TITLED.match(block.text) if isinstance(block, Paragraph) else None
    if found is None or not read_priority(found["priority"]):
        return []
    return [("Reference", found["number"].strip(" .")), ("Heading", found["heading"]), ("Priority", found["priority"])]


def _opens(label: str, card: Sequence[tuple[str, str, Paragraph]]) -> bool:
    """Whether a label begins another card: the card has one of its field, a text in the same words."""
    name = field_of(label)
    same = [
        other for other, value, *_ in card if field_of(other) == name and value
    ]  # one that only numbers it says nothing yet
    return name in _BEGINS and any(name != "text" or other.casefold() == label.casefold() for other in same)


def _several(block: Paragraph | Table) -> list[tuple[str, str]]:
    """The labels and values of a line that holds several: "Priority: High; Owner: Head of Fleet; Due: June 2025"."""
    parts = re.split(r"\s*[;|]\s*", block.text) if isinstance(block, Paragraph) else []
    found = [_LINE.match(part) for part in parts]
    if len(parts) < 2 or not all(one and heads(one["label"].strip()) for one in found):
        return []
    return [(one["label"].strip(), one["value"].strip()) for one in found if one]


def _said(block: Paragraph) -> tuple[str, str] | None:
    if found := _STATED.match(block.text):
        return ("Recommendation", block.text)
    found = _LINE.match(block.text)
    return (found["label"].strip(), found["value"].strip()) if found and field_of(found["label"].strip()) else None


def _as_table(card: Sequence[tuple[str, str, Paragraph]]) -> Table:
    rows = []
    for label, value, at in card:
        stated = _STATED.match(value)
        if stated and label == "Recommendation":
            source = source_of(stated["label"])
            rows += [_row("Reference", stated["number"], at), _row("Recommendation", stated["text"], at)]
            rows += [_row("Source", stated["label"], at)] if source else []
        else:
            rows.append(_row(label, value, at))
    return Table(tuple(rows), card[0][2].place)


def _row(label: str, value: str, at: Paragraph) -> Row:
    lines = tuple(Paragraph(words, at.place, words) for words in value.split("\n") if words)
    return Row((_cell(label), Cell(lines, value)), at.place, f"{label}: {value}")
