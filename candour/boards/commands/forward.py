"""The forward plan: what comes to which meeting, where that differs from the rule; and a year of meetings at once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.planning import plan_meeting, to_come
from candour.boards.models import Board, Meeting, Planned, StandingItem
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import visible
from candour.kernel.rules import Refused


def move_standing(
    standing: StandingItem, *, away: Meeting | None, to: Meeting | None, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """A standing item comes to one meeting (to) in place of another (away); without one of them it only leaves or comes.

    Raises Refused for meetings of another board, one that has begun or was called off, and for one whose agenda has it.
    """
    board = standing.board
    require(actor, BoardPermission.PLAN, board)
    for meeting in (away, to):
        if meeting is not None:
            _open_to(meeting, board)
            seen = meeting.items.filter(
                visible(actor, BoardPermission.SEE, "record__")
            )  # what one may not see is not told
            if seen.filter(standing=standing, withdrawn_on=None).exists():
                raise Refused("meeting", f"It is on the agenda of {say_date(meeting.held_on)}: change it there")
    with recording("board.forward_plan_changed", board, actor=actor, at=at, reason=reason.strip()):
        for meeting, comes in ((away, False), (to, True)):
            if meeting is not None:
                _set(standing, meeting, comes=comes, day=local_date(at))


def plan_once(
    board: Board, *, meeting: Meeting, title: str, lead: Post | None, minutes: int, actor: Actor, at: datetime,
    reason: str = "",
) -> Planned:  # fmt: skip
    """Something that comes to the board once. Raises Refused without a title, and as move_standing does."""
    require(actor, BoardPermission.PLAN, board)
    _open_to(meeting, board)
    if not title.strip():
        raise Refused("title", "Enter what comes to the board")
    if minutes < 1:
        raise Refused("minutes", "Enter how many minutes it takes")
    with recording("board.forward_plan_changed", board, actor=actor, at=at, reason=reason.strip()):
        return Planned.objects.create(
            board=board, meeting=meeting, title=title.strip()[:300], lead=lead, minutes=minutes, comes=True
        )


def move_once(planned: Planned, *, to: Meeting | None, actor: Actor, at: datetime, reason: str = "") -> Planned:
    """Move what comes once to another meeting, or with None take it out of the plan.

    Raises Refused while it stands on an agenda, and as plan_once does.
    """
    require(actor, BoardPermission.PLAN, planned.board)
    if planned.standing_id is not None or planned.dropped_on is not None:
        raise Refused("meeting", "This is not in the plan any more")
    if planned.taken:
        raise Refused("meeting", f"It is on the agenda of {say_date(planned.meeting.held_on)}: change it there")
    if to is not None:
        _open_to(to, planned.board)
    with recording("board.forward_plan_changed", planned.board, actor=actor, at=at, reason=reason.strip()):
        if to is None:
            planned.dropped_on = local_date(at)
        else:
            planned.meeting, planned.item = to, None
        planned.save()
    return planned


def plan_year(board: Board, days: Sequence[date], *, actor: Actor, at: datetime, reason: str = "") -> list[Meeting]:
    """Plan meetings on several days at the usual time and place, all or nothing. Raises Refused as plan_meeting does."""
    if not days:
        raise Refused("days", "Enter at least one day")
    if len(set(days)) != len(days):
        raise Refused("days", "A day stands twice: change one of them")
    with transaction.atomic():
        return [plan_meeting(board, held_on=day, actor=actor, at=at, reason=reason) for day in sorted(days)]


def _set(standing: StandingItem, meeting: Meeting, *, comes: bool, day: date) -> None:
    row = Planned.objects.filter(standing=standing, meeting=meeting, dropped_on=None).first()
    if row is None:
        Planned.objects.create(board=standing.board, meeting=meeting, standing=standing, comes=comes)
    elif row.comes != comes:
        row.dropped_on = day  # back to what the rule says
        row.save()


def _open_to(meeting: Meeting, board: Board) -> None:
    if meeting.board_id != board.pk:
        raise Refused("meeting", "Choose a meeting of this board")
    to_come(meeting)
