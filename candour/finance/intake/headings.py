"""The row of headings of a table of money, and what each column under it holds. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from candour.finance.intake.words import Heading, is_unit, read_heading
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.document import Row, Table

_FIGURE = re.compile(
    r"\(?[-−£]?\s?(?!(?:19|20)\d\d$)\d[\d,]*(?:\.\d+)?\)?"
)  # no heading is a figure, unless it is a year
_OTHER = re.compile(
    r"\b(?:risks?|likelihood|probability|recommendations?|suppliers?|contracts?|providers?|indicators?|"
    r"measures?|recipients?|applicants?|award(?:s|ed)?|grantees?|agreements?)\b",
    re.I,
)


def headings_of(table: Table) -> tuple[int, list[Heading]] | None:
    """(number of the last row of headings, the headings): a name or reference and an amount at least; None for another table.

    A row of units below belongs to the headings. Where no heading names the rows, the first column that holds words does.
    """
    for at, row in enumerate(table.rows[:30]):
        number, headings = at, _read(table, at)
        over = (
            table.rows[at - 1].texts if at and sum(map(bool, table.rows[at - 1].texts)) > 2 else ()
        )  # headings, no title
        if not any(one.what for one in headings) or any(map(_FIGURE.fullmatch, row.texts)):
            continue
        if any(map(_OTHER.search, (*row.texts, *over))):
            continue
        below = table.rows[at + 1] if at + 1 < len(table.rows) else None
        if below is not None and _heads_more(below, _read(table, at + 1)):
            continue  # a year over the headings themselves
        if below is not None and below.width and all(is_unit(text) for text in below.texts if text):
            number, headings = at + 1, _read(table, at + 1)
        if not _names_rows(headings):
            if number + 1 < len(table.rows) and _names_rows(_read(table, number + 1)):
                continue  # years or amounts over the headings themselves
            headings = _named(headings, row, table.rows[number + 1 :])
        if _names_rows(headings) and any(one.what for one in headings):
            return number, _standing(headings)
    return None


def _heads_more(row: Row, headings: Sequence[Heading]) -> bool:
    """Whether a row is of headings too, and those of two amounts or more that are called by name."""
    told = [one for one, text in zip(headings, row.texts, strict=True) if one.amount and not _FIGURE.fullmatch(text)]
    return len({one.what or one.computed for one in told}) >= 2 and not any(map(_FIGURE.fullmatch, row.texts))


def _names_rows(headings: Sequence[Heading]) -> bool:
    return bool({"name", "reference", "source"} & {one.label for one in headings})


def _read(table: Table, number: int) -> list[Heading]:
    row, above = table.rows[number], table.rows[number - 1] if number else None
    return [read_heading(cell.text, _above(above, place)) for place, cell in enumerate(row.cells)]


def _named(headings: Sequence[Heading], row: Row, below: Sequence[Row]) -> list[Heading]:
    """The headings, the first column of words as the name of the rows where amounts stand beside it."""
    found = list(headings)
    rows = [one for one in below if one.width][:40]
    for n, one in enumerate(found):
        held = [each.texts[n] for each in rows if n < len(each.texts) and each.texts[n]]
        if one.amount or len(held) < 2:
            break
        if sum(any(map(str.isalpha, text)) and read_amount(text).pence is None for text in held) * 5 >= len(held) * 4:
            heading = row.texts[n] if n < len(row.texts) else ""
            money = sum(each.amount for each in headings)
            if not heading or is_unit(heading) or money >= 2:
                found[n] = Heading("name")
            break
    return found


def _standing(headings: Sequence[Heading]) -> list[Heading]:
    """The headings. Of several budgets of a year the latest stands; of two balances at the end of a year the first opens it."""
    best = {one.year: max(each.rank for each in headings if each.what == "budget" and each.year == one.year)
            for one in headings if one.what == "budget"}  # fmt: skip
    found = [Heading() if one.what == "budget" and one.rank < best[one.year] else one for one in headings]
    closings = [n for n, one in enumerate(found) if one.computed == "closing"]
    if len(closings) == 2 and not any(one.what == "opening" for one in found):
        last = found[closings[1]].year
        found[closings[0]] = replace(found[closings[0]], what="opening", computed="", year=last)
    return found


def _above(above: Row | None, column: int) -> str:
    """What is printed over a column: its own cell, or the merged one that covers it from the left."""
    if above is None or column >= len(above.cells):
        return ""
    while column > 0 and above.cells[column].columns == 0:
        column -= 1
    return above.cells[column].text
