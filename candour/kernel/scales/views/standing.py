"""The scales of each body: what is in force, what is to come, what was; one of them; calling one off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.people.models import Organisation
from candour.kernel.scales import commands
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.forms import WhyForm
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scales_of, told_of
from candour.kernel.scales.views.frame import EVENTS, bodies, body_at, may_manage, picture, posted
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

POSTS = ("GET", "POST")


@page(ScalePermission.SEE)
def scales(request: Request) -> HttpResponse:
    """Every body that the actor reads, with its scale in force and the way to the others."""
    shown = [
        {
            "of": of,
            "picture": picture(of.current.matrix()) if of.current else None,
            "may_manage": may_manage(request.actor, of.body),
        }
        for of in scales_of(bodies(request.actor), request.today)
    ]
    return render(request, "scales/scales.html", {"shown": shown})


@page(ScalePermission.SEE)
def scale(request: Request, body: str, number: int) -> HttpResponse:
    """One scale as it is or was: its picture, words, descriptions, bands, intervals, and what happened to it."""
    owner = body_at(request, body)
    found = _scale(owner, number)
    context = {
        "scale": found,
        "body": owner,
        "picture": picture(found.matrix()),
        "told": [(EVENTS.get(event.event, event.event), event) for event in told_of(found)],
        "in_force": found.in_force(request.today),
        "to_come": found.to_come(request.today),
        "may_manage": may_manage(request.actor, owner),
    }
    return render(request, "scales/scale.html", context)


@page(ScalePermission.MANAGE, methods=POSTS)
def call_off(request: Request, body: str, number: int) -> HttpResponse:
    """A scale that is to come in force later does not."""
    owner = body_at(request, body, manage=True)
    found = _scale(owner, number)
    require(request.actor, ScalePermission.MANAGE, found)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.call_off(found, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"{found.name} is called off")
            return redirect("scales")
    context = {
        "form": form,
        "body": owner,
        "title": f"Call off {found.name}",
        "submit": "Call it off",
        "saving": ["It does not come in force. The scale before it goes on.", "Its page and the reason are kept."],
    }
    return render(request, "scales/ask.html", context, status=422 if form.errors else 200)


def _scale(body: Organisation, number: int) -> Scale:
    found = Scale.objects.filter(organisation=body, kind=Scale.Kind.MATRIX, pk=number).first()
    if found is None:
        raise Http404
    return found
