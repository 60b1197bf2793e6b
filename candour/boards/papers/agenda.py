"""The agenda of a meeting for the public: the open part as it went out. A source of publication."""

from datetime import date, datetime, time

from candour.boards.access import BoardPermission
from candour.boards.models import Item, Meeting
from candour.boards.rules.agenda import Slot, placed
from candour.boards.rules.words import PURPOSES
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, fact, para
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.publication.sources import Copy, Ready, Source


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The agendas that went out and whose meeting was not called off, newest first. One query."""
    rows = Meeting.objects.filter(record__organisation=organisation, called_off_on=None).exclude(issued_on=None)
    rows = rows.select_related("record", "board").order_by("-held_on", "-pk")
    return [Ready(row.record.reference, f"Agenda: {row.record.title}", row.held_on) for row in rows]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The open part of an agenda. Raises LookupError for a meeting that is none, or whose agenda is not out."""
    found = Meeting.objects.filter(record__organisation=organisation, record__reference=key, called_off_on=None)
    meeting = found.exclude(issued_on=None).select_related("record__organisation", "board").first()
    if meeting is None:
        raise LookupError(f"no agenda of {key!r} went out")
    rows = list(
        Item.objects.filter(meeting=meeting, withdrawn_on=None).select_related("record__owner").order_by("position")
    )
    document = agenda_paper(meeting, [row for row in rows if not row.closed])
    title = f"Agenda: {meeting.record.title}"
    facts = {"board": meeting.board.name, "meeting": key}
    return Copy(title, meeting.held_on, document, checks_of(document, rows), facts)


def agenda_paper(meeting: Meeting, rows: list[Item]) -> Document:
    """The open part: number, time, item, who presents it, and what the board is to do."""
    places = placed([Slot(row.pk, False, row.minutes, row.number) for row in rows], meeting.starts_at)
    lines = [
        Row(
            (
                cell(place.number),
                cell(said(place.begins)),
                cell(row.record.title),
                cell(row.record.owner.title if row.record.owner else "-"),
                cell(PURPOSES[row.purpose]),
            )
        )
        for row, place in zip(rows, places, strict=True)
    ]
    columns = (
        Column("Item", 6, kind="reference"),
        Column("Time", 8, kind="date"),
        Column("What it is about", 44),
        Column("Presented by", 24),
        Column("Purpose", 12),
    )
    blocks: list[Block] = [
        Heading(1, "Agenda"),
        Table(f"Agenda of {say_date(meeting.held_on)}", columns, tuple(lines), row_headers=False),
    ]
    if meeting.board.in_public:
        blocks.append(para("The public may attend this part of the meeting."))
    return Document(
        meeting.board.name,
        meeting.record.organisation.name,
        tuple(blocks),
        subtitle=f"Agenda of the open part, {say_date(meeting.held_on)}",
        meta=(
            fact("Date", say_date(meeting.held_on)),
            fact("Time", said(meeting.starts_at)),
            *((fact("Place", meeting.venue),) if meeting.venue else ()),
        ),
        date=meeting.issued_on,
    )


def checks_of(document: Document, rows: list[Item]) -> tuple[Check, ...]:
    """Whether the copy gives away anything of the closed part."""
    told = {row.pk: Told(row.record.reference, row.record.title, (row.introduction,)) for row in rows}
    hidden = [told[row.pk] for row in rows if row.closed]
    return leak_checks(
        document, hidden=hidden, shown=[told[row.pk] for row in rows if not row.closed], what="closed items"
    )


def said(at: time) -> str:
    return f"{at:%H:%M}"


AGENDAS = Source(
    name="agenda", word="Agenda", plural="Agendas", permission=BoardPermission.SEE, ready=ready, write=write
)
