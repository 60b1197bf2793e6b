"""Meetings that were held before Candour was there, brought in whole and many at a time: for loads, and for measuring."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.acting import next_numbers
from candour.boards.commands.planning import next_reference, share_with_seated
from candour.boards.models import CLOSED_MEETING, Board, BoardAction, Decision, Item, Meeting, Minute
from candour.boards.rules.words import GROUNDS
from candour.kernel.access import Actor, require
from candour.kernel.actions.models import Action
from candour.kernel.calendar import LONDON, local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class HeldAction:
    """An action as it stands: by which day, and on which it was done, with what came of it, or dropped.

    first: the day first agreed, where it is another. number: the one it has, where it is one of the board's own and free.
    """

    text: str
    owner: Post
    due: date
    done_on: date | None = None
    outcome: str = ""
    first: date | None = None
    dropped_on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class HeldItem:
    """An item with its minute, what was resolved, and the actions that were set: of the open part, unless the board is closed
    as a whole."""

    title: str
    minute: str
    presenter: Post | None = None
    decisions: Sequence[str] = ()
    actions: Sequence[HeldAction] = ()


def bring_in_meeting(
    board: Board, *, held_on: date, items: Sequence[HeldItem], actor: Actor, at: datetime, reason: str
) -> Meeting:
    """A meeting that was held, with everything that came of it: one entry for it, for each item and for each decision.

    All or nothing, as of its day. Its actions are numbered after those of the board's year. Raises Refused for a day still
    to come, one before the board began, one on which it met already, and without an item.
    """
    require(actor, BoardPermission.PLAN, board)
    require(actor, BoardPermission.MINUTE, board)
    require(actor, BoardPermission.RECORD, board)
    _could_meet(board, held_on, local_date(at), items)
    why = need_reason(reason, "Say where it is taken from")
    with transaction.atomic():
        meeting = _meeting(board, held_on, actor=actor, at=at, reason=why)
        with recording_many("item.brought_in", [], actor=actor, at=at, effective=held_on, reason=why):
            rows = _items(meeting, items)
        with recording_many("decision.recorded", [], actor=actor, at=at, effective=held_on, reason=why):
            Decision.objects.bulk_create(
                _decision(row, resolved) for row, item in zip(rows, items, strict=True) for resolved in item.decisions
            )
    return meeting


def bring_in_replacements(
    board: Board, replaced: Mapping[str, str], *, actor: Actor, at: datetime, reason: str
) -> list[BoardAction]:
    """Of actions that were brought in as dropped, which one took the place of each: by number, both of this board.

    Raises Refused for a number that the board has not given, and for one that takes its own place.
    """
    require(actor, BoardPermission.MINUTE, board)
    why = need_reason(reason, "Say where it is taken from")
    rows = BoardAction.objects.filter(item__meeting__board=board, number__in={*replaced, *replaced.values()})
    found = {row.number: row for row in rows.select_related("item__record", "action")}
    for number, by in replaced.items():
        missing = next((each for each in (number, by) if each not in found), None)
        if missing or number == by:
            raise Refused("number", f"{missing or number} is no other action of {board.name}")
    changed = [found[number] for number in sorted(replaced)]
    if changed:
        records = {row.item_id: row.item.record for row in changed}
        with recording_many("item.action_superseded", list(records.values()), actor=actor, at=at, reason=why):
            for row in changed:
                row.superseded_by = found[replaced[row.number]]
                row.save()
    return changed


def _could_meet(board: Board, day: date, today: date, items: Sequence[HeldItem]) -> None:
    if day > today:
        raise Refused("held_on", f"{say_date(day)} is still to come: plan the meeting instead")
    if day < board.started_on:
        raise Refused("held_on", f"The board began on {say_date(board.started_on)}: enter a day on or after it")
    if board.meetings.filter(held_on=day, called_off_on=None, ground=board.ground).exists():
        raise Refused("held_on", f"The board met on {say_date(day)} already: enter another day")
    if not items:
        raise Refused("items", "Enter an item at least")


def _meeting(board: Board, day: date, *, actor: Actor, at: datetime, reason: str) -> Meeting:
    def moment(hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=LONDON)

    with recording("meeting.brought_in", actor=actor, at=at, effective=day, reason=reason):
        record = Record.objects.create(
            kind="meeting",
            reference=next_reference(board, day.year, closed=bool(board.ground)),
            title=f"{board.name}, {say_date(day)}"[:300],
            organisation=board.organisation,
            owner=board.secretary,
            sensitivity=_sensitivity(board),
        )
        share_with_seated(board, record)
        return Meeting.objects.create(
            record=record, board=board, held_on=day, first_planned=day, starts_at=board.starts_at, lasts=board.lasts,
            ground=board.ground, venue=board.venue, issued_on=day, opened_at=moment(board.starts_at),
            closed_at=moment(time(23, 59)),
        )  # fmt: skip


def _items(meeting: Meeting, items: Sequence[HeldItem]) -> list[Item]:
    """Within a recording: the items with their minutes and actions."""
    board = meeting.board
    records = [
        Record(
            kind="item", reference=f"{meeting.record.reference}.{number}", title=item.title[:300],
            organisation=board.organisation, owner=item.presenter, sensitivity=_sensitivity(board),
        )
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip
    Record.objects.bulk_create(records)
    for record in records:
        share_with_seated(board, record)
    rows = [
        Item(
            record=record, meeting=meeting, position=number, number=str(number), purpose="discuss", verbal=True,
            closed=bool(board.ground), ground=board.ground,
        )
        for number, record in enumerate(records, start=1)
    ]  # fmt: skip
    Item.objects.bulk_create(rows)
    Minute.objects.bulk_create(Minute(item=row, text=item.minute) for row, item in zip(rows, items, strict=True))
    _actions(meeting, [(row, action) for row, item in zip(rows, items, strict=True) for action in item.actions])
    return rows


def _actions(meeting: Meeting, pairs: Sequence[tuple[Item, HeldAction]]) -> None:
    """The actions, each with its own number of the board's year where that is free, else with the next."""
    board, day = meeting.board, meeting.held_on
    made = [
        Action(
            record=row.record, text=action.text, owner=action.owner, added_on=day, due=action.due,
            original_due=action.first or action.due, done_on=action.done_on, outcome=action.outcome,
            removed_on=action.dropped_on,
        )
        for row, action in pairs
    ]  # fmt: skip
    Action.objects.bulk_create(made)
    own = re.compile(rf"{re.escape(board.code.upper())}-{day.year}-{'C' if board.ground else 'A'}\d+")
    wanted = [action.number for _, action in pairs if own.fullmatch(action.number)]
    taken = BoardAction.objects.filter(item__meeting__board=board, number__in=wanted)
    free = set(wanted) - set(taken.values_list("number", flat=True))
    following = next_numbers(board, day.year, closed=bool(board.ground), beside=free)
    rows = []
    for action, (item, held) in zip(made, pairs, strict=True):
        number = held.number if held.number in free else next(following)
        free.discard(number)
        rows.append(BoardAction(action=action, item=item, number=number))
    BoardAction.objects.bulk_create(rows)


def _decision(item: Item, resolved: str) -> Decision:
    board, closed = item.meeting.board, item.closed
    return Decision(
        organisation_id=board.organisation_id, board=CLOSED_MEETING if closed else board.name[:120], of=board, item=item,
        met_on=item.meeting.held_on, minute="" if closed else item.number, resolved=resolved, withheld=closed,
        withheld_why=GROUNDS[board.ground] if closed else "",
    )  # fmt: skip


def _sensitivity(board: Board) -> str:
    return Sensitivity.RESTRICTED if board.ground else Sensitivity.OFFICE
