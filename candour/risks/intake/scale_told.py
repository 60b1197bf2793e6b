"""The scale as sentences tell it: "Low risks score 1 to 6, medium 7 to 12 and high 13 or more"; "Low 1, High 2". Pure."""

import re
from collections.abc import Sequence

Band = tuple[str, int, int]

_BANDS = (
    "very low", "very high", "low", "medium", "moderate", "high", "extreme", "critical", "severe", "significant", "minor",
    "major", "green", "yellow", "amber", "orange", "red", "black", "purple",
)  # fmt: skip
_NAME = rf"(?P<name>{'|'.join(_BANDS)})"
_SCORES = (
    r"(?:(?P<low>\d{1,3})\s*(?:-|–|—|to|and|through)\s*(?P<high>\d{1,3})"
    r"|(?P<from>\d{1,3})\s*(?:\+|(?:and|or) (?:above|over|more|higher|greater))"
    r"|(?P<upto>\d{1,3})\s*(?:and|or) (?:under|below|less|lower|fewer)"
    r"|(?:above|over|more than)\s*(?P<above>\d{1,3})|(?:below|under|less than)\s*(?P<below>\d{1,3})"
    r"|up to\s*(?P<most>\d{1,3})|(?:at least|from)\s*(?P<least>\d{1,3})(?!\s*(?:-|–|—|to)))"
)
_FILLER = "risks?|scores?|scored|scoring|rated|ratings?|is|are|as|with|a|an|the|of|between|considered|graded"
_BETWEEN = rf"(?:[\s:=(–-]|\b(?:{_FILLER})\b)*"
_TOLD = (
    re.compile(rf"\b{_NAME}\b{_BETWEEN}{_SCORES}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\d.])\b{_SCORES}{_BETWEEN}\b{_NAME}\b", re.IGNORECASE),
)


def bands_told(sentence: str, size: int) -> list[Band]:
    """The bands of a sentence, lowest first; empty where it tells fewer than two, or tells one twice. size: of the matrix."""
    if not re.search(r"\d", sentence):
        return []
    best: list[Band] = []
    for form in _TOLD:
        found = [_band(one, size) for one in form.finditer(sentence)]
        names = {name.casefold() for name, _low, _high in found}
        if len(names) == len(found) >= 2 and len(found) > len(best):
            best = found
    ordered = sorted(best, key=lambda band: band[1])
    told = all(low <= high for _name, low, high in ordered) and all(high <= 100 for _name, _low, high in ordered)
    return ordered if told and len({low for _name, low, _high in ordered}) == len(ordered) else []


def _band(found: re.Match[str], size: int) -> Band:
    name, top = found["name"].capitalize(), (size or 10) ** 2
    if found["low"]:
        return name, int(found["low"]), int(found["high"])
    if lowest := found["from"] or found["least"]:
        return name, int(lowest), max(top, int(lowest))
    if found["above"]:
        return name, int(found["above"]) + 1, max(top, int(found["above"]) + 1)
    most = found["upto"] or found["most"]
    return (name, 1, int(most)) if most else (name, 1, int(found["below"]) - 1)


_WORD = r"[A-Za-z][A-Za-z ]{1,24}?"
_LEVEL = re.compile(
    rf"^(?:(?P<word>{_WORD})\s*[:=(–-]?\s*(?P<after>\d)\)?|(?P<before>\d)\s*[:=(–-]?\s*(?P<other>{_WORD})\)?)$"
)
_LOWEST = re.compile(r"\b(?:from|min|minimum|low|lowest|lower)\b", re.IGNORECASE)
_HIGHEST = re.compile(r"\b(?:to|max|maximum|high|highest|upper)\b", re.IGNORECASE)
_LEAST = 3


def levels_told(sentence: str) -> dict[int, str]:
    """Number -> word of a sentence that lists levels from one on: "Scores: Low 1, Medium 2, High 3"; empty for any other."""
    listed = sentence.strip(" .").rpartition(": ")[2]
    parts = [part.strip(" .") for part in re.split(r"[,;]\s*(?:and )?|\s+and\s+", listed)]
    found = [_LEVEL.match(part) for part in parts]
    if len(parts) < _LEAST or not all(found):
        return {}
    told = {int(one["after"] or one["before"]): (one["word"] or one["other"]).strip() for one in found if one}
    return told if sorted(told) == list(range(1, len(parts) + 1)) else {}


def bands_in_columns(rows: Sequence[Sequence[str]]) -> list[Band]:
    """The bands of a table with a column for the lowest score and one for the highest: Rating | From | To."""
    filled = [[text for text in row if text] for row in rows if any(row)]
    if len(filled) < _LEAST or len(filled[0]) != _LEAST:
        return []
    if not (_LOWEST.search(filled[0][1]) and _HIGHEST.search(filled[0][2])):
        return []
    if not all(len(row) == _LEAST and row[1].isdigit() and row[2].isdigit() for row in filled[1:]):
        return []
    return [(row[0], int(row[1]), int(row[2])) for row in filled[1:]]
