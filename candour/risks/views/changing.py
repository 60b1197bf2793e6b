"""How a page of one change works: shown, checked, saved, and never over what somebody else entered meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request
from candour.risks.models import Risk
from candour.risks.views.frame import address
from candour.risks.views.overtaken import News, news_of

Do = Callable[[dict[str, Any], dict[str, Any]], object]


@dataclass(frozen=True)
class Verb:
    """What a page of one change says: its title, its button, what saving does, and what was done."""

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str
    quote: str = ""  # what the change is about, where the risk's title does not say it
    template: str = "risks/change.html"


@dataclass
class Sent:
    """What became of a form that was sent. news: None, or what somebody entered meanwhile, when nothing is saved."""

    done: bool = False
    news: list[News] | None = None

    @property
    def conflict(self) -> bool:
        return self.news is not None

    @property
    def clash(self) -> bool:
        return any(each.clash for each in self.news or ())


def change(
    request: Request, it: Risk, verb: Verb, form: VerbForm, do: Do, *, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Show the form, or save what it says and go back to the risk. do gets the answers and who acts, when and why."""
    sent = send(request, it, form, do) if request.method == "POST" else Sent()
    if sent.done:
        messages.success(request, verb.done.format(reference=it.record.reference))
        return redirect(address(it))
    context = {
        "risk": it,
        "verb": verb,
        "form": form,
        "sent": sent,
        "submit": "Save mine over it" if sent.clash else verb.submit,
        "has_errors": sent.conflict,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    status = 422 if form.errors or sent.conflict else 200
    return render(request, verb.template, context | (more or {}), status=status)


def send(
    request: Request,
    it: Risk,
    form: VerbForm,
    do: Do,
    *,
    fields: dict[str, str] | None = None,
    save: bool = True,
) -> Sent:
    """Save what a form says, unless somebody wrote since it was opened. save False only looks.

    fields: what the command calls an answer -> what the form calls it, where they differ.
    """
    valid = form.is_valid()
    if form.conflict:
        return Sent(news=news_of(request, it, form))
    if not valid or not save:
        return Sent()
    try:
        with unless_overtaken([it.record], {it.pk: form.seen_now}):
            return Sent(done=saved(request, form, do, fields=fields))
    except Overtaken:  # between the question above and the lock: shown as it is, and asked again when it is sent again
        it.record = Record.objects.select_related("organisation", "owner").get(pk=it.pk)
        return Sent(news=news_of(request, it, form, current=False))


def saved(request: Request, form: Any, do: Do, *, fields: dict[str, str] | None = None) -> bool:
    """Whether the command took it; what it refuses is said on the field that it names."""
    given = form.cleaned_data
    by = {"actor": request.actor, "at": request.now}
    by |= {name: given[name] for name in ("reason", "approver") if name in given}
    try:
        do(given, by)
    except Refused as refused:
        field = (fields or {}).get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, refused.message)
        return False
    return True


def opened(request: Request, it: Risk, permission: str) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the risk but not do this."""
    require(request.actor, permission, it.record)
    return {
        "data": request.POST if request.method == "POST" else None,
        "today": request.today,
        "seen": it.record.head_sequence,
    }
