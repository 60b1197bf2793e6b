"""Scales of words: the opinions and priorities of each auditor, with their definitions, and bringing one in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import allowed
from candour.kernel.people.models import Organisation
from candour.kernel.scales import commands
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.commands import OTHERS
from candour.kernel.scales.forms import WordScaleForm
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales_of
from candour.kernel.scales.views.frame import bodies, may_manage, posted
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page


def owners_of(request: Request, *, manage: bool) -> list[Organisation]:
    """Whose scales of words an actor reads, or brings in: those of auditors, inspectorates and their own bodies."""
    own = [each for each in bodies(request.actor) if not manage or may_manage(request.actor, each)]
    return [*Organisation.objects.filter(kind__in=OTHERS).order_by("name"), *own]


@page(ScalePermission.SEE)
def words(request: Request) -> HttpResponse:
    """Every scale of words, by whose it is; the one in force first."""
    shown = [each for each in word_scales_of(owners_of(request, manage=False), request.today) if each.scales]
    may = allowed(request.actor, ScalePermission.MANAGE)
    return render(request, "scales/word_scales.html", {"shown": shown, "may_manage": may})


@page(ScalePermission.MANAGE, methods=("GET", "POST"))
def new_words(request: Request) -> HttpResponse:
    """A scale of words comes in force from a day; the one before it ends the day before."""
    form = WordScaleForm(
        posted(request),
        owners=owners_of(request, manage=True),
        initial={"kind": Scale.Kind.OPINION, "starts": request.today},
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            commands.bring_in_words(
                form.words,
                kind=given["kind"],
                organisation=form.owners[given["owner"]],
                starts=given["starts"],
                actor=request.actor,
                at=request.now,
                reason=given["reason"],
            )

        if carried_out(form, act):
            messages.success(request, f"{given['name']} is brought in")
            return redirect("word-scales")
    return render(request, "scales/word_scale_new.html", {"form": form}, status=422 if form.errors else 200)
