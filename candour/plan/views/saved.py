"""Saved views of the list of activities: the row of them over it, and the pages that save, rename, share and delete them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.http import HttpResponse, QueryDict

from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.plan.access import PlanPermission
from candour.plan.forms import ActivityFilters
from candour.plan.queries import VIEWS, ActivityFilter, objectives_named, plans_named

BOTH = ("GET", "POST")


def wanted_by(request: Request, kept: Sequence[Kept], *, today: date) -> dict[int, ActivityFilter]:
    """By the number of each view what it asks for, those left out whose filters can be read no longer. Two queries."""
    if not kept:
        return {}
    plans, asked = plans_named(request.actor), [QueryDict(view.query) for view in kept]
    named = {each.get("plan") for each in asked}
    objectives = objectives_named(request.actor, *(number for number, ref, _ in plans if ref in named))
    found = {}
    for view, given in zip(kept, asked, strict=True):
        form = ActivityFilters(given, plans=plans, objectives=objectives, today=today)
        if form.is_valid():
            found[view.pk] = form.wanted(given.get("view", ""), request.actor)
    return found


def in_words(query: str) -> str:
    """What a view keeps, in the words of its filters. What it names in the address alone is told as it stands there."""
    given, said = QueryDict(query), []
    if view := VIEWS.get(given.get("view", "")):
        said.append(view)
    for name, asked in ActivityFilters.base_fields.items():
        if text := given.get(name, ""):
            choices = dict(getattr(asked, "choices", ()))
            said.append(f"{asked.label}: {choices.get(text, text)}")
    said += ["in an order of its own"] if given.get("sort") else []
    return "; ".join(said) or "The whole list"


LIST = SavedList(
    of="activities",
    name="Activities",
    page="activities",
    url="activities-view",
    kept=("view", *ActivityFilters.base_fields, "sort"),
    words=in_words,
)


def row_of(request: Request, standard: Sequence[Choice], kept: Sequence[Kept], counts: dict[int, int]) -> list[Choice]:
    """The views of everybody, then the saved ones, that of the address current and no other beside it. counts: today's."""
    here, day = LIST.query_of(request.GET), request.GET.get("as_at", "").strip()
    after = QueryDict(mutable=True)
    if day:
        after["as_at"] = day
    saved = [
        Choice(
            view.name,
            f"?{view.query or 'view=all'}{'&' if day else ''}{after.urlencode()}",
            view.query == here != "",
            counts.get(view.pk),
        )
        for view in kept
    ]
    chosen = any(view.current for view in saved)
    return [*(replace(view, current=view.current and not chosen) for view in standard), *saved]


@page(PlanPermission.SEE)
def saved_views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    return views_page(request, LIST)


@page(PlanPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the list of the address under a name."""
    return save_page(request, LIST)


@page(PlanPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    return change_page(request, LIST, view)


@page(PlanPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    return remove_page(request, LIST, view)
