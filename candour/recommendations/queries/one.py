"""One recommendation: found at its address as an actor may see it; where it stands; what bears on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candour.kernel.access import Actor
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Link, Record, visible
from candour.kernel.records.queries import visible_records
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, Closure, Recommendation, RecommendationLine, Update
from candour.recommendations.queries.lists import line_from
from candour.recommendations.queries.register import with_decision
from candour.recommendations.queries.rows import RecommendationRow, recommendation_row

OWNER = ("id", "owner_id", "owner_label", "added_on", "removed_on")
ASKED = ("id", "text", "due", "why", "asked_on", "answer")
TARGET = ("number", "text", "due", "set_on", "why", "approver")
WORDS = ("audit", "printed", "text", "finding", "risk", "response_text", "repeat_of_id", "came_from_id")
LINE_FIELDS = RecommendationLine._meta.concrete_fields


def recommendation_at(organisation: str, reference: str, *, actor: Actor) -> Recommendation:
    """The recommendation at an address, with its record, read line and lead owner. One query.

    Raises Recommendation.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Recommendation.objects.select_related("record__organisation", "record__owner", "record__recommendation_line")
    return rows.get(
        visible(actor, RecommendationPermission.SEE, "record__"),
        record__kind="recommendation",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def origin_named(reference: str, *, organisation: int, actor: Actor) -> Record:
    """The record that a recommendation of a body came from, by its reference: one of the body before another's. One query.

    Raises Record.DoesNotExist alike for one that is hidden, one that never was, and a recommendation, which can only be
    repeated; Record.MultipleObjectsReturned where several are meant alike.
    """
    rows = Record.objects.filter(visible_records(actor), reference=reference).exclude(kind="recommendation")
    found = list(rows.order_by("pk"))
    nearest = [each for each in found if each.organisation_id == organisation] or found
    if not nearest:
        raise Record.DoesNotExist
    if len(nearest) > 1:
        raise Record.MultipleObjectsReturned
    return nearest[0]


def proposal_of(recommendation: Recommendation) -> Closure | None:
    """The last proposal to close it that has not lapsed, answered or not. One query."""
    rows = Closure.objects.filter(recommendation=recommendation, lapsed_on=None).select_related("decision")
    return rows.order_by("-pk").first()


def stage_of(recommendation: Recommendation) -> rules.Stage:
    """Where it stands in its life, by its read line. One query."""
    held = RecommendationLine.objects.get(pk=recommendation.pk)
    return rules.stage_at(
        closed_on=held.closed_on, outcome=held.outcome, proposed_on=held.proposed_on, response=held.response
    )


def owners_of(recommendation: Recommendation) -> list[Assignment]:
    """The owners that stand, in the order in which they were named, each with its post. One query."""
    return list(recommendation.assignments.filter(removed_on=None).select_related("owner").order_by("pk"))


@dataclass(frozen=True)
class Neighbour:
    """Another record that bears on this one, where the reader may see it. how: how it does, in words."""

    pk: int
    how: str
    kind: str
    reference: str
    title: str
    address: str


def neighbours_of(recommendation: Recommendation, *, actor: Actor) -> list[Neighbour]:
    """What it repeats, what repeats it, where it came from, what is linked to it: what the reader may see. One query."""
    own = recommendation.pk
    outward = Link.objects.filter(record=own, to=OuterRef("pk"), ended=None).values("how")[:1]
    inward = Link.objects.filter(to=own, record=OuterRef("pk"), ended=None).values("how")[:1]
    rows = Record.objects.filter(visible_records(actor), pk__in=_near(recommendation)).select_related("organisation")
    rows = rows.annotate(link_how=Coalesce(Subquery(outward), Subquery(inward)), repeats=F("recommendation__repeat_of"))
    found = []
    for row in rows.order_by("kind", "reference"):
        kind = kind_named(row.kind)
        how = _how(row, recommendation)
        place = kind.address(row.organisation.code, row.reference)
        found.append(Neighbour(row.pk, how, kind.label, row.reference, row.title, place))
    return found


def _near(recommendation: Recommendation) -> QuerySet[Any, Any]:
    """The numbers of what bears on it. Each part of the union is found by an index of its own."""
    own, standing = recommendation.pk, Link.objects.filter(ended=None).order_by()
    named = Record.objects.filter(pk__in={0, recommendation.repeat_of_id or 0, recommendation.came_from_id or 0})
    return (
        named.order_by()
        .values_list("pk")
        .union(
            Recommendation.objects.filter(repeat_of=own).order_by().values_list("pk"),
            standing.filter(record=own).values_list("to"),
            standing.filter(to=own).values_list("record"),
        )
    )


def _how(row: Any, recommendation: Recommendation) -> str:
    if row.pk == recommendation.repeat_of_id:
        return "is repeated by this"
    if row.repeats == recommendation.pk:
        return "repeats this"
    return "where this came from" if row.pk == recommendation.came_from_id else row.link_how


def in_full(recommendation: Recommendation, *, today: date) -> RecommendationRow:
    """A live one with its ledgers, updates and proposals, from the row that recommendation_at gave. Three queries."""
    record, of = recommendation.record, {"recommendation": recommendation}
    line: Any = {field.attname: getattr(record.recommendation_line, field.attname) for field in LINE_FIELDS}
    # One date waits at most, so that joining it to the ledger makes no line twice.
    waits = FilteredRelation("dates_asked", condition=Q(dates_asked__answer=""))
    owners: Any = Assignment.objects.filter(**of).annotate(owner_label=F("owner__title"), waits=waits)
    names = (*(f"targets__{name}" for name in TARGET), *(f"waits__{name}" for name in ASKED))
    rows = list(owners.values(*OWNER, *names))
    targets = [
        {name: row[f"targets__{name}"] for name in TARGET} | {"assignment_id": row["id"]}
        for row in rows
        if row["targets__number"] is not None
    ]
    asked = {
        row["id"]: {name: row[f"waits__{name}"] for name in ASKED} | {"assignment_id": row["id"]}
        for row in rows
        if row["waits__id"] is not None
    }
    updates: Any = Update.objects.filter(**of).annotate(by_label=F("by__title")).order_by().values()
    closures = Closure.objects.filter(**of).annotate(proposed_by_label=F("proposed_by__title"))
    values = {name: getattr(recommendation, name) for name in WORDS} | {
        "record_id": record.pk,
        "reference": record.reference,
        "title": record.title,
        "organisation_id": record.organisation_id,
        "organisation_label": str(record.organisation),
        "organisation_code": record.organisation.code,
        "owner_id": record.owner_id,
        "owner_label": str(record.owner or ""),
        "sensitivity": record.sensitivity,
    }
    return recommendation_row(
        values,
        line=line_from(line),
        today=today,
        assignments=list({row["id"]: row for row in rows}.values()),
        targets=targets,
        asked=asked.values(),
        updates=list(updates),
        closures=[with_decision(closure) for closure in closures.select_related("decision")],
    )
