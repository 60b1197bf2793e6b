"""The life of a risk beside its score: wording, hands, level, closing, who may see it."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.risks.access import RiskPermission
from candour.risks.commands.scoring import still_open
from candour.risks.models import Level, Risk


def change_wording(
    risk: Risk,
    *,
    title: str,
    source: str,
    event: str,
    effect: str,
    context: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Risk:
    """Change how a risk is worded; history keeps the old words."""
    require(actor, RiskPermission.CHANGE, risk.record)
    if not title.strip():
        raise Refused("title", "Enter a title that says what could happen")
    why = need_reason(reason, "Say why the wording changes")
    with recording("risk.reworded", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.record.title = title.strip()[:300]
        risk.record.save()
        risk.source, risk.event, risk.effect, risk.context = source, event, effect, context
        risk.save()
    return risk


def hand_over(
    risk: Risk,
    *,
    owner: Post | None,
    responsible_officer: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Risk:
    """Give a risk to another owner or responsible officer. A new responsible officer has it to review."""
    require(actor, RiskPermission.CHANGE, risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the risk changes hands")
    with recording("risk.handed_over", risk.record, actor=actor, at=at, effective=day, reason=why):
        risk.record.owner = owner
        risk.record.save()
        if responsible_officer != risk.responsible_officer:
            risk.responsible_officer, risk.transferred_on = responsible_officer, day
        risk.save()
    return risk


def change_level(
    risk: Risk, *, level: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Risk:
    """Escalate a risk to the strategic register, or manage it at operational level from now on."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if level not in Level.values:
        raise Refused("level", "Choose strategic, operational or project")
    why = need_reason(reason)
    with recording("risk.level_changed", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.level = level
        risk.save()
    return risk


def close(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Risk:
    """Close a risk. It stays in the register of every day on which it was live."""
    require(actor, RiskPermission.CLOSE, risk.record)
    still_open(risk)
    day = effective or local_date(at)
    with recording("risk.closed", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        risk.record.closed_on = day
        risk.record.save()
    return risk


def reopen(risk: Risk, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Risk:
    """Bring a closed risk back."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if risk.record.closed_on is None:
        raise Refused("reason", "This risk is not closed")
    with recording("risk.reopened", risk.record, actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        risk.record.closed_on = None
        risk.record.save()
    return risk


def restrict(
    risk: Risk, *, sensitivity: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Risk:
    """Change who may ever see a risk: public, office, restricted."""
    require(actor, RiskPermission.RESTRICT, risk.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see this risk")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording("risk.restricted", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.record.sensitivity = sensitivity
        risk.record.save()
    return risk
