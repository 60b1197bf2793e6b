"""A paper as one stream of lines, whatever its form: the paragraphs of a text, or the cells of a table one after another.

Pure. Trackers tell each recommendation as a story in a cell, or in a column of cells; saved as text, the cells become
lines. Read as a stream, both are the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .cells import even
from .document import NOWHERE, Block, Document, Paragraph, Place, Table

# What word processors leave in text: names of places in the file, which no reader of the paper sees.
_UNPRINTED = re.compile(r"\[bookmark: [^\]]*\]")
_EMPHASIS = re.compile(r"^(?:\*{2}|__)(.+?)(?:\*{2}|__)(?=\s|$)")


@dataclass(frozen=True)
class Line:
    """A line. `number` and `marker` as printed before its words; `cell` counts from 1 in a row, 0 outside tables.

    opens: it begins a cell. turns: it begins a page or slide of a file that was saved as text.
    """

    words: str
    place: Place = NOWHERE
    kind: str = "paragraph"
    number: str = ""
    marker: str = ""
    cell: int = 0
    opens: bool = False
    turns: bool = False

    @property
    def text(self) -> str:
        """The words with their number: "4.2 Sample checks"."""
        return f"{self.number}. {self.words}" if self.number else self.words


def lines_of(document: Document) -> list[Line]:
    """Every printed line of a tidied document, in its order. Lines without words are left out."""
    return [line for block in document.blocks for line in _lines(block)]


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block, 0, opens=False)
        return
    for row in block.rows:
        for n, cell in enumerate(row.cells, 1):
            opens = True
            for item in cell.items:
                for line in _paragraph(item, n, opens=opens):
                    yield line
                    opens = False


def _paragraph(block: Paragraph, cell: int, *, opens: bool) -> Iterator[Line]:
    words = even(_UNPRINTED.sub("", block.text)).strip()
    words = _EMPHASIS.sub(r"\1", words).strip("#") if words.startswith(("*", "_", "#")) else words
    if words:
        turns = not cell and block.raw[:1] in (" ", "\x0c") and block.raw[1:2] not in ("", " ")
        yield Line(words.strip(), block.place, block.kind, block.number, block.marker, cell, opens, turns)


def tables_of(document: Document) -> list[Table]:
    """The tables that are tables: two rows and two columns at least. (A cell saved as text looks like a row of one.)"""
    return [table for table in document.tables if sum(sum(map(bool, row.texts)) > 1 for row in table.rows) > 1]
