"""Picks the reader of a file by its content and name. Pure."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from .csvfile import read_csv, separator_of
from .document import Document
from .text import decode, read_text

Reader = Callable[..., Document]
# Suffix -> reader. A reader takes (bytes, *, name, sha256) and gives a raw Document.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".csv": read_csv,
    ".tsv": read_csv,
}
ACCEPTED = "text (.txt, .md) and CSV (.csv, .tsv)"
_OTHER = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or other zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


class UnreadableFile(ValueError):
    """A file that no reader takes. The message says what it looks like and what is accepted."""


def read_document(source: bytes | str | Path, name: str = "") -> Document:
    """The raw document of a file, given as its path or its bytes.

    Raises UnreadableFile for an empty file, a missing one, or one of a kind that is not accepted.
    """
    if isinstance(source, bytes):
        content = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"{name} cannot be opened: {error.strerror}.") from error
    reader = _reader_of(content, name)
    return reader(content, name=name, sha256=hashlib.sha256(content).hexdigest())


def _reader_of(content: bytes, name: str) -> Reader:
    called = name or "The file"
    if not content.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise UnreadableFile(f"{called} is empty. Accepted are {ACCEPTED}.")
    suffix = Path(name).suffix.lower()
    for start, kind in _OTHER:
        if content.startswith(start):
            raise UnreadableFile(f"{called} looks like {kind}. Accepted are {ACCEPTED}.")
    if _binary(content):
        raise UnreadableFile(f"{called} holds no readable text. Accepted are {ACCEPTED}.")
    if suffix in READERS:
        return READERS[suffix]
    if suffix and name:
        raise UnreadableFile(f"{called} ends in {suffix}. Accepted are {ACCEPTED}.")
    return read_csv if _looks_like_csv(content) else read_text


def _binary(content: bytes) -> bool:
    sample = decode(content[:4000])
    odd = sum(1 for sign in sample if ord(sign) < 32 and sign not in "\t\r\n\x0c") + sample.count("\ufffd")
    return odd * 10 > len(sample)


def _looks_like_csv(content: bytes) -> bool:
    """Three lines or more, all with the same number of separators other than a tab."""
    lines = [line for line in decode(content).splitlines() if line.strip()][:20]
    separator = separator_of("\n".join(lines))
    counts = {line.count(separator) for line in lines}
    return len(lines) >= 3 and separator != "\t" and len(counts) == 1 and counts != {0}
