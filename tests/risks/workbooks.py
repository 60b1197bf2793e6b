"""An exported workbook as a person would edit it: cells set by reference and heading, then sent back."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

BACK = "/risks/workbook/"


def changed(
    client: Client, *cells: tuple[str, str, Any], query: str = "", more: Callable[[Any], None] | None = None
) -> bytes:
    """The workbook of the list with some cells changed: (reference, heading, value). more: anything else done to it."""
    book = load_workbook(BytesIO(client.get(f"/risks/download.xlsx{query}").content))
    sheet = book["Register"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for reference, heading, value in cells:
        sheet.cell(rows[reference], heads[heading]).value = value
    if more:
        more(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client: Client, content: bytes, name: str = "register.xlsx") -> Any:
    """The page that says what a workbook would change."""
    return client.post(BACK, {"workbook": SimpleUploadedFile(name, content)})


def saved(client: Client, shown: Any, reason: str = "Agreed at the meeting", **choices: str) -> Any:
    """The answer to what was shown: the reason, and choices such as choice_A1="workbook" by name."""
    return client.post(BACK, {"carried": shown.context["carried"], "reason": reason, **choices}, follow=True)


def happens(shown: Any) -> list[tuple[str, str, str, str, str]]:
    """What the page says of each changed cell: reference, heading, in the register, in the workbook, what happens."""
    return [
        (row.reference, cell.heading, cell.register, cell.workbook, cell.state)
        for row in shown.context["plan"].rows
        for cell in row.cells
    ]


def faults(shown: Any) -> list[str]:
    return [str(fault) for fault in shown.context["plan"].faults]
