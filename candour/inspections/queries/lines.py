"""Read lines and search texts of inspections and statement items, for the kernel to write and to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from candour.inspections import rules
from candour.inspections.models import Grade, Inspection, Progress, StatementItem, StepRow
from candour.inspections.queries.rows import FACTS, line_of
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record

OF_RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
OF_ROW = (*(name for name in FACTS if name not in ("sensitivity", "closed_on")), "inspectorate_id", "answers_with_id")
OF_ITEM = ("year", "section", "due", "left")


def inspection_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some inspections as they should stand, as values by column. Three queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *OF_RECORD)}
    steps = grouped(StepRow.objects.filter(inspection__in=pks).values(), "inspection_id")
    found = {}
    for row in Inspection.objects.filter(pk__in=pks).values("record_id", *OF_ROW):
        pk = row["record_id"]
        values = dict(vars(line_of(records[pk] | row, steps.get(pk, ()))))
        for name in ("organisation", "inspectorate"):
            values[f"{name}_id"] = values.pop(name)
        found[pk] = values | _named(pk, records[pk])
    return found


def inspection_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some inspections by: reference, title, what it looks at, its areas. Three queries."""
    parts = _titles(pks)
    for pk, about in Inspection.objects.filter(pk__in=pks).values_list("pk", "about"):
        parts[pk].append(about)
    areas = Grade.objects.filter(inspection__in=pks, removed_on=None).order_by("inspection", "position", "pk")
    for pk, area in areas.values_list("inspection", "area"):
        parts[pk].append(area)
    return _joined(parts)


def stated_of(
    record: Mapping[str, Any], item: Mapping[str, Any], progress: Sequence[Mapping[str, Any]]
) -> rules.Stated:
    """The read line of a statement item from its rows."""
    last = max(progress, key=lambda one: (one["dated"], one["id"]), default=None)
    return rules.Stated(
        organisation=record["organisation_id"],
        sensitivity=record["sensitivity"],
        closed_on=record["closed_on"],
        said=last["said"] if last else "",
        last_on=last["dated"] if last else None,
        **{name: item[name] for name in OF_ITEM},
    )


def statement_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some statement items as they should stand, as values by column. Three queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *OF_RECORD)}
    progress = grouped(Progress.objects.filter(item__in=pks).values("id", "item_id", "dated", "said"), "item_id")
    found = {}
    for item in StatementItem.objects.filter(pk__in=pks).values("record_id", *OF_ITEM):
        pk = item["record_id"]
        values = dict(vars(stated_of(records[pk], item, progress.get(pk, ()))))
        values["organisation_id"] = values.pop("organisation")
        found[pk] = values | _named(pk, records[pk])
    return found


def statement_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some statement items by: reference, title, section, what is asked. Two queries."""
    parts = _titles(pks)
    for pk, *said in StatementItem.objects.filter(pk__in=pks).values_list("pk", "year", "section", "asked"):
        parts[pk] += said
    return _joined(parts)


def _named(pk: int, record: Mapping[str, Any]) -> dict[str, Any]:
    return {"record_id": pk, "reference": record["reference"], "owner_id": record["owner_id"]}


def _titles(pks: Sequence[int]) -> dict[int, list[str]]:
    rows = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    return {pk: [reference, title] for pk, reference, title in rows}


def _joined(parts: Mapping[int, Sequence[str]]) -> dict[int, str]:
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
