"""A page that pdfium has open, and where its points stand on the page as it is seen."""

from typing import Any

from pypdfium2 import raw

from .sheet import Box, Sheet


class OpenPage:
    """A page, its text, and the Sheet that is made of them. Points of the file count from the foot, and may be turned."""

    def __init__(self, page: Any, text: Any, number: int) -> None:
        self.page, self.text = page, text
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        self.left, self.top, self.right, self.bottom = box.left, box.top, box.right, box.bottom
        self.turned = page.get_rotation()
        width, height = page.get_size()
        self.sheet = Sheet(number, width, height)

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
