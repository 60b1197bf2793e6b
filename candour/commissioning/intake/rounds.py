"""A round's workbook brought back: the raw document to new applications, rows that are there already, and faults. Pure.

Nothing is corrected and no row is dropped: each row is new, there already, or at fault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from candour.commissioning import rules as of_agreements
from candour.commissioning.commands.rounds import NewApplication
from candour.commissioning.papers.rounds.workbook import FIXED, HIDDEN, MARK, SHEET, Asked, Line, headings
from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Document, Row, Table


class NotOurs(ValueError):
    """A file that is not the workbook of this round as it stands. Says how to mend it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: its number as the spreadsheet shows it, and how to mend it."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.message}"


@dataclass(frozen=True)
class Returned:
    """What a workbook holds: new applications with their rows, how many are there already, and what is wrong."""

    new: tuple[tuple[int, NewApplication], ...]
    there: int
    faults: tuple[Fault, ...]


def returned(
    document: Document, *, round_reference: str, questions: Sequence[Asked], lines: Sequence[Line], today: date
) -> Returned:
    """What a workbook says. Raises NotOurs for a file of another round, or of a form that has changed."""
    heads = headings(questions)
    _ours(document, round_reference, heads)
    standing = {line.reference: line for line in lines}
    known = {(line.applicant.casefold(), line.title.casefold()): line.reference for line in lines}
    new: list[tuple[int, NewApplication]] = []
    faults, there = [], 0
    for row in _rows(document):
        cells = [cell.raw.strip() for cell in row.cells]
        cells += [""] * (len(heads) - len(cells))
        number = row.place.row
        if not any(cells):
            continue
        if cells[0]:
            there += 1
            if fault := _conflict(number, cells, standing):
                faults.append(fault)
            continue
        same = known.get((cells[1].casefold(), cells[3].casefold()))
        if same:
            faults.append(Fault(number, f"{cells[1]} has applied for {cells[3]} already, as {same}: take this row out"))
            continue
        found = _new(number, cells, questions, today)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            known[(found.applicant.casefold(), found.title.casefold())] = f"row {number}"
            new.append((number, found))
    return Returned(tuple(new), there, tuple(faults))


def _ours(document: Document, reference: str, heads: Sequence[str]) -> None:
    hidden = [row for table in _tables(document, HIDDEN) for row in table.rows]
    said = [cell.raw for cell in hidden[0].cells] if hidden else []
    anew = "Download the workbook of this round anew, and enter the applications there"
    if len(said) < 2 or said[0] != MARK:
        raise NotOurs(f"This is not a workbook of a round that Candour wrote, or its hidden sheet is lost. {anew}")
    if said[1] != reference:
        raise NotOurs(f"This is the workbook of {said[1]}. Bring it back on the page of that round")
    if said[2 : 2 + len(heads)] != list(heads):
        raise NotOurs(f"The form has changed since this workbook was downloaded. {anew}")
    tables = _tables(document, SHEET)
    if not tables or not tables[0].rows:
        raise NotOurs(f"The sheet {SHEET} is not in this workbook. {anew}")
    top = [cell.raw.strip() for cell in tables[0].rows[0].cells][: len(heads)]
    if top != [head.strip() for head in heads]:
        raise NotOurs(f"The headings of the sheet {SHEET} were changed. {anew}")


def _tables(document: Document, sheet: str) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table) and block.place.sheet == sheet]


def _rows(document: Document) -> list[Row]:
    first, *more = _tables(document, SHEET)
    return [*first.rows[1:], *(row for table in more for row in table.rows)]


def _conflict(number: int, cells: Sequence[str], standing: Mapping[str, Line]) -> Fault | None:
    """Whether a row that was there says something else than the register: it changes on its page, not here."""
    line = standing.get(cells[0])
    if line is None:
        return Fault(number, f"{cells[0]} is not in this round: leave Reference empty for a new application")
    for said, stands, head in ((cells[1], line.applicant, "Who applies"), (cells[3], line.title, "Project")):
        if " ".join(said.split()) != " ".join(stands.split()):
            return Fault(number, f"{head} of {cells[0]} says ‘{said}’, and the register ‘{stands}’: put it back")
    if _pence(cells[4]) != line.asked:
        stands = of_agreements.pounds(line.asked)
        return Fault(number, f"{cells[0]} asks here for ‘{cells[4]}’, and in the register for {stands}: put it back")
    return None


def _pence(text: str) -> int | None:
    try:
        return of_agreements.pence(Decimal(text.replace("£", "").replace(",", "").strip()).quantize(Decimal("0.01")))
    except (InvalidOperation, ValueError):
        return None


def _new(number: int, cells: Sequence[str], questions: Sequence[Asked], today: date) -> NewApplication | Fault:
    for place in (1, 3, 4, 5):
        if not cells[place]:
            return Fault(number, f"Enter ‘{FIXED[place][0]}’")
    asked, received = _pence(cells[4]), read_date(cells[5], today=today)
    if asked is None:
        return Fault(number, f"‘{cells[4]}’ is not an amount: enter pounds, such as 12,500")
    if received is None:
        return Fault(number, f"‘{cells[5]}’ is not a date: enter one, such as 26 October 2023")
    answers = {one.number: _plain(one, cells[place]) for place, one in enumerate(questions, len(FIXED)) if cells[place]}
    return NewApplication(
        title=cells[3], applicant=cells[1], email=cells[2], asked=asked, received_on=received, answers=answers
    )


def _plain(one: Asked, said: str) -> str:
    """Yes for any writing of yes; what else stands in a cell as it is."""
    if one.kind == "yes or no":
        return {"yes": "Yes", "y": "Yes", "true": "Yes", "no": "No", "n": "No", "false": "No"}.get(
            said.casefold(), said
        )
    return said
