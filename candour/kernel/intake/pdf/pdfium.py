"""A PDF through pdfium: its pages as Sheets, and the tree of its tags.

This file, and those named pdfium_*, are the only ones that know pdfium.
"""

import pypdfium2
from pypdfium2 import raw

from .pdfium_drawn import add_drawn
from .pdfium_letters import add_words
from .pdfium_notes import add_notes
from .pdfium_page import OpenPage
from .pdfium_tags import add_tags
from .sheet import Sheet, strike
from .tree import Node
from .upright import upright


class Encrypted(ValueError):
    """The file opens only with a password."""


class Damaged(ValueError):
    """The file cannot be opened, or a page of it cannot."""


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
            found = _read(OpenPage(page, text, number))
            if root is not None:
                add_tags(page, number, root)
        finally:
            text.close()
            page.close()
        return found


def _read(page: OpenPage) -> Sheet:
    add_words(page)
    add_drawn(page)
    add_notes(page)
    sheet = upright(page.sheet)
    strike(sheet)
    sheet.pictures = min(1.0, sheet.pictures / max(1.0, sheet.width * sheet.height))
    return sheet
