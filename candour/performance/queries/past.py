"""Measures as they stood at the end of a past day, from the history and from what had been loaded by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Break, Explanation, Measure
from candour.performance.queries.register import MeasureFilter
from candour.performance.queries.rows import MeasureRow, line_of, measure_row, process_of
from candour.performance.queries.series import Figure, figures, points, rows_of, shape_of


@dataclass(frozen=True)
class Whole:
    """A measure with its figures, its process, its breaks and what was asked of it, oldest first, on a day."""

    row: MeasureRow
    figures: tuple[Figure, ...]
    process: rules.Process
    breaks: tuple[Mapping[str, Any], ...]
    explanations: tuple[Mapping[str, Any], ...]

    @property
    def series(self) -> tuple[Figure, ...]:
        """The figures of the whole."""
        return tuple(one for one in self.figures if not one.area)


def whole_of(
    values: Mapping[str, Any],
    loaded: Sequence[Mapping[str, Any]],
    breaks: Sequence[Mapping[str, Any]],
    explanations: Sequence[Mapping[str, Any]],
    *,
    today: date,
    as_at: date | None = None,
) -> Whole:
    """A measure put together from the values of its rows."""
    found = figures(loaded, shape_of(values), as_at=as_at)
    series = points(found)
    edges = sorted((one for one in breaks if one["removed_on"] is None), key=lambda one: one["period"])
    process = process_of(values, series, edges)
    row = measure_row(values, line_of(values, process, explanations), today=today)
    asked = sorted(explanations, key=lambda one: (one["asked_on"], one["id"]))
    return Whole(row, tuple(found), process, tuple(edges), tuple(asked))


def stood_on(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None, areas: bool = True
) -> list[Whole]:
    """Measures as they stood at the end of a day, by reference. Six queries. areas: with the figures of each area too.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    seen = _seen(actor, records, as_at, known_on)
    stood = states_on(Measure.objects.filter(record__in=records), as_at, known_on=known_on)
    keys = [row["record_id"] for row in stood if row["record_id"] in seen]
    loaded = rows_of(keys, whole=not areas)
    breaks, asked = (
        grouped(states_on(model.objects.filter(measure__in=keys), as_at, known_on=known_on), "measure_id")
        for model in (Break, Explanation)
    )
    found = [
        whole_of(
            seen[row["record_id"]] | row,
            loaded.get(row["record_id"], ()),
            breaks.get(row["record_id"], ()),
            asked.get(row["record_id"], ()),
            today=as_at,
            as_at=as_at,
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


def measures_on(
    actor: Actor, wanted: MeasureFilter, *, as_at: date, known_on: datetime | None = None, areas: bool = False
) -> list[Whole]:
    """Every measure of a body as it stood on a day, whatever view. areas: with the figures of each area too."""
    records = Record.objects.filter(visible(actor, PerformancePermission.SEE), kind="measure")
    if wanted.organisation is not None:
        records = records.filter(organisation=wanted.organisation)
    return stood_on(actor, records, as_at=as_at, known_on=known_on, areas=areas)


def shown_on(rows: list[MeasureRow], wanted: MeasureFilter) -> list[MeasureRow]:
    """The rows of a past day under a filter, whatever view, exceptions first."""
    words = wanted.words.casefold().split()
    found = [
        row
        for row in rows
        if (not wanted.topic or row.line.topic == wanted.topic)
        and (not wanted.state or row.state == wanted.state)
        and all(word in f"{row.reference} {row.title} {row.line.topic}".casefold() for word in words)
    ]
    return sorted(found, key=lambda row: (rules.ORDER.index(row.state), row.reference))
