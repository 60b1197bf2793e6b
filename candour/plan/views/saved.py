"""Saved views of the list of activities: what each asks for, and the pages that save, rename, share and delete them."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse, QueryDict

from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page, words_of
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


LIST = SavedList(
    of="activities",
    name="Activities",
    page="activities",
    url="activities-view",
    kept=("view", *ActivityFilters.base_fields, "sort"),
    words=words_of(ActivityFilters, VIEWS),
)


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
