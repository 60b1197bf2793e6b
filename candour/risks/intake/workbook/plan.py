"""What the changed cells of a workbook would do to the risks as they stand: row by row, cell by cell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.intake.back.plan import CellChange, Choices, Plan, RowChange, compared, in_order
from candour.kernel.intake.back.read import Edited, Fault
from candour.kernel.records.models import Record, visible
from candour.kernel.scales.queries import ScaleBook
from candour.risks.access import RiskPermission
from candour.risks.commands.workbook import RiskChange
from candour.risks.intake.workbook.values import Setting, faulty, half_scored, typed
from candour.risks.papers.workbook.columns import SHAPE
from candour.risks.queries import RiskRow, register
from candour.risks.queries.export import body_lists

HEADINGS = {column.key: column.heading for column in SHAPE.editable}
NEEDS = {"level": RiskPermission.CLOSE, "impact": RiskPermission.REVIEW, "likelihood": RiskPermission.REVIEW}
GONE = "This risk is not among those that you may see and change. Take the row out, and ask who runs the register"
RiskPlan = Plan[RiskChange]


def plan_of(
    edited: Sequence[Edited],
    *,
    actor: Actor,
    today: date,
    book: ScaleBook,
    faults: Sequence[Fault] = (),
    choices: Choices,
) -> RiskPlan:
    """The plan for some changed rows. choices: by risk and column, which value a person chose. Ten queries at most."""
    found = Record.objects.filter(
        visible(actor, RiskPermission.SEE), kind="risk", pk__in=[pk_of(one) for one in edited]
    )
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
    changed: list[RowChange[RiskChange]] = []
    wrong = list(faults)
    for one in edited:
        risk = risks.get(pk_of(one))
        if risk is None:
            wrong.append(Fault(one.row, "", GONE))
            continue
        cells = _cells(one, risk, choices)
        by = Setting(actor, records[risk.pk], lists[risk.organisation_id])
        cells = tuple(replace(cell, fault=_refused(cell, risk, by)) for cell in cells)
        wanted, told = _wanted(one, risk, cells, by)
        wrong += told
        changed.append(
            RowChange(
                number=one.row,
                name=str(risk.pk),
                pk=risk.pk,
                reference=risk.reference,
                address=reverse("risk", args=[risk.organisation_code, risk.reference]),
                sensitivity=risk.sensitivity,
                seen=records[risk.pk].head_sequence,
                cells=cells,
                wanted=wanted,
            )
        )
    return Plan(tuple(changed), in_order(wrong))


def pk_of(one: Edited) -> int:
    return int(one.key[1:])


def _cells(one: Edited, risk: RiskRow, choices: Choices) -> tuple[CellChange, ...]:
    standing = SHAPE.said_of(risk)
    cells = []
    for column in SHAPE.editable:
        if column.key in one.cells:
            downloaded, workbook = one.cells[column.key]
            now = standing[column.key]
            state = compared(downloaded=downloaded, workbook=workbook, register=now)
            chosen = choices.get((str(risk.pk), column.key), "")
            cells.append(CellChange(column.key, column.heading, downloaded, workbook, now, state, chosen))
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
