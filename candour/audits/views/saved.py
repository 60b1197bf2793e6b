"""Saved views of the audit plan: the row of them over the plan, and the pages that save, rename, share and delete them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpResponse, QueryDict

from candour.audits.access import AuditPermission
from candour.audits.forms import PlanFilters
from candour.audits.queries import AuditFilter, Place, year_shown
from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


def numbers_of(place: Place) -> dict[str, int]:
    """The numbers of the providers and bodies of the plans that an actor may see, by code."""
    return {code: number for number, code, _ in (*place.providers, *place.bodies)}


def form_for(params: QueryDict, place: Place, *, today: date) -> tuple[PlanFilters, str]:
    """The filters of an address, with the year that a plan opens with where it names none; and that year."""
    year = year_shown(place.years, today)
    params = params.copy()
    params.setdefault("year", year)
    choices = {
        "years": [(each, each) for each in sorted({year, *place.years}, reverse=True)],
        "providers": [(code, name) for _, code, name in place.providers],
        "bodies": [(code, name) for _, code, name in place.bodies],
    }
    return PlanFilters(params, today=today, **choices), year


def wanted_by(kept: Sequence[Kept], place: Place, *, today: date) -> dict[int, AuditFilter]:
    """By the number of each view the plan that it asks for, those left out whose filters can be read no longer."""
    found = {}
    for view in kept:
        form, year = form_for(QueryDict(view.query), place, today=today)
        if form.is_valid():
            found[view.pk] = form.wanted(year, numbers_of(place))
    return found


def in_words(query: str) -> str:
    """What a view keeps, in the words of its filters. What it names in the address alone is told as it stands there."""
    given = QueryDict(query)
    named: Mapping[str, str] = {name: text for name in PlanFilters.base_fields if (text := given.get(name, ""))}
    said = [f"{PlanFilters.base_fields[name].label}: {text}" for name, text in named.items()]
    said += ["the planned dates"] if given.get("dates") == "planned" else []
    said += ["in an order of its own"] if given.get("sort") else []
    return "; ".join(said) or "The whole plan"


LIST = SavedList(
    of="audits",
    name="Audit plan",
    page="audits",
    url="audits-view",
    kept=(*PlanFilters.base_fields, "sort", "dates"),
    words=in_words,
)


@page(AuditPermission.SEE)
def saved_views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    return views_page(request, LIST)


@page(AuditPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the plan of the address under a name."""
    return save_page(request, LIST)


@page(AuditPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the plan with it. Of a view that somebody else shared, only the last."""
    return change_page(request, LIST, view)


@page(AuditPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    return remove_page(request, LIST, view)
