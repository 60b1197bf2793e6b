"""Read lines and search texts of recommendations, for the kernel to write and to check."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.recommendations import rules
from candour.recommendations.models import Assignment, Closure, Recommendation, Target, Update
from candour.recommendations.queries.conditions import NOBODY
from candour.recommendations.queries.rows import line_of

OWN = (
    *("source", "audit", "response", "reported_on", "first_reported", "outcome"),
    *("priority_scale_id", "priority", "priority_text"),
)
RECORD = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
OF_TARGET = ("recommendation_id", "assignment_id", "number", "text", "due", "approver")
OF_CLOSURE = ("id", "recommendation_id", "proposed_on", "answered_on", "answer", "verdict", "lapsed_on")


def recommendation_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some recommendations as they should stand, as values by column. Seven queries."""
    of = {"recommendation__in": pks}
    parts = {
        "assignments": Assignment.objects.filter(**of).values("id", "recommendation_id", "owner_id", "removed_on"),
        "targets": Target.objects.filter(**of).values(*OF_TARGET),
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
        line = line_of(record | row, scales=scales, **held)
        values = dict(vars(line))
        values["organisation_id"] = values.pop("organisation")
        values |= {name: record[name] for name in ("reference", "title", "owner_id")}
        values |= {"record_id": pk, "audit": row["audit"], "standing": rules.standing(line)}
        lines[pk] = values | _of_owners(held["assignments"], held["targets"])
    return lines


def _of_owners(assignments: Iterable[Mapping[str, Any]], targets: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Who answers, and whether a slip of one who does names nobody who agreed it."""
    standing = {row["id"]: row["owner_id"] or NOBODY for row in assignments if row["removed_on"] is None}
    gaps = (row["number"] > 0 and not row["approver"] for row in targets if row["assignment_id"] in standing)
    return {"answering": answering(standing.values()), "unapproved": any(gaps)}


def answering(posts: Iterable[int]) -> str:
    """Those who answer for a recommendation as its line holds them, NOBODY among them; NOBODY alone where there is none."""
    return f",{','.join(map(str, sorted(set(posts)) or [NOBODY]))},"


def slip_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of the slips of some recommendations as they should stand, as values by column, by target. Two queries."""
    seen = ("organisation_id", "owner_id", "sensitivity")
    records = {row.pop("id"): row for row in Record.objects.filter(pk__in=pks).values("id", *seen)}
    rows = Target.objects.filter(recommendation__in=pks, assignment__owner__isnull=False)
    asked = ("id", "recommendation_id", "assignment_id", "assignment__owner_id", "due")
    ledgers = grouped(list(rows.order_by("assignment", "number").values(*asked)), "assignment_id")
    lines = {}
    for held in ledgers.values():
        for before, after in pairwise(held):
            if before["due"] and after["due"]:
                record, post = after["recommendation_id"], after["assignment__owner_id"]
                told = {"target_id": after["id"], "record_id": record, "post_id": post}
                lines[after["id"]] = told | records[record] | {"days": (after["due"] - before["due"]).days}
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
