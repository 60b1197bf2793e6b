"""Measures of a body's plan, and what agreements bring about of them."""

from datetime import date, datetime
from decimal import Decimal

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, Outcome, OutcomeFigure, PlanMeasure
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

MANAGE = CommissioningPermission.MANAGE


def add_plan_measure(
    *,
    organisation: Organisation,
    priority: str,
    name: str,
    unit: str,
    adds_up: bool,
    actor: Actor,
    at: datetime,
    reason: str,
    target: Decimal | None = None,
    effective: date | None = None,
) -> PlanMeasure:
    """Add what a body's plan wants to come about.

    Raises Refused without a priority, a name or a unit, and for a name there is.
    """
    require(actor, MANAGE, Record(organisation=organisation))
    given = {"priority": priority, "name": name, "unit": unit}
    words = {key: " ".join(text.split()) for key, text in given.items()}
    asked = {
        "priority": "Enter the priority of the plan",
        "name": "Enter what is to come about",
        "unit": "Enter its unit",
    }
    for key, text in words.items():
        if not text:
            raise Refused(key, asked[key])
    if PlanMeasure.objects.filter(organisation=organisation, name__iexact=words["name"]).exists():
        raise Refused("name", "This measure is there already: enter another")
    why = need_reason(reason, "Say where the plan says it")
    with recording("plan_measure.added", actor=actor, at=at, effective=effective, reason=why):
        return PlanMeasure.objects.create(organisation=organisation, adds_up=adds_up, target=target, **words)


def set_outcome(
    agreement: Agreement,
    *,
    measure: PlanMeasure,
    what: str,
    actor: Actor,
    at: datetime,
    reason: str,
    target: Decimal | None = None,
    share: int = 100,
    counted_by: Agreement | None = None,
    effective: date | None = None,
) -> Outcome:
    """Say what an agreement brings about of a measure of its body's plan.

    share: of 100, of what is reported alike by agreements that bring about the same; counted_by: the agreement that counts it
    all. Raises Refused without words, for a measure of another body, a share that is none, itself, and the same twice.
    """
    require(actor, MANAGE, agreement.record)
    standing(agreement)
    called = " ".join(what.split())
    if not called:
        raise Refused("what", "Enter what comes about")
    if measure.organisation_id != agreement.record.organisation_id:
        raise Refused("measure", "Choose a measure of the plan of this body")
    if not 1 <= share <= 100:
        raise Refused("share", "Enter a share of 1 to 100")
    if counted_by is not None and counted_by.pk == agreement.pk:
        raise Refused("counted_by", "Choose another agreement, or none")
    if agreement.outcomes.filter(measure=measure, what__iexact=called, stopped_on=None).exists():
        raise Refused("what", "This outcome is there already: enter another")
    why = need_reason(reason, "Say where it is agreed")
    with recording("agreement.outcome_set", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        return Outcome.objects.create(
            agreement=agreement, measure=measure, what=called[:200], target=target, share=share, counted_by=counted_by
        )


def stop_outcome(
    outcome: Outcome, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Outcome:
    """An outcome is reported no more; its figures stay and count. Raises Refused for one that is not."""
    require(actor, MANAGE, outcome.agreement.record)
    if outcome.stopped_on is not None:
        raise Refused("outcome", "It is reported no more already")
    why = need_reason(reason, "Say why it is reported no more")
    record = outcome.agreement.record
    with recording("agreement.outcome_stopped", record, actor=actor, at=at, effective=effective, reason=why):
        outcome.stopped_on = effective or local_date(at)
        outcome.save()
    return outcome


def report_outcome(
    outcome: Outcome,
    *,
    starts: date,
    ends: date,
    amount: Decimal,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> OutcomeFigure:
    """Record how much came about in a period (both days in it).

    Raises Refused for days that run backwards or are to come, an amount below nothing, and a period that was counted already.
    """
    require(actor, MANAGE, outcome.agreement.record)
    not_to_come(ends, local_date(at), "ends")
    if starts > ends:
        raise Refused("starts", "Enter a first day before the last day")
    if amount < 0:
        raise Refused("amount", "Enter a figure of nothing or more")
    there = outcome.figures.filter(starts__lte=ends, ends__gte=starts).order_by("starts").first()
    if there is not None:
        period = f"{say_date(there.starts)} to {say_date(there.ends)}"
        raise Refused("starts", f"Enter days that are not counted yet: {period} is")
    record = outcome.agreement.record
    with recording(
        "agreement.outcome_reported", record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return OutcomeFigure.objects.create(
            agreement=outcome.agreement, outcome=outcome, starts=starts, ends=ends, value=amount
        )
