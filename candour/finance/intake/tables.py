"""Sheets of a finance workbook: every row with its amounts and its place, totals apart. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from candour.finance.intake.headings import headings_of
from candour.finance.intake.printed import Cell, Printed
from candour.finance.intake.sides import side_of, sided, upright
from candour.finance.intake.words import (
    GAP,
    TOTAL,
    Heading,
    is_unit,
    part_of,
    plain,
    read_position,
    read_times,
    read_year,
)
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.document import NOWHERE, Place, Row, SetAside, Table

ABOVE, A_TOTAL, NO_AMOUNTS = "Above the headings", "A total: it is worked out here", "A row without amounts"
NO_NAME, TWICE, OTHER = "Amounts without a name", "The row stands twice: the first is kept", "Not a sheet of finance"
DASHES = frozenset({"-", "–", "—", "−"})  # in columns of money a dash is nought


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
    times = next((by for text in [*units, *titles] if (by := read_times(text))), 0)
    times = times or (
        named[0] if len(set(named)) == 1 else 1
    )  # what one heading of several says holds for its neighbours
    sheet.times, sheet.place = max([times, *named]), table.rows[number].place
    side = ""
    for row in table.rows[number + 1 :]:
        if row.width:
            side = _row(sheet, row, headings, times=times, year=year, side=side)
    if part == "plan":
        sheet.rows = upright(sided(sheet.rows))
    return sheet


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
        turned = side_of(texts.get("name", "") or joined(row)) if sheet.part == "plan" else ""
        sheet.aside.append(SetAside(row.place, joined(row), NO_AMOUNTS))
        return turned or side
    if not name and not texts.get("reference"):
        sheet.aside.append(SetAside(row.place, joined(row), NO_NAME))
        return side
    part, told = sheet.part, ""
    if part == "plan":
        told = side_of(texts.get("side", "")) or side or side_of(name)
        part = told or "spending"
    gap = "" if sheet.part != "plan" or not GAP.fullmatch(name) else "whole" if "cumul" in name.casefold() else "gap"
    first = " ".join(texts.get("reference", "").split())
    # Where references stand first, the word for the total stands among them.
    total = bool(gap) or (bool(TOTAL.fullmatch(first or name)) and not (first and name))
    name = (name or first) if total else name
    if total and sheet.part == "plan" and not gap:
        part = side_of(name) or part
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
            found[at] = replace(
                found[at], pence=(found[at].pence or 0) + (cell.pence or 0), text=f"{found[at].text}, {cell.text}"
            )
    return tuple(found)


def _closes(cells: Sequence[Cell], moved: Cell) -> bool:
    """Whether a balance closes at its opening less what is printed as moved."""
    at = {one.what or one.computed: one.pence for one in cells if one.year == moved.year}
    opening, closing = at.get("opening"), at.get("closing")
    if opening is None or closing is None or moved.pence is None:
        return False
    return abs(opening - moved.pence - closing) < abs(opening + moved.pence - closing)


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
