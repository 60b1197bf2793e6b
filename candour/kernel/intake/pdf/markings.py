"""Running headers and footers of a PDF without good tags: what stands at the same place of many pages. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ..cells import even
from ..document import Paragraph, Place
from .grid import Region
from .sheet import Box, Sheet, Word, holds
from .words import Line, lines_by_place

_EDGE, _LEAST = 0.13, 64.0  # of the page's height, and points: a marking stands nearer to the head or the foot
_SHARE = 0.4  # of the pages of one shape that a marking stands on
_PAGE = re.compile(r"^[\W_]*(?:page\s*)?0+(?:\s*(?:of|/)\s*0+)?[\W_]*$")

Marked = tuple[list[Paragraph], list[Paragraph], list[Word]]  # at the head, at the foot, all other words


def markings(sheets: Sequence[Sheet], drawn: dict[int, list[Region]]) -> dict[int, Marked]:
    """The markings of each page, and the words that are none."""
    edges = {sheet.number: _edges(sheet, drawn[sheet.number]) for sheet in sheets}
    pages: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    shapes: dict[int, int] = defaultdict(int)
    for sheet in sheets:
        shapes[_turned(sheet)] += 1
        for line in edges[sheet.number]:
            for near in (-1, 0, 1):
                pages[_key(line, sheet, near)].add(sheet.number)
    found = {}
    for sheet in sheets:
        least = max(2, _SHARE * shapes[_turned(sheet)])
        marked = [
            line
            for line in edges[sheet.number]
            if len(pages[_key(line, sheet, 0)]) >= least or _PAGE.match(_shape(line)) or _artifact(line)
        ]
        found[sheet.number] = _split(sheet, _standing_off(marked, sheet))
    return found


def _edges(sheet: Sheet, drawn: Sequence[Region]) -> list[Line]:
    """Lines near the head or the foot of the page that stand in no table that is drawn."""
    tables = [region.box for region in drawn if not _at_edge(region.box, sheet)]
    words = [word for word in sheet.words if word.artifact or not any(holds(box, word) for box in tables)]
    lines = lines_by_place(words)
    return [line for line in lines if _at_edge(line.box, sheet) or _artifact(line)]


def _at_edge(box: Box, sheet: Sheet) -> bool:
    edge = max(_EDGE * sheet.height, _LEAST)
    return box[3] < edge or box[1] > sheet.height - edge


def _artifact(line: Line) -> bool:
    return all(word.artifact for word in line.words)


def _turned(sheet: Sheet) -> int:
    return round(sheet.height)


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", even(line.text).casefold())


def _key(line: Line, sheet: Sheet, near: int) -> tuple[str, int, int]:
    return _shape(line), _turned(sheet), round(line.base / 4) + near


def _standing_off(marked: list[Line], sheet: Sheet) -> list[Line]:
    """Without repeated lines that have text outside them, or that the text follows closely, as the rows of a table do."""
    ids = {id(word) for line in marked for word in line.words}
    others = [word for word in sheet.words if id(word) not in ids]
    first, last = min((word.base for word in others), default=0.0), max((word.base for word in others), default=0.0)
    kept = []
    for line in marked:
        head = line.base < sheet.height / 2
        below = [word.y0 - line.base for word in others if word.y0 > line.base]
        inner = line.base > first if head else line.base < last
        if _artifact(line) or not others or not (inner or (head and min(below, default=99.0) < 0.8 * line.size)):
            kept.append(line)
    return kept


def _split(sheet: Sheet, marked: Sequence[Line]) -> Marked:
    head: list[Paragraph] = []
    foot: list[Paragraph] = []
    for line in marked:
        block = Paragraph(even(line.text), Place(page=sheet.number), line.text, marker="marking")
        (head if line.base < sheet.height / 2 else foot).append(block)
    ids = {id(word) for line in marked for word in line.words}
    return head, foot, [word for word in sheet.words if id(word) not in ids]
