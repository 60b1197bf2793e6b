"""What one page of a PDF shows: words, lines, painted areas. Pure. Points, from the top left of the page as it is seen."""

import colorsys
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, top, right, bottom

_HUES = ((15, "red"), (50, "amber"), (70, "yellow"), (170, "green"), (260, "blue"), (345, "purple"), (361, "red"))
THIN = 2.5  # a painted area no thicker than this is a line


@dataclass(slots=True)
class Word:
    """Letters without white space between them, in one style. angle: 0, 90, 180 or 270 degrees, against the clock.

    `spaced`: white space is written after it; `broken`: its hyphen is marked as put there by the end of the line. mcid: the
    marked content that it belongs to, -1 for none.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool = False
    colour: str = ""
    angle: int = 0
    mcid: int = -1
    artifact: bool = False
    spaced: bool = False
    broken: bool = False
    struck: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along (`flat`) or down the page. at: its y (its x where not flat); it runs from start to end."""

    flat: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Fill:
    """An area painted in a colour that has a name."""

    box: Box
    colour: str


@dataclass
class Sheet:
    """One page. pictures: the share of it that pictures cover; unmapped: letters whose meaning the file does not tell."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    outside: list[Word] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (text, why it is set aside)
    pictures: float = 0.0
    letters: int = 0
    unmapped: int = 0
    hidden: int = 0


def bounds(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def holds(box: Box, word: Word) -> bool:
    """Whether the middle of a word lies in a box."""
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def colour_name(red: int, green: int, blue: int) -> str:
    """The plain name of a colour of figures up to 255: red, amber, yellow, green, blue, purple, grey, white or black."""
    hue, light, strong = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if light < 0.2:
        return "black"
    if strong < 0.2:
        return "white" if light > 0.97 else "grey"
    return next(name for limit, name in _HUES if hue * 360 < limit)


def strike(sheet: Sheet) -> None:
    """Mark the words that a line goes through: over the foot of small letters, below their top."""
    flat = sorted((rule for rule in sheet.rules if rule.flat), key=lambda rule: rule.at)
    heights = [rule.at for rule in flat]
    used = set()
    for word in sheet.words if flat else ():
        start, end = bisect(heights, word.base - 0.5 * word.size), bisect(heights, word.base - 0.12 * word.size)
        for rule in flat[start:end] if not word.angle else ():
            if min(rule.end, word.x1) - max(rule.start, word.x0) > 0.6 * (word.x1 - word.x0):
                word.struck = True
                used.add(rule)
                break
    if used:
        sheet.rules = [rule for rule in sheet.rules if rule not in used]
