"""The list of measures: one page of it from the read lines, exceptions first, and its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import MeasureLine
from candour.performance.queries.rows import SHOWN, MeasureRow, line_from, measure_row

SORTS = {
    "state": "rank",
    "reference": "reference",
    "title": "record__title",
    "topic": "topic",
    "owner": "owner__title",
    "period": "last_period",
}
# The views of the list, in their order; each is a condition on the line, on a day.
VIEWS: Mapping[str, str] = {
    "open": "All measures",
    "exceptions": "Exceptions",
    "ask": "To be asked",
    "asked": "Explanations owed",
    "target": "Will miss their target",
    "late": "Figures late",
    "better": "Getting better",
    "restricted": "Restricted",
    "ended": "Ended",
    "all": "Everything",
}


@dataclass(frozen=True)
class MeasureFilter:
    """What a list shows. Empty means any, but for view: "" is "open"."""

    view: str = "open"
    topic: str = ""
    organisation: int | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class ListPage:
    """A page of rows, how many match in all, and how many each view holds."""

    rows: tuple[MeasureRow, ...]
    total: int
    views: dict[str, int]


@dataclass(frozen=True)
class Place:
    """What there are measures of, for an actor: topics; bodies (number, code, name)."""

    topics: tuple[str, ...] = ()
    bodies: tuple[tuple[int, str, str], ...] = ()


def lines(actor: Actor) -> QuerySet[MeasureLine]:
    """The lines that an actor may see."""
    return MeasureLine.objects.filter(visible(actor, PerformancePermission.SEE))


def places(actor: Actor) -> Place:
    """The topics and bodies of the measures that an actor may see. One query."""
    names = ("topic", *(f"organisation__{name}" for name in ("id", "code", "name")))
    found = list(lines(actor).order_by().values_list(*names).distinct())
    return Place(
        topics=tuple(sorted({row[0] for row in found if row[0]})),
        bodies=tuple(sorted({row[1:] for row in found}, key=lambda one: one[2])),
    )


def of_view(view: str, today: date) -> Q:
    """The condition of a view on a day. Raises KeyError for a view that does not exist."""
    running = Q(closed_on=None)
    exception = Q(holds(rules.EXCEPTION, "yes", today))
    return {
        "open": lambda: running,
        "exceptions": lambda: exception,
        "ask": lambda: exception & Q(explained=False, owed_on=None),
        "asked": lambda: running & Q(owed_on__isnull=False),
        "target": lambda: running & Q(assurance="will not"),
        "late": lambda: running & Q(due_on__lt=today),
        "better": lambda: running & Q(variation="improvement"),
        "restricted": lambda: Q(sensitivity="restricted"),
        "ended": lambda: ~running,
        "all": Q,
    }[view or "open"]()


class Standing(Protocol):
    """A measure as it stood on a day, as far as the views ask."""

    @property
    def line(self) -> Any: ...
    @property
    def exception(self) -> bool: ...
    @property
    def restricted(self) -> bool: ...


def matches(row: Standing, view: str, day: date) -> bool:
    """Whether a row of a past day belongs to a view; the same as of_view says in SQL."""
    return views_of(row, day)[view or "open"]


def views_of(row: Standing, day: date) -> dict[str, bool]:
    """Whether a row of a past day belongs to each view."""
    line, running = row.line, row.line.closed_on is None
    return {
        "open": running,
        "exceptions": row.exception,
        "ask": row.exception and not line.explained and line.owed_on is None,
        "asked": running and line.owed_on is not None,
        "target": running and line.assurance == "will not",
        "late": running and line.due_on is not None and line.due_on < day,
        "better": running and line.variation == "improvement",
        "restricted": row.restricted,
        "ended": not running,
        "all": True,
    }


def narrowed(rows: QuerySet[MeasureLine], wanted: MeasureFilter, today: date) -> QuerySet[MeasureLine]:
    """The lines under everything of a filter but its view."""
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    if wanted.state:
        rows = rows.filter(holds(rules.STATE, wanted.state, today))
    return rows.filter(matching(wanted.words)) if wanted.words else rows


def page_of(
    actor: Actor, wanted: MeasureFilter, *, today: date, sort: str = "state", offset: int = 0, size: int = 50
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


def in_order(rows: QuerySet[MeasureLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order."""
    name = sort.removeprefix("-")
    if name not in SORTS or name == "state":
        rows = rows.annotate(rank=compiled(rules.RANK, today))
    column = F(SORTS.get(name, "rank"))
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(by, "reference", "pk").values_list("pk", flat=True)


def rows_for(pks: Sequence[int], *, today: date) -> tuple[MeasureRow, ...]:
    """Rows of the list in the order given. One query."""
    columns = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        **{name: F(f"record__measure__{name}") for name in SHOWN},
    }
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    rows = MeasureLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns)
    found = {row["record_id"]: row for row in rows.values()}
    return tuple(measure_row(found[pk], line_from(found[pk]), today=today) for pk in pks)
