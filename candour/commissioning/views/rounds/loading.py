"""The workbook of a round: taken away, and brought back in two steps: shown, then saved."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.commands.rounds import NewApplication
from candour.commissioning.commands.rounds.receiving import check
from candour.commissioning.forms.rounds import LoadForm
from candour.commissioning.intake.rounds import Fault, NotOurs, Returned, returned
from candour.commissioning.models import Question, Round
from candour.commissioning.papers.rounds.workbook import HIDDEN, SHEET, Asked, Line, workbook
from candour.commissioning.queries.rounds import questions_of
from candour.commissioning.queries.rounds.applications import written_lines
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.frame import COMMERCIAL, address, found_round, opened
from candour.kernel.access import require
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.rules import Refused
from candour.kernel.web.context import sensitive
from candour.kernel.web.page import Request, page

SALT = "candour.rounds.load"
DOOR = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(it: Round) -> list[Asked]:
    return [
        Asked(one.number, one.text, one.kind, one.most_words)
        for one in questions_of(it)
        if one.kind != Question.Kind.FILE
    ]


def _lines(request: Request, it: Round) -> list[Line]:
    return [Line(**vars(one)) for one in written_lines(request.actor, it)]


@page(May.MANAGE, limit="papers")
def download(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The workbook of a round: what is there already, locked, and open rows beneath."""
    it = found_round(request, organisation, reference)
    require(request.actor, May.MANAGE, it.record)
    content = workbook(it.record.reference, it.record.title, _asked(it), _lines(request, it))
    response = HttpResponse(content, content_type=DOOR)
    name = "".join(sign if sign.isalnum() else "-" for sign in it.record.reference)
    response["Content-Disposition"] = f'attachment; filename="applications-{name}.xlsx"'
    return response


@page(May.MANAGE, methods=("GET", "POST"))
def load(request: Request, organisation: str, reference: str) -> HttpResponse:
    """GET asks for the file; POST of a file shows what it holds; POST of what was shown saves it, all or none."""
    it = found_round(request, organisation, reference)
    begun = opened(request, it, May.MANAGE)
    context: dict[str, Any] = {"round": it, "home": address(it), "marking": sensitive(COMMERCIAL)}
    if request.method == "POST" and "carried" in request.POST:
        return _save(request, it, context)
    form = LoadForm(**begun)
    found: Returned | None = None
    if request.method == "POST" and form.is_valid():
        file, asked = form.cleaned_data["workbook"], _asked(it)
        try:
            document = read_document(file.read(), file.name, sheets=(SHEET, HIDDEN))
            found = returned(
                document,
                round_reference=it.record.reference,
                questions=asked,
                lines=_lines(request, it),
                today=request.today,
            )
        except (UnreadableFile, NotOurs) as error:
            form.add_error("workbook", str(error))
    if found is None:
        return render(
            request, "commissioning/rounds/load.html", context | {"form": form}, status=422 if form.errors else 200
        )
    return render(request, "commissioning/rounds/loaded.html", context | _shown(request, it, found))


def _shown(request: Request, it: Round, found: Returned) -> dict[str, Any]:
    questions = {each.number: each for each in questions_of(it)}
    faults = list(found.faults)
    for number, new in found.new:
        try:
            check(it, new, questions, today=request.today)
        except Refused as wrong:
            faults.append(Fault(number, wrong.message))
    rows = [_packed(new) for _, new in found.new]
    return {
        "new": [
            {
                "row": number,
                "it": new,
                "asked": of_agreements.pounds(new.asked),
                "late": rules.late(new.received_on, it.closes),
            }
            for number, new in found.new
        ],
        "there": found.there,
        "faults": sorted(faults, key=lambda one: one.row),
        "carried": "" if faults else signing.dumps([it.pk, rows], salt=_salt(request), compress=True),
    }


def _salt(request: Request) -> str:
    return f"{SALT}.{request.actor.kind}.{request.actor.id}"


def _packed(new: NewApplication) -> list[Any]:
    answers = [[number, said] for number, said in sorted(new.answers.items())]
    return [new.title, new.applicant, new.email, new.asked, new.received_on.isoformat(), answers]


def _save(request: Request, it: Round, context: dict[str, Any]) -> HttpResponse:
    try:
        pk, rows = signing.loads(request.POST["carried"], salt=_salt(request))
    except signing.BadSignature:
        pk, rows = None, []
    form = LoadForm(None, today=request.today)
    if pk != it.pk:
        messages.error(request, "What was read of the workbook did not come back whole. Choose the file again")
        return render(request, "commissioning/rounds/load.html", context | {"form": form}, status=422)
    found = [
        NewApplication(
            title=title,
            applicant=applicant,
            email=email,
            asked=asked,
            received_on=date.fromisoformat(received),
            answers={int(number): said for number, said in answers},
        )
        for title, applicant, email, asked, received, answers in rows
    ]
    there = {(one.applicant, one.title) for one in written_lines(request.actor, it)}
    found = [one for one in found if (" ".join(one.applicant.split()), " ".join(one.title.split())) not in there]
    try:
        made = commands.receive_many(it, found=found, actor=request.actor, at=request.now) if found else []
    except Refused as refused:
        messages.error(request, f"Nothing is saved. {refused.message}")
        return render(request, "commissioning/rounds/load.html", context | {"form": form}, status=422)
    messages.success(request, f"{len(made)} {'application is' if len(made) == 1 else 'applications are'} entered")
    return redirect(address(it, "round-applications"))
