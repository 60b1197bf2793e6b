"""The words of a page: letters gathered, with their style, their place and what the file says of them."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from .pdfium_page import OpenPage
from .sheet import Box, Word, colour_name

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HYPHEN = 2  # what pdfium gives for a hyphen that ends a line


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


def add_words(page: OpenPage) -> None:
    """Letters gathered to words, ended by white space, a jump or another style."""
    handle, box, word = page.text.raw, raw.FS_RECTF(), None
    styles: dict[int, _Style] = {}
    style, at = None, 0
    for n in range(page.text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, n)
        item = raw.FPDFText_GetTextObject(handle, n)
        if code != _HYPHEN and (code <= 32 or code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A or not item):
            if word and item and code > 2:
                word.spaced = True
            word = None
            continue
        address = ctypes.addressof(item.contents)
        if address != at:
            if address not in styles:
                styles[address] = _style(page, item, n)
            style, at = styles[address], address
        assert style is not None  # noqa: S101
        raw.FPDFText_GetLooseCharBox(handle, n, box)
        where = page.box(box.left, box.bottom, box.right, box.top)
        letter = "-" if code == _HYPHEN else chr(code)
        page.sheet.letters += 1
        page.sheet.unmapped += style.unmapped or code in (0xFFFD, 0xFFFE, 0xFFFF)
        page.sheet.hidden += style.hidden
        if word is None or word.mcid != style.mcid or not _adjoins(word, where, style):
            word = _word(page, letter, where, style, n)
        else:
            word.text += letter
            word.x0, word.y0 = min(word.x0, where[0]), min(word.y0, where[1])
            word.x1, word.y1 = max(word.x1, where[2]), max(word.y1, where[3])
        word.broken = code in (_HYPHEN, 0xAD)
    for one in (*page.sheet.words, *page.sheet.outside):
        if _SURROGATE.search(one.text):
            one.text = one.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _word(page: OpenPage, letter: str, where: Box, style: _Style, n: int) -> Word:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page.text.raw, n, x, y)
    start = page.seen(x.value, y.value)
    base = start[1] if style.angle in (0, 180) else start[0]
    word = Word(letter, *where, base, style.size, style.bold, style.colour, style.angle, style.mcid, style.artifact)
    inside = -2 < word.middle[0] < page.sheet.width + 2 and -2 < word.middle[1] < page.sheet.height + 2
    (page.sheet.words if inside else page.sheet.outside).append(word)
    return word


def _style(page: OpenPage, item: Any, n: int) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page.text.raw, n, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    angle = round((math.degrees(math.atan2(matrix.b, matrix.a)) - page.turned) / 90) * 90 % 360
    font = raw.FPDFTextObj_GetFont(item)
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return _Style(
        size=max(1.0, raw.FPDFText_GetFontSize(page.text.raw, n) * scale),
        bold=mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE or bool(_BOLD.search(_font_name(font))),
        colour=colour_name(red.value, green.value, blue.value),
        angle=angle,
        mcid=raw.FPDFPageObj_GetMarkedContentID(item),
        artifact=_is_artifact(item),
        hidden=mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        unmapped=raw.FPDFText_HasUnicodeMapError(page.text.raw, n) == 1,
    )


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
