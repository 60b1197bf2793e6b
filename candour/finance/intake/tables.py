"""Sheets of a finance workbook: every row with its amounts and its place, totals apart. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from candour.finance.intake.words import (
    GAP,
    INCOME,
    SPENDING,
    TOTAL,
    Heading,
    is_unit,
    part_of,
    plain,
    read_heading,
    read_position,
    read_times,
    read_year,
)
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.document import NOWHERE, Place, Row, SetAside, Table

ABOVE, A_TOTAL, NO_AMOUNTS = "Above the headings", "A total: it is worked out here", "A row without amounts"
NO_NAME, TWICE, OTHER = "Amounts without a name", "The row stands twice: the first is kept", "Not a sheet of finance"
_FIGURE = re.compile(r"\(?[-−£]?\s?(?!(?:19|20)\d\d$)\d[\d,]*(?:\.\d+)?\)?")  # no heading is a figure, unless it is a year
_OTHER = re.compile(r"\b(?:risks?|likelihood|probability|recommendations?|suppliers?|contracts?|providers?|indicators?|measures?)\b", re.I)
DASHES = frozenset({"-", "–", "—", "−"})  # in columns of money a dash is nought


NAMED = {"revenue": "Revenue", "reserve": "Reserve", "income": "Income", "spending": "Spending"}


@dataclass(frozen=True)
class Cell:
    """An amount of a row. pence: None where it cannot be read, with why. unit: pence of the last place printed."""

    what: str
    computed: str
    year: date | None
    pence: int | None
    text: str
    why: str = ""
    unit: int = 1
    way: str = ""


@dataclass(frozen=True)
class Printed:
    """A row as it is printed. part: of rules.PARTS, a plan by its sides. total: it adds others up. gap: "gap" or "whole"."""

    part: str
    reference: str
    name: str
    owner: str
    rating: str
    cashable: str
    source: str
    cells: tuple[Cell, ...]
    place: Place
    total: bool = False
    gap: str = ""
    sure: bool = False  # that it is on its side of a plan, by a word

    @property
    def key(self) -> str:
        """What names the row: a scheme by its reference, a heading by the part it stands in."""
        named = self.reference or self.name
        if self.part in ("saving", "capital"):
            return named
        if self.part == "funding":
            return f"{named} from {self.source}"
        return f"{NAMED[self.part]}: {self.name}"


@dataclass
class Sheet:
    """A table that was read: its part, its rows in order with the totals among them, and what says when it stands.

    year: of the budget whose headings they are; position: the month they stand at. None where neither it nor the paper says.
    """

    part: str
    year: date | None = None
    position: date | None = None
    rows: list[Printed] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    undated: list[Place] = field(default_factory=list)  # rows with amounts of no year
    times: int = 1  # 1000 where its titles say £000
    place: Place = NOWHERE


def read_sheets(tables: Sequence[Table], titles: Sequence[str]) -> tuple[list[Sheet], list[SetAside]]:
    """The sheets of finance among some tables, and the rows of the others set aside. titles: of the whole paper."""
    found, aside = [], []
    every = [*titles, *(text for table in tables for row in _over(table) for text in row.texts if text)]
    position = read_position(every)
    year = next((each for text in every if (each := read_year(text))), None) or _year_of(position)
    for table in tables:
        sheet = read_sheet(table, year, titles)
        if sheet is None:
            aside += [SetAside(row.place, joined(row), OTHER) for row in table.rows if row.width]
        else:
            sheet.position = read_position(sheet.titles) or position
            found.append(sheet)
            aside += sheet.aside
    return found, aside


def _year_of(position: date | None) -> date | None:
    if position is None:
        return None
    return date(position.year - (position.month < 4), 4, 1)


def _over(table: Table) -> Sequence[Row]:
    """The rows above the headings of a table; none where it has none."""
    found = headings_of(table)
    return table.rows[: found[0]] if found else ()


def read_sheet(table: Table, year: date | None, said: Sequence[str] = ()) -> Sheet | None:
    """One table; None where it is of no part of finance. year: of amounts whose heading names none. said: by the paper."""
    found = headings_of(table)
    if found is None:
        return None
    number, headings = found
    titles = [text for row in table.rows[:number] for text in row.texts if text]
    part = part_of(table.place.sheet, *titles, table.place.under) or _by_headings(headings)
    part = part or part_of(*(text for text in said[:8] if len(text) <= 120))
    if not part:
        return None
    year = next((each for text in titles if (each := read_year(text))), None) or year
    sheet = Sheet(part, year, titles=[table.place.sheet, *titles, table.place.under])
    sheet.aside += [SetAside(row.place, joined(row), ABOVE) for row in table.rows[:number] if row.width]
    named = [by for one in headings if one.amount and (by := one.times)]
    units = [text for text in table.rows[number].texts if is_unit(text)]  # "£m" over the names of the rows
    times = next((by for text in [*units, *titles] if (by := read_times(text))), 1)
    sheet.times, sheet.place = max([times, *named]), table.rows[number].place
    side = ""
    for row in table.rows[number + 1 :]:
        if row.width:
            side = _row(sheet, row, headings, times=times, year=year, side=side)
    if part == "plan":
        sheet.rows = _upright(_sided(sheet.rows))
    return sheet


def _sided(rows: Sequence[Printed]) -> list[Printed]:
    """The rows of a plan: what no word puts on a side is on that of the total below it."""
    found: list[Printed] = []
    after = ""
    for row in reversed(rows):
        after = (_side_of(row.name) if row.total and not row.gap else "" if row.total else after)
        doubt = not row.total and after and not row.sure
        found.append(replace(row, part=after) if doubt else row)
    return found[::-1]


def _upright(rows: Sequence[Printed]) -> list[Printed]:
    """The rows of a plan, income above nought where it is printed below it throughout."""
    income = [cell.pence or 0 for row in rows if row.part == "income" for cell in row.cells]
    if not income or max(income) > 0:
        return list(rows)
    return [
        replace(row, cells=tuple(replace(cell, pence=-cell.pence if cell.pence else cell.pence) for cell in row.cells))
        if row.part == "income"
        else row
        for row in rows
    ]


def headings_of(table: Table) -> tuple[int, list[Heading]] | None:
    """(number of the last row of headings, the headings): a name or reference and an amount at least; None for another table.

    A row of units below belongs to the headings. Where no heading names the rows, the first column that holds words does.
    """
    for number, row in enumerate(table.rows[:30]):
        headings = _read(table, number)
        if not any(one.what for one in headings) or any(_FIGURE.fullmatch(text) or _OTHER.search(text) for text in row.texts):
            continue
        below = table.rows[number + 1] if number + 1 < len(table.rows) else None
        if below is not None and below.width and all(is_unit(text) for text in below.texts if text):
            number += 1
            headings = _read(table, number)
        if not _names_rows(headings):
            if number + 1 < len(table.rows) and _names_rows(_read(table, number + 1)):
                continue  # years or amounts over the headings themselves
            headings = _named(headings, row, table.rows[number + 1 :])
        if _names_rows(headings) and any(one.what for one in headings):
            return number, _standing(headings)
    return None


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


def _by_headings(headings: Sequence[Heading]) -> str:
    """The part that headings alone give away."""
    labels, whats = {one.label for one in headings}, {one.what for one in headings}
    if "opening" in whats or "minimum" in whats:
        return "reserve"
    if "source" in labels:
        return "funding"
    if "cashable" in labels:
        return "saving"
    return "plan" if "side" in labels else ""


def _row(sheet: Sheet, row: Row, headings: Sequence[Heading], *, times: int, year: date | None, side: str) -> str:
    """Take one row in; gives the side of the plan that the rows after it are on."""
    texts = {one.label: row.texts[n] for n, one in enumerate(headings) if one.label and n < len(row.texts)}
    name = " ".join((texts.get("name") or "").split())
    cells = tuple(_cells(row, headings, times, read_year(texts.get("year", "")) or year))
    cells = _moved(cells, headings)
    if not cells:
        turned = _side_of(texts.get("name", "") or joined(row)) if sheet.part == "plan" else ""
        sheet.aside.append(SetAside(row.place, joined(row), NO_AMOUNTS))
        return turned or side
    if not name and not texts.get("reference"):
        sheet.aside.append(SetAside(row.place, joined(row), NO_NAME))
        return side
    part, told = sheet.part, ""
    if part == "plan":
        told = _side_of(texts.get("side", "")) or side or _side_of(name)
        part = told or "spending"
    gap = "" if sheet.part != "plan" or not GAP.fullmatch(name) else "whole" if "cumul" in name.casefold() else "gap"
    first = " ".join(texts.get("reference", "").split())
    # Where references stand first, the word for the total stands among them.
    total = bool(gap) or (bool(TOTAL.fullmatch(first or name)) and not (first and name))
    name = (name or first) if total else name
    if total and sheet.part == "plan" and not gap:
        part = _side_of(name) or part
    if any(one.year is None for one in cells):
        sheet.undated.append(row.place)
        cells = tuple(one for one in cells if one.year is not None)
    if total:
        sheet.aside.append(SetAside(row.place, joined(row), A_TOTAL))
    given = {
        each: " ".join(texts.get(each, "").split()) for each in ("reference", "owner", "rating", "cashable", "source")
    }
    sheet.rows.append(Printed(part=part, name=name, cells=cells, place=row.place, total=total, gap=gap,
                              sure=bool(told), **given))  # fmt: skip
    return side


def _moved(cells: Sequence[Cell], headings: Sequence[Heading]) -> tuple[Cell, ...]:
    """The cells, what comes into a reserve and what goes out of it as one movement of the year.

    What goes out is printed above nought or below it: beside a column of what comes in it takes away either way; alone it
    does where only so the closing balance comes out.
    """
    moves = [one for one in headings if one.what == "movement"]
    both = len(moves) > 1 and all(one.way for one in moves)
    found: list[Cell] = []
    for cell in cells:
        if cell.what != "movement" or cell.pence is None:
            found.append(cell)
            continue
        turned = cell.way == "out" and cell.pence > 0 and (both or _closes(cells, cell))
        cell = replace(cell, pence=-cell.pence) if turned else cell  # noqa: PLW2901
        at = next((n for n, one in enumerate(found) if both and one.what == "movement" and one.year == cell.year), None)
        if at is None:
            found.append(cell)
        else:
            found[at] = replace(found[at], pence=(found[at].pence or 0) + (cell.pence or 0), text=f"{found[at].text}, {cell.text}")
    return tuple(found)


def _closes(cells: Sequence[Cell], moved: Cell) -> bool:
    """Whether a balance closes at its opening less what is printed as moved."""
    at = {one.what or one.computed: one.pence for one in cells if one.year == moved.year}
    opening, closing = at.get("opening"), at.get("closing")
    if opening is None or closing is None or moved.pence is None:
        return False
    return abs(opening - moved.pence - closing) < abs(opening + moved.pence - closing)


def _side_of(text: str) -> str:
    """Which side of the plan a word stands for; income first, as “income less costs” heads no side."""
    if INCOME.search(text):
        return "income"
    return "spending" if SPENDING.search(text) else ""


def _cells(row: Row, headings: Sequence[Heading], times: int, year: date | None) -> Iterator[Cell]:
    for n, one in enumerate(headings):
        text = row.texts[n].strip() if n < len(row.texts) else ""
        if not one.amount or not text:
            continue
        by = one.times or times
        read = read_amount("0" if text in DASHES else text, by)
        if read.pence is None and not read.unclear and not read.withheld:
            continue  # nothing, n/a, TBC: nobody gave it
        why = read.unclear or ("It is withheld" if read.withheld else "")
        yield Cell(one.what, one.computed, one.year or year, read.pence, text, why, _unit(text, by), one.way)


def _unit(text: str, times: int) -> int:
    """The pence that the last printed place of an amount stands for."""
    after = text.strip("()£ −-").partition(".")[2]
    places = len(after) if after.isdigit() else 0
    return max(1, times * 100 // 10 ** min(places, 12))


def joined(row: Row) -> str:
    return " | ".join(text for text in row.texts if text)


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other)
