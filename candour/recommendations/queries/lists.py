"""One page of the live tracker: filtered, sorted, counted and cut in the database, at any size."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from candour.kernel.access import Actor
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Post
from candour.kernel.records.compile import LookedAt, compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, RecommendationLine, Target
from candour.recommendations.models.tracker import OrNever
from candour.recommendations.queries.conditions import HAPPENED, NONE, answered_for, in_directorate, slipped, within
from candour.recommendations.queries.rows import RecommendationRow, recommendation_row

Key = TypeVar("Key", bound=Hashable)

SORTS = {
    "priority": "rank",
    "reference": "reference",
    "title": "record__title",
    "owner": "owner__title",
    "status": "status",
    "first": "original_due",
    "due": "due",
    "slips": "slips",
    "age": "first_reported",
}


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
    # Where words find the lines no index of those that have ended is to give them.
    ended = LookedAt("closed_on") if wanted.words else F("closed_on")
    found = Q() if wanted.ended is None else Q(IsNull(ended, not wanted.ended))
    for name in ("source", "sensitivity"):
        if value := getattr(wanted, name):
            found &= Q(**{name: value})
    for name, path in (("priority", "priority"), ("audit", "record__recommendation__audit")):
        if value := getattr(wanted, name):
            found &= Q(**{path: "" if value == NONE else value})
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
    return found & matching(wanted.words) if wanted.words else found


def counts(
    actor: Actor, wanted: Mapping[Key, RecommendationFilter], *, today: date, organisation: int | None = None
) -> dict[Key, int]:
    """How many lines each filter holds, of one body or of all that are seen; one query for any number of filters."""
    if not wanted:
        return {}
    named = {f"n{number}": each for number, each in enumerate(wanted.values())}
    rows = lines(actor, organisation)
    if all(each.ended is False for each in wanted.values()):
        rows = rows.filter(closed_on=None)  # those that have ended, most of an old tracker, are not read
    found = rows.aggregate(
        **{name: Count("pk", filter=_with_body(each, today, organisation)) for name, each in named.items()}
    )
    return dict(zip(wanted, (found[name] for name in named), strict=True))


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
) -> RecommendationPage:
    """One page. sort: a key of SORTS, with - for descending; ties go by first date and reference.

    total: how many match, where that was counted already. Five queries, or four.
    """
    rows = lines(actor, wanted.organisation).filter(asked(wanted, today))
    count = rows.count() if total is None else total
    pks = list(in_order(rows, sort, today)[offset : offset + size])
    return RecommendationPage(rows_for(pks, today=today), count)


def in_order(rows: QuerySet[RecommendationLine], sort: str, today: date) -> QuerySet[Any, Any]:
    """The numbers of the lines in an order that page_of takes."""
    name = sort.lstrip("-")
    by_column = SORTS.get(name, "rank")
    column = F(by_column)
    ordered: QuerySet[Any] = rows.annotate(status=compiled(rules.STATUS, today)) if name == "status" else rows
    last = None if by_column == "rank" else True  # of a rank, which none is without, an index has the order
    by = column.desc(nulls_last=last) if sort.startswith("-") else column.asc(nulls_last=last)
    ties = (OrNever("original_due"), "reference", "pk")
    return ordered.order_by(by, *ties).values_list("pk", flat=True)


def rows_for(pks: Sequence[int], *, today: date) -> tuple[RecommendationRow, ...]:
    """Rows of a list in the order given: lines with their records, owners and ledgers. Three queries."""
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    columns = {
        "title": F("record__title"),
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
    held = Assignment.objects.filter(Exists(seen), owner=OuterRef("pk"), removed_on=None)
    return list(Post.objects.filter(Exists(held)).order_by("title").values_list("pk", "title"))


def priorities_in_use(actor: Actor, organisation: int | None) -> list[str]:
    """The words of priority of visible recommendations, highest first. One query."""
    rows = lines(actor, organisation).exclude(priority="").order_by("rank", "priority")
    return list(dict.fromkeys(rows.values_list("priority", flat=True).distinct()))
