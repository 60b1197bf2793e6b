"""Read lines and search texts of rounds and applications, for the kernel to write and to check."""

from collections.abc import Sequence
from typing import Any

from candour.commissioning.models import Application, Round
from candour.commissioning.rules import rounds as rules
from candour.kernel.records.models import Record

RECORD_VALUES = ("reference", "organisation_id", "owner_id", "sensitivity")
DATES = ("opens", "closes", "opened_on", "scoring_on", "ranked_on", "decided_on", "announced_on")
OF_APPLICATION = ("round_id", "asked", "received_on", "let_in_on", "withdrawn_on", "eligible", "outcome", "award")


def round_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some rounds as they should stand, as values by column. Two queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    found = {}
    for one in Round.objects.filter(pk__in=pks).values("record_id", "stream_id", "budget", *DATES):
        record = records[one["record_id"]]
        found[one["record_id"]] = one | {name: record[name] for name in RECORD_VALUES}
    return found


def round_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some rounds by: reference, name, purpose. Two queries."""
    records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
    for pk, purpose in Round.objects.filter(pk__in=pks).values_list("pk", "purpose"):
        parts[pk].append(purpose)
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}


def application_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some applications as they should stand. Two queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    found = {}
    rows = Application.objects.filter(pk__in=pks).values("record_id", "round__closes", *OF_APPLICATION)
    for one in rows:
        pk, closes = one["record_id"], one.pop("round__closes")
        late = rules.late(one["received_on"], closes)
        found[pk] = one | {name: records[pk][name] for name in RECORD_VALUES} | {"late": late}
    return found


def application_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some applications by: reference, project, applicant. Two queries."""
    records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
    for pk, applicant in Application.objects.filter(pk__in=pks).values_list("pk", "applicant"):
        parts[pk].append(applicant)
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
