"""The list of measures: its views and filters, exceptions first, live or as at a past day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from candour.kernel.access import allowed, restricted
from candour.kernel.calendar import add_months
from candour.kernel.intake.access import IntakePermission
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.control import trace
from candour.kernel.web.marks import drawn
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, page_number, query_string
from candour.performance.access import PerformancePermission
from candour.performance.forms import MeasureFilters
from candour.performance.papers.export import csv_of, workbook_of
from candour.performance.queries import (
    SORTS,
    VIEWS,
    MeasureFilter,
    MeasureRow,
    in_full_on,
    in_order,
    lines,
    matches,
    narrowed,
    of_view,
    page_of,
    places,
    rows_for,
    rows_on,
    shown_on,
    views_of,
)
from candour.performance.views.frame import ASSURANCE_TONES, SIGNS, TONES

SIZE = 50
FILES = {"measures-workbook": "Excel", "measures-csv": "CSV"}


@dataclass(frozen=True)
class Listed:
    """A row of the list with what the page adds to it."""

    row: MeasureRow
    href: str
    tone: str
    sign: str
    spark: SafeString
    aim: str  # the tone of what the process makes of the target


@page(PerformancePermission.SEE, kept=True)
def measures(request: Request) -> HttpResponse:
    """Filters, views and measures."""
    place, as_at = places(request.actor), as_at_of(request)
    day = as_at.day or request.today
    filters = MeasureFilters(request.GET, place=place, today=request.today)
    live = as_at.day is None
    context: dict[str, Any] = {
        "filters": filters,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, day),
        "problems": [*as_at.problems, *filters.problems],
        "has_errors": bool(as_at.problem or filters.errors),
        "may_manage": allowed(request.actor, PerformancePermission.MANAGE) and live,
        "may_load": allowed(request.actor, IntakePermission.READ_IN) and live,
        "files": [(words, reverse(name) + query_string(request.GET, page=None)) for name, words in FILES.items()],
    }
    if not context["has_errors"]:
        context |= _shown(request, filters.wanted(request.GET.get("view", "")), as_at)
    return render(request, "performance/measures.html", context)


def _shown(request: Request, wanted: MeasureFilter, as_at: AsAt) -> dict[str, Any]:
    day, sort = as_at.day or request.today, Sort.read(request.GET, columns=SORTS, default="state")
    if as_at.day:
        every = shown_on(rows_on(request.actor, wanted, as_at=day), wanted, as_at=day)
        held = [views_of(row, day) for row in every]
        views = {name: sum(each[name] for each in held) for name in VIEWS}
        told = [row for row, each in zip(every, held, strict=True) if each[wanted.view or "open"]]
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows = tuple(in_full_on(paging.of(told), as_at=day))
    else:
        order = ("-" if sort.descending else "") + sort.column
        first = (page_number(request.GET) - 1) * SIZE
        found = page_of(request.actor, wanted, today=day, sort=order, offset=first, size=SIZE)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, views = found.rows, found.views
    return {
        "rows": [_listed(row, as_at.query) for row in rows],
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "views": _views(request, views, wanted),
        "view": wanted.view,
        "marking": marking_of(row.sensitivity for row in rows),
    }


def _listed(row: MeasureRow, past: str) -> Listed:
    href = reverse("measure", args=[row.organisation_code, row.reference]) + past
    values = [None if value is None else float(value) for value in row.spark]
    return Listed(
        row,
        href,
        TONES[row.state],
        SIGNS[row.line.variation],
        drawn(trace(values)),
        ASSURANCE_TONES[row.line.assurance],
    )


def _views(request: Request, counts: dict[str, int], wanted: MeasureFilter) -> list[Choice]:
    """Each view as a link; those that hold nothing are left out, but for the first and the one that is shown."""
    return [
        Choice(label, query_string(request.GET, view=name, page=None), name == wanted.view, counts[name])
        for name, label in VIEWS.items()
        if counts[name] or name in ("open", wanted.view)
    ]


@page(PerformancePermission.SEE, limit="papers")
def measures_file(request: Request, ending: str) -> HttpResponse:
    """The measures of the address's filters and view as a workbook or CSV, today or as at a day."""
    as_at = as_at_of(request)
    filters = MeasureFilters(request.GET, place=places(request.actor), today=request.today)
    day = as_at.day or request.today
    rows: list[MeasureRow] = []
    if filters.is_valid() and not as_at.problem:
        wanted = filters.wanted(request.GET.get("view", ""))
        if as_at.day:
            every = shown_on(rows_on(request.actor, wanted, as_at=day), wanted, as_at=day)
            rows = in_full_on([row for row in every if matches(row, wanted.view, day)], as_at=day)
        else:
            found = narrowed(lines(request.actor), wanted, day).filter(of_view(wanted.view, day))
            rows = list(rows_for(list(in_order(found, "state", day)), today=day))
    kinds = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
    }
    restricted.give(rows)
    content = workbook_of(rows, day) if ending == "xlsx" else csv_of(rows, day)
    response = HttpResponse(content, content_type=kinds[ending])
    response["Content-Disposition"] = f'attachment; filename="measures-{day.isoformat()}.{ending}"'
    return response


def past_days(request: Request, day: date) -> list[Choice]:
    """The ends of the last four months, for the as-at control."""
    first = request.today.replace(day=1)
    ends = [add_months(first, -number) for number in range(4)]
    return [
        Choice(
            "End of the month",
            query_string(request.GET, as_at=(end := date.fromordinal(each.toordinal() - 1)).isoformat(), page=None),
            end == day,
            day=end,
        )
        for each in ends
    ]
