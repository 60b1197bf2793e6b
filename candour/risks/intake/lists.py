"""Controls one by one and dated updates, from the blocks of a cell. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from candour.kernel.intake.document import Paragraph

from .values import read_day

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}"
    rf"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?"
    r"(?:\s+(?:\d{4}|\d{2}(?=\W|$)))?"
    r"|\d{1,2}/\d{1,2}(?=\s*[-–:]|\s+\D)"
)
_DATED = re.compile(rf"^\W*({_DATE})\s*(?:[-–—:.]+\s*|\s+|$)", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<=[.;\s])(?=(?:{_DATE})\s*[-–—:]\s)", re.IGNORECASE)
_NEW = re.compile(r"^\W{0,2}(?:new\s+control(?:\s+measure)?\b|new(?=\s*[-–—:)\]]))\W*", re.IGNORECASE)
_NEW_END = re.compile(r"\s*[-–—(\[]\s*new(?:\s+control)?\s*[)\]]?\s*$", re.IGNORECASE)
_REMOVED_END = re.compile(
    r"\s*[-–—(\[:]\s*(?:this\s+)?(?:control\s+)?(?:now\s+)?(?:removed|deleted|withdrawn)\b(?P<why>.*)$",
    re.IGNORECASE,
)
_REMOVED_START = re.compile(
    r"^\W{0,2}(?:control\s+)?(?:removed|deleted|withdrawn)(?:\s+control)?\s*[-–—:)\]]+\s*", re.IGNORECASE
)
# What Candour's own papers print after a control, of its state: "(due 30 June 2026, 3 days late, Head of Finance)".
_STATE_END = re.compile(r"\s*\((?P<state>(?:in place|due \d|no date yet)[^()]*)\)$")
# A line in a list of controls that says of those below it whether they are there.
_STATE = re.compile(
    r"^\W{0,2}(?:(?:controls?|measures?|actions?|mitigations?)\s+)?(?:(?P<done>(?:already |currently )?in place|existing|"
    r"current|complete[d]?|implemented)|(?P<todo>to do|to come|still to (?:do|come)|planned|outstanding|proposed|further|"
    r"additional|in progress|required))(?:\s+(?:controls?|measures?|actions?|mitigations?))?\s*:\s*",
    re.IGNORECASE,
)
_DASH = re.compile(r"^[-–—*·]\s+(?=[^\W\d])")  # typed before the one control of a cell
_TYPED = re.compile(r"^\s*\(?(\d{1,2})[.)]\s+(?=[^\W\d])")  # numbers typed before each control of a cell
_ELSEWHERE = re.compile(r"^\W*see\b[^.]*$", re.IGNORECASE)


def controls_of(blocks: Sequence[Paragraph], *, pending: bool = False) -> list[dict[str, Any]]:
    """Controls as {text, new, removed}; text_printed where flags were printed with it, removed_why where printed.

    A nested item belongs to the control above it. pending marks controls printed under "further controls".
    """
    parts = _by_state(_parted(blocks), pending=pending)
    if {state for _block, state in parts} != {pending}:
        return [one for block, state in parts for one in _controls([block], pending=state)]
    return _controls([block for block, _state in parts], pending=pending)


def _parted(blocks: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """One paragraph that names several controls, held apart by semicolons, as one to each."""
    if len(blocks) != 1 or blocks[0].kind == "item":
        return blocks
    parts = [part.strip() for part in re.split(r";\s+", blocks[0].text.rstrip(" ;"))]
    apart = len(parts) > 1 and all(len(part.split()) > 1 and part[0].isupper() for part in parts)
    return [replace(blocks[0], text=part, raw=part) for part in parts] if apart else blocks


def _by_state(blocks: Sequence[Paragraph], *, pending: bool) -> list[tuple[Paragraph, bool]]:
    """Each control with whether it is still to come; a line such as "In place:" or "To do:" says it of those below it."""
    found: list[tuple[Paragraph, bool]] = []
    for block in blocks:
        said = _STATE.match(block.text)
        rest = block.text[said.end() :].strip() if said else block.text
        pending = bool(said["todo"]) if said else pending
        if rest:
            found.append((replace(block, text=rest, raw=rest) if said else block, pending))
    return found


def _controls(blocks: Sequence[Paragraph], *, pending: bool) -> list[dict[str, Any]]:
    grouped: list[list[Paragraph]] = []
    for block in blocks:
        if grouped and block.kind == "item" and block.depth > grouped[-1][0].depth:
            grouped[-1].append(block)
        else:
            grouped.append([block])
    numbers = [_TYPED.match(group[0].text) for group in grouped]
    typed = all(found and int(found[1]) == n for n, found in enumerate(numbers, 1))
    return [_control(group, pending=pending, typed=typed) for group in grouped]


def _control(group: Sequence[Paragraph], *, pending: bool, typed: bool = False) -> dict[str, Any]:
    printed = "\n".join(block.text for block in group)
    text, new = (_TYPED if typed else _DASH).sub("", printed), False
    if found := _NEW.match(text):
        text, new = text[found.end() :], True
    elif found := _NEW_END.search(text):
        text, new = text[: found.start()], True
    text, removed, why = _without_removal(text)
    removed = removed or any("strike" in block.marks for block in group[:1])
    state = _STATE_END.search(text)
    text = text[: state.start()] if state else text
    control: dict[str, Any] = {"text": text.strip(), "new": new, "removed": removed}
    if control["text"] != printed:
        control["text_printed"] = printed
    if why:
        control["removed_why"] = why
    if pending:
        control["pending"] = True
    return control


def _without_removal(text: str) -> tuple[str, bool, str]:
    if found := _REMOVED_START.match(text):
        return text[found.end() :], True, ""
    if found := _REMOVED_END.search(text):
        why = found["why"].strip(" -–—:.)]")
        return text[: found.start()], True, "" if _ELSEWHERE.match(why) else why
    return text, False, ""


@dataclass
class Update:
    """One entry of the updates while it is put together."""

    date_text: str
    parts: list[str]
    depth: int
    marker: str


def updates_of(blocks: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """Updates as {date, text, date_text} in the order printed; text of several items has one line for each.

    A dated item starts an update. An undated one belongs to the update above it, and so does a dated one that is
    nested below it under another sign. What stands before the first date has date None.
    """
    updates: list[Update] = []
    for block in _split(blocks):
        found = _DATED.match(block.text)
        above = updates[-1] if updates else None
        nested = above and above.date_text and block.depth > above.depth and block.marker != above.marker
        if found and not nested:
            updates.append(Update(found[1].strip(), [block.text[found.end() :].strip()], block.depth, block.marker))
        elif above:
            above.parts.append(block.text)
        else:
            updates.append(Update("", [block.text], block.depth, block.marker))
    return [_update(one) for one in updates]


def _split(blocks: Sequence[Paragraph]) -> Iterable[Paragraph]:
    """Items as they are; running text that holds several "date - words" entries is cut before each date."""
    lists = any(block.kind == "item" and block.marker for block in blocks)
    for block in blocks:
        pieces = [block.text] if lists else _INSIDE.split(block.text)
        for piece in pieces:
            if piece.strip():
                yield Paragraph(piece.strip(), block.place, piece, block.kind, block.level, block.marker, block.depth)


def _update(one: Update) -> dict[str, Any]:
    day = read_day(one.date_text) if one.date_text else None
    update: dict[str, Any] = {"date": day.isoformat() if day else None, "text": "\n".join(filter(None, one.parts))}
    if one.date_text:
        update["date_text"] = one.date_text
    return update


def looks_dated(blocks: Sequence[Paragraph]) -> bool:
    """Whether a list without a label reads as updates: its first item starts with a date."""
    return bool(blocks) and bool(_DATED.match(blocks[0].text))
