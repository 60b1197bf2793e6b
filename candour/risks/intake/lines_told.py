"""Registers told in lines, without a table: a heading for each risk, "Label: answer", lists under a label. Pure.

They become cards, so that one reader reads both. Tried where no table of a paper reads as a register, and where cards go on
below their tables.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from candour.kernel.intake.document import Block, Cell, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.grid import EMPTY

from .card_actions import actions_of
from .card_rows import answers_inside, is_card, is_grid, labels_of, named, told_cell
from .labels import LISTS, field_of

_LABEL = re.compile(r"(?:^|(?<=\s))(?P<label>[A-Z][A-Za-z]*(?: [a-z]+){0,3})\s?:\s*")
_OTHER = re.compile(r"^(?P<label>[A-Z][A-Za-z’']*(?: [A-Za-z’']+){0,5}):\s+(?P<answer>\S.*)$")
_LONG = {*LISTS, "summary", "source", "effect", "information"}


@dataclass
class _Card:
    """The lines of one risk while they are gathered: label, its blocks, place."""

    rows: list[tuple[str, list[Paragraph], Place] | Row] = field(default_factory=list)
    said: list[Block] = field(default_factory=list)  # the blocks as printed, should it be no card

    @property
    def fields(self) -> set[str]:
        labels = [set(labels_of(one)) if isinstance(one, Row) else {field_of(one[0])} for one in self.rows]
        found = {name for names in labels for name in names if name}
        first = self.rows[0] if self.rows else None
        title = first.texts[0] if isinstance(first, Row) else first[0] if first else ""
        return found | ({"reference", "title"} if named(title) else set())

    def add(self, block: Paragraph) -> None:
        last = self.rows[-1]
        if not isinstance(last, Row):
            last[1].append(block)

    def open(self, bare: Collection[str]) -> bool:
        """Whether a line may belong to it: it has two lines, or a label that stands alone and waits for its answer."""
        last = self.rows[-1] if self.rows else None
        return len(self.rows) > 1 or (last is not None and not isinstance(last, Row) and last[0].casefold() in bare)

    def runs_on(self, block: Paragraph) -> bool:
        """Take a line that goes on in the middle of the sentence above it, as lines of a page do when they are copied."""
        last, said = self.rows[-1] if self.rows else None, self.said[-1] if self.said else None
        if last is None or isinstance(last, Row) or not isinstance(said, Paragraph):
            return False
        follows = 0 < said.place.line == block.place.line - 1 and block.kind == "paragraph"
        if not follows or not block.text[:1].islower() or _LABEL.match(block.text):
            return False
        label, blocks, place = last
        if blocks:
            blocks[-1] = replace(
                blocks[-1], text=_joined(blocks[-1].text, block.text), raw=f"{blocks[-1].raw}\n{block.raw}"
            )
        elif label.endswith(":") or field_of(label):
            return False
        else:
            self.rows[-1] = (_joined(label, block.text), blocks, place)
        self.said.append(block)
        return True

    def table(self) -> Table:
        rows: list[Row] = []
        for one in self.rows:
            if isinstance(one, Row):
                rows.append(one)
                continue
            label, blocks, place = one
            inside = Cell(tuple(blocks), "\n".join(block.raw for block in blocks)) if blocks else EMPTY
            rows.append(Row((told_cell(label, Paragraph(label, place)), inside), place, f"{label}\t{inside.raw}"))
        return Table(tuple(rows), rows[0].place)


def _joined(above: str, below: str) -> str:
    """Two lines of one sentence; a word that was broken with a hyphen is put together."""
    broken = re.search(r"[^\W\d]{2}-$", above)
    return f"{above[:-1]}{below}" if broken else f"{above} {below}"


def spills_over(document: Document) -> bool:
    """Whether cards go on below their tables: a line right after one is the label of a list (a paper saved as text)."""
    pairs = [(a, b) for a, b in pairwise(document.blocks) if isinstance(a, Table) and isinstance(b, Paragraph)]
    return any(_label_alone(after) in _LONG and is_card(table) for table, after in pairs)


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

    bare = _bare_labels(document)
    for block in document.blocks:
        if isinstance(block, Table):
            goes_on = is_card(block) or (bool(card.rows) and _of_card(block))
            if not goes_on or _again(card, block):
                close()
            if goes_on:
                card.said.append(block)
                card.rows += block.rows
            else:
                found.append(block)
            continue
        told = _labels_told(card, block, bare)
        if card.runs_on(block):
            continue
        if _title(block):
            close()
            card.said.append(block)
            card.rows.append((block.text, [], block.place))
        elif told:
            if _begins(card, told):
                close()
            card.said.append(block)
            card.rows += [(label, list(_paragraphs(answer)), block.place) for label, answer in told]
        elif len(card.rows) > 1 and (said := _other_label(card, block)):
            card.said.append(block)
            card.rows.append((said[0], list(_paragraphs(said[1])), block.place))
        elif card.open(bare) and block.kind != "heading" and _goes_on(card, block):
            card.said.append(block)
            card.add(block)
        else:
            close()
            found.append(block)
    close()
    return replace(document, blocks=tuple(found)) if cards else None


_FORMS = 2  # how often a label stands alone, at least, in a form that was filled in for several risks
_LABELS = 4


def _bare_labels(document: Document) -> set[str]:
    """Labels that stand on lines of their own without a colon, the answer of each on the next line: forms copied as text.

    Four different ones at least, each as often as the others.
    """
    lines = [block.text.strip() for block in document.blocks if isinstance(block, Paragraph)]
    times = Counter(
        line.casefold()
        for line, below in pairwise(lines)
        if len(line) <= 40 and field_of(line) and not line.endswith(":") and not field_of(below)
    )
    often = max(times.values(), default=0)
    found = {line for line, number in times.items() if number == often}
    fields = {field_of(line) for line in found}
    whole = often >= _FORMS and len(found) >= _LABELS and bool(fields & {"reference", "title"})
    return found if whole else set()


def _of_card(table: Table) -> bool:
    """Whether a table below the title of a risk tells of it: a grid of scores, what is to be done, labels and answers."""
    rows = [row for row in table.rows if row.width]
    return bool(rows) and (is_grid(table) or actions_of(rows[0], rows[1:]) is not None or all(map(labels_of, rows)))


def _title(block: Paragraph) -> bool:
    """Whether a heading, or a line like one, names a risk."""
    if block.kind != "heading" and not (len(block.text) <= 120 and not block.text.endswith(".")):
        return False
    return named(block.text) is not None and not field_of(block.text.partition(":")[0])


def _labels_told(card: _Card, block: Paragraph, bare: Collection[str]) -> list[tuple[str, Cell]]:
    """The labels of a line with their answers, where it is no item of a list that a label above it opened."""
    if block.text.casefold().strip() in bare:
        return [(block.text.strip(), EMPTY)]
    return _answers(block) if block.kind != "item" or block.marker == "row" or _stands_alone(card, block) else []


def _answers(block: Paragraph) -> list[tuple[str, Cell]]:
    """The labels of a line with their answers; a label alone ("Controls:", or a heading) has none."""
    if _label_alone(block) and (block.kind != "item" or block.marker == "row"):
        return [(block.text.strip(" :"), EMPTY)]
    if told := _several(block):
        return told
    cell = told_cell(block.text, block)
    return [one for one in answers_inside(cell) if ":" in block.text]


def _several(block: Paragraph) -> list[tuple[str, Cell]]:
    """The labels of a line that holds two or more, each with a short answer: "Impact: 5  Likelihood: 3  Score: 15".

    Strokes or semicolons part them surely; without, a label begins with a capital.
    """
    cells = [answers_inside(told_cell(part, block)) for part in re.split(r"\s*[|;]\s*", block.text)]
    if len(cells) > 1 and all(len(one) == 1 for one in cells):
        return [told for one in cells for told in one]
    found = list(_LABEL.finditer(block.text))
    known = [one for one in found if field_of(one["label"])]
    if len(known) < 2 or known != found or known[0].start():
        return []
    ends = [*(one.start() for one in known[1:]), len(block.text)]
    told = [(one["label"], block.text[one.end() : end].strip(" ;|,")) for one, end in zip(known, ends, strict=True)]
    if any(field_of(label) in _LONG or len(answer) > 60 for label, answer in told):
        return []
    return [(label, told_cell(answer, block)) for label, answer in told]


def _other_label(card: _Card, block: Paragraph) -> tuple[str, Cell] | None:
    """A label that no risk is known by, with its answer, among those of a card: "Target: 4 (impact 2 x likelihood 2)"."""
    found = _OTHER.match(block.text) if block.kind == "paragraph" and not block.number else None
    if found is None or (not isinstance(card.rows[-1], Row) and field_of(card.rows[-1][0]) in LISTS):
        return None
    return found["label"], told_cell(found["answer"], block)


def _stands_alone(card: _Card, block: Paragraph) -> bool:
    """Whether an item of a list is a fact of the risk above it, and none of a list that a label of the card opened."""
    last = card.rows[-1] if card.rows else None
    return (
        last is not None
        and not isinstance(last, Row)
        and field_of(last[0]) not in LISTS
        and bool(_LABEL.match(block.text))
    )


def _label_alone(block: Paragraph) -> str | None:
    """The field of a line that is a label and nothing else; of a list or long words also without a colon."""
    words = block.text.strip()
    name = field_of(words.rstrip(" :")) if len(words) <= 60 else None
    return name if words.endswith(":") or block.kind == "heading" or name in _LONG else None


def _again(card: _Card, table: Table) -> bool:
    """Whether a table begins another card: it names a reference, a title or an owner again."""
    fields = {name for row in table.rows for name in labels_of(row)}
    return bool(fields & card.fields & {"reference", "title", "owner"})


def _paragraphs(cell: Cell) -> Sequence[Paragraph]:
    return [block for block in cell.blocks if isinstance(block, Paragraph)]


def _begins(card: _Card, told: Sequence[tuple[str, Cell]]) -> bool:
    """Whether a line begins another risk: it names again what the card has, its reference or its title."""
    names = {field_of(label) for label, _answer in told}
    return bool(names & card.fields & {"reference", "title"})


def _goes_on(card: _Card, block: Paragraph) -> bool:
    """Whether a paragraph belongs to the label above it: a list, or words under a label that had none or takes many."""
    last = card.rows[-1]
    if isinstance(last, Row):
        return False
    label, blocks, _place = last
    return not blocks or block.kind == "item" or field_of(label) in _LONG
