"""The pages that save, rename, share, delete and choose the views of a list, whichever list it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.records import commands
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import FirstForm, ViewForm
from candour.kernel.records.models import SavedView
from candour.kernel.records.saved import Kept, saved_views, view_of
from candour.kernel.rules import Refused
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request


@dataclass(frozen=True)
class SavedList:
    """A list whose views are kept. of: as views name it; name: its heading; page: its url name.

    url: what the names of the four pages begin with: <url>s, <url>, <url>-save, <url>-remove. kept: what of an address a
    view keeps. words: what a query keeps, in words.
    """

    of: str
    name: str
    page: str
    url: str
    kept: tuple[str, ...]
    words: Callable[[str], str]

    def query_of(self, given: QueryDict) -> str:
        """What of an address a view keeps: never a day or a page."""
        kept = QueryDict(mutable=True)
        for name in self.kept:
            if text := given.get(name, "").strip():
                kept[name] = text
        return kept.urlencode()

    def address(self, query: str = "") -> str:
        """The list under a view, or the whole list."""
        return f"{reverse(self.page)}?{query or 'view=all'}"

    def places(self, pk: int | None = None) -> dict[str, str]:
        """Where the pages of its views are, for the templates."""
        found = {"name": self.name, "list": self.address(), "all": reverse(f"{self.url}s")}
        if pk is None:
            return found
        return found | {"one": reverse(self.url, args=[pk]), "remove": reverse(f"{self.url}-remove", args=[pk])}

    def row(
        self, given: QueryDict, standard: Sequence[Choice], kept: Sequence[Kept], counts: Mapping[int, int]
    ) -> list[Choice]:
        """The views of everybody, then the saved ones, that of the address current and no other beside it. counts: today's."""
        here, day = self.query_of(given), given.get("as_at", "").strip()
        past = f"&{urlencode({'as_at': day})}" if day else ""
        saved = [
            Choice(view.name, f"?{view.query or 'view=all'}{past}", view.query == here != "", counts.get(view.pk))
            for view in kept
        ]
        chosen = any(view.current for view in saved)
        return [*(replace(view, current=view.current and not chosen) for view in standard), *saved]


def words_of(filters: type[Form], views: Mapping[str, str]) -> Callable[[str], str]:
    """How a list says what a view keeps: its standard view, its filters by their labels, whether it has an order of its own.

    What a filter names in the address alone, without choices of its own, is told as it stands there.
    """

    def words(query: str) -> str:
        given, said = QueryDict(query), []
        if view := views.get(given.get("view", "")):
            said.append(view)
        for name, asked in filters.base_fields.items():
            if text := given.get(name, ""):
                said.append(f"{asked.label}: {dict(getattr(asked, 'choices', ())).get(text, text)}")
        said += ["in an order of its own"] if given.get("sort") else []
        return "; ".join(said) or "The whole list"

    return words


@dataclass(frozen=True)
class Told:
    """A view on the page of views, with what it keeps in words."""

    view: Kept
    href: str
    words: str
    edit: str


def views_page(request: Request, of: SavedList) -> HttpResponse:
    """Every view that one may use."""
    told = [
        Told(view, of.address(view.query), of.words(view.query), reverse(of.url, args=[view.pk]))
        for view in saved_views(request.actor, of.of)
    ]
    own, others = [each for each in told if each.view.own], [each for each in told if not each.view.own]
    return render(request, "records/views.html", {"own": own, "others": others, "places": of.places()})


def save_page(request: Request, of: SavedList) -> HttpResponse:
    """Keep the list of the address under a name."""
    query = of.query_of(request.GET)
    form = _form(request, {})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said: dict[str, Any] = {"actor": request.actor, "at": request.now}
        try:
            shared = given.get("shared", False)
            view = commands.save_view(of=of.of, name=given["name"], query=query, shared=shared, **said)
            if given["first"]:
                commands.open_with(view, of=of.of, **said)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"The view ‘{view.name}’ is saved")
            return redirect(of.address(query))
    context = {"form": form, "words": of.words(query), "back": of.address(query), "query": query, "places": of.places()}
    return render(request, "records/view_save.html", context, status=422 if form.errors else 200)


def change_page(request: Request, of: SavedList, pk: int) -> HttpResponse:
    """Rename, share, open the list with it. Of a view that somebody else shared, only the last."""
    held, kept = _found(request, of, pk)
    form = _form(request, {"name": held.name, "shared": held.shared, "first": kept.first}, own=kept.own)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said: dict[str, Any] = {"actor": request.actor, "at": request.now}
        try:
            if kept.own:
                commands.change_view(held, name=given["name"], shared=given.get("shared", held.shared), **said)
            if given["first"] != kept.first:
                commands.open_with(held if given["first"] else None, of=of.of, **said)
        except Refused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"The view ‘{held.name}’ is saved")
            return redirect(of.places()["all"])
    context = {"form": form, "view": held, "own": kept.own, "words": of.words(held.query), "places": of.places(pk)}
    return render(request, "records/view.html", context, status=422 if form.errors else 200)


def remove_page(request: Request, of: SavedList, pk: int) -> HttpResponse:
    """Ask once, then delete a view of one's own."""
    held, kept = _found(request, of, pk)
    if not kept.own:
        raise Http404
    if request.method == "POST":
        commands.remove_view(held, actor=request.actor, at=request.now)
        messages.success(request, f"The view ‘{held.name}’ is deleted")
        return redirect(of.places()["all"])
    context = {"view": held, "words": of.words(held.query), "places": of.places(pk)}
    return render(request, "records/view_remove.html", context)


def _form(request: Request, initial: dict[str, Any], *, own: bool = True) -> Any:
    data = request.POST if request.method == "POST" else None
    if not own:
        return FirstForm(data, initial=initial)
    return ViewForm(data, initial=initial, may_share=allowed(request.actor, RecordPermission.SHARE_VIEWS))


def _found(request: Request, of: SavedList, pk: int) -> tuple[SavedView, Kept]:
    """A view that the actor may use; another answers as if it had never been."""
    kept = next((each for each in saved_views(request.actor, of.of) if each.pk == pk), None)
    if kept is None:
        raise Http404
    return view_of(request.actor, of.of, pk), kept
