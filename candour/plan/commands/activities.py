"""Activities: added, changed, their dates moved, stopped."""

from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.plan import rules
from candour.plan.commands.base import (
    as_strict,
    day_of,
    in_order,
    may_manage,
    own_or_manage,
    standing,
    titled,
    untaken,
)
from candour.plan.models import Activity, Objective, Slip


def add_activity(
    objective: Objective,
    *,
    title: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    number: str = "",
    text: str = "",
    owner: Post | None = None,
    lead: Post | None = None,
    starts: date | None = None,
    due: date | None = None,
    said_owner: str = "",
    said_due: str = "",
    every: int = 0,
    reference: str = "",
    sensitivity: str = "",
    effective: date | None = None,
) -> Activity:
    """An activity of an objective; without a number it gets the next. every: months between updates, 0 as the plan has it.

    said_owner, said_due: what a paper printed where no post or day is known.
    """
    whole = objective.record
    may_manage(actor, whole)
    standing(whole, "objective")
    title = titled(title, "Enter what will be done")
    in_order(starts, due, "due")
    every = _checked(every or objective.plan.every)
    number = " ".join(number.split())[:20] or _next(objective)
    reference = untaken(reference or f"{objective.plan.record.reference}/{number}", "activity", whole.organisation)
    sensitivity, day = as_strict(sensitivity, whole), day_of(effective, at)
    with recording("activity.added", actor=actor, at=at, effective=day, reason=reason.strip()):
        record = Record.objects.create(
            kind="activity",
            reference=reference,
            title=title,
            organisation=whole.organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        return Activity.objects.create(
            record=record,
            objective=objective,
            number=number,
            text=text.strip(),
            lead=lead,
            starts=starts,
            original_due=due,
            due=due,
            said_owner=said_owner.strip()[:200],
            said_due=said_due.strip()[:200],
            every=every,
            added_on=day,
        )


def change_activity(
    activity: Activity,
    *,
    title: str,
    text: str,
    owner: Post | None,
    lead: Post | None,
    starts: date | None,
    every: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Activity:
    """Change its words, posts, start and rhythm. Its date moves by itself, with a reason: move_due."""
    record = activity.record
    may_manage(actor, record)
    standing(record, "activity")
    title = titled(title, "Enter what will be done")
    in_order(starts, activity.due, "starts")
    every, why = _checked(every), need_reason(reason, "Say why it changes")
    with recording("activity.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        activity.text, activity.lead, activity.starts, activity.every = text.strip(), lead, starts, every
        activity.save()
    return activity


def move_due(
    activity: Activity,
    *,
    to: date,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Slip:
    """Give it a new date. The first date stays for ever; each move keeps its reason and who agreed it.

    By its owner or lead, or by who runs the plan. Raises Refused for the date that it has, and one before its start.
    """
    record = activity.record
    own_or_manage(actor, record, record.owner_id, activity.lead_id)
    standing(record, "activity")
    if to == activity.due:
        raise Refused("to", "It has this date already: enter another")
    in_order(activity.starts, to, "to")
    why, day = need_reason(reason, "Say why the date moves"), day_of(effective, at)
    with recording("activity.moved", record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        slip = Slip.objects.create(
            activity=activity, before=activity.due, to=to, on=day, why=why, approver=approver.strip()[:200]
        )
        activity.due, activity.original_due = to, activity.original_due or to
        activity.save()
    return slip


def stop_activity(
    activity: Activity, *, actor: Actor, at: datetime, reason: str, approver: str = "", effective: date | None = None
) -> Activity:
    """Take it out of the plan. It stays in the history, and counts nowhere any more."""
    record = activity.record
    may_manage(actor, record)
    standing(record, "activity")
    why, day = need_reason(reason, "Say why it is stopped"), day_of(effective, at)
    with recording("activity.stopped", record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        record.closed_on = day
        record.save()
        activity.outcome, activity.proposed_on = "stopped", None
        activity.save()
    return activity


def _checked(every: int) -> int:
    if every not in rules.EVERY:
        raise Refused("every", "Choose how often it is updated")
    return every


def _next(objective: Objective) -> str:
    """The number after the highest of its activities: 1.2.3 after 1.2.2."""
    found: Any = objective.activities.values_list("number", flat=True)
    ends = [number.rpartition(".")[2] for number in found if number.startswith(f"{objective.number}.")]
    return f"{objective.number}.{max((int(end) for end in ends if end.isdigit()), default=0) + 1}"
