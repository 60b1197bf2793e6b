"""Read lines and search texts of plans, objectives and activities, for the kernel to write and to check."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F

from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.plan.models import Activity, Objective, Plan, Priority, Progress, Slip, Success
from candour.plan.queries.rows import FACTS, KEYS, line_of

OF_RECORD = ("reference", "organisation_id", "owner_id", "sensitivity", "closed_on")


def _records(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {row["id"]: dict(row) for row in Record.objects.filter(pk__in=pks).values("id", *OF_RECORD)}


def _line(record: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {"record_id": record["id"]} | {name: record[name] for name in OF_RECORD} | dict(values)


def plan_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some plans as they should stand, as values by column. Two queries."""
    records = _records(pks)
    rows = Plan.objects.filter(pk__in=pks).values("record_id", "starts", "ends", "published_on")
    return {row["record_id"]: _line(records[row["record_id"]], row) for row in rows}


def objective_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The same of some objectives. Two queries."""
    records = _records(pks)
    rows = Objective.objects.filter(pk__in=pks).values("record_id", "plan_id")
    return {row["record_id"]: _line(records[row["record_id"]], row) for row in rows}


def activity_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The same of some activities. Five queries."""
    records, scales, lines = _records(pks), word_scales(Scale.Kind.RATING), {}
    said = defaultdict(list)
    for pk, day in Progress.objects.filter(activity__in=pks).values_list("activity", "on"):
        said[pk].append(day)
    slips = dict(Slip.objects.filter(activity__in=pks).order_by().values_list("activity").annotate(Count("pk")))
    rows = Activity.objects.filter(pk__in=pks).annotate(plan_id=F("objective__plan"))
    for row in rows.values("record_id", "plan_id", "objective_id", "scale_id", "rating", *FACTS):
        pk = row["record_id"]
        found = vars(line_of(records[pk] | row, scales, said[pk], slips.get(pk, 0)))
        lines[pk] = _line(records[pk], {name: value for name, value in found.items() if name not in KEYS})
        lines[pk] |= {"plan_id": row["plan_id"], "objective_id": row["objective_id"]}
    return lines


def _texts(pks: Sequence[int], more: Iterable[tuple[int, str]]) -> dict[int, str]:
    parts: dict[int, list[str]] = {
        pk: [reference, title]
        for pk, reference, title in Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    }
    for pk, text in more:
        parts[pk].append(text)
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}


def plan_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some plans by: reference, title, aim, priorities. Three queries."""
    own = list(Plan.objects.filter(pk__in=pks).values_list("pk", "aim"))
    standing = Priority.objects.filter(plan__in=pks, removed_on=None).order_by("place")
    return _texts(pks, [*own, *standing.values_list("plan", "title")])


def objective_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some objectives by: reference, title, outcome, what good looks like. Three queries."""
    own = list(Objective.objects.filter(pk__in=pks).values_list("pk", "outcome"))
    return _texts(pks, [*own, *_successes(pks)])


def activity_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some activities by: reference, title, text, what good looks like. Three queries."""
    own = list(Activity.objects.filter(pk__in=pks).values_list("pk", "text"))
    return _texts(pks, [*own, *_successes(pks)])


def _successes(pks: Sequence[int]) -> list[tuple[int, str]]:
    return list(Success.objects.filter(record__in=pks, removed_on=None).order_by("pk").values_list("record", "text"))
