"""A cell of a plan that tells the day planned and the day reached apart: "Reached 5 Mar 2026 Planned 3 Mar 2026". Pure."""

import re

_REACHED = re.compile(r"\b(?:reached|held|issued|done|actual)\b\W+(?:on\s+)?", re.IGNORECASE)
_PLANNED = re.compile(r"\bplanned\b\W+(?:for\s+)?", re.IGNORECASE)


def says_which(text: str) -> bool:
    """Whether a cell says of its days what they are; one that does not holds the day planned, or reached by the status."""
    return bool(_REACHED.search(text) or _PLANNED.search(text))


def reached_in(text: str) -> str:
    """The words that begin with the day on which a stage was reached; "" where the cell does not say so."""
    return _after(_REACHED, text)


def planned_in(text: str) -> str:
    """The words that begin with the day for which a stage is planned: after that word, or all of a cell that says neither."""
    return _after(_PLANNED, text) if says_which(text) else text


def _after(form: re.Pattern[str], text: str) -> str:
    found = form.search(text)
    return text[found.end() :] if found else ""
