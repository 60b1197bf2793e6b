"""Pages that a plan, an objective and an activity share: who sees it, what it is tied to, what good looks like, its history."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.history.access import HistoryPermission
from candour.kernel.records import commands as records
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm
from candour.kernel.records.history import told_page
from candour.kernel.records.kinds import kinds
from candour.kernel.records.models import Link, Record
from candour.kernel.records.queries import visible_records
from candour.kernel.records.sharing import WithWhom
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.plan import commands
from candour.plan.access import PlanPermission
from candour.plan.forms import LinkForm, RestrictForm, SuccessForm
from candour.plan.models import Success
from candour.plan.views.frame import address, change, found, opened, verb_of
from candour.plan.views.words import told

BOTH = ("GET", "POST")
OWN = frozenset({"plan", "objective", "activity"})  # what a plan is made of is tied together by the plan itself
HOW = "bears on"


@page(PlanPermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str, what: str) -> HttpResponse:
    record = found(request, what, organisation, reference).record
    begun = opened(request, record, PlanPermission.RESTRICT)
    form = RestrictForm(**begun, initial={"sensitivity": record.sensitivity})
    saving = (
        "It holds at once, for every list, count, search and paper.",
        "What is part of a plan is never seen by more than the plan is.",
    )
    verb = verb_of(record, "Change who may see it", "Save who may see it", saving, "Who may see {reference} is changed")
    return change(
        request,
        record,
        verb,
        form,
        lambda given, said: commands.restrict(record, sensitivity=given["sensitivity"], **said) and None,
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str, what: str) -> HttpResponse:
    record = found(request, what, organisation, reference).record
    begun = opened(request, record, RecordPermission.SHARE)
    offered = WithWhom.of(record)
    form = ShareForm(**begun, answers=offered.answers)
    saving = (
        "The other body sees this one record. What it is part of, and its parts, are shared one by one.",
        "When sharing stops, the other body no longer sees it, past days included.",
    )
    verb = verb_of(
        record, "Share it with another body", "Save who sees it", saving, "Sharing of {reference} is changed"
    )
    return change(request, record, verb, form, lambda given, said: offered.carry_out(given["answer"], **said))


@page(RecordPermission.LINK, methods=BOTH)
def link(request: Request, organisation: str, reference: str, what: str) -> HttpResponse:
    """Tie it to a measure, a risk, a recommendation, an agreement or a decision; or end such a tie."""
    record = found(request, what, organisation, reference).record
    begun = opened(request, record, RecordPermission.LINK)
    seen = visible_records(request.actor, "to__")
    links = list(Link.objects.filter(seen, record=record, ended=None).select_related("to", "record"))
    offered = [(each.name, each.label) for each in kinds() if each.name not in OWN]
    offered = [each for each in offered if request.actor.scope(_see(each[0]))]
    form = LinkForm(
        **begun, kinds=offered, standing=[(each.pk, f"{each.to.reference} {each.to.title}") for each in links]
    )
    saving = (
        "The two records lead to each other, for those who see both.",
        "It fills a gap of the plan: a measure that shows whether the objective is reached, a risk that could stop it.",
    )
    verb = verb_of(record, "Link it to another record", "Save the links", saving, "The links of {reference} are saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if given["reference"]:
            to = _named(request, record, given["kind"], given["reference"])
            records.link(record, to=to, how=HOW, **said)
        for each in links:
            if str(each.pk) in given.get("out", []):
                records.unlink(each, **said)

    return change(request, record, verb, form, do)


def _see(kind: str) -> str:
    return next(each.see for each in kinds() if each.name == kind)


def _named(request: Request, record: Record, kind: str, reference: str) -> Record:
    """The record of a reference, of the same body where several have it. A hidden one is refused like none."""
    rows = Record.objects.filter(visible_records(request.actor), kind=kind, reference__iexact=reference.strip())
    held = sorted(rows, key=lambda row: (row.organisation_id != record.organisation_id, row.pk))
    if not held:
        shown = reference.strip()[:60]
        raise Refused(
            "reference", f"‘{shown}’ is no such record that you can see: choose what it is, enter its reference"
        )
    return held[0]


@page(PlanPermission.MANAGE, methods=BOTH)
def success(request: Request, organisation: str, reference: str, what: str) -> HttpResponse:
    """What good looks like, agreed by somebody on a day, or to be agreed."""
    record = found(request, what, organisation, reference).record
    begun = opened(request, record, PlanPermission.MANAGE)
    standing = list(Success.objects.filter(record=record, removed_on=None).order_by("pk"))
    form = SuccessForm(**begun, standing=[(each.pk, each.text) for each in standing])
    saving = (
        "It stands on the page and in the delivery report, with who agreed it and when.",
        "Without who agreed it, it stands as still to be agreed.",
    )
    verb = verb_of(
        record, "Say what good looks like", "Save what good looks like", saving, "What good looks like is saved"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        for each in standing:
            if str(each.pk) in given.get("out", []):
                each.record = record
                commands.drop_success(each, **said)
        if given["text"]:
            names = {name: given[name] for name in ("text", "agreed_on", "agreed_by")}
            commands.agree_success(record, **names, **said)

    return change(request, record, verb, form, do)


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str, what: str) -> HttpResponse:
    """Every entry of one record, newest recorded first."""
    record = found(request, what, organisation, reference).record
    trail = [(reverse("plans"), "Plan"), (address(record), record.reference)]
    return told_page(request, record, tell=told, trail=trail)
