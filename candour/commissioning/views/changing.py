"""How a page of one change works: shown, checked, saved, and never over what somebody else entered meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.commissioning.forms import VerbForm
from candour.commissioning.models import Agreement
from candour.commissioning.views.frame import address
from candour.commissioning.views.words import Told, told
from candour.kernel.access import require
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.people.models import Post
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.web.page import Request

Do = Callable[[dict[str, Any], dict[str, Any]], object]


@dataclass(frozen=True)
class Verb:
    """What a page of one change says: its title, its button, what saving does, and what was done."""

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str


def change(request: Request, it: Agreement, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """Show the form, or save what it says and go back to the agreement. do gets the answers and who acts, when and why.

    Where somebody entered something since the form was opened, nothing is saved: the page says what, keeps the answers, and
    saves them when they are sent again.
    """
    news: list[Told] | None = None
    if request.method == "POST" and form.is_valid():
        if not form.overtaken:
            try:
                with unless_overtaken([it.record], {it.pk: form.seen_now}):
                    done = carried_out(form, lambda: do(form.cleaned_data, by(request, form)))
            except Overtaken:
                it.record = Record.objects.select_related("organisation", "owner").get(pk=it.pk)
                news = news_of(request, it, form)
            else:
                if done:
                    messages.success(request, verb.done.format(reference=it.record.reference))
                    return redirect(address(it))
        else:
            news = news_of(request, it, form)
    context = {
        "agreement": it,
        "verb": verb,
        "form": form,
        "news": news,
        "has_errors": news is not None,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    status = 422 if form.errors or news is not None else 200
    return render(request, "commissioning/change.html", context, status=status)


def by(request: Request, form: Any) -> dict[str, Any]:
    """Who acts and when, and what the form says of why and who agreed it."""
    given = form.cleaned_data
    said = {name: given[name] for name in ("reason", "approver") if name in given}
    return {"actor": request.actor, "at": request.now} | said


def news_of(request: Request, it: Agreement, form: VerbForm) -> list[Told]:
    """What was entered since the form was opened, newest first; the form then counts it as read."""
    seen = form.cleaned_data.get("seen") or 0
    entered = [told(event) for event in events_since(it.record, request.actor, seen)]
    form.rewrite({"seen": str(it.record.head_sequence)})
    return entered


def opened(request: Request, it: Agreement, permission: str) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the agreement but not do this."""
    require(request.actor, permission, it.record)
    sent = request.method == "POST"
    return {
        "data": request.POST if sent else None,
        "files": request.FILES if sent else None,
        "today": request.today,
        "seen": it.record.head_sequence,
    }


def posts_of(organisation: int, standing: Post | None = None) -> list[Post]:
    """The posts of a body that have not ended, and one that stands on the agreement."""
    found = {post.pk: post for post in Post.objects.filter(organisation=organisation, ended=None)}
    if standing is not None:
        found[standing.pk] = standing
    return sorted(found.values(), key=lambda post: post.title)


def as_choices(posts: Sequence[Post]) -> list[tuple[int, str]]:
    return [(post.pk, post.title) for post in posts]
