"""Puts the running headers and footers of a tagged file between its blocks. Pure."""

from ..cells import even
from ..document import Block, Paragraph, Place, Table
from .sheet import Sheet
from .tagged import Tagged
from .words import lines_in_order


def in_order(tagged: Tagged) -> tuple[Block, ...]:
    """All blocks, the markings of each page where the page turns.

    Where a table runs over a page its markings wait: between two tables they would say that the second carries on.
    """
    marks = [_markings(sheet, tagged.repeated) for sheet in tagged.sheets]
    blocks: list[Block] = []
    waiting: list[Paragraph] = []
    at, ended, turned = 0, 1, False
    for found in tagged.found:
        while at < min(found.first, len(marks)):
            waiting += marks[at][0]
            if at:
                waiting = [*waiting[: len(waiting) - len(marks[at][0])], *marks[at - 1][1], *marks[at][0]]
            at += 1
        turned = found.first > ended or not blocks
        if turned or not isinstance(found.block, Table):
            blocks += waiting
            waiting = []
        blocks.append(found.block)
        while at < min(found.last, len(marks)):
            waiting += [*(marks[at - 1][1] if at else ()), *marks[at][0]]
            at += 1
        ended = found.last
    blocks += waiting
    for n in range(at, len(marks)):
        blocks += [*(marks[n - 1][1] if n else ()), *marks[n][0]]
    return (*blocks, *(marks[-1][1] if marks else ()))


def _markings(sheet: Sheet, repeated: set[int]) -> tuple[list[Paragraph], list[Paragraph]]:
    """(those at the head, those at the foot) of a page: what its tags say is no part of the text."""
    words = [word for word in sheet.words if word.artifact and id(word) not in repeated]
    head: list[Paragraph] = []
    foot: list[Paragraph] = []
    for line in lines_in_order(words):
        text = even(line.text)
        block = Paragraph(text, Place(page=sheet.number), line.text, marker="marking")
        if text:
            (head if line.base < sheet.height / 2 else foot).append(block)
    return head, foot
