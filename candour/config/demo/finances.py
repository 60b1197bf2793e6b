"""The demo's money: headings, reserves, a plan, fourteen savings, ten capital schemes, and the workbook of them (pure).

Amounts are in thousands of pounds and are worked out from a scheme's shape and the position, so that each day's demo has the
same shapes at its own dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from candour.kernel.calendar import add_months, financial_year, say_date

GROWTH = 1.031  # a year's budget over the last
# Heading, budget of the demo's middle year, and how far the forecast ends from it, in thousandths.
HEADINGS = (
    ("Police officer pay", 118_400, 9), ("Officer overtime", 4_900, 112), ("Staff pay", 61_300, -14), ("PCSO pay", 7_900, -48),
    ("Pensions", 3_100, 4), ("Premises", 9_800, 21), ("Transport", 6_200, -9), ("Supplies and services", 18_700, 16),
    ("Information technology", 12_400, 34), ("Third party payments", 9_500, 2), ("Commissioned services", 5_600, -6),
    ("Office of the Commissioner", 1_450, -11), ("Capital financing", 4_300, 0), ("Specific grants", -14_900, -12),
    ("Sales, fees and charges", -6_700, 18),
)  # fmt: skip
# Reserve, opening, movement, and the minimum that the chief finance officer advises; 0 for none.
RESERVES = (
    ("General reserve", 7_800, -900, 7_000), ("Budget equalisation reserve", 5_200, -1_800, 0),
    ("Transformation reserve", 4_600, -1_900, 1_500), ("Capital reserve", 3_400, -1_200, 0),
    ("Insurance reserve", 2_100, 0, 1_900), ("Commissioner’s initiatives", 1_350, -450, 0),
)  # fmt: skip
# Line, amount of the budget's year, and growth a year in thousandths.
INCOME = (
    ("Home Office grant", 131_200, 21),
    ("Council tax precept", 101_600, 38),
    ("Council tax support grant", 8_150, 0),
)
SPENDING = (
    ("Pay", 190_700, 33), ("Other running costs", 67_350, 26), ("Capital financing", 4_300, 90),
    ("Income from services", -21_600, 18),
)  # fmt: skip


@dataclass(frozen=True)
class SavingTale:
    """A saving: planned this year and next, how much of the plan is delivered by the year's end in per cent, its word."""

    title: str
    owner: str
    plan: tuple[int, int]
    done: int
    word: str
    cashable: bool = True


S = SavingTale
SAVINGS = (
    S("Fewer and shared vehicles", "Head of Estates", (640, 720), 62, "Red"),
    S("Leave two police stations", "Head of Estates", (410, 980), 71, "Amber"),
    S("Energy contract bought together", "Head of Estates", (380, 400), 104, "Green"),
    S("Overtime agreed before it is worked", "Chief Finance Officer", (900, 1_100), 55, "Red"),
    S("Vacancies held for six weeks", "Chief Finance Officer", (1_250, 1_250), 101, "Green"),
    S("Insurance bought with four other forces", "Chief Finance Officer", (210, 230), 100, "Green"),
    S("One print contract", "Business Manager", (85, 90), 96, "Amber"),
    S("Body-worn video storage moved", "Head of Performance", (320, 360), 88, "Amber"),
    S("Telephones returned", "Business Manager", (60, 60), 110, "Green"),
    S("Agency staff replaced", "Chief Executive", (470, 610), 97, "Green"),
    S("Statements taken by video", "Head of Performance", (150, 420), 100, "Green", False),
    S("Forms filled once", "Policy and Compliance Officer", (95, 240), 82, "Amber", False),
    S("Custody visits planned by need", "Volunteers and Custody Visiting Manager", (25, 30), 100, "Green", False),
    S("Grants paid in one run", "Commissioning Officer", (40, 45), 100, "Green", False),
)


@dataclass(frozen=True)
class CapitalTale:
    """A capital scheme: budget of four years; what of this year’s is spent this year in per cent, and of the rest how much
    is spent later; how much it costs more in all; sources in per cent of each year, and whether they add up."""

    title: str
    owner: str
    budget: tuple[int, int, int, int]
    now: int
    later: int
    more: int
    word: str
    sources: tuple[tuple[str, int], ...]


C = CapitalTale
GRANT, BORROW, SALES, REVENUE = "Capital grant", "Borrowing", "Receipts from sales", "Revenue and reserves"
CAPITAL = (
    C("Custody suite", "Head of Estates", (4_200, 6_100, 1_400, 0), 58, 100, 0, "Amber", ((GRANT, 20), (BORROW, 80))),
    C("Vehicles replaced", "Head of Estates", (2_600, 2_700, 2_700, 2_800), 92, 100, 0, "Green", ((REVENUE, 60), (BORROW, 40))),
    C("Firing range", "Head of Estates", (1_900, 800, 0, 0), 100, 100, 640, "Red", ((BORROW, 70), (SALES, 20))),
    C("Roofs and boilers", "Head of Estates", (900, 900, 900, 900), 74, 50, 0, "Amber", ((REVENUE, 100),)),
    C("Radios", "Head of Performance", (1_100, 3_400, 3_600, 0), 100, 100, 0, "Green", ((GRANT, 50), (BORROW, 50))),
    C("Laptops and handhelds", "Head of Performance", (1_450, 1_500, 1_500, 1_500), 100, 100, 0, "Green", ((REVENUE, 100),)),
    C("Control room system", "Head of Performance", (2_200, 1_300, 0, 0), 81, 100, 260, "Amber", ((BORROW, 60), (REVENUE, 40))),
    C("Body-worn video", "Head of Performance", (300, 300, 900, 0), 100, 100, 0, "Green", ((REVENUE, 100),)),
    C("Charging points", "Head of Estates", (450, 450, 0, 0), 66, 100, 0, "Green", ((GRANT, 75), (REVENUE, 25))),
    C("Access for disabled visitors", "Head of Estates", (260, 120, 0, 0), 100, 0, 0, "Green", ((SALES, 100),)),
)  # fmt: skip


def first_of_year(position: date) -> date:
    return date(position.year - (position.month < 4), 4, 1)


def workbook(position: date, middle: date, *, dated: date) -> bytes:
    """The budget monitoring workbook of a month as a finance team sends it: £000, years merged over columns, totals.

    position: the first day of the month. middle: the 1 April of the year that the figures above are of.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "Budget monitoring"})
    year = first_of_year(position)
    grown = GROWTH ** (year.year - middle.year)
    gone = ((position.month - 4) % 12 + 1) / 12
    title = f"Mereford: budget monitoring {financial_year(year)}, position as at {say_date(_ends(position))}"
    for name, rows in (
        ("Revenue", _revenue(grown, gone)),
        ("Reserves", _reserves(year.year - middle.year)),
        ("Medium-term plan", _plan(year, grown)),
        ("Savings plan", _savings(year, gone)),
        ("Capital programme", _capital(year, gone)),
        ("Capital funding", _funding(year)),
    ):
        _write(book, name, [[title], [f"All figures £000. Produced on {say_date(dated)}"], [], *rows])
    book.close()
    return out.getvalue()


def _ends(month: date) -> date:
    return date.fromordinal(add_months(month, 1).toordinal() - 1)


def _total(name: str, rows: Sequence[Sequence[Any]], first: int) -> list[Any]:
    width = max(len(row) for row in rows)
    sums = [
        sum(row[place] for row in rows if place < len(row) and isinstance(row[place], int)) for place in range(width)
    ]
    return [name, *([""] * (first - 1)), *sums[first:]]


def _revenue(grown: float, gone: float) -> list[list[Any]]:
    rows = []
    for name, budget, moves in HEADINGS:
        planned = round(budget * grown)
        forecast = round(planned * (1 + moves * (0.35 + 0.65 * gone) / 1000))
        rows.append([name, planned, forecast, forecast - planned, round(forecast * gone)])
    heads = ["Heading", "Budget", "Forecast", "Variance", "Actual to date"]
    return [heads, *rows, _total("Net budget", rows, 1)]


def _reserves(years: int) -> list[list[Any]]:
    """Each year opens where the one before it closed: years before or after the middle one move by the same."""
    rows = []
    for name, opening, moves, minimum in RESERVES:
        opens = opening + round(moves * years * 0.6)
        rows.append([name, opens, moves, opens + moves, minimum or ""])
    return [["Reserve", "Opening balance", "Planned movement", "Closing balance", "Advised minimum"], *rows,
            _total("Total reserves", rows, 1)[:4]]  # fmt: skip


def _plan(year: date, grown: float) -> list[list[Any]]:
    years = [add_months(year, 12 * n) for n in range(5)]
    sides: dict[str, list[list[Any]]] = {}
    for side, lines in (("Income", INCOME), ("Spending", SPENDING)):
        sides[side] = [
            [name, side, *(round(amount * grown * (1 + moves / 1000) ** n) for n in range(5))]
            for name, amount, moves in lines
        ]
    gaps = [sum(row[2 + n] for row in sides["Spending"]) - sum(row[2 + n] for row in sides["Income"]) for n in range(5)]
    return [
        ["Line", "Type", *(financial_year(each) for each in years)],
        *sides["Income"],
        _total("Total income", sides["Income"], 2),
        *sides["Spending"],
        _total("Total spending", sides["Spending"], 2),
        ["Gap", "", *gaps],
        ["Cumulative gap", "", *(sum(gaps[: n + 1]) for n in range(5))],
    ]


def _savings(year: date, gone: float) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [
            f"SAV-{number:02}", tale.title, tale.owner, tale.word, "Yes" if tale.cashable else "No",
            tale.plan[0], round(tale.plan[0] * tale.done / 100), round(tale.plan[0] * tale.done * gone / 100),
            tale.plan[1], round(tale.plan[1] * min(tale.done, 100) / 100),
        ]
        for number, tale in enumerate(SAVINGS, 1)
    ]  # fmt: skip
    years = [financial_year(each) for each in (year, add_months(year, 12))]
    return [
        ["", "", "", "", "", (years[0], 3), (years[1], 2)],
        ["Ref", "Scheme", "Owner", "RAG", "Cashable", "Planned", "Forecast", "Delivered", "Planned", "Forecast"],
        *rows,
        _total("Total", rows, 5),
    ]


def _capital(year: date, gone: float) -> list[list[Any]]:
    years = [financial_year(add_months(year, 12 * n)) for n in range(4)]
    rows = []
    for number, tale in enumerate(CAPITAL, 1):
        now = round(tale.budget[0] * tale.now / 100)
        moved = round((tale.budget[0] - now) * tale.later / 100)
        forecast = [now, tale.budget[1] + moved + tale.more, *tale.budget[2:]]
        row: list[Any] = [f"CAP-{number:02}", tale.title, tale.owner, tale.word]
        for n in range(4):
            row += [tale.budget[n], forecast[n]]
        rows.append([*row, round(now * gone * 0.9)])
    heads: list[Any] = ["Reference", "Capital scheme", "Owner", "RAG"]
    heads += [f"{what} {each}" for each in years for what in ("Budget", "Forecast")]
    return [[*heads, f"Spent to date {years[0]}"], *rows, _total("Total", rows, 4)]


def _funding(year: date) -> list[list[Any]]:
    years = [financial_year(add_months(year, 12 * n)) for n in range(4)]
    rows = []
    for number, tale in enumerate(CAPITAL, 1):
        left = list(tale.budget)
        for place, (source, share) in enumerate(tale.sources):
            whole = sum(each for _, each in tale.sources) == 100
            last = whole and place == len(tale.sources) - 1
            amounts = [left[n] if last else round(tale.budget[n] * share / 100) for n in range(4)]
            left = [have - given for have, given in zip(left, amounts, strict=True)]
            rows.append([f"CAP-{number:02}", tale.title, source, *amounts])
    return [["Ref", "Scheme", "Source of funding", *years], *rows]


def _write(book: Any, name: str, rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0;(#,##0);-"})
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if isinstance(cell, tuple):
                sheet.merge_range(number, column, number, column + cell[1] - 1, cell[0], bold)
                column += cell[1]
                continue
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, money)
            elif cell != "":
                sheet.write_string(number, column, cell)
            column += 1
