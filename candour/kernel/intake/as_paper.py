"""A raw document as a paper that can be set again: every word of it in the same order, its headings, lists and tables. Pure.

A line of a table of contents is left out: its pages would be those of another file. What is set aside (deleted, hidden,
comments) was no text. Words struck through are said to be.
"""

from collections.abc import Iterator, Sequence

from candour.kernel.papers import document as paper
from candour.kernel.papers.document import Bullets, Column, Document, Facts, Heading, Item, PageBreak, Run, Words

from . import document as raw
from .cells import BULLETS

WIDE = 7  # a table of more columns lies on its side
LONGEST_HEADER = 90
STRUCK = " [struck through in the original]"
_SIGNS = ("", *BULLETS, "-", "*", "·", "–", "o")


def paper_of(read: raw.Document) -> tuple[Document, str]:
    """The paper, whose title and body are the caller's to replace, and the words at the head and foot of its pages."""
    setter = _Setter()
    blocks = tuple(setter.blocks(read.blocks))
    return Document(read.name or "Paper", "Paper", blocks), "; ".join(setter.running)


class _Setter:
    def __init__(self) -> None:
        self.level = 0
        self.tables = 0
        self.running: list[str] = []
        self.caption = ""

    def blocks(self, given: Sequence[raw.Block]) -> Iterator[paper.Block]:
        points: list[raw.Paragraph] = []
        for block in given:
            point = isinstance(block, raw.Paragraph) and block.kind == "item" and not _lettered(block)
            if not point:
                yield from _lists(points)
                points = []
            if isinstance(block, raw.Table):
                yield from self.table(block)
            elif point:
                points.append(block)
            else:
                yield from self.paragraph(block)
        yield from _lists(points)
        if self.caption:
            yield paper.para(self.caption)

    def paragraph(self, block: raw.Paragraph) -> Iterator[paper.Block]:
        if self.caption:
            yield paper.para(self.caption)
            self.caption = ""
        if block.marker == "marking":
            self.running.append(block.text)
        elif "contents" in block.marks:
            return
        elif "caption" in block.marks:
            self.caption = block.text
        elif block.kind == "heading" and block.text.strip():
            self.level = min(block.level or 1, self.level + 1, 4)
            yield Heading(self.level, f"{block.number}. {block.text}" if block.number else block.text)
        elif block.text.strip() or block.number:
            number = int(block.number) if block.number.isdigit() and block.kind == "paragraph" else None
            start = f"{block.marker or block.number} " if number is None and (block.number or block.marker) else ""
            note = "Note: " if "footnote" in block.marks else ""
            yield paper.Paragraph((Run(note + start), *_words(block)) if note or start else _words(block), number)

    def table(self, table: raw.Table) -> Iterator[paper.Block]:
        rows = [row for row in table.rows if row.width]
        if not rows:
            return
        self.tables += 1
        caption, self.caption = self.caption or f"Table {self.tables}", ""
        columns = max(len(row.cells) for row in rows)
        if len(rows) == 1 or columns == 1:
            for row in rows:
                for cell in row.cells:
                    yield from _Setter().blocks([_flat(one) for one in cell.items])
            return
        if columns == 2 and _labelled(rows):
            yield Facts(tuple(paper.Fact(row.texts[0] or "–", _cell(row.cells[1])) for row in rows), caption)
            return
        if columns > WIDE:
            yield PageBreak(landscape=True)
        yield _table(caption, rows, columns)
        if columns > WIDE:
            yield PageBreak()


def _table(caption: str, rows: list[raw.Row], columns: int) -> paper.Table:
    first = rows[0]
    headed = all(cell.columns == 1 and len(cell.text) <= LONGEST_HEADER for cell in first.cells) and any(first.texts)
    headers = [*first.texts, *[""] * columns][:columns] if headed else [""] * columns
    body = rows[1:] if headed else rows
    shares = [max(4, min(40, sum(len(_at(row, n)) for row in rows) // len(rows))) for n in range(columns)]
    made = tuple(Column(header, share) for header, share in zip(headers, shares, strict=True))
    named = bool(body) and all(_at(row, 0) for row in body) and len({_at(row, 0) for row in body}) == len(body)
    return paper.Table(caption, made, tuple(_row(row, columns) for row in body), row_headers=named)


def _at(row: raw.Row, place: int) -> str:
    return row.texts[place] if place < len(row.texts) else ""


def _row(row: raw.Row, columns: int) -> paper.Row:
    cells: list[paper.Cell] = []
    place = 0
    while place < columns:
        cell = row.cells[place] if place < len(row.cells) else raw.Cell()
        span = max(1, min(cell.columns, columns - place))
        # a merged cell covers empty places only; one that holds words all the same keeps its own place
        while span > 1 and any(_at(row, one) for one in range(place + 1, place + span)):
            span -= 1
        cells.append(_cell(cell, span))
        place += span
    return paper.Row(tuple(cells))


def _cell(cell: raw.Cell, span: int = 1) -> paper.Cell:
    blocks: list[paper.Paragraph | Bullets] = []
    points: list[raw.Paragraph] = []
    for one in (*cell.items, None):
        if one is not None and one.kind == "item" and one.marker != "row" and not _lettered(one):
            points.append(one)
            continue
        blocks += _lists(points)
        points = []
        if one is not None and (one.text.strip() or one.number):
            start = f"{one.number or one.marker} " if (one.number or one.marker) and one.marker != "row" else ""
            blocks.append(paper.Paragraph((Run(start), *_words(one)) if start else _words(one)))
    return paper.Cell(tuple(blocks), span=span)


def _flat(block: raw.Paragraph) -> raw.Paragraph:
    """A row of a table in a table as a paragraph."""
    return raw.Paragraph(block.text, block.place, block.raw) if block.marker == "row" else block


def _labelled(rows: Sequence[raw.Row]) -> bool:
    """Whether the first column holds labels ("Report of:") rather than the first row headings."""
    first, second = [row.cells[0] for row in rows], [row.cells[-1] for row in rows]
    short = all(0 < len(cell.text) <= LONGEST_HEADER for cell in first)
    bold = all("bold" in cell.marks for cell in first) and not any("bold" in cell.marks for cell in second)
    return short and (bold or all(cell.text.endswith(":") for cell in first))


def _lettered(block: raw.Paragraph) -> bool:
    """A point that has a number or a letter of its own, which a bullet would hide."""
    return bool(block.number) or block.marker.strip() not in _SIGNS


def _lists(points: Sequence[raw.Paragraph]) -> list[Bullets]:
    return [Bullets(_items(points))] if points else []


def _items(points: Sequence[raw.Paragraph]) -> tuple[Item, ...]:
    """Points by their depth; one that is deeper than the first lies beneath the one before it."""
    found: list[Item] = []
    place = 0
    while place < len(points):
        end = place + 1
        while end < len(points) and points[end].depth > points[place].depth:
            end += 1
        found.append(Item(_words(points[place]), _items(points[place + 1 : end])))
        place = end
    return tuple(found)


def _words(block: raw.Paragraph) -> Words:
    struck = STRUCK if "strike" in block.marks else f" [struck through: {block.struck}]" if block.struck else ""
    run = Run(block.text, bold="bold" in block.marks, italic="italic" in block.marks)
    return (run, Run(struck)) if struck else (run,)
