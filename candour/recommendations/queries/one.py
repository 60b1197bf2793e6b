"""One recommendation: found at its address as an actor may see it; where it stands; what it repeats and what repeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.records.models import Record, visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, Closure, Recommendation, RecommendationLine, Target


def recommendation_at(organisation: str, reference: str, *, actor: Actor) -> Recommendation:
    """The recommendation at an address, with its record and lead owner. One query.

    Raises Recommendation.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Recommendation.objects.select_related("record__organisation", "record__owner", "priority_scale")
    return rows.get(
        visible(actor, RecommendationPermission.SEE, "record__"),
        record__kind="recommendation",
        record__organisation__code=organisation,
        record__reference=reference,
    )


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
    rows = Assignment.objects.filter(recommendation=recommendation, removed_on=None)
    return list(rows.select_related("owner", "recommendation__record").order_by("pk"))


@dataclass(frozen=True)
class Other:
    """Another recommendation of a chain of repeats, where the reader may see it."""

    reference: str
    title: str
    organisation_code: str
    reported_on: date


@dataclass(frozen=True)
class Chain:
    """What a recommendation repeats, what repeats it, and what it came from, as far as the reader may see."""

    repeats: Other | None = None
    repeated_by: tuple[Other, ...] = ()


def chain_of(recommendation: Recommendation, *, actor: Actor) -> Chain:
    """The recommendations right before and after it in its chain. One query."""
    near = Q(pk=recommendation.repeat_of_id) | Q(repeat_of=recommendation.pk)
    rows = (
        Recommendation.objects.filter(visible(actor, RecommendationPermission.SEE, "record__"))
        .filter(near)
        .order_by("reported_on", "pk")
        .values_list("pk", "record__reference", "record__title", "record__organisation__code", "reported_on")
    )
    found = {pk: Other(reference, title, code, reported) for pk, reference, title, code, reported in rows}
    repeats = found.pop(recommendation.repeat_of_id or 0, None)
    return Chain(repeats, tuple(found.values()))


def past_slips(owners: Sequence[int], *, actor: Actor) -> list[int]:
    """By how many days each date of some posts moved, on every recommendation that an actor may see. One query."""
    if not owners:
        return []
    seen = Record.objects.filter(visible(actor, RecommendationPermission.SEE)).order_by()
    rows = Target.objects.filter(assignment__owner__in=owners, recommendation__in=seen.values("pk"))
    ledgers: dict[int, list[rules.Target]] = {}
    for row in rows.order_by("assignment", "number").values_list("assignment_id", "number", "text", "due"):
        ledgers.setdefault(row[0], []).append(rules.Target(*row))
    return [days for targets in ledgers.values() for days in rules.slipped_by(targets)]
