"""One page of the live tracker: filtered, sorted, counted and cut in the database, at any size."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import IsNull

from candour.kernel.access import Actor
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Post
from candour.kernel.records.compile import holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, Recommendation, RecommendationLine, Target
from candour.recommendations.queries.conditions import HAPPENED, NONE, answered_for, in_directorate, slipped, within
from candour.recommendations.queries.orders import Named, by_status, page_in_order
from candour.recommendations.queries.rows import RecommendationRow, recommendation_row

Key = TypeVar("Key", bound=Hashable)


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


@dataclass(frozen=True)
class RecommendationPage:
    """A page of rows, and how many match in all."""

    rows: tuple[RecommendationRow, ...]
    total: int


def lines(actor: Actor, organisation: int | None = None) -> QuerySet[RecommendationLine]:
    """The visible lines of one body, or of all that are seen."""
    rows = RecommendationLine.objects.filter(visible(actor, RecommendationPermission.SEE))
    return rows if organisation is None else rows.filter(organisation=organisation)


def asked(wanted: RecommendationFilter, today: date) -> Q:
    """What a filter asks of a line beside its body."""
    found = Q() if wanted.ended is None else Q(closed_on__isnull=not wanted.ended)
    for name in ("source", "sensitivity"):
        if value := getattr(wanted, name):
            found &= Q(**{name: value})
    if wanted.priority:
        found &= Q(priority="" if wanted.priority == NONE else wanted.priority)
    if wanted.audit:
        of_report = Recommendation.objects.filter(audit="" if wanted.audit == NONE else wanted.audit)
        found &= Q(pk__in=of_report.order_by().values("pk"))
    if wanted.past == "past":
        found &= Q(original_due__lt=today)
    elif wanted.past:
        found &= Q(holds(rules.PAST, wanted.past, today))
    if wanted.status:
        found &= Q(holds(rules.STATUS, wanted.status, today))
    if wanted.owners:
        found &= answered_for(wanted.owners)
    if wanted.directorate:
        found &= in_directorate(wanted.directorate)
    found &= slipped(wanted)
    if wanted.age:
        found &= within("first_reported", rules.reported_for(wanted.age, today))
    if wanted.happened:
        found &= HAPPENED[wanted.happened](wanted.span)
    return found & matching(wanted.words, looked=True) if wanted.words else found


def counts(
    actor: Actor, wanted: Mapping[Key, RecommendationFilter], *, today: date, organisation: int | None = None
) -> dict[Key, int]:
    """How many lines each filter holds, of one body or of all that are seen. Two queries at most, for any number of filters.

    What asks of live lines no more than their own columns is counted in one pass over an index; the others each by what
    finds them.
    """
    rows = lines(actor, organisation)
    found_by = {_elsewhere(each) for each in wanted.values()}
    if len(found_by) == 1 and (alike := found_by.pop()) != NOWHERE:  # all of them of one owner, or by the same words
        rows = rows.filter(asked(alike, today))
        wanted = {key: replace(each, **BLANK) for key, each in wanted.items()}
    plain = {key: each for key, each in wanted.items() if _plain(each)}
    others = [key for key in wanted if key not in plain]
    found: dict[Key, int] = dict.fromkeys(wanted, 0)
    if plain:
        found |= dict(
            zip(plain, by_status(rows.filter(closed_on=None), _parted(plain, today, organisation), today), strict=True)
        )
    if others:
        apart = [
            rows.filter(_with_body(wanted[key], today, organisation))
            .order_by()
            .values(place=Value(place, output_field=IntegerField()))
            .annotate(count=Count("pk"))
            .values_list("place", "count")
            for place, key in enumerate(others)
        ]
        first, *more = apart
        found |= {others[place]: count for place, count in (first.union(*more, all=True) if more else first)}
    return found


ELSEWHERE = ("words", "owners", "directorate", "audit")  # asked of other rows than the line
BLANK: dict[str, Any] = {name: RecommendationFilter.__dataclass_fields__[name].default for name in ELSEWHERE}
NOWHERE = RecommendationFilter(ended=None)


def _elsewhere(wanted: RecommendationFilter) -> RecommendationFilter:
    """That part of a filter which is asked of other rows than the line."""
    return replace(NOWHERE, **{name: getattr(wanted, name) for name in ELSEWHERE})


def _plain(wanted: RecommendationFilter) -> bool:
    """Whether it asks of live lines, and of their own columns."""
    known = wanted.ended is False and _elsewhere(wanted) == NOWHERE
    return known and wanted.happened not in {"sent back", "verified"}


def _parted(wanted: Mapping[Key, RecommendationFilter], today: date, organisation: int | None) -> list[tuple[str, Q]]:
    """Each filter as its status and all else that it asks."""
    return [(each.status, _with_body(replace(each, status=""), today, organisation)) for each in wanted.values()]


def _with_body(wanted: RecommendationFilter, today: date, organisation: int | None) -> Q:
    found = asked(wanted, today)
    if organisation is None and wanted.organisation is not None:
        found &= Q(organisation=wanted.organisation)
    return found


def page_of(
    actor: Actor,
    wanted: RecommendationFilter,
    *,
    today: date,
    sort: str = "priority",
    offset: int = 0,
    size: int = 50,
    total: int | None = None,
    owners: Named = (),
) -> RecommendationPage:
    """One page. sort: a key of SORTS, with - for descending; ties go by first date and reference.

    total: how many match, where that was counted already. owners: as page_in_order takes them. Four queries, one more without
    the total, and one more for some orders.
    """
    rows = lines(actor, wanted.organisation).filter(asked(wanted, today))
    count = rows.count() if total is None else total
    place: dict[str, Any] = {"offset": offset, "size": size, "total": count, "owners": owners}
    return RecommendationPage(rows_for(page_in_order(rows, sort, today=today, **place), today=today), count)


def rows_for(pks: Sequence[int], *, today: date) -> tuple[RecommendationRow, ...]:
    """Rows of a list in the order given: lines with their records, owners and ledgers. Three queries."""
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    columns = {
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        "audit": F("record__recommendation__audit"),
    }
    held = RecommendationLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns).values()
    found = {row["record_id"]: row for row in held}
    owners: Any = Assignment.objects.filter(recommendation__in=pks, removed_on=None)
    by_record = grouped(list(owners.annotate(owner_label=F("owner__title")).order_by().values()), "recommendation_id")
    targets = grouped(list(Target.objects.filter(recommendation__in=pks).order_by().values()), "recommendation_id")
    return tuple(
        recommendation_row(
            found[pk], line=line_from(found[pk]), today=today, assignments=by_record[pk], targets=targets[pk]
        )
        for pk in pks
    )


LINE_FIELDS = tuple(name for name in rules.Line.__dataclass_fields__ if name != "organisation")


def line_from(values: Mapping[str, Any]) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(organisation=values["organisation_id"], **{name: values[name] for name in LINE_FIELDS})


def owners_in_use(actor: Actor, organisation: int | None, *, ended: bool = False) -> list[tuple[int, str]]:
    """The posts that answer for a visible recommendation, for the filter; with ended also for one that has. One query."""
    # Asked of each post: its first visible recommendation settles it, where all of them would be read otherwise.
    seen = lines(actor, organisation).order_by().filter(pk=OuterRef("recommendation"))
    seen = seen if ended else seen.filter(closed_on=None)
    held = Assignment.objects.filter(Exists(seen), owner=OuterRef("pk"), removed_on=None).order_by()
    # The first by its number: where only its being there is asked, PostgreSQL looks up all that each post answers for.
    posts = Post.objects.filter(IsNull(Subquery(held.values("pk")[:1]), False))
    return list(posts.order_by("title").values_list("pk", "title"))


def priorities_in_use(actor: Actor, organisation: int | None) -> list[str]:
    """The words of priority of visible recommendations, highest first. One query."""
    rows = lines(actor, organisation).exclude(priority="").order_by("rank", "priority")
    return list(dict.fromkeys(rows.values_list("priority", flat=True).distinct()))
