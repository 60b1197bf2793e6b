"""The owners' workbook as a person would fill it in, then sent back."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

BACK = "/recommendations/workbook/"
HEADS = {
    "achieved": "1. What has been achieved?",
    "left": "2. What is left to do?",
    "barriers": "3. Is anything in the way?",
    "closure": "4. Propose to close it?",
    "evidence": "What shows it",
    "date": "New date",
    "why": "Why the date moves",
    "approver": "Agreed by",
}
Cell = tuple[int, str, Any]  # the row as the sheet numbers it, a heading or a key of HEADS, the value


def downloaded(client: Client, query: str = "") -> Any:
    return load_workbook(BytesIO(client.get(f"/recommendations/download.xlsx{query}").content))


def filled(book: Any, cells: Sequence[Cell], more: Callable[[Any], None] | None = None) -> bytes:
    """The file of a workbook with some cells set. more: anything else done to it."""
    sheet = book["Answers"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row, heading, value in cells:
        sheet.cell(row, heads[HEADS.get(heading, heading)]).value = value
    if more:
        more(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def answered(client: Client, *cells: Cell, more: Callable[[Any], None] | None = None) -> bytes:
    return filled(downloaded(client, "?sort=reference"), cells, more)


def sent(client: Client, content: bytes, name: str = "answers.xlsx") -> Any:
    """The page that says what a workbook would record."""
    return client.post(BACK, {"workbook": SimpleUploadedFile(name, content)})


def saved(client: Client, shown: Any, reason: str = "For the panel of June", **choices: str) -> Any:
    given = {"carried": shown.context["carried"], "reason": reason, "period": "June 2026"}
    return client.post(BACK, given | choices, follow=True)


def happens(shown: Any) -> list[tuple[str, str, str, str]]:
    """What the page says of each change: reference, owner, what, what happens."""
    return [
        (row.reference, row.about, cell.heading, cell.does if cell.state == "changes" else cell.state)
        for row in shown.context["plan"].rows
        for cell in row.cells
    ]


def faults(shown: Any) -> list[str]:
    return [str(fault) for fault in shown.context["plan"].faults]
