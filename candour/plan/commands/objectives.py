"""Objectives of a plan, what success looks like, and the deep dives into them."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.plan.access import PlanPermission
from candour.plan.commands.base import (
    as_strict,
    day_of,
    may_manage,
    numbered,
    own_or_manage,
    standing,
    titled,
    untaken,
)
from candour.plan.models import DeepDive, Objective, Priority, Success


def add_objective(
    priority: Priority,
    *,
    number: str,
    title: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    outcome: str = "",
    owner: Post | None = None,
    reference: str = "",
    sensitivity: str = "",
    effective: date | None = None,
) -> Objective:
    """An objective under a priority: its reference is the plan's and its number, PCP25/1.2. outcome: what will be different."""
    plan = priority.plan
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    number, title = numbered(number, "objective"), titled(title, "Enter the words of the objective")
    body = plan.record.organisation
    reference = untaken(reference or f"{plan.record.reference}/{number}", "objective", body)
    sensitivity = as_strict(sensitivity, plan.record)
    day = day_of(effective, at)
    with recording("objective.added", actor=actor, at=at, effective=day, reason=reason.strip()):
        record = Record.objects.create(
            kind="objective", reference=reference, title=title, organisation=body, owner=owner, sensitivity=sensitivity
        )
        return Objective.objects.create(
            record=record,
            plan=plan,
            priority=priority,
            number=number,
            outcome=outcome.strip(),
            place=plan.objectives.count() + 1,
            added_on=day,
        )


def change_objective(
    objective: Objective,
    *,
    number: str,
    title: str,
    outcome: str,
    priority: Priority,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Objective:
    """Change its words, its number, its owner, or move it under another priority of its plan. Its reference stays."""
    record = objective.record
    may_manage(actor, record)
    standing(record, "objective")
    number, title = numbered(number, "objective"), titled(title, "Enter the words of the objective")
    if priority.plan_id != objective.plan_id:
        raise Refused("priority", "Choose a priority of the same plan")
    why = need_reason(reason, "Say why it changes")
    with recording("objective.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        objective.number, objective.outcome, objective.priority = number, outcome.strip(), priority
        objective.save()
    return objective


def close_objective(
    objective: Objective, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Objective:
    """It is reached, or given up. Raises Refused while an activity of it runs, or a deep dive is owed."""
    record = objective.record
    may_manage(actor, record)
    standing(record, "objective")
    if on > day_of(effective, at):
        raise Refused("on", "Enter today, or a day that has passed")
    if objective.activities.filter(record__closed_on=None).exists():
        raise Refused("reason", "Activities of it still run: agree that they are done, or stop them, first")
    if objective.dives.filter(answered_on=None).exists():
        raise Refused("reason", "A deep dive into it is still owed: record the answer first")
    why = need_reason(reason, "Say whether it is reached, and how that is known")
    with recording("objective.closed", record, actor=actor, at=at, effective=effective, reason=why):
        record.closed_on = on
        record.save()
    return objective


def agree_success(
    record: Record,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    agreed_on: date | None = None,
    agreed_by: str = "",
    reason: str = "",
    effective: date | None = None,
) -> Success:
    """What good looks like for an objective or an activity: agreed on a day by a board or post, or still to be agreed."""
    may_manage(actor, record)
    standing(record, record.kind)
    if not text.strip():
        raise Refused("text", "Write what will show that it succeeded")
    if (agreed_on is None) != (not agreed_by.strip()):
        raise Refused("agreed_by" if agreed_on else "agreed_on", "Enter both who agreed it and when, or neither")
    day = day_of(effective, at)
    if agreed_on and agreed_on > day:
        raise Refused("agreed_on", "Enter today, or a day that has passed")
    with recording(f"{record.kind}.success_agreed", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        return Success.objects.create(
            record=record, text=text.strip(), agreed_on=agreed_on, agreed_by=agreed_by.strip()[:200], added_on=day
        )


def drop_success(
    success: Success, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Success:
    """It is no measure of success any more; it stays in the history."""
    record = success.record
    may_manage(actor, record)
    standing(record, record.kind)
    if success.removed_on is not None:
        raise Refused("which", "It was taken out already")
    why = need_reason(reason, "Say why it goes")
    with recording(f"{record.kind}.success_dropped", record, actor=actor, at=at, effective=effective, reason=why):
        success.removed_on = day_of(effective, at)
        success.save()
    return success


def ask_dive(
    objective: Objective,
    *,
    asked_by: str,
    post: Post,
    asked: str,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> DeepDive:
    """Ask a post for more about an objective by a day. asked_by: the board or post that wants to know."""
    record = objective.record
    require(actor, PlanPermission.ASK, record)
    standing(record, "objective")
    day = day_of(effective, at)
    if not asked_by.strip():
        raise Refused("asked_by", "Enter the board or post that asks")
    if not asked.strip():
        raise Refused("asked", "Write what is asked: which figures, which words, for which stretch of time")
    if due < day:
        raise Refused("due", "Enter today, or a day to come")
    with recording("objective.dive_asked", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        return DeepDive.objects.create(
            objective=objective,
            asked_by=asked_by.strip()[:200],
            post=post,
            asked=asked.strip(),
            asked_on=day,
            due=due,
        )


def answer_dive(
    dive: DeepDive, *, answer: str, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> DeepDive:
    """Answer a deep dive: by who holds the post, or as written down by who runs the plan. Files lie with the objective."""
    record = dive.objective.record
    own_or_manage(actor, record, dive.post_id)
    if dive.answered_on is not None:
        raise Refused("answer", "This was answered already")
    if not answer.strip():
        raise Refused("answer", "Write the answer; where it is a file, say what the file shows")
    with recording("objective.dive_answered", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        dive.answer, dive.answered_on = answer.strip(), day_of(effective, at)
        dive.save()
    return dive
