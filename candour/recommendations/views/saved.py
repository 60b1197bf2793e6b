"""Saved views of the tracker: the row of them over the list, and the pages that save, rename, share and delete them."""

from collections.abc import Sequence

from django.http import HttpResponse, QueryDict

from candour.kernel.people.models import Organisation
from candour.kernel.records.saved import Kept
from candour.kernel.records.saved_pages import SavedList, change_page, remove_page, save_page, views_page
from candour.kernel.web.page import Request, page
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.forms import RecommendationFilters
from candour.recommendations.queries.filters import RecommendationFilter

BOTH = ("GET", "POST")


def body_asked(code: str, seen: Sequence[Organisation]) -> Organisation | None:
    """Whose tracker an address asks for, None for all that are seen. A body that it does not know is one's own."""
    named = next((each for each in seen if each.code == code), None)
    return named or (seen[0] if len(seen) > 1 and code != "all" else None)


def filter_of(query: str, seen: Sequence[Organisation]) -> RecommendationFilter | None:
    """What a view asks for; None where its filters can be read no longer."""
    form, given = _form(query)
    if not form.is_valid():
        return None
    body = body_asked(given.get("body", ""), seen)
    return form.wanted(RecommendationFilter(organisation=body.pk if body else None))


def wanted_by(kept: Sequence[Kept], seen: Sequence[Organisation]) -> dict[int, RecommendationFilter]:
    """By the number of each view what it asks for, those left out whose filters can be read no longer."""
    return {view.pk: wanted for view in kept if (wanted := filter_of(view.query, seen)) is not None}


def in_words(query: str) -> str:
    """What a view keeps, in the words of its filters. The owner is named only on the list, to those who see it there."""
    form, given = _form(query)
    options = {bound.name: {option.value: option.text for option in bound.options} for bound in form.answers}
    answers = {bound.name: (str(bound.label), given.get(bound.name, "")) for bound in form.answers}
    said = [
        f"{label}: {options[name].get(answer, answer)}"
        for name, (label, answer) in answers.items()
        if answer and name != "owner"
    ]
    said += ["one owner"] if given.get("owner") else []
    said += ["in an order of its own"] if given.get("sort") else []
    return "; ".join(said) or "The whole list"


def _form(query: str) -> tuple[RecommendationFilters, QueryDict]:
    """The filters of a query, with the owner and the priority that it names among the choices."""
    given = QueryDict(query)
    owner, priority = given.get("owner", ""), given.get("priority", "")
    owners = [(int(owner), owner)] if owner.isascii() and owner.isdigit() and len(owner) < 10 else []
    return RecommendationFilters(given, owners=owners, priorities=[priority] if priority else []), given


LIST = SavedList(
    of="recommendations",
    name="Recommendations",
    page="recommendations",
    url="recommendations-view",
    kept=(*RecommendationFilters.base_fields, "body", "sort"),
    words=in_words,
)


@page(RecommendationPermission.SEE)
def saved_views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    return views_page(request, LIST)


@page(RecommendationPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the list of the address under a name."""
    return save_page(request, LIST)


@page(RecommendationPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    return change_page(request, LIST, view)


@page(RecommendationPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    return remove_page(request, LIST, view)
