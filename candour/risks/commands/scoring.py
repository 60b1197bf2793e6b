"""Scoring a risk: the score as it is, and the one that the controls are meant to reach."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scale_on
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Risk


def rescore(
    risk: Risk,
    *,
    impact: int,
    likelihood: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
    scale: Scale | None = None,
) -> Assessment | None:
    """Score a risk anew; None when it already stands so on that day. Raises Refused without a reason or off the scale."""
    require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the score changes")
    still_open(risk)
    scale = scale or scale_on(risk.record.organisation_id, day)
    if not moves(score_on(risk, day), (impact, likelihood), scale):
        return None
    with recording("risk.rescored", risk.record, actor=actor, at=at, effective=day, reason=why):
        return score(risk, impact=impact, likelihood=likelihood, scored_on=day, scale=scale)


def set_target(
    risk: Risk, *, impact: int, likelihood: int, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Assessment:
    """The score that the controls are meant to reach."""
    require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    with recording("risk.target_set", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        return score(risk, impact=impact, likelihood=likelihood, scored_on=day, purpose=Assessment.Purpose.TARGET)


def set_inherent(
    risk: Risk, *, impact: int, likelihood: int, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Assessment:
    """The score that the risk would have without any control."""
    require(actor, RiskPermission.REVIEW, risk.record)
    day = effective or local_date(at)
    with recording("risk.inherent_set", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        return score(risk, impact=impact, likelihood=likelihood, scored_on=day, purpose=Assessment.Purpose.INHERENT)


def still_open(risk: Risk) -> None:
    if risk.record.closed_on is not None:
        raise Refused("reason", "This risk is closed: reopen it first")


def moves(standing: Assessment | None, now: tuple[int, int], scale: Scale | None) -> bool:
    """Whether (impact, likelihood) is another score than the one that stands; the same levels of another scale are."""
    if standing is None:
        return True
    return now != (standing.impact, standing.likelihood) or (scale is not None and standing.scale_id != scale.pk)


def score_on(risk: Risk, day: date) -> Assessment | None:
    """The current score as it stood on a day."""
    scored = Assessment.objects.filter(risk=risk, purpose=Assessment.Purpose.CURRENT, proposed=False, withdrawn_on=None)
    return scored.filter(scored_on__lte=day).order_by("-scored_on", "-pk").first()


def score(
    risk: Risk,
    *,
    impact: int,
    likelihood: int,
    scored_on: date,
    scale: Scale | None = None,
    purpose: str = Assessment.Purpose.CURRENT,
    proposed: bool = False,
) -> Assessment:
    scale = scale or scale_on(risk.record.organisation_id, scored_on)
    if scale is None:
        raise Refused("impact", f"{risk.record.organisation} has no risk matrix yet")
    try:
        scale.matrix().score(impact, likelihood)
    except ValueError as off_scale:
        raise Refused("impact", f"Choose a level of the scale: {off_scale}") from None
    return Assessment.objects.create(
        risk=risk,
        purpose=purpose,
        scale=scale,
        impact=impact,
        likelihood=likelihood,
        scored_on=scored_on,
        proposed=proposed,
    )
