"""How a recommendation ends: the panel decides, the auditor verifies, the risk is accepted, it is superseded; and reopening."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.boards.commands import record_decision
from candour.boards.models import Decision
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.stages import need_proposal, need_stage
from candour.recommendations.models import Closure, Outcome, Recommendation, Response
from candour.recommendations.queries.one import proposal_of

ENDINGS = (Outcome.RISK_ACCEPTED.value, Outcome.SUPERSEDED.value)


def decide_closure(
    recommendation: Recommendation,
    *,
    answer: str,
    board: str,
    met_on: date,
    minute: str,
    resolved: str,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Closure:
    """What a board decided of a proposed closure: agreed, and it closes that day; or sent back, with what is asked.

    The decision is recorded in the same transaction, or is the one recorded already under that minute. Raises Refused for
    an answer that is neither, and for a meeting before the proposal.
    """
    proposal, why = _answerable(recommendation, answer, met_on, reason, actor)
    with transaction.atomic():
        held: dict[str, Any] = {"board": board, "met_on": met_on, "minute": minute, "resolved": resolved}
        decision = record_decision(organisation=recommendation.record.organisation, actor=actor, at=at, **held)
        _answer(recommendation, proposal, decision, answer=answer, why=why, said={"actor": actor, "at": at})
    return proposal


def answer_closure(
    recommendation: Recommendation, *, answer: str, decision: Decision, actor: Actor, at: datetime, reason: str
) -> Closure:
    """The same by a decision that is recorded already: one of a meeting that was held here.

    Raises Refused as decide_closure does, and for a decision of another body.
    """
    proposal, why = _answerable(recommendation, answer, decision.met_on, reason, actor)
    if decision.organisation_id != recommendation.record.organisation_id:
        raise Refused("answer", "That decision is another body’s")
    _answer(recommendation, proposal, decision, answer=answer, why=why, said={"actor": actor, "at": at})
    return proposal


def _answerable(
    recommendation: Recommendation, answer: str, met_on: date, reason: str, actor: Actor
) -> tuple[Closure, str]:
    """The proposal that a board may answer, and why it does. Raises Refused."""
    require(actor, RecommendationPermission.CLOSE, recommendation.record)
    need_stage("decide", recommendation, "answer")
    if answer not in Closure.Answer.values:
        raise Refused("answer", "Choose what the board decided")
    agreed = answer == Closure.Answer.AGREED
    why = need_reason(reason, "Say why it was agreed" if agreed else "Say what the board asks for before it will agree")
    proposal = need_proposal(recommendation)
    if met_on < proposal.proposed_on:
        raise Refused("met_on", f"It was proposed on {say_date(proposal.proposed_on)}: enter a meeting on or after it")
    return proposal, why


def _answer(
    recommendation: Recommendation,
    proposal: Closure,
    decision: Decision,
    *,
    answer: str,
    why: str,
    said: dict[str, Any],
) -> None:
    record, day, agreed = recommendation.record, decision.met_on, answer == Closure.Answer.AGREED
    event = "recommendation.closed" if agreed else "recommendation.sent_back"
    with recording(event, record, effective=day, reason=why, approver=str(decision), **said):
        proposal.answered_on, proposal.decision, proposal.why = day, decision, why
        proposal.answer = answer
        proposal.save()
        if agreed:
            record.closed_on, recommendation.outcome = day, Outcome.CLOSED
            record.save()
            recommendation.save()


def verify_closure(
    recommendation: Recommendation,
    *,
    verdict: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Closure:
    """What the auditor found of a closed recommendation. It stays closed: reopening it is an act of its own.

    approver: the auditor, where somebody else enters it. Verifying again replaces the finding; history keeps both.
    """
    require(actor, RecommendationPermission.VERIFY, recommendation.record)
    need_stage("verify", recommendation, "verdict")
    if verdict not in Closure.Verdict.values:
        raise Refused("verdict", "Choose what the auditor found")
    day, found = effective or local_date(at), need_reason(reason, "Say what the auditor looked at and found")
    proposal = need_proposal(recommendation)
    if proposal.answered_on and day < proposal.answered_on:
        raise Refused("effective", f"It was closed on {say_date(proposal.answered_on)}: enter a day on or after it")
    record = recommendation.record
    with recording(
        "recommendation.verified", record, actor=actor, at=at, effective=day, reason=found, approver=approver
    ):
        proposal.verified_on, proposal.verdict, proposal.found = day, verdict, found
        proposal.save()
    return proposal


def end(
    recommendation: Recommendation,
    *,
    outcome: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str,
    effective: date | None = None,
) -> Recommendation:
    """End it without its being done: the body accepts the risk, or something else takes its place.

    Raises Refused for another outcome, and without a reason or an approver. Not accepting it is a response: respond().
    """
    require(actor, RecommendationPermission.CLOSE, recommendation.record)
    need_stage("end", recommendation, "outcome")
    if outcome not in ENDINGS:
        raise Refused("outcome", "Choose how it ends")
    why = need_reason(reason, "Say why it ends without being done")
    if not approver.strip():
        raise Refused("approver", "Enter the board or post that agreed it")
    record, day = recommendation.record, effective or local_date(at)
    with recording("recommendation.ended", record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        recommendation.outcome, record.closed_on = outcome, day
        recommendation.save()
        record.save()
    return recommendation


def reopen(
    recommendation: Recommendation,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Recommendation:
    """Bring back one that was closed or ended: open with its dates as they were. One not accepted awaits a response again."""
    require(actor, RecommendationPermission.CLOSE, recommendation.record)
    need_stage("reopen", recommendation)
    why, day = need_reason(reason, "Say why it reopens"), effective or local_date(at)
    record, proposal = recommendation.record, proposal_of(recommendation)
    with recording("recommendation.reopened", record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        if proposal is not None:
            proposal.lapsed_on = day  # what the panel answered stands in it; it no longer counts
            proposal.save()
        if recommendation.response == Response.NOT_ACCEPTED:
            recommendation.response = ""
        recommendation.outcome, record.closed_on = "", None
        recommendation.save()
        record.save()
    return recommendation
