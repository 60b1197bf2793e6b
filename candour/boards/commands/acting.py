"""Actions of a board: set at an item with an owner and a date, numbered through the year, replaced by others."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import count

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.sitting import minutable
from candour.boards.models import Board, BoardAction, Item
from candour.kernel.access import Actor, require
from candour.kernel.actions.commands import add_action, drop_action
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def set_action(
    item: Item, *, text: str, owner: Post, due: date, actor: Actor, at: datetime, reason: str = ""
) -> BoardAction:
    """Set an action at an item: CGB-2026-A07 through the year of the meeting.

    Those of the closed part have a row of their own, CGB-2026-C02, so that no gap tells of them. It counts from the day of
    the meeting. Raises Refused before the meeting was opened, and as the kernel's add_action does.
    """
    require(actor, BoardPermission.MINUTE, item.record)
    minutable(item)
    day = item.meeting.held_on
    with transaction.atomic():
        number = _next(item)
        action = add_action(
            _record(item), text=text, owner=owner, due=due, actor=actor, at=at, effective=day, reason=reason
        )
        with recording("item.action_numbered", _record(item), actor=actor, at=at, effective=day):
            return BoardAction.objects.create(action=action, item=item, number=number)


def supersede_action(standing: BoardAction, *, by: BoardAction, actor: Actor, at: datetime, reason: str) -> BoardAction:
    """Another action of the board takes its place: it is to do no more, and says which one is.

    Raises Refused for itself, another board's or another part's, and once either is done, dropped or replaced.
    """
    require(actor, BoardPermission.MINUTE, standing.item.record)
    if by.pk == standing.pk or by.item.meeting.board_id != standing.item.meeting.board_id:
        raise Refused("by", "Choose another action of this board")
    if by.item.closed != standing.item.closed:
        raise Refused("by", "Choose an action of the same part of the meeting")
    if standing.action.done_on is not None or standing.action.removed_on is not None:
        raise Refused("by", "This action is settled already")
    if by.action.done_on is not None or by.action.removed_on is not None:
        raise Refused("by", f"{by.number} is settled already: choose one that is still to do")
    why = need_reason(reason, "Say why the other takes its place")
    with transaction.atomic():
        drop_action(standing.action, actor=actor, at=at, reason=f"{by.number} takes its place. {why}")
        with recording("item.action_superseded", _record(standing.item), actor=actor, at=at, reason=why):
            standing.superseded_by = by
            standing.save()
    return standing


def _next(item: Item) -> str:
    """The next number of the board's year; the board is locked, so that no number is given twice."""
    board = Board.objects.select_for_update().get(pk=item.meeting.board_id)
    return next(next_numbers(board, item.meeting.held_on.year, closed=item.closed))


def next_numbers(board: Board, year: int, *, closed: bool, beside: Collection[str] = ()) -> Iterator[str]:
    """The numbers of a board's year after those it has given, and those beside. One query."""
    start = f"{board.code.upper()}-{year}-{'C' if closed else 'A'}"
    taken = BoardAction.objects.filter(item__meeting__board=board, number__startswith=start)
    ends = [number.removeprefix(start) for number in (*taken.values_list("number", flat=True), *beside)]
    for number in count(max((int(end) for end in ends if end.isdecimal()), default=0) + 1):
        yield f"{start}{number:02}"


def _record(item: Item) -> Record:
    """The item's record as it stands: a recording before may have written to it since it was read."""
    return Record.objects.select_related("organisation", "owner").get(pk=item.pk)
