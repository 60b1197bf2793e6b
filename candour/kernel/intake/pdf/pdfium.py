"""A PDF through pdfium: its pages as Sheets, and the tree of its tags. The only file that knows pdfium."""

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from .sheet import THIN, Box, Fill, Rule, Sheet, Word, colour_name, strike
from .tree import Node

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PATHS = 20_000  # of one page; a page with more is a drawing, and its first lines are enough
_FORMS = 8  # drawings inside drawings
_SURROGATE = re.compile("[\ud800-\udfff]")
_HYPHEN = 2  # what pdfium gives for a hyphen that ends a line
_COMMENT = "A comment put on the page, not part of its text"
_FIELD = "The answer in a field of the form, not part of the page's text"
_MARKUP = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
           raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_CARET}  # fmt: skip


class Encrypted(ValueError):
    """The file opens only with a password."""


class Damaged(ValueError):
    """The file cannot be opened, or a page of it cannot."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    colour: str
    angle: int
    mcid: int
    artifact: bool
    hidden: bool
    unmapped: bool


class Pdf:
    """An open file. Use it as a context manager."""

    def __init__(self, content: bytes) -> None:
        try:
            self.file = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise Encrypted(str(error)) from error
            raise Damaged(str(error)) from error

    def __enter__(self) -> "Pdf":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def __len__(self) -> int:
        return len(self.file)

    def sheet(self, number: int, root: Node | None = None) -> Sheet:
        """The page, counted from 1. The tags of the page are added to the tree under root, if given."""
        try:
            page = self.file[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Damaged(f"page {number}: {error}") from error
        text = page.get_textpage()
        try:
            found = _Page(page, text, number).read()
            if root is not None:
                _add_tags(page, number, root)
        finally:
            text.close()
            page.close()
        return found


class _Page:
    def __init__(self, page: Any, text: Any, number: int) -> None:
        self.page, self.text = page, text
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        self.left, self.top, self.right, self.bottom = box.left, box.top, box.right, box.bottom
        self.turned = page.get_rotation()
        width, height = page.get_size()
        self.sheet = Sheet(number, width, height)
        self.styles: dict[int, _Style] = {}
        self.paths = 0

    def read(self) -> Sheet:
        self._words()
        for item, matrix in self._objects():
            self._drawn(item, matrix)
        strike(self.sheet)
        self._annotations()
        self.sheet.pictures = min(1.0, self.sheet.pictures / max(1.0, self.sheet.width * self.sheet.height))
        return self.sheet

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as a point of the page as it is seen."""
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = self.seen(x0, y0), self.seen(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    # Words

    def _words(self) -> None:
        """Letters gathered to words, ended by white space, a jump or another style."""
        handle, box, word = self.text.raw, raw.FS_RECTF(), None
        style, at = None, 0
        for n in range(self.text.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, n)
            item = raw.FPDFText_GetTextObject(handle, n)
            if code != _HYPHEN and (code <= 32 or code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A or not item):
                if word and item and code > 2:
                    word.spaced = True
                word = None
                continue
            address = ctypes.addressof(item.contents)
            if address != at:
                style, at = self.styles.get(address) or self._style(address, item, n), address
            assert style is not None  # noqa: S101
            raw.FPDFText_GetLooseCharBox(handle, n, box)
            where = self.box(box.left, box.bottom, box.right, box.top)
            letter = "-" if code == _HYPHEN else chr(code)
            self.sheet.letters += 1
            self.sheet.unmapped += style.unmapped or code in (0xFFFD, 0xFFFE, 0xFFFF)
            self.sheet.hidden += style.hidden
            if word is None or word.mcid != style.mcid or not _adjoins(word, where, style):
                word = self._word(letter, where, style, n)
            else:
                word.text += letter
                word.x0, word.y0 = min(word.x0, where[0]), min(word.y0, where[1])
                word.x1, word.y1 = max(word.x1, where[2]), max(word.y1, where[3])
            word.broken = code in (_HYPHEN, 0xAD)
        for one in (*self.sheet.words, *self.sheet.outside):
            if _SURROGATE.search(one.text):
                one.text = one.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _word(self, letter: str, where: Box, style: _Style, n: int) -> Word:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.text.raw, n, x, y)
        start = self.seen(x.value, y.value)
        base = start[1] if style.angle in (0, 180) else start[0]
        word = Word(letter, *where, base, style.size, style.bold, style.colour, style.angle, style.mcid, style.artifact)
        inside = -2 < word.middle[0] < self.sheet.width + 2 and -2 < word.middle[1] < self.sheet.height + 2
        (self.sheet.words if inside else self.sheet.outside).append(word)
        return word

    def _style(self, address: int, item: Any, n: int) -> _Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text.raw, n, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = round((math.degrees(math.atan2(matrix.b, matrix.a)) - self.turned) / 90) * 90 % 360
        font = raw.FPDFTextObj_GetFont(item)
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        style = _Style(
            size=max(1.0, raw.FPDFText_GetFontSize(self.text.raw, n) * scale),
            bold=mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE or bool(_BOLD.search(_font_name(font))),
            colour=colour_name(red.value, green.value, blue.value),
            angle=angle,
            mcid=raw.FPDFPageObj_GetMarkedContentID(item),
            artifact=_is_artifact(item),
            hidden=mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
            unmapped=raw.FPDFText_HasUnicodeMapError(self.text.raw, n) == 1,
        )
        self.styles[address] = style
        return style

    # Lines, areas and pictures

    def _objects(self) -> Iterator[tuple[Any, list[float]]]:
        """Every object of the page with the matrix of the drawing it stands in, drawings inside drawings too."""
        plain = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        count = raw.FPDFPage_CountObjects(self.page.raw)
        waiting = [(raw.FPDFPage_GetObject(self.page.raw, n), plain, 0) for n in reversed(range(count))]
        while waiting and self.paths < _PATHS:
            item, matrix, depth = waiting.pop()
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
                inner = _times(_matrix(item), matrix)
                for n in range(raw.FPDFFormObj_CountObjects(item) if depth < _FORMS else 0):
                    waiting.append((raw.FPDFFormObj_GetObject(item, n), inner, depth + 1))
            else:
                yield item, matrix

    def _drawn(self, item: Any, outer: list[float]) -> None:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, *_rest = _times(_matrix(item), outer)
            self.sheet.pictures += abs(a * d - b * c)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            mode, stroked = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item, mode, stroked)
            if not mode.value and not stroked.value:
                return
            for points in _subpaths(item, _times(_matrix(item), outer)):
                self._path([self.seen(*point) for point in points], item, filled=mode.value, stroked=stroked.value)

    def _path(self, points: list[tuple[float, float]], item: Any, *, filled: int, stroked: int) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (max(0.0, min(xs)), max(0.0, min(ys)), min(self.sheet.width, max(xs)), min(self.sheet.height, max(ys)))
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide < 0 or high < 0:
            return
        square = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in itertools.pairwise(points))
        if filled and square and len(points) <= 6:
            if min(wide, high) <= THIN < max(wide, high):
                self._rule(
                    (box[0], (box[1] + box[3]) / 2) if wide > high else ((box[0] + box[2]) / 2, box[1]),
                    (box[2], (box[1] + box[3]) / 2) if wide > high else ((box[0] + box[2]) / 2, box[3]),
                )
            elif min(wide, high) > THIN and (colour := _fill_colour(item)):
                self.sheet.fills.append(Fill(box, colour))
        if stroked:
            for a, b in itertools.pairwise(points):
                self._rule(a, b)

    def _rule(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
        if high < 0.8 and wide > THIN:
            self.sheet.rules.append(Rule(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])))
        elif wide < 0.8 and high > THIN:
            self.sheet.rules.append(Rule(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1])))

    # What is put over the page

    def _annotations(self) -> None:
        for n in range(min(raw.FPDFPage_GetAnnotCount(self.page.raw), 5000)):
            note = raw.FPDFPage_GetAnnot(self.page.raw, n)
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind == raw.FPDF_ANNOT_STRIKEOUT:
                self._struck_out(note)
            if kind in _MARKUP and (said := _annotation_text(note, b"Contents")):
                self.sheet.notes.append((said, _COMMENT))
            elif kind == raw.FPDF_ANNOT_WIDGET and (said := _annotation_text(note, b"V")):
                self.sheet.notes.append((f"{_annotation_text(note, b'T')}: {said}".removeprefix(": "), _FIELD))
            raw.FPDFPage_CloseAnnot(note)

    def _struck_out(self, note: Any) -> None:
        quad = raw.FS_QUADPOINTSF()
        for n in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
            raw.FPDFAnnot_GetAttachmentPoints(note, n, quad)
            x0, y0, x1, y1 = self.box(quad.x1, quad.y1, quad.x4, quad.y4)
            for word in self.sheet.words:
                x, y = word.middle
                word.struck = word.struck or (x0 <= x <= x1 and y0 <= y <= y1)


def _adjoins(word: Word, where: Box, style: _Style) -> bool:
    """Whether a letter stands right after the word, on its line and in its style."""
    same = (word.size, word.bold, word.colour, word.angle) == (style.size, style.bold, style.colour, style.angle)
    if not same or word.artifact != style.artifact:
        return False
    if word.angle in (0, 180):
        gap = where[0] - word.x1 if word.angle == 0 else word.x0 - where[2]
        level = min(word.y1, where[3]) - max(word.y0, where[1]) > 0.5 * (where[3] - where[1])
    else:
        gap = word.y0 - where[3] if word.angle == 90 else where[1] - word.y1
        level = min(word.x1, where[2]) - max(word.x0, where[0]) > 0.5 * (where[2] - where[0])
    return level and -1.2 * word.size < gap < 0.18 * word.size


def _font_name(font: Any) -> str:
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value.decode(errors="replace")


def _is_artifact(item: Any) -> bool:
    for n in range(raw.FPDFPageObj_CountMarks(item)):
        buffer, size = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(item, n), buffer, 32, size)
        if bytes(buffer)[:16].decode("utf-16-le", "replace") == "Artifact":
            return True
    return False


def _fill_colour(item: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    name = colour_name(red.value, green.value, blue.value)
    return name if alpha.value > 20 and name != "white" else ""


def _annotation_text(note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").strip()


def _matrix(item: Any) -> list[float]:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return [found.a, found.b, found.c, found.d, found.e, found.f]


def _times(one: list[float], two: list[float]) -> list[float]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m]


def _subpaths(item: Any, matrix: list[float]) -> Iterator[list[tuple[float, float]]]:
    """The straight pieces of a path, each a list of points; what is curved is left out."""
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(raw.FPDFPath_CountSegments(item), _PATHS)):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _add_tags(page: Any, number: int, root: Node) -> None:
    """Add the page's part of the tree. Each member keeps its place among its siblings, which is the same on every page."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for n in range(raw.FPDF_StructTree_CountChildren(tree)):
            if item := raw.FPDF_StructTree_GetChildAtIndex(tree, n):
                _add_tag(item, n, number, root, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _add_tag(item: Any, at: int, number: int, above: Node, depth: int) -> None:
    node = above.nodes.get(at)
    if node is None:
        node = above.nodes[at] = Node(_tag(item), spans=(_span(item, b"ColSpan"), _span(item, b"RowSpan")))
    for n in range(raw.FPDF_StructElement_CountChildren(item)):
        mcid = raw.FPDF_StructElement_GetChildMarkedContentID(item, n)
        if mcid >= 0:
            node.content.setdefault(n, []).append((number, mcid))
        elif depth < 64 and (child := raw.FPDF_StructElement_GetChildAtIndex(item, n)):
            _add_tag(child, n, number, node, depth + 1)


def _tag(item: Any) -> str:
    size = raw.FPDF_StructElement_GetType(item, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(item, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _span(item: Any, name: bytes) -> int:
    value = ctypes.c_float()
    for n in range(max(0, raw.FPDF_StructElement_GetAttributeCount(item))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(item, n)
        found = raw.FPDF_StructElement_Attr_GetValue(attribute, name)
        if found and raw.FPDF_StructElement_Attr_GetNumberValue(found, value):
            return max(1, min(int(value.value), 200))
    return 1
