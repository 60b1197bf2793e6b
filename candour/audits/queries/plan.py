"""The plan of a year: one page of it from the read lines, live, or whole as it stood on a past day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import AuditLine, Stage
from candour.audits.queries.past import stood_on
from candour.audits.queries.rows import LINE_FIELDS, AuditRow, audit_row
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months, financial_year
from candour.kernel.history.queries import grouped
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Record, Share, visible
from candour.kernel.records.search import matching
from candour.kernel.scales.queries import word_scales

SORTS = {
    "start": "fieldwork_planned",
    "reference": "reference",
    "title": "record__title",
    "state": "state",
    "owner": "owner__title",
    "panel": "panel_planned",
}

# The columns of a line that line_from reads.
LINE_COLUMNS = (
    *("organisation_id", "provider_id", "opinion_scale_id"),
    *(name for name in LINE_FIELDS if name != "opinion_scale"),
)


@dataclass(frozen=True)
class AuditFilter:
    """What a plan shows. Empty means any. organisation, provider: numbers."""

    year: str
    provider: int | None = None
    organisation: int | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class Month:
    """A month of a plan: how many audits are planned to begin fieldwork in it, and their planned days."""

    first: date
    audits: int
    days: int


@dataclass(frozen=True)
class Load:
    """The months of a year, and what is planned outside them or has no date for fieldwork yet."""

    months: tuple[Month, ...]
    elsewhere: int
    elsewhere_days: int

    @property
    def days(self) -> int:
        return sum(month.days for month in self.months) + self.elsewhere_days


@dataclass(frozen=True)
class PlanPage:
    """A page of rows, how many match in all, and how many of the plan are in each state."""

    rows: tuple[AuditRow, ...]
    total: int
    states: dict[str, int]
    load: Load


@dataclass(frozen=True)
class Place:
    """What there are plans of, for an actor: years, latest first, providers and bodies as (number, code, name)."""

    years: tuple[str, ...] = ()
    providers: tuple[tuple[int, str, str], ...] = ()
    bodies: tuple[tuple[int, str, str], ...] = field(default=())


def places(actor: Actor) -> Place:
    """The years, providers and bodies of the audits that an actor may see. One query."""
    rows = AuditLine.objects.filter(visible(actor, AuditPermission.SEE)).order_by()
    found = rows.values_list(
        "year", *(f"{of}__{name}" for of in ("provider", "organisation") for name in ("id", "code", "name"))
    ).distinct()
    rows_found = list(found)
    return Place(
        years=tuple(sorted({row[0] for row in rows_found}, reverse=True)),
        providers=tuple(sorted({row[1:4] for row in rows_found}, key=lambda one: one[2])),
        bodies=tuple(sorted({row[4:7] for row in rows_found}, key=lambda one: one[2])),
    )


def year_shown(years: Sequence[str], today: date) -> str:
    """The year that a plan opens with: this financial year, or the latest with an audit before it, or after it."""
    this = financial_year(today)
    if this in years or not years:
        return this
    return max((year for year in years if year < this), default=min(years))


def lines(actor: Actor, wanted: AuditFilter) -> QuerySet[AuditLine]:
    """The visible lines of a plan, before the state is asked for."""
    rows = AuditLine.objects.filter(visible(actor, AuditPermission.SEE), year=wanted.year)
    if wanted.provider is not None:
        rows = rows.filter(provider=wanted.provider)
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    if wanted.words:
        rows = rows.filter(matching(wanted.words))
    return rows


def counts_of(actor: Actor, wanted: Mapping[int, AuditFilter], *, today: date) -> dict[int, int]:
    """How many audits each of some plans shows, by whatever names them. One query for all."""
    asked = {}
    for name, one in wanted.items():
        holding = Q(year=one.year)
        holding &= Q() if one.provider is None else Q(provider=one.provider)
        holding &= Q() if one.organisation is None else Q(organisation=one.organisation)
        holding &= matching(one.words) if one.words else Q()
        holding &= Q(holds(rules.STATE, one.state, today)) if one.state else Q()
        asked[f"of_{name}"] = Count("pk", filter=holding)
    found = AuditLine.objects.filter(visible(actor, AuditPermission.SEE)).order_by().aggregate(**asked)
    return {name: found[f"of_{name}"] for name in wanted}


def page_of(
    actor: Actor, wanted: AuditFilter, *, today: date, sort: str = "start", offset: int = 0, size: int = 50
) -> PlanPage:
    """One page of a plan. sort: a key of SORTS, with - for descending; ties go by reference. Six queries."""
    of_plan = lines(actor, wanted)
    decided = of_plan.order_by().annotate(state=compiled(rules.STATE, today))
    states = dict(decided.values_list("state").annotate(count=Count("pk")))
    rows = of_plan.filter(holds(rules.STATE, wanted.state, today)) if wanted.state else of_plan
    pks = list(in_order(rows, sort, today)[offset : offset + size])
    total = states.get(wanted.state, 0) if wanted.state else sum(states.values())
    return PlanPage(rows_for(pks, today=today), total, states, load_of(rows, wanted.year))


def in_order(rows: QuerySet[AuditLine], sort: str, today: date) -> QuerySet:
    """The numbers of the lines in an order."""
    name = sort.removeprefix("-")
    ordered = rows.annotate(state=compiled(rules.STATE, today)) if name == "state" else rows
    column = F(SORTS.get(name, "fieldwork_planned"))
    by = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return ordered.order_by(by, "reference", "pk").values_list("pk", flat=True)


def months_of(year: str) -> list[date]:
    """The first days of the twelve months of a financial year."""
    return [add_months(date(int(year[:4]), 4, 1), n) for n in range(12)]


def load_of(rows: QuerySet[AuditLine], year: str) -> Load:
    """The days of a plan by the month in which fieldwork is planned to begin; what left the plan does not count. One query."""
    firsts = months_of(year)
    inside = {
        n: Q(fieldwork_planned__gte=first, fieldwork_planned__lt=add_months(first, 1)) for n, first in enumerate(firsts)
    }
    asked: dict[str, Any] = {"all_audits": Count("pk"), "all_days": Sum("days")}
    for n, when in inside.items():
        asked |= {f"audits_{n}": Count("pk", filter=when), f"days_{n}": Sum("days", filter=when)}
    found = rows.filter(left="").order_by().aggregate(**asked)
    months = tuple(Month(first, found[f"audits_{n}"], found[f"days_{n}"] or 0) for n, first in enumerate(firsts))
    return Load(
        months,
        found["all_audits"] - sum(month.audits for month in months),
        (found["all_days"] or 0) - sum(month.days for month in months),
    )


def rows_for(pks: Sequence[int], *, today: date) -> tuple[AuditRow, ...]:
    """Rows of a plan in the order given: lines with their records, stages, scales. Three queries."""
    columns = {
        "title": F("record__title"),
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
        "provider_label": F("provider__name"),
        "provider_code": F("provider__code"),
        "deferred_to": F("record__audit__deferred_to"),
        "planned_on": F("record__audit__planned_on"),
    }
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    of_pks = AuditLine.objects.filter(pk__in=pks)
    found = {row["record_id"]: row for row in of_pks.annotate(shared=shared, **columns).values()}
    stages = grouped(list(Stage.objects.filter(audit__in=pks).order_by().values()), "audit_id")
    scales = word_scales("opinion")
    return tuple(audit_row(found[pk], stages[pk], scales=scales, today=today, line=line_from(found[pk])) for pk in pks)


def line_from(values: Mapping[str, Any]) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    given = {name: values[f"{name}_id" if name == "opinion_scale" else name] for name in LINE_FIELDS}
    return rules.Line(organisation=values["organisation_id"], provider=values["provider_id"], **given)


def plan_on(actor: Actor, wanted: AuditFilter, *, as_at: date) -> list[AuditRow]:
    """The audits of a plan in any state, as they stood at the end of a day, by fieldwork and then by reference. Five queries.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    records = Record.objects.filter(visible(actor, AuditPermission.SEE), kind="audit")
    if wanted.organisation is not None:
        records = records.filter(organisation=wanted.organisation)
    rows = stood_on(actor, records, as_at=as_at)
    return [row for row in rows if row.line.year == wanted.year and wanted.provider in (None, row.line.provider)]


def narrowed(rows: Sequence[AuditRow], wanted: AuditFilter) -> list[AuditRow]:
    """The rows of a past day in a state, with words in reference and title."""
    words = wanted.words.casefold().split()
    return [
        row
        for row in rows
        if (not wanted.state or row.state == wanted.state)
        and all(word in f"{row.reference} {row.title}".casefold() for word in words)
    ]


def load_on(rows: Sequence[AuditRow], year: str) -> Load:
    """The same as load_of, of rows of a past day."""
    firsts, standing = months_of(year), [row.line for row in rows if not row.line.left]
    months = []
    for first in firsts:
        last = add_months(first, 1) - timedelta(days=1)
        held = [line for line in standing if line.fieldwork_planned and first <= line.fieldwork_planned <= last]
        months.append(Month(first, len(held), sum(line.days or 0 for line in held)))
    return Load(
        tuple(months),
        len(standing) - sum(month.audits for month in months),
        sum(line.days or 0 for line in standing) - sum(month.days for month in months),
    )
