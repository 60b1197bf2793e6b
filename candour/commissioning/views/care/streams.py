"""A funding stream of a year: its terms, what its agreements cost, and how it changes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import care as commands
from candour.commissioning.forms.care import StreamChangeForm
from candour.commissioning.models import FundingStream
from candour.commissioning.queries import AgreementFilter, page_of
from candour.commissioning.queries.care.streams import of_years, stream_at
from candour.commissioning.views.care.frame import BOTH, SIZE, first_of
from candour.commissioning.views.raising import asked, posted
from candour.kernel.access import allowed, require
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

MANAGE = CommissioningPermission.MANAGE


@page(CommissioningPermission.SEE, kept=True)
def stream(request: Request, number: int) -> HttpResponse:
    """Funder, ring-fence and conditions; its budget over the years; its agreements as the reader sees them."""
    it = _found(request, number)
    wanted = AgreementFilter(view="all", of=it.pk)
    shown = page_of(request.actor, wanted, today=request.today, sort="-value", offset=first_of(request), size=SIZE)
    years = of_years(request.actor, it)
    context = {
        "stream": it,
        "budget": rules.pounds(it.budget),
        "value": rules.pounds(shown.value),
        "left": rules.pounds(abs(it.budget - shown.value)),
        "over": shown.value > it.budget,
        "years": [
            (one, reverse("stream", args=[one.pk]), rules.pounds(one.budget), rules.pounds(one.value), one.pk == it.pk)
            for one in years
        ],
        "rows": [
            (row, reverse("agreement", args=[row.organisation_code, row.reference]), rules.STATE_TONES[row.state])
            for row in shown.rows
        ],
        "page": Page.read(request.GET, count=shown.total, size=SIZE),
        "may_manage": allowed(request.actor, MANAGE, Record(organisation=it.organisation)),
        "marking": marking_of(row.sensitivity for row in shown.rows),
    }
    return render(request, "commissioning/care/stream.html", context)


@page(MANAGE, methods=BOTH)
def change_stream(request: Request, number: int) -> HttpResponse:
    it = _found(request, number)
    require(request.actor, MANAGE, Record(organisation=it.organisation))
    start = {name: getattr(it, name) for name in ("name", "funder", "ring_fence", "conditions")}
    form = StreamChangeForm(posted(request), initial=start | {"budget": rules.plain(it.budget)}, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        budget = rules.pence(given["budget"]) or 0
        commands.change_stream(it, budget=budget, **{name: given[name] for name in start}, **said)

    saving = (
        "The register shows what its agreements cost against the new budget.",
        "What stood before stays in the history. Code and year stay, as references are made of them.",
    )
    home = reverse("stream", args=[it.pk])
    return asked(request, form, do, title="Change this stream", submit="Save the stream", saving=saving, home=home)


def _found(request: Request, number: int) -> FundingStream:
    """A stream of a body whose agreements the actor sees; Http404 alike for another body’s and one that never was."""
    it = stream_at(request.actor, number)
    if it is None:
        raise Http404
    return it
