"""Meetings with the provider of an agreement, issues, performance notices, and the risks that it is linked to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning.commands import follow as commands
from candour.commissioning.forms.follow import (
    IssueForm,
    MeetingForm,
    NoticeForm,
    NoticeStepForm,
    ResolveForm,
    RiskForm,
)
from candour.commissioning.models import Agreement, Issue, PerformanceNotice
from candour.commissioning.queries.follow import followed_then, issues_of, meetings_of, notices_of, risk_named
from candour.commissioning.views.changing import change, opened
from candour.commissioning.views.follow.frame import BOTH, MANAGE, SEE, chosen, framed, not_then, posts_for, verb_on
from candour.commissioning.views.frame import found
from candour.kernel.access import allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.calendar import say_date
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.commands import link
from candour.kernel.records.queries import links_of
from candour.kernel.rules import Refused
from candour.kernel.web.asat import as_at_of
from candour.kernel.web.page import Request, page

HERE = "agreement-meetings"
verb = verb_on(HERE)
LINK = RecordPermission.LINK
ISSUE_TONES = {"Late": "red", "Open": "amber", "Resolved": "green"}
SEVERITY_TONES = {"low": "line", "medium": "blue", "high": "amber", "critical": "red"}
NOTICE_TONES = {"Answer late": "red", "Waits for an answer": "amber", "Answered": "blue", "Settled": "green"}


@page(SEE)
def agreement_meetings(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Meetings, issues, notices, actions and linked records of one agreement."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    actor, today = request.actor, request.today
    then = followed_then(it, actor=actor, day=as_at.day) if as_at.day else None
    if as_at.day and then is None:
        return not_then(request, it, as_at)
    notices = then.notices if then else notices_of(it, today=today)
    issues = then.issues if then else issues_of(it, today=today)
    context = (
        framed(request, it, HERE, as_at, then)
        | {
            "meetings": then.meetings if then else meetings_of(it),
            "issues": [(row, ISSUE_TONES[row.state], SEVERITY_TONES[row.severity]) for row in issues],
            "notices": [(row, NOTICE_TONES[row.state]) for row in notices],
            "open_notices": any(row.settled_on is None for row in notices),
            "actions": None,
            "links": [],
            "may_link": False,
        }
        | ({} if then else _attached(request, it))
    )
    context["open_issues"] = any(row.resolved_on is None for row, _, _ in context["issues"])
    return render(request, "commissioning/follow/meetings.html", context)


def _attached(request: Request, it: Agreement) -> dict[str, Any]:
    """The actions on it and what it is linked to, today."""
    actor, today = request.actor, request.today
    return {
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "links": links_of(it.record, actor=actor),
        "may_link": allowed(actor, LINK, it.record),
    }


@page(MANAGE, methods=BOTH)
def hold_meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = MeetingForm(**opened(request, it, MANAGE), initial={"on": request.today})
    saving = ("Add what was agreed to be done as actions, each with its post and its day.",)
    page = verb(it, "Record a meeting", "Save the meeting", saving, "The meeting about {reference} is saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("on", "present", "notes", "next_on")}
        commands.hold_meeting(it, **names, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def raise_issue(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    start = {"on": request.today, "owner": it.record.owner_id}
    form = IssueForm(**opened(request, it, MANAGE), initial=start, posts=posts_for(it))
    saving = ("It stands in the log until it is resolved, and is late after its day.",)
    page = verb(it, "Log an issue", "Save the issue", saving, "The issue of {reference} is logged")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("on", "text", "severity", "due")}
        owner = chosen(posts_of(it.record.organisation_id), given["owner"])
        commands.raise_issue(it, owner=owner, **names, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def resolve_issue(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = list(
        Issue.objects.filter(agreement=it, resolved_on=None).select_related("agreement__record").order_by("due")
    )
    words = [(row.pk, f"{row.text[:80]}, by {say_date(row.due)}") for row in rows]
    start = {"on": request.today, "issue": request.GET.get("row") or (str(rows[0].pk) if rows else "")}
    form = ResolveForm(**begun, initial=start, rows=words)
    saving = ("How it was resolved stands beside it.",)
    page = verb(it, "Resolve an issue", "Resolve the issue", saving, "The issue of {reference} is resolved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.resolve_issue(chosen(rows, given["issue"]), on=given["on"], **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def give_notice(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = NoticeForm(**opened(request, it, MANAGE), initial={"on": request.today, "breach": "no"})
    page = verb(
        it, "Record a performance notice", "Save the notice",
        (
            "It is late once the day of its answer has passed.",
            "A breach shows the day by which it is published: 30 days after it, Procurement Act 2023, section 71.",
        ),
        "The notice about {reference} is saved",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("on", "about", "response_due")}
        commands.give_notice(it, breach=given["breach"] == "yes", **names, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def step_notice(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The provider answered, the breach was published, or the notice is settled."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = list(PerformanceNotice.objects.filter(agreement=it, settled_on=None).select_related("agreement__record"))
    words = [(row.pk, f"{say_date(row.on)}: {row.about[:80]}") for row in rows]
    start = {"on": request.today, "notice": request.GET.get("row") or (str(rows[0].pk) if rows else "")}
    form = NoticeStepForm(**begun, initial=start, rows=words)
    saving = ("A breach is settled once it is recorded when it was published.",)
    page = verb(
        it, "Record what came of a notice", "Save what came of it", saving, "The notice about {reference} is recorded"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        act = {
            "answered": commands.answer_notice, "published": commands.publish_notice, "settled": commands.settle_notice,
        }[given["what"]]  # fmt: skip
        act(chosen(rows, given["notice"]), on=given["on"], **said)  # type: ignore[operator]

    return change(request, it, page, form, do)


@page(LINK, methods=BOTH)
def link_risk(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Link the agreement to a risk of the register."""
    it = found(request, organisation, reference)
    form = RiskForm(**opened(request, it, LINK))
    saving = ("Each shows the other, to those who may see both.",)
    page = verb(it, "Link a risk", "Link the risk", saving, "{reference} is linked to the risk")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        risk = risk_named(it, given["reference"], actor=request.actor)
        if risk is None:
            raise Refused("reference", "No risk of this body has that reference: look it up in the register")
        link(it.record, to=risk, how="bears on", **said)

    return change(request, it, page, form, do)
