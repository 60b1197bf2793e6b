"""The Word reader (.docx, .docm): its visible text as a raw Document.

Pure. Works on the XML elements, which is what makes a register of 1,000 risks quick. Deleted (tracked) and hidden words
are no text: they are set aside with why. Text inserted by tracking, in controls, links and boxes is text like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .archive import RELATION, Archive
from .cells import even
from .document import Block, Document, Paragraph, Place, SetAside, Table, UnreadableFile
from .marks import Piece, blocks_from, common, marked, points
from .running import START, looks_heading, tabbed, typed_number
from .tabs import Tabs
from .word_runs import DEEPEST, MC, Words, words_of
from .word_styles import VAL, Numbering, Style, Styles, W, list_of, outline_of
from .word_tables import WordTables

DELETED = "Deleted in the paper (a tracked change), so no part of its text"
HIDDEN = "Hidden in the paper (formatted as hidden), so no part of its text"
COMMENT = "A comment in the margin, no part of the text"
EMBEDDED = "A file embedded in the paper: open it on its own to read it in"
MACROS = "Macros are neither run nor read"
_THROUGH = {W + tag for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent")}
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "o": "◦", "\uf0d8": "➤", "\uf0fc": "✓", "": "•"}


def read_word(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a Word file. Raises UnreadableFile for one that is damaged, protected or out of bounds."""
    archive = Archive(source, name or "The file")
    main = next(iter(archive.related("", "officeDocument")), "word/document.xml")
    if main not in archive:
        raise archive.damaged("it has no text part")
    body = archive.xml(main).find(W + "body")
    if body is None:
        raise archive.damaged(main)
    return _Body(archive, main).document(body, name, sha256)


class _Body:
    """Walks the body, keeping count of pages, tables and paragraphs."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive, self.main = archive, main
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)
        self.comments = self._texts("comments", "comment")
        self.notes = {kind: self._texts(kind, kind[:-1]) for kind in ("footnotes", "endnotes")}
        self.blocks: list[Block] = []
        self.aside: list[SetAside] = []
        self.footnotes: list[Block] = []
        self.page, self.table, self.line, self.under, self.level = 0, 0, 0, START, 0
        self.tables = WordTables(self)
        self.tabs = Tabs()

    def _part(self, kind: str) -> Any:
        found = self.archive.related(self.main, kind)
        return self.archive.xml(found[0]) if found else None

    def _texts(self, kind: str, tag: str) -> dict[str, str]:
        """Identifier -> words of each comment or note."""
        root = self._part(kind)
        if root is None:
            return {}
        return {one.get(W + "id", ""): said(one) for one in root.iter(W + tag) if not one.get(W + "type")}

    def document(self, body: Any, name: str, sha256: str) -> Document:
        printed = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
        self.turns = "printed" if printed else "asked"
        asked = (one.get(W + "type") == "page" for one in body.iter(W + "br"))
        breaks = printed or any(asked) or next(body.iter(W + "pageBreakBefore"), None) is not None
        self.page = 1 if breaks else 0
        heads, feet = self._running("headerReference", body), self._running("footerReference", body)
        self.blocks.extend(heads)
        self.walk(body, self.blocks, 0)
        self.untab(self.blocks)
        self.blocks.extend([*self.footnotes, *feet])
        self._embedded()
        return Document(tuple(self.blocks), name, sha256, tuple(self.aside))

    def _running(self, tag: str, body: Any) -> list[Block]:
        """The words of headers or footers, each once: page markings."""
        relations = self.archive.relations(self.main)
        parts = dict.fromkeys(relations.get(one.get(RELATION, ""), ("", ""))[1] for one in body.iter(W + tag))
        texts = [line for part in parts if part in self.archive for line in said(self.archive.xml(part)).split("\n")]
        return [Paragraph(text, Place(), text, marker="marking") for text in dict.fromkeys(filter(None, texts))]

    def _embedded(self) -> None:
        kinds = {"package", "oleObject", "aFChunk"}
        for kind, part in self.archive.relations(self.main).values():
            if kind in kinds:
                self.aside.append(SetAside(Place(), part.rsplit("/", 1)[-1], EMBEDDED))
            elif kind == "vbaProject":
                self.aside.append(SetAside(Place(), "Macros", MACROS))

    # The walk

    def walk(self, parent: Any, into: list[Block], deep: int) -> None:
        """The paragraphs and tables of the body, a control or a text box."""
        if deep > DEEPEST:
            raise UnreadableFile(f"{self.archive.called} is not read: its parts are nested more than {DEEPEST} deep.")
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, into, deep)
            elif tag == W + "tbl":
                self._table(child, into, deep)
            elif tag in _THROUGH:
                self.walk(child, into, deep + 1)
            elif tag == W + "sdt":
                for content in child.iterchildren(W + "sdtContent"):
                    self.walk(content, into, deep + 1)
            elif tag in (W + "del", W + "moveFrom"):
                self.put_aside(said(child, deleted=True), DELETED)
            elif tag == MC + "AlternateContent" and len(child):
                self.walk(child[0], into, deep + 1)

    def _table(self, element: Any, into: list[Block], deep: int) -> None:
        inner = self.tables.only_cell(element)
        if inner is not None:
            self.walk(inner, into, deep + 1)
            return
        self.untab(into)
        self.table += 1
        table = self.tables.read(element, deep)
        if table.rows:
            into.append(table)
        else:
            self.table -= 1

    def untab(self, into: list[Block]) -> None:
        """Give the paragraphs laid out with tabs that came before."""
        found = self.tabs.taken(self.table + 1)
        self.table += any(isinstance(block, Table) for block in found)
        into.extend(found)

    def turn(self, pages: int) -> None:
        if self.page and pages:
            self.page, self.table = self.page + pages, 0

    def place(self, *, row: int = 0, paragraph: int = 0) -> Place:
        table = self.table if row else 0
        return Place(self.page, table, row, paragraph, self.line, under=self.under)

    def put_aside(self, text: str, why: str) -> None:
        if text := even(text):
            self.aside.append(SetAside(Place(self.page, under=self.under), text, why))

    def _paragraph(self, element: Any, into: list[Block], deep: int) -> None:
        form = element.find(W + "pPr")
        style = self.style_of(form)
        words = words_of(element, style, self.styles)
        before = self._before(form)
        self.turn(before + words.turned[self.turns][0])
        if words.text.strip():
            self.line += 1
        told = list(self._told(words, form, style))
        plain = told and told[0].kind == "paragraph" and not told[0].number and "contents" not in told[0].marks
        if plain and (columns := tabbed(words.pieces)):
            self.tabs.add(columns, words.pieces, self.place())
        elif told:
            self.untab(into)
            into.extend(told)
        self.attached(words, into, deep)
        section = form.find(W + "sectPr") if form is not None else None
        self.turn(words.turned[self.turns][1] + (self.turns == "asked" and section is not None and _next_page(section)))

    def _before(self, form: Any) -> int:
        if self.turns == "printed" or form is None or not self.line:
            return 0
        element = form.find(W + "pageBreakBefore")
        return int(element is not None and element.get(VAL, "1") not in ("0", "false"))

    def style_of(self, form: Any) -> Style:
        named = form.find(W + "pStyle") if form is not None else None
        return self.styles.get(named.get(VAL, "") if named is not None else self.styles.usual)

    def attached(self, words: Words, into: list[Block], deep: int) -> None:
        """What hangs on a paragraph: its text boxes, notes and comments, and what of it is no text."""
        for box in words.boxes:
            self.walk(box, into, deep + 1)
        for kind, key in words.notes:
            if text := self.notes[kind].get(key):
                place = Place(self.page, line=self.line, under=self.under)
                self.footnotes.append(Paragraph(even(text), place, text, marks=("footnote",)))
        for key in words.comments:
            self.put_aside(self.comments.pop(key, ""), COMMENT)
        for texts, why in ((words.deleted, DELETED), (words.hidden, HIDDEN)):
            self.put_aside("".join(texts), why)

    # Paragraphs

    def _told(self, words: Words, form: Any, style: Style) -> Iterator[Paragraph]:
        """A paragraph of the body: a heading, a point of a list, a numbered or a plain paragraph."""
        counted = self.counted(form, style)
        if not words.text.strip():
            return
        level = self._level(form, style)
        typed = typed_number(words.text, words.pieces)
        label = typed[0] if typed and not counted else (counted[1] if counted and counted[0] == "number" else "")
        pieces = typed[1] if typed and not counted else words.pieces
        if level or (not (counted and counted[0] == "bullet") and looks_heading(words.text, pieces)):
            yield self._heading(words, pieces, label, level, style)
        elif counted and not _is_paragraph_number(counted):
            yield from self.listed(pieces, counted, self.list_depth(form, style), self.place())
        elif label:
            digits = label.strip("().: ")
            place = self.place(paragraph=int(digits) if digits.isdigit() else 0)
            first, *rest = blocks_from(pieces, place, starts=False) or (Paragraph("", place),)
            yield replace(first, number=digits, raw=words.text.strip() if not rest else first.raw)
            yield from rest
        else:
            marks = ("contents",) if style.name.startswith("toc ") else ()
            for block in blocks_from(words.pieces, self.place()):
                yield marked(block, marks)

    def _level(self, form: Any, style: Style) -> int:
        level = outline_of(form)
        return style.level if level is None else level

    def _heading(self, words: Words, pieces: list[Piece], label: str, level: int, style: Style) -> Paragraph:
        text = even(words.text if not label else "".join(text for text, _marks in pieces))
        if style.name == "caption":
            level = min(self.level + 1, 9)
        elif level:
            self.level = level
        else:
            level = min(self.level + 1, 9)
        named = bool(re.search(r"[^\W\d]{2}", label))
        text = f"{label.rstrip(': ')}: {text}" if named else text
        number = "" if named else label.strip("().: ")
        if style.name != "caption":
            self.under = text[:80]
        place = replace(self.place(), under=text[:80])
        marks = ("caption",) if style.name == "caption" else ()
        heading = Paragraph(text, place, words.text.strip(), kind="heading", level=level, number=number)
        return marked(heading, {*common(pieces), *marks} - {"underline"})

    def counted(self, form: Any, style: Style) -> tuple[str, str] | None:
        """("number" or "bullet", label) where the paragraph belongs to a list; counts it."""
        number, _depth = list_of(form)
        number = style.number if number is None else number
        if number and number != "0":
            return self.numbering.next(number, self.list_depth(form, style))
        if number != "0" and style.name.startswith(("list bullet", "list number")):
            return "bullet", "•"
        return None

    def list_depth(self, form: Any, style: Style) -> int:
        _number, depth = list_of(form)
        if depth is None and style.name.startswith("list ") and style.name[-1:].isdigit():
            return int(style.name[-1]) - 1
        return depth if depth is not None else (style.depth or 0)

    def listed(self, pieces: list[Piece], counted: tuple[str, str], depth: int, place: Place) -> Iterator[Paragraph]:
        """A point of a list; the lines after its first belong to it."""
        kind, label = counted
        marker = _BULLETS.get(label, label) if kind == "bullet" else label
        number = label.strip("().: ") if kind == "number" else ""
        yield from points(pieces, place, marker=marker, depth=depth, number=number)


def _is_paragraph_number(counted: tuple[str, str]) -> bool:
    """Whether a label numbers paragraphs (3. or 3.1) rather than the points of a list, as a) and iv. do."""
    return counted[0] == "number" and bool(re.match(r"^\(?\d{1,3}(?:\.\d{1,3})*[.):]?$", counted[1].strip()))


def _next_page(section: Any) -> bool:
    kind = section.find(W + "type")
    return kind is None or kind.get(VAL, "nextPage") in ("nextPage", "oddPage", "evenPage")


def said(element: Any, *, deleted: bool = False) -> str:
    """The words of a comment, note, header or deletion, its paragraphs on lines of their own."""
    tags = (W + "t", W + "tab", W + "br", *([W + "delText"] if deleted else []))
    found = []
    for paragraph in element.iter(W + "p") if element.tag not in (W + "del", W + "moveFrom") else [element]:
        parts = []
        for part in paragraph.iter(*tags):
            gone = not deleted and any(above.tag in (W + "del", W + "moveFrom") for above in part.iterancestors())
            parts.append("" if gone else (part.text or "" if part.tag in (W + "t", W + "delText") else " "))
        found.append(even("".join(parts)))
    return "\n".join(filter(None, found))
