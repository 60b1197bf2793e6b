"""Saved views: the row of them over the list, and the pages that save, rename, share, delete and choose them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, QueryDict

from candour.kernel.people.models import Organisation
from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page
from candour.kernel.web.page import Request, page
from candour.risks.access import RiskPermission
from candour.risks.forms import RiskFilters
from candour.risks.models import Level
from candour.risks.queries import RiskFilter
from candour.risks.queries.saved import saved_counts
from candour.risks.queries.sources import Source
from candour.risks.views.columns import columns_of

KEPT = (*RiskFilters.base_fields, "register", "body", "sort", "rows", "columns")
BOTH = ("GET", "POST")


def register_asked(given: Mapping[str, str], seen: Sequence[Organisation]) -> tuple[Organisation | None, str]:
    """Whose register an address asks for, None for all that are seen; and which level. What it does not know is one's own."""
    code, level = given.get("body", ""), given.get("register", "")
    named = next((each for each in seen if each.code == code), None)
    body = named or (seen[0] if len(seen) > 1 and code != "all" else None)
    return body, level if level in Level.values else Level.STRATEGIC.value


def filter_of(query: str, seen: Sequence[Organisation]) -> RiskFilter | None:
    """What a view asks for; None where its filters can be read no longer."""
    given = QueryDict(query)
    body, level = register_asked(given, seen)
    owners = [(int(one), one) for one in [given.get("owner", "")] if one.isascii() and one.isdigit() and len(one) < 10]
    form = RiskFilters(given, owners=owners, bands=[(given.get("band", ""), "")])
    if not form.is_valid():
        return None
    return form.wanted(RiskFilter(level=level, organisation=body.pk if body else None))


def counts_of(kept: Sequence[Kept], source: Source, seen: Sequence[Organisation]) -> Mapping[int, int]:
    """By the number of each view how many it holds, those left out whose filters can be read no longer."""
    return saved_counts(source, {view.pk: found for view in kept if (found := filter_of(view.query, seen)) is not None})


def in_words(query: str) -> str:
    """What a view keeps, in the words of its filters. The owner is named only on the list, to those who see it there."""
    given = QueryDict(query)
    form = RiskFilters(given, owners=[(0, "")], bands=[(given.get("band", ""), given.get("band", ""))])
    said = [
        f"{bound.label}: {dict(_options(bound)).get(given[bound.name], given[bound.name])}"
        for bound in form.answers
        if given.get(bound.name) and bound.name != "owner"
    ]
    if given.get("owner"):
        said.append("one owner")
    if level := given.get("register"):
        said.insert(0, f"{level} risks")
    if given.get("columns"):
        said.append("columns " + ", ".join(column.label for column in columns_of(given["columns"])))
    if given.get("sort"):
        said.append("in an order of its own")
    return "; ".join(said) or "The whole list"


def _options(bound: Any) -> list[tuple[str, str]]:
    return [(option.value, option.text) for option in bound.options]


LIST = SavedList(of="risks", name="Risks", page="risks", url="risk-view", kept=KEPT, words=in_words)


@page(RiskPermission.SEE)
def views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    return views_page(request, LIST)


@page(RiskPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the list of the address under a name."""
    return save_page(request, LIST)


@page(RiskPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    return change_page(request, LIST, view)


@page(RiskPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    return remove_page(request, LIST, view)
