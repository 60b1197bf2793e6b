"""Looks at PDFs before they are put together: may they be opened, how large are their pages, what do their tags say.

Only the child imports this. A file that is in the way is refused by its name; nothing else of it is ever told.
"""

import io
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name

from . import claims, tree
from .tree import is_dict

MOST_PAGES = 3000
HEAD, FOOT = 31.0, 33.0  # points at the head and foot of a page that must be white for the pack to write on
SMALLEST, LARGEST = 72.0, 14400.0  # points of a side of a page
DROPPED = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D")
_DULL = 0.25  # of full size: enough to see whether anything is printed
_SAVE = "Ask for it again, or print it to a new PDF"


class Refused(ValueError):
    """A file that no pack takes; the message names it."""


def opened(content: bytes, name: str) -> pikepdf.Pdf:
    """The file. Refused where it is locked, damaged, too long or empty."""
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Refused(f"{name} is locked with a password. Save it without one, and choose it again.") from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise Refused(f"{name} is damaged, or only part of it arrived: it cannot be opened. {_SAVE}.") from error
    if pdf.is_encrypted:
        raise Refused(f"{name} is protected against being put together with others. Ask for a copy without protection.")
    if not pages:
        raise Refused(f"{name} has no pages. {_SAVE}.")
    if pages > MOST_PAGES:
        raise Refused(f"{name} has {pages:,} pages. The most that a pack takes of one file is {MOST_PAGES:,}.")
    return pdf


def look(content: bytes, name: str, *, ours: bool) -> dict[str, Any]:
    """What is known of a file: {"pages": [[width, height, head is white, foot is white]], "against": [why]}.

    width and height: points, as the page is seen. ours: typeset here, so that nobody need look at its tags.
    """
    with opened(content, name) as pdf:
        sizes = [seen_size(page.obj, name, number) for number, page in enumerate(pdf.pages, 1)]
        against = [] if ours else [*claims.against(pdf), *alive(pdf)]
        if not ours:
            _readable(pdf, name)
    white = [(True, True)] * len(sizes) if ours else _white(content, name)
    if len(white) != len(
        sizes
    ):  # two programs do not agree on what its pages are: what was looked at may not be what is printed
        raise Refused(f"{name} is damaged: how many pages it has cannot be told. {_SAVE}.")
    return {"pages": [[*size, *blank] for size, blank in zip(sizes, white, strict=True)], "against": against}


def said(content: bytes) -> str:
    """The words of a file that was looked at, a line of them a line; of a page that is a picture, none."""
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def box_of(page: Any) -> list[float]:
    """left, bottom, right, top of what is seen of a page."""
    box = tree.inherited(page, "/CropBox") or tree.inherited(page, "/MediaBox")
    x0, y0, x1, y1 = (float(side) for side in box)
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def turn_of(page: Any) -> int:
    """Degrees clockwise, 0 to 270."""
    return int(tree.inherited(page, "/Rotate") or 0) % 360


def seen_size(page: Any, name: str, number: int) -> tuple[float, float]:
    try:
        x0, y0, x1, y1 = box_of(page)
        turn = turn_of(page)
    except (TypeError, ValueError, pikepdf.PdfError) as error:
        raise Refused(f"{name} is damaged: page {number} has no size. {_SAVE}.") from error
    if turn % 90 or not all(SMALLEST <= side <= LARGEST for side in (x1 - x0, y1 - y0)):
        raise Refused(f"{name} is not taken: page {number} is no page that can be printed. {_SAVE}.")
    return (y1 - y0, x1 - x0) if turn % 180 else (x1 - x0, y1 - y0)


def alive(pdf: pikepdf.Pdf) -> list[str]:
    """What of the file is more than paper: it is drawn as it stands or left out, and its tags no longer hold."""
    found = []
    fields = tree.entry(pdf.Root.get("/AcroForm"), "/Fields")
    if fields is not None and len(fields):
        found.append("it is a form, which is printed as it is filled in")
    if any(str(one.get("/Subtype")) in DROPPED for page in pdf.pages for one in tree.annotations(page.obj)):
        found.append("files or films on its pages are left out")
    return found


def _readable(pdf: pikepdf.Pdf, name: str) -> None:
    for number, page in enumerate(pdf.pages, 1):
        try:
            for _instruction in tree.instructions(page, "Do"):
                break
        except (pikepdf.PdfError, TypeError, ValueError) as error:
            raise Refused(f"{name} is damaged on page {number}. {_SAVE}.") from error


def _white(content: bytes, name: str) -> list[tuple[bool, bool]]:
    """For each page whether its head and its foot are white."""
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            return [_blank(pdf[number]) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        raise Refused(f"{name} is damaged: its pages cannot be drawn. {_SAVE}.") from error


def _blank(page: Any) -> tuple[bool, bool]:
    """Drawn as it is seen, each strip alone."""
    high = page.get_height()
    try:
        return tuple(  # type: ignore[return-value]
            min(bytes(page.render(scale=_DULL, grayscale=True, crop=crop).buffer), default=255) > 250
            for crop in ((0, high - HEAD, 0, 0), (0, 0, 0, high - FOOT))
        )
    finally:
        page.close()


def layers(pdf: pikepdf.Pdf) -> Any:
    """The layers of a file, so that what is hidden in it stays hidden; None where it has none."""
    found: Any = pdf.Root.get("/OCProperties")
    return found if is_dict(found) and "/OCGs" in found and is_dict(found.get("/D")) else None


def tagged(pdf: pikepdf.Pdf) -> bool:
    return is_dict(pdf.Root.get("/StructTreeRoot")) and "/K" in pdf.Root.StructTreeRoot


NEVER = (Name.JavaScript, Name.Launch, Name.SubmitForm, Name.ImportData, Name.ResetForm, Name.Rendition, Name.GoToE)
