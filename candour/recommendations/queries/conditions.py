"""Conditions on a read line that its own columns do not answer alone: who answers, how it slipped, what happened when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import In

from candour.kernel.records.compile import LookedAt, holds
from candour.kernel.records.skipping import skipping
from candour.recommendations import rules
from candour.recommendations.models import Assignment, Closure, RecommendationLine
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


def answered_for(owners: Sequence[int], *, looked: bool = False) -> Q:
    """One of some posts answers for it; NOBODY among them: an owner is still to be named. looked: as asked() takes it.

    Few different sets of posts answer for very many recommendations: those with one of the posts are found first.
    """
    told, params = skipping(RecommendationLine.objects.all(), "answering")
    held = " OR ".join(["held.word LIKE %s"] * len(owners))
    sets = RawSQL(  # noqa: S611  # nosec B611
        f"SELECT held.word FROM ({told}) AS held WHERE {held}",  # noqa: S608
        [*params, *(f"%,{post},%" for post in owners)],
    )
    return Q(In(LookedAt("answering") if looked else F("answering"), sets))


def answering_in(rows: QuerySet[RecommendationLine]) -> RawSQL:
    """The numbers of the posts that answer for some lines. Raises EmptyResultSet where who asks sees none."""
    told, params = skipping(rows, "answering")
    return RawSQL(  # noqa: S611  # nosec B611
        f"SELECT post.id FROM people_post AS post JOIN ({told}) AS held ON held.word LIKE '%%,' || post.id || ',%%'",  # noqa: S608
        params,
    )


def posts_of(answering: str) -> list[int]:
    """The posts that a line says answer for it, NOBODY among them."""
    return [int(post) for post in answering.split(",") if post]


def directorate(post: str = "") -> Combinable:
    """What figures put posts together by: the directorate of a post, else the title of the post that it answers to.

    post: the path from the rows to the post ("owner__"). None where it has neither.
    """
    return Coalesce(NullIf(F(f"{post}directorate"), Value("")), F(f"{post}answers_to__title"))


def in_directorate(name: str) -> Q:
    """One of those who answer for it stands in that directorate; NONE: one stands in none, or is not named."""
    standing = Assignment.objects.filter(removed_on=None).order_by()
    placed = standing.alias(directorate=directorate("owner__"))
    if name != NONE:
        return Q(pk__in=placed.filter(directorate=name).values("recommendation"))
    alone = placed.filter(directorate__isnull=True).values("recommendation")
    return Q(pk__in=alone) | ~Q(pk__in=standing.values("recommendation"))


def slipped(wanted: Slipped) -> Q:
    """How often it slipped, and whether somebody agreed it each time."""
    found = Q(slips__gte=wanted.slips) if wanted.slips else Q()
    if wanted.slips_most is not None:
        found &= Q(slips__lte=wanted.slips_most)
    return found & Q(unapproved=True) if wanted.unapproved else found


def in_status(status: str, today: date, *, looked: bool = False) -> Q:
    """It has that status on a day: settled by its standing alone, or by its standing and when it is due.

    looked: as asked() takes it.
    """
    decided = holds(rules.DATED, status, today)
    if looked:
        return Q(decided)
    return Q(standing=status) if status in rules.SETTLED else Q(Q(standing__in=rules.UNSETTLED), decided)


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
