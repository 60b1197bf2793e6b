"""A file that somebody uploads for a pack: looked at, and a Word file read, so that what is wrong with it is told at once."""

import io
import zipfile
from pathlib import PurePath

from candour.kernel.child import ChildFailed, ChildStarved, run_child
from candour.kernel.papers.pack.child import MARK
from candour.kernel.papers.pack.parts import PackRefused, Upload
from candour.kernel.papers.pack.wire import packed

from .as_paper import paper_of
from .document import UnreadableFile
from .readers import MEMORY, SECONDS, read_document
from .sniff import PDF, WORD, kind_of_file

TAKEN = "A pack takes PDF (.pdf) and Word (.docx)"
_PICTURE = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")


def take_upload(content: bytes, name: str, *, link: str) -> Upload:
    """The upload, ready for a pack. link: where the original is kept.

    Raises PackRefused, with the name, for a file that is broken, locked, of another kind, or not of the kind that its
    name says.
    """
    name = PurePath(name.replace("\\", "/")).name or "The file"
    try:
        kind = kind_of_file(content, name)
        if kind not in (PDF, WORD):
            raise PackRefused(f"{name} is {kind.called}. {TAKEN}.", name)
        suffix = PurePath(name).suffix.lower()
        if suffix not in kind.suffixes:
            raise PackRefused(
                f"{name} is {kind.called}, and its name ends in {suffix or 'nothing'}. Call it {PurePath(name).stem}"
                f"{kind.suffixes[0]} if it is the right file, and choose it again.",
                name,
            )
        if kind is PDF:
            _look(content, name)
            return Upload(content, name, link)
        found, running = paper_of(read_document(content, name))
    except UnreadableFile as error:
        raise PackRefused(str(error), name) from error
    return Upload(content, name, link, found, _pictures(content), running)


def _look(content: bytes, name: str) -> None:
    head = {"job": "look", "files": [{"name": name, "ours": False}]}
    try:
        run_child("candour.kernel.papers.pack.child", given=packed(head, [content]), memory=MEMORY, seconds=SECONDS)
    except ChildStarved as error:
        raise PackRefused(f"{name} is not taken: it would take {error} to look at. Split it.", name) from error
    except ChildFailed as error:
        said = (
            str(error).rpartition(MARK)[2]
            if MARK in str(error)
            else f"{name} is damaged or unusual: print it to a new PDF."
        )
        raise PackRefused(said, name) from error


def _pictures(content: bytes) -> int:
    """How many pictures a Word file holds; its sizes were looked at when it was read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(
            name.startswith("word/media/") and PurePath(name).suffix.lower() in _PICTURE for name in archive.namelist()
        )
