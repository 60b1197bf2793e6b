"""Cells printed over several columns and rows, put in their places. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .document import Cell, UnreadableFile

MOST_CELLS = 3_000_000  # of one paper: 100,000 rows of thirty columns
WIDEST = 16_384  # columns, as in a spreadsheet
TOO_MANY = f"It holds more than {MOST_CELLS:,} cells, with those that merged cells cover. Split it"
EMPTY = Cell()
LEFT, ABOVE, BOTH = Cell(columns=0), Cell(rows=0), Cell(columns=0, rows=0)


@dataclass(frozen=True)
class Span:
    """A cell as it is written down, with the columns and rows that it is printed over."""

    cell: Cell
    columns: int = 1
    rows: int = 1


def placed(rows: Sequence[Iterable[Span]]) -> list[tuple[Cell, ...]]:
    """Rows of equal width. A cell goes to the first free place of its row; what it covers is marked as covered.

    Raises UnreadableFile where spans would make more cells than a paper may have.
    """
    made: list[list[Cell]] = []
    held: dict[int, tuple[int, Cell]] = {}  # column -> for how many rows yet it is covered, and what stands there
    total = 0
    for n, row in enumerate(rows):
        line: list[Cell] = []
        begun: dict[int, tuple[int, Cell]] = {}
        for span in row:
            _covered(line, held)
            wide = _free(len(line), min(span.columns, WIDEST), held)
            high = max(1, min(span.rows, len(rows) - n))
            if high > 1:
                begun |= {len(line) + k: (high - 1, BOTH if k else ABOVE) for k in range(wide)}
            whole = wide == high == 1
            line.append(span.cell if whole else replace(span.cell, columns=wide, rows=high))
            line.extend([LEFT] * (wide - 1))
            if total + len(line) > MOST_CELLS:
                raise UnreadableFile(TOO_MANY)
        _covered(line, held)
        held |= begun
        total += len(line)
        made.append(line)
    width = max(map(len, made), default=0)
    if width * len(made) > MOST_CELLS:
        raise UnreadableFile(TOO_MANY)
    return [(*line, *[EMPTY] * (width - len(line))) for line in made]


def _covered(line: list[Cell], held: dict[int, tuple[int, Cell]]) -> None:
    """Fill the places of the line that cells above cover."""
    while (column := len(line)) in held:
        left, filler = held.pop(column)
        line.append(filler)
        if left > 1:
            held[column] = (left - 1, filler)


def _free(start: int, wanted: int, held: dict[int, tuple[int, Cell]]) -> int:
    """How many of the wanted columns are free, one at least."""
    return next((k for k in range(1, wanted) if start + k in held), max(1, wanted))
