"""The HTML reader: the words that a page shows, as a raw Document. Scripts, styles and hidden parts are no words.

Pure. Nothing is fetched: the parser knows no network, and no address in the page is followed.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from .cells import even
from .document import Block, Cell, Document, Kind, Paragraph, Place, Row, SetAside, Table, UnreadableFile
from .grid import EMPTY, Span, placed
from .html_parts import counted, entered, pairs_in, parted, rows_in, runs_along, stands_for, trimmed, whole
from .html_source import root_of
from .html_styles import BLOCK, HIDDEN_TAGS, hidden, marks_of
from .marks import PLAIN, Piece, blocks_from, common, marked, points, raised, words_of
from .running import START, looks_heading, typed_number

DEEPEST_TABLE = 20
HIDDEN = "Hidden in the page, so no part of its text"
_LABEL = re.compile(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]\Z")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a page. Raises UnreadableFile for one without words or out of bounds."""
    called = name or "The file"
    root = root_of(source, called)
    return _Page(root, called).document(name, sha256)


@dataclass
class _Open:
    """The paragraph under way: its pieces, and how its words are printed (item, heading, depth, marker)."""

    pieces: list[Piece] = field(default_factory=list)
    kind: Kind = "paragraph"
    level: int = 0
    depth: int = 0
    marker: str = ""
    number: str = ""
    marks: frozenset[str] = PLAIN


class _Page:
    """Walks the page, keeping count of tables and paragraphs."""

    def __init__(self, root: Any, called: str) -> None:
        self.root, self.called = root, called
        self.aside: list[SetAside] = []
        self.table, self.line, self.under, self.level = 0, 0, START, 0
        self.tables = 0
        self.lists: list[tuple[str, int]] = []
        self.open = _Open()
        self.into: list[Block] = []
        self.row: Place | None = None
        self.several = False  # the cell that is read holds more than one line
        self.last = ""  # the heading or caption that was read last
        self.label: tuple[str, list[Block]] | None = None  # a number standing alone, and where it stands

    def document(self, name: str, sha256: str) -> Document:
        blocks: list[Block] = []
        self.into = blocks
        self.element(self.root, PLAIN, False)
        self.end()
        self.unlabel()
        return Document(tuple(blocks), name, sha256, tuple(self.aside))

    def place(self) -> Place:
        return self.row or Place(line=self.line, under=self.under)

    # The walk

    def element(self, element: Any, marks: frozenset[str], keep: bool) -> None:
        """One element with all that stands in it; keep: white space is printed as it is (pre)."""
        tag = element.tag
        if not isinstance(tag, str) or tag in HIDDEN_TAGS:
            return
        if hidden(element):
            self.hide(even(_SPACE.sub(" ", element.text_content())))
            return
        marks = marks_of(element, marks)
        if tag == "table":
            self.read_table(element, marks)
        elif tag == "br":
            self.open.pieces.append(("\n", marks))
        elif tag in ("ul", "ol", "menu"):
            self.enlist(element, marks)
        elif tag == "img" and self.row is not None:
            self.text(f" {stands_for(element)} ", marks, keep)
        elif tag in ("input", "textarea", "select"):
            self.text(entered(element), marks, keep)
        elif tag in BLOCK:
            self.block(element, tag, marks, keep or tag == "pre")
        else:
            self.inside(element, marks, keep, lifted=tag == "sup")

    def hide(self, text: str) -> None:
        """Words that the page does not show; those said just before are no loss."""
        last = self.last if self.row is None else ""
        if text and text != last:
            self.aside.append(SetAside(Place(under=self.under), text[:2000], HIDDEN))

    def inside(self, element: Any, marks: frozenset[str], keep: bool, *, lifted: bool = False) -> None:
        self.text(raised(element.text or "") if lifted else element.text or "", marks, keep)
        for child in element:
            self.element(child, marks, keep)
            self.text(child.tail or "", marks, keep)

    def text(self, text: str, marks: frozenset[str], keep: bool) -> None:
        if text:
            self.open.pieces.append((text if keep else _SPACE.sub(" ", text), marks))

    def block(self, element: Any, tag: str, marks: frozenset[str], keep: bool) -> None:
        self.end()
        if tag in ("header", "footer") and runs_along(element):
            text = even(element.text_content())
            self.into.extend([Paragraph(text, Place(), text, marker="marking")] if text else [])
            return
        if tag == "dl" and self.row is None and (pairs := pairs_in(element)):
            self.into.append(self.rows(pairs, marks))
            return
        if re.fullmatch(r"h[1-6]", tag):
            self.open = _Open(kind="heading", level=int(tag[1]))
        elif tag in ("caption", "figcaption"):
            self.open = _Open(kind="heading", level=min(self.level + 1, 9), marks=frozenset(["caption"]))
        elif tag == "li":
            self.point(element)
        elif self.open.kind == "item" or (self.lists and tag in ("p", "div")):
            self.open = replace(self.open, pieces=[]) if self.open.kind == "item" else _Open()
        self.inside(element, marks, keep)
        self.end()

    def enlist(self, element: Any, marks: frozenset[str]) -> None:
        self.end()
        start = element.get("start", "")
        first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        self.lists.append((element.get("type", "1") if element.tag == "ol" else "", first - 1))
        self.inside(element, marks, False)
        self.end()
        self.lists.pop()
        self.open = _Open()

    def point(self, element: Any) -> None:
        kind, count = self.lists[-1] if self.lists else ("", 0)
        value = element.get("value", "")
        count = int(value) if re.fullmatch(r"\d{1,6}", value) else count + 1
        if self.lists:
            self.lists[-1] = (kind, count)
        depth = max(0, len(self.lists) - 1)
        number = counted(count, kind) if kind else ""
        self.open = _Open(kind="item", depth=depth, marker=f"{number}." if number else "•", number=number)

    def end(self) -> None:
        """The paragraph under way is whole: keep it."""
        done, self.open = self.open, _Open()
        if not "".join(text for text, _marks in done.pieces).strip():
            self.open = done if done.kind == "item" else self.open
            self.open.pieces = []
            return
        pieces = trimmed(done.pieces)
        raw = words_of(pieces).strip()
        if done.kind == "paragraph" and _LABEL.match(raw):
            self.unlabel()
            self.label = (raw, self.into)
            return
        self.line += self.row is None
        if self.label and (done.kind != "paragraph" or self.label[1] is not self.into):
            self.unlabel()
        if self.label:
            pieces, self.label = [(f"{self.label[0]} ", PLAIN), *pieces], None
        self.into.extend(self.told(pieces, done))

    def unlabel(self) -> None:
        """A number that no paragraph follows is a paragraph itself."""
        if self.label:
            raw, into = self.label
            into.append(Paragraph(raw, self.place(), raw))
            self.label = None

    def told(self, pieces: list[Piece], done: _Open) -> list[Paragraph]:
        raw = "".join(text for text, _marks in pieces).strip()
        if done.kind == "heading":
            return [self.heading(pieces, raw, done.level, done.marks)]
        if done.kind == "item":
            return points(pieces, self.place(), marker=done.marker, depth=done.depth, number=done.number)
        if self.row is None:
            label, rest = typed_number(raw, pieces) or ("", pieces)
            if looks_heading(raw, rest):
                return [self.heading(rest, raw, 0, PLAIN, label)]
            if label:
                place = replace(self.place(), paragraph=int(label) if label.isdigit() else 0)
                found = blocks_from(rest, place, starts=False)
                return [*(replace(block, number=label) for block in found[:1]), *found[1:]]
        return list(blocks_from(pieces, self.place(), starts=self.row is None or self.several))

    def heading(self, pieces: list[Piece], raw: str, level: int, marks: frozenset[str], label: str = "") -> Paragraph:
        text = self.last = even("".join(text for text, _marks in pieces))
        if level and "caption" not in marks:
            self.level = level
        if "caption" not in marks:
            self.under = text[:80]
        place = replace(self.place(), under=text[:80])
        found = Paragraph(text, place, raw, kind="heading", level=level or min(self.level + 1, 9), number=label)
        return marked(found, (common(pieces) | marks) - {"underline"})

    # Tables

    def read_table(self, element: Any, marks: frozenset[str]) -> None:
        self.end()
        self.unlabel()
        self.tables += 1
        if self.tables > DEEPEST_TABLE:
            raise UnreadableFile(
                f"{self.called} is not read: {self.place()}: tables stand within tables more than {DEEPEST_TABLE} deep. "
                "Take them apart."
            )
        lists, self.lists = self.lists, []
        rows = [row for row in rows_in(element) if not hidden(row)]
        cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
        for caption in element.iterchildren("caption"):
            self.element(caption, marks, False)
            self.end()
        framed = len(cells) == 1 and next(cells[0].iter("table"), None) is not None
        if framed:
            self.inside(cells[0], marks_of(cells[0], marks), False)
            self.end()
        elif rows:
            table = self.rows(rows, marks)
            self.into.extend([table] if table.rows else [])
        self.lists = lists
        self.tables -= 1

    def rows(self, rows: list[Any], marks: frozenset[str]) -> Table:
        outer = self.row
        if outer is None:
            self.table += 1
        at = Place(table=self.table, line=self.line, under=self.under)
        spans, places = [], []
        number = self.table
        for n, row in enumerate(rows, 1):
            self.line += outer is None
            place = outer or Place(table=number, row=n, line=self.line, under=self.under)
            places.append(place)
            cells = [cell for cell in row if cell.tag in ("td", "th", "dt", "dd")]
            spans.append([self.span(cell, place, marks_of(row, marks)) for cell in cells])
        self.row = outer
        made = zip(placed(spans), places, strict=True)
        return Table(tuple(Row(cells, place, "\t".join(one.raw for one in cells)) for cells, place in made), at)

    def span(self, element: Any, place: Place, marks: frozenset[str]) -> Span:
        if hidden(element):
            return Span(EMPTY)
        blocks: list[Block] = []
        outside = self.into, self.row, self.several
        self.into, self.row, self.several = blocks, place, parted(element)
        fill = {mark for mark in marks_of(element, PLAIN, fills=True) if mark.startswith("fill:")}
        self.inside(element, marks_of(element, marks), False)
        self.end()
        self.unlabel()
        self.into, self.row, self.several = outside
        held = [block for block in blocks if isinstance(block, Paragraph)]
        shared = set(held[0].marks).intersection(*(one.marks for one in held)) if held else set()
        raw = "\n".join(
            block.raw if isinstance(block, Paragraph) else "\n".join(row.raw for row in block.rows) for block in blocks
        )
        cell = Cell(tuple(blocks), raw, tuple(sorted(shared | fill))) if blocks or fill else EMPTY
        return Span(cell, whole(element.get("colspan")), whole(element.get("rowspan"), zero=65_534, most=65_534))
