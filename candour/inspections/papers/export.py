"""The register of inspections as a workbook and as CSV."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from candour.inspections.access import InspectionPermission
from candour.inspections.queries import InspectionFilter, InspectionRow, inspections_on
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers import sheets
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation

SEEN_BY = {"public": "Office, panel and public", "office": "Office and panel", "restricted": "Restricted"}
COLUMNS = (
    *(("Reference", 14), ("Inspection", 48), ("Inspectorate", 20), ("Kind", 20), ("Body", 24), ("Owner", 26)),
    *(("Published", 16), ("Next step", 32), ("Next step due", 16), ("Response due", 16), ("Response published", 16)),
    *(("State", 22), ("Closed", 16), ("Seen by", 20), ("As at", 16)),
)


def cells_of(row: InspectionRow, day: date) -> tuple[Any, ...]:
    """The cells of an inspection under COLUMNS."""
    line = row.line
    return (
        *(row.reference, row.title, row.inspectorate, row.kind, row.organisation, row.owner),
        *(line.published_on, row.next_words if row.left else "", line.next_due if row.left else None),
        *(line.response_due, line.answered_on, row.state, line.closed_on, SEEN_BY[row.sensitivity], day),
    )


def file_of(rows: Sequence[InspectionRow], day: date, ending: str) -> bytes:
    """The register as a file, "xlsx" or "csv"."""
    return sheets.file_of("Inspections", COLUMNS, [cells_of(row, day) for row in rows], ending)


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every inspection of a body that the actor may see, closed ones too, as it stood on a day."""
    day = as_at or local_date(at)
    found = inspections_on(actor, InspectionFilter(organisation=organisation.pk), as_at=day)
    rows = sorted((one.row for one in found), key=lambda row: row.reference)
    return file_of(rows, day, suffix.removeprefix("."))


INSPECTION_EXPORT = Export("inspections", "Inspections", InspectionPermission.SEE, (".csv", ".xlsx"), write)
