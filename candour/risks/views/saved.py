"""Saved views: the row of them over the list, and the pages that save, rename, share, delete and choose them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.people.models import Organisation
from candour.kernel.records import commands
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import SavedView
from candour.kernel.records.saved import Kept, saved_views, view_of
from candour.kernel.rules import Refused
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.risks.access import RiskPermission
from candour.risks.forms import RiskFilters
from candour.risks.forms.saved import FirstForm, ViewForm
from candour.risks.models import Level
from candour.risks.queries import RiskFilter
from candour.risks.queries.saved import saved_counts
from candour.risks.queries.sources import Source
from candour.risks.views.columns import columns_of

OF = "risks"
KEPT = (*RiskFilters.base_fields, "register", "body", "sort", "rows", "columns")
BOTH = ("GET", "POST")


def query_of(given: QueryDict) -> str:
    """What of an address a view keeps: filters, register, order, density, columns; never a day or a page."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if text := given.get(name, "").strip():
            kept[name] = text
    return kept.urlencode()


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


def choices(request: Request, kept: Sequence[Kept], source: Source, seen: Sequence[Organisation]) -> list[Choice]:
    """The saved views as the row shows them, with their counts; on a past day they keep to it."""
    wanted = {view.pk: found for view in kept if (found := filter_of(view.query, seen)) is not None}
    counts = saved_counts(source, wanted)
    here, day = query_of(request.GET), request.GET.get("as_at", "")
    after = f"&as_at={day}" if source.today != request.today and day else ""
    return [
        Choice(view.name, f"?{view.query or 'view=all'}{after}", view.query == here and bool(here), counts.get(view.pk))
        for view in kept
    ]


@dataclass(frozen=True)
class Told:
    """A view on the page of views, with what it keeps in words."""

    view: Kept
    href: str
    words: str
    edit: str


@page(RiskPermission.SEE)
def views(request: Request) -> HttpResponse:
    """Every view that one may use."""
    kept = saved_views(request.actor, OF)
    told = [
        Told(
            view,
            f"{reverse('risks')}?{view.query or 'view=all'}",
            in_words(view.query),
            reverse("risk-view", args=[view.pk]),
        )
        for view in kept
    ]
    own, others = [each for each in told if each.view.own], [each for each in told if not each.view.own]
    return render(request, "risks/views.html", {"own": own, "others": others})


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


@page(RiskPermission.SEE, methods=BOTH)
def save_view(request: Request) -> HttpResponse:
    """Keep the list of the address under a name."""
    query = query_of(request.GET)
    form = _form(request, {})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said: dict[str, Any] = {"actor": request.actor, "at": request.now}
        try:
            view = commands.save_view(of=OF, name=given["name"], query=query, shared=given.get("shared", False), **said)
            if given["first"]:
                commands.open_with(view, of=OF, **said)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"The view ‘{view.name}’ is saved")
            return redirect(f"{reverse('risks')}?{query or 'view=all'}")
    context = {
        "form": form,
        "words": in_words(query),
        "back": f"{reverse('risks')}?{query or 'view=all'}",
        "query": query,
    }
    return render(request, "risks/view_save.html", context, status=422 if form.errors else 200)


@page(RiskPermission.SEE, methods=BOTH)
def change_view(request: Request, view: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    held, kept = _found(request, view)
    form = _form(request, {"name": held.name, "shared": held.shared, "first": kept.first}, own=kept.own)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said: dict[str, Any] = {"actor": request.actor, "at": request.now}
        try:
            if kept.own:
                commands.change_view(held, name=given["name"], shared=given.get("shared", held.shared), **said)
            if given["first"] != kept.first:
                commands.open_with(held if given["first"] else None, of=OF, **said)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"The view ‘{held.name}’ is saved")
            return redirect("risk-views")
    context = {"form": form, "view": held, "own": kept.own, "words": in_words(held.query)}
    return render(request, "risks/view.html", context, status=422 if form.errors else 200)


@page(RiskPermission.SEE, methods=BOTH)
def remove_view(request: Request, view: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    held, kept = _found(request, view)
    if not kept.own:
        raise Http404
    if request.method == "POST":
        commands.remove_view(held, actor=request.actor, at=request.now)
        messages.success(request, f"The view ‘{held.name}’ is deleted")
        return redirect("risk-views")
    return render(request, "risks/view_remove.html", {"view": held, "words": in_words(held.query)})


def _form(request: Request, initial: dict[str, Any], *, own: bool = True) -> Any:
    data = request.POST if request.method == "POST" else None
    if not own:
        return FirstForm(data, initial=initial)
    return ViewForm(data, initial=initial, may_share=allowed(request.actor, RecordPermission.SHARE_VIEWS))


def _found(request: Request, pk: int) -> tuple[SavedView, Kept]:
    """A view that the actor may use; another answers as if it had never been."""
    kept = next((each for each in saved_views(request.actor, OF) if each.pk == pk), None)
    if kept is None:
        raise Http404
    return view_of(request.actor, OF, pk), kept
