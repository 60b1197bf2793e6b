"""Tables that count recommendations by status, audit or priority: figures under headings, with their totals. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from candour.audits.intake.words import read_priority
from candour.kernel.intake.document import Document, Place, Row, Table

_FIGURE = re.compile(r"^(?:\d{1,4}|[-–—]|nil|none)?$", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:grand |overall )?totals?\b(?!.*\b(?:outstanding|closed|open|overdue)\b)", re.IGNORECASE)
_SEARCHED = 80  # rows of a sheet in which it sums itself up
# What is counted among other rows or columns already, or is no count.
_AMONG = re.compile(
    r"\bof which\b|\boverdue\b|\bsub-?\s?total|%|\bpercent|\bper cent|\bprevious\b|\blast\b|\brag\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Tally:
    """A table of figures. rows: by label the figure of each heading. across, down: the totals that it prints itself."""

    place: Place
    rows: Mapping[str, Sequence[int]]
    heads: Sequence[str]
    across: int | None  # the column of totals
    down: str | None  # the label of the row of totals
    graded: bool  # every other column is a priority, so that a row comes to its total

    def sums(self) -> Iterator[tuple[str, int, int]]:
        """(which total, what it states, what it comes to) of each total of the table."""
        kept = [row for label, row in self.rows.items() if label != self.down]
        for label, row in self.rows.items():
            if self.across is not None and self.graded:
                parts = sum(row[: self.across]) + sum(row[self.across + 1 :])
                yield label, row[self.across], parts
        if self.down is not None and len(kept) > 1:
            for n, head in enumerate(self.heads):
                yield f"{self.down} of {head}", self.rows[self.down][n], sum(row[n] for row in kept)


def tallies(document: Document) -> Iterator[Tally]:
    """Every table of a label and two figures at least to a row, under headings; on a sheet each part of it."""
    for table in document.tables:
        for rows in _apart(table):
            if found := _tally(rows):
                yield found


def _apart(table: Table) -> Iterator[list[Row]]:
    """The parts of a table: what stands between empty rows and titles, and before a row that is wider than its first."""
    rows: list[Row] = []
    for row in table.rows[:_SEARCHED]:
        if row.width < 2 or (rows and row.width > rows[0].width):
            yield rows
            rows = []
        if row.width > 1:
            rows.append(row)
    yield rows


def _tally(rows: list[Row]) -> Tally | None:
    if len(rows) < 3:
        return None
    heads = list(rows[0].texts[1 : rows[0].width])
    below = rows[1:]
    if len(heads) < 2 or any(not head or re.search(r"^\d+$", head) for head in heads):
        return None
    labels = [row.texts[0] for row in below]
    if len({*labels}) < len(labels) or not all(labels) or any(_AMONG.search(one) for one in (*labels, *heads)):
        return None
    if not all(_figures(row, len(heads)) for row in below):
        return None
    across = next((n for n, head in enumerate(heads) if _TOTAL.match(head)), None)
    down = labels[-1] if _TOTAL.match(labels[-1]) else None
    if any(_TOTAL.match(one) for one in labels[:-1]) or (across is None and down is None):
        return None
    graded = len(heads) > 2 and all(read_priority(head) for n, head in enumerate(heads) if n != across)
    figures = {row.texts[0]: [_number(text) for text in row.texts[1 : len(heads) + 1]] for row in below}
    return Tally(below[-1].place, figures, heads, across, down, graded)


def _figures(row: Row, wide: int) -> bool:
    texts = row.texts[1 : wide + 1]
    return len(texts) == wide and all(map(_FIGURE.match, texts)) and any(map(str.isdecimal, texts))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
