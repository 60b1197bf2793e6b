"""Rows of a plan: on which side each stands, and income above nought however it is printed. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from candour.finance.intake.printed import Printed
from candour.finance.intake.words import INCOME, SPENDING


def sided(rows: Sequence[Printed]) -> list[Printed]:
    """The rows of a plan: what no word puts on a side is on that of the total below it."""
    found: list[Printed] = []
    after = ""
    for row in reversed(rows):
        after = side_of(row.name) if row.total and not row.gap else "" if row.total else after
        doubt = not row.total and after and not row.sure
        found.append(replace(row, part=after) if doubt else row)
    return found[::-1]


def upright(rows: Sequence[Printed]) -> list[Printed]:
    """The rows of a plan, income above nought where it is printed below it throughout."""
    income = [cell.pence or 0 for row in rows if row.part == "income" and not row.gap for cell in row.cells]
    if not income or max(income) > 0:
        return list(rows)
    return [
        replace(row, cells=tuple(replace(cell, pence=-cell.pence if cell.pence else cell.pence) for cell in row.cells))
        if row.part == "income" and not row.gap
        else row
        for row in rows
    ]


def side_of(text: str) -> str:
    """Which side of the plan a word stands for; income first, as “income less costs” heads no side."""
    if INCOME.search(text):
        return "income"
    return "spending" if SPENDING.search(text) else ""
