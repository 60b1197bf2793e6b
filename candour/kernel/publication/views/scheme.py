"""The publication scheme as the office keeps it: its rows, who sees to each, and what is late."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import allowed
from candour.kernel.papers.kinds import paper_kinds
from candour.kernel.people.models import Organisation
from candour.kernel.people.queries import posts_of
from candour.kernel.publication import commands
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.forms import DutyForm, EndForm
from candour.kernel.publication.models import Duty
from candour.kernel.publication.queries import bodies_of
from candour.kernel.publication.queries import scheme as rows_of
from candour.kernel.publication.sources import sources
from candour.kernel.publication.views.public import TONES, public_address
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(PublicationPermission.PUBLISH)
def scheme(request: Request) -> HttpResponse:
    """The duties of the bodies for which one publishes, with how each stands."""
    bodies = {body.pk for body in bodies_of(request.actor)}
    rows = [row for row in rows_of(today=request.today) if row.duty.organisation_id in bodies]
    found = [(row, TONES[row.standing.state], public_address(row.last) if row.last else "") for row in rows]
    late = sum(row.standing.state == "Late" for row in rows)
    may_keep = allowed(request.actor, PublicationPermission.KEEP)
    return render(request, "publication/scheme.html", {"rows": found, "late": late, "may_keep": may_keep})


@page(PublicationPermission.KEEP, methods=BOTH)
def add_duty(request: Request) -> HttpResponse:
    """A new duty of the actor's own body."""
    body = Organisation.objects.filter(pk=request.actor.organisation or 0).first()
    if body is None or not allowed(request.actor, PublicationPermission.KEEP, Record(organisation=body)):
        raise Http404
    posts = posts_of(body.pk)
    form = DutyForm(
        request.POST if request.method == "POST" else None,
        initial={"months": 12},
        posts=as_choices(posts),
        fulfils=fulfils(),
        changing=False,
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            given = dict(form.cleaned_data)
            owner = post_named(posts, given.pop("owner"))
            commands.take_on_duty(
                organisation=body, owner=owner, starts=request.today, actor=request.actor, at=request.now, **given
            )

        if carried_out(form, act):
            messages.success(request, "It stands in the scheme")
            return redirect("scheme")
    return render(request, "publication/duty.html", {"form": form, "title": "Add a duty"}, status=_status(form))


@page(PublicationPermission.KEEP, methods=BOTH)
def change_duty(request: Request, number: int) -> HttpResponse:
    duty = _found(request, number)
    posts = posts_of(duty.organisation_id, duty.owner)
    start = {"law": duty.law, "months": duty.months, "fulfilled_by": duty.fulfilled_by, "owner": duty.owner_id}
    form = DutyForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        posts=as_choices(posts),
        fulfils=fulfils(),
        changing=True,
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            given = dict(form.cleaned_data)
            owner = post_named(posts, given.pop("owner"))
            commands.change_duty(duty, owner=owner, **given, actor=request.actor, at=request.now)

        if carried_out(form, act):
            messages.success(request, f"‘{duty.title}’ is changed")
            return redirect("scheme")
    context = {"form": form, "title": f"Change ‘{duty.title}’", "duty": duty}
    return render(request, "publication/duty.html", context, status=_status(form))


@page(PublicationPermission.KEEP, methods=BOTH)
def end_duty(request: Request, number: int) -> HttpResponse:
    duty = _found(request, number)
    form = EndForm(request.POST if request.method == "POST" else None, today=request.today)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.end_duty(duty, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"‘{duty.title}’ has ended")
            return redirect("scheme")
    context = {"form": form, "title": f"End ‘{duty.title}’", "duty": duty}
    return render(request, "publication/duty.html", context, status=_status(form))


def fulfils() -> list[tuple[str, str]]:
    """What may fulfil a duty: everything of a source, or one kind of paper."""
    found = [(source.name, source.plural) for source in sources() if source.name != "paper"]
    found += [
        (f"{source.name}/{part}", f"{source.word}: {words}") for source in sources() for part, words in source.parts
    ]
    return [*found, *((f"paper/{kind.name}", f"Paper: {kind.label}") for kind in paper_kinds())]


def _found(request: Request, number: int) -> Duty:
    duty = Duty.objects.filter(pk=number, ended_on=None).select_related("organisation", "owner").first()
    if duty is None or not allowed(request.actor, PublicationPermission.KEEP, Record(organisation=duty.organisation)):
        raise Http404
    return duty


def _status(form: DutyForm | EndForm) -> int:
    return 422 if form.errors else 200
