"""Boards with their meetings, seats and standing items, as an actor may see them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Meeting, Seat, StandingItem, Terms, in_force, visible_boards, visible_standing
from candour.boards.rules.states import STATE_TONES, state
from candour.boards.rules.words import ROLES
from candour.kernel.access import Actor
from candour.kernel.records.models import visible

# As rules.states has it: called off, or its minutes in draft or signed.
OVER = Q(called_off_on__isnull=False) | Q(closed_at__isnull=False)


@dataclass(frozen=True)
class BoardRow:
    """A board as the list shows it. last, following: the days of its meetings before and from today."""

    name: str
    organisation: str
    organisation_code: str
    code: str
    remit: str
    months: int
    chair: str
    last: date | None
    following: date | None
    reference: str  # of the meeting that follows; "" where none is planned
    closed: bool = False  # as a whole


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as lists show it: its state on the day of the question."""

    reference: str
    organisation_code: str
    title: str
    board: str
    held_on: date
    state: str
    venue: str
    tone: str = ""


@dataclass(frozen=True)
class BoardShown:
    """A board in full: seats in the order of their roles, standing items in theirs, the terms that stand, the board above it
    where one may see that, its meetings that are not over."""

    seats: tuple[Seat, ...]
    standing: tuple[StandingItem, ...]
    terms: Terms | None
    above: Board | None
    below: tuple[Board, ...]
    to_come: tuple[MeetingRow, ...]


def boards_listed(*, actor: Actor, today: date) -> list[BoardRow]:
    """The boards that have not ended, by body and name. Two queries."""
    meetings = meetings_seen(actor).filter(board=OuterRef("pk"), called_off_on=None)
    following = meetings.filter(held_on__gte=today).order_by("held_on", "pk")
    chairs = (
        Seat.objects.filter(in_force(today), role="chair", starts__lte=today).order_by("-starts").select_related("post")
    )
    rows = (
        Board.objects.filter(visible_boards(actor), ended_on=None)
        .select_related("organisation")
        .prefetch_related(Prefetch("seats", queryset=chairs, to_attr="chairs"))
        .annotate(
            last=Subquery(meetings.filter(held_on__lt=today).order_by("-held_on").values("held_on")[:1]),
            following=Subquery(following.values("held_on")[:1]),
            reference=Subquery(following.values("record__reference")[:1]),
        )
        .order_by("organisation__name", "name", "pk")
    )
    return [
        BoardRow(
            name=row.name,
            organisation=row.organisation.name,
            organisation_code=row.organisation.code,
            code=row.code,
            remit=row.remit,
            months=row.months,
            chair=row.chairs[0].post.title if row.chairs else "",
            last=row.last,
            following=row.following,
            reference=row.reference or "",
            closed=bool(row.ground),
        )
        for row in rows
    ]


def board_in_full(board: Board, *, actor: Actor, today: date) -> BoardShown:
    """Everything the page of a board shows. Five queries."""
    order = list(ROLES)
    seats = Seat.objects.filter(in_force(today), board=board).select_related("post", "substitute")
    standing = StandingItem.objects.filter(visible_standing(actor), board=board, ended_on=None)
    near = Board.objects.filter(visible_boards(actor), Q(pk=board.parent_id) | Q(parent=board, ended_on=None))
    others = list(near.order_by("name"))
    return BoardShown(
        seats=tuple(sorted(seats, key=lambda seat: (order.index(seat.role), seat.post.title))),
        standing=tuple(standing.select_related("lead").order_by("position", "pk")),
        terms=board.terms.order_by("-version").first(),
        above=next((each for each in others if each.pk == board.parent_id), None),
        below=tuple(each for each in others if each.pk != board.parent_id),
        to_come=tuple(meeting_row(row, today) for row in meetings_seen(actor).filter(~OVER, board=board)),
    )


def meetings_over(board: Board, *, actor: Actor) -> QuerySet[Meeting]:
    """The meetings of a board that were held to their end or called off, newest first."""
    return meetings_seen(actor).filter(OVER, board=board).order_by("-held_on", "-pk")


def meetings_seen(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that an actor may see, by day."""
    rows = Meeting.objects.filter(visible(actor, BoardPermission.SEE, "record__"))
    return rows.select_related("record__organisation", "record__meeting_line", "board").order_by("held_on", "pk")


def meeting_row(meeting: Meeting, today: date) -> MeetingRow:
    """A meeting for a list, from its record and line."""
    return MeetingRow(
        reference=meeting.record.reference,
        organisation_code=meeting.record.organisation.code,
        title=meeting.record.title,
        board=meeting.board.name,
        held_on=meeting.held_on,
        state=state(meeting.record.meeting_line, today),
        venue=meeting.venue,
        tone=STATE_TONES[state(meeting.record.meeting_line, today)],
    )
