"""The agenda of a meeting for the public: the open part as it went out. A source of publication."""

from collections.abc import Mapping
from datetime import date, datetime, time

from candour.boards.access import BoardPermission
from candour.boards.models import Item, Meeting
from candour.boards.papers.hidden import checks_of, told_of
from candour.boards.rules.agenda import Slot, placed
from candour.boards.rules.words import PURPOSES
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, fact, para
from candour.kernel.publication.sources import Copy, Ready, Source


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The agendas that went out and whose meeting was not called off, newest first. One query."""
    rows = Meeting.objects.filter(record__organisation=organisation, ground="", called_off_on=None).exclude(
        issued_on=None
    )
    rows = rows.select_related("record", "board").order_by("-held_on", "-pk")
    return [Ready(row.record.reference, f"Agenda: {row.record.title}", row.held_on) for row in rows]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The open part of an agenda. Raises LookupError for a meeting that is none, or whose agenda is not out."""
    held = Meeting.objects.filter(
        record__organisation=organisation, ground="", record__reference=key, called_off_on=None
    )
    meeting = held.exclude(issued_on=None).select_related("record__organisation", "board").first()
    if meeting is None:
        raise LookupError(f"no agenda of {key!r} went out")
    found = Item.objects.filter(meeting=meeting, closed=False, withdrawn_on=None)
    rows = list(found.select_related("record__owner").order_by("position", "pk"))
    document = agenda_paper(meeting, rows)
    checks = checks_of(document, organisation=organisation, meeting=meeting.pk, shown=told_of(rows))
    title = f"Agenda: {meeting.record.title}"
    facts = {"board": meeting.board.name, "meeting": key}
    return Copy(title, meeting.held_on, document, checks, facts)


def agenda_paper(
    meeting: Meeting, rows: list[Item], *, begins: time | None = None, numbers: Mapping[int, str] | None = None
) -> Document:
    """One part: number, time, item, who presents it, and what the board is to do.

    begins: of the closed part, when it does; then the paper is for its members alone. numbers: of the items by their own,
    where they are known.
    """
    closed = begins is not None
    places = placed([Slot(row.pk, closed, row.minutes, row.number) for row in rows], begins or meeting.starts_at)
    known = numbers or {place.key: place.number for place in places}
    lines = [
        Row(
            (
                cell(known[row.pk]),
                cell(said(place.begins)),
                cell(row.record.title),
                cell(row.record.owner.title if row.record.owner else "nobody yet"),
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
    if closed:
        blocks.append(para("The public is excluded from this part of the meeting."))
    elif meeting.board.in_public:
        blocks.append(para("The public may attend this part of the meeting."))
    return Document(
        meeting.board.name,
        meeting.record.organisation.name,
        tuple(blocks),
        subtitle=f"Agenda of the {'closed' if closed else 'open'} part, {say_date(meeting.held_on)}",
        marking="OFFICIAL-SENSITIVE" if closed else "OFFICIAL",
        meta=(
            fact("Date", say_date(meeting.held_on)),
            fact("Time", said(begins or meeting.starts_at)),
            *((fact("Place", meeting.venue),) if meeting.venue else ()),
        ),
        date=meeting.issued_on,
    )


def said(at: time) -> str:
    return f"{at:%H:%M}"


AGENDAS = Source(
    name="agenda", word="Agenda", plural="Agendas", permission=BoardPermission.SEE, ready=ready, write=write
)
