"""The lists of finance: savings, capital, projects, collaborations; worst first, live or as at a past day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.forms import RegisterFilters
from candour.finance.papers.drawn import capital_words, savings_words
from candour.finance.queries.collaborations import collaborations_on
from candour.finance.queries.projects import projects_on
from candour.finance.queries.registers import (
    CAPITAL,
    COLLABORATIONS,
    PROJECTS,
    SAVINGS,
    Register,
    Wanted,
    bodies_in,
    page_of,
    shown_on,
)
from candour.finance.queries.rows import Row
from candour.finance.queries.schemes import schemes_on, together_rows
from candour.finance.views.frame import TONES, day_of, tabs
from candour.kernel.access import Actor, allowed
from candour.kernel.calendar import add_months
from candour.kernel.intake.access import IntakePermission
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import AsAt, Choice, kept_with_day
from candour.kernel.web.charts import bar
from candour.kernel.web.marks import drawn
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, page_number, query_string

SIZE = 50
TITLES = {
    "savings": "Savings plan",
    "capital": "Capital programme",
    "projects": "Projects",
    "collaborations": "Collaborations",
}


@dataclass(frozen=True)
class Listed:
    """A row of a list with what the page adds to it. bar: of a saving, what is delivered of what was planned."""

    row: Row[Any]
    href: str
    tone: str
    bar: Any = ""


@page(FinancePermission.SEE, kept=True)
def savings(request: Request) -> HttpResponse:
    return _page(request, SAVINGS, "finance-scheme", lambda actor, day, body: _schemes(actor, "saving", day, body))


@page(FinancePermission.SEE, kept=True)
def capital(request: Request) -> HttpResponse:
    return _page(request, CAPITAL, "finance-scheme", lambda actor, day, body: _schemes(actor, "capital", day, body))


@page(FinancePermission.SEE, kept=True)
def projects(request: Request) -> HttpResponse:
    return _page(
        request,
        PROJECTS,
        "project",
        lambda actor, day, body: [one.row for one in projects_on(actor, as_at=day, organisation=body)],
    )


@page(FinancePermission.SEE, kept=True)
def collaborations(request: Request) -> HttpResponse:
    return _page(
        request,
        COLLABORATIONS,
        "collaboration",
        lambda actor, day, body: [one.row for one in collaborations_on(actor, as_at=day, organisation=body)],
    )


def _schemes(actor: Actor, sort: str, day: date, body: int | None) -> list[Row[Any]]:
    return [one.row for one in schemes_on(actor, sort, as_at=day, organisation=body)]


Stood = Callable[[Actor, date, int | None], Sequence[Row[Any]]]


def _page(request: Request, register: Register, one: str, stood: Stood) -> HttpResponse:
    """Filters, views and rows of a list. stood: its rows on a past day, of a body or of all."""
    as_at = day_of(request)
    filters = RegisterFilters(
        request.GET, register=register, bodies=bodies_in(register, request.actor), today=request.today
    )
    live = as_at.day is None
    may = allowed(request.actor, FinancePermission.MANAGE) and live
    context: dict[str, Any] = {
        "register": register,
        "title": TITLES[register.name],
        "tabs": tabs(register.name, as_at.query),
        "filters": filters,
        "as_at": as_at,
        "day": as_at.day or request.today,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, as_at.day or request.today),
        "problems": [*as_at.problems, *filters.problems],
        "has_errors": bool(as_at.problem or filters.errors),
        "may_manage": may,
        "may_load": allowed(request.actor, IntakePermission.READ_IN) and may,
    }
    if not context["has_errors"]:
        wanted = filters.wanted(request.GET.get("view", ""))
        context |= _shown(request, register, wanted, as_at, one=one, stood=stood)
    return render(request, f"finance/{register.name}.html", context)


def _shown(
    request: Request, register: Register, wanted: Wanted, as_at: AsAt, *, one: str, stood: Stood
) -> dict[str, Any]:
    day, sort = as_at.day or request.today, Sort.read(request.GET, columns=register.sorts, default="state")
    if as_at.day:
        every = shown_on(register, stood(request.actor, day, wanted.organisation), wanted)
        views = {name: sum(view.holds(row) for row in every) for name, view in register.views.items()}
        told = [row for row in every if register.views[wanted.view].holds(row)]
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows: Sequence[Row[Any]] = paging.of(told)
    else:
        order = ("-" if sort.descending else "") + sort.column
        first = (page_number(request.GET) - 1) * SIZE
        found = page_of(register, request.actor, wanted, today=day, sort=order, offset=first, size=SIZE)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, views = found.rows, found.views
    return {
        "rows": [_listed(row, one, as_at.query) for row in rows],
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "views": _views(request, register, views, wanted),
        "view": wanted.view,
        "said": _said(register, rows) if paging.pages == 1 else "",
        "marking": marking_of(row.sensitivity for row in rows),
    }


def _listed(row: Row[Any], one: str, past: str) -> Listed:
    line = row.line
    progress = ""
    if isinstance(line, rules.SchemeLine) and line.sort == "saving" and line.budget:
        done = max(0, min(100, 100 * (line.actual or 0) // line.budget))
        words = f"{rules.saying.short(line.actual)} of {rules.saying.short(line.budget)} delivered"
        progress = drawn(bar((("green", done), ("", 100 - done)), label=words))
    href = reverse(one, args=[row.organisation_code, row.reference]) + past
    return Listed(row, href, TONES[row.state], progress)


def _said(register: Register, rows: Sequence[Row[Any]]) -> str:
    """What the rows that are shown come to together; "" where they are of several years, or of no scheme."""
    years = {row.line.year for row in rows if getattr(row.line, "year", None)}
    if register.kind != "finance-scheme" or len(years) != 1:
        return ""
    year = years.pop()
    words = savings_words if register is SAVINGS else capital_words
    return words(together_rows(rows, year), rules.say_year(year))


def _views(request: Request, register: Register, counts: dict[str, int], wanted: Wanted) -> list[Choice]:
    """Each view as a link; those that hold nothing are left out, but for the first and the one that is shown."""
    return [
        Choice(view.label, query_string(request.GET, view=name, page=None), name == wanted.view, counts[name])
        for name, view in register.views.items()
        if counts[name] or name in ("open", wanted.view)
    ]


def past_days(request: Request, day: date) -> list[Choice]:
    """The ends of the last four months, for the as-at control."""
    first = request.today.replace(day=1)
    ends = [date.fromordinal(add_months(first, -number).toordinal() - 1) for number in range(4)]
    return [
        Choice("End of the month", query_string(request.GET, as_at=end.isoformat(), page=None), end == day, day=end)
        for end in ends
    ]
