"""What the text of an agreement gives away: brackets left, no date, a blank signature block, another title. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

BRACKETS = re.compile(r"\[[^\[\]\n]{1,120}\]")
DATED = re.compile(
    r"\b(\d{1,2}(st|nd|rd|th)?\s+(day\s+of\s+)?(January|February|March|April|May|June|July|August|September|October|"
    r"November|December),?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4})\b",
    re.IGNORECASE,
)
MADE = re.compile(r"\b(dated?|made|date of (this )?agreement|this agreement)\b", re.IGNORECASE)
SIGNATURE = re.compile(r"^\s*(signed|signature)\b(?P<rest>.*)$", re.IGNORECASE)
NOTHING = re.compile(r"^[\s._:…\-–—|/()]*$")
HEAD = 12  # lines in which an agreement says its title


@dataclass(frozen=True)
class Found:
    """brackets: the places, each in its line. undated: no line that says when it is made has a date."""

    brackets: tuple[str, ...]
    undated: bool
    blank_signature: bool
    title_differs: bool


def check_text(lines: Sequence[str], title: str) -> Found:
    """What is wrong with the text of an agreement. lines: its paragraphs and cells; title: as the register has it.

    A signature block is a line that begins with Signed or Signature; it is blank where neither its own line nor the next says
    more than dots.
    """
    told = [line for line in lines if line.strip()]
    places = tuple(found[0] for line in told for found in BRACKETS.finditer(line))
    dated = any(MADE.search(line) and DATED.search(line) for line in told)
    head = " ".join(_plain(line) for line in told[:HEAD])
    return Found(places, not dated, _blank(told), f" {_plain(title)} " not in f" {head} ")


def _blank(lines: Sequence[str]) -> bool:
    for place, line in enumerate(lines):
        found = SIGNATURE.match(line)
        if found is None:
            continue
        rest = re.sub(r"^\s*(by|for and on behalf of|on behalf of)\b[^:]*:?", "", found["rest"], flags=re.IGNORECASE)
        after = lines[place + 1] if place + 1 < len(lines) else ""
        follows = NOTHING.match(after) or SIGNATURE.match(after) or re.match(r"^\s*(name|date|position)\b", after, re.I)
        if NOTHING.match(rest) and (not after or follows):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
