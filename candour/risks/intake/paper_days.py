"""The day of a paper, and the day that its register stands at. Pure."""

import re
from datetime import date
from typing import TYPE_CHECKING

from .values import read_day

if TYPE_CHECKING:
    from .paper import Paper

_AS_AT = re.compile(r"(?:register |position )?as at\W*$", re.IGNORECASE)
_MADE = "printed|generated|exported|published|produced|updated|extracted|presented|board|committee|panel"


def date_of(paper: "Paper") -> None:
    """Take the day of a paper from its cover, else from its first lines, else from a row above the headings of a sheet."""
    for label, text, place in paper.cover:
        if (
            re.match(r"(?:meeting )?date|date of meeting|register as at|as at", label, re.IGNORECASE)
            and not paper.date_text
        ):
            paper.dated, paper.date_text, paper.date_place = read_day(text), text, place
    if paper.dated:
        return
    for block in paper.prose[:25]:
        words = re.sub(
            r"^(?:date(?: of meeting)?|as at|register as at|meeting date)\W+", "", block.text, flags=re.IGNORECASE
        )
        inside = re.search(
            rf"\b(?:at|on|dated?|of|{_MADE})\W+(?:on\W+)?(\d{{1,2}}\b.{{4,16}}\b\d{{4}})\b", block.text, re.IGNORECASE
        )
        words = inside[1] if inside and not read_day(words) and len(block.text) <= 100 else words
        if len(words) <= 40 and (day := read_day(words)):
            paper.dated, paper.date_text, paper.date_place = day, words, block.place
            return
    if not paper.date_text:
        _date_above(paper)


_UPDATED = re.compile(
    r"^(?:position )?(?:as at|date|updated|last updated|report date|date of report)\W*\|?\s*(?P<day>.{6,40})$",
    re.IGNORECASE,
)


def _date_above(paper: "Paper") -> None:
    """The day that a sheet prints in a row above its headings."""
    for one in paper.aside:
        found = _UPDATED.match(one.text)
        if found and (day := read_day(found["day"])):
            paper.dated, paper.date_text, paper.date_place = day, found["day"], one.place
            return


def stands(paper: "Paper") -> date | None:
    """The day that the cover says the register stood at, where it is before the paper's own: dates are late by that day."""
    for label, text, _place in paper.cover:
        if _AS_AT.match(label) and (day := read_day(text)) and (not paper.dated or day <= paper.dated):
            return day
    return paper.dated
