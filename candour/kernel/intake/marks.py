"""Pieces of printed text with their marks (strike-through, bold, colours) as the blocks of a cell or a body. Pure."""

import colorsys
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from .cells import blocks_of, even
from .document import Paragraph, Place

# A piece is words in one style: the text, and its marks.
Piece = tuple[str, frozenset[str]]
PLAIN: frozenset[str] = frozenset()
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HUES = ((15, "red"), (50, "amber"), (70, "yellow"), (170, "green"), (260, "blue"), (345, "purple"), (361, "red"))
_SIX = re.compile(r"[0-9a-fA-F]{6}\Z")


def colour_name(figures: str) -> str:
    """The name of a colour of six hexadecimal figures: red, amber, yellow, green, blue, purple, grey, white or black."""
    if not _SIX.match(figures):
        return ""
    red, green, blue = (int(figures[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    if light < 0.2:
        return "black"
    if strong < 0.2:
        return "white" if light > 0.97 else "grey"
    return next(name for limit, name in _HUES if hue * 360 < limit)


def colour_mark(kind: str, name: str) -> Collection[str]:
    """("colour:red",); nothing for the ink and the paper that everybody uses."""
    usual = {"colour": ("", "black"), "fill": ("", "white"), "highlight": ("", "white")}
    return () if name in usual[kind] else (f"{kind}:{name}",)


def raised(text: str) -> str:
    """Superscript figures as such: 12 with a note's 1 behind it is no 121."""
    return text.translate(_RAISED)


def common(pieces: Iterable[Piece]) -> frozenset[str]:
    """The marks that all the words share."""
    held = [marks for text, marks in pieces if text.strip()]
    return frozenset.intersection(*held) if held else PLAIN


def struck_words(pieces: Iterable[Piece]) -> str:
    return even(" ".join("".join(text if "strike" in marks else "\n" for text, marks in pieces).split("\n")))


def lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of each line; a piece is cut at its line breaks."""
    found: list[list[Piece]] = [[]]
    for text, marks in pieces:
        for n, part in enumerate(text.split("\n")):
            if n:
                found.append([])
            if part:
                found[-1].append((part, marks))
    return found


def words_of(pieces: Iterable[Piece]) -> str:
    return "".join(text for text, _marks in pieces)


def blocks_from(pieces: Sequence[Piece], place: Place, *, starts: bool = True) -> tuple[Paragraph, ...]:
    """Paragraphs and items of pieces, one line after another, with the marks of their words."""
    found: list[Paragraph] = []
    for line in lines(pieces):
        raw = words_of(line).strip()
        # a bullet that nothing follows is a sign like any other
        blocks = blocks_of(words_of(line), place, starts=starts) or ((Paragraph(even(raw), place, raw),) if raw else ())
        shared = common(line)
        struck = "" if "strike" in shared else struck_words(line)
        found += [marked(block, shared, _part(block, struck, alone=len(blocks) == 1)) for block in blocks]
    return tuple(found)


def marked(block: Paragraph, marks: Collection[str], struck: str = "") -> Paragraph:
    """The block with more marks. A block all of whose words are struck has the mark; else `struck` repeats them."""
    if struck and struck == block.text:
        marks, struck = {*marks, "strike"}, ""
    if not marks and not struck:
        return block
    # Written out: replace() takes ten times as long, and each cell of a coloured column comes here.
    held = (block.text, block.place, block.raw, block.kind, block.level, block.marker, block.depth, block.number)
    return Paragraph(*held, tuple(sorted({*block.marks, *marks})), struck)


def points(pieces: Sequence[Piece], place: Place, *, marker: str, depth: int, number: str) -> list[Paragraph]:
    """A point of a list and what its lines hold besides, a depth further in. A bullet typed before its words stays in raw."""
    flat = [(text.replace("\n", " "), marks) for text, marks in pieces]
    first, rest = (found := blocks_from(flat, place, starts=False))[:1], found[1:]
    return [
        *(
            replace(one, raw=one.marker + one.raw, kind="item", marker=marker, depth=depth, number=number)
            for one in first
        ),
        *(replace(one, depth=depth + 1) for one in rest),
    ]


def _part(block: Paragraph, struck: str, *, alone: bool) -> str:
    """Of the struck words of a line those of one of its blocks."""
    if not struck or alone:
        return struck
    return block.text if block.text in struck else (struck if struck in block.text else "")
