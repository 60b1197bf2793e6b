"""The raw document: what a paper, workbook or CSV prints, each thing with its place; and what a reading of it says.

Pure Python. Readers make a Document from bytes; tidy joins what pages broke; an app makes a Reading of it. Nothing here
corrects: `raw` is the text exactly as printed, `text` the same with white space and damaged signs made even.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
Kind = Literal["paragraph", "heading", "item"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class UnreadableFile(ValueError):
    """A file that no reader takes. The message says what it is, where it is wrong, and what to do."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something is printed. Page, table and row count from 1; 0 stands for unknown or not applicable.

    A table counts within its page (within its paper or sheet where there are no pages), a row within its table; the row
    of a sheet is the number that the spreadsheet shows. `paragraph` is the printed number of a numbered paragraph,
    `line` the line of a text file. A paper without lines (Word, HTML) counts its paragraphs and rows as `line`, so that
    places follow each other, and is told by the heading that they stand `under`.
    """

    page: int = 0
    table: int = 0
    row: int = 0
    paragraph: int = 0
    line: int = 0
    sheet: str = ""
    under: str = ""

    def __str__(self) -> str:
        parts = [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"page {self.page}"] if self.page else []
        parts += [f"table {self.table}"] if self.table else []
        if self.row:
            parts.append(f"row {self.row}")
        elif self.paragraph:
            parts.append(f"paragraph {self.paragraph}")
        elif self.line and not self.table and not self.under:
            parts.append(f"line {self.line}")
        if self.under:
            parts.append(f"under “{self.under}”")
        said = ", ".join(parts) or "the whole paper"
        return said[0].upper() + said[1:]


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or list item. Depth 0 is the outermost list.

    marks, where the reader can tell them: "strike" (all its words struck through; where a part is, `struck` repeats the
    words struck and there is no mark), "bold" and "italic" (all its words), "colour:red" and "highlight:yellow" (names
    as in marks.py), "hidden", "caption", "footnote", "contents" (a line of a table of contents), "bidi" and "control"
    (signs that turn writing round, or that no page shows; the text has them as [U+202E]).
    """

    text: str
    place: Place = NOWHERE
    raw: str = ""
    kind: Kind = "paragraph"
    level: int = 0
    marker: str = ""
    depth: int = 0
    number: str = ""
    marks: tuple[str, ...] = ()
    struck: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: paragraphs, list items and nested tables, in the order printed.

    columns, rows: over how many the cell is printed. Every row has a cell for each column: where a merged cell covers a
    place, an empty cell stands there with columns 0 (covered from the left), rows 0 (from above), or both.
    marks: those that all its paragraphs share, "fill:amber" for the colour of its ground, "formula" where a workbook
    keeps no result of a formula (raw is then the formula).
    """

    blocks: tuple[Paragraph | Table, ...] = ()
    raw: str = ""
    marks: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1

    @cached_property
    def text(self) -> str:
        """All the words of the cell on one line."""
        return " ".join(part for part in (_words(block) for block in self.blocks) if part)

    @cached_property
    def items(self) -> tuple[Paragraph, ...]:
        """Paragraphs and list items, those of nested tables included (a row is one item, its cells joined by " | ")."""
        return tuple(_items(self.blocks))


@dataclass(frozen=True)
class Row:
    """A row of a table. Blank rows are kept, so that row numbers agree with what a person counts."""

    cells: tuple[Cell, ...]
    place: Place = NOWHERE
    raw: str = ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each cell."""
        return tuple(cell.text for cell in self.cells)

    @cached_property
    def width(self) -> int:
        """Cells up to the last one that holds something."""
        return max((n for n, text in enumerate(self.texts, 1) if text), default=0)


@dataclass(frozen=True)
class Table:
    """Rows in the order printed; the header, if any, is a row like the others."""

    rows: tuple[Row, ...]
    place: Place = NOWHERE


Block = Paragraph | Table


@dataclass(frozen=True)
class SetAside:
    """Something printed that is no part of any record: shown to the person, never dropped."""

    place: Place
    text: str
    why: str

    def as_json(self) -> dict[str, str]:
        return {"place": str(self.place), "text": self.text, "why": self.why}


@dataclass(frozen=True)
class Document:
    """A paper as read: blocks in the order printed. `name` and `sha256` tell which file it was."""

    blocks: tuple[Block, ...]
    name: str = ""
    sha256: str = ""
    set_aside: tuple[SetAside, ...] = ()

    @property
    def source(self) -> dict[str, str]:
        return {"file": self.name, "sha256": self.sha256}

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True)
class Finding:
    """Something that the paper contradicts itself in, or leaves unclear. `says` is as printed; nothing is corrected."""

    code: str
    severity: Severity
    place: Place | str
    reference: str
    says: str
    should: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code,
            "severity": self.severity,
            "place": str(self.place),
            "reference": self.reference,
            "says": self.says,
            "should": self.should,
            "message": self.message,
        }


@dataclass(frozen=True)
class Reading:
    """What a reader proposes for one paper. Nothing is saved until a person confirms it."""

    kind: str
    source: Mapping[str, str]
    meta: Mapping[str, Any]
    records: Sequence[Mapping[str, Any]]
    set_aside: Sequence[SetAside] = ()
    findings: Sequence[Finding] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The object that `candour read --json` prints: plain values only."""
        return {
            "kind": self.kind,
            "source": dict(self.source),
            "meta": dict(self.meta),
            "records": [dict(record) for record in self.records],
            "set_aside": [one.as_json() for one in self.set_aside],
            "findings": [one.as_json() for one in self.findings],
        }


def _words(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return " ".join(text for row in block.rows for text in row.texts if text)


def _items(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            words = " | ".join(text for text in row.texts if text)
            if words:
                yield Paragraph(words, row.place, row.raw or words, kind="item", marker="row")
