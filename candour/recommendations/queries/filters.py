"""What a list of recommendations shows, and what that asks of a line."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.records.compile import holds
from candour.kernel.records.models import visible
from candour.kernel.records.search import holding, matching
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import RecommendationLine
from candour.recommendations.queries.conditions import (
    HAPPENED,
    NONE,
    answered_for,
    in_directorate,
    in_status,
    slipped,
    within,
)


@dataclass(frozen=True)
class RecommendationFilter:
    """What a list shows. Empty means any.

    past: a key of rules.PAST_WORDS, or "past" for all that are past their first date. slips: at least so many; slips_most:
    at most. unapproved: a slip of an owner that stands names nobody who agreed it. age: a key of rules.AGES. owners: posts
    of which at least one answers for it, 0 where one is still to be named. directorate: in which one of them
    stands, or the title of the post above it. happened: a key of HAPPENED, within the days of span. ended: those that
    have ended, where the others are those that have not; None for both. NONE as priority, report or directorate: those
    without.
    """

    organisation: int | None = None
    words: str = ""
    owners: tuple[int, ...] = ()
    directorate: str = ""
    status: str = ""
    priority: str = ""
    source: str = ""
    past: str = ""
    slips: int = 0
    sensitivity: str = ""
    audit: str = ""
    ended: bool | None = False
    slips_most: int | None = None
    unapproved: bool = False
    age: str = ""
    happened: str = ""
    span: rules.Span = rules.ANY_DAY


EVERYTHING = RecommendationFilter(ended=None)


def lines(actor: Actor, organisation: int | None = None) -> QuerySet[RecommendationLine]:
    """The visible lines of one body, or of all that are seen."""
    rows = RecommendationLine.objects.filter(visible(actor, RecommendationPermission.SEE))
    return rows if organisation is None else rows.filter(organisation=organisation)


FEW = 2000  # rows up to which it costs less to find them all than to look for fifty of them in the order of an index
MANY = 10_000  # lines with some words from which it costs less to read the texts of as many as a page takes


def asked(wanted: RecommendationFilter, today: date, *, total: int | None = None) -> Q:
    """What a filter asks of a line.

    total: for a page of so many. Of many, lines are read in the order of an index until there are enough, and what is asked is
    looked up in each; few are found first and then put in order.
    """
    looked = total is not None and total > FEW
    asks = _of_line(wanted)
    if wanted.past == "past":
        asks &= Q(original_due__lt=today)
    elif wanted.past:
        asks &= Q(holds(rules.PAST, wanted.past, today))
    if wanted.status:
        asks &= in_status(wanted.status, today, looked=looked)
    if wanted.owners:
        asks &= answered_for(wanted.owners, looked=looked)
    if wanted.directorate:
        asks &= in_directorate(wanted.directorate)
    asks &= slipped(wanted)
    if wanted.age:
        asks &= within("first_reported", rules.reported_for(wanted.age, today))
    if wanted.happened:
        asks &= HAPPENED[wanted.happened](wanted.span)
    if not wanted.words:
        return asks
    if total is not None and total > MANY:
        return asks & holding(wanted.words)
    return asks & matching(wanted.words, looked=total is None or looked)


def _of_line(wanted: RecommendationFilter) -> Q:
    """What a filter asks of columns that have one of few values."""
    asks = Q() if wanted.ended is None else Q(closed_on__isnull=not wanted.ended)
    for name in ("organisation", "source", "sensitivity"):
        if value := getattr(wanted, name):
            asks &= Q(**{name: value})
    for name in ("priority", "audit"):
        if value := getattr(wanted, name):
            asks &= Q(**{name: "" if value == NONE else value})
    return asks
