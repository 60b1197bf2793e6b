"""The list of inspections: its views and filters, what needs something first, live or as at a past day; and the grades."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.inspections.access import InspectionPermission
from candour.inspections.forms import InspectionFilters
from candour.inspections.papers.drawn import grades_chart, in_words
from candour.inspections.papers.export import file_of
from candour.inspections.queries import (
    SORTS,
    VIEWS,
    InspectionFilter,
    InspectionRow,
    counts_of,
    grades_of,
    inspections_on,
    matches,
    page_of,
    places,
    rows_shown,
    shown_on,
)
from candour.inspections.views.frame import GRADE_TONES, TONES
from candour.inspections.views.saved import LIST, wanted_by
from candour.kernel.access import allowed, restricted
from candour.kernel.calendar import add_months
from candour.kernel.intake.access import IntakePermission
from candour.kernel.papers.sheets import answered_with
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.records.saved import saved_views
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, page_number, query_string

SIZE = 50
FILES = {"inspections-workbook": "Excel", "inspections-csv": "CSV"}
SEE = InspectionPermission.SEE


@dataclass(frozen=True)
class Listed:
    """A row of the list with what the page adds to it."""

    row: InspectionRow
    href: str
    tone: str
    late: bool


@page(SEE, kept=True)
def inspections(request: Request) -> HttpResponse:
    """Filters, views and inspections."""
    kept = saved_views(request.actor, LIST.of)
    first = next((view for view in kept if view.first and view.query), None)
    if first and not request.GET:
        return redirect(LIST.address(first.query))
    place, as_at = places(request.actor), as_at_of(request)
    day = as_at.day or request.today
    filters = InspectionFilters(request.GET, place=place, today=request.today)
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
        "may_manage": allowed(request.actor, InspectionPermission.MANAGE) and live,
        "may_load": allowed(request.actor, IntakePermission.READ_IN) and live,
        "places": tabs("inspections"),
        "kept": bool(kept),
        "save": saving(request),
        "files": [(words, reverse(name) + query_string(request.GET, page=None)) for name, words in FILES.items()],
    }
    if filters.is_valid() and not as_at.problem:
        context |= _shown(request, filters.wanted(request.GET.get("view", "")), as_at, day)
        wanted = wanted_by(kept, place, today=day) if live else {}
        context["views"] = LIST.row(request.GET, context["views"], kept, counts_of(request.actor, wanted, today=day))
    return render(request, "inspections/list.html", context)


def saving(request: Request) -> str:
    """Where the list of the address is kept under a name; "" for the whole list."""
    query = LIST.query_of(request.GET)
    return f"{reverse('inspections-view-save')}?{query}" if query else ""


@page(SEE, limit="papers")
def inspections_file(request: Request, ending: str) -> HttpResponse:
    """The inspections of the address's filters and view as a workbook or CSV, today or as at a day."""
    as_at = as_at_of(request)
    day = as_at.day or request.today
    filters = InspectionFilters(request.GET, place=places(request.actor), today=request.today)
    rows: list[InspectionRow] = []
    if filters.is_valid() and not as_at.problem:
        wanted = filters.wanted(request.GET.get("view", ""))
        if as_at.day:
            every = shown_on([one.row for one in inspections_on(request.actor, wanted, as_at=day)], wanted)
            rows = [row for row in every if matches(row, wanted.view)]
        else:
            rows = rows_shown(request.actor, wanted, today=day)
    restricted.give(rows)
    return answered_with(file_of(rows, day, ending), name=f"inspections-{day.isoformat()}", ending=ending)


def tabs(here: str) -> list[Choice]:
    """The four pages that stand side by side."""
    named = (
        ("inspections", "Inspections"),
        ("inspection-grades-all", "Grades over the years"),
        ("inspection-reviews", "Monthly review"),
        ("statement", "Force management statement"),
    )
    return [Choice(words, reverse(name), name == here) for name, words in named]


def _shown(request: Request, wanted: InspectionFilter, as_at: AsAt, day: date) -> dict[str, Any]:
    sort = Sort.read(request.GET, columns=SORTS, default="state")
    if as_at.day:
        every = shown_on([one.row for one in inspections_on(request.actor, wanted, as_at=day)], wanted)
        views = {name: sum(matches(row, name) for row in every) for name in VIEWS}
        told = [row for row in every if matches(row, wanted.view)]
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows = tuple(paging.of(told))
    else:
        order = ("-" if sort.descending else "") + sort.column
        first = (page_number(request.GET) - 1) * SIZE
        found = page_of(request.actor, wanted, today=day, sort=order, offset=first, size=SIZE)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, views = found.rows, found.views
    return {
        "rows": [_listed(row, as_at.query, day) for row in rows],
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "views": _views(request, views, wanted),
        "view": wanted.view,
        "marking": marking_of(row.sensitivity for row in rows),
    }


def _listed(row: InspectionRow, past: str, day: date) -> Listed:
    href = reverse("inspection", args=[row.organisation_code, row.reference]) + past
    late = row.left.endswith("late")
    return Listed(row, href, TONES[row.state], late)


def _views(request: Request, counts: dict[str, int], wanted: InspectionFilter) -> list[Choice]:
    """Each view as a link; those that hold nothing are left out, but for the first and the one that is shown."""
    return [
        Choice(label, query_string(request.GET, view=name, page=None), name == wanted.view, counts[name])
        for name, label in VIEWS.items()
        if counts[name] or name in ("open", wanted.view)
    ]


def past_days(request: Request, day: date) -> list[Choice]:
    """The ends of the last four months, for the as-at control."""
    first = request.today.replace(day=1)
    ends = [date.fromordinal(add_months(first, -n).toordinal() - 1) for n in range(4)]
    return [
        Choice("End of the month", query_string(request.GET, as_at=end.isoformat(), page=None), end == day, day=end)
        for end in ends
    ]


@page(SEE, kept=True)
def grades(request: Request) -> HttpResponse:
    """The grades of a body over the years, by area: of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, SEE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    areas = grades_of(body.pk, actor=request.actor)
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    return render(
        request,
        "inspections/grades_all.html",
        {
            "body": body,
            "switch": switch if len(may) > 1 else [],
            "areas": [(area, GRADE_TONES.get(area.newest.tone, ""), area.change.direction) for area in areas],
            "chart": grades_chart(areas, key="grades", title=f"Grades of {body.name} by area"),
            "said": in_words(areas),
            "scales": sorted({one.scale_name for area in areas for one in area.grades if one.scale_name}),
            "places": tabs("inspection-grades-all"),
        },
    )
