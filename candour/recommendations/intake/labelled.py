"""Recommendations set out as cards of labels and values; and as lines of both. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from candour.audits.intake.words import read_priority
from candour.kernel.intake.document import Cell, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.mapping import Headings
from candour.kernel.intake.wrapped import carries_on, on_one_line

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
_OVER = {"audit", "audit_date", "opinion"}  # fields that name an audit, and no recommendation
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


Said = tuple[str, str, Paragraph]  # a label, its value, where it stands


def as_cards(document: Document) -> Document | None:
    """The same document with its lines of label and value as tables of such; None where they make no card."""
    lines = _Lines()
    for block in document.blocks:
        lines.take(block)
    found = tuple(lines.made())
    tables = [block for block in found if isinstance(block, Table) and block.rows and cards_of(block)]
    return Document(found, document.name, document.sha256, document.set_aside) if tables else None


class _Lines:
    """Walks the blocks of a document, gathering lines of label and value into cards."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table | list[Said]] = []
        self.inside = False
        self.last = 0  # the line of the text that was taken last

    @property
    def card(self) -> list[Said]:
        return next(one for one in reversed(self.blocks) if isinstance(one, list))

    def take(self, block: Paragraph | Table) -> None:
        if isinstance(block, Table):
            self._leave(block)
        elif titled := _titled(block) or _numbers(block):
            self.blocks.append([(label, words, block) for label, words in titled])
            self.inside = True
        elif pair := _said(block):
            self._pairs(block, _several(block) or [pair])
        elif self.inside and block.kind != "heading" and self.card:
            label, value, at = self.card[-1]
            self.card[-1] = (label, self._joined(value, block), at)
        else:
            self._leave(block)
        self.last = block.place.line or 0

    def _leave(self, block: Paragraph | Table) -> None:
        self.inside = False
        self.blocks.append(block)

    def _joined(self, value: str, block: Paragraph) -> str:
        """A value with the line that follows it: of a sentence that the end of a line parted the same line."""
        directly = bool(block.place.line) and block.place.line == self.last + 1 and block.kind == "paragraph"
        if directly and carries_on(value, block.text):
            return on_one_line(value, block.text)
        return f"{value}\n{block.text}".strip()

    def _pairs(self, block: Paragraph, pairs: list[tuple[str, str]]) -> None:
        for said in pairs:
            if not self.inside or _opens(said[0], self.card, heads=block.kind == "heading"):
                self.blocks.append([])
            self.inside = True
            kept = [one for one in self.card if one[1] or field_of(one[0]) != field_of(said[0])]
            self.card[:] = [*kept, (*said, block)]

    def made(self) -> Iterator[Paragraph | Table]:
        """The blocks with each card as a table. What only names an audit stands over the cards below it, as printed."""
        for block in self.blocks:
            if not isinstance(block, list):
                yield block
            elif {field_of(label) for label, _value, _at in block} <= _OVER:
                yield from dict.fromkeys(at for _label, _value, at in block)
            else:
                yield _as_table(block)


def _numbers(block: Paragraph) -> list[tuple[str, str]]:
    """The labels and values of a line that only numbers what follows: "Recommendation 2 (Medium)"."""
    opens = _COUNTED.match(block.text) if _said(block) is None else None
    if opens is None or not (opens["priority"] is None or read_priority(opens["priority"])):
        return []
    found = [("Reference", opens["number"].strip(" .")), ("Priority", opens["priority"] or ""), ("Recommendation", "")]
    return [one for one in found if one[1] or one[0] != "Priority"]


def _titled(block: Paragraph) -> list[tuple[str, str]]:
    """The labels and values of a line that names a card: number, heading, grade; nothing for any other."""
    found = _TITLED.match(block.text)
    if found is None or not read_priority(found["priority"]):
        return []
    return [("Reference", found["number"].strip(" .")), ("Heading", found["heading"]), ("Priority", found["priority"])]


def _opens(label: str, card: Sequence[Said], *, heads: bool) -> bool:
    """Whether a label begins another card: the card has one of its field, a text in the same words. heads: it is a heading."""
    name = field_of(label)
    if heads and name == "audit" and len(card) >= _LEAST:
        return True
    same = [
        other for other, value, *_ in card if field_of(other) == name and value
    ]  # one that only numbers it says nothing yet
    return name in _BEGINS and any(name != "text" or other.casefold() == label.casefold() for other in same)


def _several(block: Paragraph) -> list[tuple[str, str]]:
    """The labels and values of a line that holds several: "Priority: High; Owner: Head of Fleet; Due: June 2025"."""
    parts = re.split(r"\s*[;|]\s*", block.text)
    found = [_LINE.match(part) for part in parts]
    if len(parts) < 2 or not all(one and heads(one["label"].strip()) for one in found):
        return []
    return [(one["label"].strip(), one["value"].strip()) for one in found if one]


def _said(block: Paragraph) -> tuple[str, str] | None:
    if found := _STATED.match(block.text):
        return ("Recommendation", block.text)
    found = _LINE.match(block.text)
    return (found["label"].strip(), found["value"].strip()) if found and field_of(found["label"].strip()) else None


def _as_table(card: Sequence[Said]) -> Table:
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
