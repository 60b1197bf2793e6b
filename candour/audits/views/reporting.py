"""Pages of what happened: a stage reached, the report issued, the survey answered."""

from typing import Any

from django.http import HttpResponse

from candour.audits import commands
from candour.audits.access import AuditPermission
from candour.audits.forms import ReportForm, StageForm, SurveyForm
from candour.audits.forms.reporting import ADVISORY
from candour.audits.models import Stage
from candour.audits.rules import STAGES
from candour.audits.views.changing import change, opened, verb_of
from candour.audits.views.frame import found
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(AuditPermission.RECORD, methods=BOTH)
def record_stage(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it.record, AuditPermission.RECORD)
    stages = {stage.which: stage.actual for stage in Stage.objects.filter(audit=it)}
    recorded = {which: stages[which] for which in STAGES if which != "final" or stages["final"]}
    coming = next((which for which, day in recorded.items() if day is None), "")
    asked = request.GET.get("stage", "")
    start = {"stage": asked if asked in recorded else coming, "on": recorded.get(asked) or request.today}
    form = StageForm(**begun, recorded=recorded, initial=start)
    verb = verb_of(
        it,
        "Record a stage date",
        "Save the date",
        (
            "The audit stands at this stage from that day.",
            "The planned date stays beside it, and the auditor’s measures are worked out from it.",
            "The final report is recorded with its opinion, on a page of its own.",
        ),
        "The stage of {reference} is recorded",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.record_stage(it, stage=given["stage"], on=given["on"], **said)

    return change(request, it, verb, form, do)


@page(AuditPermission.RECORD, methods=BOTH)
def issue_report(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The opinions offered are those of the auditor's scale today; the command reads the one of the report's day."""
    it = found(request, organisation, reference)
    begun = opened(request, it.record, AuditPermission.RECORD)
    final = Stage.objects.get(audit=it, which="final").actual
    words = words_on(it.provider_id, Scale.Kind.OPINION, final or request.today)
    start = {"on": final or request.today, "opinion": str(it.opinion or "")}
    form = ReportForm(**begun, words=words, initial=start | ({"opinion": ADVISORY} if it.advisory else {}))
    verb = verb_of(
        it,
        "Issue the report with its opinion",
        "Record the report",
        (
            "The audit is final from that day.",
            "The opinion is read on the auditor’s scale of that day for ever, whatever scale comes later.",
            f"{it.provider} has no scale of opinions yet: bring one in under Scales, or record an advisory report."
            if words is None
            else f"Opinions: {words.name}.",
        ),
        "The report of {reference} is recorded",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.issue_report(it, on=given["on"], opinion=form.opinion_given, **said)

    return change(request, it, verb, form, do)


@page(AuditPermission.RECORD, methods=BOTH)
def survey(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    start = {"satisfaction": it.satisfaction, "on": it.answered_on or request.today}
    form = SurveyForm(**opened(request, it.record, AuditPermission.RECORD), initial=start)
    verb = verb_of(
        it,
        "Record the survey’s answer",
        "Save the answer",
        ("Satisfactory and better count as satisfied in the auditor’s measures.",),
        "The survey of {reference} is answered",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.answer_survey(it, satisfaction=int(given["satisfaction"]), on=given["on"], **said)

    return change(request, it, verb, form, do)
