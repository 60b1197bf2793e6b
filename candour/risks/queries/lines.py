"""Read lines and search texts of risks, for the kernel to write and to check."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from candour.kernel.history.facts import first_given
from candour.kernel.history.queries import grouped
from candour.kernel.history.rows import among
from candour.kernel.records.models import Record
from candour.kernel.scales.queries import matrices
from candour.risks.models import Assessment, Control, Risk, Update
from candour.risks.queries.rows import line_of

RISK_VALUES = (
    "level",
    "first_recorded",
    "last_review",
    "transferred_on",
    "accepted_on",
    "category",
    "responsible_officer_id",
)
RECORD_VALUES = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")


def risk_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some risks as they should stand, as values by column. Five queries."""
    records = {row["id"]: row for row in Record.objects.filter(among(pks)).values("id", *RECORD_VALUES)}
    assessments = grouped(list(Assessment.objects.filter(among(pks, "risk")).order_by().values()), "risk_id")
    pending = Control.objects.filter(among(pks, "risk")).values("risk_id", "pending", "due", "removed_on")
    controls = grouped(list(pending), "risk_id")
    scales = matrices()
    lines = {}
    for risk in Risk.objects.filter(among(pks)).values("record_id", *RISK_VALUES):
        pk = risk["record_id"]
        record = records[pk]
        values = dict(vars(line_of(record | risk, assessments=assessments[pk], controls=controls[pk], matrices=scales)))
        values["organisation_id"] = values.pop("organisation")
        lines[pk] = values | {"record_id": pk, "reference": record["reference"], "owner_id": record["owner_id"]}
        lines[pk]["reviewer_id"] = risk["responsible_officer_id"] or record["owner_id"]
    return lines


def risk_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some risks by: reference, title, wording, controls, updates. Four queries."""
    parts: dict[int, list[str]] = {
        pk: [reference, title]
        for pk, reference, title in Record.objects.filter(among(pks)).values_list("pk", "reference", "title")
    }
    for pk, *texts in Risk.objects.filter(among(pks)).values_list(
        "pk", "source", "event", "effect", "context", "category", "joint_reference"
    ):
        parts[pk] += texts
    for pk, text in (
        Control.objects.filter(among(pks, "risk"), removed_on=None).order_by("pk").values_list("risk_id", "text")
    ):
        parts[pk].append(text)
    for pk, text in Update.objects.filter(among(pks, "risk")).order_by("pk").values_list("risk_id", "text"):
        parts[pk].append(text)
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}


def control_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of the controls that some risks have still to put in place, as they should stand. One query.

    first_due is the first date that a control was ever given: from the history, or, where that knows of none, the one that
    it has. So it is right before the entry that gives the date is written, and after.
    """
    pending = Control.objects.filter(among(pks, "risk"), pending=True, removed_on=None)
    rows = pending.annotate(
        control_id=F("pk"),
        record_id=F("risk_id"),
        kind=F("risk__level"),
        closed_on=F("risk__record__closed_on"),
        organisation_id=F("risk__record__organisation_id"),
        risk_owner=F("risk__record__owner_id"),
        sensitivity=F("risk__record__sensitivity"),
        first_due=Coalesce(first_given(Control, "due"), F("due")),
    )
    columns = "control_id", "record_id", "kind", "closed_on", "organisation_id", "sensitivity", "first_due"
    found = {}
    for row in rows.order_by().values(*columns, "risk_owner", "owner_id"):
        post, owner = row.pop("owner_id"), row.pop("risk_owner")
        found[row["control_id"]] = row | {"post_id": post, "owner_id": owner}
    return found
