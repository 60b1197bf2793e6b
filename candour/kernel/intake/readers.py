"""Reads a file into a raw Document, within limits. Everything but short text is read in a process of its own."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from candour.kernel.child import ChildFailed, ChildStarved, run_child

from .document import Document, UnreadableFile
from .sniff import ACCEPTED, CSV, SUFFIXES, TEXT, kind_of_file, read_here
from .wire import unpacked

__all__ = ["ACCEPTED", "SUFFIXES", "UnreadableFile", "read_document"]

SHORT = 2 * 1024**2  # bytes of text that is read where it is
MEMORY = 1024**3  # bytes of address space of the process that reads
SECONDS = 30  # of processor time; twice that by the clock, for a server that is busy


def read_document(
    source: bytes | str | Path,
    name: str = "",
    *,
    sheets: Sequence[str] = (),
    limit: int | None = None,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Document:
    """The raw document of a file, given as its path or its bytes.

    sheets: of a workbook those alone. limit, memory: bytes; without a limit the installation's own. Raises
    UnreadableFile for a file that is missing, empty, too large, damaged, protected, of a kind that is not accepted, or
    that takes more memory or time than a paper may.
    """
    limit = settings.FILE_LIMIT if limit is None else limit
    content, name = (source, name) if isinstance(source, bytes) else _opened(Path(source), name, limit)
    name = " ".join(name.replace("\x00", " ").encode(errors="replace").decode().split())[:200]
    called = name or "The file"
    if len(content) > limit:
        raise _too_large(called, len(content), limit)
    sha256 = hashlib.sha256(content).hexdigest()
    if (
        len(content) <= SHORT
        and not content.startswith((b"PK", b"\xd0\xcf"))
        and kind_of_file(content, name) in (CSV, TEXT)
    ):
        return read_here(content, name, sha256=sha256)
    try:
        answer = run_child("candour.kernel.intake.apart", name, *sheets, given=content, memory=memory, seconds=seconds)
    except ChildStarved as error:
        raise UnreadableFile(f"{called} is not read: it would take {error}. Split it, or save it as CSV.") from error
    except ChildFailed as error:
        raise UnreadableFile(f"{called} is damaged or unusual: it could not be read to its end.") from error
    found = json.loads(answer)
    if "refused" in found:
        raise UnreadableFile(found["refused"])
    return unpacked(found, name=name, sha256=sha256)


def _opened(path: Path, name: str, limit: int) -> tuple[bytes, str]:
    name = name or path.name
    try:
        if path.exists() and not path.is_file():  # a folder, or a pipe or device that might never end
            raise UnreadableFile(f"{name} is no file: name the paper itself. Accepted are {ACCEPTED}.")
        if path.stat().st_size > limit:
            raise _too_large(name, path.stat().st_size, limit)
        return path.read_bytes(), name
    except OSError as error:
        raise UnreadableFile(f"{name} cannot be opened: {error.strerror}.") from error


def _too_large(called: str, size: int, limit: int) -> UnreadableFile:
    most = limit // 1024**2
    return UnreadableFile(f"{called} is too large: {size / 1024**2:,.0f} MB, at most {most:,} MB are read. Split it.")
