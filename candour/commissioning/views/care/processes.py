"""Pages of processes: the steps of each kind of agreement, and the next version of one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import care as commands
from candour.commissioning.forms.care import ProcessForm
from candour.commissioning.models import Process
from candour.commissioning.queries.care import steps as queries
from candour.commissioning.views.care.frame import BOTH
from candour.commissioning.views.raising import asked, body_of, posted
from candour.kernel.access import allowed
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import Record
from candour.kernel.web.page import Request, page

MANAGE = CommissioningPermission.MANAGE


@dataclass(frozen=True)
class Shown:
    """The version of a kind’s steps in use. whole: working days of all of them. href: where the next version is set."""

    process: Process
    kind: str
    steps: list[queries.Planned]
    whole: int
    href: str


@page(CommissioningPermission.SEE, kept=True)
def processes(request: Request) -> HttpResponse:
    """The steps of each kind of agreement."""
    found = queries.processes(request.actor)
    shown = [
        Shown(one, rules.KINDS[one.kind], steps, sum(days for _, days, _, _ in steps), _set(request, one))
        for one, steps in found
    ]
    may = allowed(request.actor, MANAGE)
    offered = [(name, f"{reverse('process-set')}?kind={name}") for name in rules.KINDS] if may else []
    context = {
        "processes": shown,
        "bodies": len({one.organisation_id for one, _ in found}),
        "offered": [(rules.KINDS[name], href) for name, href in offered],
        "may_manage": may,
    }
    return render(request, "commissioning/care/processes.html", context)


def _set(request: Request, one: Process) -> str:
    if not allowed(request.actor, MANAGE, Record(organisation=one.organisation)):
        return ""
    return f"{reverse('process-set')}?kind={one.kind}&body={one.organisation.code}"


@page(MANAGE, methods=BOTH)
def process_set(request: Request) -> HttpResponse:
    """The next version of the steps of ?kind=, from those in use."""
    _, body = body_of(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in rules.KINDS else next(iter(rules.KINDS))
    before = queries.process_on(body.pk, kind, request.today)
    form = ProcessForm(
        posted(request),
        initial={"starts": request.today},
        standing=queries.steps_in(before),
        posts=posts_of(body.pk),
        today=request.today,
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.set_process(organisation=body, kind=kind, starts=given["starts"], steps=form.steps, **said)

    version = before.version + 1 if before else 1
    saving = (
        f"It becomes version {version}. Agreements whose steps have begun keep the version that they began on.",
        "Days are working days after the step before.",
        "What must be there is looked at when the step is recorded as done.",
        "What ends when counts back over these days to say when work must begin.",
    )
    return asked(
        request, form, do,
        title=f"Set the steps: {rules.KINDS[kind].lower()}", submit="Save the steps", saving=saving,
        home=reverse("processes"), template="commissioning/care/process.html",
    )  # fmt: skip
