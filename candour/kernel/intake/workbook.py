"""The reader of workbooks (.xlsx, .xlsm): every sheet, its values as shown, its marks, comments and merged cells.

Pure. The sheets are read as streams, so that memory follows what they hold and not the area that they claim. Formulas
are read by the result stored with them and never worked out.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from .archive import RELATION, Archive
from .cells import blocks_of, even, odd_marks
from .document import NOWHERE, Cell, Document, Place, SetAside, Table, UnreadableFile
from .grid import MOST_CELLS, TOO_MANY
from .marks import Piece, blocks_from, common, marked
from .sheet import Sheet, tables_of
from .sheet_rows import RawCell, RawRow, cells_of, column_of, is_plain, quick_rows
from .values import shown
from .word import MACROS
from .workbook_styles import PLAIN_LOOK, Look, Looks

COMMENT = "A comment on a cell, not part of its text"
NO_RESULT = "Formulas without a kept result: save the workbook in a spreadsheet program, and read it in again"
MOST_ROWS = 1_048_576  # of all sheets, empty ones too: as many as one sheet can have
TOO_LONG = (
    f"The workbook writes down more than {MOST_ROWS:,} rows, and most of so many are empty. "
    "Select the rows below each table, delete them and save it again, or save the sheet as CSV."
)
NOT_ROWS = "A sheet without cells (a chart or a macro sheet), which is not read"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_COL = re.compile(r"<col\s[^>]*>")
_MERGE = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
Held = str | tuple[Piece, ...]  # the words of a cell; pieces where parts of them look different


def read_workbook(source: bytes, *, name: str = "", sha256: str = "", sheets: Collection[str] = ()) -> Document:
    """The raw document of a workbook. sheets: those alone, all where none is named.

    Raises UnreadableFile for one that is damaged, protected or out of bounds.
    """
    archive = Archive(source, name or "The file")
    main = next(iter(archive.related("", "officeDocument")), "xl/workbook.xml")
    if main not in archive:
        raise archive.damaged("it has no list of sheets")
    return _Book(archive, main).document(name, sha256, sheets)


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
        self.cells = self.rows = 0

    def document(self, name: str, sha256: str, sheets: Collection[str]) -> Document:
        tables: list[Table] = []
        for element in self.root.iter("{*}sheet"):
            kind, part = self.relations.get(element.get(RELATION, ""), ("", ""))
            title = element.get("name", "")
            if sheets and title not in sheets:
                continue
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
            alone: Any = element[0] if len(element) == 1 else None
            simple = alone is not None and alone.tag.endswith("}t")
            found.append(unescaped(alone.text or "") if simple else self._rich(element))
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
        waiting: list[str] = []
        for row in self._rows(sheet, part):
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise UnreadableFile(
                    f"{self.archive.called} is not read: sheet {sheet.name}, row {row.number}. {TOO_LONG}"
                )
            if row.hidden:
                sheet.hidden_rows.add(row.number)
            if row.cells and (held := self._row(row, sheet.name, waiting)):
                sheet.rows[row.number] = held
        if waiting:
            more = f" and {len(waiting) - 3:,} more" if len(waiting) > 3 else ""
            self.aside.append(SetAside(Place(sheet=sheet.name), f"{', '.join(waiting[:3])}{more}", NO_RESULT))

    def _rows(self, sheet: Sheet, part: str) -> Iterator[RawRow]:
        """The rows of a sheet; on the way its hidden columns and merged cells are noted."""
        if is_plain(self.archive.begin(part)):
            for one in self.archive.guarded(lambda stream: quick_rows(stream, self.archive.called), part):
                if isinstance(one, RawRow):
                    yield one
                else:
                    _note_columns(sheet, (found[0] for found in _COL.finditer(one)))
                    sheet.merged += filter(None, (_area(found[1]) for found in _MERGE.finditer(one)))
            return
        number = 0
        for element in self.archive.rows(part, ("{*}row", "{*}col", "{*}mergeCell")):
            tag = element.tag.rsplit("}", 1)[-1]
            if tag == "row":
                given = element.get("r", "")
                number = int(given) if given.isdigit() and len(given) < 8 else number + 1
                yield RawRow(number, element.get("hidden") in ("1", "true"), cells_of(element))
            elif tag == "col":
                _note_columns(sheet, [" ".join(f'{name}="{value}"' for name, value in element.attrib.items())])
            elif area := _area(element.get("ref", "")):
                sheet.merged.append(area)

    def _row(self, row: RawRow, sheet: str, waiting: list[str]) -> dict[int, Cell]:
        held: dict[int, Cell] = {}
        place = Place(row=row.number, sheet=sheet)
        for raw in row.cells:
            look = self.looks.get(raw.style) if raw.style else PLAIN_LOOK
            words = self._words(raw, look)
            if words is None:
                waiting.append(f"{_letters(raw.column)}{row.number}")
                held[raw.column] = Cell((), f"={raw.formula}", ("formula",))
            elif words:
                held[raw.column] = cell_of(words, look, place)
            elif look.fill:
                held[raw.column] = Cell(marks=tuple(look.fill))
        self.cells += len(held)
        if self.cells > MOST_CELLS:
            raise UnreadableFile(f"{self.archive.called} is not read: sheet {sheet}, row {row.number}. {TOO_MANY}")
        return held

    def _words(self, raw: RawCell, look: Look) -> Held | None:  # noqa: PLR0911  one for each kind
        """The words of a cell; None for a formula without a result."""
        value, kind = raw.value, raw.kind
        if raw.inline is not None:
            return self._rich(raw.inline)
        if not value and kind != "str":
            return None if raw.formula is not None else ""
        if value is None:
            return ""
        if kind == "s":
            at = int(value) if value.isdigit() else -1
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value in ("1", "true") else "FALSE"
        if kind in ("str", "e", "words"):
            return unescaped(value)
        if kind == "d":
            return value.replace("T00:00:00", "")
        return shown(value, look.form, since_1904=self.since_1904)

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


def _letters(column: int) -> str:
    """28 -> AB."""
    text = ""
    while column:
        column, left = divmod(column - 1, 26)
        text = chr(65 + left) + text
    return text


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _colon, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if not start or not end:
        return None
    return int(start[2]), column_of(start[1]), int(end[2]), column_of(end[1])


def _note_columns(sheet: Sheet, columns: Iterable[str]) -> None:
    """Note the hidden ones among columns, each given by its attributes as written."""
    for written in columns:
        attributes = dict(_ATTRIBUTE.findall(written))
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in ("1", "true") and first.isdigit() and last.isdigit():
            sheet.hidden_columns.update(range(int(first), min(int(last), 16_384) + 1))
