"""One inspection: found at its address as an actor may see it, and read in full."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Grade, Inspection, StepRow
from candour.inspections.queries.past import grades_live, stood_on, whole_of
from candour.inspections.queries.rows import FACTS, TEXTS, Whole, graded
from candour.kernel.access import Actor
from candour.kernel.history.queries import Event, grouped
from candour.kernel.people.models import Organisation
from candour.kernel.records.happened import entries_seen, read
from candour.kernel.records.models import Record, visible

OF_RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
OF_ROW = ("inspectorate_id", "answers_with_id", "asked_id", "address", "where")
SEE = InspectionPermission.SEE


def inspection_at(organisation: str, reference: str, *, actor: Actor) -> Inspection:
    """The inspection at an address, with its record, body, owner and inspectorate. One query.

    Raises Inspection.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Inspection.objects.select_related("record__organisation", "record__owner", "inspectorate", "asked")
    return rows.get(
        visible(actor, SEE, "record__"),
        record__kind="inspection",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def in_full(it: Inspection, *, actor: Actor, today: date, as_at: date | None = None) -> Whole | None:
    """An inspection with its steps and grades: two queries live, six as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    record = it.record
    if as_at is not None:
        found = stood_on(actor, Record.objects.filter(pk=record.pk), as_at=as_at)
        return found[0] if found else None
    values: dict[str, Any] = {name: getattr(it, name) for name in (*FACTS, *TEXTS, *OF_ROW) if hasattr(it, name)}
    values |= {name: getattr(record, name) for name in OF_RECORD}
    values |= {
        "record_id": record.pk,
        "organisation_label": str(record.organisation),
        "organisation_code": record.organisation.code,
        "owner_label": str(record.owner or ""),
        "inspectorate_label": str(it.inspectorate),
        "asked_label": it.asked.title if it.asked else "",
    }
    steps = list(StepRow.objects.filter(inspection=it).values())
    return whole_of(values, steps, grades_live([it.pk]).get(it.pk, ()), today=today)


def happened_to(record: Record, actor: Actor, *, day: date | None = None) -> list[Event]:
    """What an actor may read of what happened to a record, newest in effect first; up to a past day. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    return read(list(rows.filter(effective__lte=day) if day else rows), actor)


def inspectorates() -> list[Organisation]:
    """Every inspectorate, by name. One query."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.INSPECTORATE).order_by("name"))


def inspections_of(organisation: int, *, actor: Actor, out: bool = False) -> list[Inspection]:
    """The inspections of a body that an actor may see, the newest first. out: those whose report is published. One query."""
    rows = Inspection.objects.filter(
        visible(actor, SEE, "record__"), record__kind="inspection", record__organisation=organisation
    ).select_related("record__organisation", "inspectorate")
    if out:
        rows = rows.filter(published_on__isnull=False)
    return list(rows.order_by(F("published_on").desc(nulls_first=True), "-record__reference"))


def grades_of(
    organisation: int, *, actor: Actor, inspectorate: int | None = None, until: date | None = None
) -> tuple[rules.AreaGrades, ...]:
    """The grades of a body by area, oldest first, of every published report that an actor may see. One query.

    inspectorate: of one alone. until: of reports that were out by a day.
    """
    seen = visible(actor, SEE, "inspection__record__")
    rows = Grade.objects.filter(
        seen, removed_on=None, inspection__record__organisation=organisation, inspection__published_on__isnull=False
    )
    if inspectorate is not None:
        rows = rows.filter(inspection__inspectorate=inspectorate)
    if until is not None:
        rows = rows.filter(inspection__published_on__lte=until)
    names = [field.attname for field in Grade._meta.concrete_fields]
    of_report = ("inspection__published_on", "inspection__record__reference")
    found = rows.values(*names, "scale__name", "scale__definition", *of_report)
    return rules.by_area(
        one
        for key, some in grouped(found, "inspection_id").items()
        for one in graded(
            some,
            {
                "published_on": some[0]["inspection__published_on"],
                "reference": some[0]["inspection__record__reference"],
                "record_id": key,
            },
        )
    )


def grades_in(wholes: Sequence[Whole]) -> tuple[rules.AreaGrades, ...]:
    """The grades of some inspections that are read already, by area: for a paper of a past day."""
    return rules.by_area(one for whole in wholes if whole.row.line.published_on for one in whole.grades)
