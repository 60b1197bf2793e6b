"""The scoring grid: a table whose cells are scores, with levels along two sides. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.kernel.intake.document import Row, Table

from .values import read_level

_CELL = re.compile(r"^(\d{1,3})(?:\s*[-–(:]?\s*([A-Za-z][A-Za-z ]{0,20})\)?)?$")
_AXIS = (("impact", r"impact|severity|consequence"), ("likelihood", r"likelihood|probability"))


@dataclass
class Grid:
    """words: axis -> value -> word. cells: {impact, likelihood, score, band} as printed (values of the levels)."""

    words: dict[str, dict[int, str]] = field(default_factory=dict)
    cells: list[dict[str, Any]] = field(default_factory=list)


def axis_of(text: str) -> str:
    """The one axis that a text names, or ""."""
    found = [axis for axis, pattern in _AXIS if re.search(pattern, text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def read_grid(table: Table) -> Grid | None:
    """The grid of a table, or None. Columns are those that a row of labels (words or numbers) heads or ends.

    Most cells must be the product of their levels: other tables of numbers are no grid.
    """
    rows = [row for row in table.rows if row.width]
    best = max(rows, key=lambda row: len(_scores(row)), default=None)
    if best is None or len(_scores(best)) < 3:
        return None
    scored = [row for row in rows if len(_scores(row)) >= len(_scores(best))]
    if len(scored) < 3:
        return None
    others = [row for row in rows if row not in scored]
    columns = _columns(scored, others)
    if len(columns) < 3:
        return None
    column_levels = _column_levels(columns, others)
    side = {id(row): _row_level(row, columns[0], len(scored) - n) for n, row in enumerate(_ordered(scored, columns))}
    axis = _axis_of_rows(scored, others, columns)
    grid = _grid(scored, columns, side, column_levels, axis)
    products = sum(cell["score"] == cell["impact"] * cell["likelihood"] for cell in grid.cells)
    return grid if products * 2 > len(grid.cells) else None


def _scores(row: Row) -> dict[int, tuple[int, str]]:
    found = {n: _CELL.match(text) for n, text in enumerate(row.texts)}
    return {n: (int(one[1]), (one[2] or "").strip()) for n, one in found.items() if one}


def _label(row: Row) -> str:
    """The word at the side of a row of scores, without what names the axis."""
    words = [
        text for text in row.texts if re.match(r"[^\W\d]", text) or re.match(r"^\d{1,2}\s*[-–.:]?\s*[^\W\d]", text)
    ]
    words = [text for n, text in enumerate(row.texts) if text in words and not (n in _scores(row) and n > 1)]
    plain = [text for text in words if not axis_of(text)]
    return plain[0] if plain else ""


def _columns(scored: Sequence[Row], others: Sequence[Row]) -> list[int]:
    """The score columns: those present in every row, without the column of the side's own numbers."""
    common = sorted(set.intersection(*(set(_scores(row)) for row in scored)))
    headed = [{n for n, text in enumerate(row.texts) if text} for row in others]
    labels = max((cols & set(common) for cols in headed), key=len, default=set())
    if len(labels) >= 3 and len(labels) >= len(common) - 1:
        return sorted(labels)
    return common


def _ordered(scored: Sequence[Row], columns: Sequence[int]) -> list[Row]:
    """Rows from the highest scores to the lowest."""
    return sorted(scored, key=lambda row: -sum(_scores(row)[n][0] for n in columns))


def _row_level(row: Row, first: int, rank: int) -> tuple[int, str]:
    word, number = read_level(_label(row))
    beside = [value for n, (value, band) in _scores(row).items() if n < first and not band]
    return (number if number is not None else (beside[0] if beside else rank)), word


def _column_levels(columns: Sequence[int], others: Sequence[Row]) -> dict[int, tuple[int, str]]:
    numbers: dict[int, int] = {}
    words: dict[int, str] = {}
    for row in others:
        texts = {n: row.texts[n] for n in columns if n < len(row.cells) and row.texts[n]}
        if len(texts) < len(columns):
            continue
        for n, text in texts.items():
            word, number = read_level(text)
            if number is not None:
                numbers.setdefault(n, number)
            if word:
                words.setdefault(n, word)
    return {n: (numbers.get(n, rank), words.get(n, "")) for rank, n in enumerate(columns, 1)}


def _axis_of_rows(scored: Sequence[Row], others: Sequence[Row], columns: Sequence[int]) -> str:
    """The axis down the side; papers that do not say have likelihood there."""
    first = columns[0]
    at_side = [text for row in scored for text in row.texts[:first]]
    at_side += [text for row in others for text in row.texts[:first]]
    across = [text for row in others for text in row.texts[first:]]
    if side := axis_of(" ".join(at_side)):
        return side
    return {"impact": "likelihood", "likelihood": "impact"}.get(axis_of(" ".join(across)), "likelihood")


def _grid(
    scored: Sequence[Row],
    columns: Sequence[int],
    side: dict[int, tuple[int, str]],
    tops: dict[int, tuple[int, str]],
    axis: str,
) -> Grid:
    other = "impact" if axis == "likelihood" else "likelihood"
    grid = Grid()
    grid.words[axis] = {value: word for value, word in side.values() if word}
    grid.words[other] = {value: word for value, word in tops.values() if word}
    for row in scored:
        scores = _scores(row)
        for n in columns:
            score, band = scores[n]
            levels = {axis: side[id(row)][0], other: tops[n][0]}
            grid.cells.append(
                {"impact": levels["impact"], "likelihood": levels["likelihood"], "score": score, "band": band}
            )
    return grid
