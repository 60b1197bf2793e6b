"""What a calendar feed holds: the meetings of one board, or of those on which one's posts sit, with their deadlines."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from candour.boards.models import Feed, Meeting, Seat
from candour.boards.queries.boards import meetings_seen
from candour.boards.rules.states import clear_days_before
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months
from candour.kernel.people.models import holding

LONDON = ZoneInfo("Europe/London")
BACK = 12  # months of past meetings that a feed keeps


def token_of(seed: str) -> str:
    """The token of a feed's address, from its seed and the key of the installation: 256 bits, 43 signs."""
    made = salted_hmac("candour.boards.feed", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is kept of a token, to find its feed by."""
    return sha256(token.encode()).hexdigest()


def feed_of(token: str) -> Feed:
    """The feed that a token opens, with its person. Raises Feed.DoesNotExist for one that is none, or has ended."""
    rows = Feed.objects.filter(digest=digest_of(token), ended_on=None, person__is_active=True)
    return rows.select_related("person", "board").get()


def feeds_of(person: int) -> dict[int | None, Feed]:
    """A person's feeds by the number of the board, None for that of their posts. One query."""
    return {feed.board_id: feed for feed in Feed.objects.filter(person=person, ended_on=None)}


def meetings_in(feed: Feed, *, actor: Actor, today: date) -> list[Meeting]:
    """The meetings of a feed, as its person may see them today: of the last twelve months and to come. One query."""
    rows = meetings_seen(actor).filter(held_on__gte=add_months(today, -BACK))
    if feed.board_id is not None:
        return list(rows.filter(board=feed.board_id))
    seats = Seat.objects.filter(holding(today), board=OuterRef("board"))
    return list(rows.filter(Exists(seats.filter(Q(post__in=actor.posts) | Q(substitute__in=actor.posts)))))


def calendar_of(meetings: Sequence[Meeting], *, name: str, site: str) -> bytes:
    """iCalendar (RFC 5545): each meeting, and of those to come the last days for reports and for the agenda.

    A meeting keeps its UID when it moves, and its SEQUENCE rises with each entry of its history and of its
    board's, whose days for reports move the deadlines. Called off it is CANCELLED.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Candour//Boards//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_meeting(meeting, site))
        if meeting.called_off_on is None and meeting.opened_at is None:
            for what, days in (("Reports due", meeting.board.papers_days), ("Agenda out", meeting.board.notice_days)):
                calendar.add_component(_deadline(meeting, what, clear_days_before(meeting.held_on, days)))
    return bytes(calendar.to_ical())


def _meeting(meeting: Meeting, site: str) -> Event:
    begins = datetime.combine(meeting.held_on, meeting.starts_at, tzinfo=LONDON)
    event = _event(meeting, "meeting", meeting.board.name)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.lasts))
    event.add("status", "CANCELLED" if meeting.called_off_on else "CONFIRMED")
    event.add("url", f"{site}/boards/meetings/{meeting.record.organisation.code}/{meeting.record.reference}/")
    if meeting.venue:
        event.add("location", meeting.venue)
    return event


def _deadline(meeting: Meeting, what: str, day: date) -> Event:
    event = _event(meeting, what.lower().replace(" ", "-"), f"{what}: {meeting.record.title}")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(meeting: Meeting, what: str, summary: str) -> Event:
    event = Event()
    record = meeting.record
    event.add("uid", f"{what}-{record.organisation.code}-{record.reference}@candour".lower())
    event.add(
        "dtstamp", datetime.combine(meeting.first_planned, meeting.starts_at, tzinfo=LONDON).astimezone(ZoneInfo("UTC"))
    )
    event.add("sequence", record.head_sequence + meeting.board.head_sequence)
    event.add("summary", summary)
    return event
