"""Recording a new recommendation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.records.queries import bodies, next_reference
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.recommendations import commands, rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.forms import RaiseForm
from candour.recommendations.forms.updating import MOST_OWNERS
from candour.recommendations.models import Recommendation, Source
from candour.recommendations.queries.one import origin_named
from candour.recommendations.views.changing import saved
from candour.recommendations.views.frame import address

COPIED = (
    *("reference", "title", "source", "audit", "printed", "reported_on", "finding", "risk", "text", "priority"),
    *("response", "response_text", "sensitivity"),
)


@page(RecommendationPermission.RAISE, methods=("GET", "POST"))
def raise_recommendation(request: Request) -> HttpResponse:
    """The form for the body of ?body=, the actor's own unless it says otherwise."""
    actor: Actor = request.actor
    may = bodies(actor, RecommendationPermission.RAISE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts = posts_of(body.pk)
    scale = words_on(body.pk, Scale.Kind.PRIORITY, request.today)
    start = {
        "reference": next_reference(body.pk, "recommendation", first="REC001"),
        "source": Source.INTERNAL,
        "sensitivity": "office",
        "reported_on": request.today,
        "came_from": request.GET.get("came_from", "")[:60],
    }
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        posts=as_choices(posts),
        priorities=[step.word for step in scale.steps] if scale else [],
        today=request.today,
    )
    if request.method == "POST" and form.is_valid() and (made := _raised(request, form, body, posts)):
        messages.success(request, f"{made.record.reference} is recorded")
        return redirect(address(made))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else [], "scale": scale}
    return render(request, "recommendations/raise.html", context, status=422 if form.errors else 200)


def _raised(request: Request, form: RaiseForm, body: Organisation, posts: list[Post]) -> Recommendation | None:
    """The recommendation that the command made; None where it refused, which the form then says."""
    made: list[Recommendation] = []

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        chosen = {name: given[name] for name in COPIED} | {"came_from": _origin(request, given["came_from"], body)}
        new = commands.NewRecommendation(**chosen, owners=_owners(request, given, posts))
        made.append(commands.raise_recommendation(new, organisation=body, **by))

    return made[0] if saved(request, form, do) else None


def _origin(request: Request, reference: str, body: Organisation) -> Record | None:
    """The record that the form names, None where it names none. Raises Refused for one that the reader cannot see."""
    if not reference:
        return None
    try:
        return origin_named(reference, organisation=body.pk, actor=request.actor)
    except Record.DoesNotExist:
        said = "No audit, risk or other record that you can see has this reference: look it up with the search above"
        raise Refused("came_from", f"{said}, or leave this empty") from None
    except Record.MultipleObjectsReturned:
        said = "Several records have this reference: leave this empty, and link the one that you mean"
        raise Refused("came_from", said) from None


def _owners(request: Request, given: dict[str, Any], posts: list[Post]) -> list[commands.Owner]:
    """The owners that the form names, each with its first date; a date without a post is of one still to be named."""
    found = []
    for number in range(1, MOST_OWNERS + 1):
        post, text = post_named(posts, given[f"owner_{number}"]), given[f"due_{number}"].strip()
        if post is None and not text:
            continue
        dates = [commands.Due(text, rules.read_target(text, today=request.today))] if text else []
        found.append(commands.Owner(post, dates))
    return found
