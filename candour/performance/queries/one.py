"""One measure: found at its address as an actor may see it, and read in full."""

from datetime import date
from typing import Any

from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.history.queries import Event
from candour.kernel.records.happened import entries_seen, read
from candour.kernel.records.models import Record, Sensitivity, visible
from candour.performance.access import PerformancePermission
from candour.performance.models import Break, Explanation, Measure
from candour.performance.queries.past import Whole, stood_on, whole_of
from candour.performance.queries.rows import FACTS, SHOWN, TEXTS
from candour.performance.queries.series import rows_of

OF_RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")


def measure_at(organisation: str, reference: str, *, actor: Actor) -> Measure:
    """The measure at an address, with its record, body and owner. One query.

    Raises Measure.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Measure.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, PerformancePermission.SEE, "record__"),
        record__kind="measure",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def in_full(measure: Measure, *, actor: Actor, today: date, as_at: date | None = None) -> Whole | None:
    """A measure with all its figures: three queries live, six as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    record = measure.record
    if as_at is not None:
        found = stood_on(actor, Record.objects.filter(pk=record.pk), as_at=as_at)
        return found[0] if found else None
    names = [name for name in (*FACTS, *SHOWN, *TEXTS) if hasattr(measure, name)]
    values: dict[str, Any] = {name: getattr(measure, name) for name in names}
    values |= {name: getattr(record, name) for name in OF_RECORD}
    values |= {
        "record_id": record.pk,
        "organisation_label": str(record.organisation),
        "organisation_code": record.organisation.code,
        "owner_label": str(record.owner or ""),
    }
    asked = Explanation.objects.filter(measure=measure).select_related("post")
    explanations = [_plain(one) | {"post_label": one.post.title} for one in asked]
    breaks = list(Break.objects.filter(measure=measure).values())
    return whole_of(values, rows_of([record.pk]).get(record.pk, []), breaks, explanations, today=today)


def _plain(one: Explanation) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def happened_to(record: Record, actor: Actor, *, day: date | None = None) -> list[Event]:
    """What an actor may read of what happened to a measure, newest in effect first; up to a past day. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    return read(list(rows.filter(effective__lte=day) if day else rows), actor)


def explanation_at(measure: Measure, number: int) -> Explanation:
    """A request of a measure. Raises Explanation.DoesNotExist."""
    return Explanation.objects.select_related("measure__record", "post").get(measure=measure, pk=number)


def public_measures() -> list[Measure]:
    """Every measure that is public, by body and reference. One query."""
    rows = Measure.objects.filter(record__sensitivity=Sensitivity.PUBLIC)
    found = rows.select_related("record__organisation", "record__owner")
    return list(found.order_by("record__organisation__name", "record__reference"))


def public_measure(organisation: str, reference: str) -> Measure:
    """A public measure. Raises Measure.DoesNotExist alike for one that is not public and one that never was."""
    rows = Measure.objects.select_related("record__organisation", "record__owner")
    of = Q(record__organisation__code=organisation, record__reference=reference, record__kind="measure")
    return rows.get(of, record__sensitivity=Sensitivity.PUBLIC)


def measures_named(organisation: int, actor: Actor) -> dict[str, Measure]:
    """The measures of a body that an actor may see and that have not ended, by reference and by title in small letters."""
    rows = Measure.objects.filter(
        visible(actor, PerformancePermission.SEE, "record__"),
        record__kind="measure",
        record__organisation=organisation,
        record__closed_on=None,
    ).select_related("record")
    found: dict[str, Measure] = {}
    for measure in rows:
        found.setdefault(measure.record.title.casefold(), measure)
    return found | {measure.record.reference.casefold(): measure for measure in rows}
