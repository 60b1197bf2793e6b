"""The lists of finance: one page of any of them from its read lines, worst first, and what each of its views holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models import Model as Rows

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import CollaborationLine, ProjectLine, SchemeLine
from candour.finance.queries.rows import Row, row_of
from candour.kernel.access import Actor
from candour.kernel.records.compile import compiled
from candour.kernel.records.models import Share, visible
from candour.kernel.records.search import begins_every, matching
from candour.kernel.rules import Table


@dataclass(frozen=True)
class View:
    """A view of a list: the rows in some states. None for any; restricted: those that are restricted alone."""

    label: str
    states: frozenset[str] | None = None
    restricted: bool = False

    def holds(self, row: Row[Any]) -> bool:
        """The same as the condition says in SQL, of a row of a past day."""
        return (self.states is None or row.state in self.states) and (row.restricted or not self.restricted)


@dataclass(frozen=True)
class Register:
    """A list: its lines, its rule table with the order of the states, its columns that can be sorted, its views."""

    name: str
    kind: str
    one: str
    many: str
    lines: type[Rows]
    line: type[Any]
    state: Callable[[Any, date], str]
    table: Table
    rank: Table
    order: tuple[str, ...]
    sorts: Mapping[str, str]
    views: Mapping[str, View]
    narrow: Q

    def view(self, name: str) -> str:
        """A view of this name, or the usual one."""
        return name if name in self.views else "open"


SORTS = {"state": "rank", "reference": "reference", "title": "record__title", "owner": "owner__title"}


def _views(order: tuple[str, ...], done: str, **more: tuple[str, frozenset[str]]) -> dict[str, View]:
    """The usual views of a list, with those of its own between."""
    found = {"open": View("All that stand", frozenset(order) - {done})}
    found |= {name: View(label, states) for name, (label, states) in more.items()}
    found["restricted"] = View("Restricted", None, True)
    return found | {"done": View(done, frozenset({done})), "all": View("Everything")}


def _schemes(name: str, sort: str, one: str, many: str, **more: tuple[str, frozenset[str]]) -> Register:
    return Register(
        name=name,
        kind="finance-scheme",
        one=one,
        many=many,
        lines=SchemeLine,
        line=rules.SchemeLine,
        state=rules.state,
        table=rules.STATE,
        rank=rules.RANK,
        order=rules.ORDER,
        sorts=SORTS | {"budget": "budget", "forecast": "forecast", "actual": "actual", "whole": "whole_budget"},
        views=_views(rules.ORDER, "Complete", **more),
        narrow=Q(sort=sort),
    )


SAVINGS = _schemes(
    "savings", "saving", "saving", "savings",
    trouble=("Need attention", rules.TROUBLED | {"At risk"}),
    short=("Short of plan", frozenset({"Short of its plan"})),
)  # fmt: skip
CAPITAL = _schemes(
    "capital", "capital", "capital scheme", "capital schemes",
    trouble=("Need attention", rules.TROUBLED | {"At risk"}),
    slipping=("Slipping", frozenset({"Slipping"})),
    funding=("Funding does not add up", frozenset({"Funding does not add up"})),
)  # fmt: skip
PROJECTS = Register(
    name="projects",
    kind="project",
    one="project",
    many="projects",
    lines=ProjectLine,
    line=rules.ProjectLine,
    state=rules.project_state,
    table=rules.PROJECT_STATE,
    rank=rules.PROJECT_RANK,
    order=rules.PROJECT_ORDER,
    sorts=SORTS | {"stage": "stage", "due": "report_due", "budget": "budget", "ends": "expected"},
    views=_views(
        rules.PROJECT_ORDER,
        "Closed",
        trouble=("Need attention", frozenset(rules.PROJECT_ORDER[:4])),
        late=("Report late", frozenset({"Report late"})),
        approval=("Await an answer", frozenset({"Awaits approval", "Change asked for"})),
    ),
    narrow=Q(),
)
COLLABORATIONS = Register(
    name="collaborations",
    kind="collaboration",
    one="collaboration",
    many="collaborations",
    lines=CollaborationLine,
    line=rules.CollaborationLine,
    state=rules.collaboration_state,
    table=rules.COLLABORATION_STATE,
    rank=rules.COLLABORATION_RANK,
    order=rules.COLLABORATION_ORDER,
    sorts=SORTS | {"lead": "lead", "review": "review_due", "cost": "own_cost"},
    views=_views(
        rules.COLLABORATION_ORDER,
        "Ended",
        trouble=("Need attention", frozenset(rules.COLLABORATION_ORDER[:3])),
        review=("To be reviewed", frozenset({"Review late", "Review due"})),
    ),
    narrow=Q(),
)


@dataclass(frozen=True)
class Wanted:
    """What a list shows. Empty means any, but for view: "" is "open"."""

    view: str = "open"
    organisation: int | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class ListPage:
    """A page of rows, how many match in all, and how many each view holds."""

    rows: tuple[Row[Any], ...]
    total: int
    views: dict[str, int]


def lines(register: Register, actor: Actor) -> QuerySet[Any]:
    """The lines of a list that an actor may see."""
    return register.lines._default_manager.filter(register.narrow, visible(actor, FinancePermission.SEE))


def bodies_in(register: Register, actor: Actor) -> list[tuple[int, str, str]]:
    """The bodies of what an actor may see in a list, as (number, code, name). One query."""
    names = tuple(f"organisation__{name}" for name in ("id", "code", "name"))
    return sorted(set(lines(register, actor).order_by().values_list(*names).distinct()), key=lambda one: one[2])


def narrowed(register: Register, actor: Actor, wanted: Wanted, today: date) -> QuerySet[Any]:
    """The lines under everything of a filter but its view, each with its state."""
    rows = lines(register, actor).annotate(is_now=compiled(register.table, today))
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    if wanted.state:
        rows = rows.filter(is_now=wanted.state)
    return rows.filter(matching(wanted.words)) if wanted.words else rows


def of_view(view: View) -> Q:
    """The condition of a view on lines that have their state."""
    found = Q() if view.states is None else Q(is_now__in=sorted(view.states))
    return found & Q(sensitivity="restricted") if view.restricted else found


def page_of(
    register: Register,
    actor: Actor,
    wanted: Wanted,
    *,
    today: date,
    sort: str = "state",
    offset: int = 0,
    size: int = 50,
) -> ListPage:
    """One page of a list. sort: a key of its sorts, with - for descending; ties go by reference. Three queries."""
    every = narrowed(register, actor, wanted, today)
    asked: dict[str, Any] = {f"view_{name}": Count("pk", filter=of_view(view)) for name, view in register.views.items()}
    counts = every.order_by().aggregate(**asked)
    views = {name: counts[f"view_{name}"] for name in register.views}
    found = every.filter(of_view(register.views[wanted.view]))
    pks = list(in_order(register, found, sort, today)[offset : offset + size])
    return ListPage(rows_for(register, pks, today=today), views[wanted.view], views)


def in_order(register: Register, rows: QuerySet[Any], sort: str, today: date) -> QuerySet[Any]:
    """The numbers of the lines in an order."""
    name = sort.removeprefix("-")
    if name not in register.sorts or name == "state":
        rows = rows.annotate(rank=compiled(register.rank, today))
    column = F(register.sorts.get(name, "rank"))
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(by, "reference", "pk").values_list("pk", flat=True)


def rows_for(register: Register, pks: Sequence[int], *, today: date) -> tuple[Row[Any], ...]:
    """Rows of a list in the order given. One query."""
    columns = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
    }
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    rows = register.lines._default_manager.filter(pk__in=pks).annotate(shared=shared, **columns)
    found = {row["record_id"]: row for row in rows.values()}
    return tuple(_row(register, found[pk], today) for pk in pks)


def _row(register: Register, values: Mapping[str, Any], today: date) -> Row[Any]:
    line = line_from(register.line, values)
    return row_of(values, line, register.state(line, today))


def line_from(line: type[Any], values: Mapping[str, Any]) -> Any:
    """The read line as rules know it, from the values of its row."""
    names = line.__dataclass_fields__
    return line(**{name: values["organisation_id" if name == "organisation" else name] for name in names})


def shown_on(register: Register, rows: Sequence[Row[Any]], wanted: Wanted) -> list[Row[Any]]:
    """The rows of a past day under a filter, whatever view, worst first."""
    found = [
        row
        for row in rows
        if (not wanted.state or row.state == wanted.state)
        and (not wanted.words or begins_every(wanted.words, f"{row.reference} {row.title} {row.owner}"))
    ]
    return sorted(found, key=lambda row: (register.order.index(row.state), row.reference))
