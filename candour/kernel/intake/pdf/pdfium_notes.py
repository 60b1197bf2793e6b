"""What is put over a page: comments, answers in the fields of a form, words struck out by a mark."""

import ctypes
from typing import Any

from pypdfium2 import raw

from .pdfium_page import OpenPage

_COMMENT = "A comment put on the page, not part of its text"
_FIELD = "The answer in a field of the form, not part of the page's text"
_MARKUP = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
           raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_CARET}  # fmt: skip


def add_notes(page: OpenPage) -> None:
    for n in range(min(raw.FPDFPage_GetAnnotCount(page.page.raw), 5000)):
        note = raw.FPDFPage_GetAnnot(page.page.raw, n)
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            _struck_out(page, note)
        if kind in _MARKUP and (said := _text(note, b"Contents")):
            page.sheet.notes.append((said, _COMMENT))
        elif kind == raw.FPDF_ANNOT_WIDGET and (said := _text(note, b"V")):
            page.sheet.notes.append((f"{_text(note, b'T')}: {said}".removeprefix(": "), _FIELD))
        raw.FPDFPage_CloseAnnot(note)


def _struck_out(page: OpenPage, note: Any) -> None:
    quad = raw.FS_QUADPOINTSF()
    for n in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
        raw.FPDFAnnot_GetAttachmentPoints(note, n, quad)
        x0, y0, x1, y1 = page.box(quad.x1, quad.y1, quad.x4, quad.y4)
        for word in page.sheet.words:
            x, y = word.middle
            word.struck = word.struck or (x0 <= x <= x1 and y0 <= y <= y1)


def _text(note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").strip()
