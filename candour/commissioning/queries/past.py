"""Agreements as they stood at the end of a past day, from the history."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, Serving
from candour.commissioning.queries.care.standing import Cares, cares_on
from candour.commissioning.queries.lines import TABLES
from candour.commissioning.queries.register import AgreementFilter
from candour.commissioning.queries.rows import AgreementRow, agreement_row, hanging_on, line_of
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_days, as_at_together, grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for

Tables = Mapping[str, Mapping[int, Any]]


def stood_on(
    actor: Actor,
    records: QuerySet[Record],
    *,
    as_at: date,
    known_on: datetime | None = None,
    tables: Tables | None = None,
) -> list[AgreementRow]:
    """Agreements as they stood at the end of a day, by stream and reference. Five queries.

    tables: what hung on them that day, where it is read already.
    What may be seen is the stricter of that day's sensitivity and today's. Streams are told by their names of today.
    """
    ((rows, _),) = stood_on_days(actor, records, days=(as_at,), known_on=known_on, tables=[tables] if tables else None)
    return rows


def stood_on_days(
    actor: Actor,
    records: QuerySet[Record],
    *,
    days: Sequence[date],
    known_on: datetime | None = None,
    tables: Sequence[Tables] | None = None,
) -> list[tuple[list[AgreementRow], frozenset[int]]]:
    """The same at the end of each of some days, each with the numbers of all that stood then, seen or not. Five queries.

    Those numbers are for telling what is new from what was hidden; they are not to be shown.
    """
    past = as_at_days(records, days, known_on=known_on)
    seen = _seen(actor, records, past)
    stood = as_at_days(Agreement.objects.filter(record__in=records), days, known_on=known_on)
    hung = tables or tables_on(records, days, known_on=known_on)
    cared = cares_on(records, days, known_on=known_on)
    return [
        (_rows(rows, states, on_them, cares, day), frozenset(state["id"] for state in every))
        for day, every, states, rows, on_them, cares in zip(days, past, seen, stood, hung, cared, strict=True)
    ]


def tables_on(records: QuerySet[Record], days: Sequence[date], *, known_on: datetime | None = None) -> list[Tables]:
    """What hung on some agreements at the end of each of some days, each table by agreement. One query."""
    rows = {name: model.objects.filter(agreement__record__in=records) for name, model in TABLES.items()}
    return [
        {name: grouped(found, "agreement_id") for name, found in of_day.items()}
        for of_day in as_at_together(rows, days, known_on=known_on)
    ]


def _rows(
    stood: Sequence[dict[str, Any]], seen: Mapping[int, dict[str, Any]], tables: Tables, cares: Cares, day: date
) -> list[AgreementRow]:
    found = []
    for row in stood:
        if (pk := row["record_id"]) in seen:
            values = seen[pk] | row  # the kind is that of the agreement
            values |= vars(cares.of(values["provider_id"], values["kind"], values["organisation_id"]))
            found.append(agreement_row(values, line_of(values, hanging_on(pk, tables)), today=day))
    return sorted(found, key=lambda one: (one.stream_code, one.reference))


def _seen(
    actor: Actor, records: QuerySet[Record], past: Sequence[Sequence[dict[str, Any]]]
) -> list[dict[int, dict[str, Any]]]:
    """Of each day the states that an actor may see, with what does not change of each. One query."""
    columns = {
        "organisation_code": F("organisation__code"),
        **{f"stream_{name}": F(f"agreement__stream__{name}") for name in ("code", "name", "year")},
        "provider_label": F("agreement__provider__name"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
    }
    today = {row["id"]: row for row in records.annotate(**columns).order_by().values("id", "sensitivity", *columns)}
    found: list[dict[int, dict[str, Any]]] = []
    for states in past:
        found.append({})
        for state in states:
            one = today[state["id"]]
            state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
            if seen_then(actor, state, shared=one["deep"]):
                found[-1][state["id"]] = state | {name: one[name] for name in columns if name != "deep"}
    return found


def register_on(
    actor: Actor, wanted: AgreementFilter, *, as_at: date, known_on: datetime | None = None
) -> list[AgreementRow]:
    """Every agreement of a body, a stream, a year or a provider as it stood on a day, whatever view."""
    records = Record.objects.filter(visible(actor, CommissioningPermission.SEE), kind="agreement")
    if wanted.organisation is not None:
        records = records.filter(organisation=wanted.organisation)
    if wanted.stream:
        records = records.filter(agreement__stream__code=wanted.stream)
    if wanted.year:
        records = records.filter(agreement__stream__year=wanted.year)
    if wanted.provider is not None:
        records = records.filter(agreement__provider=wanted.provider)
    if wanted.priority is not None:
        ever = Serving.objects.filter(priority=wanted.priority)
        records = records.filter(pk__in=ever.order_by().values("agreement"))
    return stood_on(actor, records, as_at=as_at, known_on=known_on)


def matches(row: AgreementRow, view: str, day: date) -> bool:
    """Whether a row of a past day belongs to a view; the same as register.of_view says in SQL."""
    line, open_then = row.line, row.state != "Ended"
    return {
        "running": open_then,
        "failing": open_then and bool(row.failing),
        "unsigned": open_then and line.signed_on is None,
        "expired": row.state == "Running expired",
        "ending": open_then and line.ends is not None and 0 <= (line.ends - day).days <= rules.SOON,
        "kpis": open_then and not line.kpis,
        "restricted": row.restricted,
        "ended": not open_then,
        "all": True,
    }[view or "running"]


def shown_on(rows: list[AgreementRow], wanted: AgreementFilter) -> list[AgreementRow]:
    """The rows of a past day under a filter, whatever view: state, check, priority, words of reference, title and provider."""
    words = wanted.words.casefold().split()
    return [
        row
        for row in rows
        if (not wanted.state or row.state == wanted.state)
        and (wanted.priority is None or wanted.priority in row.serves)
        and (wanted.none_of is None or not set(wanted.none_of) & set(row.serves))
        and (not wanted.check or any(one.check.name == wanted.check for one in (*row.failing, *row.warning)))
        and all(word in f"{row.reference} {row.title} {row.provider}".casefold() for word in words)
    ]
