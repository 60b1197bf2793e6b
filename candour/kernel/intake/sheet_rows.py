"""The rows of a sheet's XML, quickly: programs write them in one shape, which a pattern reads ten times as fast.

Pure. A row in another shape is parsed as XML; so is a whole sheet in another encoding or with prefixes. What both give
is the same, and a test holds them to it.
"""

import codecs
import re
from collections.abc import Iterator
from html import unescape
from typing import IO, Any, NamedTuple

from lxml import etree

from .document import UnreadableFile

MOST_SIGNS = 12_000_000  # of one row
_CHUNK = 1 << 18
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:(<f)[^>]*?(?:/>|>([^<]*)</f>))?'
    r'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_NUMBER = re.compile(r'\sr="(\d{1,7})"')
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_COLUMNS: dict[str, int] = {}
Inline = Any  # the element of an inline string whose parts have looks of their own


class RawCell(NamedTuple):
    """A cell as written: column from 1, number of its style, type, its value or inline words, its formula."""

    column: int
    style: str | None
    kind: str | None
    value: str | None
    formula: str | None
    inline: Inline = None


class RawRow(NamedTuple):
    """A row as written: its number from 1, whether it is hidden, its cells."""

    number: int
    hidden: bool
    cells: list[RawCell]


def quick_rows(part: IO[bytes], called: str) -> Iterator[RawRow | str]:
    """The rows of a part in UTF-8 without prefixes; last what stands after them, as a text."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    held, number, at_rows = "", 0, False
    while chunk := part.read(_CHUNK):
        held += decoder.decode(chunk)
        if not at_rows:
            start = held.find("<sheetData")
            if start < 0:
                _bound(held, called)
                continue
            yield held[:start]
            held, at_rows = held[start:], True
        end = 0
        for found in _ROW.finditer(held):
            number = _number(found[1], number + 1)
            inner = found[2]
            holds = inner and ("<v" in inner or "<f" in inner or "<is" in inner or ":" in inner)
            yield RawRow(number, bool(_HIDDEN.search(found[1])), _cells(inner) if holds else [])
            end = found.end()
        held = held[end:]
        if "</sheetData>" not in held:
            _bound(held, called)
    yield held


def _bound(held: str, called: str) -> None:
    if len(held) > MOST_SIGNS:
        raise UnreadableFile(f"{called} is not read: a row in it holds more than {MOST_SIGNS:,} signs. Shorten it.")


def _number(attributes: str, following: int) -> int:
    found = _NUMBER.search(attributes)
    return int(found[1]) if found else following


def _cells(inner: str) -> list[RawCell]:
    found = []
    for one in _CELL.finditer(inner):
        letters, style, kind, has_formula, formula, value, words = one.groups()
        column = _COLUMNS.get(letters) or column_of(letters)
        if has_formula:
            formula = unescape(formula or "")
        text = words if value is None else value
        if text and "&" in text:
            text = unescape(text)
        found.append(RawCell(column, style, "words" if words is not None else kind, text, formula))
    if len(found) != inner.count("<c ") + inner.count("<c>"):
        return _parsed(inner)
    return found


def _parsed(inner: str) -> list[RawCell]:
    """The cells of a row that is written in another shape."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(f'<row xmlns="{_NAMESPACE}">{inner}</row>'.encode(), parser)
    return [] if root is None else cells_of(root)


def cells_of(row: Any) -> list[RawCell]:
    """The cells of a row's element."""
    found: list[RawCell] = []
    column = 0
    for element in row:
        reference = element.get("r")
        column = column_of(reference) if reference else column + 1
        value = formula = inline = None
        for child in element:
            tag = child.tag.rsplit("}", 1)[-1]
            if tag == "v":
                value = child.text or ""
            elif tag == "f":
                formula = child.text or ""
            elif tag == "is":
                inline = child
        found.append(RawCell(column, element.get("s"), element.get("t"), value, formula, inline))
    return found


def column_of(reference: str) -> int:
    """AB12 -> 28; 1 for what is no reference."""
    letters = reference.rstrip("0123456789")
    if letters not in _COLUMNS:
        count = 0
        for sign in letters[:3]:
            count = count * 26 + ord(sign) - 64 if "A" <= sign <= "Z" else 0
        _COLUMNS[letters] = count if 0 < count <= 16_384 else 1
    return _COLUMNS[letters]


def is_plain(start: bytes) -> bool:
    """Whether a part begins as one that the pattern reads: UTF-8, the usual namespace, no prefix."""
    head = start[:4000]
    named = re.search(rb"encoding\s*=\s*[\"']([\w-]+)", head[:200])
    utf8 = not head.startswith((b"\xff\xfe", b"\xfe\xff")) and (not named or named[1].lower() == b"utf-8")
    return utf8 and b"<worksheet" in head and b"<!--" not in head
