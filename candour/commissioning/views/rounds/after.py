"""Pages of what comes after a decision: the announcement, letters, agreements, appeals."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.forms.rounds import AgreementForm, AppealAnswerForm, AppealForm, ConditionsForm, PlainForm
from candour.commissioning.models import Appeal
from candour.commissioning.papers.rounds.kind import gather
from candour.commissioning.papers.rounds.letters import letter_of
from candour.commissioning.papers.rounds.report import report
from candour.commissioning.queries.rounds import limit_of
from candour.commissioning.queries.rounds.letters import letter_facts
from candour.commissioning.views.rounds.frame import (
    address,
    change,
    found_application,
    found_round,
    opened,
    verb,
)
from candour.kernel.access import require
from candour.kernel.papers.document import Document
from candour.kernel.papers.render import CONTENT_TYPES
from candour.kernel.papers.render import render as rendered
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = May.MANAGE


@page(MANAGE, methods=BOTH)
def announce(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_round(request, organisation, reference)
    form = PlainForm(**opened(request, it, MANAGE), label="Note", hint="Such as how the letters went out")
    page = verb(
        it,
        "Announce the awards",
        "Announce them",
        (
            "Do this once every letter is sent: each is on the page of its application, as Word and PDF.",
            "Everybody who sees the round then reads who is awarded what. Scores and refusals stay as they are.",
            "Awards can become agreements.",
        ),
        f"The awards of {it.record.reference} are announced",
    )
    return change(request, it, page, form, lambda given, said: commands.announce(it, **said))


@page(MANAGE, methods=BOTH)
def conditions(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Say what one award depends on."""
    it = found_application(request, organisation, reference)
    form = ConditionsForm(**opened(request, it, MANAGE), initial={"conditions": it.conditions})
    page = verb(
        it,
        "Set conditions of this award",
        "Save the conditions",
        ("They stand in the letter and in the agreement, after those of every award.",),
        f"The conditions of {it.record.reference} are saved",
    )
    return change(
        request, it, page, form, lambda given, said: commands.set_conditions(it, conditions=given["conditions"], **said)
    )


@page(MANAGE, limit="papers")
def letter(request: Request, organisation: str, reference: str, ending: str) -> HttpResponse:
    """The letter to one applicant as Word or PDF; before the decision there is none, and the page says so."""
    it = found_application(request, organisation, reference)
    require(request.actor, MANAGE, it.record)
    facts = letter_facts(it)
    if facts is None:
        return render(request, "commissioning/rounds/no_letter.html", {"application": it, "home": address(it)})
    return _file(letter_of(facts), ending, f"letter-{it.record.reference}")


@page(May.APPLICATIONS, limit="papers")
def report_file(request: Request, organisation: str, reference: str, ending: str) -> HttpResponse:
    """The audit trail of one round as Word or PDF; before the decision there is none, and the page says so."""
    it = found_round(request, organisation, reference)
    require(request.actor, May.APPLICATIONS, it.record)
    home = address(it)
    if it.decided_on is None:
        return render(request, "commissioning/rounds/no_report.html", {"round": it, "home": home})
    stock = gather(
        request.actor,
        organisation=it.record.organisation,
        as_at=request.today,
        since=request.today,
        at=request.now,
        only=it.pk,
    )
    return _file(report(stock, "panel"), ending, f"report-{it.record.reference}")


def _file(document: Document, ending: str, name: str) -> HttpResponse:
    suffix = f".{ending}"
    try:
        content = rendered(document, suffix)
    except PaperFailed as failed:
        return HttpResponse(str(failed), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    plain = "".join(sign if sign.isalnum() else "-" for sign in name)
    response["Content-Disposition"] = f'attachment; filename="{plain}{suffix}"'
    return response


@page(MANAGE, methods=BOTH)
def agreement(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Raise the agreement of an award."""
    it = found_application(request, organisation, reference)
    start = {"service": it.record.title[:120], "instalments": 2, "reason": f"Awarded in {it.round.record.reference}"}
    form = AgreementForm(**opened(request, it, MANAGE), initial=start)
    page = verb(
        it,
        "Raise its agreement",
        "Raise the agreement",
        (
            f"A grant of {of_agreements.pounds(it.award)} from {it.round.stream}, led by the lead of the round.",
            "Conditions of the award stand in its specification, instalments in its management plan.",
            "An instalment is paid once the gate of the agreement is passed, like any order.",
            "The applicant becomes a provider unless one of that name is there.",
        ),
        "The agreement is raised. Mend what its health check names next",
    )
    names = ("service", "area", "starts", "ends", "instalments")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.make_agreement(it, **{name: given[name] for name in names}, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def appeal(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Record an appeal, or a mistake of the office."""
    it = found_application(request, organisation, reference)
    form = AppealForm(**opened(request, it, MANAGE), initial={"kind": "appeal", "on": request.today})
    page = verb(
        it,
        "Record an appeal or a mistake",
        "Record it",
        ("What was decided stays in the history.", "Who decides rounds answers it, with a reason."),
        f"It is recorded on {it.record.reference}",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.receive_appeal(it, on=given["on"], correction=given["kind"] == "correction", **said)

    return change(request, it, page, form, do)


@page(May.DECIDE, methods=BOTH)
def answer(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Answer the appeal that waits longest; the page says so where none waits."""
    it = found_application(request, organisation, reference)
    begun = opened(request, it, May.DECIDE)
    waiting = Appeal.objects.filter(application=it, answered_on=None).order_by("pk").first()
    if waiting is None:
        return render(request, "commissioning/rounds/no_appeal.html", {"application": it, "home": address(it)})
    waiting.application = it
    form = AppealAnswerForm(**begun)
    limit = limit_of(request.actor, it.round, request.today)
    page = verb(
        it,
        "Answer it",
        "Save the answer",
        (
            f"The grounds: {waiting.grounds}",
            *([f"Your post awards up to {of_agreements.pounds(limit)} by itself."] if limit is not None else []),
            "Award and outcome change from today; what they were before stays in the history.",
        ),
        f"The answer on {it.record.reference} is saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        after = of_agreements.pence(given["after"]) if given["after"] is not None else None
        commands.answer_appeal(waiting, upheld=given["upheld"] == "yes", after=after, **said)

    return change(request, it, page, form, do)
