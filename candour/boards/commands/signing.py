"""The minutes of a meeting agreed by a later one, and what a later one corrected in them."""

from datetime import datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Correction, Item, Meeting
from candour.boards.rules.words import THERE
from candour.kernel.access import Actor, require
from candour.kernel.calendar import say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused


def sign_off(
    meeting: Meeting, *, agreed_at: Meeting, by: Post, actor: Actor, at: datetime, reason: str = ""
) -> Meeting:
    """A later meeting agreed the minutes, and a post that was there signed them: they stand from that day.

    It covers both parts, so it asks for sight of what is restricted. Raises Refused before the meeting was closed, once its
    minutes are signed, while an item is not minuted, and for a meeting that could not have agreed them.
    """
    require(actor, BoardPermission.MINUTE, meeting.record)
    require(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
    if meeting.signed_on is not None:
        raise Refused("agreed_at", f"They were signed on {say_date(meeting.signed_on)}")
    _may_agree(meeting, agreed_at)
    bare = meeting.items.filter(withdrawn_on=None).exclude(minute__text__gt="")
    if numbers := [row.number for row in bare.order_by("closed", "position", "pk")]:
        raise Refused("agreed_at", f"Minute {'items' if len(numbers) > 1 else 'item'} {', '.join(numbers)} first")
    if (
        not agreed_at.attendance.filter(post=by, presence="present").exists()
        and not agreed_at.attendance.filter(by=by, presence__in=THERE).exists()
    ):
        raise Refused("by", f"{by.title} was not at the meeting of {say_date(agreed_at.held_on)}: choose who was")
    with recording(
        "meeting.minutes_signed", meeting.record, actor=actor, at=at, effective=agreed_at.held_on,
        reason=reason.strip(), approver=str(agreed_at.record.title),
    ):  # fmt: skip
        meeting.signed_on, meeting.signed_by, meeting.signed_at = agreed_at.held_on, by, agreed_at
        meeting.record.closed_on = agreed_at.held_on
        meeting.save()
        meeting.record.save()
    return meeting


def correct_minute(
    item: Item, *, says: str, should: str, agreed_at: Meeting, actor: Actor, at: datetime, reason: str = ""
) -> Correction:
    """What a later meeting corrected in a minute. The minute stays as it is, with the correction beside it.

    Raises Refused for words that the minute does not say, and for a meeting that could not have agreed it.
    """
    require(actor, BoardPermission.MINUTE, item.record)
    _may_agree(item.meeting, agreed_at)
    minute = getattr(item, "minute", None)
    if not says.strip() or minute is None or _plain(says) not in _plain(minute.text):
        raise Refused("says", "Enter words that stand in the minute, exactly as it has them")
    if not should.strip():
        raise Refused("should", "Enter what it should say")
    if _plain(says) == _plain(should):
        raise Refused("should", "It says so already: enter what it should say")
    day = agreed_at.held_on
    with recording(
        "item.minute_corrected", item.record, actor=actor, at=at, effective=day, reason=reason.strip(),
        approver=str(agreed_at.record.title),
    ):  # fmt: skip
        return Correction.objects.create(
            item=item, agreed_at=agreed_at, agreed_on=day, says=says.strip(), should=should.strip()
        )


def _may_agree(meeting: Meeting, later: Meeting) -> None:
    if meeting.closed_at is None:
        raise Refused("agreed_at", "Close the meeting first: its minutes are not in draft yet")
    if later.board_id != meeting.board_id or later.held_on <= meeting.held_on:
        raise Refused("agreed_at", "Choose a later meeting of the same board")
    if later.ground and not meeting.ground:
        raise Refused("agreed_at", "Choose a meeting with an open part: its minutes are read by all who see these")
    if later.opened_at is None:
        raise Refused("agreed_at", f"The meeting of {say_date(later.held_on)} has not been opened yet")


def _plain(text: str) -> str:
    return " ".join(text.split())
