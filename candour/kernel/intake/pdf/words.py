"""Words to lines, lines to paragraphs: spaces, words cut by the end of a line, bullets, numbers, marks. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from ..cells import BULLETS, blocks_of, even
from ..document import Paragraph, Place
from .sheet import Sheet, Word, bounds

_RUN_ON = BULLETS + "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06f"  # these begin an item in the middle of a line too
_SIGNS = _RUN_ON + "·∗◾◼⁌◆◇"
_BULLET = re.compile(
    rf"^(?:([{_SIGNS}])\s*|([-*–—]|o(?=\s+[A-Z0-9]))\s+|(\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})\))\s+)(?=\S)"
)
_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)[.)]\s+(?=\S)|^(\d{1,3}(?:\.\d{1,3})+)\s+(?=\S)")
_MARKUP = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>]*>", re.IGNORECASE)
_LONG = 12  # letters of a word that a line may cut in a file that writes its spaces
_HALF = 0.5
_MANY = 3  # hyphens at the ends of lines, in a file that prints hardly any elsewhere: it cuts words
T = TypeVar("T")


@dataclass
class Line:
    """Words on one line, from left to right."""

    words: list[Word]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return bounds(self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        return "".join(word.text + (" " if _spaced(word, after) else "") for word, after in _pairs(self.words)).strip()


@dataclass(frozen=True)
class Habits:
    """How a file writes: the words it uses, whether it writes the space that ends a line, whether it cuts words."""

    words: frozenset[str] = frozenset()
    writes_spaces: bool = False
    cuts: bool = False
    pitch: float = 1.25  # from one line of a paragraph to the next, in sizes of its letters

    def cut(self, first: str, second: str) -> bool:
        """Whether the hyphen between two parts of a word was put there by the end of a line."""
        if not second[:1].islower():
            return False
        found = _cut(first, second, self.words)
        return self.cuts if found is None else found


def habits_of(sheets: Iterable[Sheet]) -> Habits:
    """Look at every line end of the file."""
    words: Counter[str] = Counter()
    ends: list[tuple[str, str]] = []
    pitches: Counter[float] = Counter()
    spaced = turns = 0
    for sheet in sheets:
        left = sheet.words[0].x0 if sheet.words else 0.0  # where the line, or that of a cell, begins
        for word, after in _pairs(sheet.words):
            words.update(_bare(word.text))
            if after is None or abs(after.base - word.base) < _HALF * word.size:
                left = after.x0 if after and not -1 < after.x0 - word.x1 < 1.5 * word.size else left
                continue
            turns, spaced = turns + 1, spaced + word.spaced
            if abs(after.x0 - left) < 1:
                pitches[round((after.base - word.base) / word.size, 1)] += 1
            left = after.x0
            if word.text.endswith(("-", "‐")) and word.text[-2:-1].isalpha():
                ends.append((word.text, after.text))
    known = frozenset(words)
    found = [_cut(first, second, known) for first, second in ends if second[:1].islower()]
    cut, whole, unknown = (found.count(one) for one in (True, False, None))
    compounds = sum(times for word, times in words.items() if "-" in word)
    cuts = cut > whole or (cut == whole and unknown >= _MANY and unknown > 2 * compounds)
    usual = Counter({step: times for step, times in pitches.items() if 0.9 < step < 2.6}).most_common(1)
    pitch = usual[0][0] if usual and usual[0][1] > 2 else Habits.pitch
    return Habits(known, spaced * 10 > turns, cuts, pitch)


def _bare(text: str) -> list[str]:
    return [part.casefold() for part in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)]


def _cut(first: str, second: str, words: frozenset[str]) -> bool | None:
    """True where the word stands elsewhere whole, False where it stands with its hyphen; None where neither does."""
    start, end = _bare(first.rstrip("-‐")), _bare(second)
    if not start or not end:
        return False
    if f"{start[-1]}-{end[0]}" in words:
        return False
    return True if start[-1] + end[0] in words else None


def lines_in_order(words: Sequence[Word]) -> list[Line]:
    """Lines of words that come in the order of reading: one ends where the next word stands lower or goes back."""
    lines: list[Line] = []
    for word in words:
        last = lines[-1].words[-1] if lines else None
        if last and abs(word.base - last.base) <= _HALF * max(word.size, last.size) and word.x0 > last.x0 - 1:
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    return lines


def lines_by_place(words: Iterable[Word]) -> list[Line]:
    """Lines of words in any order, from the top, each from the left. Words that were turned are turned back first."""
    upright = [word for word in words if word.angle == 0]
    found = _clustered(upright)
    for angle in (90, 180, 270):
        found += _clustered([_turned(word) for word in words if word.angle == angle])
    return found


def _clustered(words: list[Word]) -> list[Line]:
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        size = min(word.size, lines[-1].words[0].size) if lines else 0
        if lines and word.base - lines[-1].words[0].base <= 0.35 * size:
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.x0)
    return lines


def _turned(word: Word) -> Word:
    """The word as it would stand upright. Its own axes: along the text, and down from its line above."""
    match word.angle:
        case 90:
            box = (-word.y1, word.x0, -word.y0, word.x1)
        case 270:
            box = (word.y0, -word.x1, word.y1, -word.x0)
        case _:
            box = (-word.x1, -word.y1, -word.x0, -word.y0)
    base = word.base if word.angle == 90 else -word.base
    return replace(word, x0=box[0], y0=box[1], x1=box[2], y1=box[3], base=base)


def paragraphs(
    lines: Sequence[Line], place: Place, habits: Habits, *, signs: bool = True, inside: bool = False, **given: object
) -> tuple[Paragraph, ...]:
    """The paragraph that lines make, its bullet taken off (`signs`) and its marks put on.

    Stray HTML makes several, and so do bullets in the running text of a cell (`inside`).
    """
    if inside and not given and len(parts := _items(lines)) > 1:
        return tuple(block for part in parts for block in paragraphs(part, place, habits, signs=signs))
    raw = "\n".join(line.text for line in lines)
    text = even(joined(lines, habits))
    if not text:
        return ()
    words = [word for line in lines for word in line.words]
    marks = marks_of(words[1:] if len(words) > 1 and is_sign(words[0].text) else words)
    if _MARKUP.search(text):
        return tuple(replace(block, marks=tuple(sorted({*block.marks, *marks}))) for block in blocks_of(text, place))
    struck = "" if "strike" in marks else even(" ".join(word.text for word in words if word.struck))
    block = Paragraph(text, place, raw, marks=marks, struck=struck)
    return (replace(with_sign(block) if signs else block, **given),)  # type: ignore[arg-type]


def _items(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines cut before each bullet that stands in the middle of them and that words follow."""
    last = lines[-1].words[-1]
    found: list[list[Line]] = [[]]
    for line in lines:
        start = 0
        for n, word in enumerate(line.words):
            if word.text[0] in _RUN_ON and word is not last and (n > start or found[-1]):
                found[-1] += [Line(line.words[start:n])] if n > start else []
                found.append([])
                start = n
        found[-1].append(Line(line.words[start:]))
    return found


def with_sign(block: Paragraph) -> Paragraph:
    """The paragraph as an item, where it begins like one. A bullet goes to its marker; a number stays in its words."""
    found = _BULLET.match(block.text)
    if not found:
        return block
    sign = next(filter(None, found.groups()))
    text = block.text if found[3] else block.text[found.end() :]
    return replace(block, text=text, kind="item", marker=sign)


def with_number(block: Paragraph) -> Paragraph:
    """A paragraph outside any table as a numbered one, where it begins with a number."""
    found = _NUMBER.match(block.text)
    if not found or block.kind != "paragraph":
        return block
    number = found[1] or found[2]
    place = replace(block.place, paragraph=int(number) if number.isdigit() else 0)
    return replace(block, text=block.text[found.end() :], number=number, place=place)


def is_sign(text: str) -> bool:
    """Whether a text is a bullet or a number and nothing else."""
    found = _BULLET.match(f"{text} x") or _NUMBER.match(f"{text} x")
    return bool(found and found.end() == len(text) + 1)


def starts_with_sign(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def marks_of(words: Sequence[Word]) -> tuple[str, ...]:
    """What holds for all the words: strike, bold, the colour of their ink unless it is black."""
    marks = {name for name, held in (("strike", _struck), ("bold", _bold)) if all(map(held, words))}
    colours = {word.colour for word in words}
    if len(colours) == 1 and (colour := colours.pop()) not in ("", "black"):
        marks.add(f"colour:{colour}")
    return tuple(sorted(marks))


def _struck(word: Word) -> bool:
    return word.struck


def _bold(word: Word) -> bool:
    return word.bold


def joined(lines: Sequence[Line], habits: Habits) -> str:
    """The words of lines on one line."""
    said = ""
    for line, after in _pairs(lines):
        said += line.text
        if after is not None:
            said = _line_end(said, line.words[-1], after.text, habits)
    return said


def _line_end(said: str, last: Word, after: str, habits: Habits) -> str:
    if last.spaced:
        return said + " "
    if said.endswith("\u00ad"):
        return said[:-1]
    if said.endswith(("-", "‐")) and said[-2:-1].isalnum():
        return said[:-1] if habits.cut(said.rsplit(None, 1)[-1], after) else said
    if said.endswith(("/", "–", "—", "\u200b")) and said[-2:-1].strip():
        return said
    tail, head = said.rsplit(None, 1)[-1], after.split(None, 1)[0] if after else ""
    if tail[-1:].islower() and head[:1].isupper():  # no line cuts a word before a capital
        return said + " "
    whole = len(tail) >= _LONG or len(tail) + len(head) > 2 * _LONG
    return said if habits.writes_spaces and whole else said + " "


def _spaced(word: Word, after: Word | None) -> bool:
    return after is not None and (word.spaced or after.x0 - word.x1 > 0.15 * max(word.size, after.size))


def _pairs(members: Sequence[T]) -> Iterable[tuple[T, T | None]]:
    return zip_longest(members, members[1:])  # type: ignore[arg-type]
