"""Inspections in full, as they stand or as they stood at the end of a past day, from the history."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Grade, Inspection, StepRow
from candour.inspections.queries.register import InspectionFilter
from candour.inspections.queries.rows import InspectionRow, Whole, graded, inspection_row, line_of, step_lines
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.kernel.scales.models import Scale

Values = Mapping[str, Any]


def whole_of(values: Values, steps: Sequence[Values], grades: Sequence[Values], *, today: date) -> Whole:
    """An inspection put together from the values of its rows."""
    line = line_of(values, steps)
    standing = [one for one in grades if one["removed_on"] is None]
    return Whole(inspection_row(values, line, today=today), step_lines(steps, today), graded(standing, values))


def grades_live(inspections: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The grades of some inspections with their scales, by inspection. One query."""
    rows = Grade.objects.filter(inspection__in=inspections, removed_on=None)
    names = [field.attname for field in Grade._meta.concrete_fields]
    return grouped(rows.values(*names, "scale__name", "scale__definition"), "inspection_id")


def stood_on(actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None) -> list[Whole]:
    """Inspections as they stood at the end of a day, by reference. Six queries.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    seen = _seen(actor, records, as_at, known_on)
    stood = states_on(Inspection.objects.filter(record__in=records), as_at, known_on=known_on)
    keys = [row["record_id"] for row in stood if row["record_id"] in seen]
    steps, grades = (
        grouped(states_on(model.objects.filter(inspection__in=keys), as_at, known_on=known_on), "inspection_id")
        for model in (StepRow, Grade)
    )
    scales = {
        row["id"]: {"scale__name": row["name"], "scale__definition": row["definition"]}
        for row in Scale.objects.filter(kind=Scale.Kind.GRADE).values("id", "name", "definition")
    }
    found = [
        whole_of(
            seen[row["record_id"]] | row,
            steps.get(row["record_id"], ()),
            [one | scales.get(one["scale_id"], {}) for one in grades.get(row["record_id"], ())],
            today=as_at,
        )
        for row in stood
        if row["record_id"] in seen
    ]
    return sorted(found, key=lambda one: one.row.reference)


def _seen(actor: Actor, records: QuerySet[Record], day: date, known_on: datetime | None) -> dict[int, dict[str, Any]]:
    """The states of a day that an actor may see, with what does not change of each."""
    columns = {
        "organisation_code": F("organisation__code"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
    }
    today = {row["id"]: row for row in records.annotate(**columns).order_by().values("id", "sensitivity", *columns)}
    found = {}
    for state in states_on(records, day, known_on=known_on):
        one = today[state["id"]]
        state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
        if seen_then(actor, state, shared=one["deep"]):
            found[state["id"]] = state | {name: one[name] for name in columns if name != "deep"}
    return found


def inspections_on(
    actor: Actor, wanted: InspectionFilter, *, as_at: date, known_on: datetime | None = None
) -> list[Whole]:
    """Every inspection of a body as it stood on a day, whatever view."""
    records = Record.objects.filter(visible(actor, InspectionPermission.SEE), kind="inspection")
    if wanted.organisation is not None:
        records = records.filter(organisation=wanted.organisation)
    return stood_on(actor, records, as_at=as_at, known_on=known_on)


def shown_on(rows: list[InspectionRow], wanted: InspectionFilter) -> list[InspectionRow]:
    """The rows of a past day under a filter, whatever view, those that need something first."""
    words = wanted.words.casefold().split()
    found = [
        row
        for row in rows
        if (not wanted.kind or row.line.kind == wanted.kind)
        and (wanted.inspectorate is None or row.line.inspectorate == wanted.inspectorate)
        and (not wanted.state or row.state == wanted.state)
        and all(word in f"{row.reference} {row.title}".casefold() for word in words)
    ]
    return sorted(found, key=lambda row: (rules.ORDER.index(row.state), row.line.next_due or date.max, row.reference))
