"""One page of the live register: filtered, sorted, counted and cut in the database, at any size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
)
from django.db.models.lookups import Exact, IsNull

from candour.kernel.access import Actor
from candour.kernel.composed import Composed
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Post
from candour.kernel.records.compile import LookedAt, compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.kernel.scales.queries import matrices
from candour.kernel.scales.rules import Matrix
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, RiskLine
from candour.risks.queries.appetite import Against
from candour.risks.queries.movement import moved
from candour.risks.queries.rows import RiskRow, risk_row, score_points, scores_beside

CHUNK = 5000  # rows of a download read at once

SORTS = {
    "score": "score",
    "reference": "reference",
    "owner": "owner__title",
    "status": "status",
    "review": "review_due",
    "title": "record__title",
}


@dataclass(frozen=True)
class RiskFilter:
    """What a list shows. Empty means any. movement: new, up, down, same, rescaled, or "changed" for all but same."""

    level: str = "strategic"
    organisation: int | None = None
    words: str = ""
    owner: int | None = None
    status: str = ""
    band: str = ""
    movement: str = ""
    sensitivity: str = ""
    impact: int | None = None
    likelihood: int | None = None
    closed: bool = False
    appetite: str = ""  # within, at or over what the body tolerates in the risk's category


@dataclass(frozen=True)
class RiskPage:
    """A page of rows, how many match in all, and how many of them are in each band."""

    rows: tuple[RiskRow, ...]
    total: int
    bands: dict[str, int] = field(default_factory=dict)


def lines(actor: Actor, wanted: RiskFilter, *, found: bool = False) -> QuerySet[RiskLine]:
    """The visible lines of one register, before the filters that depend on today. found: the lines are found by words."""
    rows = RiskLine.objects.filter(visible(actor, RiskPermission.SEE))
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    if found:
        return rows.filter(Exact(LookedAt("kind"), wanted.level), IsNull(LookedAt("closed_on"), not wanted.closed))
    return rows.filter(kind=wanted.level, closed_on__isnull=not wanted.closed)


def narrowed(
    rows: QuerySet[RiskLine],
    wanted: RiskFilter,
    *,
    today: date,
    since: date | None,
    against: Against,
) -> QuerySet[RiskLine]:
    """The lines that the filters leave. against: what appetite asks."""
    if wanted.words:
        rows = rows.filter(matching(wanted.words))
    if wanted.owner is not None:
        rows = rows.filter(owner=wanted.owner)
    if wanted.band:
        rows = rows.filter(band=wanted.band)
    if wanted.sensitivity:
        rows = rows.filter(sensitivity=wanted.sensitivity)
    if wanted.impact is not None:
        rows = rows.filter(impact=wanted.impact)
    if wanted.likelihood is not None:
        rows = rows.filter(likelihood=wanted.likelihood)
    if wanted.status:
        rows = rows.filter(holds(rules.STATUS, wanted.status, today))
    if wanted.movement:
        rows = moved(rows, wanted.movement, since)
    if wanted.appetite:
        rows = rows.filter(against(wanted.appetite))
    return rows


def page_of(
    actor: Actor,
    wanted: RiskFilter,
    *,
    today: date,
    since: date | None,
    sort: str = "-score",
    offset: int = 0,
    size: int = 50,
    scales: Mapping[int, Matrix] | None = None,
    bands: Mapping[str, int] | None = None,
    against: Against | None = None,
    owners: Sequence[tuple[int, str]] = (),
) -> RiskPage:
    """One page. sort: a key of SORTS, with - for descending; ties go by reference.

    bands: how many are in each band, where that was counted already. owners: the posts that own live lines, as posts_in_use
    gives them, so that an order by owner sorts the lines of a few. Five queries, one less for each of scales and bands that is
    given; one more for appetite, unless against is given, and one for an order by owner where owners are given.
    """
    scales = matrices() if scales is None else scales
    against = against or Against(today, scales)
    asked: dict[str, Any] = {"today": today, "since": since, "against": against}
    if bands is None:
        counted = narrowed(lines(actor, wanted, found=bool(wanted.words)), wanted, **asked)
        bands = dict(counted.order_by().values_list("band").annotate(count=Count("pk")))
    # Where none is left nothing is looked for: all lines would be read to find that none of them is.
    if (total := sum(bands.values())) <= offset:
        return RiskPage((), total, dict(bands))
    rows = narrowed(lines(actor, wanted), wanted, **asked)
    if sort.lstrip("-") == "owner" and not wanted.words:
        named = list(reversed(owners)) if sort.startswith("-") else owners
        rows, offset = of_some_owners(rows, named, offset=offset, size=size)
    pks = list(in_order(rows, sort, today)[offset : offset + size])
    return RiskPage(rows_for(pks, today=today, since=since, scales=scales), total, dict(bands))


def of_some_owners(
    rows: QuerySet[RiskLine], owners: Sequence[tuple[int, str]], *, offset: int, size: int
) -> tuple[QuerySet[RiskLine], int]:
    """The lines of those owners alone that a page in the order of owners shows, and its offset among them. One query.

    owners: posts and titles in that order. Posts of one title stand together. All rows where one has an owner beside them.
    """
    counts = dict(rows.order_by().values_list("owner").annotate(count=Count("pk"))) if owners else {}
    if not counts or counts.keys() - {post for post, _ in owners}:
        return rows, offset
    passed, found = 0, 0
    shown: list[int] = []
    for _, alike in groupby(owners, key=itemgetter(1)):
        posts = [post for post, _ in alike]
        count = sum(counts.get(post, 0) for post in posts)
        if not shown and passed + count <= offset:
            passed += count
        elif found < offset - passed + size:
            found += count
            shown += posts
    return rows.filter(owner__in=shown), offset - passed


def in_order(rows: QuerySet[RiskLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order that page_of takes."""
    name = sort.lstrip("-")
    column = F(SORTS.get(name, "score"))
    ordered = rows.annotate(status=compiled(rules.STATUS, today)) if name == "status" else rows
    if name == "score" and sort.startswith("-"):
        by = F("rank").desc()  # highest first, not scored last: an index has them in this order on both databases
    else:
        by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return ordered.order_by(by, "reference", "pk").values_list("pk", flat=True)


def every_row(
    actor: Actor, wanted: RiskFilter, *, today: date, since: date | None, sort: str, scales: Mapping[int, Matrix]
) -> Iterator[RiskRow]:
    """All rows of a list, for a download: one query, and two for each 5,000 rows."""
    against = Against(today, scales)
    rows = narrowed(lines(actor, wanted), wanted, today=today, since=since, against=against)
    pks = list(in_order(rows, sort, today))
    for start in range(0, len(pks), CHUNK):
        yield from rows_for(pks[start : start + CHUNK], today=today, since=since, scales=scales)


def rows_for(
    pks: Sequence[int], *, today: date, since: date | None, scales: Mapping[int, Matrix] | None = None
) -> tuple[RiskRow, ...]:
    """Rows of a list in the order given: lines with their records, score history, scales. Three queries, or two."""
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    columns = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        "category": F("record__risk__category"),
        "responsible_officer_label": F("record__risk__responsible_officer__title"),
        "joint_with_label": F("record__risk__joint_with__name"),
        "joint_reference": F("record__risk__joint_reference"),
        "response": F("record__risk__response"),
    }
    found = {
        row["record_id"]: row for row in RiskLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns).values()
    }
    scores = grouped(list(Assessment.objects.filter(risk__in=pks).order_by().values()), "risk_id")
    scales = matrices() if scales is None else scales
    return tuple(
        risk_row(
            found[pk],
            line=line_from(found[pk]),
            points=score_points(scores[pk], scales, today),
            beside=scores_beside(scores[pk], scales, today),
            today=today,
            since=since,
        )
        for pk in pks
    )


LINE_FIELDS = tuple(name for name in rules.Line.__dataclass_fields__ if name != "organisation")


def line_from(values: Any) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(organisation=values["organisation_id"], **{name: values[name] for name in LINE_FIELDS})


def posts_in_use(actor: Actor, wanted: RiskFilter) -> list[tuple[int, str]]:
    """Posts that own a visible risk of a register, for the owner filter."""
    return _owning(actor, wanted)


def _posts_that_own(actor: Actor, wanted: RiskFilter) -> QuerySet[Post, tuple[int, str]]:
    # Asked of each post: the first line by its owner settles it, where all owners of all lines would be read otherwise.
    owned = lines(actor, wanted).order_by().filter(owner=OuterRef("pk"))
    return Post.objects.filter(Exists(owned)).order_by("title").values_list("pk", "title")


_owning = Composed(_posts_that_own)
