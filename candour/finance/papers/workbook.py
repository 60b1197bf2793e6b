"""Budget, reserves, plan, savings and capital of a body as a workbook that Candour reads back as it stands.

A sheet a part and position: its title says the year and the month that it stands at. Amounts are pounds with their pence.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.queries.budgets import budgets_stood
from candour.finance.queries.past import records_of
from candour.finance.queries.rows import BudgetWhole, SchemeWhole
from candour.finance.queries.schemes import schemes_on
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  bytes never depend on the clock
Sheet = tuple[str, str, Sequence[str], list[Sequence[Any]]]  # name, title, headings, rows; an int is pence


def workbook_of(budgets: Sequence[BudgetWhole], schemes: Sequence[SchemeWhole]) -> bytes:
    """The workbook. The same rows, the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "Finance", "created": CREATED})
    sheets = [*(sheet for one in budgets for sheet in _of_budget(one)), *_of_schemes(schemes)]
    for sheet in sheets or [("Finance", "No figures", ("Heading", "Budget"), [])]:
        _write(book, sheet)
    book.close()
    return out.getvalue()


def _title(part: str, year: date, position: date) -> str:
    return f"{part} {rules.say_year(year)}: position as at {say_date(rules.ends_month(position))}"


def _years(year: date) -> str:
    """2026-27: the name of a sheet holds no slash."""
    return rules.say_year(year).replace("/", "-")


def _of_budget(whole: BudgetWhole) -> Iterable[Sheet]:
    year, at = whole.year, whole.positions
    if whole.headings:
        rows: list[Sequence[Any]] = [(name, one.budget, one.forecast, one.actual) for name, one in whole.headings]
        heads: Sequence[str] = ("Heading", "Budget", "Forecast", "Actual to date")
        yield f"Revenue {_years(year)}", _title("Revenue budget", year, at["revenue"]), heads, rows
    every = {year: whole.reserves} | dict(whole.later)
    if any(every.values()):
        rows = [
            (one.name, rules.say_year(when), one.opening, one.movement, one.minimum)
            for when, some in every.items()
            for one in some
        ]
        heads = ("Reserve", "Year", "Opening", "Planned movement", "Advised minimum")
        yield f"Reserves {_years(year)}", _title("Reserves", year, at["reserve"]), heads, rows
    for side, words in (("income", "Income"), ("spending", "Spending")):
        lines = whole.sides.get(side)
        if lines:
            years = sorted({when for each in lines.values() for when in each})
            rows = [(name, words, *(each.get(when) for when in years)) for name, each in lines.items()]
            heads = ("Line", "Type", *(rules.say_year(when) for when in years))
            yield f"MTFP {words} {_years(year)}", _title("Medium-term plan", year, at[side]), heads, rows


def _of_schemes(schemes: Sequence[SchemeWhole]) -> Iterable[Sheet]:
    groups: dict[tuple[str, date], list[SchemeWhole]] = {}
    for one in schemes:
        if one.row.line.position is not None and one.row.line.closed_on is None:
            groups.setdefault((one.row.line.sort, one.row.line.position), []).append(one)
    for (sort, position), some in sorted(groups.items()):
        some.sort(key=lambda one: one.row.reference)
        year = rules.starts_year(position)
        part = "Savings plan" if sort == "saving" else "Capital programme"
        heads, rows = _scheme_rows(sort, some)
        yield f"{part} {position:%Y-%m}", _title(part, year, position), heads, rows
        funded = [one for one in some if one.sources]
        if funded:
            years = sorted({when for one in funded for _, each in one.sources for when in each})
            rows = [
                (one.row.reference, one.row.title, source, *(each.get(when) for when in years))
                for one in funded
                for source, each in one.sources
            ]
            heads = ("Reference", "Scheme", "Source of funding", *(rules.say_year(when) for when in years))
            yield f"Funding {position:%Y-%m}", _title("Capital funding", year, position), heads, rows


def _scheme_rows(sort: str, some: Sequence[SchemeWhole]) -> tuple[Sequence[str], list[Sequence[Any]]]:
    years = sorted({each.year for one in some for each in one.years})
    names = rules.PARTS[sort]
    heads = ["Reference", "Scheme", "Owner", "RAG", *(["Cashable"] if sort == "saving" else [])]
    heads += [f"{names[what]} {rules.say_year(when)}" for when in years for what in names]
    rows: list[Sequence[Any]] = []
    for one in some:
        by_year: Mapping[date, Any] = {each.year: each.amounts for each in one.years}
        line = one.row.line
        facts = [one.row.reference, one.row.title, one.row.owner, line.word]
        facts += [("Yes" if line.cashable else "No")] if sort == "saving" else []
        amounts = [getattr(by_year.get(when), what, None) for when in years for what in names]
        rows.append((*facts, *amounts))
    return heads, rows


def _write(book: Any, sheet: Sheet) -> None:
    name, title, heads, rows = sheet
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00;(#,##0.00);0.00"})
    page.write_string(0, 0, title, book.add_format({"bold": True}))
    for place, head in enumerate(heads):
        page.set_column(place, place, 34 if place < 2 else 16)
        page.write_string(2, place, head, bold)
    for number, row in enumerate(rows, 3):
        for place, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, place, value / 100, money)
            elif value is not None:
                page.write_string(number, place, str(value))
    page.freeze_panes(3, 2)


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Everything of a body that the actor may see, as it stood on a day."""
    day = as_at or local_date(at)
    budgets = budgets_stood(actor, records_of(actor, "budget", organisation.pk), as_at=day)
    schemes = [one for sort in rules.SORTS for one in schemes_on(actor, sort, as_at=day, organisation=organisation.pk)]
    return workbook_of(budgets, schemes)


FINANCE_EXPORT = Export("finance", "Budget, reserves, plan, savings, capital", FinancePermission.SEE, (".xlsx",), write)
