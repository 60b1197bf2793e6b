"""What the changed cells of a workbook would do to the register as it stands: row by row, cell by cell.

A cell has three values: what was downloaded, what the workbook says now, and what the register says now. Where the
register moved too, and to something else, a person chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from candour.kernel.access import Actor, allowed
from candour.kernel.records.models import Record, visible
from candour.kernel.scales.queries import ScaleBook
from candour.risks.access import RiskPermission
from candour.risks.commands.workbook import RiskChange
from candour.risks.intake.workbook.read import Edited, Fault
from candour.risks.intake.workbook.values import Setting, faulty, half_scored, typed
from candour.risks.papers.workbook.columns import EDITABLE, said_of
from candour.risks.queries import RiskRow, register
from candour.risks.queries.export import body_lists

State = Literal["changes", "conflicts", "stands"]
Choices = Mapping[tuple[int, str], str]
HEADINGS = {column.key: column.heading for column in EDITABLE}
NEEDS = {"level": RiskPermission.CLOSE, "impact": RiskPermission.REVIEW, "likelihood": RiskPermission.REVIEW}
GONE = "This risk is not among those that you may see and change. Take the row out, and ask who runs the register"


@dataclass(frozen=True)
class CellChange:
    """One changed cell. state: it changes, it conflicts with a change of the register, or the register says so already."""

    key: str
    downloaded: str
    workbook: str
    register: str
    state: State
    chosen: str = ""
    fault: str = ""

    @property
    def heading(self) -> str:
        return HEADINGS[self.key]

    @property
    def takes(self) -> bool:
        """Whether the workbook's value goes in."""
        return self.state == "changes" or (self.state == "conflicts" and self.chosen == "workbook")


@dataclass(frozen=True)
class RowChange:
    """A risk with its changed cells. wanted: what a command is asked for; None where nothing of it goes in."""

    number: int
    risk: RiskRow
    seen: int
    cells: tuple[CellChange, ...]
    wanted: RiskChange | None


@dataclass(frozen=True)
class Plan:
    """What the workbook would do. faults: why it cannot, in the order of its rows."""

    rows: tuple[RowChange, ...]
    faults: tuple[Fault, ...]

    @property
    def wanted(self) -> list[RiskChange]:
        return [row.wanted for row in self.rows if row.wanted]

    @property
    def conflicts(self) -> list[tuple[RowChange, CellChange]]:
        return [(row, cell) for row in self.rows for cell in row.cells if cell.state == "conflicts"]

    @property
    def undecided(self) -> list[tuple[RowChange, CellChange]]:
        return [(row, cell) for row, cell in self.conflicts if cell.chosen not in ("workbook", "register")]

    @property
    def seen(self) -> dict[int, int]:
        """By risk the sequence of its last entry, as it was looked at."""
        return {row.risk.pk: row.seen for row in self.rows}


def plan_of(
    edited: Sequence[Edited],
    *,
    actor: Actor,
    today: date,
    book: ScaleBook,
    faults: Sequence[Fault] = (),
    choices: Choices,
) -> Plan:
    """The plan for some changed rows. choices: by risk and column, which value a person chose. Ten queries at most."""
    found = Record.objects.filter(visible(actor, RiskPermission.SEE), kind="risk", pk__in=[one.pk for one in edited])
    records = found.in_bulk()
    # closed ones too, so that they can be named
    rows = register(
        actor,
        today=today,
        level=None,
        closed_since=date.min,
        texts=True,
        only=Record.objects.filter(pk__in=list(records)),
        scales=book.matrices,
    )
    risks = {row.pk: row for row in rows}
    lists = {body.pk: body for body in body_lists({row.organisation_id for row in rows}, day=today, book=book)}
    changed: list[RowChange] = []
    wrong = list(faults)
    for one in edited:
        risk = risks.get(one.pk)
        if risk is None:
            wrong.append(Fault(one.row, "", GONE))
            continue
        cells = _cells(one, risk, choices)
        by = Setting(actor, records[one.pk], lists[risk.organisation_id])
        cells = tuple(replace(cell, fault=_refused(cell, risk, by)) for cell in cells)
        wanted, told = _wanted(one, risk, cells, by)
        wrong += told
        changed.append(RowChange(one.row, risk, records[one.pk].head_sequence, cells, wanted))
    return Plan(tuple(changed), tuple(sorted(wrong, key=lambda fault: fault.row)))


def _cells(one: Edited, risk: RiskRow, choices: Choices) -> tuple[CellChange, ...]:
    standing = said_of(risk)
    cells = []
    for column in EDITABLE:
        if column.key not in one.cells:
            continue
        downloaded, workbook = one.cells[column.key]
        now = standing[column.key]
        state: State = "conflicts"
        if workbook == now:
            state = "stands"
        elif now == downloaded:
            state = "changes"
        chosen = choices.get((one.pk, column.key), "")
        cells.append(CellChange(column.key, downloaded, workbook, now, state, chosen))
    return tuple(cells)


def _wanted(
    one: Edited, risk: RiskRow, cells: Sequence[CellChange], by: Setting
) -> tuple[RiskChange | None, list[Fault]]:
    """What is asked of the commands for a risk, or what is wrong with what the workbook says."""
    told = [Fault(one.row, cell.heading, cell.fault) for cell in cells if cell.fault]
    taken = {cell.key: cell.workbook for cell in cells if cell.takes}
    told = told or [Fault(one.row, HEADINGS[axis], words) for axis, words in half_scored(taken, risk, by).items()]
    if told or not taken:
        return None, told
    return typed(taken, risk, by), []


def _refused(cell: CellChange, risk: RiskRow, by: Setting) -> str:
    if cell.state == "stands":
        return ""
    if not allowed(by.actor, NEEDS.get(cell.key, RiskPermission.CHANGE), by.record):
        return "Your post may not change this. Put it back, or ask who runs the register"
    if risk.line.closed_on is not None:
        return f"{risk.reference} is closed. Reopen it first, or put this back"
    return faulty(cell.key, cell.workbook, by)
