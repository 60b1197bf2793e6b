"""What the styles of a workbook say of its cells: how numbers are shown, strike-through, colours. Pure."""

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from .archive import Archive
from .marks import PLAIN, colour_mark, colour_name
from .values import GENERAL, Format, builtin_format, format_of

_SCHEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


@dataclass(frozen=True)
class Look:
    """How the cells of one style look: their numbers, the marks of their words, the colour of their ground."""

    form: Format = GENERAL
    marks: frozenset[str] = PLAIN
    fill: frozenset[str] = PLAIN


PLAIN_LOOK = Look()


class Looks:
    """The styles of a workbook by their number in its cells."""

    def __init__(self, archive: Archive, styles: str | None, theme: str | None) -> None:
        self.theme = _theme(archive.xml(theme)) if theme else ()
        self.looks = self._read(archive.xml(styles)) if styles else []

    def get(self, number: str | None) -> Look:
        if not number or not number.isdigit() or int(number) >= len(self.looks):
            return PLAIN_LOOK
        return self.looks[int(number)]

    def _read(self, root: Any) -> list[Look]:
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
        fonts = [self.font(one) for one in _children(root, "fonts")]
        fills = [frozenset(colour_mark("fill", self._fill(one))) for one in _children(root, "fills")]
        found = []
        for one in _children(root, "cellXfs"):
            number = one.get("numFmtId", "0")
            form = (
                format_of(codes[number]) if number in codes else builtin_format(int(number) if number.isdigit() else 0)
            )
            marks = fonts[at] if (at := _number(one.get("fontId"))) < len(fonts) else PLAIN
            fill = fills[at] if (at := _number(one.get("fillId"))) < len(fills) else PLAIN
            found.append(Look(form, marks, fill))
        return found

    def font(self, element: Any) -> frozenset[str]:
        """The marks of a font, or of the properties of a run."""
        found = set()
        for child in element:
            tag = child.tag.rsplit("}", 1)[-1]
            on = child.get("val", "1") not in ("0", "false")
            if tag in ("strike", "b", "i") and on:
                found.add({"strike": "strike", "b": "bold", "i": "italic"}[tag])
            elif tag == "color":
                found.update(colour_mark("colour", colour_name(self._colour(child))))
        return frozenset(found)

    def _fill(self, element: Any) -> str:
        for pattern in element.iter("{*}patternFill"):
            if pattern.get("patternType", "none") != "none":
                for colour in pattern.iter("{*}fgColor"):
                    return colour_name(self._colour(colour))
        return ""

    def _colour(self, element: Any) -> str:
        """Six hexadecimal figures, "" where the colour is the usual one or not known."""
        if figures := element.get("rgb"):
            return str(figures[-6:])
        if (indexed := element.get("indexed")) and _number(indexed) < len(COLOR_INDEX):
            return str(COLOR_INDEX[_number(indexed)][-6:])
        at = _number(element.get("theme"), otherwise=99)
        if at >= len(self.theme):
            return ""
        try:
            return _tinted(self.theme[at], float(element.get("tint", "0")))
        except ValueError:
            return self.theme[at]


def _children(root: Any, tag: str) -> Iterator[Any]:
    for parent in root.iterchildren("{*}" + tag):
        yield from parent


def _number(text: str | None, *, otherwise: int = 0) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _theme(root: Any) -> tuple[str, ...]:
    scheme = next(root.iter("{*}clrScheme"), None)
    if scheme is None:
        return ()
    found = {}
    for one in scheme:
        inner = next(iter(one), None)
        found[one.tag.rsplit("}", 1)[-1]] = inner.get("lastClr") or inner.get("val", "") if inner is not None else ""
    return tuple(found.get(name, "") for name in _SCHEME)


def _tinted(figures: str, tint: float) -> str:
    if not tint or len(figures) != 6:
        return figures
    red, green, blue = (int(figures[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strong)
    return "".join(f"{round(part * 255):02x}" for part in mixed)
