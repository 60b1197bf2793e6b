"""The pages that lead to the end of a recommendation: update, proposal, panel, auditor, ending, reopening."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from candour.boards.queries import decisions_of
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.web.page import Request, page
from candour.recommendations import commands
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.forms import (
    DecideForm,
    EndForm,
    ProposeForm,
    ReopenForm,
    UpdateForm,
    VerifyForm,
    WithdrawForm,
)
from candour.recommendations.models import Assignment, Recommendation, Update
from candour.recommendations.queries.asked import last_said, owed_on, period_asked
from candour.recommendations.queries.one import owners_of, proposal_of
from candour.recommendations.views.changing import Begun, Verb, change, changes
from candour.recommendations.views.questions import new_date

BOTH = ("GET", "POST")


@page(May.UPDATE, methods=BOTH)
@changes(May.UPDATE, "update")
def update(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    """The four questions, begun with what stands; what was said last time is beside them.

    Who owes an answer to a cycle is led to the page of that: a draft is kept there, and the checks are said before it is
    sent. Where several answer for it, whose answer it is can be chosen.
    """
    if request.method == "GET" and (owed := owed_on(it, actor=request.actor, today=request.today)):
        return redirect("recommendation-answer", owed.pk)
    parts = owners_of(it)
    own = _own(request, parts)
    last = last_said(it, own.owner_id if own else None)
    form = _questions(it, begun, last, own=own, parts=parts)
    verb = Verb(
        f"{it.record.title}: what moved?",
        "Send your answer",
        (
            "Your answers stand on the recommendation as you write them, and go to the panel.",
            "A proposal to close goes to the panel, which agrees or sends it back.",
        ),
        "Your answer on {reference} is saved",
        template="recommendations/update.html",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        said = {name: given[name] for name in ("period", "achieved", "left", "barriers", "evidence")}
        part = answers(given)
        commands.record_update(
            it, by=part.owner if part else None, proposes_closure=given["closure"] == "yes", **said, **by
        )

    def answers(given: dict[str, Any]) -> Assignment | None:
        """The part of it for which this is the answer."""
        return next((part for part in parts if str(part.owner_id) == given.get("by")), own)

    def after(given: dict[str, Any]) -> str:
        part = answers(given)
        return new_date(request, it, part) if part and given["closure"] == "move" else ""

    owner = own.owner.title if own and own.owner else "the owner still to be named"
    more = {"last": last, "line": it.record.recommendation_line, "owner": "" if "by" in form.fields else owner}
    return change(request, it, verb, form, do, more=more, after=after)


def _own(request: Request, parts: list[Assignment]) -> Assignment | None:
    """The part of the reader's own post, else of the lead owner."""
    return next((part for part in parts if part.owner_id in request.actor.posts), parts[0] if parts else None)


def _questions(
    it: Recommendation, begun: Begun, last: Update | None, *, own: Assignment | None, parts: list[Assignment]
) -> UpdateForm:
    """The form, begun with what was said last, for the period that the open cycle asks about."""
    line, today = it.record.recommendation_line, begun["today"]
    now = f"it is on course for {say_date(line.due)}" if line.due and line.due >= today else "not yet"
    start = {"period": period_asked(it) or f"{MONTHS[today.month - 1]} {today.year}", "closure": "no"}
    start |= {"by": str(own.owner_id) if own else ""}
    start |= {name: getattr(last, name) for name in ("achieved", "left", "barriers")} if last else {}
    owners = [(part.owner_id, str(part.owner)) for part in parts if part.owner_id]
    return UpdateForm(**begun, initial=start, now=now, may_propose=bool(it.response), owners=owners)


@page(May.UPDATE, methods=BOTH)
@changes(May.UPDATE, "propose")
def propose(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    own = _own(request, owners_of(it))
    verb = Verb(
        "Propose to close it",
        "Propose it",
        ("The panel agrees, or sends it back with what it asks for.", "Until then it can be taken back."),
        "The closure of {reference} is proposed",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.propose_closure(it, case=given["case"], by=own.owner if own else None, **by)

    return change(request, it, verb, ProposeForm(**begun), do)


@page(May.UPDATE, methods=BOTH)
@changes(May.UPDATE, "withdraw")
def withdraw(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    verb = Verb(
        "Take the proposal back",
        "Take it back",
        ("It is open again, with its dates as they were.",),
        "The proposal to close {reference} is taken back",
        quote=_case(it),
    )
    return change(request, it, verb, WithdrawForm(**begun), lambda given, by: commands.withdraw_closure(it, **by))


@page(May.CLOSE, methods=BOTH)
@changes(May.CLOSE, "decide")
def decide(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    standing = decisions_of(it.record.organisation_id, actor=request.actor)
    verb = Verb(
        "Record what the panel decided",
        "Save the decision",
        (
            "The decision stands in the board’s record, and the recommendation points at it.",
            "One decision may close several: choose it again on each of them.",
            "Agreed: it is closed from the day of the meeting. Sent back: it is open, and its owner reads why.",
        ),
        "What the panel decided of {reference} is saved",
        quote=_case(it),
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        names = ("answer", "board", "met_on", "minute", "resolved")
        commands.decide_closure(it, **{name: given[name] for name in names}, **by)

    return change(request, it, verb, DecideForm(**begun, standing=standing), do)


@page(May.VERIFY, methods=BOTH)
@changes(May.VERIFY, "verify")
def verify(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    proposal = proposal_of(it)
    verb = Verb(
        "Record what the auditor found",
        "Save the finding",
        (
            "A finding of its own: the recommendation stays closed.",
            "If it was not implemented, reopening it is a decision to take next.",
        ),
        "What the auditor found of {reference} is saved",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.verify_closure(it, verdict=given["verdict"], effective=given["effective"], **by)

    start = {"verdict": proposal.verdict} if proposal and proposal.verdict else {}
    form = VerifyForm(**begun, earliest=proposal.answered_on if proposal else None, initial=start)
    return change(request, it, verb, form, do)


@page(May.CLOSE, methods=BOTH)
@changes(May.CLOSE, "end")
def end(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    verb = Verb(
        "End it without its being done",
        "End it",
        (
            "It leaves the open tracker today, and its record says how it ended and who agreed it.",
            "It is not counted as closed by the panel.",
            "It can be reopened.",
        ),
        "{reference} has ended",
    )
    return change(
        request, it, verb, EndForm(**begun), lambda given, by: commands.end(it, outcome=given["outcome"], **by)
    )


@page(May.CLOSE, methods=BOTH)
@changes(May.CLOSE, "reopen")
def reopen(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    verb = Verb(
        "Reopen it",
        "Reopen it",
        (
            "It is back in the open tracker today, with its dates as they were.",
            "One that was not accepted awaits a response again.",
        ),
        "{reference} is reopened",
    )
    return change(request, it, verb, ReopenForm(**begun), lambda given, by: commands.reopen(it, **by))


def _case(it: Recommendation) -> str:
    """The owner's case for closing it."""
    proposal = proposal_of(it)
    return proposal.case if proposal else ""
