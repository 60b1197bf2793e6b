"""One page of the live register: filtered, sorted, counted and cut in the database, at any size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from candour.kernel.access import Actor
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Post
from candour.kernel.records.compile import compiled
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.kernel.scales.queries import matrices
from candour.kernel.scales.rules import Matrix
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, RiskLine
from candour.risks.queries.movement import direction_since, moved
from candour.risks.queries.rows import RiskRow, risk_row, score_points

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
    """What a list shows. Empty means any. movement: new, up, down, same, or "changed" for the first three."""

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


@dataclass(frozen=True)
class RiskPage:
    """A page of rows, how many match in all, and how many of them are in each band."""

    rows: tuple[RiskRow, ...]
    total: int
    bands: dict[str, int] = field(default_factory=dict)


def lines(actor: Actor, wanted: RiskFilter) -> QuerySet[RiskLine]:
    """The visible lines of one register, before the filters that depend on today."""
    rows = RiskLine.objects.filter(visible(actor, RiskPermission.SEE), kind=wanted.level)
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    return rows.filter(closed_on__isnull=not wanted.closed)


def narrowed(rows: QuerySet[RiskLine], wanted: RiskFilter, *, today: date, since: date | None) -> QuerySet[RiskLine]:
    """The lines that the filters leave."""
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
        rows = rows.alias(status=compiled(rules.STATUS, today)).filter(status=wanted.status)
    if wanted.movement:
        rows = moved(rows, wanted.movement, since)
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
) -> RiskPage:
    """One page. sort: a key of SORTS, with - for descending; ties go by reference. Five queries, four with scales given."""
    rows = narrowed(lines(actor, wanted), wanted, today=today, since=since)
    bands = dict(rows.order_by().values_list("band").annotate(count=Count("pk")))
    pks = list(in_order(rows, sort, today)[offset : offset + size])
    return RiskPage(rows_for(pks, today=today, since=since, scales=scales), sum(bands.values()), bands)


def in_order(rows: QuerySet[RiskLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order that page_of takes."""
    name = sort.lstrip("-")
    column = F(SORTS.get(name, "score"))
    ordered = rows.annotate(status=compiled(rules.STATUS, today)) if name == "status" else rows
    ordered = ordered.order_by(
        column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True), "reference", "pk"
    )
    return ordered.values_list("pk", flat=True)


def every_row(
    actor: Actor, wanted: RiskFilter, *, today: date, since: date | None, sort: str, scales: Mapping[int, Matrix]
) -> Iterator[RiskRow]:
    """All rows of a list, for a download: one query, and two for each 5,000 rows."""
    rows = narrowed(lines(actor, wanted), wanted, today=today, since=since)
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
        "responsible_officer_label": F("record__risk__responsible_officer__title"),
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
            today=today,
            since=since,
        )
        for pk in pks
    )


LINE_FIELDS = tuple(name for name in rules.Line.__dataclass_fields__ if name != "organisation")


def line_from(values: Any) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(organisation=values["organisation_id"], **{name: values[name] for name in LINE_FIELDS})


def view_counts(actor: Actor, views: dict[str, RiskFilter], *, today: date, since: date | None) -> dict[str, int]:
    """How many lines each saved view holds. The views share one level and organisation, so one query counts them all."""
    rows = lines(actor, next(iter(views.values())))
    rows = rows.alias(status=compiled(rules.STATUS, today), direction=direction_since(since))
    return rows.aggregate(**{name: Count("pk", filter=_held_by(wanted)) for name, wanted in views.items()})


def _held_by(wanted: RiskFilter) -> Q | None:
    """What a saved view asks of a line beside its register; None where it holds them all."""
    asked = {name: getattr(wanted, name) for name in ("band", "status", "sensitivity")}
    found = Q(**{name: value for name, value in asked.items() if value})
    if wanted.movement == "changed":
        found &= ~Q(direction="same")
    elif wanted.movement:
        found &= Q(direction=wanted.movement)
    return found or None


def posts_in_use(actor: Actor, wanted: RiskFilter) -> list[tuple[int, str]]:
    """Posts that own a visible risk of a register, for the owner filter."""
    # Asked of each post: the first line by its owner settles it, where all owners of all lines would be read otherwise.
    owned = lines(actor, wanted).order_by().filter(owner=OuterRef("pk"))
    return list(Post.objects.filter(Exists(owned)).order_by("title").values_list("pk", "title"))
