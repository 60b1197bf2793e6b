"""Adding controls and settling them."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import Control, Risk


def add_control(
    risk: Risk,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    owner: Post | None = None,
    due: date | None = None,
    in_place_since: date | None = None,
    effect: str = "",
    effective: date | None = None,
) -> Control:
    """Add a control: pending with a due date, or in place since a day. Raises Refused for an empty text.

    effect: how one in place works, where that is known.
    """
    require(actor, RiskPermission.CHANGE, risk.record)
    if not text.strip():
        raise Refused("text", "Enter what the control is")
    day = effective or local_date(at)
    with recording("risk.control_added", risk.record, actor=actor, at=at, effective=day, reason=need_reason(reason)):
        return Control.objects.create(
            risk=risk,
            text=text.strip(),
            owner=owner,
            pending=in_place_since is None,
            due=due,
            in_place_since=in_place_since,
            effect=effect if in_place_since else "",
            added_on=day,
        )


def change_control(
    control: Control,
    *,
    text: str,
    owner: Post | None,
    due: date | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Control:
    """Change what a control says, who sees to it, or when a pending one is due.

    Raises Refused for an empty text, a removed control, a new date that has passed, or where nothing changes.
    """
    require(actor, RiskPermission.CHANGE, control.risk.record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why it changes")
    now = (text.strip(), owner.pk if owner else None, due if control.pending else control.due)
    if not now[0]:
        raise Refused("text", "Enter what the control is")
    if control.removed_on is not None:
        raise Refused("text", "This control was removed")
    if now == (control.text, control.owner_id, control.due):
        raise Refused("text", "Nothing is changed yet: change the words, the owner or the date")
    if now[2] != control.due and now[2] is not None and now[2] < day:
        raise Refused("due", f"Enter a date on or after {say_date(day)}")
    with recording("risk.control_changed", control.risk.record, actor=actor, at=at, effective=day, reason=why):
        control.text, control.owner_id, control.due = now
        control.save()
    return control


def settle_control(
    control: Control,
    *,
    answer: str,
    actor: Actor,
    at: datetime,
    reason: str,
    new_due: date | None = None,
    effective: date | None = None,
) -> Control:
    """Settle one control: "in place", "works", "in part", "fails", "still to do" (with a new date) or "removed".

    Raises Refused without a reason, or for a pending control past its date that is given no later one.
    """
    require(actor, RiskPermission.REVIEW, control.risk.record)
    day = effective or local_date(at)
    why = need_reason(reason)
    with recording("risk.control_settled", control.risk.record, actor=actor, at=at, effective=day, reason=why):
        answer_control(control, answer=answer, day=day, new_due=new_due)
    return control


def answer_control(control: Control, *, answer: str, day: date, new_due: date | None = None) -> None:
    """Write one answer about one control, inside a recording."""
    if control.removed_on is not None:
        raise Refused("answer", "This control was removed")
    if answer == "removed":
        control.removed_on = day
    elif answer in {"in place", *Control.Effect.values}:
        if control.pending:
            control.pending, control.in_place_since = False, day
        if answer != "in place":
            control.effect = answer
    elif answer == "still to do":
        if rules.needs_new_date(control.due, new_due, day):
            raise Refused("new_due", "Enter a new date, or say it is in place")
        control.due = new_due or control.due
    else:
        raise Refused("answer", "Choose what has become of the control")
    control.save()
