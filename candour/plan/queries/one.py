"""One plan, objective or activity: found at its address as an actor may see it, and what hangs on it."""

from datetime import date

from django.db.models import F, Q

from candour.kernel.access import Actor
from candour.kernel.history.queries import Event
from candour.kernel.people.models import Organisation
from candour.kernel.records.happened import entries_seen, read
from candour.kernel.records.models import Record, visible
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.plan.access import PlanPermission
from candour.plan.models import Activity, DeepDive, Objective, Plan, Progress, Slip, Success
from candour.plan.queries.rows import DiveRow, Said, SuccessRow, dive_rows, said_rows, success_rows

SEE = PlanPermission.SEE
KINDS = ("plan", "objective", "activity")


def _at(organisation: str, reference: str, actor: Actor, kind: str) -> Q:
    return visible(actor, SEE, "record__") & Q(
        record__kind=kind, record__organisation__code=organisation, record__reference=reference
    )


def plan_at(organisation: str, reference: str, *, actor: Actor) -> Plan:
    """The plan at an address. One query. Raises Plan.DoesNotExist alike for one that is hidden and one that never was."""
    rows = Plan.objects.select_related("record__organisation", "record__owner")
    return rows.get(_at(organisation, reference, actor, "plan"))


def objective_at(organisation: str, reference: str, *, actor: Actor) -> Objective:
    """The same of an objective, with its priority and plan."""
    rows = Objective.objects.select_related(
        "record__organisation", "record__owner", "priority", "plan__record__organisation"
    )
    return rows.get(_at(organisation, reference, actor, "objective"))


def activity_at(organisation: str, reference: str, *, actor: Actor) -> Activity:
    """The same of an activity, with its objective and plan."""
    rows = Activity.objects.select_related(
        "record__organisation", "record__owner", "lead", "objective__record__organisation", "objective__plan__record"
    )
    return rows.get(_at(organisation, reference, actor, "activity"))


def plans_of(actor: Actor, *, most: int = 20) -> list[Plan]:
    """The plans that an actor may see: of their own body first, published before drafts, Police and Crime Plans first.

    One query.
    """
    rows = Plan.objects.filter(visible(actor, SEE, "record__"), record__closed_on=None)
    found = list(rows.select_related("record__organisation", "record__owner").order_by("-published_on", "-pk")[:most])
    return sorted(
        found,
        key=lambda plan: (
            plan.record.organisation_id != actor.organisation,
            plan.published_on is None,
            plan.sort != "plan",
            plan.record.reference,
        ),
    )


def said_of(activity: int) -> tuple[Said, ...]:
    """What was said of an activity, newest first. Two queries."""
    rows = Progress.objects.filter(activity=activity).annotate(by_label=F("by__title"))
    return said_rows(list(rows.values()), word_scales(Scale.Kind.RATING))


def slips_of(activity: int) -> list[Slip]:
    """The moves of its date, oldest first. One query."""
    return list(Slip.objects.filter(activity=activity).order_by("on", "pk"))


def successes_of(record: int) -> tuple[SuccessRow, ...]:
    """What good looks like for an objective or an activity. One query."""
    return success_rows(list(Success.objects.filter(record=record).values()))


def dives_of(objective: int, today: date) -> tuple[DiveRow, ...]:
    """The deep dives into an objective. One query."""
    rows = DeepDive.objects.filter(objective=objective).annotate(post_label=F("post__title"))
    return dive_rows(list(rows.values()), today)


def dives_seen(actor: Actor, *, shown: str = "owed") -> list[DeepDive]:
    """Deep dives that an actor may see, what is due first: owed, answered, or all. At most 200. One query."""
    rows = DeepDive.objects.filter(visible(actor, SEE, "objective__record__"))
    if shown != "all":
        rows = rows.filter(answered_on__isnull=shown == "owed")
    order = (F("answered_on").desc(nulls_first=True), "due", "pk")
    return list(rows.select_related("objective__record__organisation", "post").order_by(*order)[:200])


def happened_to(record: Record, actor: Actor, *, day: date | None = None) -> list[Event]:
    """What an actor may read of what happened to a record, newest in effect first; up to a past day. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    return read(list(rows.filter(effective__lte=day) if day else rows), actor)


def seen_too(actor: Actor, record: Record) -> bool:
    """Whether an actor sees a record of a plan. One query."""
    return Record.objects.filter(visible(actor, SEE), pk=record.pk).exists()


def running_plans(organisation: Organisation, actor: Actor) -> list[Plan]:
    """The plans of a body that run, as an actor may see them. One query."""
    rows = Plan.objects.filter(
        visible(actor, SEE, "record__"), record__organisation=organisation, record__closed_on=None
    )
    return list(rows.select_related("record__organisation", "record__owner").order_by("record__reference"))
