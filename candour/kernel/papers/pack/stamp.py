"""Stamps the pages of a pack with their number, item and marking, as decoration that no screen reader reads out.

Only the child imports this. The stamps come typeset, a page for each page; each is drawn on its page as it is seen.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from . import look, tree
from .look import FOOT, HEAD


class Stamp:
    """The typeset stamps, as forms of the pack."""

    def __init__(self, out: Pdf, stamps: Pdf) -> None:
        self.out, self.stamps = out, stamps

    def form(self, place: int) -> Any:
        held = self.stamps.pages[place].as_form_xobject()
        if "/StructParents" in held:
            del held["/StructParents"]
        return self.out.copy_foreign(held)


def stamped(out: Pdf, page: pikepdf.Page, stamps: Stamp, place: int, *, white: list[bool], ours: bool) -> None:
    """Draw a stamp on a page. Where its head or its foot is not white, the page is made longer there: nothing is covered."""
    if not ours:
        _lengthen(page.obj, 0 if white[0] else HEAD, 0 if white[1] else FOOT)
    x0, y0, x1, y1 = look.box_of(page.obj)
    form = stamps.form(place)
    name = Name.PackStamp
    resources = tree.resources_of(page.obj)
    resources = Dictionary(resources or {})  # a file's pages may share theirs, and a stamp is one page's own
    held = Dictionary(tree.entry(resources, "/XObject") or {})
    held[name] = form
    resources.XObject = held
    page.obj.Resources = resources
    a, b, c, d, e, f = _matrix(look.turn_of(page.obj), x0, y0, x1, y1)
    drawn = f"/Artifact <</Type /Pagination>> BDC q {a} {b} {c} {d} {e:.4f} {f:.4f} cm {name} Do Q EMC\n"
    before, after = _balanced(page)
    page.contents_add(before, prepend=True)
    page.contents_add(after + drawn.encode())


def _lengthen(page: Any, head: float, foot: float) -> None:
    """Move the edges of a page out at its head and foot, as they are seen."""
    if not (head or foot):
        return
    x0, y0, x1, y1 = look.box_of(page)
    match look.turn_of(page):
        case 0:
            y0, y1 = y0 - foot, y1 + head
        case 90:
            x0, x1 = x0 - head, x1 + foot
        case 180:
            y0, y1 = y0 - head, y1 + foot
        case _:
            x0, x1 = x0 - foot, x1 + head
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page:
            del page[name]
    page.MediaBox = page.CropBox = Array([x0, y0, x1, y1])


def _matrix(turn: int, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int, float, float]:
    """From the page as it is seen, its corner at 0, to the page as it is drawn."""
    match turn:
        case 0:
            return 1, 0, 0, 1, x0, y0
        case 90:
            return 0, 1, -1, 0, x1, y0
        case 180:
            return -1, 0, 0, -1, x1, y1
        case _:
            return 0, -1, 1, 0, x0, y1


def _balanced(page: pikepdf.Page) -> tuple[bytes, bytes]:
    """What to put before and after a page's content, so that whatever state it leaves does not move the stamp."""
    depth = 0
    for _operands, said in tree.instructions(page, "q Q"):
        depth = max(0, depth + (1 if said == "q" else -1))
    return b"q\n", b"\n" + b"Q " * (depth + 1)
