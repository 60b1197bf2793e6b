"""What happens to an agreement: signed, varied, extended, decided on, ended, restricted."""

from datetime import date, datetime

from candour.boards.models import Decision
from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import agreed, not_to_come, standing
from candour.commissioning.commands.care.limits import entitled
from candour.commissioning.commands.follow import expect
from candour.commissioning.models import Agreement, NextDecision, Variation
from candour.commissioning.queries import line_now
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused, need_reason


def sign(
    agreement: Agreement,
    *,
    side: str,
    by: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Agreement:
    """Record that a side signed, by whose post and when; or correct it, with a reason.

    Raises Refused for a side that is none, nobody's post, a day to come, and a second signature without a reason.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    if side not in rules.SIDES:
        raise Refused("side", "Choose who signed")
    if not by.strip():
        raise Refused("by", "Enter the post that signed")
    not_to_come(on, local_date(at))
    before = getattr(agreement, f"{side}_signed_on")
    why = need_reason(reason, "Say why the recorded signature was wrong") if before else reason.strip()
    with recording("agreement.signed", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        setattr(agreement, f"{side}_signed_by", by.strip()[:200])
        setattr(agreement, f"{side}_signed_on", on)
        agreement.save()
    return agreement


def vary(
    agreement: Agreement,
    *,
    on: date,
    ground: str,
    change: int,
    approver: str,
    actor: Actor,
    at: datetime,
    reason: str,
    new_end: date | None = None,
    effective: date | None = None,
) -> Variation:
    """Change the value (pence, more or less), extend the agreement, or both; on one of the grounds, approved by somebody.

    Raises Refused where nothing changes, for no ground or approver, one whose limit is lower, a value below nothing, and an end
    that is not later than the end in force, or beyond the last possible one.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    who, why = agreed(approver), need_reason(reason, "Say why it is varied")
    if ground not in rules.GROUNDS:
        raise Refused("ground", "Choose the ground")
    not_to_come(on, local_date(at))
    line = line_now(agreement)
    if not change and new_end is None:
        raise Refused("new_end", "Enter a new last day, a change of value, or both")
    if change and (line.value or 0) + change < 0:
        raise Refused("change", f"Enter a change of at most {rules.pounds(line.value)} less: that is its whole value")
    if new_end and line.ends and new_end <= line.ends:
        raise Refused("new_end", f"Enter a day after {say_date(line.ends)}, its last day now")
    if new_end and line.last_end and new_end > line.last_end:
        raise Refused(
            "new_end", f"Enter a day up to {say_date(line.last_end)}, its last possible end: beyond it, commission anew"
        )
    entitled(agreement, who, change=change, on=on)
    event = "agreement.extended" if new_end else "agreement.varied"
    with recording(event, agreement.record, actor=actor, at=at, effective=effective, reason=why, approver=who):
        if new_end:
            expect(agreement, new_end)
        return Variation.objects.create(agreement=agreement, on=on, ground=ground, change=change, new_end=new_end)


def decide_next(
    agreement: Agreement,
    *,
    follows: str,
    approver: str,
    actor: Actor,
    at: datetime,
    reason: str,
    decision: Decision | None = None,
    effective: date | None = None,
) -> Agreement:
    """Record what comes after the agreement, who decided it, and the resolution of a board that it rests on.

    Raises Refused for nothing that comes next, nobody who decided, and a decision of another body.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    if follows not in rules.NEXT:
        raise Refused("follows", "Choose what comes next")
    who, why = agreed(approver), need_reason(reason, "Say why")
    if decision is not None and decision.organisation_id != agreement.record.organisation_id:
        raise Refused("decision", "Choose a decision of this body’s boards, or none")
    with recording(
        "agreement.next_decided", agreement.record, actor=actor, at=at, effective=effective, reason=why, approver=who
    ):
        agreement.follows = follows
        agreement.save()
        NextDecision.objects.create(
            agreement=agreement,
            on=effective or local_date(at),
            follows=follows,
            by=who[:200],
            decision=decision,
            lessons=agreement.exits.exists(),
        )
    return agreement


def end(
    agreement: Agreement, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Agreement:
    """Record that the agreement is over, since a day. Raises Refused for a day to come, or before its first."""
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    why = need_reason(reason, "Say how it ended")
    not_to_come(on, local_date(at))
    if agreement.starts and on < agreement.starts:
        raise Refused("on", f"Enter a day on or after {say_date(agreement.starts)}, its first day")
    with recording("agreement.ended", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        agreement.record.closed_on = on
        agreement.record.save()
    return agreement


def restrict(
    agreement: Agreement,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Agreement:
    """Change who may ever see an agreement: public, office, restricted."""
    require(actor, CommissioningPermission.RESTRICT, agreement.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see this agreement")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording("agreement.restricted", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        agreement.record.sensitivity = sensitivity
        agreement.record.save()
    return agreement
