"""Sets of measures: which there are, which measures stand in one on a day, and the parts of their newest figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.queries import as_at, grouped
from candour.kernel.records.models import Record, visible
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Measure, MeasureSet, Observation, Tag
from candour.performance.queries.past import Whole, stood_on
from candour.performance.queries.register import rows_for
from candour.performance.queries.rows import MeasureRow
from candour.performance.queries.series import COLUMNS, Figure, figures, shape_of

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Broken:
    """The newest figure of a measure by one breakdown: "" for areas. parts: its name in it, and its figure."""

    breakdown: str
    period: date
    parts: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class Tagged:
    """A measure in a set, and its newest figure by each breakdown."""

    row: MeasureRow
    broken: tuple[Broken, ...]


def sets_seen(actor: Actor) -> QuerySet[MeasureSet]:
    """The sets of the bodies whose measures an actor may see; none for one who is confined to some records."""
    rows, scope = MeasureSet.objects.select_related("organisation"), actor.scope(PerformancePermission.SEE)
    if actor.only is not None:
        return rows.none()
    return rows if EVERYWHERE in scope else rows.filter(organisation__in=scope)


def set_at(actor: Actor, number: int) -> MeasureSet:
    """A set that an actor may see. Raises MeasureSet.DoesNotExist alike for one that is hidden and one that never was."""
    return sets_seen(actor).get(pk=number)


def _tags(actor: Actor, day: date) -> QuerySet[Tag]:
    """The tags that stand on a day, of measures that an actor may see and that have not ended."""
    return Tag.objects.filter(
        visible(actor, PerformancePermission.SEE, "measure__record__"),
        Q(until=None) | Q(until__gt=day),
        since__lte=day,
        measure__record__closed_on=None,
    )


def filled_headings(actor: Actor, sets: Sequence[MeasureSet], *, today: date) -> dict[int, set[str]]:
    """By set the headings under which the actor sees a measure. One query."""
    found: dict[int, set[str]] = {}
    for pk, heading in _tags(actor, today).filter(set__in=sets).values_list("set_id", "heading").distinct():
        found.setdefault(pk, set()).add(heading)
    return found


def measures_in(actor: Actor, of: MeasureSet, *, today: date) -> dict[str, list[Tagged]]:
    """The measures of a set that an actor may see, by heading in the order of the set, by reference. Three queries."""
    tags = list(
        _tags(actor, today).filter(set=of).order_by("measure__record__reference").values_list("heading", "measure_id")
    )
    pks = list(dict.fromkeys(pk for _, pk in tags))
    rows = {row.pk: row for row in rows_for(pks, today=today)}
    parts = newest_parts(list(rows.values()))
    return {
        heading: [Tagged(rows[pk], parts.get(pk, ())) for under, pk in tags if under == heading]
        for heading in rules.headings_of(of.headings)
    }


def newest_parts(rows: Sequence[MeasureRow]) -> dict[int, tuple[Broken, ...]]:
    """The newest figure of some measures by area and category, with what would give a small number away hidden. One query."""
    newest = Observation.objects.filter(
        measure__in=[row.pk for row in rows], period=F("measure__record__measure_line__last_period")
    )
    ordered = newest.order_by("measure", "area", "period", "load").annotate(loaded_on=F("load__loaded_on"))
    loaded = grouped(ordered.values(*COLUMNS, "loaded_on"), "measure_id")
    shapes = {row.pk: {"unit": row.line.unit, "per": row.per, "smallest": row.smallest} for row in rows}
    return {pk: broken_down(figures(found, shape_of(shapes[pk]))) for pk, found in loaded.items()}


def broken_down(found: Sequence[Figure]) -> tuple[Broken, ...]:
    """The figures of parts of the newest period that any has, by breakdown; areas first. found: as figures() gives them."""
    parts = [one for one in found if one.area]
    newest = max((one.period for one in parts), default=None)
    groups: dict[str, list[tuple[str, Figure]]] = {}
    for one in parts:
        if one.period == newest:
            breakdown, name = rules.breakdown_of(one.area)
            groups.setdefault(breakdown, []).append((name, one))
    return tuple(Broken(name, newest, tuple(each)) for name, each in sorted(groups.items()) if newest is not None)


def sets_of(measure: Measure, *, today: date) -> list[tuple[MeasureSet, tuple[str, ...]]]:
    """The sets of a measure's body that have not ended, with their headings. One query."""
    rows = MeasureSet.objects.filter(Q(ends=None) | Q(ends__gte=today), organisation=measure.record.organisation_id)
    return [(one, rules.headings_of(one.headings)) for one in rows.order_by("name")]


@dataclass(frozen=True)
class SetRow:
    """A set as it stood on a day. under: the numbers of its measures by heading."""

    pk: int
    name: str
    source: str
    starts: date
    ends: date | None
    contribution: str
    contributed_on: date | None
    under: Mapping[str, Sequence[int]]


def sets_on(
    sets: QuerySet[MeasureSet], tags: QuerySet[Tag], *, day: date, known_on: datetime | None = None
) -> list[SetRow]:
    """Sets as they stood at the end of a day, by name, with what some tags put under their headings. Two queries."""
    every = as_at(tags.filter(set__in=sets.order_by()), day, known_on=known_on)
    stood = [one for one in every if one["since"] <= day and (one["until"] is None or one["until"] > day)]
    by_set = grouped(sorted(stood, key=lambda one: (one["set_id"], one["measure_id"])), "set_id")
    found = [_set_row(one, by_set.get(one["id"], ())) for one in as_at(sets.order_by(), day, known_on=known_on)]
    return sorted(found, key=lambda one: one.name.casefold())


def _set_row(values: Values, tags: Sequence[Values]) -> SetRow:
    named = ("name", "source", "starts", "ends", "contribution", "contributed_on")
    under = {
        heading: tuple(one["measure_id"] for one in tags if one["heading"] == heading)
        for heading in rules.headings_of(values["headings"])
    }
    return SetRow(pk=values["id"], under=under, **{name: values[name] for name in named})


def set_then(actor: Actor, of: MeasureSet, *, day: date) -> tuple[SetRow, dict[str, list[Tagged]]] | None:
    """A set as it stood at the end of a day, with the measures that an actor may see by heading. Eight queries.

    None where it did not stand yet.
    """
    tags = Tag.objects.filter(visible(actor, PerformancePermission.SEE, "measure__record__"))
    found = next(iter(sets_on(MeasureSet.objects.filter(pk=of.pk), tags, day=day)), None)
    if found is None:
        return None
    records = Record.objects.filter(pk__in={pk for some in found.under.values() for pk in some})
    stood = [one for one in stood_on(actor, records, as_at=day) if one.row.line.closed_on is None]
    return found, {
        heading: [Tagged(one.row, _newest_of(one)) for one in stood if one.row.pk in pks]
        for heading, pks in found.under.items()
    }


def _newest_of(whole: Whole) -> tuple[Broken, ...]:
    """The newest figure of a measure by area and category, where any was given of that period."""
    return broken_down([one for one in whole.figures if one.period == whole.row.line.last_period])
