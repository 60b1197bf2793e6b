"""Raising a risk: one page, in one body, on that body's scale."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.queries import bodies, next_reference
from candour.kernel.scales.queries import scale_on
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import RaiseForm
from candour.risks.models import Level, Risk
from candour.risks.views.changing import saved
from candour.risks.views.frame import address


@page(RiskPermission.RAISE, methods=("GET", "POST"))
def raise_risk(request: Request) -> HttpResponse:
    """The form for the body of ?body=, the actor's own unless it says otherwise."""
    actor: Actor = request.actor
    may = bodies(actor, RiskPermission.RAISE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    scale = scale_on(body.pk, request.today)
    if scale is None:
        return render(request, "risks/raise_no_scale.html", {"body": body})
    posts = list(Post.objects.filter(organisation=body, ended=None))
    start = {
        "reference": next_reference(body.pk, "risk", first="R001"),
        "level": Level.STRATEGIC,
        "sensitivity": "office",
    }
    data = request.POST if request.method == "POST" else None
    form = RaiseForm(data, initial=start, matrix=scale.matrix(), posts=as_choices(posts), today=request.today)
    if request.method == "POST" and form.is_valid() and (raised := _raised(request, form, body, posts)):
        messages.success(request, f"{raised.record.reference} is recorded. Add its controls next")
        return redirect(address(raised))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else [], "matrix": scale.matrix()}
    return render(request, "risks/raise.html", context, status=422 if form.errors else 200)


def _raised(request: Request, form: RaiseForm, body: Organisation, posts: list[Post]) -> Risk | None:
    """The risk that the command made; None where it refused, which the form then says."""
    made: list[Risk] = []
    texts = (
        *("reference", "title", "level", "sensitivity", "source", "event", "effect"),
        *("context", "category", "response"),
    )

    def do(given: dict, by: dict) -> None:
        owner = post_named(posts, given["owner"])
        officer = post_named(posts, given["responsible_officer"]) or owner
        scores = {"impact": given["impact"], "likelihood": given["likelihood"]}
        chosen = {name: given[name] for name in texts}
        made.append(
            commands.raise_risk(organisation=body, owner=owner, responsible_officer=officer, **chosen, **scores, **by)
        )

    return made[0] if saved(request, form, do) else None
