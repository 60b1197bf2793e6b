"""The list of activities: one page of it from the read lines, what is at risk first, and its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import matching
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import ActivityLine, ObjectiveLine, PlanLine
from candour.plan.queries.rows import ActivityRow, activity_row, line_from

SEE = PlanPermission.SEE
SORTS = {
    "state": "rank",
    "reference": "reference",
    "title": "record__title",
    "owner": "owner__title",
    "due": "due",
    "updated": "updated_on",
}
# The views of the list, in their order; each is a condition on the line, on a day.
VIEWS: Mapping[str, str] = {
    "open": "All that run",
    "risk": "At risk of non-delivery",
    "late": "Past their date",
    "update": "Updates due",
    "slipped": "Date moved",
    "proposed": "To be agreed",
    "unrated": "Not rated yet",
    "unowned": "No owner",
    "mine": "Mine",
    "restricted": "Restricted",
    "done": "Done",
    "stopped": "Stopped",
    "all": "Everything",
}


@dataclass(frozen=True)
class ActivityFilter:
    """What a list shows. Empty means any, but for view: "" is "open". posts: those of the reader, for the view of theirs."""

    view: str = "open"
    plan: int | None = None
    objective: int | None = None
    organisation: int | None = None
    state: str = ""
    words: str = ""
    posts: tuple[int, ...] = ()


@dataclass(frozen=True)
class ListPage:
    """A page of rows, how many match in all, and how many each view holds."""

    rows: tuple[ActivityRow, ...]
    total: int
    views: dict[str, int]


def lines(actor: Actor) -> QuerySet[ActivityLine]:
    """The lines of activities that an actor may see."""
    return ActivityLine.objects.filter(visible(actor, SEE))


def plans_named(actor: Actor) -> tuple[tuple[int, str, str], ...]:
    """The plans that an actor may see, as (number, reference, title), the running ones first. One query."""
    rows = PlanLine.objects.filter(visible(actor, SEE)).order_by(F("closed_on").asc(nulls_first=True), "reference")
    return tuple(rows.values_list("pk", "reference", "record__title")[:100])


def objectives_named(actor: Actor, *plans: int) -> tuple[tuple[int, str, str], ...]:
    """The same of the objectives of some plans. One query."""
    rows = ObjectiveLine.objects.filter(visible(actor, SEE), plan__in=plans).order_by("record__objective__place")
    return tuple(rows.values_list("pk", "reference", "record__title")[:100])


def of_view(view: str, today: date, posts: Sequence[int] = ()) -> Q:
    """The condition of a view on a day. Raises KeyError for a view that does not exist."""
    running = Q(closed_on=None)
    return {
        "open": lambda: running,
        "risk": lambda: Q(holds(rules.RISK, "yes", today)),
        "late": lambda: running & Q(proposed_on=None, due__lt=today),
        "update": lambda: Q(update_due__lte=today + timedelta(days=rules.SOON)),
        "slipped": lambda: running & Q(slips__gt=0),
        "proposed": lambda: running & Q(proposed_on__isnull=False),
        "unrated": lambda: running & Q(stands="", proposed_on=None),
        "unowned": lambda: running & Q(owner=None),
        "mine": lambda: running & Q(owner__in=posts),
        "restricted": lambda: Q(sensitivity="restricted"),
        "done": lambda: Q(outcome="done"),
        "stopped": lambda: Q(outcome="stopped"),
        "all": Q,
    }[view or "open"]()


def matches(row: ActivityRow, view: str, day: date, owners: frozenset[str] = frozenset()) -> bool:
    """Whether a row of a past day belongs to a view; the same as of_view says in SQL. owners: titles of the reader's posts."""
    line, running = row.line, row.line.closed_on is None
    waiting = running and line.proposed_on is None
    return {
        "open": running,
        "risk": row.at_risk,
        "late": waiting and line.due is not None and line.due < day,
        "update": row.update != "none",
        "slipped": running and line.slips > 0,
        "proposed": running and not waiting,
        "unrated": waiting and not line.stands,
        "unowned": running and not row.owner,
        "mine": running and row.owner in owners,
        "restricted": row.restricted,
        "done": line.outcome == "done",
        "stopped": line.outcome == "stopped",
        "all": True,
    }[view or "open"]


def narrowed(rows: QuerySet[ActivityLine], wanted: ActivityFilter, today: date) -> QuerySet[ActivityLine]:
    """The lines under everything of a filter but its view."""
    for name in ("plan", "objective", "organisation"):
        if (number := getattr(wanted, name)) is not None:
            rows = rows.filter(**{name: number})
    if wanted.state:
        rows = rows.filter(holds(rules.STATE, wanted.state, today))
    return rows.filter(matching(wanted.words)) if wanted.words else rows


def page_of(
    actor: Actor, wanted: ActivityFilter, *, today: date, sort: str = "state", offset: int = 0, size: int = 50
) -> ListPage:
    """One page of the list. sort: a key of SORTS, with - for descending; ties go by reference. Two queries."""
    every = narrowed(lines(actor), wanted, today)
    asked: dict[str, Any] = {
        f"view_{name}": Count("pk", filter=of_view(name, today, wanted.posts)) for name in VIEWS if name != "all"
    }
    counts = every.order_by().aggregate(view_all=Count("pk"), **asked)
    views = {name: counts[f"view_{name}"] for name in VIEWS}
    shown = every.filter(of_view(wanted.view, today, wanted.posts))
    rows = rows_of(in_order(shown, sort, today), actor, today=today, offset=offset, size=size)
    return ListPage(rows, views[wanted.view or "open"], views)


def in_order(rows: QuerySet[ActivityLine], sort: str, today: date) -> QuerySet[ActivityLine]:
    """The lines in an order."""
    name = sort.removeprefix("-")
    if name not in SORTS or name == "state":
        rows = rows.annotate(rank=compiled(rules.RANK, today))
    column = F(SORTS.get(name, "rank"))
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(by, "due", "reference", "pk")


def rows_of(
    rows: QuerySet[ActivityLine], actor: Actor, *, today: date, offset: int = 0, size: int | None = None
) -> tuple[ActivityRow, ...]:
    """Rows of the list in the order given, each with its objective where the actor sees that. One query."""
    sees = visible(actor, SEE, "objective__")
    columns: dict[str, Any] = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        "lead_label": F("record__activity__lead__title"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        **{name: F(f"record__activity__{name}") for name in ("said_owner", "said_due", "text", "every")},
    }
    for name, of in (("under", "reference"), ("under_title", "title")):
        seen = When(sees, then=F(f"objective__{of}"))
        columns[name] = Case(seen, default=Value(""), output_field=CharField())
    found = rows.annotate(**columns)[offset : offset + size if size else None]
    rows_found: list[dict[str, Any]] = list(found.values())  # type: ignore[arg-type]
    return tuple(
        activity_row(row, line_from(row), today=today, under=row["under"], under_title=row["under_title"])
        for row in rows_found
    )


def counts_of(actor: Actor, wanted: Mapping[int, ActivityFilter], *, today: date) -> dict[int, int]:
    """How many activities each of some filters holds, by their numbers. One query, none for no filter."""
    if not wanted:
        return {}
    held = {
        f"of_{pk}": Count(
            "pk", filter=Q(pk__in=narrowed(lines(actor), one, today).filter(of_view(one.view, today, one.posts)))
        )
        for pk, one in wanted.items()
    }
    counts = lines(actor).order_by().aggregate(**held)
    return {pk: counts[f"of_{pk}"] for pk in wanted}
