"""How a page of one change works: shown, checked, saved, and never over what somebody else entered meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.access.decide import Owned
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.history.models import Chained
from candour.kernel.records.forms import VerbForm
from candour.kernel.web.context import OFFICIAL, Marking
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request

Do = Callable[[dict[str, Any], dict[str, Any]], object]
News = Callable[[int], Sequence[object]]


@dataclass(frozen=True)
class Verb:
    """What a page of one change says: its title, its button, what saving does, what was done, and where it leads.

    kicker: what it is about; trail: (words, address) of the pages above; home: where it leads back to. called: the row, as
    the page says that somebody changed it. template: of a page with more than the form, which extends records/change.html.
    """

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str
    home: str
    kicker: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    marking: Marking = OFFICIAL
    called: str = "this"
    template: str = "records/change.html"
    more: dict[str, Any] = field(default_factory=dict)


def change(request: Request, row: Chained, verb: Verb, form: VerbForm, do: Do, *, news: News) -> HttpResponse:
    """Show the form, or save what it says and go home. do gets the answers and who acts, when and why; an address that it
    gives back is where the page leads instead.

    Where somebody entered something on the row since the form was opened, nothing is saved: the page says what (news, of
    the entries after a number), keeps the answers, and saves them when they are sent again.
    """
    told: Sequence[object] | None = None
    led: list[object] = []

    def act() -> None:
        with transaction.atomic():  # where the second of two commands refuses, the first is undone
            led.append(do(form.cleaned_data, by(request, form)))

    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data.get("seen") or 0
        try:
            with unless_overtaken([row], {row.pk: seen}):
                done = carried_out(form, act)
        except Overtaken:
            row.refresh_from_db(fields=["head_hash", "head_sequence"])
            told = news(seen)
            form.rewrite({"seen": str(row.head_sequence)})  # from here it counts as read
        else:
            if done:
                messages.success(request, verb.done)
                return redirect(led[0] if isinstance(led[0], str) else verb.home)
    context = verb.more | {
        "verb": verb,
        "form": form,
        "news": told,
        "has_errors": told is not None,
        "marking": verb.marking,
    }
    return render(request, verb.template, context, status=422 if form.errors or told is not None else 200)


def by(request: Request, form: Any) -> dict[str, Any]:
    """Who acts and when, and what the form says of why and who agreed it."""
    given = form.cleaned_data
    said = {name: given[name] for name in ("reason", "approver") if name in given}
    return {"actor": request.actor, "at": request.now} | said


def opened(
    request: Request, row: Any, permission: str, about: Owned | None = None, *, anywhere: bool = False
) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see it but not do this.

    about: what the permission is needed for, where it is not the row itself; anywhere: it is enough to hold it at all.
    """
    require(request.actor, permission, None if anywhere else about or row)
    return {
        "data": request.POST if request.method == "POST" else None,
        "today": request.today,
        "seen": row.head_sequence,
    }
