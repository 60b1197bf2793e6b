"""A tracker as rows of plain cells, one for each recommendation: CSV that a spreadsheet opens safely, and JSON. Pure."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from candour.kernel.papers.cells import harmless
from candour.recommendations import rules
from candour.recommendations.models import Response, Source
from candour.recommendations.queries.rows import OwnerRow, RecommendationRow

BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
SHEET_HEADS = (
    *("Reference", "Heading", "Body", "Source", "Report", "Priority", "Owners", "First date", "Date now", "Slips"),
    *("Days late", "Status", "Last update", "Age", "Recommendation"),
)
HEADS = (
    *SHEET_HEADS,
    *(
        "Date in words",
        "Days past first date",
        "Response",
        "Reported on",
        "Proposed on",
        "Ended on",
        "Seen by",
        "As at",
    ),
)
SEEN_BY = {"public": "May be published", "office": "Office and panel", "restricted": "Restricted"}


def csv_lines(rows: Iterable[RecommendationRow], day: date) -> Iterator[str]:
    """The lines of the file, dates as ISO."""
    yield BOM + _line(HEADS)
    for row in rows:
        yield _line(cells_of(row, day))


def cells_of(row: RecommendationRow, day: date) -> tuple[Any, ...]:
    """The cells of a recommendation, all its owners together, under HEADS."""
    line = row.line
    return (
        row.reference,
        row.title,
        row.organisation,
        str(Source(line.source).label),
        row.audit,
        line.priority,
        ", ".join(owner.owner for owner in row.owners if owner.owner),
        line.original_due,
        line.due,
        line.slips,
        row.late.current,
        row.status,
        line.last_update,
        rules.age(line.first_reported, min(line.closed_on or day, day)),
        row.text,
        row.printed_target,
        row.late.original,
        str(Response(line.response).label) if line.response else "",
        line.reported_on,
        line.proposed_on,
        line.closed_on,
        SEEN_BY[row.sensitivity],
        day,
    )


def _line(cells: Iterable[Any]) -> str:
    held = StringIO()
    csv.writer(held).writerow([harmless(cell) for cell in cells])
    return held.getvalue()


def json_of(rows: Iterable[RecommendationRow], day: date) -> str:
    """The rows in full: {"as_at", "recommendations": [{..., "owners": [...], "updates": [...], "closures": [...]}]}."""
    said = {"as_at": day, "recommendations": [_whole(row, day) for row in rows]}
    return json.dumps(said, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()) + "\n"


def _whole(row: RecommendationRow, day: date) -> dict[str, Any]:
    names = [head.lower().replace(" ", "_") for head in HEADS]
    updates = ("period", "dated", "by", "achieved", "left", "barriers", "text", "proposes_closure", "evidence")
    closures = (
        *("proposed_on", "proposed_by", "case", "lapsed_on", "answered_on", "answer", "decision", "why"),
        *("verified_on", "verdict", "found"),
    )
    return dict(zip(names, cells_of(row, day), strict=True)) | {
        "finding": row.finding,
        "risk": row.risk,
        "response_text": row.response_text,
        "owners": [_owner(owner) for owner in row.owners],
        "updates": [{name: getattr(one, name) for name in updates} for one in row.updates],
        "closures": [{name: getattr(one, name) for name in closures} for one in row.closures],
    }


def _owner(owner: OwnerRow) -> dict[str, Any]:
    names = ("number", "text", "due", "set_on", "why", "approver")
    return {
        "owner": owner.owner,
        "targets": [{name: getattr(target, name) for name in names} for target in owner.targets],
    }
