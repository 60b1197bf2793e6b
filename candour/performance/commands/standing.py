"""Very many figures at once: what stands of them, read as numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import IntegerField, TextField
from django.db.models.functions import Cast

from candour.kernel.history.batch import CHUNK
from candour.performance.commands.new import Key, NewFigure
from candour.performance.models import Observation, PeerFigure
from candour.performance.queries.points import Days, TenThousandths

Facts = tuple[int | None, ...]  # value, numerator, denominator in fourth places; provisional, suppressed
NAMED = 400  # areas or bodies that are asked for by name; of more, all are read


def standing_of(wanted: Sequence[NewFigure]) -> dict[Key, Facts]:
    """What stands for the measures, areas and periods of some figures; of others only where some are of others.

    A query for each 500 measures.
    """
    own, others = [one for one in wanted if not one.body], [one for one in wanted if one.body]
    days = Days()
    held = {
        (pk, "", area, days[day]): facts
        for pk, area, day, facts in _newest(Observation.objects.order_by("load"), "area", own)
    }
    peers = _newest(PeerFigure.objects.order_by("load"), "body", others)
    return held | {(pk, body, "", days[day]): facts for pk, body, day, facts in peers}


def _newest(rows: Any, name: str, wanted: Sequence[NewFigure]) -> Iterator[tuple[int, str, str, Facts]]:
    """(measure, area or body, day, facts) of every row of the measures, names and periods wanted, the newest last."""
    if not wanted:
        return
    first, last = min(one.period for one in wanted), max(one.period for one in wanted)
    named = {getattr(one, name) for one in wanted}
    if len(named) <= NAMED:
        rows = rows.filter(**{f"{name}__in": sorted(named)})
    columns = {
        "day": Cast("period", TextField()),
        **{f"{part}_number": TenThousandths(part) for part in ("value", "numerator", "denominator")},
        **{f"{mark}_number": Cast(mark, IntegerField()) for mark in ("provisional", "suppressed")},
    }
    pks = sorted({one.measure.pk for one in wanted})
    for start in range(0, len(pks), CHUNK):
        found = rows.filter(measure__in=pks[start : start + CHUNK], period__range=(first, last)).annotate(**columns)
        for measure, of, day, *facts in found.values_list("measure_id", name, *columns).iterator(chunk_size=5000):
            yield measure, of, day, tuple(facts)
