"""Lines to paragraphs, headings and lists by how they stand: distance, size, weight, indent, room left. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ..document import Paragraph, Place
from .words import Habits, Line, paragraphs, starts_with_sign, with_number

_LARGER = 1.12  # of the usual size: a heading
_DASHES = ("-", "–", "—")  # of an item, or of a sentence that wraps before it
_SHORT = 0.6  # of the width: a line that ends before was ended on purpose
_LONG = 0.75  # of the width: a line that ends after may have been broken there
_LONGEST = 160  # letters of a heading
_SENTENCE = (".", "?", "!")
_LABEL = re.compile(r"^[A-Z][A-Za-z’'/()-]*(?: [A-Za-z’'/()-]+){0,4}: \S")  # "Priority rating: 1"
_NO_HEADING = (".", "?", "!", ",", ";", ":")


@dataclass(frozen=True)
class Body:
    """What is known of the place of some lines. right: where lines must end, 0 for where the longest does."""

    habits: Habits
    size: float
    page: int
    right: float = 0.0
    inside: bool = False  # a cell


def text_blocks(lines: Sequence[Line], body: Body) -> list[Paragraph]:
    """The paragraphs that lines make, from the top."""
    if not lines:
        return []
    groups = _groups(lines, body)
    place = Place(page=body.page)
    found: list[tuple[Paragraph, float]] = []
    for group in groups:
        for block in paragraphs(group, place, body.habits, inside=body.inside):
            found.append((_kind(block, group, body), group[0].box[0]))
    return _settled(_nested(found), body)


def _groups(lines: Sequence[Line], body: Body) -> list[list[Line]]:
    right = body.right or max(line.box[2] for line in lines)
    pitch = _pitch(lines, body.habits)
    groups = [[lines[0]]]
    for line in lines[1:]:
        if _begins(line, groups[-1], right, pitch, body):
            groups.append([])
        groups[-1].append(line)
    return groups


def _pitch(lines: Sequence[Line], habits: Habits) -> float:
    """How far lines of a paragraph stand apart, in sizes of their letters: here, or as a rule in this file."""
    steps = [(b.base - a.base) / b.size for a, b in pairwise(lines)]
    near = [step for step in steps if 0.8 < step < 1.25 * habits.pitch]
    return median(near) if near else habits.pitch


def _begins(  # noqa: PLR0911  one for each sign
    line: Line, group: Sequence[Line], right: float, pitch: float, body: Body
) -> bool:
    """Whether a line begins a paragraph after those of the group."""
    before, size, inside = group[-1], line.size, body.inside
    step = (line.base - before.base) / size
    if step > 1.3 * pitch or step < -0.5 or abs(size - before.size) > 0.08 * size:
        return True
    if not inside and (len(group) == 1 or before.text.endswith(_SENTENCE)) and _LABEL.match(line.text):
        return True  # and no line that only goes on begins so
    listed, room = starts_with_sign(group[0].text), _room(before, line, right)
    wrapped = body.habits.writes_spaces and before.words[-1].spaced  # the space that the line broke at is written there
    if wrapped and line.words[0].text in _DASHES:
        return False
    if starts_with_sign(line.text) and (line.box[0] <= group[0].box[0] + 2 or listed):
        return True
    if wrapped:
        return False
    if all(word.bold for word in before.words) != all(word.bold for word in line.words) and room:
        return True
    if len(group) > 1 and line.box[0] <= group[0].box[0] + 1 and listed:
        return True
    if len(group) > 1 and line.box[0] > before.box[0] + size and not inside and not listed:
        return True
    left = group[0].box[0]
    short = before.box[2] - left < _SHORT * (right - left) and not line.text[0].islower()
    if (
        inside
        and line.text[0].islower()
        and before.box[2] - left > _LONG * (right - left)
        and before.text[-1] not in ".:;?!"
    ):
        return False  # a program that breaks lines by counting letters left room
    return room and (inside or listed or short or before.text.endswith((".", ":", "?", "!", ";")))


def _room(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have stood on the line before: then that line was ended on purpose."""
    first = line.words[0]
    return before.box[2] + 0.35 * line.size + (first.x1 - first.x0) < right - 2


def _kind(block: Paragraph, group: Sequence[Line], body: Body) -> Paragraph:
    """A heading where the letters are larger, or bold on a line of their own; else a numbered or a plain paragraph."""
    if body.inside:
        return block
    size = max(line.size for line in group)
    heavy = "bold" in block.marks
    short = len(block.text) <= _LONGEST and len(group) <= 3 and not block.text.endswith(_NO_HEADING)
    if block.kind != "item" and short and (size > _LARGER * body.size or (heavy and len(group) == 1)):
        return replace(block, kind="heading", level=_level(size / body.size))
    return with_number(block)


def _level(times: float) -> int:
    return 1 if times > 1.3 else 2 if times > _LARGER else 3


def _nested(found: Sequence[tuple[Paragraph, float]]) -> list[Paragraph]:
    """Items with their depth: how far each stands in, among the items that follow one another."""
    blocks: list[Paragraph] = []
    lefts: list[float] = []
    for block, left in found:
        if block.kind != "item":
            lefts = [] if block.kind == "heading" else lefts
            blocks.append(block)
            continue
        while lefts and left < lefts[-1] - 3:
            lefts.pop()
        if not lefts or left > lefts[-1] + 3:
            lefts.append(left)
        blocks.append(replace(block, depth=len(lefts) - 1))
    return blocks


def _settled(blocks: list[Paragraph], body: Body) -> list[Paragraph]:
    """A cell that holds one paragraph holds no list of numbers."""
    if body.inside and len(blocks) == 1 and blocks[0].kind == "item" and blocks[0].text.startswith(blocks[0].marker):
        return [replace(blocks[0], kind="paragraph", marker="", depth=0)]
    return blocks
