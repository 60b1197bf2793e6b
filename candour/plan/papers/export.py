"""The list of activities as a workbook and as CSV."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers import sheets
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation
from candour.plan.access import PlanPermission
from candour.plan.queries import ActivityFilter, ActivityRow, register_on

SEEN_BY = {"public": "Office, panel and public", "office": "Office and panel", "restricted": "Restricted"}
COLUMNS = (
    *(("Reference", 14), ("Activity", 48), ("Objective reference", 14), ("Objective", 40), ("Owner", 26), ("Lead", 26)),
    *(("Starts", 16), ("Due", 16), ("First due", 16), ("Times moved", 8), ("BRAG", 14), ("State", 20)),
    *(("Updated on", 16), ("Update due", 16), ("Achieved", 48), ("Left to do", 40), ("Barriers", 40)),
    *(("Seen by", 20), ("As at", 16)),
)


def cells_of(row: ActivityRow, day: date) -> tuple[Any, ...]:
    """The cells of an activity under COLUMNS."""
    line, last = row.line, row.last
    return (
        *(row.reference, row.title, row.under, row.under_title, row.owner or row.said_owner, row.lead),
        *(line.starts, line.due or row.said_due, line.original_due, line.slips, line.word, row.state),
        *(line.updated_on, line.update_due),
        *((last.achieved, last.left, last.barriers) if last else ("", "", "")),
        *(SEEN_BY[row.sensitivity], day),
    )


def file_of(rows: Sequence[ActivityRow], day: date, ending: str) -> bytes:
    """The list as a file, "xlsx" or "csv"."""
    return sheets.file_of("Activities", COLUMNS, [cells_of(row, day) for row in rows], ending)


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every activity of a body that the actor may see, closed ones too, as it stood on a day."""
    day = as_at or local_date(at)
    rows = register_on(actor, ActivityFilter(organisation=organisation.pk), as_at=day)
    rows.sort(key=lambda row: row.reference)
    return file_of(rows, day, suffix.removeprefix("."))


ACTIVITY_EXPORT = Export("activities", "Activities of plans", PlanPermission.SEE, (".csv", ".xlsx"), write)
