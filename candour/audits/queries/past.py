"""Audits of any year as they stood at the ends of past days, from the history."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.audits.models import Audit, Stage
from candour.audits.queries.rows import AuditRow, audit_row
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_days, grouped
from candour.kernel.records.models import Record, Share, stricter
from candour.kernel.records.queries import seen_then, shares_for
from candour.kernel.scales.queries import word_scales
from candour.kernel.scales.rules import Words

Rows = list[dict[str, Any]]


def stood_on(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None
) -> list[AuditRow]:
    """Audits of any year as they stood at the end of a day, from what had been recorded by known_on. Five queries.

    By fieldwork and then by reference. What may be seen is the stricter of that day's sensitivity and today's.
    """
    ((rows, _),) = stood_on_days(actor, records, days=(as_at,), known_on=known_on)
    return rows


def stood_on_days(
    actor: Actor, records: QuerySet[Record], *, days: Sequence[date], known_on: datetime | None = None
) -> list[tuple[list[AuditRow], frozenset[int]]]:
    """The same at the end of each of some days, each with the numbers of all that stood then, seen or not. Five queries.

    Those numbers are for telling what is new from what was hidden; they are not to be shown.
    """
    past = as_at_days(records, days, known_on=known_on)
    seen = _seen(actor, records, past)
    audits = as_at_days(Audit.objects.filter(record__in=records), days, known_on=known_on)
    stages = as_at_days(Stage.objects.filter(audit__record__in=records), days, known_on=known_on)
    scales: Mapping[int, Words] = word_scales("opinion")
    found = []
    for day, every, records_then, audits_then, stages_then in zip(days, past, seen, audits, stages, strict=True):
        rows = _rows(records_then, audits_then, stages_then, scales, day)
        found.append((rows, frozenset(state["id"] for state in every)))
    return found


def _rows(records: Rows, audits: Rows, stages: Rows, scales: Mapping[int, Words], day: date) -> list[AuditRow]:
    stood, of_audit = {row["id"]: row for row in records}, grouped(stages, "audit_id")
    found = [
        audit_row(stood[pk] | row, of_audit[pk], scales=scales, today=day)
        for row in audits
        if (pk := row["record_id"]) in stood
    ]
    return sorted(found, key=lambda row: (row.line.fieldwork_planned or date.max, row.reference))


def _seen(actor: Actor, records: QuerySet[Record], past: Sequence[Rows]) -> list[Rows]:
    """Of each day the states that an actor may see: what is published later gives away no more than it did. One query."""
    deep = Exists(shares_for(actor).filter(record=OuterRef("pk")))
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    codes = {"organisation_code": F("organisation__code"), "provider_code": F("audit__provider__code")}
    now = records.annotate(**codes, shared=shared, shared_with_actor=deep).order_by()
    names = ("organisation_code", "provider_code", "shared")
    today = {row["id"]: row for row in now.values("id", "sensitivity", "shared_with_actor", *names)}
    found: list[Rows] = []
    for states in past:
        found.append([])
        for state in states:
            one = today[state["id"]]
            state |= {name: one[name] for name in names}
            state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
            if seen_then(actor, state, shared=one["shared_with_actor"]):
                found[-1].append(state)
    return found
