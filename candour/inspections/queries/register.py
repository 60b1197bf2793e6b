"""The register of inspections: read from the lines alone, filtered, sorted, counted and cut in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import InspectionLine
from candour.inspections.queries.rows import InspectionRow, inspection_row, line_from
from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching

SORTS = {
    "state": "rank",
    "reference": "reference",
    "title": "record__title",
    "kind": "kind",
    "published": "published_on",
    "due": "next_due",
    "owner": "owner__title",
}
# The views of the list, in their order; each is a condition on the line, on a day.
VIEWS: Mapping[str, str] = {
    "open": "Open",
    "running": "Clock running",
    "overdue": "Overdue",
    "awaited": "Report awaited",
    "restricted": "Restricted",
    "closed": "Closed",
    "all": "Everything",
}
OVERDUE = ("Response overdue", "Step overdue")


@dataclass(frozen=True)
class InspectionFilter:
    """What a list shows. Empty means any, but for view: "" is "open"."""

    view: str = "open"
    kind: str = ""
    organisation: int | None = None
    inspectorate: int | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class ListPage:
    """A page of rows, how many match in all, and how many each view holds."""

    rows: tuple[InspectionRow, ...]
    total: int
    views: dict[str, int]


@dataclass(frozen=True)
class Place:
    """Which bodies and inspectorates an actor sees inspections of: (number, code, name)."""

    bodies: tuple[tuple[int, str, str], ...] = ()
    inspectorates: tuple[tuple[int, str, str], ...] = ()


def lines(actor: Actor) -> QuerySet[InspectionLine]:
    """The lines that an actor may see."""
    return InspectionLine.objects.filter(visible(actor, InspectionPermission.SEE))


def places(actor: Actor) -> Place:
    """The bodies and inspectorates of the inspections that an actor may see. One query."""
    names = [f"{who}__{name}" for who in ("organisation", "inspectorate") for name in ("id", "code", "name")]
    found = list(lines(actor).order_by().values_list(*names).distinct())

    def named(rows: set[tuple[int, str, str]]) -> tuple[tuple[int, str, str], ...]:
        return tuple(sorted(rows, key=lambda one: one[2]))

    return Place(named({row[:3] for row in found}), named({row[3:] for row in found}))


def of_view(view: str, today: date) -> Q:
    """The condition of a view on a day. Raises KeyError for a view that does not exist."""
    still = Q(closed_on=None)
    return {
        "open": lambda: still,
        "running": lambda: still & Q(response_due__isnull=False, answered_on=None),
        "overdue": lambda: Q(holds(rules.STATE, OVERDUE[0], today)) | Q(holds(rules.STATE, OVERDUE[1], today)),
        "awaited": lambda: still & Q(published_on=None),
        "restricted": lambda: Q(sensitivity="restricted"),
        "closed": lambda: ~still,
        "all": Q,
    }[view or "open"]()


def matches(row: InspectionRow, view: str) -> bool:
    """Whether a row of a past day belongs to a view; the same as of_view says in SQL."""
    line, still = row.line, row.line.closed_on is None
    return {
        "open": still,
        "running": still and line.response_due is not None and line.answered_on is None,
        "overdue": row.state in OVERDUE,
        "awaited": still and line.published_on is None,
        "restricted": row.restricted,
        "closed": not still,
        "all": True,
    }[view or "open"]


def narrowed(rows: QuerySet[InspectionLine], wanted: InspectionFilter, today: date) -> QuerySet[InspectionLine]:
    """The lines under everything of a filter but its view."""
    for name in ("kind", "organisation", "inspectorate"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.state:
        rows = rows.filter(holds(rules.STATE, wanted.state, today))
    return rows.filter(matching(wanted.words)) if wanted.words else rows


def page_of(
    actor: Actor, wanted: InspectionFilter, *, today: date, sort: str = "state", offset: int = 0, size: int = 50
) -> ListPage:
    """One page of the list. sort: a key of SORTS, with - for descending; ties go by reference. Three queries."""
    every = narrowed(lines(actor), wanted, today)
    asked: dict[str, Any] = {
        f"view_{name}": Count("pk", filter=of_view(name, today)) for name in VIEWS if name != "all"
    }
    counts = every.order_by().aggregate(view_all=Count("pk"), **asked)
    views = {name: counts[f"view_{name}"] for name in VIEWS}
    pks = list(in_order(every.filter(of_view(wanted.view, today)), sort, today)[offset : offset + size])
    return ListPage(rows_for(pks, today=today), views[wanted.view or "open"], views)


def in_order(rows: QuerySet[InspectionLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order: those that need something first, then the newest."""
    name = sort.removeprefix("-")
    if name not in SORTS or name == "state":
        rows = rows.annotate(rank=compiled(rules.RANK, today))
    column = F(SORTS.get(name, "rank"))
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    newest = F("published_on").desc(nulls_last=True)
    return rows.order_by(by, F("next_due").asc(nulls_last=True), newest, "reference", "pk").values_list("pk", flat=True)


def rows_for(pks: Sequence[int], *, today: date) -> tuple[InspectionRow, ...]:
    """Rows of the list in the order given. One query."""
    columns = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "inspectorate_label": F("inspectorate__short_name"),
        "owner_label": F("owner__title"),
    }
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    rows = InspectionLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns)
    found = {row["record_id"]: row for row in rows.values()}
    return tuple(inspection_row(found[pk], line_from(found[pk]), today=today) for pk in pks)


def counts_of(actor: Actor, wanted: Mapping[int, InspectionFilter], *, today: date) -> dict[int, int]:
    """How many inspections each of some filters holds, by their numbers. One query, none for no filter."""
    if not wanted:
        return {}
    held = {
        f"of_{pk}": Count("pk", filter=Q(pk__in=narrowed(lines(actor), one, today).filter(of_view(one.view, today))))
        for pk, one in wanted.items()
    }
    counts = lines(actor).order_by().aggregate(**held)
    return {pk: counts[f"of_{pk}"] for pk in wanted}


def rows_shown(actor: Actor, wanted: InspectionFilter, *, today: date) -> list[InspectionRow]:
    """Every row of the list under a filter, what needs something first. Two queries."""
    found = narrowed(lines(actor), wanted, today).filter(of_view(wanted.view, today))
    return list(rows_for(list(in_order(found, "state", today)), today=today))
