"""The parts of a page: rows of tables, lists of terms, what a form shows, the white space that no page shows. Pure."""

from typing import Any

from lxml import etree

from .html_styles import hidden
from .marks import Piece
from .word_styles import count_in


def runs_along(element: Any) -> bool:
    """Whether a header or footer is the page's own, with a few words and no heading: a running header."""
    parent = element.getparent()
    short = len(element.text_content()) <= 200
    return short and parent is not None and parent.tag == "body" and not any(element.iter("h1", "h2", "h3", "table"))


def pairs_in(element: Any) -> list[Any]:
    """A list of terms whose every line is one term and one value, as rows of a table; else nothing."""
    lines = [one for one in element if one.tag == "div"]
    if len(lines) == len(element) and all([one.tag for one in line][:2] == ["dt", "dd"] for line in lines):
        return lines
    tags = [one.tag for one in element]
    if tags != ["dt", "dd"] * (len(tags) // 2):
        return []
    found = []
    for term, value in zip(list(element)[::2], list(element)[1::2], strict=True):
        line = etree.SubElement(element, "div")
        line.extend([term, value])
        found.append(line)
    return found


def rows_in(table: Any) -> list[Any]:
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot") and not hidden(child):
            found.extend(child.iterchildren("tr"))
    return found


def whole(text: str | None, *, zero: int = 1, most: int = 1000) -> int:
    """A span; browsers take no more than 1,000 columns for true."""
    digits = (text or "1").strip()
    return min(int(digits) or zero, most) if digits.isdigit() and len(digits) < 9 else 1


def counted(count: int, kind: str) -> str:
    """The number of a point in an ordered list of this type (1, a, A, i, I)."""
    forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return count_in(count, forms.get(kind, "decimal"))


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the white space that no page shows: at the ends of lines, and of the paragraph."""
    found: list[Piece] = []
    for text, marks in pieces:
        before = found[-1][0] if found else "\n"
        shown = text.lstrip(" ") if before.endswith(("\n", " ")) else text
        if shown:
            found.append((shown, marks))
    return found


def stands_for(element: Any) -> str:
    """The words of a picture that is all its cell holds, as an arrow or a light: what who does not see it is told."""
    cell = next((one for one in element.iterancestors("td", "th")), None)
    alone = cell is not None and not (cell.text_content() or "").strip() and len(list(cell.iter("img"))) == 1
    return (element.get("alt") or "").strip()[:80] if alone else ""


def entered(element: Any) -> str:
    """What a form shows as filled in."""
    if element.tag == "input":
        kind = element.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            return "☒" if element.get("checked") is not None else "☐"
        return element.get("value", "") if kind in ("text", "number", "date", "email", "url", "tel", "search") else ""
    if element.tag == "textarea":
        return element.text or ""
    chosen = [one for one in element.iter("option") if one.get("selected") is not None]
    return " ".join((one.text or "").strip() for one in chosen or list(element.iter("option"))[:1])


def parted(element: Any) -> bool:
    """Whether a cell holds more than one line, so that a dash before the first begins a list, as in Word."""
    inner = [one.tag for one in element.iter("br", "p", "div", "li", "pre")]
    return len(inner) > 1 or bool(inner and (inner[0] in ("br", "pre") or (element.text or "").strip()))
