"""What cells of a delivery plan say: ratings, days, owners, the four questions. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.kernel.calendar import read_date, read_month
from candour.kernel.intake.document import Cell
from candour.kernel.intake.printed import blank

# By its colour, where the paper has no legend of its own.
COLOURS: Mapping[str, str] = {
    **{"blue": "done", "red": "off", "amber": "risk", "yellow": "risk"},
    **{"green": "on", "grey": "unstarted"},
}
_SHORT = {"b": "blue", "r": "red", "a": "amber", "g": "green"}
_COLOUR = re.compile(r"\b(blue|red|amber|yellow|green|grey|gray)\b", re.IGNORECASE)
# What words of a legend, or of a rating without a colour, stand for; the first that is found.
_MEANS = (
    ("unstarted", r"not (?:yet )?(?:started|begun|commenced)|yet to (?:start|begin)|to start|awaiting start"),
    (
        "off",
        r"not on track|off (?:track|course|target)|serious|will not|significant (?:risk|delay)|overdue|past its date",
    ),
    ("risk", r"at risk|some (?:risk|delay|issue)|slippage|slipping|delayed|behind|concern"),
    ("on", r"not yet delivered|on (?:track|course|target|schedule)|in progress|progressing|ongoing|under ?way|started"),
    ("done", r"complete[d]?|delivered|done|achieved|closed|finished|implemented"),
)
_MEANING = [(stands, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for stands, words in _MEANS]
_FILLS = {"yellow": "amber", "orange": "amber", "gray": "grey"}
_ASKED = (
    ("achieved", r"what (?:has been|was|have (?:we|you)) achieved|achieved|achievements?"),
    ("left", r"what is left(?: to (?:complete|do))?|left to (?:do|complete)|outstanding|next steps"),
    ("barriers", r"(?:are there )?any barriers(?: to completion)?|barriers?|in the way|issues"),
    (
        "close",
        r"is the (?:activity|action) proposed(?: as)? closed\W*(?:if yes[^.]*(?:closure|evidence)\W*)?"
        r"|do you propose (?:closure|to close it)|proposed done",
    ),
)
QUESTIONS = tuple((name, re.compile(rf"^(?:\d[.)]\s*)?(?:{words})\W*", re.IGNORECASE)) for name, words in _ASKED)
_YES = re.compile(r"^(?:yes|y|proposed (?:for closure|closed)|closed|complete[d]?|to be agreed)\b", re.IGNORECASE)
_DATED = re.compile(r"^(?:Said by )?(?P<by>[^.;:]{0,80}?),?\s*(?P<day>\d{1,2} \w+ \d{4})\.?$")
# "Published on 12 June 2025." says what was done, and is signed by nobody.
_TOLD = re.compile(r"\b(?:on|by|in|from|until|since|to|for|at|of|due|before|after|the)$", re.IGNORECASE)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Za-z]{3,9},? (?:20)?\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b"
)
_QUARTER = re.compile(r"\bQ([1-4])\W+(?:of\W+)?(?:FY\W*)?(20\d\d)(?:\W?[/–-]\W?(?:20)?\d\d)?\b", re.IGNORECASE)
_BY = re.compile(
    r"^(?:by|before|until|from|circa|c\.|no later than|due(?: by)?|expected(?: by)?|(?:by |the )?(?:the )?(?:end|"
    r"close) (?:of )?)\s*(?=\w)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\b[XY]{1,3}\s?%|\[(?:insert|tbc|xx?|date|name)[^\]]*\]|\bTBC\b|<[a-z ]+>", re.IGNORECASE)


@dataclass(frozen=True)
class Rating:
    """word: as printed; stands: what it stands for, "" unknown; fill: the colour of the cell's ground, "" for none."""

    word: str = ""
    stands: str = ""
    fill: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Day:
    """A day as printed. impossible: it looks like a day and is none."""

    text: str = ""
    day: date | None = None
    impossible: bool = False


@dataclass(frozen=True)
class Answers:
    """The four questions. on, by: where the cell says when and by whom it was said."""

    achieved: str = ""
    left: str = ""
    barriers: str = ""
    close: str = ""
    on: date | None = None
    by: str = ""
    more: tuple[str, ...] = field(default=())

    @property
    def proposes(self) -> bool:
        return bool(_YES.match(self.close.strip()))


def meaning_of(text: str) -> str:
    """What words of a legend or a rating stand for; "" where they do not say."""
    return next((stands for stands, pattern in _MEANING if pattern.search(text)), "")


def read_rating(cell: Cell | str, legend: Mapping[str, str]) -> Rating:
    """A rating from its words and the ground of its cell. legend: colour in small letters -> what it stands for."""
    text = (cell if isinstance(cell, str) else cell.text).strip()
    marks = () if isinstance(cell, str) else cell.marks
    fill = next((mark.removeprefix("fill:") for mark in marks if mark.startswith("fill:")), "")
    fill = _FILLS.get(fill, fill) if _FILLS.get(fill, fill) in COLOURS else ""
    found = _COLOUR.search(text)
    colour = found[1].lower().replace("gray", "grey") if found else _SHORT.get(text.casefold(), "")
    if not text or blank(text):
        known = legend.get(fill) or COLOURS.get(fill, "")
        return Rating(fill.title(), known, fill, fill)
    rest = _COLOUR.sub("", text).strip(" :–-,()")
    stands = (meaning_of(rest) if rest else "") or legend.get(colour) or COLOURS.get(colour, "") or meaning_of(text)
    word = colour.title() if colour else text[:40]
    return Rating(word, stands, fill, colour)


def read_day(text: str, *, last: bool = True) -> Day:
    """A day, a month (its last day where `last`), a quarter of a financial year; else the words as they are printed."""
    text = " ".join(text.split())
    if not text or blank(text):
        return Day(text)
    plain = _BY.sub("", text)  # "By March 2026", "End of June 2026"
    for part in (plain, *_DAY.findall(text)):
        if (day := read_date(part)) is not None:
            return Day(text, day)
    if _DAY.fullmatch(plain):
        return Day(text, impossible=True)
    if found := _QUARTER.search(text):
        quarter, year = int(found[1]), int(found[2])
        month, year = (3 + 3 * quarter, year) if quarter < 4 else (3, year + 1)
        return Day(text, date(year, month, 30 if month in (6, 9) else 31))
    if (month_day := read_month(plain)) is not None:
        following = date(month_day.year + month_day.month // 12, month_day.month % 12 + 1, 1)
        return Day(text, date.fromordinal(following.toordinal() - 1) if last else month_day)
    return Day(text)


def moved_from(text: str) -> Day:
    """The first date where a cell says both: "31 March 2027, first 31 December 2026"."""
    found = re.search(r"\b(?:first|originally|was|original(?:ly)?:?)\s+(?P<day>[\w /.-]{6,30})$", text)
    return read_day(found["day"]) if found else Day()


def read_answers(lines: Sequence[str]) -> Answers:
    """The four questions out of the lines of a cell; what stands before the first question was achieved."""
    parts: dict[str, list[str]] = {"achieved": [], "left": [], "barriers": [], "close": []}
    now, on, by = "achieved", None, ""
    for line in _split(lines):
        name, rest = _question(line)
        if name:
            now = name
        words = rest if name else line
        if (dated := _DATED.match(words)) and not _TOLD.search(dated["by"]):
            on, by = read_date(dated["day"]) or on, dated["by"].strip(" ,") or by
            if not name:
                continue
        if words:
            parts[now].append(words)
    said: dict[str, Any] = {name: "\n".join(found) for name, found in parts.items()}
    return Answers(**said, on=on, by=by)


def _question(line: str) -> tuple[str, str]:
    for name, pattern in QUESTIONS:
        if found := pattern.match(line):
            asked = found[0]
            if "?" in asked or ":" in asked or "." in asked or asked.strip() == line.strip():
                return name, line[len(asked) :].strip()
    return "", line


def asks(line: str) -> bool:
    """Whether a line begins with one of the four questions."""
    return bool(_question(line)[0])


_INSIDE = re.compile(r"\s+(?=(?:Left to do|Barriers|Proposed done)[.,] |Said by )")


def _split(lines: Iterable[str]) -> list[str]:
    return [part.strip() for line in lines for part in _INSIDE.split(line) if part.strip()]


def owners_of(lines: Sequence[str]) -> tuple[str, str]:
    """(owner, lead): the first post is the owner; one that is marked as lead, or else the second, leads."""
    posts = [line.strip(" ·•-\t") for line in lines if line.strip(" ·•-\t")]
    lead = next((post.partition(":")[2].strip() for post in posts if post.casefold().startswith("lead:")), "")
    plain = [post for post in posts if not post.casefold().startswith("lead:") and not nobody(post)]
    return (plain[0] if plain else ""), lead or (plain[1] if len(plain) > 1 else "")


_NOBODY = re.compile(
    r"(?:no (?:post|owner)(?: yet)?|unassigned|vacant|not (?:yet )?assigned|to be confirmed)\W*", re.IGNORECASE
)


def nobody(text: str) -> bool:
    """Words that name no post."""
    return blank(text) or bool(_NOBODY.fullmatch(text))
