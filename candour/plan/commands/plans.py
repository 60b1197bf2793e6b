"""A plan is set up, published, changed and replaced by another; it has priorities."""

from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.records.queries import next_reference
from candour.kernel.rules import Refused, need_reason
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.commands.base import as_strict, day_of, in_order, may_manage, numbered, standing, titled, untaken
from candour.plan.models import Plan, Priority


def set_up_plan(
    *,
    organisation: Organisation,
    title: str,
    starts: date,
    ends: date,
    actor: Actor,
    at: datetime,
    reason: str,
    sort: str = "plan",
    aim: str = "",
    every: int = 3,
    owner: Post | None = None,
    reference: str = "",
    sensitivity: str = "",
    effective: date | None = None,
) -> Plan:
    """A draft of a plan for a term. every: months between updates. Raises Refused for what cannot be."""
    require(actor, PlanPermission.MANAGE, Record(organisation=organisation))
    title = titled(title, "Enter the title of the plan")
    in_order(starts, ends, "ends")
    _checked(sort, every)
    reference = untaken(reference, "plan", organisation) if reference.strip() else ""
    why = need_reason(reason, "Say why it is set up")
    with recording("plan.set_up", actor=actor, at=at, effective=effective, reason=why):
        record = Record.objects.create(
            kind="plan",
            reference=reference or next_reference(organisation.pk, "plan", first="P1"),
            title=title,
            organisation=organisation,
            owner=owner,
            sensitivity=as_strict(sensitivity, None),
        )
        return Plan.objects.create(record=record, sort=sort, aim=aim.strip(), starts=starts, ends=ends, every=every)


def change_plan(
    plan: Plan,
    *,
    title: str,
    aim: str,
    starts: date,
    ends: date,
    every: int,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Plan:
    """Change what a plan says of itself. every holds for activities that are added from now on."""
    record = plan.record
    may_manage(actor, record)
    standing(record, "plan")
    title = titled(title, "Enter the title of the plan")
    in_order(starts, ends, "ends")
    _checked(plan.sort, every)
    why = need_reason(reason, "Say why it changes")
    with recording("plan.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        plan.aim, plan.starts, plan.ends, plan.every = aim.strip(), starts, ends, every
        plan.save()
    return plan


def publish_plan(
    plan: Plan, *, on: date, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> Plan:
    """The draft is the plan from a day on. Raises Refused for one without a priority, and one that is out already."""
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    if plan.published_on is not None:
        raise Refused("on", "It is published already")
    if on > day_of(effective, at):
        raise Refused("on", "Enter today, or a day that has passed")
    if not plan.priorities.filter(removed_on=None).exists():
        raise Refused("on", "Add its priorities first: a plan without any cannot be published")
    with recording("plan.published", plan.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        plan.published_on = on
        plan.save()
    return plan


def end_plan(
    plan: Plan,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    replaced_by: Plan | None = None,
    effective: date | None = None,
) -> Plan:
    """The plan is over, and replaced by another where one is named. Its activities stay as they stood."""
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    if on > day_of(effective, at):
        raise Refused("on", "Enter today, or a day that has passed")
    if replaced_by is not None and (
        replaced_by.pk == plan.pk or replaced_by.record.organisation_id != plan.record.organisation_id
    ):
        raise Refused("replaced_by", "Choose another plan of the same body")
    why = need_reason(reason, "Say why it ends")
    with recording("plan.ended", plan.record, actor=actor, at=at, effective=effective, reason=why):
        plan.record.closed_on = on
        plan.record.save()
        plan.replaced_by = replaced_by
        plan.save()
    return plan


def add_priority(
    plan: Plan,
    *,
    number: str,
    title: str,
    actor: Actor,
    at: datetime,
    text: str = "",
    lead: Post | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Priority:
    """A priority of a plan under its own number."""
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    given = _priority(plan, number, title, {"text": text, "lead": lead})
    with recording("plan.priority_added", plan.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Priority.objects.create(plan=plan, place=plan.priorities.count() + 1, **given)


def change_priority(
    priority: Priority,
    *,
    number: str,
    title: str,
    text: str,
    lead: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Priority:
    plan = priority.plan
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    given = _priority(plan, number, title, {"text": text, "lead": lead}, but=priority.pk)
    why = need_reason(reason, "Say why it changes")
    with recording("plan.priority_changed", plan.record, actor=actor, at=at, effective=effective, reason=why):
        for name, value in given.items():
            setattr(priority, name, value)
        priority.save()
    return priority


def remove_priority(
    priority: Priority, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Priority:
    """Take a priority out of a plan. Raises Refused while an objective stands under it."""
    plan = priority.plan
    may_manage(actor, plan.record)
    standing(plan.record, "plan")
    if priority.objectives.filter(record__closed_on=None).exists():
        raise Refused("reason", "Objectives stand under it: close them, or move them to another priority, first")
    why = need_reason(reason, "Say why it goes")
    with recording("plan.priority_removed", plan.record, actor=actor, at=at, effective=effective, reason=why):
        priority.removed_on = day_of(effective, at)
        priority.save()
    return priority


def _checked(sort: str, every: int) -> None:
    if sort not in rules.SORTS:
        raise Refused("sort", "Choose what kind of plan it is")
    if every not in rules.EVERY:
        raise Refused("every", "Choose how often its activities are updated")


def _priority(plan: Plan, number: str, title: str, more: dict[str, Any], but: int = 0) -> dict[str, Any]:
    number, title = numbered(number, "priority"), titled(title, "Enter the words of the priority")
    if plan.priorities.filter(number=number, removed_on=None).exclude(pk=but).exists():
        raise Refused("number", f"The plan has a priority {number} already: enter another number")
    return more | {"number": number, "title": title, "text": more["text"].strip()}
