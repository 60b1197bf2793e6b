"""The text reader: a paper saved as text, tables as tab-separated (or | bounded) lines, pages ended by a marking line.

Pure. Bytes in, raw Document out. Markings are found by repetition, never by knowing their words (`marking_lines`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .aligned import aligned_lines
from .cells import BULLETS, blocks_of, cell, even
from .document import Block, Document, Paragraph, Place, Row, Table

_NUMBERED = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)[.)]\s+(?=\S)")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_BULLET_LINE = re.compile(rf"^\s*(?:[{BULLETS}]|[-*·](?=\s))")
_PIPES = re.compile(r"^\s*\|(.*)\|\s*$")
_EMPHASIS = re.compile(r"(?:\*\*|__)(?=\S)(.+?)(?<=\S)(?:\*\*|__)")
_RULING = re.compile(r"^[\s|:=_-]*-{3,}[\s|:=_-]*$")
_PAGE = re.compile(r"^page (?P<number>\d{1,4})(?: of (?P<last>\d{1,4}))?$", re.IGNORECASE)
_TITLE = 10  # signs from which a line that is repeated beside the numbers of pages is a heading of each
_SENTENCE_END = (".", "?", "!", ",", ";")


def read_text(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a text paper. Any bytes are read; none raises."""
    lines = decode(source).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Document(_Lines(lines).blocks(), name, sha256)


def decode(source: bytes) -> str:
    """Text from bytes: by byte order mark, else UTF-8, else UTF-16 by its zero bytes, else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if source.startswith(mark):
            return source.decode(encoding, errors="replace")
    sample = source[:2000]
    if len(sample) >= 4 and sample.count(0) * 3 > len(sample):
        little = sample[1::2].count(0) >= sample[0::2].count(0)
        return source.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        # Windows leaves five bytes without a meaning; they come out as the control characters that Latin-1 gives them.
        return (
            "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in source) if _holes(source) else _cp(source)
        )


def _cp(source: bytes) -> str:
    return source.decode("cp1252")


def _holes(source: bytes) -> bool:
    return any(hole in source for hole in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def marking_lines(lines: Sequence[str]) -> set[str]:
    """The shapes (digits as #) of running headers and footers.

    A marking stands alone after a blank line, three times or more, is short and no sentence, and at least once cuts
    into a table or is followed by a page's first heading: repeated words of a form stand among their answers instead.
    """
    shapes: Counter[str] = Counter()
    cuts: Counter[str] = Counter()
    before, after = _others(lines, 1), _others(lines, -1)
    for n, line in enumerate(lines):
        if _may_mark(lines, n):
            shapes[_shape(line)] += 1
            cuts[_shape(line)] += all(one[n] >= 0 and _is_row(lines[one[n]]) for one in (before, after))
    pages = {shape for shape in shapes if re.fullmatch(r"(?:page )?#+(?: ?(?:of|/) ?#+)?", shape)}
    return {
        shape
        for shape, times in shapes.items()
        if (times >= 3 and (cuts[shape] * 4 >= times or shape in pages)) or (times == 2 and cuts[shape] == 2)
    }


def page_lines(lines: Sequence[str]) -> set[int]:
    """The lines, from 0, that number a page ("Page 2 of 7"), and those beside them that repeat the first line of the paper or
    each other: furniture that was copied out of a file with pages."""
    held = [n for n, line in enumerate(lines) if line.strip()]
    numbers = [at for at, n in enumerate(held) if _PAGE.match(even(lines[n]))]
    if not _one_after_another([even(lines[held[at]]) for at in numbers]):
        return set()  # of papers within the paper, as those of an appendix
    title = even(lines[held[0]]).casefold() if held else ""
    beside = [held[at + step] for at in numbers for step in (-1, 1) if 0 <= at + step < len(held)]
    shapes = Counter(_shape(lines[n]) for n in beside)
    found = {held[at] for at in numbers}
    for n in beside:
        words = even(lines[n]).casefold()
        again = len(title) >= _TITLE and n != held[0] and words.startswith(title)
        if again or (shapes[_shape(lines[n])] > 2 and len(words) <= 80 and not words.endswith(_SENTENCE_END)):
            found.add(n)
    return found


def _one_after_another(pages: Sequence[str]) -> bool:
    """Whether numbers of pages are those of one paper: two or more, each one more than the last, out of as many."""
    read = [_PAGE.match(page) for page in pages]
    numbers = [int(one["number"]) for one in read if one]
    last = {one["last"] for one in read if one}
    return len(numbers) > 1 and len(last) == 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _shape(line: str) -> str:
    return re.sub(r"\d", "#", " ".join(line.split()).strip("*").casefold())


def _may_mark(lines: Sequence[str], n: int) -> bool:
    line = lines[n].strip("\x0c \u00a0")
    alone = n == 0 or not lines[n - 1].strip() or "\x0c" in lines[n] + lines[n - 1]
    return bool(
        alone and line and "\t" not in lines[n] and len(line) <= 80 and not line.endswith(_SENTENCE_END)
        and "<" not in line and not _BULLET_LINE.match(line) and not _NUMBERED.match(line) and not _PIPES.match(line)
        and not _HASHES.match(line) and not _RULING.match(line)
    )  # fmt: skip


def _others(lines: Sequence[str], step: int) -> list[int]:
    """For each line the nearest before it (step 1) or after it (step -1) that holds something else than it does; else -1."""
    found = [-1] * len(lines)
    last, shape, other = -1, "", -1  # the nearest line that holds something, and the nearest of another shape than that
    for n in range(len(lines))[::step]:
        if not lines[n].strip():
            continue
        own = _shape(lines[n])
        if last >= 0 and own != shape:
            other = last
        found[n] = other
        last, shape = n, own
    return found


def _is_row(line: str) -> bool:
    return "\t" in line.strip(" ") or bool(_PIPES.match(line))


class _Lines:
    """Walks the lines, keeping count of pages, tables and rows."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines, self.markings, self.pages = lines, marking_lines(lines), page_lines(lines)
        self.page, self.table, self.fresh = 1, 0, False
        self.found: list[Block] = []
        self.rows: list[Row] = []
        self.blank_pages = self._single_markings()
        self.feeds = (
            sum("\x0c" in line for line in lines[:-1]) > 1
        )  # pages are told by their feeds: by nothing else then

    def _single_markings(self) -> bool:
        """Whether a page carries one marking (so that two in a row are a blank page) or a header and a footer."""
        held = [line for line in self.lines if line.strip()]
        marks = [_shape(line) in self.markings for line in held]
        pairs = sum(a and b for a, b in pairwise(marks))
        return pairs * 3 < sum(marks)

    def blocks(self) -> tuple[Block, ...]:
        aligned = aligned_lines(self.lines)
        for n, line in enumerate(self.lines, 1):
            if "\x0c" in line:
                self._close()
                self._turn()
            if n in aligned:
                if aligned[n]:
                    self._add_row(aligned[n], line, n)
            elif not line.strip("\x0c \u00a0\t"):
                self._close()
            elif _is_row(line):
                self._row(line, n)
            else:
                self._close()
                self._paragraph(line, n)
        self._close()
        return tuple(self.found)

    def _turn(self) -> None:
        self.page, self.table = self.page + 1, 0

    def _row(self, line: str, n: int) -> None:
        bounded = _PIPES.match(line) if "\t" not in line else None
        texts = (
            [_EMPHASIS.sub(r"\1", text) for text in bounded[1].split("|")]
            if bounded
            else line.strip("\x0c").split("\t")
        )
        self._add_row(texts, line, n)

    def _add_row(self, texts: Sequence[str], line: str, n: int) -> None:
        if not self.rows:
            self.table += 1
        place = Place(page=self.page, table=self.table, row=len(self.rows) + 1, line=n)
        self.rows.append(Row(tuple(cell(text, place) for text in texts), place, line))
        self.fresh = False

    def _close(self) -> None:
        if self.rows:
            self.found.append(Table(tuple(self.rows), self.rows[0].place))
            self.rows = []

    def _paragraph(self, line: str, n: int) -> None:
        if n - 1 in self.pages or (_shape(line) in self.markings and _may_mark(self.lines, n - 1)):
            self.found.append(Paragraph(even(line), Place(page=self.page, line=n), line, marker="marking"))
            if not self.feeds and (not self.fresh or self.blank_pages):
                self._turn()
            self.fresh = True
            return
        self.fresh = False
        self.found.extend(self._blocks(line, n))

    def _blocks(self, line: str, n: int) -> tuple[Block, ...]:
        if hashes := _HASHES.match(line):
            place = Place(page=self.page, line=n)
            return (Paragraph(even(line[hashes.end() :]), place, line, kind="heading", level=len(hashes[1])),)
        if numbered := _NUMBERED.match(line):
            digits = numbered[1]
            place = Place(page=self.page, line=n, paragraph=int(digits) if digits.isdigit() else 0)
            return (Paragraph(even(line[numbered.end() :]), place, line, number=digits),)
        place = Place(page=self.page, line=n)
        if _RULING.match(line):
            return (Paragraph(even(line), place, line, marker="ruling"),)
        if self._is_heading(line, n):
            return (Paragraph(even(line).strip("*"), place, line, kind="heading", level=1),)
        dash = re.match(r"^(\s*)([-*·])\s+(?=\S)", line)
        if dash:
            words = even(line[dash.end() :])
            return (Paragraph(words, place, line, kind="item", marker=dash[2], depth=1 if len(dash[1]) > 1 else 0),)
        found = blocks_of(line, place) or (Paragraph(line, place, line),)
        return (replace(found[0], raw=line),) if len(found) == 1 and found[0].kind == "paragraph" else found

    def _is_heading(self, line: str, n: int) -> bool:
        """A short line after a blank one or a marking, no sentence, no list item."""
        words = even(line)
        before = self.lines[n - 2] if n > 1 else ""
        opens = not before.strip() or _shape(before) in self.markings or n - 2 in self.pages
        return bool(
            opens and len(words) <= 100 and not words.endswith(_SENTENCE_END) and "<" not in line
            and not _BULLET_LINE.match(line) and re.search(r"[^\W\d]", words)
        )  # fmt: skip
