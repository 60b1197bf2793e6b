"""Saved views of the list of inspections: what each asks for, and the pages that save, rename, share and delete them."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse, QueryDict

from candour.inspections.access import InspectionPermission
from candour.inspections.forms import InspectionFilters
from candour.inspections.queries import VIEWS, InspectionFilter, Place
from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page, words_of
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


def wanted_by(kept: Sequence[Kept], place: Place, *, today: date) -> dict[int, InspectionFilter]:
    """By the number of each view what it asks for, those left out whose filters can be read no longer."""
    found = {}
    for view in kept:
        given = QueryDict(view.query)
        form = InspectionFilters(given, place=place, today=today)
        if form.is_valid():
            found[view.pk] = form.wanted(given.get("view", ""))
    return found


LIST = SavedList(
    of="inspections",
    name="Inspections",
    page="inspections",
    url="inspections-view",
    kept=("view", *InspectionFilters.base_fields, "sort"),
    words=words_of(InspectionFilters, VIEWS),
)


@page(InspectionPermission.SEE)
def saved_views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    return views_page(request, LIST)


@page(InspectionPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the list of the address under a name."""
    return save_page(request, LIST)


@page(InspectionPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    return change_page(request, LIST, view)


@page(InspectionPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    return remove_page(request, LIST, view)
