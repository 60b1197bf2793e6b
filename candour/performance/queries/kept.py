"""Read lines and search texts of measures, for the kernel to write and to check."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record
from candour.performance.models import Break, Explanation, Measure
from candour.performance.queries.points import series_of
from candour.performance.queries.rows import FACTS, line_of, process_of
from candour.performance.queries.series import shape_of

RECORD_VALUES = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
MEASURE_VALUES = (*(name for name in FACTS if name not in ("sensitivity", "closed_on")), "per", "smallest")


def measure_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some measures as they should stand, as values by column. Seven queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    breaks = grouped(Break.objects.filter(measure__in=pks).values(), "measure_id")
    asked = grouped(Explanation.objects.filter(measure__in=pks).values(), "measure_id")
    measures = list(Measure.objects.filter(pk__in=pks).values("record_id", *MEASURE_VALUES))
    series = series_of({measure["record_id"]: shape_of(measure) for measure in measures})
    lines = {}
    for measure in measures:
        pk = measure["record_id"]
        record = records[pk]
        process = process_of(record | measure, series.get(pk, ()), breaks.get(pk, ()))
        values = dict(vars(line_of(record | measure, process, asked.get(pk, ()))))
        values["organisation_id"] = values.pop("organisation")
        lines[pk] = values | {"record_id": pk, "reference": record["reference"], "owner_id": record["owner_id"]}
    return lines


def measure_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some measures by: reference, title, topic, what is counted, source. Two queries."""
    records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
    for pk, *found in Measure.objects.filter(pk__in=pks).values_list("pk", "topic", "counts", "source"):
        parts[pk] += found
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
