"""The series of the whole of very many measures, read as cheaply as can be: for lines and lists."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, Func, IntegerField, TextField
from django.db.models.functions import Cast

from candour.kernel.history.queries import grouped
from candour.performance import rules
from candour.performance.models import Load, Observation, Parted
from candour.performance.queries.series import COLUMNS, Shape, figures, points


class TenThousandths(Func):
    """A figure as a whole number of its fourth places: read without ado, and exact."""

    template = "CAST(ROUND(%(expressions)s * 10000) AS bigint)"
    output_field = BigIntegerField()


def series_of(shapes: Mapping[int, Shape], *, as_at: date | None = None) -> dict[int, list[rules.Point]]:
    """The series of the whole of some measures by their number, as it stood at the end of a day. Three queries.

    The same as points(figures(...)) gives; most wholes depend on nothing but what was loaded of them.
    """
    return series_of_days([shapes], (as_at,))[0]


def series_of_days(
    shapes: Sequence[Mapping[int, Shape]], days: Sequence[date | None]
) -> list[dict[int, list[rules.Point]]]:
    """The same at the ends of some days, in their order: what was loaded is read once for all. shapes: of each day."""
    rows = Observation.objects.filter(measure__in=sorted({pk for of_day in shapes for pk in of_day}))
    found = _of_wholes(rows.filter(area="").exclude(measure__in=Parted.objects.values("measure")), days)
    parts = rows.filter(measure__in=Parted.objects.values("measure")).order_by("measure", "area", "period", "load")
    loaded = parts.annotate(loaded_on=F("load__loaded_on")).values(*COLUMNS, "loaded_on")
    for pk, every in grouped(loaded, "measure_id").items():
        for series, of_day, day in zip(found, shapes, days, strict=True):
            if pk in of_day:
                series[pk] = points(figures(every, of_day[pk], as_at=day))
    return found


def _of_wholes(rows: Any, ends: Sequence[date | None]) -> list[dict[int, list[rules.Point]]]:
    """Points from rows of wholes alone, for each day. What is hidden today is hidden on every day."""
    loads = list(Load.objects.values_list("pk", "loaded_on"))
    there = [{pk for pk, loaded_on in loads if end is None or loaded_on <= end} for end in ends]
    found: list[dict[int, list[rules.Point]]] = [{} for _ in ends]
    for measure, period, every in by_period(rows):
        gone = every[-1].secret
        made: dict[int, rules.Point] = {}
        for series, held in zip(found, there, strict=True):
            last = next((row for row in reversed(every) if row.load in held), None)
            if last is None:
                continue
            point = made.get(last.load)
            if point is None:
                point = made[last.load] = last.point(period, gone=gone)
            series.setdefault(measure, []).append(point)
    return found


class Said(NamedTuple):
    """What a load said of a whole in a period. number: in fourth places. tentative, secret: 0 or 1."""

    measure: int
    day: str
    number: int | None
    tentative: int
    secret: int
    load: int

    def point(self, period: date, *, gone: int) -> rules.Point:
        """It as a point. gone: whether the figure is hidden today."""
        hidden = self.secret or gone or self.number is None
        value = None if hidden else Decimal(self.number).scaleb(-4)  # type: ignore[arg-type]
        return rules.Point(period, value, bool(self.tentative))


def by_period(rows: Any) -> Iterator[tuple[int, date, Sequence[Said]]]:
    """(measure, period, what each load said of it in their order) from rows of wholes alone. One query."""
    columns = {
        "day": Cast("period", TextField()),
        "number": TenThousandths("value"),
        "tentative": Cast("provisional", IntegerField()),
        "secret": Cast("suppressed", IntegerField()),
    }
    ordered, days = rows.order_by("measure", "area", "period", "load").annotate(**columns), Days()
    read = ordered.values_list("measure_id", *columns, "load").iterator(chunk_size=5000)
    for (measure, day), group in groupby(read, key=itemgetter(0, 1)):
        yield measure, days[day], [Said(*row) for row in group]


class Days(dict[str, date]):
    """Days by their text: each is read once."""

    def __missing__(self, text: str) -> date:
        found = self[text] = date.fromisoformat(text)
        return found
