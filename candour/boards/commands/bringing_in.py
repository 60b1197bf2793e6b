"""Meetings that were held before Candour was there, brought in whole and many at a time: for loads, and for measuring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.planning import next_reference, share_with_seated
from candour.boards.models import Board, BoardAction, Decision, Item, Meeting, Minute
from candour.kernel.access import Actor, require
from candour.kernel.actions.models import Action
from candour.kernel.calendar import LONDON, local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class HeldAction:
    """An action as it stands: by which day, and on which it was done, with what came of it."""

    text: str
    owner: Post
    due: date
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class HeldItem:
    """An item of the open part with its minute, what was resolved, and the actions that were set."""

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
                Decision(
                    organisation_id=board.organisation_id, board=board.name[:120], of=board, item=row, met_on=held_on,
                    minute=row.number, resolved=resolved,
                )
                for row, item in zip(rows, items, strict=True)
                for resolved in item.decisions
            )  # fmt: skip
    return meeting


def _could_meet(board: Board, day: date, today: date, items: Sequence[HeldItem]) -> None:
    if day > today:
        raise Refused("held_on", f"{say_date(day)} is still to come: plan the meeting instead")
    if day < board.started_on:
        raise Refused("held_on", f"The board began on {say_date(board.started_on)}: enter a day on or after it")
    if board.meetings.filter(held_on=day, called_off_on=None, ground="").exists():
        raise Refused("held_on", f"The board met on {say_date(day)} already: enter another day")
    if not items:
        raise Refused("items", "Enter an item at least")


def _meeting(board: Board, day: date, *, actor: Actor, at: datetime, reason: str) -> Meeting:
    def moment(hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=LONDON)

    with recording("meeting.brought_in", actor=actor, at=at, effective=day, reason=reason):
        record = Record.objects.create(
            kind="meeting",
            reference=next_reference(board, day.year),
            title=f"{board.name}, {say_date(day)}"[:300],
            organisation=board.organisation,
            owner=board.secretary,
            sensitivity=Sensitivity.OFFICE,
        )
        share_with_seated(board, record)
        return Meeting.objects.create(
            record=record, board=board, held_on=day, first_planned=day, starts_at=board.starts_at, lasts=board.lasts,
            venue=board.venue, issued_on=day, opened_at=moment(board.starts_at), closed_at=moment(time(23, 59)),
        )  # fmt: skip


def _items(meeting: Meeting, items: Sequence[HeldItem]) -> list[Item]:
    """Within a recording: the items with their minutes and actions."""
    board, day = meeting.board, meeting.held_on
    records = [
        Record(
            kind="item", reference=f"{meeting.record.reference}.{number}", title=item.title[:300],
            organisation=board.organisation, owner=item.presenter, sensitivity=Sensitivity.OFFICE,
        )
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip
    Record.objects.bulk_create(records)
    for record in records:
        share_with_seated(board, record)
    rows = [
        Item(record=record, meeting=meeting, position=number, number=str(number), purpose="discuss", verbal=True)
        for number, record in enumerate(records, start=1)
    ]
    Item.objects.bulk_create(rows)
    Minute.objects.bulk_create(Minute(item=row, text=item.minute) for row, item in zip(rows, items, strict=True))
    pairs = [(row, action) for row, item in zip(rows, items, strict=True) for action in item.actions]
    made = [
        Action(
            record=row.record, text=action.text, owner=action.owner, added_on=day, original_due=action.due,
            due=action.due, done_on=action.done_on, outcome=action.outcome,
        )
        for row, action in pairs
    ]  # fmt: skip
    Action.objects.bulk_create(made)
    start = f"{board.code.upper()}-{day.year}-A"
    taken = BoardAction.objects.filter(item__meeting__board=board, number__startswith=start).count()
    BoardAction.objects.bulk_create(
        BoardAction(action=action, item=row, number=f"{start}{number:02}")
        for number, (action, (row, _)) in enumerate(zip(made, pairs, strict=True), start=taken + 1)
    )
    return rows
