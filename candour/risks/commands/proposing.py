"""A score that is proposed, and what the board says of it. Until the board agrees, it counts for nothing."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.queries import scale_on
from candour.risks.access import RiskPermission
from candour.risks.commands.scoring import moves, score, score_on, still_open
from candour.risks.models import Assessment, Risk


def propose_score(
    risk: Risk, *, impact: int, likelihood: int, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Assessment:
    """Propose a current score to a board. Raises Refused where one is proposed already, or it stands so."""
    require(actor, RiskPermission.REVIEW, risk.record)
    still_open(risk)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the score should change")
    if proposal_of(risk) is not None:
        raise Refused("impact", "A score is proposed already: say first what became of it")
    if not moves(score_on(risk, day), (impact, likelihood), scale_on(risk.record.organisation_id, day)):
        raise Refused("impact", "That is the score as it stands: choose another")
    with recording("risk.score_proposed", risk.record, actor=actor, at=at, effective=day, reason=why):
        return score(risk, impact=impact, likelihood=likelihood, scored_on=day, proposed=True)


def agree_score(
    risk: Risk, *, actor: Actor, at: datetime, reason: str, approver: str, effective: date | None = None
) -> Assessment:
    """Record that a board, or a post, agreed the proposed score: it is the score from that day.

    Raises Refused without who agreed it, or for a day before it was proposed.
    """
    require(actor, RiskPermission.AGREE, risk.record)
    still_open(risk)
    proposal = _standing(risk)
    day = effective or local_date(at)
    if not approver.strip():
        raise Refused("approver", "Enter the board or post that agreed it")
    if day < proposal.scored_on:
        raise Refused("effective", "Enter a day on or after the day it was proposed")
    why = need_reason(reason)
    with recording("risk.score_agreed", risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        proposal.proposed, proposal.scored_on = False, day
        proposal.save()
    return proposal


def refuse_score(
    risk: Risk, *, actor: Actor, at: datetime, reason: str, approver: str = "", effective: date | None = None
) -> Assessment:
    """Record that a board did not agree the proposed score: the score stays as it was."""
    require(actor, RiskPermission.AGREE, risk.record)
    return _end(risk, "risk.score_refused", actor=actor, at=at, reason=reason, approver=approver, effective=effective)


def withdraw_score(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Assessment:
    """Take a proposed score back before a board has said anything."""
    require(actor, RiskPermission.REVIEW, risk.record)
    return _end(risk, "risk.score_withdrawn", actor=actor, at=at, reason=reason, approver="", effective=effective)


def proposal_of(risk: Risk) -> Assessment | None:
    """The proposed score that waits for an answer."""
    waiting = Assessment.objects.filter(risk=risk, proposed=True, withdrawn_on=None)
    return waiting.order_by("-scored_on", "-pk").first()


def _standing(risk: Risk) -> Assessment:
    proposal = proposal_of(risk)
    if proposal is None:
        raise Refused("answer", "No score is proposed any longer: look at the risk as it is now")
    return proposal


def _end(
    risk: Risk, event: str, *, actor: Actor, at: datetime, reason: str, approver: str, effective: date | None
) -> Assessment:
    proposal = _standing(risk)
    day = effective or local_date(at)
    why = need_reason(reason)
    with recording(event, risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        proposal.withdrawn_on = day
        proposal.save()
    return proposal
