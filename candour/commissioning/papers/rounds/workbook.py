"""The workbook that applications of a round are entered in: a row for each, a column for each question, keys locked. Pure.

The same rows give the same bytes; every text is written as a string, so that no cell is ever a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from candour.kernel.papers.workbook.write import CREATED, DAY, OPTIONS

MARK = "Candour grant round, edition 1"
SHEET, ABOUT, HIDDEN = "Applications", "How to use this", "Candour"
EMPTY = 200  # rows that are open beneath those that are there
FIXED = (
    ("Reference", 18),
    ("Who applies", 30),
    ("E-mail", 28),
    ("Project", 36),
    ("Asks for, £", 14),
    ("Received on", 18),
)


@dataclass(frozen=True)
class Asked:
    """A question as a column. kind: as Question.Kind; a file has no column."""

    number: int
    text: str
    kind: str
    most_words: int = 0

    @property
    def heading(self) -> str:
        limit = f" ({self.most_words} words at most)" if self.most_words else ""
        return f"{self.number}. {self.text}{limit}"


@dataclass(frozen=True)
class Line:
    """An application that is there already: shown, and locked. asked: pence."""

    reference: str
    applicant: str
    email: str
    title: str
    asked: int
    received_on: date
    answers: dict[int, str]


def headings(questions: Sequence[Asked]) -> list[str]:
    """The headings of the sheet, in their order."""
    return [*(name for name, _ in FIXED), *(one.heading for one in questions)]


def workbook(round_reference: str, title: str, questions: Sequence[Asked], lines: Sequence[Line]) -> bytes:
    """The workbook of a round."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": f"Applications to {title}", "created": CREATED})
    base: dict[str, Any] = {"valign": "top", "text_wrap": True, "font_size": 10}
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "bottom": 2},
        "locked": {"font_color": "#47555F"},
        "locked day": {"font_color": "#47555F", "num_format": DAY, "align": "left"},
        "locked money": {"font_color": "#47555F", "num_format": "#,##0.00"},
        "open": {"locked": False, "bg_color": "#FFF9E5"},
        "open day": {"locked": False, "bg_color": "#FFF9E5", "num_format": DAY, "align": "left"},
        "open money": {"locked": False, "bg_color": "#FFF9E5", "num_format": "#,##0.00"},
    }
    forms = {name: book.add_format(base | look) for name, look in looks.items()}
    sheet = book.add_worksheet(SHEET)
    widths = [*(width for _, width in FIXED), *(44 if one.kind == "text" else 18 for one in questions)]
    for place, (heading, width) in enumerate(zip(headings(questions), widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, forms["head"])
    for number, line in enumerate(lines, 1):
        _line(sheet, number, line, questions, forms)
    first, last = len(lines) + 1, len(lines) + EMPTY
    for number in range(first, last + 1):
        sheet.write_blank(number, 0, None, forms["locked"])
        for place in range(1, len(widths)):
            kind = {4: "open money", 5: "open day"}.get(place, "open")
            sheet.write_blank(number, place, None, forms[kind])
    for place, one in enumerate(questions, len(FIXED)):
        if one.kind == "yes or no":
            sheet.data_validation(first, place, last, place, {"validate": "list", "source": ["Yes", "No"]})
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    _about(book.add_worksheet(ABOUT), round_reference, title, forms)
    hidden = book.add_worksheet(HIDDEN)
    for place, said in enumerate((MARK, round_reference, *headings(questions))):
        hidden.write_string(0, place, said)
    hidden.very_hidden()
    book.close()
    return out.getvalue()


def _line(sheet: Any, number: int, line: Line, questions: Sequence[Asked], forms: dict[str, Any]) -> None:
    texts = (line.reference, line.applicant, line.email, line.title)
    for place, said in enumerate(texts):
        sheet.write_string(number, place, said, forms["locked"])
    sheet.write_number(number, 4, line.asked / 100, forms["locked money"])  # a workbook has no other numbers
    sheet.write_datetime(number, 5, datetime.combine(line.received_on, time()), forms["locked day"])
    for place, one in enumerate(questions, len(FIXED)):
        sheet.write_string(number, place, line.answers.get(one.number, "")[:32_000], forms["locked"])


def _about(sheet: Any, reference: str, title: str, forms: dict[str, Any]) -> None:
    facts = (
        ("The round", f"{reference} {title}"),
        ("A row", "is an application. Those that are there already are grey and locked: they change on their pages."),
        ("New ones", "go into the yellow rows. Leave Reference empty: Candour gives it."),
        ("Received on", "is the day on which it came. One after the last day is taken, and shown as late."),
        ("Yes or no", "is answered with Yes or No, as chosen in the cell."),
        ("Files", "are attached on the page of the application once it is there."),
        ("Then", "bring the workbook back on the page of the round: it shows what it found before anything is saved."),
    )
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    for number, (label, said) in enumerate(facts):
        sheet.write_string(number, 0, label, forms["head"])
        sheet.write_string(number, 1, said, forms["locked"])
    sheet.protect("", {"select_locked_cells": True})
