"""The reader of workbooks (.xlsx, .xlsm): every sheet, its values as shown, its marks, comments and merged cells.

Pure. The sheets are read as streams, so that memory follows what they hold and not the area that they claim. Formulas
are read by the result stored with them and never worked out.
"""

import re
from typing import Any

from .archive import RELATION, Archive
from .cells import blocks_of, even, odd_marks
from .document import NOWHERE, Cell, Document, Place, SetAside, Table, UnreadableFile
from .grid import MOST_CELLS, TOO_MANY
from .marks import Piece, blocks_from, common, marked
from .sheet import Sheet, tables_of
from .values import shown
from .word import MACROS
from .workbook_styles import PLAIN_LOOK, Look, Looks

COMMENT = "A comment on a cell, not part of its text"
NO_RESULT = "Formulas without a kept result: save the workbook in a spreadsheet program, and read it in again"
NOT_ROWS = "A sheet without cells (a chart or a macro sheet), which is not read"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
Held = str | tuple[Piece, ...]  # the words of a cell; pieces where parts of them look different


def read_workbook(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a workbook. Raises UnreadableFile for one that is damaged, protected or out of bounds."""
    archive = Archive(source, name or "The file")
    main = next(iter(archive.related("", "officeDocument")), "xl/workbook.xml")
    if main not in archive:
        raise archive.damaged("it has no list of sheets")
    return _Book(archive, main).document(name, sha256)


class _Book:
    def __init__(self, archive: Archive, main: str) -> None:
        self.archive, self.main = archive, main
        self.root = archive.xml(main)
        self.relations = archive.relations(main)

        def part(kind: str) -> str | None:
            return next((part for what, part in self.relations.values() if what == kind and part in archive), None)

        self.looks = Looks(archive, part("styles"), part("theme"))
        self.strings = self._strings(part("sharedStrings"))
        dated = next(self.root.iter("{*}workbookPr"), None)
        self.since_1904 = dated is not None and dated.get("date1904") in ("1", "true")
        self.aside: list[SetAside] = []
        self.cells = 0

    def document(self, name: str, sha256: str) -> Document:
        tables: list[Table] = []
        for element in self.root.iter("{*}sheet"):
            kind, part = self.relations.get(element.get(RELATION, ""), ("", ""))
            title = element.get("name", "")
            if kind != "worksheet" or part not in self.archive:
                self.aside.append(SetAside(Place(sheet=title), title, NOT_ROWS))
                continue
            sheet = Sheet(title, hidden=element.get("state", "visible") != "visible")
            self._read(sheet, part)
            tables.extend(tables_of(sheet))
            self._comments(sheet, part)
        if any(kind == "vbaProject" for kind, _part in self.relations.values()):
            self.aside.append(SetAside(NOWHERE, "Macros", MACROS))
        return Document(tuple(tables), name, sha256, tuple(self.aside))

    def _strings(self, part: str | None) -> list[Held]:
        found: list[Held] = []
        for element in self.archive.rows(part, ("{*}si",)) if part else ():
            found.append(self._rich(element))
            if len(found) > MOST_CELLS:
                raise UnreadableFile(f"{self.archive.called} is not read. {TOO_MANY}")
        return found

    def _rich(self, element: Any) -> Held:
        """The words of a shared or inline string, in pieces where its runs have looks of their own."""
        pieces: list[Piece] = []
        for child in element:
            tag = child.tag.rsplit("}", 1)[-1]
            if tag == "t":
                pieces.append((unescaped(child.text or ""), frozenset()))
            elif tag == "r":
                form = next(child.iterchildren("{*}rPr"), None)
                marks = self.looks.font(form) if form is not None else frozenset()
                text = "".join(part.text or "" for part in child.iterchildren("{*}t"))
                pieces.append((unescaped(text), marks))
        if any(marks for _text, marks in pieces):
            return tuple(pieces)
        return "".join(text for text, _marks in pieces)

    # Sheets

    def _read(self, sheet: Sheet, part: str) -> None:
        number = 0
        waiting: list[str] = []
        for element in self.archive.rows(part, ("{*}row", "{*}col", "{*}mergeCell")):
            tag = element.tag.rsplit("}", 1)[-1]
            if tag == "row":
                given = element.get("r", "")
                number = int(given) if given.isdigit() and len(given) < 8 else number + 1
                if element.get("hidden") in ("1", "true"):
                    sheet.hidden_rows.add(number)
                if held := self._row(element, number, sheet.name, waiting):
                    sheet.rows[number] = held
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                first, last = element.get("min", ""), element.get("max", "")
                if first.isdigit() and last.isdigit():
                    sheet.hidden_columns.update(range(int(first), min(int(last), 16_384) + 1))
            elif tag == "mergeCell" and (area := _area(element.get("ref", ""))):
                sheet.merged.append(area)
        if waiting:
            more = f" and {len(waiting) - 3:,} more" if len(waiting) > 3 else ""
            text = f"{', '.join(waiting[:3])}{more}"
            self.aside.append(SetAside(Place(sheet=sheet.name), text, NO_RESULT))

    def _row(self, element: Any, number: int, sheet: str, waiting: list[str]) -> dict[int, Cell]:
        held: dict[int, Cell] = {}
        column = 0
        place = Place(row=number, sheet=sheet)
        for child in element:
            column = _column(child.get("r"), column + 1)
            style = child.get("s")
            look = self.looks.get(style) if style else PLAIN_LOOK
            if not len(child):
                if look.fill:
                    held[column] = Cell(marks=tuple(look.fill))
                continue
            words, formula = self._words(child, look)
            if words is None:
                waiting.append(child.get("r") or f"row {number}")
                held[column] = Cell((), f"={formula}", ("formula",))
            elif words:
                held[column] = cell_of(words, look, place)
            elif look.fill:
                held[column] = Cell(marks=tuple(look.fill))
        self.cells += len(held)
        if self.cells > MOST_CELLS:
            raise UnreadableFile(f"{self.archive.called} is not read: sheet {sheet}, row {number}. {TOO_MANY}")
        return held

    def _words(self, element: Any, look: Look) -> tuple[Held | None, str]:  # noqa: PLR0911  one for each kind
        """(the words of a cell, None for a formula without a result; the formula)."""
        kind = element.get("t")
        formula, value, inline = None, None, None
        for child in element:
            tag = child.tag.rsplit("}", 1)[-1]
            if tag == "v":
                value = child.text or ""
            elif tag == "f":
                formula = child.text or ""
            elif tag == "is":
                inline = child
        if inline is not None:
            return self._rich(inline), ""
        if value is None:
            return (None, formula) if formula is not None else ("", "")
        if kind == "s":
            at = int(value) if value.isdigit() else -1
            return (self.strings[at] if 0 <= at < len(self.strings) else ""), ""
        if kind == "b":
            return ("TRUE" if value in ("1", "true") else "FALSE"), ""
        if kind in ("str", "e"):
            return unescaped(value), ""
        if kind == "d":
            return value.replace("T00:00:00", ""), ""
        return shown(value, look.form, since_1904=self.since_1904) if value else "", ""

    def _comments(self, sheet: Sheet, part: str) -> None:
        for comments in self.archive.related(part, "comments"):
            for one in self.archive.xml(comments).iter("{*}comment"):
                words = even("".join(text.text or "" for text in one.iter("{*}t")))
                if words:
                    text = f"{one.get('ref', '')}: {words}"
                    self.aside.append(SetAside(Place(sheet=sheet.name), text, COMMENT))


def cell_of(words: Held, look: Look, place: Place) -> Cell:
    """A cell from its words, with the marks of its style and of the pieces of its words."""
    if isinstance(words, tuple):
        pieces = [(text, marks or look.marks) for text, marks in words]
        raw = "".join(text for text, _marks in pieces)
        shared, blocks = common(pieces), blocks_from(pieces, place, starts="\n" in raw)
    else:
        raw, shared, blocks = words, look.marks, blocks_of(words, place)
        if shared:
            blocks = tuple(marked(block, shared) for block in blocks)
    if not shared and not look.fill and raw.isascii():
        return Cell(blocks, raw)
    return Cell(blocks, raw, tuple(sorted({*shared, *look.fill, *odd_marks(raw)})))


def unescaped(text: str) -> str:
    """The words as typed: a workbook writes the signs that XML forbids as _x000D_."""
    if "_x" not in text:
        return text.replace("\r\n", "\n") if "\r" in text else text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _column(reference: str | None, following: int) -> int:
    """AB12 -> 28."""
    if not reference:
        return following
    count = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        count = count * 26 + ord(sign) - 64
    return count if 0 < count <= 16_384 else following


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _colon, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if not start or not end:
        return None
    return int(start[2]), _column(first, 1), int(end[2]), _column(last or first, 1)
