"""How long records are kept: the periods of bodies, what is due, and what keeps one from being due."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.people.models import Organisation
from candour.kernel.records.kinds import kinds
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.models import Hold, Period, Removal
from candour.kernel.retention.rules import Span, closed_by, due_on, in_force

Key = tuple[int, str]  # a body and a kind


@dataclass(frozen=True)
class PeriodRow:
    """A kind of record of a body and how long it is kept. basis: what that rests on; next: what comes after, if anything."""

    kind: str
    label: str
    words: str
    since: date | None
    basis: str
    next: str = ""


@dataclass(frozen=True)
class DueRow:
    """A record that may be disposed of."""

    pk: int
    kind: str
    reference: str
    title: str
    organisation: str
    closed_on: date
    due: date
    restricted: bool


def spans_of(organisations: Collection[int] | None) -> dict[Key, list[Span]]:
    """By body and kind every span that was ever set. organisations: None for all. One query."""
    rows = Period.objects.all() if organisations is None else Period.objects.filter(organisation__in=organisations)
    found: dict[Key, list[Span]] = defaultdict(list)
    for period in rows.order_by("starts"):
        found[period.organisation_id, period.kind].append(period.span)
    return found


def span_for(record: Record, today: date) -> Span | None:
    """The span that holds for a record today; None where none is set. One query."""
    return in_force(spans_of([record.organisation_id]).get((record.organisation_id, record.kind), []), today)


def period_rows(organisation: Organisation, today: date) -> list[PeriodRow]:
    """Every kind of record with how long the body keeps it, by name. One query."""
    held: dict[str, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(organisation=organisation).order_by("starts"):
        held[period.kind].append(period)
    rows = []
    for kind in kinds():
        begun = [period for period in held[kind.name] if period.starts <= today]
        coming = [period for period in held[kind.name] if period.starts > today]
        now, then = (begun[-1] if begun else None), (coming[0] if coming else None)
        rows.append(
            PeriodRow(
                kind.name,
                kind.plural,
                now.span.words if now else "",
                now.starts if now else None,
                now.basis if now else "",
                f"{then.span.words} from {then.starts:%-d %B %Y}" if then else "",
            )
        )
    return sorted(rows, key=lambda row: row.label)


def seen_in(actor: Actor) -> list[int] | None:
    """The bodies for which an actor reads how long records are kept; None for all."""
    held = actor.scope(RetentionPermission.SEE)
    return None if EVERYWHERE in held else sorted(held)


def standing_hold() -> Exists:
    """Of records: whether a legal hold stands."""
    return Exists(Hold.objects.filter(record=OuterRef("pk"), lifted_on=None))


def disposal_of(outcomes: Collection[str]) -> Exists:
    """Of records: whether there is a disposal with one of the outcomes."""
    return Exists(Removal.objects.filter(record=OuterRef("pk"), everything=True, outcome__in=outcomes))


def due(actor: Actor, today: date) -> tuple[QuerySet[Record], dict[Key, Span]]:
    """The records that an actor may see and that may be disposed of today, first closed first, with the spans that say so.

    Neither those under a legal hold nor those whose disposal waits or was carried out. One query for the spans.
    """
    spans = {key: span for key, every in spans_of(seen_in(actor)).items() if (span := in_force(every, today))}
    past = Q(pk__in=[])
    for (organisation, kind), span in spans.items():
        if span.years is not None:
            past |= Q(organisation=organisation, kind=kind, closed_on__lte=closed_by(today, span.years))
    rows = Record.objects.filter(past, visible_records(actor), ~standing_hold())
    rows = rows.exclude(disposal_of([Removal.Outcome.WAITING, Removal.Outcome.DONE]))
    return rows.select_related("organisation").order_by("closed_on", "reference", "pk"), spans


def due_row(record: Record, spans: dict[Key, Span]) -> DueRow:
    span = spans[record.organisation_id, record.kind]
    when = due_on(record.closed_on, span.years)
    assert record.closed_on is not None  # noqa: S101  # nosec B101  as the query asks
    assert when is not None  # noqa: S101  # nosec B101
    return DueRow(
        record.pk,
        record.kind,
        record.reference,
        record.title,
        record.organisation.code,
        record.closed_on,
        when,
        record.sensitivity == "restricted",
    )
