"""The recommendations that came from a record, for its page to list and count, and for a paper as they stood on a day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, visible
from candour.kernel.records.raised import Answered, Raised, RaisedThen
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import RecommendationLine
from candour.recommendations.queries.register import register
from candour.recommendations.queries.rows import RecommendationRow

TONES = {"high": "red", "medium": "amber"}


def raised(records: Sequence[int], actor: Actor, today: date) -> dict[int, list[Raised]]:
    """By record the recommendations that came from it and the actor may see. One query."""
    rows = RecommendationLine.objects.filter(
        visible(actor, RecommendationPermission.SEE), record__recommendation__came_from__in=records
    ).annotate(
        status=compiled(rules.STATUS, today),
        came_from=F("record__recommendation__came_from"),
        code=F("organisation__code"),
        post=F("owner__title"),
    )
    found: dict[int, list[Raised]] = {}
    for row in rows.order_by("rank", "reference", "pk").values(
        *("came_from", "reference", "title", "code", "priority", "rank", "tone", "status", "post", "due"),
        *("record_id", "source", "closed_on", "sensitivity", "owner_id"),
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
            pk=row["record_id"],
            sort=row["source"],
            closed_on=row["closed_on"],
            sensitivity=row["sensitivity"],
            owner_id=row["owner_id"],
        )
        found.setdefault(row["came_from"], []).append(one)
    return found


def raised_then(records: Sequence[int], actor: Actor, day: date) -> dict[int, list[RaisedThen]]:
    """By record the recommendations that had come from it by the end of a day, as they stood then. Nine queries."""
    only = Record.objects.filter(recommendation__came_from__in=records)
    found: dict[int, list[RaisedThen]] = {}
    for row in register(actor, today=day, as_at=day, closed_since=date.min, only=only):
        if row.came_from_id is not None and row.came_from_id in records:  # where it came from then, not today
            found.setdefault(row.came_from_id, []).append(_then(row))
    return found


def _then(row: RecommendationRow) -> RaisedThen:
    current = [(owner.owner, owner.current) for owner in row.owners]
    return RaisedThen(
        reference=row.reference,
        title=row.title,
        group=row.line.priority or "Without a priority",
        rank=row.line.rank,
        tone=row.line.tone,
        state=row.status,
        sensitivity=row.sensitivity,
        text=row.text,
        finding=row.finding,
        risk=row.risk,
        response=row.response_text,
        owners=tuple(
            Answered(post, target.due if target else None, target.text if target else "") for post, target in current
        ),
        pk=row.pk,
        sort=row.line.source,
        closed_on=row.line.closed_on,
    )
