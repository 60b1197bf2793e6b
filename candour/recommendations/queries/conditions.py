"""Conditions on a read line that its own columns do not answer alone: who answers, how it slipped, what happened when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from candour.recommendations.models import Assignment, Closure, Target
from candour.recommendations.rules import Span

NONE = "none"  # in an address: those without a priority, a report, an owner
NOBODY = 0  # among owners: a post still to be named


class Slipped(Protocol):
    """What of a filter asks how often a date moved."""

    @property
    def slips(self) -> int: ...
    @property
    def slips_most(self) -> int | None: ...
    @property
    def unapproved(self) -> bool: ...


def answered_for(owners: Sequence[int]) -> Q:
    """One of some posts answers for it; NOBODY among them: an owner is still to be named."""
    found = Q(pk__in=answered_by(owners))
    if NOBODY in owners:
        standing = Assignment.objects.filter(removed_on=None)
        named = standing.order_by().values("recommendation")
        unnamed = standing.filter(owner=None).order_by().values("recommendation")
        found |= Q(pk__in=unnamed) | ~Q(pk__in=named)
    return found


def answered_by(owners: Sequence[int]) -> QuerySet[Any, Any]:
    """The numbers of the recommendations for which one of some posts answers."""
    rows = Assignment.objects.filter(owner__in=owners, removed_on=None)
    return rows.order_by().values("recommendation")


def directorate(post: str) -> Combinable:
    """What figures put posts together by: the directorate of a post, else the title of the post that it answers to.

    post: the path from the rows to the post. None where it has neither.
    """
    return Coalesce(NullIf(F(f"{post}__directorate"), Value("")), F(f"{post}__answers_to__title"))


def in_directorate(name: str) -> Q:
    """One of those who answer for it stands in that directorate; NONE: one stands in none, or is not named."""
    standing = Assignment.objects.filter(removed_on=None).order_by()
    placed = standing.alias(directorate=directorate("owner"))
    if name != NONE:
        return Q(pk__in=placed.filter(directorate=name).values("recommendation"))
    alone = placed.filter(directorate__isnull=True).values("recommendation")
    return Q(pk__in=alone) | ~Q(pk__in=standing.values("recommendation"))


def slipped(wanted: Slipped) -> Q:
    """How often it slipped, and whether somebody agreed it each time."""
    found = Q(slips__gte=wanted.slips) if wanted.slips else Q()
    if wanted.slips_most is not None:
        found &= Q(slips__lte=wanted.slips_most)
    if wanted.unapproved:
        gaps = Target.objects.filter(number__gt=0, approver="", assignment__removed_on=None)
        found &= Q(pk__in=gaps.order_by().values("recommendation"))
    return found


def within(path: str, span: Span) -> Q:
    """The day at the path lies in a span."""
    ends: dict[str, date] = {}
    if span.first:
        ends[f"{path}__gte"] = span.first
    if span.last:
        ends[f"{path}__lte"] = span.last
    return Q(**ends) if ends else Q(**{f"{path}__isnull": False})


def on_hand(span: Span) -> Q:
    """It stood open on some day of a span."""
    began = Q(reported_on__lte=span.last) if span.last else Q()
    return began & (Q(closed_on=None) | Q(closed_on__gte=span.first) if span.first else Q())


def _answered(span: Span) -> Q:
    rows = Closure.objects.filter(within("answered_on", span), answer=Closure.Answer.SENT_BACK)
    return Q(pk__in=rows.order_by().values("recommendation"))


def _verified(span: Span) -> Q:
    rows = Closure.objects.filter(within("verified_on", span), verdict=Closure.Verdict.IMPLEMENTED, lapsed_on=None)
    return Q(pk__in=rows.order_by().values("recommendation"))


HAPPENED: Mapping[str, Callable[[Span], Q]] = {
    "reported": lambda span: within("reported_on", span),
    "on hand": on_hand,
    "closed": lambda span: within("closed_on", span) & Q(outcome="closed"),
    "ended": lambda span: within("closed_on", span) & ~Q(outcome="closed"),
    "sent back": _answered,
    "verified": _verified,
    "due": lambda span: within("due", span),
    "undated": lambda span: Q(due=None),
}
