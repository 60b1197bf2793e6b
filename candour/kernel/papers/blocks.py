"""The blocks of a paper. Pure Python. Import them from candour.kernel.papers.document.

Text is cleaned once, on the way in: tabs become spaces, characters that no XML file may hold or that turn writing round
are taken out. A newline inside a run is a line break. What breaks a rule (a row that does not fill its columns, a
heading that skips a level, a colour without a word) raises ValueError when it is built, never when it is printed.
"""

import re
from dataclasses import dataclass

from candour.kernel.papers.svg import check_svg

TONES = ("", "high", "medium", "low", "red", "amber", "green", "blue", "plum", "grey")
ALIGNMENTS = ("left", "right", "centre")
KINDS = ("text", "reference", "number", "date", "score")  # a reference, number or date never breaks over two lines
LOOKS = ("plain", "compact", "matrix")
MARKERS = ("point", "update")

_BANNED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085\x0b\x0c]")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_LINK = re.compile(r"(https?://[^\s/]|mailto:[^\s]|#[A-Za-z]|/(?!/))\S*\Z")


def clean(text: str) -> str:
    """The text as every renderer may print it; newlines stay."""
    return _BANNED.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def clean_line(text: str) -> str:
    """The same on one line, without white space at its ends."""
    return " ".join(clean(text).split())


def anchor_for(reference: str) -> str:
    """A place name made of a reference: "OPCC 031/2" -> "r-OPCC-031-2"."""
    return "r-" + re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"{what} is {value!r}; it must be one of {', '.join(repr(word) for word in allowed)}")


def _set(part: object, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(part, name, value)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. link: an http(s) or mailto address, "#anchor" in this paper, or "/path" (on screen alone)."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        _set(self, text=clean(self.text))
        if self.link and not _LINK.match(self.link):
            raise ValueError(f"a link must be http, https, mailto, #anchor or /path, not {self.link!r}")


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a number it is printed as "3." with a hanging indent."""

    words: Words
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list, with the points beneath it."""

    words: Words
    items: "tuple[Item, ...]" = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. marker "update" is for dated updates: the text paper marks them ➤, as board papers do."""

    items: tuple[Item, ...]
    marker: str = "point"

    def __post_init__(self) -> None:
        _one_of(self.marker, MARKERS, "marker")


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1 to 4 beneath the title; number is a label such as "Appendix A"; anchor makes it a target of links."""

    level: int
    text: str
    number: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        _set(self, text=clean_line(self.text), number=clean_line(self.number))
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")
        if not self.label:
            raise ValueError("a heading has words")
        _check_anchor(self.anchor)

    @property
    def label(self) -> str:
        return ": ".join(part for part in (self.number, self.text) if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: badge is the figure printed before the words ("16" of "16 High"); the tone colours what the words say."""

    blocks: tuple[Paragraph | Bullets, ...] = ()
    badge: str = ""
    tone: str = ""
    span: int = 1

    def __post_init__(self) -> None:
        _set(self, badge=clean_line(self.badge))
        _one_of(self.tone, TONES, "tone")
        if self.tone and not any(_says_something(block) for block in self.blocks):
            raise ValueError("a colour only repeats a word: a cell with a tone has words")
        if self.span < 1:
            raise ValueError("a cell spans one column or more")


@dataclass(frozen=True, slots=True)
class Column:
    """width is a share of the table's width, in whole numbers."""

    header: str
    width: int = 10
    align: str = "left"
    kind: str = "text"

    def __post_init__(self) -> None:
        _set(self, header=clean_line(self.header))
        _one_of(self.align, ALIGNMENTS, "align")
        _one_of(self.kind, KINDS, "kind")
        if self.width < 1:
            raise ValueError("a column has a width of 1 or more")


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A line of words across the table, above the rows that it names."""

    text: str

    def __post_init__(self) -> None:
        _set(self, text=clean_line(self.text))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one header row, which is repeated on every page. row_headers: the first cell names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row | Group, ...]
    look: str = "compact"
    row_headers: bool = True

    def __post_init__(self) -> None:
        _set(self, caption=clean_line(self.caption))
        _one_of(self.look, LOOKS, "look")
        if not self.caption:
            raise ValueError("a table has a caption")
        if not self.columns:
            raise ValueError(f"table {self.caption!r} has no columns")
        for row in self.rows:
            if isinstance(row, Row):
                _check_span(row.cells, len(self.columns), self.caption)


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Cell

    def __post_init__(self) -> None:
        _set(self, label=clean_line(self.label))


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values, one to a line."""

    facts: tuple[Fact, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        _set(self, caption=clean_line(self.caption))


@dataclass(frozen=True, slots=True)
class Detail:
    """One record in full: short facts across (columns over one line of cells), long facts beneath.

    The first of the facts, its title, names the block to screen readers and is repeated where it runs over a page.
    """

    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        if not self.columns or not self.facts:
            raise ValueError("a detail has columns and facts")
        _check_span(self.cells, len(self.columns), self.facts[0].label)

    @property
    def name(self) -> str:
        title = [
            run.text for block in self.facts[0].value.blocks if isinstance(block, Paragraph) for run in block.words
        ]
        return clean_line(f"{self.facts[0].label}: {''.join(title)}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (SVG with presentation attributes, no scripts or styles), said again in words and as a table."""

    svg: str
    title: str
    description: str
    table: Table | None = None

    def __post_init__(self) -> None:
        _set(self, title=clean_line(self.title), description=clean_line(self.description))
        if not self.title or not self.description:
            raise ValueError("a figure has a title and a description")
        check_svg(self.svg)


@dataclass(frozen=True, slots=True)
class Note:
    """Words set apart: a warning or an explanation."""

    words: Words


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a page, lying (landscape) or standing, until the next one."""

    landscape: bool = False


Block = Heading | Paragraph | Bullets | Table | Facts | Detail | Figure | Note | PageBreak


def _check_span(cells: tuple[Cell, ...], columns: int, caption: str) -> None:
    filled = sum(cell_.span for cell_ in cells)
    if filled != columns:
        raise ValueError(f"a row of {caption!r} fills {filled} columns of {columns}")


def _check_anchor(anchor: str) -> None:
    if anchor and not _ANCHOR.match(anchor):
        raise ValueError(f"an anchor is letters, figures, - and _, beginning with a letter, not {anchor!r}")


def _says_something(block: Paragraph | Bullets) -> bool:
    runs = block.words if isinstance(block, Paragraph) else [run for item in block.items for run in item.words]
    return any(run.text.strip() for run in runs)
