"""How a page of one change works: shown, checked, saved, and never over what somebody else entered meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.records.telling import Shown
from candour.kernel.rules import Refused
from candour.kernel.web.forms import tell_refused
from candour.kernel.web.page import Request
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, Recommendation
from candour.recommendations.queries.one import owners_of
from candour.recommendations.views.frame import address, found
from candour.recommendations.views.telling import Known, shown

Do = Callable[[dict[str, Any], dict[str, Any]], object]
View = Callable[..., HttpResponse]
Begun = dict[str, Any]


@dataclass(frozen=True)
class Verb:
    """What a page of one change says: its title, its button, what saving does, and what was done."""

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str
    quote: str = ""  # what the change is about, where the heading does not say it
    template: str = "recommendations/change.html"


@dataclass
class Sent:
    """What became of a form that was sent. news: what somebody entered meanwhile, when nothing is saved."""

    done: bool = False
    conflict: bool = False
    news: list[Shown] = field(default_factory=list)


def change(
    request: Request,
    it: Recommendation,
    verb: Verb,
    form: VerbForm,
    do: Do,
    *,
    more: dict[str, Any] | None = None,
    after: Callable[[dict[str, Any]], str] | None = None,
) -> HttpResponse:
    """Show the form, or save what it says and go back. do gets the answers and who acts, when and why.

    after: where saving leads instead, by the answers; "" is the page of the recommendation.
    """
    sent = send(request, it, form, do) if request.method == "POST" else Sent()
    if sent.done:
        messages.success(request, verb.done.format(reference=it.record.reference))
        return redirect((after and after(form.cleaned_data)) or address(it))
    context = {
        "it": it,
        "verb": verb,
        "form": form,
        "sent": sent,
        "submit": "Save mine too" if sent.conflict else verb.submit,
        "has_errors": sent.conflict,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    status = 422 if form.errors or sent.conflict else 200
    return render(request, verb.template, context | (more or {}), status=status)


def send(request: Request, it: Recommendation, form: VerbForm, do: Do) -> Sent:
    """Save what a form says, unless somebody wrote since it was opened: then they are shown it, and may send again."""
    valid = form.is_valid()
    if form.conflict:
        return _overtaken(request, it, form)
    if not valid:
        return Sent()
    try:
        with unless_overtaken([it.record], {it.pk: form.seen_now}):
            return Sent(done=saved(request, form, do))
    except Overtaken:  # between the question above and the lock: shown as it is, and asked again when it is sent again
        it.record = Record.objects.select_related("organisation", "owner").get(pk=it.pk)
        return _overtaken(request, it, form)


def _overtaken(request: Request, it: Recommendation, form: VerbForm) -> Sent:
    """What was entered since the form was opened, newest first; the form then counts it as read."""
    happened = events_since(it.record, request.actor, form.cleaned_data.get("seen") or 0)
    form.rewrite({"seen": str(it.record.head_sequence)})
    form.full_clean()
    return Sent(conflict=True, news=[shown(event, Known()) for event in happened])


def saved(request: Request, form: Any, do: Do) -> bool:
    """Whether the command took it; what it refuses is said on the field that it names."""
    given = form.cleaned_data
    by = {"actor": request.actor, "at": request.now}
    by |= {name: given[name] for name in ("reason", "approver") if name in given}
    try:
        do(given, by)
    except Refused as refused:
        tell_refused(form, refused)
        return False
    return True


def changes(permission: RecommendationPermission, verb: rules.Verb) -> Callable[[View], View]:
    """The beginning of every page that changes a recommendation at some stage of its life.

    The view is given the recommendation and what its form begins with. Where the stage does not allow the verb, the reader
    is led back to the recommendation and told why. Raises Forbidden for who may see it but not do this.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def opened(request: Request, organisation: str, reference: str, **more: int) -> HttpResponse:
            it = found(request, organisation, reference)
            require(request.actor, permission, it.record)
            if refused := rules.refusal(verb, stage_of(it)):
                messages.error(request, refused)
                return redirect(address(it))
            return view(request, it, started(request, it), **more)

        return opened

    return declare


def stage_of(it: Recommendation) -> rules.Stage:
    """Where it stands in its life, by the read line that it was found with."""
    line = it.record.recommendation_line
    facts = {name: getattr(line, name) for name in ("closed_on", "outcome", "proposed_on", "response")}
    return rules.stage_at(**facts)


def started(request: Request, it: Recommendation) -> Begun:
    """What every form here begins with."""
    data = request.POST if request.method == "POST" else None
    return {"data": data, "today": request.today, "seen": it.record.head_sequence}


def part_of(it: Recommendation, assignment: int) -> Assignment:
    """An owner's part of the recommendation; Http404 for one of another, or that has ended."""
    part = next((each for each in owners_of(it) if each.pk == assignment), None)
    if part is None:
        raise Http404
    return part
