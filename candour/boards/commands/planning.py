"""Meetings: planned, changed, moved, called off."""

from datetime import date, datetime, time

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Meeting
from candour.boards.rules.words import GROUNDS
from candour.kernel.access import Actor, require
from candour.kernel.calendar import is_working_day, local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity, Share, visible
from candour.kernel.rules import Refused, need_reason


def plan_meeting(
    board: Board,
    *,
    held_on: date,
    actor: Actor,
    at: datetime,
    starts_at: time | None = None,
    lasts: int | None = None,
    venue: str | None = None,
    ground: str = "",
    reason: str = "",
    effective: date | None = None,
) -> Meeting:
    """Plan a meeting of a board, at its usual time and place unless given. lasts: minutes. ground: why all of it is closed;
    that of the board where all of that is.

    Raises Refused for a day that is not a working day, one on which the board meets already, and once the board has ended.
    """
    require(actor, BoardPermission.PLAN, board)
    ground = ground or board.ground
    if ground:
        require(actor, RecordPermission.SEE_RESTRICTED, board)
        if ground not in GROUNDS:
            raise Refused("ground", "Choose the ground on which the public is excluded")
    _free(board, held_on, actor, but=0)
    day = effective or local_date(at)
    with recording("meeting.planned", actor=actor, at=at, effective=day, reason=reason.strip()):
        record = Record.objects.create(
            kind="meeting",
            reference=next_reference(board, held_on.year, closed=bool(ground)),
            title=f"{board.name}, {say_date(held_on)}"[:300],
            organisation=board.organisation,
            owner=board.secretary,
            sensitivity=Sensitivity.RESTRICTED if ground else Sensitivity.OFFICE,
        )
        share_with_seated(board, record)
        return Meeting.objects.create(
            record=record,
            board=board,
            held_on=held_on,
            first_planned=held_on,
            starts_at=starts_at or board.starts_at,
            lasts=lasts or board.lasts,
            ground=ground,
            venue=(board.venue if venue is None else venue)[:200],
        )


def change_meeting(
    meeting: Meeting, *, starts_at: time, lasts: int, venue: str, actor: Actor, at: datetime, reason: str
) -> Meeting:
    """Another time or place on the same day. Raises Refused once it was held or called off."""
    require(actor, BoardPermission.PLAN, meeting.record)
    to_come(meeting)
    if lasts < 1:
        raise Refused("lasts", "Enter how many minutes it lasts")
    why = need_reason(reason, "Say why it changes")
    with recording("meeting.changed", meeting.record, actor=actor, at=at, reason=why):
        meeting.starts_at, meeting.lasts, meeting.venue = starts_at, lasts, venue.strip()[:200]
        meeting.save()
    return meeting


def move_meeting(meeting: Meeting, *, held_on: date, actor: Actor, at: datetime, reason: str) -> Meeting:
    """Another day. The day it was first planned for stays. Raises Refused as plan_meeting does, and without a reason."""
    require(actor, BoardPermission.PLAN, meeting.record)
    to_come(meeting)
    if held_on == meeting.held_on:
        raise Refused("held_on", f"It is on {say_date(held_on)} already: enter another day")
    _free(meeting.board, held_on, actor, but=meeting.pk)
    why = need_reason(reason, "Say why the meeting moves")
    with recording("meeting.moved", meeting.record, actor=actor, at=at, reason=why):
        meeting.held_on = held_on
        meeting.save()
        meeting.record.title = f"{meeting.board.name}, {say_date(held_on)}"[:300]
        meeting.record.save()
    return meeting


def call_off(meeting: Meeting, *, actor: Actor, at: datetime, reason: str) -> Meeting:
    """A meeting that will not be held. It stays in the plan as called off. Raises Refused once it was opened."""
    require(actor, BoardPermission.PLAN, meeting.record)
    to_come(meeting)
    why = need_reason(reason, "Say why it is called off")
    with recording("meeting.called_off", meeting.record, actor=actor, at=at, reason=why):
        meeting.called_off_on = meeting.record.closed_on = local_date(at)
        meeting.save()
        meeting.record.save()
    return meeting


def share_with_seated(board: Board, record: Record) -> None:
    """Within a recording: the other bodies whose posts sit on a board see its meetings and items as their own."""
    Share.objects.bulk_create(Share(record=record, organisation_id=body) for body in seated(board))


def seated(board: Board) -> list[int]:
    """The other bodies, by number, whose posts have a seat on a board. One query."""
    rows = board.seats.filter(ends=None).exclude(post__organisation=board.organisation_id)
    return sorted(set(rows.values_list("post__organisation", flat=True)))


def next_reference(board: Board, year: int, *, closed: bool = False) -> str:
    """CGB-2026-03 after CGB-2026-02: through the year in the order in which meetings were planned, called off or not.

    Those closed as a whole are numbered by themselves (CGB-2026-R01), so that no gap among the others tells of them.
    """
    start = f"{board.code.upper()}-{year}-{'R' if closed else ''}"
    taken = Record.objects.filter(organisation=board.organisation_id, kind="meeting", reference__startswith=start)
    ends = [reference.removeprefix(start) for reference in taken.values_list("reference", flat=True)]
    numbers = [int(end) for end in ends if end.isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:02}"


def to_come(meeting: Meeting) -> None:
    """Raises Refused for a meeting that was opened or called off: its agenda, time and place stand."""
    if meeting.called_off_on is not None:
        raise Refused("reason", f"This meeting was called off on {say_date(meeting.called_off_on)}")
    if meeting.opened_at is not None:
        raise Refused("reason", "This meeting has begun: its agenda stands")


def _free(board: Board, day: date, actor: Actor, *, but: int) -> None:
    """Raises Refused for a day on which the board cannot meet, or meets as far as the actor may see."""
    if board.ended_on is not None:
        raise Refused("held_on", f"This board ended on {say_date(board.ended_on)}")
    if not is_working_day(day):
        raise Refused("held_on", f"{say_date(day)} is not a working day: enter another day")
    if (
        board.meetings.filter(visible(actor, BoardPermission.SEE, "record__"), held_on=day, called_off_on=None)
        .exclude(pk=but)
        .exists()
    ):
        raise Refused("held_on", f"The board meets on {say_date(day)} already: enter another day")
