"""The life of a risk beside its score: wording, hands, response, level, closing, who may see it."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.risks.access import RiskPermission
from candour.risks.commands.scoring import still_open
from candour.risks.models import Level, Response, Risk


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
    category: str | None = None,
    effective: date | None = None,
) -> Risk:
    """Change how a risk is worded; history keeps the old words. category None leaves it as it is."""
    require(actor, RiskPermission.CHANGE, risk.record)
    if not title.strip():
        raise Refused("title", "Enter a title that says what could happen")
    why = need_reason(reason, "Say why the wording changes")
    with recording("risk.reworded", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.record.title = title.strip()[:300]
        risk.record.save()
        risk.source, risk.event, risk.effect, risk.context = source, event, effect, context
        if category is not None:
            risk.category = category.strip()[:80]
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
    approver: str = "",
    effective: date | None = None,
) -> Risk:
    """Give a risk to another owner or responsible officer. A new responsible officer has it to review."""
    require(actor, RiskPermission.CHANGE, risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the risk changes hands")
    with recording("risk.handed_over", risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        risk.record.owner = owner
        risk.record.save()
        if responsible_officer != risk.responsible_officer:
            risk.responsible_officer, risk.transferred_on = responsible_officer, day
        risk.save()
    return risk


def choose_response(
    risk: Risk,
    *,
    response: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Risk:
    """Say what is done about a risk: reduce, accept, share or avoid it. "" takes the answer back.

    Accepting counts from the day it is chosen, until a review that does not repeat it or another response.
    """
    require(actor, RiskPermission.REVIEW, risk.record)
    still_open(risk)
    if response not in {"", *Response.values}:
        raise Refused("response", "Choose what is done about the risk")
    if response == risk.response:
        raise Refused("response", "It is so already: choose another answer, or leave without saving")
    day = effective or local_date(at)
    why = need_reason(reason, "Say why")
    with recording(
        "risk.response_chosen", risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver
    ):
        risk.response = response
        risk.accepted_on = day if response == Response.ACCEPT else None
        risk.save()
    return risk


def make_joint(
    risk: Risk,
    *,
    joint_with: Organisation | None,
    joint_reference: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Risk:
    """Say that another body carries the risk too, and how that body numbers it; None: it is joint no longer.

    The reference is kept as it was given: whether the other body has such a risk is not looked up, since not everybody
    who may give it may know. Raises Refused for the risk's own body, and for a reference without a body.
    """
    require(actor, RiskPermission.CHANGE, risk.record)
    reference = joint_reference.strip()
    if joint_with is not None and joint_with.pk == risk.record.organisation_id:
        raise Refused("joint_with", "Choose the other body, not the one whose risk this is")
    if joint_with is None and reference:
        raise Refused("joint_with", "Choose the body whose reference this is")
    why = need_reason(reason, "Say why")
    with recording("risk.joint_changed", risk.record, actor=actor, at=at, effective=effective, reason=why):
        risk.joint_with, risk.joint_reference = joint_with, reference[:60]
        risk.save()
    return risk


def change_level(
    risk: Risk,
    *,
    level: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Risk:
    """Escalate a risk to the strategic register, or manage it at operational level from now on."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if level not in Level.values:
        raise Refused("level", "Choose strategic, operational or project")
    if level == risk.level:
        raise Refused("level", f"It is on the {level} register already: choose another")
    why = need_reason(reason)
    with recording(
        "risk.level_changed", risk.record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        risk.level = level
        risk.save()
    return risk


def close(
    risk: Risk, *, actor: Actor, at: datetime, reason: str, approver: str = "", effective: date | None = None
) -> Risk:
    """Close a risk. It stays in the register of every day on which it was live."""
    require(actor, RiskPermission.CLOSE, risk.record)
    still_open(risk)
    day = effective or local_date(at)
    why = need_reason(reason)
    with recording("risk.closed", risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        risk.record.closed_on = day
        risk.record.save()
    return risk


def restrict(
    risk: Risk,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Risk:
    """Change who may ever see a risk: public, office, restricted."""
    require(actor, RiskPermission.RESTRICT, risk.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see this risk")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording(
        "risk.restricted", risk.record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        risk.record.sensitivity = sensitivity
        risk.record.save()
    return risk
