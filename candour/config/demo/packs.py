"""The demo's packs: those of the last meetings of two boards, with the papers that were added to their items."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from io import BytesIO

from candour.boards import commands
from candour.boards.models import Item, Meeting, Pack
from candour.boards.papers.packs import Wanted, compiled
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.packs import packs_of
from candour.boards.rules.states import clear_days_before
from candour.config.demo.boarded import Sat, by, meetings_of
from candour.config.demo.boards import BOARDS
from candour.config.demo.stage import Event, Stage
from candour.kernel.evidence.commands import add_file
from candour.kernel.papers import docx, pdf
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, para


@dataclass(frozen=True)
class Report:
    """A paper that somebody wrote for an item. render: as which file; sections: (heading, paragraphs)."""

    board: str
    item: str
    name: str
    title: str
    render: Callable[[Document], bytes]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    table: tuple[str, ...] = ()  # lines of cells between |, the first its head


REPORTS = (
    Report(
        "cgb", "Finance: budget monitoring and value for money", "budget-monitoring.docx", "Budget monitoring",
        docx.render,
        (
            ("Where we stand", (
                "Spending to the end of the month is £0.9 million above its budget, most of it overtime.",
                "The capital programme is behind by four months: two contracts were let later than planned.",
            )),
            ("What the board is asked", ("To note the position, and to say what it wants to hear of overtime next time.",)),
        ),
        ("Heading|Budget, £m|Forecast, £m", "Police officers|168.2|168.9", "Police staff|71.4|70.8",
         "Overtime|6.1|7.2", "Premises|12.0|11.7", "Capital|24.5|19.3"),
    ),
    Report(
        "cgb", "Inspections: recommendations and responses", "inspections.pdf", "Inspections: where we stand", pdf.render,
        (
            ("Since the last meeting", (
                "One report was published. It makes four recommendations, all of them accepted.",
                "Eleven recommendations of earlier reports are open; three have passed their date.",
            )),
        ),
    ),
    Report(
        "cgb", "Restricted risks and operations", "operations.docx", "Operations of the quarter", docx.render,
        (("For the board alone", ("What this paper says is for those who sit in the closed part.",)),),
    ),
    Report(
        "jarap", "Force risk register", "force-risks.pdf", "Force risks: what moved", pdf.render,
        (
            ("What moved", (
                "Two risks rose and one fell. The force risk board agreed each of them with its reason.",
                "Three controls that were planned are in place.",
            )),
        ),
    ),
)  # fmt: skip
SHARED = "What the office shares of its board’s open part with the panel"


def packs(stage: Stage) -> list[Event]:
    """The last meeting that was of each of the two boards: reports in, the pack out with the agenda, the open one shared."""
    last = stage.timeline.last_working_day()
    events = []
    for tale in BOARDS:
        been = [sat for sat in meetings_of(tale, stage.timeline) if sat.day <= last]
        if tale.code in {report.board for report in REPORTS} and been:
            sent = clear_days_before(been[-1].day, 5)
            events.append(Event(sent, 6, partial(reports_in, stage, been[-1])))
            events.append(Event(sent, 8, partial(packs_out, stage, been[-1])))
    return events


def reports_in(stage: Stage, sat: Sat, at: datetime) -> None:
    """What the presenters wrote, as files of their items."""
    meeting, said = stage.meetings[sat.key], by(stage, sat.tale, at)
    rows = Item.objects.filter(meeting=meeting).select_related("record__organisation", "meeting__board")
    items = {row.record.title: row for row in rows.select_related("meeting__record")}
    for report in REPORTS:
        item = items.get(report.item)
        if report.board == sat.tale.code and item is not None:
            content = report.render(document_of(report, stage, at.date()))
            file = add_file(
                item.record, name=report.name, content=BytesIO(content), reason="A paper of the item", **said
            )
            item.record.refresh_from_db(fields=["head_hash", "head_sequence"])
            commands.attach(item, file, title=report.title, draft=False, **said)


def document_of(report: Report, stage: Stage, day: date) -> Document:
    """A report as a paper, to be written as Word or as PDF."""
    blocks: list[Block] = []
    for heading, paragraphs in report.sections:
        blocks += [Heading(1, heading), *map(para, paragraphs)]
    if report.table:
        head, *lines = [line.split("|") for line in report.table]
        columns = tuple(Column(name, 40 if not place else 20) for place, name in enumerate(head))
        rows = tuple(Row(tuple(map(cell, line))) for line in lines)
        blocks.append(Table(f"{report.title}, by heading", columns, rows))
    return Document(report.title, stage.bodies["office"].name, tuple(blocks), date=day)


def packs_out(stage: Stage, sat: Sat, at: datetime) -> None:
    """The open pack and, where the agenda has a closed part with a paper, the closed one; of the first board shared."""
    opened = issue(stage, sat, at, closed=False)
    if sat.tale.code == "cgb":
        issue(stage, sat, at, closed=True)
        commands.share_pack(opened, board=stage.boards["pcp"], reason=SHARED, **by(stage, sat.tale, at))


def issue(stage: Stage, sat: Sat, at: datetime, *, closed: bool) -> Pack:
    """A pack, compiled as on its page. The registers’ papers are issued on the day of the panel, so here they are not."""
    actor = stage.actor(sat.tale.secretary, at)
    rows = Meeting.objects.select_related("record__organisation", "board__organisation")
    meeting = rows.get(pk=stage.meetings[sat.key].pk)
    agenda = agenda_of(meeting, actor=actor, today=at.date())
    new = compiled(meeting, agenda, Wanted(closed, actor, at, packs_of(meeting, actor=actor)))
    return commands.issue_pack(meeting, replace(new, issues={}), actor=actor, at=at)
