"""The plan of a year in a progress report: each audit with its stages, what moved and why, and the timeline. Pure."""

from collections.abc import Iterator, Sequence

from candour.audits import rules
from candour.audits.papers.stock import Copy
from candour.audits.papers.timeline import timeline
from candour.audits.papers.words import MOVED, PLAN, SHARED, TONES, moved, stage_cell, status
from candour.audits.queries import AuditRow
from candour.audits.queries.stood import Happened
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Heading, PageBreak, Row, Table, cell, para
from candour.kernel.papers.say import listed

STAGES = {  # a column each; read back by these words
    "brief": "Brief", "fieldwork": "Fieldwork", "exit": "Exit", "draft": "Draft report", "responses": "Responses",
    "final": "Final report", "panel": "Panel",
}  # fmt: skip
LEFT = {"audit.deferred": "Deferred", "audit.cancelled": "Cancelled", "audit.reinstated": "Put back in the plan"}


def plan(copy: Copy) -> Iterator[Block]:
    """Both plans on lying pages, what moved, and the year as a picture."""
    year = copy.stock.year
    if copy.auditors:  # a copy that may tell of no audit stays on one page
        yield PageBreak(landscape=True)
    yield Heading(1, f"{PLAN} {year}")
    if copy.plan:
        yield para(
            "For each stage: the day on which it was reached, and the day for which it is planned. A plan moves with a "
            "reason and who agreed it."
        )
        yield _table(copy, f"Audits of the plan of {year}", copy.plan, shared=False)
    else:
        yield para(f"The plan of {year} holds no audit of the body alone.")
    if copy.shared:
        yield Heading(1, f"{SHARED} {year}")
        yield _table(copy, f"Audits shared across forces in {year}", copy.shared, shared=True)
    yield Heading(1, MOVED)
    yield from _moved(copy)
    yield Heading(1, f"The year {year} by month")
    yield from timeline(copy)


def _table(copy: Copy, caption: str, rows: Sequence[AuditRow], *, shared: bool) -> Table:
    columns = (
        Column("Audit", 22),
        *((Column("Forces", 15),) if shared else ()),
        Column("Reference", 10, kind="reference"),
        Column("Days", 5, "right", "number"),
        *(Column(words, 11) for words in STAGES.values()),
        Column("Status", 17),
    )
    return Table(caption, columns, tuple(Row(_cells(copy, row, shared=shared)) for row in rows))


def _cells(copy: Copy, row: AuditRow, *, shared: bool) -> tuple:
    return (
        cell(row.title),
        *((cell(listed(copy.forces(row))),) if shared else ()),
        cell(row.reference),
        cell(row.line.days if row.line.days is not None else "-"),
        *(stage_cell(row.dates[which]) for which in STAGES),
        cell(status(row), tone=TONES.get(row.state, "")),
    )


def _moved(copy: Copy) -> Iterator[Block]:
    found = [(row, one) for row in copy.year for one in copy.happened.get(row.pk, ())]
    if not found:
        yield para("No planned date was moved, and no audit left the plan.")
        return
    yield Table(
        "Each change of the plan, latest first",
        (
            Column("On", 11, kind="date"),
            Column("Reference", 10, kind="reference"),
            Column("Title", 20),
            Column("What changed", 32),
            Column("Why", 32),
            Column("Agreed by", 16),
        ),
        tuple(_move(row, one) for row, one in sorted(found, key=lambda pair: pair[1].day, reverse=True)),
        row_headers=False,
    )


def _move(row: AuditRow, one: Happened) -> Row:
    word = LEFT.get(one.event, "")
    to = f" to {row.deferred_to}" if one.event == "audit.deferred" and row.deferred_to else ""
    lines = [para(f"{word}{to}")] if word else [para(moved(each.stage, each.was, each.now)) for each in one.moves]
    return Row(
        (
            cell(say_date(one.day)),
            cell(row.reference),
            cell(row.title),
            cell(*lines),
            cell(one.reason or "No reason is recorded"),
            cell(one.approver or "Not recorded"),
        )
    )


assert tuple(STAGES) == tuple(rules.STAGES)  # noqa: S101 a stage without a column would be lost without a word
