"""Reviewing a risk, and recording what was said of it between reviews."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.queries import scale_on
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.commands.controls import answer_control
from candour.risks.commands.scoring import moves, score, score_on, still_open
from candour.risks.models import Control, Response, Risk, Update


def record_update(
    risk: Risk, *, text: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Update:
    """Record what was said of a risk on a day."""
    require(actor, RiskPermission.REVIEW, risk.record)
    if not text.strip():
        raise Refused("text", "Enter the update")
    day = effective or local_date(at)
    with recording("risk.updated", risk.record, actor=actor, at=at, effective=day, reason=reason):
        return Update.objects.create(risk=risk, dated=day, text=text.strip())


def review(
    risk: Risk,
    *,
    impact: int | None,
    likelihood: int | None,
    narrative: str,
    answers: dict[int, tuple[str, date | None]],
    actor: Actor,
    at: datetime,
    accept: bool = False,
    effective: date | None = None,
) -> Risk:
    """Review a risk: its score, what moved since the last review, and every control, in one entry.

    answers: by control number (answer, new due date), as settle_control takes them. accept: the risk is accepted as it
    stands, which is then its response; a review that does not accept takes that response back. Raises Refused without a
    narrative, or with a field "control-<number>-due".
    """
    require(actor, RiskPermission.REVIEW, risk.record)
    still_open(risk)
    day = effective or local_date(at)
    standing = score_on(risk, day)
    was = (standing.impact, standing.likelihood) if standing else None
    now = (impact, likelihood) if impact is not None and likelihood is not None else None
    scale = scale_on(risk.record.organisation_id, day)
    moved = now is not None and moves(standing, now, scale)
    same = standing is not None and scale is not None and standing.scale.matrix().same_levels(scale.matrix())
    changed = moved and now and not (same and now == was)
    asked = rules.why_moved(was if same else None, now) if changed and now else "Say what moved, or that nothing has"
    why = need_reason(narrative, asked)
    with recording("risk.reviewed", risk.record, actor=actor, at=at, effective=day, reason=why):
        if moved and impact is not None and likelihood is not None:
            score(risk, impact=impact, likelihood=likelihood, scored_on=day, scale=scale)
        controls = Control.objects.select_related("risk__record").filter(risk=risk, pk__in=answers)
        for control in controls.order_by("pk"):
            answer, new_due = answers[control.pk]
            try:
                answer_control(control, answer=answer, day=day, new_due=new_due)
            except Refused as refused:
                field = f"control-{control.pk}-due" if refused.field == "new_due" else f"control-{control.pk}"
                message = refused.message.replace("a new date", f"a new date for ‘{control.text[:60]}’")
                raise Refused(field, message) from None
        Update.objects.create(risk=risk, dated=day, text=why)
        mark_reviewed(risk, day=day, accept=accept)
        risk.save()
    return risk


def mark_reviewed(risk: Risk, *, day: date, accept: bool) -> None:
    """What any review leaves on the risk itself."""
    risk.last_review = day
    risk.accepted_on = day if accept else None
    if accept:
        risk.response = Response.ACCEPT
    elif risk.response == Response.ACCEPT:
        risk.response = ""


def note_review(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date) -> None:
    """A review that a paper dates without saying what was said."""
    require(actor, RiskPermission.REVIEW, risk.record)
    with recording("risk.reviewed", risk.record, actor=actor, at=at, effective=effective, reason=reason):
        risk.last_review = effective
        risk.save()
