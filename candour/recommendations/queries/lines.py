"""Read lines and search texts of recommendations, for the kernel to write and to check."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.recommendations.models import Assignment, Closure, Recommendation, Target, Update
from candour.recommendations.queries.rows import line_of

OWN = (
    *("source", "response", "reported_on", "first_reported", "outcome"),
    *("priority_scale_id", "priority", "priority_text"),
)
RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
OF_CLOSURE = ("id", "recommendation_id", "proposed_on", "answered_on", "answer", "verdict", "lapsed_on")


def recommendation_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some recommendations as they should stand, as values by column. Seven queries."""
    of = {"recommendation__in": pks}
    parts = {
        "assignments": Assignment.objects.filter(**of).values("id", "recommendation_id", "removed_on"),
        "targets": Target.objects.filter(**of).values("recommendation_id", "assignment_id", "number", "text", "due"),
        "updates": Update.objects.filter(**of).values("recommendation_id", "dated"),
        "closures": Closure.objects.filter(**of).values(*OF_CLOSURE),
    }
    children = {name: grouped(list(rows.order_by()), "recommendation_id") for name, rows in parts.items()}
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD)}
    scales = word_scales(Scale.Kind.PRIORITY)
    lines = {}
    for row in Recommendation.objects.filter(pk__in=pks).values("record_id", *OWN):
        pk = row["record_id"]
        record = records[pk]
        held: dict[str, Any] = {name: rows[pk] for name, rows in children.items()}
        values = dict(vars(line_of(record | row, scales=scales, **held)))
        values["organisation_id"] = values.pop("organisation")
        told = {name: record[name] for name in ("reference", "title", "owner_id")}
        lines[pk] = values | told | {"record_id": pk}
    return lines


def recommendation_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some recommendations by: reference, heading, report, wording, response, updates. Three queries."""
    parts: dict[int, list[str]] = {
        pk: [reference, title]
        for pk, reference, title in Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    }
    wording = ("audit", "printed", "text", "finding", "risk", "response_text")
    for pk, *texts in Recommendation.objects.filter(pk__in=pks).values_list("pk", *wording):
        parts[pk] += texts
    said = ("achieved", "left", "barriers", "text")
    updates = Update.objects.filter(recommendation__in=pks).order_by("pk")
    for pk, *texts in updates.values_list("recommendation_id", *said):
        parts[pk] += texts
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
