"""One agreement: found at its address as an actor may see it, and read in full; its provider."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, AgreementLine, FundingStream, Provider, Template
from candour.commissioning.queries.lines import SUMMED, tables_of
from candour.commissioning.queries.past import stood_on, tables_on
from candour.commissioning.queries.register import lines
from candour.commissioning.queries.rows import (
    CARED,
    FACTS,
    SIGNERS,
    AgreementRow,
    Hanging,
    agreement_row,
    hanging_on,
    line_of,
)
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.queries import Event
from candour.kernel.records.happened import entries_seen, read
from candour.kernel.records.models import Record, visible

KEPT = ("monitored", "scheduled", "return_due", "assess_by", "paid", "serves")  # what the read line sums up of SUMMED
OF_RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")


@dataclass(frozen=True)
class Whole:
    """An agreement with all that hangs on it, oldest first, on a day."""

    row: AgreementRow
    hanging: Hanging
    gate: tuple[str, ...]
    overridden: bool


def agreement_at(organisation: str, reference: str, *, actor: Actor) -> Agreement:
    """The agreement at an address, with its record and line, body, owner, provider and stream. One query.

    Raises Agreement.DoesNotExist alike for one that is hidden and one that never was.
    """
    near = ("record__organisation", "record__owner", "record__agreement_line", "provider", "stream", "step_post")
    rows = Agreement.objects.select_related(*near)
    return rows.get(
        visible(actor, CommissioningPermission.SEE, "record__"),
        record__kind="agreement",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def in_full(agreement: Agreement, *, actor: Actor, today: date, as_at: date | None = None) -> Whole | None:
    """An agreement with what hangs on it: three queries live, five as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    record = agreement.record
    if as_at is None:
        hanging = hanging_on(record.pk, tables_of([record.pk], but=SUMMED))
        names = [name for name in (*FACTS, *SIGNERS) if hasattr(agreement, name)]
        values: dict[str, Any] = {name: getattr(agreement, name) for name in names}
        values |= {name: getattr(record, name) for name in OF_RECORD}
        values |= {name: getattr(record.agreement_line, name) for name in CARED}
        values |= {
            "record_id": record.pk,
            "provider_id": agreement.provider_id,
            "stream_id": agreement.stream_id,
            "organisation_label": str(record.organisation),
            "organisation_code": record.organisation.code,
            "owner_label": str(record.owner or ""),
            "provider_label": agreement.provider.name,
            "stream_name": agreement.stream.name,
            "stream_code": agreement.stream.code,
            "stream_year": agreement.stream.year,
        }
        summed = {name: getattr(record.agreement_line, name) for name in KEPT}
        row = agreement_row(values, replace(line_of(values, hanging), **summed), today=today)
    else:
        records = Record.objects.filter(pk=record.pk)
        (tables,) = tables_on(records, (as_at,))
        found = stood_on(actor, records, as_at=as_at, tables=tables)
        if not found:
            return None
        row, hanging = found[0], hanging_on(record.pk, tables)
    day = as_at or today
    return Whole(row, _in_order(hanging), tuple(rules.gate(row.line)), rules.overridden(row.line, day))


def _in_order(hanging: Hanging) -> Hanging:
    """Everything by its number, which is the order in which it was recorded."""
    return Hanging(**{name: tuple(sorted(rows, key=lambda one: one["id"])) for name, rows in vars(hanging).items()})


def line_now(agreement: Agreement) -> rules.Line:
    """The read line of an agreement from its rows as they stand, for commands to decide by. Eight queries."""
    record = Record.objects.get(pk=agreement.pk)
    values = {name: getattr(agreement, name) for name in FACTS if hasattr(agreement, name)}
    values |= {name: getattr(record, name) for name in OF_RECORD}
    values |= {"provider_id": agreement.provider_id, "stream_id": agreement.stream_id}
    values |= AgreementLine.objects.values(*CARED).get(pk=agreement.pk)
    return line_of(values, hanging_on(agreement.pk, tables_of([agreement.pk])))


def happened_to(record: Record, actor: Actor, *, day: date | None = None) -> list[Event]:
    """What an actor may read of what happened to an agreement, newest in effect first; up to a past day. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    return read(list(rows.filter(effective__lte=day) if day else rows), actor)


def next_reference(stream: FundingStream) -> str:
    """The next free reference of a stream: VS-2025-04. Hidden agreements count too, so that no number is given twice."""
    start = f"{stream.code}-{stream.year[:4]}-"
    rows = Record.objects.filter(organisation=stream.organisation_id, kind="agreement", reference__startswith=start)
    return rules.reference(stream.code, stream.year, set(rows.values_list("reference", flat=True)))


def providers(actor: Actor) -> QuerySet[Provider]:
    """The providers that an actor may know of: of an agreement that they may see; and, for who manages agreements in its
    body, those without any agreement yet. One that has hidden agreements alone does not exist."""
    known = Q(Exists(lines(actor).filter(provider=OuterRef("pk"))))
    manage = actor.scope(CommissioningPermission.MANAGE)
    if actor.only is None and manage:
        new = ~Exists(Agreement.objects.filter(provider=OuterRef("pk")))
        known |= Q(new) & (Q() if EVERYWHERE in manage else Q(organisation__in=manage))
    return Provider.objects.filter(known).order_by("name", "pk")


def streams_in(organisation: int) -> list[FundingStream]:
    """The streams of a body, latest year first."""
    return list(FundingStream.objects.filter(organisation=organisation).order_by("-year", "name"))


def template_in_use(organisation: int, kind: str, day: date) -> Template | None:
    """The template of a kind that a body uses on a day."""
    rows = Template.objects.filter(organisation=organisation, kind=kind, starts__lte=day)
    return rows.order_by("-starts", "-pk").first()


def templates_of(organisation: int, kind: str) -> list[Template]:
    """Every version of a kind's template, latest first."""
    return list(Template.objects.filter(organisation=organisation, kind=kind).order_by("-starts", "-pk"))
