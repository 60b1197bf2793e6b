"""One audit: found at its address as an actor may see it, read in full, and the ledger of its dates."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.db.models import Q

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import Audit, Stage
from candour.audits.queries.rows import AuditRow, audit_row
from candour.kernel.access import Actor
from candour.kernel.history.queries import Event
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.people.models import Organisation
from candour.kernel.records.happened import entries_seen, read
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, visible
from candour.kernel.records.queries import seen_then

RECORD_FIELDS = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
AUDIT_FIELDS = (
    *("provider_id", "year", "days", "purpose", "scope", "planned_on", "left", "deferred_to", "advisory"),
    *("opinion_scale_id", "opinion", "satisfaction"),
)
PLANNING = ("audit.planned", "audit.stages_planned")
WORDS = tuple(rules.STAGES.values())
STAGE_MODEL = Stage._meta.label_lower


@dataclass(frozen=True)
class Move:
    """A stage whose planned date was moved, taken away (now is None) or set again (was is None)."""

    stage: str
    was: date | None
    now: date | None


@dataclass(frozen=True)
class Slip:
    """An entry of the ledger: the dates that moved together, why, and who agreed it."""

    on: date
    why: str
    actor: str
    approver: str
    moves: tuple[Move, ...]


def audit_at(organisation: str, reference: str, *, actor: Actor) -> Audit:
    """The audit at an address, with its record, body, owner, provider and scale. One query.

    Raises Audit.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Audit.objects.select_related("record__organisation", "record__owner", "provider", "opinion_scale")
    return rows.get(
        visible(actor, AuditPermission.SEE, "record__"),
        record__kind="audit",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def in_full(audit: Audit, *, actor: Actor, today: date, as_at: date | None = None) -> AuditRow | None:
    """An audit with its stages: one query live, three as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    scales = {audit.opinion_scale.pk: audit.opinion_scale.words_of()} if audit.opinion_scale else {}
    record = audit.record
    named: dict[str, Any] = {
        "record_id": record.pk,
        "organisation_code": record.organisation.code,
        "provider_code": audit.provider.code,
    }
    stages = Stage.objects.filter(audit=audit)
    if as_at is None:
        values = {name: getattr(record, name) for name in RECORD_FIELDS} | {
            name: getattr(audit, name) for name in AUDIT_FIELDS
        }
        values |= named | {
            "organisation_label": str(record.organisation),
            "owner_label": str(record.owner or ""),
            "provider_label": str(audit.provider),
        }
        return audit_row(values, list(stages.values()), scales=scales, today=today)
    then = next(iter(states_on(Record.objects.filter(pk=audit.pk), as_at)), None)
    stood = next(iter(states_on(Audit.objects.filter(pk=audit.pk), as_at)), None)
    if then is None or stood is None or not seen_then(actor, then):
        return None
    return audit_row(then | stood | named, states_on(stages, as_at), scales=scales, today=as_at)


def happened_to(record: Record, actor: Actor, *, day: date | None = None) -> list[Event]:
    """What an actor may read of what happened to an audit, newest in effect first; up to a past day. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    return read(list(rows.filter(effective__lte=day) if day else rows), actor)


def ledger_of(happened: Sequence[Event]) -> tuple[Slip, ...]:
    """Every time that planned dates moved, latest first, from the entries of the audit. A date set first is no move."""
    found: list[Slip] = []
    planned = [event for event in happened if event.event in PLANNING]
    for event in sorted(planned, key=lambda each: -each.sequence):
        if moves := moves_of(event):
            found.append(Slip(event.effective, event.reason, event.actor_label, event.approver, moves))
    return tuple(found)


def moves_of(event: Event) -> tuple[Move, ...]:
    """The planned dates that an event moved, in the order of stages. A date set first is no move."""
    moves = []
    for change in event.changes:
        moved = change.get("planned")
        if change.model != STAGE_MODEL or moved is None or change.new or change.get("first_planned"):
            continue
        moves.append(Move(change.label, *(_day(each) for each in moved)))
    return tuple(sorted(moves, key=lambda move: WORDS.index(move.stage)))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def auditors() -> list[Organisation]:
    """Every organisation that audits, by name."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.AUDITOR).order_by("name"))


def next_reference(organisation: int, year: str) -> str:
    """The next free reference of a body's plan: IA26-04 after three audits of 2026/27. One query.

    Hidden audits count too, so that no number is given twice.
    """
    return next(numbers_free(organisation, {year})[year])


def numbers_free(
    organisation: int, years: Collection[str], *, beside: Collection[str] = ()
) -> dict[str, Iterator[str]]:
    """By year the free references of a body's plan in their order, each given once. beside: others not to give. One query."""
    rows = Record.objects.filter(organisation=organisation, kind="audit", reference__startswith="IA")
    taken = {*rows.values_list("reference", flat=True), *beside}
    return {year: _numbers(f"IA{year[2:4]}-", taken) for year in years}


def _numbers(start: str, taken: Collection[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"{start}{number:02}") not in taken)


@dataclass(frozen=True)
class Carried:
    """The audits that an audit was carried from and to, as (reference, address); a hidden one is not there."""

    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None


def carried_of(audit: Audit, *, actor: Actor) -> Carried:
    """What an audit was in the plan of an earlier year, and what it is in that of a later one. One query."""
    either = Q(pk=audit.carried_from_id or 0) | Q(audit__carried_from=audit.pk)
    rows = Record.objects.filter(either, visible(actor, AuditPermission.SEE), kind="audit").select_related(
        "organisation"
    )
    named = [
        (row.pk, (row.reference, kind_named("audit").address(row.organisation.code, row.reference))) for row in rows
    ]
    before = next((end for pk, end in named if pk == audit.carried_from_id), None)
    return Carried(before, next((end for pk, end in named if pk != audit.carried_from_id), None))
