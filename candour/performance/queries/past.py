"""Measures as they stood at the end of a past day, from the history and from what had been loaded by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_days, grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Break, Explanation, Measure
from candour.performance.queries.points import series_of_days
from candour.performance.queries.register import MeasureFilter
from candour.performance.queries.rows import MeasureRow, line_of, measure_row, process_of
from candour.performance.queries.series import Figure, figures, points, rows_of, shape_of

Values = Mapping[str, Any]


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
    return Whole(row, tuple(found), process, tuple(edges), _in_order(explanations))


def _in_order(explanations: Sequence[Values]) -> tuple[Values, ...]:
    return tuple(sorted(explanations, key=lambda one: (one["asked_on"], one["id"])))


def stood_on(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None, areas: bool = True
) -> list[Whole]:
    """Measures as they stood at the end of a day, by reference. Six queries. areas: with the figures of each area too.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    stood = _stood(actor, records, (as_at,), known_on)[0]
    loaded = rows_of([one.pk for one in stood], whole=not areas)
    return [
        whole_of(one.values, loaded.get(one.pk, ()), one.breaks, one.explanations, today=as_at, as_at=as_at)
        for one in stood
    ]


@dataclass(frozen=True)
class Stood:
    """What the history says of a measure on a day: its record and row, its breaks, and what was asked of it."""

    pk: int
    values: Values
    breaks: Sequence[Values]
    explanations: Sequence[Values]


@dataclass(frozen=True)
class Then:
    """A measure on a day as lists need it: its row, the series of its whole, and what was asked of it."""

    row: MeasureRow
    points: Sequence[rules.Point]
    explanations: Sequence[Values]


def then_on_days(actor: Actor, records: QuerySet[Record], *, days: Sequence[date]) -> list[list[Then]]:
    """Measures at the ends of some days, without what only the page of one shows. Eight queries for all of them."""
    stood = _stood(actor, records, days, None)
    series = series_of_days([{one.pk: shape_of(one.values) for one in of_day} for of_day in stood], days)
    return [
        [_then(one, of_day.get(one.pk, ()), day) for one in stood_then]
        for stood_then, of_day, day in zip(stood, series, days, strict=True)
    ]


def _then(one: Stood, points: Sequence[rules.Point], day: date) -> Then:
    process = process_of(one.values, points, one.breaks)
    row = measure_row(one.values, line_of(one.values, process, one.explanations), today=day)
    return Then(row, points, _in_order(one.explanations))


def _stood(
    actor: Actor, records: QuerySet[Record], days: Sequence[date], known_on: datetime | None
) -> list[list[Stood]]:
    """What an actor may see of each day, by reference. Five queries."""
    seen = _seen(actor, records, days, known_on)
    rows = as_at_days(Measure.objects.filter(record__in=records), days, known_on=known_on)
    keys = sorted({pk for of_day in seen for pk in of_day})
    breaks, asked = (
        [grouped(found, "measure_id") for found in as_at_days(of.filter(measure__in=keys), days, known_on=known_on)]
        for of in (Break.objects, Explanation.objects)
    )
    found = []
    for number, of_day in enumerate(rows):
        stood = [
            Stood(pk, seen[number][pk] | row, breaks[number].get(pk, ()), asked[number].get(pk, ()))
            for row in of_day
            if (pk := row["record_id"]) in seen[number]
        ]
        found.append(sorted(stood, key=lambda one: one.values["reference"]))
    return found


Seen = dict[int, dict[str, Any]]


def _seen(actor: Actor, records: QuerySet[Record], days: Sequence[date], known_on: datetime | None) -> list[Seen]:
    """The states of each day that an actor may see, with what does not change of each."""
    columns = {
        "organisation_code": F("organisation__code"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
    }
    today = {row["id"]: row for row in records.annotate(**columns).order_by().values("id", "sensitivity", *columns)}
    found: list[Seen] = []
    for states in as_at_days(records, days, known_on=known_on):
        of_day: Seen = {}
        for state in states:
            one = today[state["id"]]
            state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
            if seen_then(actor, state, shared=one["deep"]):
                of_day[state["id"]] = state | {name: one[name] for name in columns if name != "deep"}
        found.append(of_day)
    return found


def measures_on(
    actor: Actor, wanted: MeasureFilter, *, as_at: date, known_on: datetime | None = None, areas: bool = False
) -> list[Whole]:
    """Every measure of a body as it stood on a day, whatever view. areas: with the figures of each area too."""
    return stood_on(actor, records_of(actor, wanted), as_at=as_at, known_on=known_on, areas=areas)


def records_of(actor: Actor, wanted: MeasureFilter) -> QuerySet[Record]:
    """The measures of a body, or of all, that an actor may see today."""
    records = Record.objects.filter(visible(actor, PerformancePermission.SEE), kind="measure")
    return records if wanted.organisation is None else records.filter(organisation=wanted.organisation)
