"""Read lines and search texts of audits, for the kernel to write and to check."""

from collections.abc import Sequence
from typing import Any

from candour.audits.models import Audit, Stage
from candour.audits.queries.rows import line_of
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record

RECORD_VALUES = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
AUDIT_VALUES = ("provider_id", "year", "days", "left", "advisory", "opinion_scale_id", "opinion", "satisfaction")
KEYS = ("organisation", "provider", "opinion_scale")


def audit_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some audits as they should stand, as values by column. Three queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    stages = grouped(list(Stage.objects.filter(audit__in=pks).order_by().values()), "audit_id")
    lines = {}
    for audit in Audit.objects.filter(pk__in=pks).values("record_id", *AUDIT_VALUES):
        pk = audit["record_id"]
        record = records[pk]
        values = dict(vars(line_of(record | audit, stages[pk])))
        values |= {f"{key}_id": values.pop(key) for key in KEYS}
        lines[pk] = values | {"record_id": pk, "reference": record["reference"], "owner_id": record["owner_id"]}
    return lines


def audit_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some audits by: reference, title, provider, terms of reference, scope. Two queries."""
    records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
    texts = Audit.objects.filter(pk__in=pks).values_list("pk", "provider__name", "purpose", "scope")
    for pk, *found in texts:
        parts[pk] += found
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
