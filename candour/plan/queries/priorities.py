"""The priorities of plans, as the other apps name what serves them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import visible
from candour.kernel.records.priorities import Priority as Named
from candour.plan.access import PlanPermission
from candour.plan.models import Priority
from candour.plan.queries.past import records_of, seen_on


def priorities_named(actor: Actor, as_at: date | None, known_on: datetime | None) -> Sequence[Named]:
    """Those that stand in the plans that an actor may see: those in force first, the latest plan first. See kernel."""
    if as_at is not None:
        return _on(actor, as_at, known_on)
    columns = {name: F(f"plan__record__{name}") for name in ("reference", "sensitivity", "closed_on")}
    columns |= {"body": F("plan__record__organisation"), "code": F("plan__record__organisation__code")}
    columns["published_on"] = F("plan__published_on")
    rows = Priority.objects.filter(visible(actor, PlanPermission.SEE, "plan__record__"), removed_on=None)
    order = (F("closed_on").desc(nulls_first=True), "-plan__starts", "plan", "place", "pk")
    return [
        Named(
            pk=row["id"],
            number=row["number"],
            title=row["title"],
            plan=row["reference"],
            organisation=row["body"],
            sensitivity=row["sensitivity"],
            address=reverse("plan-priority", args=[row["code"], row["reference"], row["id"]]),
            current=row["closed_on"] is None and row["published_on"] is not None,
        )
        for row in rows.annotate(**columns).order_by(*order).values("id", "number", "title", *columns)
    ]


def _on(actor: Actor, day: date, known_on: datetime | None) -> list[Named]:
    """The same as they stood at the end of a day. Three queries."""
    seen = seen_on(actor, records_of(actor).filter(kind="plan"), as_at=day, known_on=known_on)
    stood = states_on(Priority.objects.filter(plan__in=list(seen)), day, known_on=known_on)
    found = []
    for row in sorted(stood, key=lambda one: (-one["plan_id"], one["place"], one["id"])):
        if row["removed_on"] is None:
            plan = seen[row["plan_id"]]
            args = [plan["organisation_code"], plan["reference"], row["id"]]
            found.append(
                Named(
                    pk=row["id"],
                    number=row["number"],
                    title=row["title"] or "",
                    plan=plan["reference"],
                    organisation=plan["organisation_id"],
                    sensitivity=plan["sensitivity"],
                    address=f"{reverse('plan-priority', args=args)}?as_at={day.isoformat()}",
                )
            )
    return found
