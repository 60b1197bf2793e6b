"""Who may see a plan, an objective or an activity: never more than may see what it is part of."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.plan.access import PlanPermission
from candour.plan.commands.base import as_strict, none_looser
from candour.plan.models import Activity, Objective


def restrict(
    record: Record, *, sensitivity: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Record:
    """Change who may see a plan, an objective or an activity. Raises Refused where more could see a part than the whole."""
    require(actor, PlanPermission.RESTRICT, record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if sensitivity == record.sensitivity:
        raise Refused("sensitivity", "It is so already: choose another answer")
    as_strict(sensitivity, whole_of(record))
    none_looser(Record.objects.filter(pk__in=_parts(record)), sensitivity)
    why = need_reason(reason)
    with recording(f"{record.kind}.restricted", record, actor=actor, at=at, effective=effective, reason=why):
        record.sensitivity = sensitivity
        record.save()
    return record


def whole_of(record: Record) -> Record | None:
    """What a record is part of: the plan of an objective, the objective of an activity."""
    if record.kind == "objective":
        return Objective.objects.select_related("plan__record").get(record=record).plan.record
    if record.kind == "activity":
        return Activity.objects.select_related("objective__record").get(record=record).objective.record
    return None


def _parts(record: Record) -> list[int]:
    if record.kind == "plan":
        return list(Objective.objects.filter(plan=record.pk).values_list("pk", flat=True))
    if record.kind == "objective":
        return list(Activity.objects.filter(objective=record.pk).values_list("pk", flat=True))
    return []
