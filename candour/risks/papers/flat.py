"""A register as rows of plain cells: CSV that a spreadsheet opens safely and that reads back whole, and JSON. Pure."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from candour.kernel.papers.cells import harmless
from candour.risks.papers.workbook.columns import control_state, movement_words
from candour.risks.queries.rows import RiskRow
from candour.risks.rules import SENSITIVITY_WORDS

BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
HEADS = (
    "Reference",
    "Title",
    "Body",
    "Register",
    "Owner",
    "Responsible officer",
    "Impact",
    "Likelihood",
    "Score",
    "Band",
    "Movement",
    "Score before",
    "Target",
    "Status",
    "First recorded",
    "Last review",
    "Next review",
    "Controls pending",
    "Next control due",
    "Closed on",
    "Seen by",
    "As at",
)


def csv_lines(rows: Iterable[RiskRow], day: date) -> Iterator[str]:
    """The lines of the file, dates as ISO."""
    yield BOM + _line(HEADS)
    for row in rows:
        yield _line(cells_of(row, day))


def cells_of(row: RiskRow, day: date) -> tuple[Any, ...]:
    """The cells of a risk, under HEADS."""
    line = row.line
    return (
        row.reference,
        row.title,
        row.organisation,
        line.kind.capitalize(),
        row.owner,
        row.responsible_officer,
        line.impact,
        line.likelihood,
        line.score,
        line.band,
        movement_words(row),
        row.previous_score,
        line.target,
        row.status,
        line.first_recorded,
        line.last_review,
        line.review_due,
        line.open_controls,
        line.next_control_due,
        line.closed_on,
        SENSITIVITY_WORDS[row.sensitivity],
        day,
    )


def _line(cells: Iterable[Any]) -> str:
    held = StringIO()
    csv.writer(held).writerow([harmless(cell) for cell in cells])
    return held.getvalue()


def json_of(rows: Iterable[RiskRow], day: date) -> str:
    """The rows in full as one JSON object: {"as_at", "risks": [{... , "controls": [...], "updates": [...]}]}."""
    said = {"as_at": day, "risks": [_whole(row, day) for row in rows]}
    return json.dumps(said, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()) + "\n"


def _whole(row: RiskRow, day: date) -> dict[str, Any]:
    names = [head.lower().replace(" ", "_") for head in HEADS]
    controls = [
        {"text": c.text, "owner": c.owner, "state": control_state(c), "due": c.due, "in_place_since": c.in_place_since}
        for c in row.controls
    ]
    return dict(zip(names, cells_of(row, day), strict=True)) | {
        "category": row.category,
        "source": row.source,
        "event": row.event,
        "effect": row.effect,
        "context": row.context,
        "controls": controls,
        "updates": [{"date": update.dated, "text": update.text} for update in row.updates],
    }
