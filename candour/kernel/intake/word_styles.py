"""What the styles and lists of a Word file say of its paragraphs: headings, marks, printed numbers. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .marks import PLAIN, colour_mark, colour_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_OFF = ("0", "false", "off", "none")
_TOGGLES = (("strike", "strike"), ("dstrike", "strike"), ("b", "bold"), ("i", "italic"), ("vanish", "hidden"))
_HIGHLIGHTS = {
    "yellow": "yellow", "darkYellow": "amber", "red": "red", "darkRed": "red", "green": "green", "darkGreen": "green",
    "blue": "blue", "darkBlue": "blue", "cyan": "blue", "darkCyan": "blue", "magenta": "purple",
    "darkMagenta": "purple", "lightGray": "grey", "darkGray": "grey", "black": "black",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|überschrift|titre|título)\s*([1-9])\Z")


@dataclass(frozen=True)
class Style:
    """level: of a heading, 0 for none. number, depth: the list that its paragraphs belong to."""

    name: str = ""
    level: int = 0
    number: str = ""
    depth: int | None = None
    marks: dict[str, str] = field(default_factory=dict)


def run_marks(properties: Any) -> dict[str, str]:
    """Kind of mark -> its name, "" where the properties switch it off: what one set of run properties says."""
    found: dict[str, str] = {}
    if properties is None:
        return found
    for tag, mark in _TOGGLES:
        element = properties.find(W + tag)
        if element is not None:
            on = element.get(VAL, "1") not in _OFF
            found[mark] = mark if on else found.get(mark, "")
    colour = properties.find(W + "color")
    if colour is not None:
        found["colour"] = "".join(colour_mark("colour", colour_name(colour.get(VAL, ""))))
    bright = properties.find(W + "highlight")
    if bright is not None:
        found["highlight"] = "".join(colour_mark("highlight", _HIGHLIGHTS.get(bright.get(VAL, ""), "")))
    ground = properties.find(W + "shd")
    if ground is not None and bright is None:
        found["highlight"] = "".join(colour_mark("highlight", colour_name(ground.get(W + "fill", ""))))
    under = properties.find(W + "u")
    if under is not None:
        found["underline"] = "underline" if under.get(VAL, "single") not in _OFF else ""
    return found


def marks_of(*layers: dict[str, str]) -> frozenset[str]:
    """The marks of a run from its paragraph's style, its own style and its own properties, the last one winning."""
    if not any(layers):
        return PLAIN
    merged: dict[str, str] = {}
    for layer in layers:
        merged |= layer
    return frozenset(mark for mark in merged.values() if mark)


class Styles:
    """The styles of a file by identifier, each with what it takes over from the one that it is based on."""

    def __init__(self, root: Any) -> None:
        self.raw = {one.get(W + "styleId", ""): one for one in root.iter(W + "style")} if root is not None else {}
        self.made: dict[str, Style] = {}
        usual = (key for key, one in self.raw.items() if one.get(W + "type") == "paragraph" and one.get(W + "default"))
        self.usual = next(usual, "")

    def get(self, identifier: str, seen: tuple[str, ...] = ()) -> Style:
        if identifier not in self.raw or identifier in seen or len(seen) > 40:
            return Style()
        if identifier not in self.made:
            self.made[identifier] = self._make(identifier, seen)
        return self.made[identifier]

    def _make(self, identifier: str, seen: tuple[str, ...]) -> Style:
        element = self.raw[identifier]
        parent = element.find(W + "basedOn")
        based = self.get(parent.get(VAL, ""), (*seen, identifier)) if parent is not None else Style()
        called = element.find(W + "name")
        name = (called.get(VAL, "") if called is not None else identifier).casefold()
        form = element.find(W + "pPr")
        number, depth = list_of(form)
        level = outline_of(form)
        if found := _HEADING.match(name):
            level = int(found[1])
        elif name in ("title", "caption"):
            level = 1
        elif level is None:
            level = based.level
        return Style(
            name,
            level,
            number if number is not None else based.number,
            depth if depth is not None else based.depth,
            based.marks | run_marks(element.find(W + "rPr")),
        )


def outline_of(form: Any) -> int | None:
    """The level of a heading that paragraph properties give: 1 to 9, 0 for running text, None where they say nothing."""
    element = form.find(W + "outlineLvl") if form is not None else None
    text = element.get(VAL, "") if element is not None else ""
    return None if not text.isdigit() else (int(text) + 1 if int(text) < 9 else 0)


def list_of(form: Any) -> tuple[str | None, int | None]:
    """(list, depth) that paragraph properties name; "0" is no list, None says nothing."""
    element = form.find(W + "numPr") if form is not None else None
    if element is None:
        return None, None
    number, depth = element.find(W + "numId"), element.find(W + "ilvl")
    deep = depth.get(VAL, "") if depth is not None else ""
    return (number.get(VAL, "") if number is not None else None), (min(int(deep), 8) if deep.isdigit() else None)


@dataclass(frozen=True)
class Level:
    """One depth of a list: how it counts, and its label, where %1 stands for the count of the first depth."""

    form: str = "decimal"
    label: str = "%1."
    start: int = 1


class Numbering:
    """Counts the paragraphs of lists as Word does, so that a printed number is known."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.lists = {one.get(W + "abstractNumId", ""): one for one in _all(root, "abstractNum")}
        self.uses = {one.get(W + "numId", ""): one for one in _all(root, "num")}
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()
        self.levels: dict[tuple[str, int], Level] = {}

    def next(self, number: str, depth: int) -> tuple[str, str] | None:
        """("number" or "bullet", the label printed before the next paragraph of a list); None for no list."""
        use = self.uses.get(number)
        if use is None:
            return None
        name = self._list(use)
        level = self._level(number, use, name, depth)
        if level.form == "bullet":
            return "bullet", level.label
        counts = self.counts.setdefault(name, [None] * 9)
        again = self._restart(use, depth)
        if again is not None and (number, depth) not in self.begun:
            counts[depth] = again
        else:
            now = counts[depth]
            counts[depth] = level.start if now is None else now + 1
        self.begun.add((number, depth))
        counts[depth + 1 :] = [None] * (8 - depth)
        for above in range(depth):
            if counts[above] is None:
                counts[above] = self._level(number, use, name, above).start
        return "number", self._label(level, number, use, name, counts)

    def _label(self, level: Level, number: str, use: Any, name: str, counts: list[int | None]) -> str:
        def counted(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = self._level(number, use, name, at).form
            return count_in(counts[at] or 0, form)

        return re.sub(r"%([1-9])", counted, level.label)

    def _list(self, use: Any) -> str:
        """The definition that a list uses, through the style that it may be kept in."""
        for _step in range(5):
            named = use.find(W + "abstractNumId")
            name = named.get(VAL, "") if named is not None else ""
            link = self.lists[name].find(W + "numStyleLink") if name in self.lists else None
            further = self.uses.get(self.styles.get(link.get(VAL, "")).number) if link is not None else None
            if further is None:
                return name
            use = further
        return name

    def _restart(self, use: Any, depth: int) -> int | None:
        for change in use.iter(W + "lvlOverride"):
            start = change.find(W + "startOverride")
            if change.get(W + "ilvl") == str(depth) and start is not None and start.get(VAL, "").isdigit():
                return int(start.get(VAL))
        return None

    def _level(self, number: str, use: Any, name: str, depth: int) -> Level:
        if (number, depth) not in self.levels:
            own = [one for change in use.iter(W + "lvlOverride") for one in change.iter(W + "lvl")]
            given = [*own, *(_all(self.lists.get(name), "lvl"))]
            found = next((one for one in given if one.get(W + "ilvl") == str(depth)), None)
            self.levels[number, depth] = _level_of(found) if found is not None else Level()
        return self.levels[number, depth]


def _all(root: Any, tag: str) -> Iterator[Any]:
    return iter(()) if root is None else root.iter(W + tag)


def _level_of(element: Any) -> Level:
    def value(tag: str, otherwise: str) -> str:
        found = element.find(W + tag)
        return found.get(VAL, otherwise) if found is not None else otherwise

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def count_in(count: int, form: str) -> str:
    """4 as "4", "04", "d", "D", "iv" or "IV"."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    text = ""
    for value, sign in zip(values, signs, strict=True):
        text += sign * (count // value)
        count %= value
    return text
