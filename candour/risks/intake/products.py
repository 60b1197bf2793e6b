"""Columns that no heading calls a score, and that hold the product of impact and likelihood beside them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from candour.kernel.intake.document import Row
from candour.kernel.intake.mapping import Column

from .contents import holds
from .values import read_level, read_score

_TOTALS = ("total", "tot", "t", "sum", "product", "factor", "risk factor", "overall", "result", "rpn", "lxi", "ixl")
_LEAST = 3  # rows that must multiply


def with_products(columns: Sequence[Column], below: Sequence[Row]) -> list[Column]:
    """The columns, with the score of each set of levels that has none.

    It is the one that is called a total, or holds in four rows of five what the levels of its row multiply to.
    """
    found = list(columns)
    for prefix in ("", "inherent_", "target_"):
        at = {column.field: n for n, column in enumerate(found) if column.field}
        axes = [at.get(f"{prefix}{axis}") for axis in ("impact", "likelihood")]
        if None in axes or f"{prefix}score" in at:
            continue
        pair = [n for n in axes if n is not None]
        free = [n for n, column in enumerate(found) if column.field is None]
        free.sort(key=lambda n: (n < max(pair), abs(n - max(pair))))
        if (best := next((n for n in free if _is_product(found[n].heading, n, pair, below)), None)) is not None:
            found[best] = replace(found[best], field=f"{prefix}score", sure="sure")
    return found


def _is_product(heading: str, n: int, pair: Sequence[int], below: Sequence[Row]) -> bool:
    """Whether a column is the score of two columns of levels."""
    values = [row.texts[n] for row in below if n < len(row.cells) and row.texts[n]]
    if not holds("score", values):
        return False
    if heading.casefold().strip(" .:()") in _TOTALS and 0 < n - max(pair) <= 1:
        return True
    told = [(read_score(row.texts[n]).value, [read_level(row.texts[one])[1] for one in pair]) for row in below
            if max(n, *pair) < len(row.cells) and row.texts[n]]  # fmt: skip
    rated = [(score, levels[0] * levels[1]) for score, levels in told if levels[0] and levels[1]]
    return len(rated) >= _LEAST and sum(score == product for score, product in rated) * 5 >= len(rated) * 4
