"""The lines of measures as they stood: one from each day on from which anything that decides them held otherwise.

See docs/adr/0050. They are made from the history and the figures alone, and the last of them says what the line of today says.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, Protocol

from django.db.models import F

from candour.kernel.history.queries import grouped, states_of
from candour.kernel.records.models import Record
from candour.performance import rules
from candour.performance.models import Break, Explanation, Load, Measure, Observation, Parted
from candour.performance.queries.points import by_period
from candour.performance.queries.rows import line_of, process_of
from candour.performance.queries.series import COLUMNS, Shape, figures, points, shape_of

Values = Mapping[str, Any]
States = Sequence[tuple[date, dict[str, Any]]]  # of a row, each with the day from which it held, the earliest first


class Loaded(Protocol):
    """What was loaded of a measure. days: on which any of it was."""

    days: set[date]

    def points(self, day: date, shape: Shape) -> list[rules.Point]:
        """The series of the whole as it stood at the end of a day. What is hidden today is hidden on every day."""


@dataclass
class Wholes:
    """A whole that depends on nothing else. told: of each period what each load said of it, with its day, in their order."""

    days: set[date] = field(default_factory=set)
    told: list[list[tuple[date, rules.Point]]] = field(default_factory=list)

    def points(self, day: date, _: Shape) -> list[rules.Point]:
        last = (next((point for loaded, point in reversed(every) if loaded <= day), None) for every in self.told)
        return [point for point in last if point is not None]


@dataclass
class Parts:
    """A whole that may depend on its parts. rows: in the order of series.figures()."""

    rows: Sequence[Values]

    def __post_init__(self) -> None:
        self.days = {row["loaded_on"] for row in self.rows}

    def points(self, day: date, shape: Shape) -> list[rules.Point]:
        return points(figures(self.rows, shape, as_at=day))


@dataclass(frozen=True)
class Recorded:
    """The states of a measure and of what hangs on it."""

    record: States
    measure: States
    breaks: Sequence[States]
    explanations: Sequence[States]

    @property
    def first(self) -> date:
        """The day from which on the measure stood."""
        return max(self.record[0][0], self.measure[0][0])

    @property
    def days(self) -> set[date]:
        """On which any of it came to hold."""
        every = (self.record, self.measure, *self.breaks, *self.explanations)
        return {day for states in every for day, _ in states}


def past_lines(since: Mapping[int, date]) -> list[dict[str, Any]]:
    """The lines of some measures from a day of each on, as they should stand. Eight queries."""
    pks = sorted(since)
    recorded, loaded = _recorded(pks), _loaded(pks)
    lines = []
    for pk, first in since.items():
        told, figures_of = recorded[pk], loaded[pk]
        days = {day for day in told.days | figures_of.days if day >= first} | {told.first}
        lines += [_line(told, figures_of, day) for day in sorted(days) if day >= max(first, told.first)]
    return lines


def _line(told: Recorded, loaded: Loaded, day: date) -> dict[str, Any]:
    values = (on(told.record, day) or {}) | (on(told.measure, day) or {})
    breaks, asked = (
        [one for states in every if (one := on(states, day))] for every in (told.breaks, told.explanations)
    )
    process = process_of(values, loaded.points(day, shape_of(values)), breaks)
    line = dict(vars(line_of(values, process, asked)))
    line["organisation_id"] = line.pop("organisation")
    named = {"record_id": values["record_id"], "reference": values["reference"], "owner_id": values["owner_id"]}
    return line | named | {"since": day}


def on(states: States, day: date) -> dict[str, Any] | None:
    """The state of a row at the end of a day; None before its first."""
    place = bisect_right(states, day, key=itemgetter(0))
    return states[place - 1][1] if place else None


def _recorded(pks: Sequence[int]) -> dict[int, Recorded]:
    """The states of some measures. Four queries."""
    records, measures = states_of(Record.objects.filter(pk__in=pks)), states_of(Measure.objects.filter(pk__in=pks))
    breaks, asked = (_of_measures(states_of(of.filter(measure__in=pks))) for of in (Break.objects, Explanation.objects))
    return {pk: Recorded(records[pk], measures[pk], breaks.get(pk, ()), asked.get(pk, ())) for pk in pks}


def _of_measures(found: Mapping[int, States]) -> dict[int, list[States]]:
    """The states of rows by the measure that they hang on."""
    by_measure: dict[int, list[States]] = {}
    for states in found.values():
        by_measure.setdefault(states[0][1]["measure_id"], []).append(states)
    return by_measure


def _loaded(pks: Iterable[int]) -> dict[int, Loaded]:
    """What was loaded of some measures. Four queries."""
    rows, days = Observation.objects.filter(measure__in=pks), dict(Load.objects.values_list("pk", "loaded_on"))
    found: dict[int, Any] = {pk: Wholes() for pk in pks}
    depend = set(Parted.objects.filter(measure__in=pks).values_list("measure", flat=True))
    for measure, period, every in by_period(rows.filter(area="").exclude(measure__in=depend)):
        gone, of = every[-1].secret, found[measure]
        of.told.append([(days[one.load], one.point(period, gone=gone)) for one in every])
        of.days.update(days[one.load] for one in every)
    parts = rows.filter(measure__in=depend).order_by("measure", "area", "period", "load")
    every_part = parts.annotate(loaded_on=F("load__loaded_on")).values(*COLUMNS, "loaded_on")
    return found | {pk: Parts(loaded) for pk, loaded in grouped(every_part, "measure_id").items()}
