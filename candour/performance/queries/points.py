"""The series of the whole of very many measures, read as cheaply as can be: for lines and lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

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
    rows = Observation.objects.filter(measure__in=list(shapes))
    found = _of_wholes(rows.filter(area="").exclude(measure__in=Parted.objects.values("measure")), as_at)
    parts = rows.filter(measure__in=Parted.objects.values("measure")).order_by("measure", "area", "period", "load")
    loaded = parts.annotate(loaded_on=F("load__loaded_on")).values(*COLUMNS, "loaded_on")
    for pk, every in grouped(loaded, "measure_id").items():
        found[pk] = points(figures(every, shapes[pk], as_at=as_at))
    return found


def _of_wholes(rows: Any, as_at: date | None) -> dict[int, list[rules.Point]]:
    """Points from rows of wholes alone. What is hidden today is hidden on every day."""
    loads, days = dict(Load.objects.values_list("pk", "loaded_on")), Days()
    columns = {
        "day": Cast("period", TextField()),
        "number": TenThousandths("value"),
        "tentative": Cast("provisional", IntegerField()),
        "secret": Cast("suppressed", IntegerField()),
    }
    ordered = rows.order_by("measure", "area", "period", "load").annotate(**columns)
    found: dict[int, list[rules.Point]] = {}
    for (measure, day), group in groupby(ordered.values_list("measure_id", *columns, "load"), key=itemgetter(0, 1)):
        every: Sequence[Any] = list(group)
        then = every if as_at is None else [row for row in every if loads[row[5]] <= as_at]
        if then:
            _, _, number, tentative, secret, _ = then[-1]
            hidden = secret or every[-1][4] or number is None
            value = None if hidden else Decimal(number).scaleb(-4)
            found.setdefault(measure, []).append(rules.Point(days[day], value, bool(tentative)))
    return found


class Days(dict[str, date]):
    """Days by their text: each is read once."""

    def __missing__(self, text: str) -> date:
        found = self[text] = date.fromisoformat(text)
        return found
