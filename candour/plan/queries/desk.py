"""What plans bring to a desk: activities to update, deep dives that are owed, and what waits to be agreed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need, Part, text
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import ActivityLine, DeepDive

NO_DAY = Cast(Value(None), DateField())


def updates(actor: Actor, *, today: date) -> Part | None:
    """Activities of the actor's posts whose update is due within a fortnight, or late; None for who updates nothing."""
    if not actor.posts or not actor.scope(PlanPermission.UPDATE):
        return None
    soon = today + timedelta(days=rules.SOON)
    seen = visible(actor, PlanPermission.SEE)
    rows = ActivityLine.objects.filter(seen, owner__in=actor.posts, update_due__lte=soon)
    return Part("activity", rows, _columns("record__", text("Say what moved"), F("update_due")), _update)


def dives(actor: Actor, *, today: date) -> Part | None:
    """Deep dives that the actor's posts owe."""
    if not actor.posts or not actor.scope(PlanPermission.UPDATE):
        return None
    seen = visible(actor, PlanPermission.SEE, "objective__record__")
    rows = DeepDive.objects.filter(seen, post__in=actor.posts, answered_on=None)
    return Part("dive", rows, _columns("objective__record__", F("asked_by"), F("due")), _dive)


def to_agree(actor: Actor) -> Part | None:
    """Activities that their owners say are done, for who runs the plan."""
    bodies = actor.scope(PlanPermission.MANAGE)
    if not actor.posts or actor.organisation not in bodies:
        return None
    seen = visible(actor, PlanPermission.SEE)
    rows = ActivityLine.objects.filter(seen, organisation=actor.organisation, closed_on=None, proposed_on__isnull=False)
    return Part("agree", rows, _columns("record__", text("Its owner says that it is done"), NO_DAY), _agree)


def _columns(record: str, why: Any, by: Any) -> dict[str, Any]:
    return {
        "title": F(f"{record}title"),
        "code": F(f"{record}organisation__code"),
        "reference": F(f"{record}reference"),
        "about": text(""),
        "why": why,
        "by": by,
        "other": NO_DAY,
        "sight": F(f"{record}sensitivity"),
    }


def _need(row: Mapping[str, Any], words: str, page: str, why: str) -> Need:
    return Need(
        title=f"{words}: {row['title']}",
        address=reverse(page, args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=why,
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def _update(row: Mapping[str, Any]) -> Need:
    return _need(row, "Update", "activity-update", row["why"])


def _dive(row: Mapping[str, Any]) -> Need:
    return _need(row, "Answer a deep dive", "objective-dive-answer", f"Asked by {row['why']}")


def _agree(row: Mapping[str, Any]) -> Need:
    return _need(row, "Agree that it is done", "activity-agree", row["why"])
