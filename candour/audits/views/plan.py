"""The plan of a year: its audits as bars and as a table, live or as they stood on a past day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.audits.access import AuditPermission
from candour.audits.forms import PlanFilters
from candour.audits.queries import (
    SORTS,
    AuditFilter,
    AuditRow,
    Place,
    StageRow,
    counts_of,
    load_on,
    narrowed,
    page_of,
    places,
    plan_on,
)
from candour.audits.rules import STAGES, STATE_WORDS
from candour.audits.views.frame import STATE_TONES
from candour.audits.views.saved import LIST, form_for, numbers_of, wanted_by
from candour.audits.views.year import year_chart
from candour.kernel.access import allowed
from candour.kernel.records.pages import marking_of
from candour.kernel.records.raised import Raised, raised_from
from candour.kernel.records.saved import Kept, saved_views
from candour.kernel.scales.rules import Words
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, query_string

SIZE = 50
SHOWN = ("brief", "fieldwork", "exit", "draft", "final")  # the columns of dates; the page of the audit has them all
FACES = ("actual", "planned")
NOT_OF_CHANGES = (
    "state",
    "q",
    "sort",
    "dates",
    "page",
    "view",
)  # parts of the address that the page of changes has not


@dataclass(frozen=True)
class Listed:
    """A row of the plan with what the page adds to it. dates: the stages of the columns, in their order."""

    row: AuditRow
    href: str
    tone: str
    dates: tuple[StageRow, ...]
    raised: tuple[Raised, ...]


@page(AuditPermission.SEE, kept=True)
def audits(request: Request) -> HttpResponse:
    """Filters, the year as a chart, and every stage of its audits as a table."""
    kept = saved_views(request.actor, LIST.of)
    first = next((view for view in kept if view.first and view.query), None)
    if first and not request.GET:
        return redirect(LIST.address(first.query))
    place, as_at = places(request.actor), as_at_of(request)
    save = LIST.query_of(request.GET)
    day = as_at.day or request.today
    filters, wanted = _asked(request, place)
    face = request.GET.get("dates") if request.GET.get("dates") in FACES else "actual"
    context: dict[str, Any] = {
        "filters": filters,
        "wanted": wanted,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, day),
        "problems": [*as_at.problems, *filters.problems],
        "has_errors": bool(as_at.problem or filters.errors),
        "may_plan": as_at.day is None and allowed(request.actor, AuditPermission.PLAN),
        "face": face,
        "faces": [Choice(each.capitalize(), query_string(request.GET, dates=each), each == face) for each in FACES],
        "heads": [STAGES[which] for which in SHOWN],
        "saved": _saved(request, kept, place, as_at),
        "save": f"{reverse('audits-view-save')}?{save}" if save else "",
        "changes": reverse("audit-changes") + query_string(request.GET, **dict.fromkeys(NOT_OF_CHANGES)),
        "auditors": [(reverse("auditor", args=[code]), name) for _, code, name in place.providers],
    }
    if not context["has_errors"]:
        context |= _shown(request, wanted, as_at)
    context["views"] = _row(context.get("states", []), context["saved"])
    return render(request, "audits/plan.html", context)


def _asked(request: Request, place: Place) -> tuple[PlanFilters, AuditFilter]:
    """The filters of the address, and the plan that they ask for: that of the year shown where they cannot be read."""
    filters, year = form_for(request.GET, place, today=request.today)
    return filters, filters.wanted(year, numbers_of(place)) if filters.is_valid() else AuditFilter(year)


def _saved(request: Request, kept: Sequence[Kept], place: Place, as_at: AsAt) -> list[Choice]:
    """The saved views, the one that the address is current. How many audits each holds is counted for today alone."""
    wanted = wanted_by(kept, place, today=request.today) if kept and as_at.day is None else {}
    counts = counts_of(request.actor, wanted, today=request.today) if wanted else {}
    here, after = LIST.query_of(request.GET), f"&{as_at.query[1:]}" if as_at.query else ""
    return [
        Choice(view.name, f"?{view.query or 'view=all'}{after}", view.query == here != "", counts.get(view.pk))
        for view in kept
    ]


def _row(states: Sequence[Choice], saved: Sequence[Choice]) -> list[Choice]:
    """The states, then the saved views, in one row: a view whose filters are in force is current, and no state beside it."""
    chosen = any(view.current for view in saved)
    return [*(replace(state, current=state.current and not chosen) for state in states), *saved]


def _shown(request: Request, wanted: AuditFilter, as_at: AsAt) -> dict[str, Any]:
    """The rows of a page of the plan, its chart, its counts and its load."""
    day, sort = as_at.day or request.today, Sort.read(request.GET, columns=SORTS, default="start")
    if as_at.day:
        every = narrowed(plan_on(request.actor, wanted, as_at=day), replace(wanted, state=""))
        states, told = _tally(every), narrowed(every, wanted)
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows, load = paging.of(told), load_on(told, wanted.year)
    else:
        order = ("-" if sort.descending else "") + sort.column
        asked = request.GET.get("page", "1")
        first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        found = page_of(request.actor, wanted, today=day, sort=order, offset=(max(first, 1) - 1) * SIZE, size=SIZE)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, load, states = found.rows, found.load, found.states
    raised = {} if as_at.day else raised_from([row.pk for row in rows], actor=request.actor, today=day)
    listed = [_listed(row, raised.get(row.pk, ()), as_at.query) for row in rows]
    return {
        "rows": listed,
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "total": paging.count,
        "states": _states(request, states, wanted),
        "late": states.get("Late", 0),
        "load": load,
        "chart": year_chart(rows, [each.href for each in listed], load, year=wanted.year, day=day),
        "marking": marking_of(row.sensitivity for row in rows),
        "counts_raised": any(raised.values()),
        "opinions": opinions(row.scale for row in rows if row.scale),
    }


def _listed(row: AuditRow, raised: Sequence[Raised], past: str) -> Listed:
    href = reverse("audit", args=[row.organisation_code, row.reference]) + past
    dates = row.dates
    return Listed(row, href, STATE_TONES[row.state], tuple(dates[which] for which in SHOWN), tuple(raised))


def _states(request: Request, counts: dict[str, int], wanted: AuditFilter) -> list[Choice]:
    """Each state as a link to its audits; those that no audit is in are left out."""
    every = Choice("All", query_string(request.GET, state=None, page=None), not wanted.state, sum(counts.values()))
    return [
        every,
        *(
            Choice(state, query_string(request.GET, state=state, page=None), state == wanted.state, counts[state])
            for state in STATE_WORDS
            if counts.get(state)
        ),
    ]


def _tally(rows: Sequence[AuditRow]) -> dict[str, int]:
    return {state: count for state in STATE_WORDS if (count := sum(row.state == state for row in rows))}


def opinions(scales: Iterable[Words]) -> list[tuple[str, tuple[Any, ...]]]:
    """The scales of the opinions shown, each once with its words: they are printed with the opinions."""
    return [(scale.name, scale.steps) for _, scale in sorted({scale.id: scale for scale in scales}.items())]


def past_days(request: Request, day: date) -> list[Choice]:
    """The ends of the last quarters, for the as-at control."""
    today, found = request.today, []
    for year in (today.year, today.year - 1):
        found += [date(year, month, last) for month, last in ((12, 31), (9, 30), (6, 30), (3, 31))]
    return [
        Choice(
            "End of the quarter", query_string(request.GET, as_at=each.isoformat(), page=None), each == day, day=each
        )
        for each in found
        if each < today
    ][:4]
