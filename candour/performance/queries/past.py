"""Measures as they stood at the end of a past day, from the history and from what had been loaded by then."""

from collections.abc import Iterator, Mapping, Sequence
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
    asked = sorted(explanations, key=lambda one: (one["asked_on"], one["id"]))
    return Whole(row, tuple(found), process, tuple(edges), tuple(asked))


def stood_on(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None, areas: bool = True
) -> list[Whole]:
    """Measures as they stood at the end of a day, by reference. Six queries, seven without areas. areas: with those too.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    return stood_on_days(actor, records, days=(as_at,), known_on=known_on, areas=areas)[0]


def stood_on_days(
    actor: Actor,
    records: QuerySet[Record],
    *,
    days: Sequence[date],
    known_on: datetime | None = None,
    areas: bool = True,
) -> list[list[Whole]]:
    """The same at the ends of some days, in their order. As many queries for all of them."""
    seen = _seen(actor, records, days, known_on)
    stood = as_at_days(Measure.objects.filter(record__in=records), days, known_on=known_on)
    keys = sorted({row["record_id"] for row, held in _each(stood, seen)})
    loaded = rows_of(keys, whole=not areas)
    breaks, asked = (
        [grouped(rows, "measure_id") for rows in as_at_days(of.filter(measure__in=keys), days, known_on=known_on)]
        for of in (Break.objects, Explanation.objects)
    )
    found = []
    for number, day in enumerate(days):
        wholes = [
            whole_of(
                seen[number][row["record_id"]] | row,
                loaded.get(row["record_id"], ()),
                breaks[number].get(row["record_id"], ()),
                asked[number].get(row["record_id"], ()),
                today=day,
                as_at=day,
            )
            for row in stood[number]
            if row["record_id"] in seen[number]
        ]
        found.append(sorted(wholes, key=lambda one: one.row.reference))
    return found


Seen = dict[int, dict[str, Any]]


def _each(stood: Sequence[Sequence[Values]], seen: Sequence[Seen]) -> Iterator[tuple[Values, Values]]:
    """The states of every day with those of their records that may be seen."""
    for rows, held in zip(stood, seen, strict=True):
        yield from ((row, held[row["record_id"]]) for row in rows if row["record_id"] in held)


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
