"""What an element of a page says of how its words are shown: hidden, struck through, bold, coloured. Pure."""

import re
from typing import Any

from .marks import colour_mark, colour_name

HIDDEN_TAGS = {
    "script", "style", "head", "template", "noscript", "svg", "math", "object", "embed", "iframe", "audio", "video",
    "canvas", "map", "datalist", "link", "meta", "title",
}  # fmt: skip
BLOCK = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dl", "dt", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "blockquote", "figure", "figcaption", "caption", "address", "pre", "hr", "form",
    "fieldset", "legend", "details", "summary", "body", "html", "center", "td", "th", "tr", "tbody", "thead", "tfoot",
}  # fmt: skip
_TAGS = {
    "del": "strike", "s": "strike", "strike": "strike", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "mark": "highlight:yellow", "th": "bold",
}  # fmt: skip
_NAMES = {
    "red": "ff0000", "green": "008000", "lime": "00ff00", "blue": "0000ff", "navy": "000080", "yellow": "ffff00",
    "orange": "ffa500", "amber": "ffbf00", "purple": "800080", "maroon": "800000", "grey": "808080", "gray": "808080",
    "lightgrey": "d3d3d3", "lightgray": "d3d3d3", "silver": "c0c0c0", "black": "000000", "white": "ffffff",
    "darkred": "8b0000", "darkgreen": "006400", "crimson": "dc143c", "gold": "ffd700", "teal": "008080",
}  # fmt: skip
# What the usual style sheets call words that screen readers alone are given.
_UNSEEN = re.compile(r"\b(?:visually-?hidden|sr-only|screen-reader-text)\b", re.IGNORECASE)
_RULE = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")


def rules_of(element: Any) -> dict[str, str]:
    """The style attribute: property -> value, in small letters."""
    text = element.get("style")
    return {found[1]: found[2].strip() for found in _RULE.finditer(text.lower())} if text else {}


def hidden(element: Any) -> bool:
    """Whether the page does not show it (by its own attributes; style sheets are not read)."""
    if _UNSEEN.search(element.get("class", "")):
        return True
    if element.get("hidden") is not None or (element.tag == "input" and element.get("type", "").lower() == "hidden"):
        return True
    if "style" not in element.attrib:
        return False
    rules = rules_of(element)
    return (
        rules.get("display", "").startswith("none")
        or rules.get("visibility", "").startswith(("hidden", "collapse"))
        or rules.get("mso-hide", "") == "all"
        or re.fullmatch(r"0(?:px|pt|em|rem|%)?", rules.get("font-size", "").removesuffix("!important").strip())
        is not None
    )


def marks_of(element: Any, above: frozenset[str], *, fills: bool = False) -> frozenset[str]:
    """The marks of the words in an element: its own with those of what it stands in.

    fills: the ground is that of a cell ("fill:amber"); else a highlight behind words.
    """
    found = set(above)
    if mark := _TAGS.get(element.tag):
        found.add(mark)
    if not element.attrib:
        return frozenset(found) if mark else above
    rules = rules_of(element)
    line = rules.get("text-decoration", "") + rules.get("text-decoration-line", "")
    if "line-through" in line:
        found.add("strike")
    elif "none" in line:
        found.discard("strike")
    weight = rules.get("font-weight", "")
    if weight.startswith(("bold", "6", "7", "8", "9")):
        found.add("bold")
    elif weight.startswith(("normal", "4")):
        found.discard("bold")
    ink = rules.get("color") or (element.get("color", "").lower() if element.tag == "font" else "")
    if ink and (name := _named(ink)):
        found = {one for one in found if not one.startswith("colour:")} | set(colour_mark("colour", name))
    ground = rules.get("background-color") or rules.get("background") or element.get("bgcolor", "").lower()
    if ground and (name := _named(ground)):
        cell = element.tag in ("td", "th", "tr", "table")
        found.update(colour_mark("fill", name) if fills and cell else () if cell else colour_mark("highlight", name))
    return frozenset(found)


def _named(value: str) -> str:
    """The name of a colour as CSS writes it; "" where it says none that is known."""
    if found := re.search(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", value):
        figures = found[1]
        return colour_name(figures if len(figures) == 6 else "".join(sign * 2 for sign in figures))
    if found := _RGB.search(value):
        return colour_name("".join(f"{min(int(part), 255):02x}" for part in found.groups()))
    word = value.split(maxsplit=1)[0].removesuffix("!important") if value.split() else ""
    return colour_name(_NAMES.get(word, ""))
