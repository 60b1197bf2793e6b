"""The register: one page of it from the read lines, its counts, and each stream's total against its budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import AgreementLine, FundingStream, Provider, Serving
from candour.commissioning.queries.rows import KEYS, LINE_FIELDS, AgreementRow, agreement_row
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Share, visible
from candour.kernel.records.priorities import Priority, priorities
from candour.kernel.records.search import matching

SORTS = {
    "stream": "stream_code",
    "reference": "reference",
    "title": "title",
    "provider": "provider__name",
    "ends": "ends",
    "value": "value",
    "state": "state",
}
EMPTY = {"ends", "value"}  # of these, what may have none
# The views of the register, in their order; each is a condition on the line, on a day.
VIEWS: Mapping[str, str] = {
    "running": "All running",
    "failing": "Failing checks",
    "unsigned": "Unsigned",
    "expired": "Expired",
    "ending": "Ending in six months",
    "kpis": "No KPIs",
    "restricted": "Restricted",
    "ended": "Ended",
    "all": "Everything",
}


@dataclass(frozen=True)
class AgreementFilter:
    """What a register shows. Empty means any, but for view: "" is "running". stream: a code of any year, of: one by number.

    priority: the number of one that is served. none_of: those of which none is.
    """

    view: str = "running"
    stream: str = ""
    year: str = ""
    organisation: int | None = None
    provider: int | None = None
    state: str = ""
    check: str = ""
    words: str = ""
    of: int | None = None
    priority: int | None = None
    none_of: tuple[int, ...] | None = None


@dataclass(frozen=True)
class StreamTotal:
    """A stream of a year: how many agreements of it one sees, what they cost together, and its budget; in pence."""

    pk: int
    code: str
    name: str
    year: str
    funder: str
    budget: int
    agreements: int
    value: int
    ordered: int

    @property
    def left(self) -> int:
        return self.budget - self.value


@dataclass(frozen=True)
class RegisterCounts:
    """How many agreements each view holds, and what those of the view that is shown come to, in pence."""

    views: Mapping[str, int]
    value: int


@dataclass(frozen=True)
class RegisterPage:
    """A page of rows, how many match in all and what they cost, and how many each view holds."""

    rows: tuple[AgreementRow, ...]
    total: int
    value: int
    views: dict[str, int]


@dataclass(frozen=True)
class Place:
    """What there are agreements of, for an actor: years, latest first; streams (code, name); bodies (number, code, name).

    priorities: of the plans that they see.
    """

    years: tuple[str, ...] = ()
    streams: tuple[tuple[str, str], ...] = ()
    bodies: tuple[tuple[int, str, str], ...] = ()
    priorities: tuple[Priority, ...] = ()


def lines(actor: Actor) -> QuerySet[AgreementLine]:
    """The lines that an actor may see."""
    return AgreementLine.objects.filter(visible(actor, CommissioningPermission.SEE))


def places(actor: Actor) -> Place:
    """The years, streams and bodies of the agreements that an actor may see, and the priorities of plans. Two queries."""
    mine = lines(actor).filter(stream=OuterRef("pk"))
    names = ("year", "code", "name", *(f"organisation__{name}" for name in ("id", "code", "name")))
    found = list(FundingStream.objects.filter(Exists(mine)).order_by().values_list(*names).distinct())
    return Place(
        years=tuple(sorted({row[0] for row in found}, reverse=True)),
        streams=tuple(sorted(dict(row[1:3] for row in sorted(found)).items())),
        bodies=tuple(sorted({row[3:6] for row in found}, key=lambda one: one[2])),
        priorities=priorities(actor),
    )


def any_failing(today: date) -> Q:
    """Whether at least one check fails on a day: as the line keeps it, or one that depends on the day."""
    found = Q(fails=True)
    for check in rules.DATED:
        if any(rule.outcome == "fail" for rule in check.table):
            found |= Q(holds(check.table, "fail", today))
    return found


def of_view(view: str, today: date) -> Q:
    """The condition of a view on a day. Raises KeyError for a view that does not exist."""
    running = Q(closed_on=None)
    return {
        "running": lambda: running,
        "failing": lambda: running & any_failing(today),
        "unsigned": lambda: running & Q(signed_on=None),
        "expired": lambda: Q(holds(rules.STATE, "Running expired", today)),
        "ending": lambda: running & Q(ends__gte=today, ends__lte=today + timedelta(days=rules.SOON)),
        "kpis": lambda: running & Q(kpis=False),
        "restricted": lambda: Q(sensitivity="restricted"),
        "ended": lambda: ~running,
        "all": Q,
    }[view or "running"]()


def narrowed(rows: QuerySet[AgreementLine], wanted: AgreementFilter, today: date) -> QuerySet[AgreementLine]:
    """The lines under everything of a filter but its view."""
    plain = {
        "stream__code": wanted.stream or None,
        "stream__year": wanted.year or None,
        "organisation": wanted.organisation,
        "provider": wanted.provider,
        "stream": wanted.of,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if wanted.state:
        rows = rows.filter(holds(rules.STATE, wanted.state, today))
    if wanted.check:
        table = rules.BY_NAME[wanted.check].table
        rows = rows.filter(Q(holds(table, "fail", today)) | Q(holds(table, "warn", today)))
    if wanted.priority is not None:
        rows = rows.filter(pk__in=serving((wanted.priority,)))
    if wanted.none_of is not None:
        rows = rows.exclude(pk__in=serving(wanted.none_of))
    return rows.filter(matching(wanted.words)) if wanted.words else rows


def serving(priorities: Sequence[int]) -> QuerySet[Any, Any]:
    """The numbers of the agreements that serve any of some priorities."""
    rows = Serving.objects.filter(priority__in=priorities, removed_on=None)
    return rows.order_by().values("agreement")


def counts_of(actor: Actor, wanted: AgreementFilter, *, today: date) -> RegisterCounts:
    """How many agreements each view of the register holds, and what those of the view that is shown come to. One query."""
    every = narrowed(lines(actor), wanted, today)
    asked: dict[str, Any] = {
        f"view_{name}": Count("pk", filter=of_view(name, today)) for name in VIEWS if name != "all"
    }
    shown = of_view(wanted.view, today)
    counts = every.order_by().aggregate(view_all=Count("pk"), worth=Sum("value", filter=shown), **asked)
    return RegisterCounts({name: counts[f"view_{name}"] for name in VIEWS}, counts["worth"] or 0)


def page_of(
    actor: Actor,
    wanted: AgreementFilter,
    *,
    today: date,
    sort: str = "stream",
    offset: int = 0,
    size: int = 50,
    counts: RegisterCounts | None = None,
) -> RegisterPage:
    """One page of the register. sort: a key of SORTS, with - for descending; ties go by reference.

    counts: as counts_of gives them, where they are known. Three queries without, two with them; two more by provider.
    """
    known = counts or counts_of(actor, wanted, today=today)
    shown = narrowed(lines(actor), wanted, today).filter(of_view(wanted.view, today))
    pks = page_in_order(shown, sort, today, offset=offset, size=size)
    return RegisterPage(
        rows_for(pks, today=today), known.views[wanted.view or "running"], known.value, dict(known.views)
    )


def in_order(rows: QuerySet[AgreementLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order."""
    name = sort.removeprefix("-")
    ordered = rows.annotate(state=compiled(rules.STATE, today)) if name == "state" else rows
    column = F(SORTS.get(name, "stream__code"))
    # Said of a column that always has a value, PostgreSQL would not read an index of it backwards.
    last = True if name in EMPTY else None
    by = column.desc(nulls_last=last) if sort.startswith("-") else column.asc(nulls_last=last)
    return ordered.order_by(by, "reference", "pk").values_list("pk", flat=True)


def page_in_order(rows: QuerySet[AgreementLine], sort: str, today: date, *, offset: int, size: int) -> list[int]:
    """The numbers of the lines of one page in an order. One query; three by provider.

    No index has the order of names, and to put every line into it takes longer than a page may. So the lines of each provider
    are counted first, as an index holds them side by side, and those of the providers that the page falls into are read alone.
    """
    if sort.removeprefix("-") != "provider":
        return list(in_order(rows, sort, today)[offset : offset + size])
    counts = dict(rows.order_by().values_list("provider").annotate(many=Count("pk")))
    named = Provider.objects.filter(pk__in=list(counts)).order_by("-name" if sort.startswith("-") else "name")
    together: dict[str, list[int]] = {}  # several may be of one name
    for pk, name in named.values_list("pk", "name"):
        together.setdefault(name, []).append(pk)
    found = Q(pk__in=[])
    for pks in together.values():
        many = sum(counts[pk] for pk in pks)
        if offset < many and size > 0:
            part = rows.filter(provider__in=pks).order_by("reference", "pk").values("pk")
            found |= Q(pk__in=part[offset : min(offset + size, many)])
            size -= min(many - offset, size)
        offset = max(offset - many, 0)
    return list(in_order(AgreementLine.objects.filter(found), sort, today))


def rows_for(pks: Sequence[int], *, today: date) -> tuple[AgreementRow, ...]:
    """Rows of the register in the order given. One query."""
    columns = {
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        "provider_label": F("provider__name"),
        "stream_name": F("stream__name"),
        "stream_year": F("stream__year"),
    }
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    rows = AgreementLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns)
    found = {row["record_id"]: row for row in rows.values()}
    return tuple(agreement_row(found[pk], line_from(found[pk]), today=today) for pk in pks)


def line_from(values: Mapping[str, Any]) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(**{name: values[f"{name}_id" if name in KEYS else name] for name in LINE_FIELDS})


PLAIN = ("pk", "code", "name", "year", "funder", "budget")


def streams_of(actor: Actor, *, year: str = "", code: str = "", body: int | None = None) -> tuple[StreamTotal, ...]:
    """The streams of the bodies that an actor sees agreements in, latest year first, with what they see of each. Two queries.

    What is hidden from the reader counts in no total.
    """
    see = actor.scope(CommissioningPermission.SEE)
    if actor.only is not None or not see:
        return ()
    streams = FundingStream.objects.all() if EVERYWHERE in see else FundingStream.objects.filter(organisation__in=see)
    if year:
        streams = streams.filter(year=year)
    if code:
        streams = streams.filter(code=code)
    if body is not None:
        streams = streams.filter(organisation=body)
    rows = list(streams.order_by("-year", "name").values(*PLAIN))
    mine = lines(actor).filter(stream__in=streams.values("pk")) if year or code else lines(actor)
    asked = {"agreements": Count("pk"), "worth": Sum("value"), "spent": Sum("ordered")}
    sums: dict[int, Any] = {row["stream"]: row for row in mine.order_by().values("stream").annotate(**asked)}
    return tuple(
        StreamTotal(
            **{name: row[name] for name in PLAIN},
            agreements=(of := sums.get(row["pk"], {})).get("agreements") or 0,
            value=of.get("worth") or 0,
            ordered=of.get("spent") or 0,
        )
        for row in rows
    )
