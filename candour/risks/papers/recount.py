"""Recounting a risk paper from what it prints: each figure of its sentences against the tables. Pure.

Nothing here knows the rows that the paper was made from, so an error in writing the paper shows.
"""

import re
from collections.abc import Callable
from functools import partial

from candour.kernel.papers.document import Cell, Detail, Document, Heading, Paragraph, Row, Table, plain
from candour.kernel.papers.walk import block_texts
from candour.risks.papers.words import CHANGES, LEFT, LEVELS, OVERVIEW, REDACTED

_NUMBER = r"([\d,]+|[Nn]o)"


class Printed:
    """The tables and sections of a paper, as they are printed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.overview = self.table(OVERVIEW)
        self.changes = self.table(CHANGES)
        self.left = self.table(LEFT)
        self.came = self.table(LEVELS)
        self.redacted = [said for said in self.paragraphs() if said.startswith(f"{REDACTED}: ")]

    def paragraphs(self) -> list[str]:
        return [plain(block.words) for block in self.document.blocks if isinstance(block, Paragraph)]

    def numbered(self) -> list[str]:
        blocks = self.document.blocks
        return [plain(block.words) for block in blocks if isinstance(block, Paragraph) and block.number is not None]

    def table(self, caption: str) -> list[dict[str, Cell]]:
        """The rows of the table whose caption begins so, each as {heading: cell}."""
        for block in self.document.blocks:
            if isinstance(block, Table) and block.caption.startswith(caption):
                heads = [column.header for column in block.columns]
                return [dict(zip(heads, row.cells, strict=True)) for row in block.rows if isinstance(row, Row)]
        return []

    def under(self, anchor: str) -> list[str]:
        """References set out in full, or named as set out elsewhere, under an appendix."""
        inside, found = False, []
        for block in self.document.blocks:
            if isinstance(block, Heading) and block.level == 1:
                inside = block.anchor == anchor
            elif inside and isinstance(block, Detail):
                found.append(words_of(block.cells[1]))
            elif inside and isinstance(block, Paragraph) and (said := _ELSEWHERE.match(plain(block.words))):
                found += re.split(r", | and ", said[1])
        return found


_ELSEWHERE = re.compile(r"(.+?) (?:is|are) set out in full in Appendix ")


def words_of(cell: Cell) -> str:
    return " ".join(text for block in cell.blocks for text in block_texts(block))


def _count(rows: list[dict[str, Cell]], head: str, start: str) -> int:
    return sum(words_of(row[head]).startswith(start) for row in rows)


# What each sentence says, and the same counted from the tables.
_SAID: tuple[tuple[str, Callable[[Printed], int]], ...] = (
    (rf"^There (?:is|are) {_NUMBER} live strategic risks?\b", lambda paper: len(paper.overview)),
    (rf"^{_NUMBER} risks? (?:is|are) .*\(Appendix B\)", lambda paper: len(paper.under("high"))),
    (rf"^{_NUMBER} risks? (?:is|are) new since", lambda paper: len(paper.under("new"))),
    (rf"^{_NUMBER} risks? (?:is|are) new since", lambda paper: _count(paper.overview, "Movement", "New")),
    (rf"^The score of {_NUMBER} risks? changed", lambda paper: len(paper.changes)),
    (r"\(Appendix D\): ([\d,]+) rose", lambda paper: _count(paper.changes, "Movement", "↑")),
    (r"\(Appendix D\): (?:[\d,]+ rose and )?([\d,]+) fell", lambda paper: _count(paper.changes, "Movement", "↓")),
    (r"\(Appendix D\): ([\d,]+) rose", lambda paper: _count(paper.overview, "Movement", "↑")),
    (r"\(Appendix D\): (?:[\d,]+ rose and )?([\d,]+) fell", lambda paper: _count(paper.overview, "Movement", "↓")),
    (rf"^{_NUMBER} risks? (?:was|were) escalated", lambda paper: len(paper.came)),
    (rf"^{_NUMBER} risks? closed", lambda paper: _count(paper.left, "What happened", "Closed")),
    (rf" and {_NUMBER} risks? moved to", lambda paper: _count(paper.left, "What happened", "Managed")),
    (rf" of {_NUMBER} risks? (?:is|are) past ", lambda paper: _count(paper.overview, "Status", "Overdue Control")),
    (rf"^Panel members alone may see {_NUMBER} risks?", lambda paper: len(paper.under("restricted"))),
    (rf"^{_NUMBER} risks? may (?:not be published|be seen by the panel)", lambda paper: len(paper.redacted)),
)


def figures_against_tables(document: Document) -> tuple[int, list[str]]:
    """How many figures were recounted, and in words those that do not agree."""
    paper, checked, differ = Printed(document), 0, []
    for said in paper.numbered():
        for pattern, recount in (*_SAID, *_bands(paper, said)):
            found = re.search(pattern, said)
            if not found:
                continue
            checked += 1
            stated, counted = _value(found[1]), recount(paper)
            if stated != counted:
                differ.append(f"‘{found[0]}’: the tables have {counted}")
    return checked, differ


def _bands(paper: Printed, said: str) -> list[tuple[str, Callable[[Printed], int]]]:
    """The figures by band in the first sentence: one for each band word of the overview's scores."""
    if " live strategic " not in said:
        return []
    names = {words_of(row["Score"]) for row in paper.overview}
    return [(rf"([\d,]+) {re.escape(name.lower())}\b", partial(_in_band, name=name)) for name in sorted(names)]


def _in_band(paper: Printed, *, name: str) -> int:
    return _count(paper.overview, "Score", name)


def _value(text: str) -> int:
    return 0 if text.casefold() == "no" else int(text.replace(",", ""))


def wrong_scores(document: Document) -> list[str]:
    """References whose printed score is not the product of the printed levels, or whose band is not the matrix's."""
    wrong = []
    for row in Printed(document).overview:
        levels = [re.search(r"\((\d+)\)$", words_of(row[head])) for head in ("Impact", "Likelihood")]
        if all(levels) and row["Score"].badge:
            product = int(levels[0][1]) * int(levels[1][1])  # type: ignore[index]
            if product != int(row["Score"].badge):
                wrong.append(f"{words_of(row['Reference'])}: {row['Score'].badge} is not {product}")
    return wrong
