"""Saved views of the list of inspections: the row of them over it, and the pages that save, rename, share and delete them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.http import HttpResponse, QueryDict

from candour.inspections.access import InspectionPermission
from candour.inspections.forms import InspectionFilters
from candour.inspections.queries import VIEWS, InspectionFilter, Place
from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page
from candour.kernel.web.asat import Choice
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


def in_words(query: str) -> str:
    """What a view keeps, in the words of its filters. What it names in the address alone is told as it stands there."""
    given, said = QueryDict(query), []
    if view := VIEWS.get(given.get("view", "")):
        said.append(view)
    for name, asked in InspectionFilters.base_fields.items():
        if text := given.get(name, ""):
            choices = dict(getattr(asked, "choices", ()))
            said.append(f"{asked.label}: {choices.get(text, text)}")
    said += ["in an order of its own"] if given.get("sort") else []
    return "; ".join(said) or "The whole list"


LIST = SavedList(
    of="inspections",
    name="Inspections",
    page="inspections",
    url="inspections-view",
    kept=("view", *InspectionFilters.base_fields, "sort"),
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
