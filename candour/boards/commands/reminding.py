"""What `candour notices` writes by itself about actions of boards: a week before their date, and the day after it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from candour.boards.models import BoardAction
from candour.kernel.calendar import local_date, say_date
from candour.kernel.notices.commands import Letter, write

BEFORE = 7  # days before its date
ABOUT = "board-action"


def write_reminders(at: datetime) -> int:
    """Write the letters about actions whose day has come; gives how many. Each goes once for each date it was due on."""
    today = local_date(at)
    rows = BoardAction.objects.filter(
        action__done_on=None,
        action__removed_on=None,
        action__owner__ended=None,
        action__added_on__lt=today,
        action__due__lte=today + timedelta(days=BEFORE),
    )
    rows = rows.select_related("action__owner", "item__meeting__board").order_by("pk")
    with transaction.atomic():
        return write([_letter(row, today) for row in rows if row.action.due != today], at=at)


def link_address(number: int, at: datetime) -> str | None:
    """Where a letter leads: the log, at one's own actions; None once the action is settled."""
    settled = BoardAction.objects.filter(pk=number, action__done_on=None, action__removed_on=None)
    return "/boards/actions/?owner=mine&state=to+do" if settled.exists() else None


def _letter(row: BoardAction, today: date) -> Letter:
    """A letter to whoever holds the post. What was set in the closed part is not said outside Candour, nor which board is
    closed as a whole."""
    due, late = row.action.due, row.action.due < today
    said = "an action" if row.item.closed else f"action {row.number}"
    when = f"was due on {say_date(due)}" if late else f"is due on {say_date(due)}"
    what = "Sign in to read it." if row.item.closed else row.action.text
    board = "A board" if row.item.meeting.ground else row.item.meeting.board.name
    text = (
        f"{board} asked your post for {said}, which {when}.\n\n{what}\n\n"
        f"When it is done, say what was done. If it cannot be done by then, move its date and say why:\n{{link}}\n"
    )
    return Letter(
        key=f"{ABOUT}:{row.pk}:{'after' if late else 'before'}:{due.isoformat()}",
        to=row.action.owner,
        subject=f"{said[:1].upper()}{said[1:]} {when}",
        text=text,
        about=ABOUT,
        about_id=row.pk,
        kind=ABOUT,
    )
