"""What a pack is made of, and what comes of it. Pure Python.

A part is one paper of the pack: a paper that Candour computed, or a file that somebody uploaded. Its key is the caller's
own and stays with the paper from one version of the pack to the next; by it pages keep their numbers.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from candour.kernel.papers.canonical import fingerprint
from candour.kernel.papers.document import Document, Fact, clean_line

MARKINGS = (
    "",
    "OFFICIAL",
    "OFFICIAL-SENSITIVE",
)  # in order; a descriptor may follow the last ("OFFICIAL-SENSITIVE: LEGAL")
FRONT = ""  # the key of the pack's own first pages

Labels = tuple[str, ...]  # the numbers printed on a part's pages, in order: ("23", "24", "24.1")


class PackRefused(ValueError):
    """The pack is not made. name: the file that is in the way, "" where it is none; the message says what to do."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody uploaded it. words: of a Word file, its words as a paper; None for a PDF.

    link: where the original is kept (http, https). Made by candour.kernel.intake.uploads.take_upload, which looks at it.
    pictures: how many pictures a Word file holds, which its words do not. running: the words at the head and foot of its
    pages, each once.
    """

    content: bytes
    name: str
    link: str
    words: Document | None = None
    pictures: int = 0
    running: str = ""

    @property
    def kind(self) -> Literal["PDF", "Word"]:
        return "PDF" if self.words is None else "Word"


@dataclass(frozen=True, slots=True)
class Part:
    """A paper of the pack. number: of its item ("5", "5a"). marking: "" for a computed paper, which bears its own."""

    key: str
    heading: str
    paper: Document | Upload
    number: str = ""
    marking: str = ""

    def __post_init__(self) -> None:
        for name in ("heading", "number", "marking"):
            object.__setattr__(self, name, clean_line(getattr(self, name)))
        if not self.key or not self.heading:
            raise ValueError("a part of a pack has a key and a heading")
        own = self.paper.marking if isinstance(self.paper, Document) else ""
        if own and self.marking not in ("", own):
            raise ValueError(f"{self.label} is marked {self.marking} in the pack and {own} on itself")
        if own:
            object.__setattr__(self, "marking", own)
        rank(self.marking)

    @property
    def label(self) -> str:
        """ "5 Finance report": what its bookmark and the foot of its pages say."""
        return f"{self.number} {self.heading}" if self.number else self.heading

    @property
    def holds(self) -> "Held":
        """What is kept of a part to tell the next version of the pack from this one."""
        said = fingerprint(self.paper) if isinstance(self.paper, Document) else _digest(self.paper.content)
        return Held(self.key, self.label, _digest(f"{self.marking}\n{said}".encode()))


@dataclass(frozen=True, slots=True)
class Held:
    """A part of an issued pack, by the hash of what it says and of its marking."""

    key: str
    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the list of versions: what was issued, when (in words), and what changed in it."""

    name: str
    issued: str
    changes: str


@dataclass(frozen=True, slots=True)
class Front:
    """The first pages: title, meeting, contents and versions. marking: at least this; a part's own may raise it.

    supplement: 0 for the pack itself, else the number of the supplement.
    """

    title: str
    body_name: str
    subtitle: str = ""
    meta: tuple[Fact, ...] = ()
    versions: tuple[Version, ...] = ()
    marking: str = "OFFICIAL"
    draft: bool = False
    date: datetime.date | None = None
    language: str = "en-GB"
    supplement: int = 0


@dataclass(frozen=True, slots=True)
class NotAccessible:
    """A part whose pages are not all for a screen reader, and why; link: to its original."""

    key: str
    name: str
    link: str
    why: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as a file. pages: first and last number of each part. labels: every number ever given, by key: keep them with
    the issued pack and give them to the next version as previous_pages. accessible: the file says that it is PDF/UA-1.
    """

    content: bytes = field(repr=False)
    pages: Mapping[str, tuple[str, str]]
    labels: Mapping[str, Labels]
    accessible: bool
    not_accessible: tuple[NotAccessible, ...]
    holds: tuple[Held, ...]


def rank(marking: str) -> int:
    """How far up a marking stands. Raises ValueError for one that papers do not bear."""
    named = marking.partition(":")[0].strip() if marking.startswith(MARKINGS[2]) else marking
    if named not in MARKINGS:
        raise ValueError(f"a marking is OFFICIAL, OFFICIAL-SENSITIVE or none, not {marking!r}")
    return MARKINGS.index(named)


def highest(front: Front, parts: tuple[Part, ...]) -> str:
    """The marking of the pack: the highest that anything in it bears, its descriptor only where all of that rank share it."""
    found = [front.marking, *(part.marking for part in parts)]
    top = max(map(rank, found))
    named = {marking for marking in found if rank(marking) == top}
    return named.pop() if len(named) == 1 else MARKINGS[top]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
