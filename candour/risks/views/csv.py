"""A register as CSV that a spreadsheet opens safely."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from django.http import StreamingHttpResponse

from candour.risks.queries import RiskRow
from candour.risks.rules import MOVEMENT_WORDS
from candour.risks.views.words import SENSITIVITY

BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the local code page
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # wide ones too: some spreadsheets read them so
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


def harmless(value: Any) -> str:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it. Nothing is empty."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_of(rows: Iterable[RiskRow], *, name: str, day: date) -> StreamingHttpResponse:
    """The rows as a file to download, UTF-8 with a byte order mark, dates as ISO."""
    response = StreamingHttpResponse(_lines(rows, day), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(rows: Iterable[RiskRow], day: date) -> Iterator[str]:
    yield BOM + _line(HEADS)
    for row in rows:
        yield _line(_cells(row, day))


def _cells(row: RiskRow, day: date) -> tuple[Any, ...]:
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
        "" if line.score is None else MOVEMENT_WORDS[row.direction],  # type: ignore[index]
        row.previous_score,
        line.target,
        row.status,
        line.first_recorded,
        line.last_review,
        line.review_due,
        line.open_controls,
        line.next_control_due,
        line.closed_on,
        SENSITIVITY[row.sensitivity],
        day,
    )


def _line(cells: Iterable[Any]) -> str:
    held = StringIO()
    csv.writer(held).writerow([harmless(cell) for cell in cells])
    return held.getvalue()
