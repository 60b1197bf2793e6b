"""The list of activities, gap analysis and deep dives: live, the list also as at a past day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed, restricted
from candour.kernel.intake.access import IntakePermission
from candour.kernel.papers.sheets import answered_with
from candour.kernel.people.models import Post
from candour.kernel.records.pages import marking_of
from candour.kernel.records.saved import saved_views
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, page_number, query_string
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.forms import ActivityFilters
from candour.plan.models import Objective
from candour.plan.papers.export import file_of
from candour.plan.queries import (
    SORTS,
    VIEWS,
    ActivityFilter,
    ActivityRow,
    counts_of,
    dives_seen,
    in_order,
    lines,
    matches,
    narrowed,
    objectives_named,
    objectives_of,
    of_view,
    page_of,
    plans_named,
    plans_of,
    register_on,
    rows_of,
)
from candour.plan.views.plan import past_days
from candour.plan.views.saved import LIST, wanted_by

SIZE = 50
FILES = {"activities-workbook": "Excel", "activities-csv": "CSV"}


def filters_of(request: Request) -> ActivityFilters:
    plans = plans_named(request.actor)
    chosen = next((number for number, ref, _ in plans if ref == request.GET.get("plan")), 0)
    objectives = objectives_named(request.actor, chosen) if chosen else ()
    return ActivityFilters(request.GET, plans=plans, objectives=objectives, today=request.today)


@page(PlanPermission.SEE, kept=True)
def activities(request: Request) -> HttpResponse:
    """Filters, views and activities."""
    kept = saved_views(request.actor, LIST.of)
    first = next((view for view in kept if view.first and view.query), None)
    if first and not request.GET:
        return redirect(LIST.address(first.query))
    as_at, filters = as_at_of(request), filters_of(request)
    day = as_at.day or request.today
    context: dict[str, Any] = {
        "filters": filters,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, as_at),
        "problems": [*as_at.problems, *filters.problems],
        "has_errors": bool(as_at.problem or filters.errors),
        "may_load": allowed(request.actor, IntakePermission.READ_IN) and as_at.day is None,
        "files": [(words, reverse(name) + query_string(request.GET, page=None)) for name, words in FILES.items()],
        "kept": bool(kept),
        "save": saving(request),
    }
    if not context["has_errors"]:
        context |= _shown(request, filters.wanted(request.GET.get("view", ""), request.actor), as_at)
        wanted = wanted_by(request, kept, today=day) if as_at.day is None else {}
        context["views"] = LIST.row(request.GET, context["views"], kept, counts_of(request.actor, wanted, today=day))
    return render(request, "plan/activities.html", context)


def saving(request: Request) -> str:
    """Where the list of the address is kept under a name; "" for the whole list."""
    query = LIST.query_of(request.GET)
    return f"{reverse('activities-view-save')}?{query}" if query else ""


def _shown(request: Request, wanted: ActivityFilter, as_at: AsAt) -> dict[str, Any]:
    day, sort = as_at.day or request.today, Sort.read(request.GET, columns=SORTS, default="state")
    if as_at.day:
        every, own = register_on(request.actor, wanted, as_at=day), titles_of(request)
        views = {name: sum(matches(row, name, day, own) for row in every) for name in VIEWS}
        told = [row for row in every if matches(row, wanted.view, day, own)]
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows = tuple(paging.of(told))
    else:
        order = ("-" if sort.descending else "") + sort.column
        first = (page_number(request.GET) - 1) * SIZE
        found = page_of(request.actor, wanted, today=day, sort=order, offset=first, size=SIZE)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, views = found.rows, found.views
    return {
        "rows": [
            (
                row,
                reverse("activity", args=[row.organisation_code, row.reference]) + as_at.query,
                rules.STATE_TONES[row.state],
                rules.TONES[row.line.stands],
            )
            for row in rows
        ],
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "views": [
            Choice(label, query_string(request.GET, view=name, page=None), name == wanted.view, views[name])
            for name, label in VIEWS.items()
            if views[name] or name in ("open", wanted.view)
        ],
        "view": wanted.view,
        "marking": marking_of(row.sensitivity for row in rows),
    }


def titles_of(request: Request) -> frozenset[str]:
    """The titles of the reader's posts, as past rows name their owners."""
    return frozenset(Post.objects.filter(pk__in=request.actor.posts).values_list("title", flat=True))


@page(PlanPermission.SEE, limit="papers")
def activities_file(request: Request, ending: str) -> HttpResponse:
    """The activities of the address's filters and view as a workbook or CSV, today or as at a day."""
    as_at, filters = as_at_of(request), filters_of(request)
    day = as_at.day or request.today
    rows: list[ActivityRow] = []
    if filters.is_valid() and not as_at.problem:
        wanted = filters.wanted(request.GET.get("view", ""), request.actor)
        if as_at.day:
            own = titles_of(request)
            every = register_on(request.actor, wanted, as_at=day)
            rows = [row for row in every if matches(row, wanted.view, day, own)]
        else:
            found = narrowed(lines(request.actor), wanted, day).filter(of_view(wanted.view, day, wanted.posts))
            rows = list(rows_of(in_order(found, "state", day), request.actor, today=day))
    restricted.give(rows)
    return answered_with(file_of(rows, day, ending), name=f"activities-{day.isoformat()}", ending=ending)


@page(PlanPermission.SEE, kept=True)
def gaps(request: Request) -> HttpResponse:
    """What nothing covers: each objective of a plan with what stands under it, and how each gap is mended."""
    every = plans_of(request.actor)
    plan = next((each for each in every if each.record.reference == request.GET.get("plan")), next(iter(every), None))
    rows = objectives_of(Objective.objects.filter(plan=plan.pk), request.actor, today=request.today) if plan else ()
    running = [row for row in rows if row.closed_on is None]
    running.sort(key=lambda row: (-len(row.gaps), row.place))
    switch = [
        Choice(each.record.reference, query_string(request.GET, plan=each.record.reference), each == plan)
        for each in every
    ]
    context = {
        "plan": plan,
        "rows": [(row, reverse("objective", args=[row.organisation_code, row.reference])) for row in running],
        "with_gaps": sum(bool(row.gaps) for row in running),
        "switch": switch if len(switch) > 1 else [],
        "marking": marking_of(row.sensitivity for row in running),
    }
    return render(request, "plan/gaps.html", context)


SHOWN = {"owed": "Owed", "answered": "Answered", "all": "All"}


@page(PlanPermission.SEE, kept=True)
def dives(request: Request) -> HttpResponse:
    """Deep dives that were asked for, what is due first."""
    shown = request.GET.get("shown", "owed")
    shown = shown if shown in SHOWN else "owed"
    rows = dives_seen(request.actor, shown=shown)
    context = {
        "rows": [(row, row.answered_on is None and row.due < request.today) for row in rows],
        "views": [Choice(label, query_string(request.GET, shown=name), name == shown) for name, label in SHOWN.items()],
        "shown": shown,
        "marking": marking_of({row.objective_id: row.objective.record.sensitivity for row in rows}.values()),
    }
    return render(request, "plan/dives.html", context)
