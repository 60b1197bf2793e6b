"""The pure model of a paper: what Word, PDF, HTML, text and JSON are all written from, so that they cannot disagree.

A paper is built of the blocks in blocks.py (import them from here), most easily with the short builders below:

    Document("Risk register", "Name of the body", blocks=(Heading(1, "Purpose"), para("To show ...", number=1)))
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from candour.kernel.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Detail,
    Fact,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
    anchor_for,
    clean,
    clean_line,
)
from candour.kernel.papers.walk import block_texts, plain, runs_of

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Detail",
    "Document",
    "Fact",
    "Facts",
    "Figure",
    "Group",
    "Heading",
    "Item",
    "Note",
    "PageBreak",
    "Paragraph",
    "Row",
    "Run",
    "Table",
    "Words",
    "anchor_for",
    "bold",
    "bullets",
    "cell",
    "clean",
    "clean_line",
    "fact",
    "link",
    "para",
    "plain",
    "runs_of",
    "sealed",
    "texts",
    "words",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. meta: the facts under the title, in order. seal: what is printed once issued, outside the fingerprint.

    date gives the files their date; without it they are dated 1 January 2000, so that bytes never depend on the clock.
    """

    title: str
    body_name: str
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    marking: str = "OFFICIAL"
    draft: bool = True
    meta: tuple[Fact, ...] = ()
    seal: tuple[Fact, ...] = ()
    date: datetime.date | None = None
    language: str = "en-GB"

    def __post_init__(self) -> None:
        for name in ("title", "body_name", "subtitle", "marking"):
            object.__setattr__(self, name, clean_line(getattr(self, name)))
        if not self.title or not self.body_name:
            raise ValueError("a paper has a title and names its body")
        if self.marking and not self.marking.startswith("OFFICIAL"):
            raise ValueError(f"a marking is OFFICIAL, OFFICIAL-SENSITIVE or none, not {self.marking!r}")
        if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", self.language):
            raise ValueError(f"a language looks like en-GB, not {self.language!r}")
        _check_headings(self.blocks)
        _check_links(self)


def words(*parts: str | int | Run) -> Words:
    """words("There are ", bold(22), " live risks") -> the runs of a paragraph."""
    return tuple(part if isinstance(part, Run) else Run(str(part)) for part in parts)


def bold(text: str | int) -> Run:
    return Run(str(text), bold=True)


def link(text: str | int, target: str) -> Run:
    return Run(str(text), link=target)


def para(*parts: str | int | Run, number: int | None = None) -> Paragraph:
    return Paragraph(words(*parts), number)


def bullets(*items: str | Item, marker: str = "point") -> Bullets:
    return Bullets(tuple(item if isinstance(item, Item) else Item(words(item)) for item in items), marker)


def cell(*parts: str | int | Run | Bullets | Paragraph, badge: str | int = "", tone: str = "", span: int = 1) -> Cell:
    """cell("High", badge=16, tone="high"); words beside each other share a paragraph, lists stand alone."""
    blocks: list[Paragraph | Bullets] = []
    run: list[str | int | Run] = []
    for part in (*parts, None):
        if isinstance(part, str | int | Run):
            run.append(part)
            continue
        if run:
            blocks.append(Paragraph(words(*run)))
            run = []
        if part is not None:
            blocks.append(part)
    return Cell(tuple(blocks), str(badge), tone, span)


def fact(label: str, *parts: str | int | Run | Bullets | Paragraph) -> Fact:
    return Fact(label, cell(*parts))


def sealed(document: Document, *facts: Fact) -> Document:
    """The paper as issued: no longer a draft, with the facts of its issue (fingerprint, root, day) printed on it."""
    return replace(document, draft=False, seal=facts)


def led(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it is a paragraph that leads to the picture after it and so stands on its page."""
    for block, after in zip_longest(blocks, blocks[1:]):
        yield block, isinstance(block, Paragraph) and isinstance(after, Figure)


def texts(document: Document) -> Iterator[str]:
    """Every text that a reader of the paper sees, in order: what a leak check or a search goes through."""
    yield from (document.marking, document.body_name, document.title, document.subtitle)
    yield from block_texts((document.meta, document.seal, document.blocks))


def _check_headings(blocks: tuple[Block, ...]) -> None:
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                raise ValueError(f"heading {block.label!r} has level {block.level} after level {level}")
            level = block.level


def _check_links(document: Document) -> None:
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.anchor]
    if len(anchors) != len(set(anchors)):
        raise ValueError("two headings of the paper have the same anchor")
    known = {f"#{anchor}" for anchor in anchors}
    for run in runs_of((document.meta, document.seal, document.blocks)):
        if run.link.startswith("#") and run.link not in known:
            raise ValueError(f"a link goes to {run.link}, and no heading of the paper has that anchor")
