"""The words of one printed cell or line as blocks: stray HTML lists, bullets in running text, damaged signs.

Pure. `blocks_of` never drops a word: what is not a known tag, sign or entity stays text.
"""

import re
from dataclasses import replace
from html import unescape

from .document import NOWHERE, Cell, Kind, Paragraph, Place

# What word processors leave behind when a symbol font is lost: the private characters of Symbol and Wingdings.
_DAMAGED = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➤", "\uf0fc": "✓", "\uf076": "❖", "\uf06f": "○",
    "\uf0e0": "→", "\uf0e8": "→", "\uf0e1": "↑", "\uf0e9": "↑", "\uf0e2": "↓", "\uf0ea": "↓", "\uf0f3": "↔",
    "\uf0df": "←", "\uf0dd": "↑", "\uf0de": "↓", "\uf0e7": "←",
    "â€¢": "•", "â†’": "→", "â†‘": "↑", "â†“": "↓", "â†”": "↔", "âž¤": "➤", "â€“": "–", "â€”": "—", "â€™": "’",
    "â€˜": "‘", "â€œ": "“", "â€\x9d": "”", "Â£": "£", "Â ": " ", "\x1e": "-",
}  # fmt: skip
_DAMAGE = re.compile("|".join(re.escape(sign) for sign in _DAMAGED))
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f\x1f]")
# Signs that turn writing round, and those that no page shows: an eye could take them for nothing, so they are told.
_BIDI = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_TAG = re.compile(r"<(/?)(ul|ol|li|p|br|div|b|strong|i|em|u|s|strike|del|sup|sub|span)(?:\s[^<>]*)?/?>", re.IGNORECASE)
BULLETS = "•➤○▪◦‣●■□❖➢►▸∙⁃✓"
_BULLET = re.compile(rf"([{BULLETS}])")
_LINE_BULLET = re.compile(r"^\s*(?:([-*·–]|o(?=\s+[A-Z0-9]))\s+|(\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+)")
_SIGNED = re.compile(r"\s*[-–]\s+£?\d[\d,.]*\s*(?:%|per cent)?\s*$")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
# What makes a text more than one plain paragraph: markup, line breaks, bullets, signs that are damaged, unseen or odd.
_MORE = re.compile(
    rf"[<&\r\n\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u00c2\u00e2\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff"
    rf"\uf000-\uf0ff{BULLETS}]"
)
_STRUCK = {"s", "strike", "del"}


def even(text: str) -> str:
    """The text with one kind of space, without invisible characters, damaged signs restored. Words are untouched.

    A sign that turns writing round, or a control character, is shown as its code ("[U+202E]"), never taken for nothing.
    """
    if text.isascii() and not _CONTROL.search(text) and "\x1e" not in text:
        return " ".join(text.split())
    restored = _INVISIBLE.sub("", _DAMAGE.sub(lambda found: _DAMAGED[found[0]], text))
    shown = _CONTROL.sub(_code, _BIDI.sub(_code, restored))
    return " ".join(shown.split())


def _code(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def spelled(raw: str) -> str:
    """A text with every mark in it that no page shows as its code ("R[U+200F]13"); "" where there is none."""
    restored = _DAMAGE.sub(lambda found: _DAMAGED[found[0]], raw)
    shown = restored
    for unseen in (_INVISIBLE, _BIDI, _CONTROL):
        shown = unseen.sub(_code, shown)
    return " ".join(shown.split()) if shown != restored else ""


def odd_marks(raw: str) -> tuple[str, ...]:
    """("bidi", "control"): the marks of a text that holds signs which turn writing round, or control characters."""
    restored = _DAMAGE.sub("", raw)
    found = (("bidi", _BIDI), ("control", _CONTROL))
    return tuple(mark for mark, pattern in found if pattern.search(restored))


def cell(raw: str, place: Place = NOWHERE) -> Cell:
    """A cell from the text printed in it."""
    return Cell(blocks_of(raw, place), raw)


def blocks_of(raw: str, place: Place, *, starts: bool = False) -> tuple[Paragraph, ...]:
    """Paragraphs and list items of a cell. A bullet sign, `<li>` or a line break ends one and starts the next.

    starts: the text stands on lines of its own, so that a dash, star or number before its first line makes an item too.
    """
    if not starts and not _MORE.search(raw):
        plain = " ".join(raw.split())
        return (Paragraph(plain, place, raw.strip()),) if plain else ()
    builder = _Builder(place, starts=starts)
    at = 0
    text = _DAMAGE.sub(lambda found: _DAMAGED[found[0]], raw)
    for tag in _TAG.finditer(text):
        builder.words(text[at : tag.start()])
        builder.tag(tag[2].lower(), closing=bool(tag[1]))
        at = tag.end()
    builder.words(text[at:])
    return builder.finished()


class _Builder:
    """Collects blocks while tags, bullets and line breaks go by."""

    def __init__(self, place: Place, *, starts: bool = False) -> None:
        self.place, self.lists, self.starts = place, 0, starts
        self.blocks: list[Paragraph] = []
        self.signs: list[tuple[int, str]] = []
        self.struck, self.apart, self.waiting, self.alone = 0, False, "", False
        self._start("paragraph", "", 0)

    def _start(self, kind: Kind, marker: str, depth: int) -> None:
        self.kind, self.marker, self.depth = kind, marker, depth
        self.parts: list[str] = []
        self.marks: set[str] = set()

    def _end(self) -> None:
        text = even("".join(self.parts))
        if not text and self.marker in BULLETS and self.marker:
            self._lone(self.marker)
        elif text:
            raw = (self.waiting + self.marker if self.waiting else "") + "".join(self.parts).strip()
            self.waiting = ""
            marks = tuple(sorted(self.marks)) + odd_marks(raw)
            block = Paragraph(text, self.place, raw, kind=self.kind, marker=self.marker, depth=self.depth, marks=marks)
            self.blocks.append(block)

    def _lone(self, sign: str) -> None:
        """A bullet that nothing follows begins no item. It stays in what was printed; where it ends a word, in the words."""
        if not self.blocks:
            self.waiting += sign
            return
        last, apart = self.blocks[-1], " " if self.apart else ""
        text = last.text if self.apart else last.text + sign
        self.blocks[-1] = replace(last, text=text, raw=f"{last.raw}{apart}{sign}")

    def tag(self, name: str, *, closing: bool) -> None:
        if name in ("ul", "ol"):
            self._end()
            self.lists = max(0, self.lists + (-1 if closing else 1))
            self.signs = [pair for pair in self.signs if pair[0] <= self.lists]
            # A list opened without items or bullets is still one block of a list: its bullets were lost.
            self._start("item" if self.lists else "paragraph", "", max(0, self.lists - 1))
        elif name == "li" and not closing:
            self._end()
            self._start("item", "li", max(0, self.lists - 1))
        elif name in ("p", "br", "div", "li"):
            if name == "br" and self.kind == "item":
                self.parts.append(" ")
                return
            self._end()
            self._start("paragraph", "", 0)
        elif name in _STRUCK:
            self.struck = max(0, self.struck + (-1 if closing else 1))

    def words(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.alone = len(lines) == 1
        for n, line in enumerate(lines):
            head, *rest = _BULLET.split(_ENTITY.sub(lambda found: unescape(found[0]), line))
            starts = n > 0 or ((self.starts or len(lines) > 1) and not self.blocks and not self.parts)
            self._text(self._line(head) if starts else head)
            for sign, words in zip(rest[::2], rest[1::2], strict=True):
                before = "".join(self.parts)
                apart = not before or before[-1].isspace()
                self._end()
                self.apart = apart
                self._start("item", sign, self._depth(sign))
                self._text(words)

    def _line(self, head: str) -> str:
        """Begin a line of a cell: a new block, an item where it starts with a dash, star or number. Gives the words."""
        if not head.strip():
            self.parts.append(" ")
            return ""
        self._end()
        found = _LINE_BULLET.match(head)
        # A dash before the one number of a cell is its sign: "- 5 %" is five below, and no list of one.
        if not found or (self.alone and _SIGNED.match(head)):
            self._start("paragraph", "", 0)
            return head
        inset = len(head) - len(head.lstrip()) >= 2 and not self.lists
        self._start("item", (found[1] or found[2]).strip(), 1 if inset else max(0, self.lists - 1))
        return head[found.end() :] if found[1] else head

    def _text(self, text: str) -> None:
        self.parts.append(text)
        if self.struck and text.strip():
            self.marks.add("strike")

    def _depth(self, sign: str) -> int:
        """A sign seen before goes back to its depth; a new one opens a list inside the last."""
        base = max(0, self.lists - 1)
        known = [pair[1] for pair in self.signs]
        if sign in known:
            self.signs = self.signs[: known.index(sign) + 1]
        else:
            self.signs.append((self.lists, sign))
        return max(base, len(self.signs) - 1)

    def finished(self) -> tuple[Paragraph, ...]:
        self._end()
        return tuple(self.blocks)
