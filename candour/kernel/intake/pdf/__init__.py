"""The PDF reader: bytes in, raw Document out. By the file's own tags where they are good, else by what the page shows.

Limits of time and memory are the caller's: a PDF is somebody else's program.
"""

from collections.abc import Sequence

from ..document import NOWHERE, Document, Place, SetAside, UnreadableFile
from .flow import read_by_place
from .ordered import in_order
from .pdfium import Damaged, Encrypted, Pdf
from .rows import in_turn
from .sheet import Sheet
from .tagged import LEFT_OUT, Tagged
from .tree import Node
from .words import habits_of, lines_in_order

PAGES = 3000
_OUTSIDE = "Words outside the edges of the page"
_UNMAPPED = "Letters that the file does not tell the meaning of, so that their words may be wrong"
_FROM_PICTURES = "The words of this page lie unseen over a picture of it, as another program read them: compare them"
_CUT = "The file ends before its end, as one does that did not arrive whole: some of it may be missing"
_SAVE = "Ask for the Word file, or save it as a PDF with text"


def read_pdf(content: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a PDF.

    Raises UnreadableFile for a file that is damaged, encrypted, too long, or that holds pictures of text alone.
    """
    called = name or "The file"
    root = Node("Document")
    try:
        with Pdf(content) as pdf:
            if len(pdf) > PAGES:
                raise UnreadableFile(f"{called} has {len(pdf):,} pages. The most that is read is {PAGES:,}.")
            sheets = [pdf.sheet(number, root) for number in range(1, len(pdf) + 1)]
    except Encrypted as error:
        raise UnreadableFile(f"{called} is locked with a password. Save it without one, and try again.") from error
    except Damaged as error:
        raise UnreadableFile(
            f"{called} is damaged, or only part of it arrived: it cannot be opened. Ask for it again."
        ) from error
    _refuse(sheets, called)
    found = _by_tags(sheets, root, name, sha256) or read_by_place(sheets, name=name, sha256=sha256)
    cut = () if b"%%EOF" in content[-4096:] else (SetAside(NOWHERE, called, _CUT),)
    return Document(in_turn(found.blocks), name, sha256, (*found.set_aside, *_aside(sheets), *cut))


def _refuse(sheets: Sequence[Sheet], called: str) -> None:
    """Refuse what holds no words, or words without meaning."""
    letters, unmapped = sum(sheet.letters for sheet in sheets), sum(sheet.unmapped for sheet in sheets)
    pictured = [sheet for sheet in sheets if sheet.pictures > 0.5 and sheet.letters < 20]
    if letters and unmapped * 2 > letters:
        raise UnreadableFile(
            f"{called} does not tell what its letters mean (its fonts have no table of characters). {_SAVE}."
        )
    if pictured and len(pictured) * 2 >= len(sheets):
        raise UnreadableFile(
            f"{called} holds pictures of text (a scan), not text. {_SAVE}, or have a program recognise its text first."
        )
    if not letters:
        raise UnreadableFile(f"{called} holds no text. {_SAVE}.")


def _by_tags(sheets: Sequence[Sheet], root: Node, name: str, sha256: str) -> Document | None:
    """The document by its tags; None where they leave out too much, or where tables are drawn and none is tagged."""
    held = set(root.all_content())
    letters = used = 0
    for sheet in sheets:
        for word in sheet.words:
            if not word.artifact:
                letters += len(word.text)
                used += len(word.text) * ((sheet.number, word.mcid) in held)
    if not used or used < 0.98 * letters:
        return None
    tagged = Tagged(sheets, habits_of(sheets))
    tagged.read(root)
    for sheet in sheets:
        words = [word for word in sheet.words if not word.artifact and (sheet.number, word.mcid) not in held]
        for line in lines_in_order(words):
            tagged.aside.append(SetAside(Place(page=sheet.number), line.text, LEFT_OUT))
    return Document(in_order(tagged), name, sha256, tuple(tagged.aside))


def _aside(sheets: Sequence[Sheet]) -> list[SetAside]:
    """What is on the pages and no part of the text."""
    aside = []
    for sheet in sheets:
        place = Place(page=sheet.number)
        aside += [SetAside(place, line.text, _OUTSIDE) for line in lines_in_order(sheet.outside)]
        aside += [SetAside(place, text, why) for text, why in sheet.notes]
        if sheet.unmapped:
            aside.append(SetAside(place, f"{sheet.unmapped:,} letters", _UNMAPPED))
        if sheet.hidden * 2 > sheet.letters:
            aside.append(SetAside(place, f"{sheet.hidden:,} letters", _FROM_PICTURES))
        if sheet.pictures > 0.5 and sheet.letters < 20:
            aside.append(SetAside(place, "A picture", "A page that is a picture: its words, if any, are not read"))
    return aside
