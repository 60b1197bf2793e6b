"""The priorities of plans, as the other apps name what serves them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_together
from candour.kernel.records.models import Record, stricter, visible
from candour.kernel.records.priorities import Priority as Named
from candour.kernel.records.queries import seen_then, shares_for
from candour.plan.access import PlanPermission
from candour.plan.models import Priority


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
    """The same as they stood at the end of a day, where both that day and today let the actor see the plan. Two queries."""
    columns = {"code": F("organisation__code"), "deep": Exists(shares_for(actor).filter(record=OuterRef("pk")))}
    plans = Record.objects.filter(visible(actor, PlanPermission.SEE), kind="plan")
    today = {row["id"]: row for row in plans.annotate(**columns).order_by().values("id", "sensitivity", *columns)}
    asked: dict[str, Any] = {
        "plans": Record.objects.filter(pk__in=list(today)),
        "priorities": Priority.objects.filter(plan__in=list(today)),
    }
    (stood,) = as_at_together(asked, (day,), known_on=known_on)
    seen = {}
    for state in stood["plans"]:
        one = today[state["id"]]
        state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
        if seen_then(actor, state, shared=one["deep"]):
            seen[state["id"]] = state | {"organisation_code": one["code"]}
    found = []
    for row in sorted(stood["priorities"], key=lambda one: (-one["plan_id"], one["place"], one["id"])):
        if row["removed_on"] is None and row["plan_id"] in seen:
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
