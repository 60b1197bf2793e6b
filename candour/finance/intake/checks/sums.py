"""Totals, variances, closing balances, gaps and funding as printed, held against what they come to. Pure.

Amounts are printed rounded, so a sum may differ by half of the last printed place for each amount in it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from candour.finance.intake.checks.cells import words_of
from candour.finance.intake.printed import Cell, Printed
from candour.finance.intake.tables import Sheet
from candour.finance.rules import Amounts, Reserve, missing_funding, say_year
from candour.kernel.intake.document import Finding
from candour.kernel.money import pounds

Key = tuple[str, str, date | None]


def of_rows(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Variances and closing balances that are not what their row gives; funding that does not come to the budget."""
    for sheet in sheets:
        for row in sheet.rows:
            if not row.total:
                yield from _of_row(row)
    yield from _of_funding([row for sheet in sheets for row in sheet.rows if not row.total])


def _of_row(row: Printed) -> Iterator[Finding]:
    for cell in row.cells:
        if not cell.computed or cell.pence is None:
            continue
        mine = {one.what: one.pence for one in row.cells if one.what and one.year == cell.year}
        right = _right(row, cell, mine)
        if right is not None and abs(right - cell.pence) > 2 * cell.unit:
            code = (
                "closing-differs"
                if cell.computed == "closing"
                else "variance-differs"
                if cell.computed == "variance"
                else "total-differs"
            )
            what = "closing balance" if cell.computed == "closing" else cell.computed
            said = f"The {what} of {row.key} is printed as {cell.text}, and comes to {pounds(right)}"
            yield Finding(code, "warning", row.place, row.key, cell.text, pounds(right), said)


def _right(row: Printed, cell: Cell, mine: dict[str, int | None]) -> int | None:
    """What a printed amount of a row should be; None where the row does not say enough, or it is printed the other way."""
    if cell.computed == "variance":
        found = Amounts(mine.get("budget"), mine.get("forecast")).variance
        turned = found is not None and cell.pence is not None and abs(-found - cell.pence) <= 2 * cell.unit
        return None if turned else found  # underspending printed above nought is a way of printing, not an error
    if cell.computed == "closing":
        return Reserve(row.name, mine.get("opening"), mine.get("movement")).closing
    if cell.computed == "total":
        every = [one.pence for one in row.cells if one.what == "budget" and one.pence is not None]
        return sum(every) if len(every) > 1 else None
    return None


def _of_funding(rows: Sequence[Printed]) -> Iterator[Finding]:
    schemes = {one.reference or one.name: one for one in rows if one.part == "capital"}
    sources: dict[str, dict[date, list[int]]] = {}
    for row in rows:
        if row.part == "funding":
            years = sources.setdefault(row.reference or row.name, {})
            for cell in row.cells:
                if cell.what == "budget" and cell.pence is not None and cell.year:
                    years.setdefault(cell.year, []).append(cell.pence)
    for name, years in sources.items():
        scheme = schemes.get(name)
        if scheme is None:
            continue
        budget = {one.year: one.pence for one in scheme.cells if one.what == "budget" and one.year}
        unit = max((one.unit for one in scheme.cells), default=1)
        for year, apart in missing_funding(budget, years).items():
            if abs(apart) > 2 * unit:
                came = (budget.get(year) or 0) - apart
                wants = pounds(budget.get(year) or 0)
                said = f"The funding of {name} in {say_year(year)} comes to {pounds(came)}, and its budget to {wants}"
                yield Finding("funding-differs", "warning", scheme.place, scheme.key, pounds(came), wants, said)


def of_totals(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Total rows that are not the sum of what stands over them, and gaps that are not spending less income."""
    for sheet in sheets:
        every: dict[Key, list[Cell]] = {}
        since: dict[Key, list[Cell]] = {}
        for row in sheet.rows:
            if row.gap:
                yield from _of_gap(row, every)
            elif row.total:
                yield from _of_total(row, every, since)
                since = {}
            else:
                for cell in row.cells:
                    key = (row.part, cell.what or cell.computed, cell.year)
                    every.setdefault(key, []).append(cell)
                    since.setdefault(key, []).append(cell)


def _of_total(row: Printed, every: dict[Key, list[Cell]], since: dict[Key, list[Cell]]) -> Iterator[Finding]:
    """A total is right where it is the sum of all rows of its part so far, or of those since the last total."""
    for cell in row.cells:
        key = (row.part, cell.what or cell.computed, cell.year)
        if cell.pence is None or not every.get(key) or any(one.pence is None for one in every[key]):
            continue  # a sum of which a part cannot be read says nothing
        sums = [_sum(group.get(key, [])) for group in (every, since)]
        if any(abs(found - cell.pence) <= slack + cell.unit for found, slack in sums if found is not None):
            continue
        if cell.computed == "total" and _across(row) == cell.pence:
            continue  # it is what its own row comes to: that a row above is not, is found there
        right = sums[0][0]
        what = f"{words_of(row.part, cell.what or cell.computed)} {say_year(cell.year) if cell.year else ''}".strip()
        said = f"{row.name}, {what}, is printed as {cell.text}, and comes to {pounds(right)}"
        yield Finding("total-differs", "warning", row.place, row.name, cell.text, pounds(right), said)


def _across(row: Printed) -> int:
    """What the years of a row come to."""
    return sum(one.pence or 0 for one in row.cells if one.what == "budget")


def _sum(cells: Sequence[Cell]) -> tuple[int, int]:
    """(the sum of some amounts, how far rounding may take it)."""
    return sum(one.pence or 0 for one in cells), sum(one.unit for one in cells) // 2


def _of_gap(row: Printed, every: dict[Key, list[Cell]]) -> Iterator[Finding]:
    years = sorted({year for _, _, year in every if year})
    whole, slack = 0, 0
    for year in years:
        comes, goes = (_sum(every.get((side, "budget", year), [])) for side in ("income", "spending"))
        here = goes[0] - comes[0]
        whole, slack = whole + here, slack + goes[1] + comes[1]
        right, room = (whole, slack) if row.gap == "whole" else (here, goes[1] + comes[1])
        for cell in row.cells:
            if cell.year != year or cell.pence is None or not cell.what:
                continue
            if min(abs(right - cell.pence), abs(-right - cell.pence)) > room + cell.unit:  # printed either way round
                said = f"{row.name} of {say_year(year)} is printed as {cell.text}, and comes to {pounds(right)}"
                yield Finding("gap-differs", "warning", row.place, row.name, cell.text, pounds(right), said)
