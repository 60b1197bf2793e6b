"""The recommendations that came from a record, for the page of that record to list and count."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import visible
from candour.kernel.records.raised import Raised
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import RecommendationLine

TONES = {"high": "red", "medium": "amber"}


def raised(records: Sequence[int], actor: Actor, today: date) -> dict[int, list[Raised]]:
    """By record the recommendations that came from it and the actor may see. One query."""
    rows = RecommendationLine.objects.filter(
        visible(actor, RecommendationPermission.SEE), record__recommendation__came_from__in=records
    ).annotate(
        status=compiled(rules.STATUS, today),
        came_from=F("record__recommendation__came_from"),
        title=F("record__title"),
        code=F("organisation__code"),
        post=F("owner__title"),
    )
    found: dict[int, list[Raised]] = {}
    for row in rows.order_by("rank", "reference", "pk").values(
        *("came_from", "reference", "title", "code", "priority", "rank", "tone", "status", "post", "due")
    ):
        one = Raised(
            reference=row["reference"],
            title=row["title"],
            address=kind_named("recommendation").address(row["code"], row["reference"]),
            group=row["priority"] or "Without a priority",
            rank=row["rank"],
            tone=TONES.get(row["tone"], ""),
            state=row["status"],
            state_tone="",
            owner=row["post"] or "",
            due=row["due"],
        )
        found.setdefault(row["came_from"], []).append(one)
    return found
