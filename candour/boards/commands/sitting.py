"""The meeting itself: opened and closed, who was there, which interests were declared, and the minute of each item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.models import Attendance, Board, Interest, Item, Meeting, Minute, Seat
from candour.boards.rules.agenda import Slot, placed
from candour.boards.rules.words import PRESENCES
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date, say_time
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Taken:
    """What is taken down of one post: whether it was there, the post that sat in its place, and when it came or left."""

    post: Post
    presence: str
    by: Post | None = None
    note: str = ""


def open_meeting(meeting: Meeting, *, started: time, actor: Actor, at: datetime, reason: str = "") -> Meeting:
    """The meeting begins: its agenda stands, and what was added late keeps its letter.

    Raises Refused for one that was called off or opened already, and before its day.
    """
    require(actor, BoardPermission.MINUTE, meeting.record)
    if meeting.called_off_on is not None:
        raise Refused("started", f"This meeting was called off on {say_date(meeting.called_off_on)}")
    if meeting.opened_at is not None:
        raise Refused("started", f"This meeting was opened at {say_time(meeting.opened_at)}")
    moment = _moment(meeting.held_on, started)
    if moment > at:
        raise Refused("started", f"The meeting is on {say_date(meeting.held_on)}: open it when it has begun")
    rows = {
        row.pk: row
        for row in meeting.items.filter(withdrawn_on=None).select_related("record").order_by("position", "pk")
    }
    slots = [Slot(row.pk, row.closed, row.minutes, row.number) for row in rows.values()]
    late = [each for each in placed(slots, meeting.starts_at) if rows[each.key].number != each.number]
    records = [meeting.record, *(rows[each.key].record for each in late)]
    with recording_many(
        "meeting.opened", records, actor=actor, at=at, effective=meeting.held_on, reason=reason.strip()
    ):
        meeting.opened_at = moment
        meeting.save()
        for each in late:
            rows[each.key].number = each.number
            rows[each.key].save()
    return meeting


def close_meeting(meeting: Meeting, *, finished: time, actor: Actor, at: datetime, reason: str = "") -> Meeting:
    """The meeting ends: its minutes are in draft. What is not minuted or answered yet is shown, not refused."""
    require(actor, BoardPermission.MINUTE, meeting.record)
    if meeting.opened_at is None:
        raise Refused("finished", "Open the meeting first")
    if meeting.closed_at is not None:
        raise Refused("finished", f"This meeting was closed at {say_time(meeting.closed_at)}")
    moment = _moment(meeting.held_on, finished)
    if moment < meeting.opened_at:
        raise Refused("finished", f"It was opened at {say_time(meeting.opened_at)}: enter a later time")
    if moment > at:
        raise Refused("finished", "Enter the time at which it ended, which cannot be later than now")
    with recording(
        "meeting.closed", meeting.record, actor=actor, at=at, effective=meeting.held_on, reason=reason.strip()
    ):
        meeting.closed_at = moment
        meeting.save()
    return meeting


def take_attendance(
    meeting: Meeting, taken: Sequence[Taken], *, actor: Actor, at: datetime, reason: str = ""
) -> list[Attendance]:
    """Who was there, many at once: posts with a seat, and others that were invited. Gives the rows that changed.

    A substitute is any post of the board's body or of the member's own, or the one that the seat names. Raises Refused, on
    "attendance", and then nothing is recorded at all.
    """
    require(actor, BoardPermission.MINUTE, meeting.record)
    unsigned(meeting)
    standing = {row.post_id: row for row in meeting.attendance.select_related("post", "by")}
    named = {seat.post_id: seat.substitute_id for seat in seats_on(meeting.board, meeting.held_on)}
    for one in taken:
        _may_sit(one, meeting, named)
    _once_each(standing, taken)
    changed = [one for one in taken if one.post.pk not in standing or _differs(standing[one.post.pk], one)]
    if not changed:
        return []
    with recording(
        "meeting.attendance_taken", meeting.record, actor=actor, at=at,
        effective=min(meeting.held_on, local_date(at)), reason=reason.strip(),
    ):  # fmt: skip
        rows = []
        for one in changed:
            row = standing.get(one.post.pk) or Attendance(meeting=meeting, post=one.post)
            row.presence, row.by, row.note = one.presence, one.by, one.note.strip()[:200]
            row.save()
            rows.append(row)
    return rows


def declare_interest(
    item: Item, *, post: Post, nature: str, withdrew: bool, actor: Actor, at: datetime, reason: str = ""
) -> Interest:
    """An interest in an item; declared again by the same post, it takes the place of what was declared.

    withdrew: they left the room for it, and so do not count towards its quorum. Raises Refused without what it is, and for a
    post that does not sit here.
    """
    require(actor, BoardPermission.MINUTE, item.record)
    under_way(item)
    if not nature.strip():
        raise Refused("nature", "Say what the interest is")
    if post.pk not in sitting(item.meeting):
        raise Refused("post", f"{post.title} does not sit at this meeting: take its attendance first")
    row = item.interests.filter(post=post, removed_on=None).first() or Interest(item=item, post=post)
    if (row.pk, row.nature, row.withdrew) == (row.pk or 0, nature.strip(), withdrew):
        return row
    with recording(
        "item.interest_declared", item.record, actor=actor, at=at,
        effective=min(item.meeting.held_on, local_date(at)), reason=reason.strip(),
    ):  # fmt: skip
        row.nature, row.withdrew = nature.strip(), withdrew
        row.save()
    return row


def withdraw_interest(interest: Interest, *, actor: Actor, at: datetime, reason: str) -> Interest:
    """An interest that was not one. It stays in the history."""
    item = interest.item
    require(actor, BoardPermission.MINUTE, item.record)
    unsigned(item.meeting)
    if interest.removed_on is not None:
        raise Refused("reason", f"It was taken back on {say_date(interest.removed_on)}")
    why = need_reason(reason, "Say why it is taken back")
    with recording("item.interest_withdrawn", item.record, actor=actor, at=at, reason=why):
        interest.removed_on = local_date(at)
        interest.save()
    return interest


def write_minute(
    item: Item, *, text: str, summary: str, started_at: time | None, actor: Actor, at: datetime, reason: str = ""
) -> Minute:
    """The minute of an item, and what the public reads of it. It may be written anew until the minutes are signed."""
    require(actor, BoardPermission.MINUTE, item.record)
    minutable(item)
    text, summary = text.strip(), summary.strip()
    row = Minute.objects.filter(item=item).first()
    if (
        (row.text, row.summary, row.started_at) == (text, summary, started_at)
        if row
        else not (text or summary or started_at)
    ):
        return row or Minute(item=item)
    with recording(
        "item.minuted", item.record, actor=actor, at=at, effective=item.meeting.held_on, reason=reason.strip()
    ):
        row = row or Minute(item=item)
        row.text, row.summary, row.started_at = text, summary, started_at
        row.save()
    return row


def seats_on(board: Board, day: date) -> list[Seat]:
    """The seats of a board on a day, with their posts. One query."""
    rows = Seat.objects.filter(Q(ends=None) | Q(ends__gte=day), board=board, starts__lte=day)
    return list(rows.select_related("post", "substitute").order_by("pk"))


def sitting(meeting: Meeting) -> set[int]:
    """The posts that sit at a meeting: seats, those invited, and those in another's place. Two queries."""
    found = {seat.post_id for seat in seats_on(meeting.board, meeting.held_on)}
    for post, by in meeting.attendance.values_list("post", "by"):
        found |= {post, by} - {None}
    return found


def unsigned(meeting: Meeting) -> None:
    """Raises Refused for a meeting that was called off, and once its minutes are signed."""
    if meeting.called_off_on is not None:
        raise Refused("reason", f"This meeting was called off on {say_date(meeting.called_off_on)}")
    if meeting.signed_on is not None:
        raise Refused(
            "reason", f"The minutes were signed on {say_date(meeting.signed_on)}: a later meeting corrects them"
        )


def under_way(item: Item) -> None:
    """Raises Refused as unsigned, and for an item that was withdrawn."""
    unsigned(item.meeting)
    if item.withdrawn_on is not None:
        raise Refused("reason", f"This item was withdrawn on {say_date(item.withdrawn_on)}")


def minutable(item: Item) -> None:
    """Raises Refused as under_way, and before the meeting was opened."""
    under_way(item)
    if item.meeting.opened_at is None:
        raise Refused("reason", "Open the meeting first")


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=LONDON)


def _may_sit(one: Taken, meeting: Meeting, named: dict[int, int | None]) -> None:
    if one.presence not in PRESENCES:
        raise Refused("attendance", f"Choose whether {one.post.title} was there")
    if one.post.ended is not None and one.post.ended < meeting.held_on:
        raise Refused("attendance", f"{one.post.title} has ended: choose the post that took over")
    if one.presence != "substitute":
        if one.by is not None:
            raise Refused("attendance", f"{one.post.title}: a post sits in its place only where a substitute was there")
        return
    if one.by is None:
        raise Refused("attendance", f"Choose the post that sat in the place of {one.post.title}")
    if one.post.pk not in named:
        raise Refused("attendance", f"{one.post.title} has no seat: only a seat has a substitute")
    bodies = (meeting.board.organisation_id, one.post.organisation_id)
    if one.by.organisation_id not in bodies and one.by.pk != named[one.post.pk]:
        raise Refused("attendance", f"{one.by.title} is not of this body: choose the substitute that the seat names")


def _once_each(standing: dict[int, Attendance], taken: Sequence[Taken]) -> None:
    """Nobody sits in two places: a substitute is not there in its own right, nor for two."""
    now = {post: (row.presence, row.by, row.post) for post, row in standing.items()}
    now |= {one.post.pk: (one.presence, one.by, one.post) for one in taken}
    if len({one.post.pk for one in taken}) != len(taken):
        raise Refused("attendance", "Take each post once")
    there = {post for post, (presence, _, _) in now.items() if presence == "present"}
    for presence, by, post in now.values():
        if presence == "substitute" and by is not None:
            if by.pk in there:
                raise Refused("attendance", f"{by.title} sits here already, and cannot sit for {post.title} too")
            there.add(by.pk)


def _differs(row: Attendance, one: Taken) -> bool:
    by = one.by.pk if one.by else None
    return (row.presence, row.by_id, row.note) != (one.presence, by, one.note.strip()[:200])
