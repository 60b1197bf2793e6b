"""Setting up boards: their facts, seats and terms of reference."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Seat, Terms, visible_boards
from candour.boards.rules.words import ROLES
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Share, visible
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class BoardFacts:
    """What a board is. months: between meetings, 0 where it meets when called. Days are clear working days, the rest of
    the numbers minutes or people."""

    name: str
    starts_at: time
    remit: str = ""
    secretary: Post | None = None
    parent: Board | None = None
    reports: str = ""
    months: int = 3
    lasts: int = 120
    venue: str = ""
    quorum: int = 3
    in_public: bool = False
    notice_days: int = 5
    papers_days: int = 8
    pre_meeting: str = ""
    pre_minutes: int = 0


def set_up_board(
    facts: BoardFacts, *, organisation: Organisation, code: str, actor: Actor, at: datetime, reason: str,
    effective: date | None = None,
) -> Board:  # fmt: skip
    """A new board of a body, from a day. code stands in addresses and references: lower-case letters and digits.

    Raises Refused for a name or code that is taken, and for facts that cannot be (see _sound).
    """
    require(actor, BoardPermission.SET_UP, Board(organisation=organisation))
    code = code.strip().lower()
    if not code or not code.isascii() or not code.isalnum():
        raise Refused("code", "Enter a short name of letters and digits, such as CGB")
    if Board.objects.filter(organisation=organisation, code=code).exists():
        raise Refused("code", f"{code.upper()} is taken: enter another short name")
    _sound(facts, organisation, actor, but=0)
    day, why = effective or local_date(at), need_reason(reason, "Say who agreed that there is such a board")
    with recording("board.set_up", actor=actor, at=at, effective=day, reason=why):
        return Board.objects.create(organisation=organisation, code=code, started_on=day, **vars(facts))


def change_board(
    board: Board, facts: BoardFacts, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Board:
    """Change what a board is. Meetings that are planned keep their time and place."""
    require(actor, BoardPermission.SET_UP, board)
    going(board)
    _sound(facts, board.organisation, actor, but=board.pk)
    if facts.in_public and board.ground:
        raise Refused("in_public", "The board is closed as a whole: the public cannot attend it")
    above = facts.parent
    while above is not None:
        if above.pk == board.pk:
            raise Refused("parent", "A board cannot report to itself: choose another board")
        above = above.parent
    why = need_reason(reason, "Say why the board changes")
    with recording("board.changed", board, actor=actor, at=at, effective=effective, reason=why):
        for name, value in vars(facts).items():
            setattr(board, name, value)
        board.save()
    return board


def end_board(board: Board, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Board:
    """A board ends at the end of a day that has come. Raises Refused while a meeting after that day is planned."""
    require(actor, BoardPermission.SET_UP, board)
    going(board)
    day, why = effective or local_date(at), need_reason(reason, "Say why the board ends")
    need_past(day, board.started_on, local_date(at), what="The board", field="effective")
    seen = visible(actor, BoardPermission.SEE, "record__")
    planned = board.meetings.filter(seen, held_on__gt=day, called_off_on=None).order_by("held_on").first()
    if planned is not None:
        raise Refused("effective", f"It is to meet on {say_date(planned.held_on)}: call that meeting off first")
    with recording("board.ended", board, actor=actor, at=at, effective=day, reason=why):
        board.ended_on = day
        board.save()
    return board


def give_seat(
    board: Board, *, post: Post, role: str, starts: date, actor: Actor, at: datetime, reason: str,
    substitute: Post | None = None,
) -> Seat:  # fmt: skip
    """Give a post a seat from a day. Raises Refused for a post that has one, a second chair, or a substitute of its own."""
    require(actor, BoardPermission.SET_UP, board)
    going(board)
    _seatable(board, post, role, substitute, but=0)
    why, body = need_reason(reason, "Say who agreed it"), post.organisation_id
    with transaction.atomic():
        with recording("board.seat_given", board, actor=actor, at=at, effective=starts, reason=why):
            seat = Seat.objects.create(board=board, post=post, role=role, substitute=substitute, starts=starts)
        records = _unshared(board, body, local_date(at)) if body != board.organisation_id else []
        if records:
            with recording_many("record.shared", records, actor=actor, at=at, reason=why):
                Share.objects.bulk_create(Share(record=record, organisation_id=body) for record in records)
    return seat


def change_seat(
    seat: Seat, *, role: str, substitute: Post | None, actor: Actor, at: datetime, reason: str,
    effective: date | None = None,
) -> Seat:  # fmt: skip
    """Change the role of a seat or who may sit in its place."""
    require(actor, BoardPermission.SET_UP, seat.board)
    _seatable(seat.board, seat.post, role, substitute, but=seat.pk)
    why = need_reason(reason, "Say who agreed it")
    with recording("board.seat_changed", seat.board, actor=actor, at=at, effective=effective, reason=why):
        seat.role, seat.substitute = role, substitute
        seat.save()
    return seat


def end_seat(seat: Seat, *, ends: date, actor: Actor, at: datetime, reason: str) -> Seat:
    """A seat ends at the end of a day. With the last seat of another body that body sees no meeting to come any more.

    Raises Refused for a day before it began or still to come, and where it has ended.
    """
    board, body = seat.board, seat.post.organisation_id
    require(actor, BoardPermission.SET_UP, board)
    if seat.ends is not None:
        raise Refused("ends", f"This seat ended on {say_date(seat.ends)}")
    need_past(ends, seat.starts, local_date(at), what="The seat")
    why = need_reason(reason, "Say why the seat ends")
    with transaction.atomic():
        with recording("board.seat_ended", board, actor=actor, at=at, effective=ends, reason=why):
            seat.ends = ends
            seat.save()
        if body != board.organisation_id and not board.seats.filter(ends=None, post__organisation=body).exists():
            _stop_sharing(board, body, actor=actor, at=at, reason=why)
    return seat


def need_past(ends: date, starts: date, today: date, *, what: str, field: str = "ends") -> None:
    """Raises Refused for a last day before the first, or still to come: what ends later is ended then."""
    if ends < starts:
        raise Refused(field, f"{what} began on {say_date(starts)}: enter a day on or after it")
    if ends > today:
        raise Refused(field, f"{say_date(ends)} is still to come: enter today or a day before, or end it on that day")


def agree_terms(
    board: Board, *, text: str, agreed_on: date, agreed_by: str, actor: Actor, at: datetime, reason: str,
    review_on: date | None = None,
) -> Terms:  # fmt: skip
    """A new version of the terms of reference, from the day it was agreed. Raises Refused for a day still to come, a text
    that stands already, and without who agreed it."""
    require(actor, BoardPermission.SET_UP, board)
    text, agreed_by = text.strip(), agreed_by.strip()
    if not text:
        raise Refused("text", "Enter the terms of reference")
    if not agreed_by:
        raise Refused("agreed_by", "Enter the board or post that agreed them")
    if agreed_on > local_date(at):
        raise Refused("agreed_on", f"{say_date(agreed_on)} is still to come: enter the day they were agreed")
    if review_on and review_on <= agreed_on:
        raise Refused("review_on", "Enter a day after they were agreed")
    last = board.terms.order_by("-version").first()
    if last and last.text == text:
        raise Refused("text", f"This is the text of version {last.version}: change it, or leave without saving")
    if last and agreed_on < last.agreed_on:
        raise Refused(
            "agreed_on", f"Version {last.version} was agreed on {say_date(last.agreed_on)}: enter a later day"
        )
    why = need_reason(reason, "Say what changed, and why")
    with recording(
        "board.terms_agreed", board, actor=actor, at=at, effective=agreed_on, reason=why, approver=agreed_by
    ):
        return Terms.objects.create(
            board=board, version=last.version + 1 if last else 1, text=text, agreed_on=agreed_on,
            agreed_by=agreed_by[:200], review_on=review_on,
        )  # fmt: skip


def _unshared(board: Board, body: int, today: date) -> list[Record]:
    """The meetings to come of a board, and their items, that a body does not see yet."""
    rows = Record.objects.filter(_to_come(board, today)).exclude(shares__organisation=body, shares__ended=None)
    return list(rows.exclude(organisation=body).order_by("pk"))


def _stop_sharing(board: Board, body: int, *, actor: Actor, at: datetime, reason: str) -> None:
    """A body sees the meetings to come of a board, and their items, no longer. What it saw of past ones it keeps."""
    today = local_date(at)
    records = Record.objects.filter(_to_come(board, today))
    shares = list(Share.objects.filter(organisation=body, ended=None, record__in=records).select_related("record"))
    if shares:
        with recording_many("record.unshared", [share.record for share in shares], actor=actor, at=at, reason=reason):
            for share in shares:
                share.ended = today
                share.save()


def _to_come(board: Board, today: date) -> Q:
    """Records of the meetings to come of a board, and of their items."""
    return Q(meeting__board=board, meeting__held_on__gte=today) | Q(
        item__meeting__board=board, item__meeting__held_on__gte=today
    )


def going(board: Board) -> None:
    """Raises Refused for a board that has ended."""
    if board.ended_on is not None:
        raise Refused("reason", f"This board ended on {say_date(board.ended_on)}")


def _sound(facts: BoardFacts, organisation: Organisation, actor: Actor, *, but: int) -> None:
    """Raises Refused, on the answer to mend, for facts of a board that cannot be."""
    if not facts.name.strip():
        raise Refused("name", "Enter the name of the board")
    going_on = Board.objects.filter(visible_boards(actor), organisation=organisation, ended_on=None)
    if going_on.filter(name=facts.name).exclude(pk=but).exists():
        raise Refused("name", f"There is a board called {facts.name}: enter another name")
    if facts.months not in range(13):
        raise Refused("months", "Enter how many months lie between meetings, from 1 to 12, or 0")
    if facts.quorum < 1:
        raise Refused("quorum", "Enter how many members must be there, at least 1")
    if facts.lasts < 1:
        raise Refused("lasts", "Enter how many minutes a meeting lasts")
    if facts.papers_days < facts.notice_days:
        raise Refused("papers_days", "Reports must be in before the agenda goes out: enter at least as many days")
    if facts.parent is not None and facts.parent.organisation_id != organisation.pk:
        raise Refused("parent", "Choose a board of the same body")


def _seatable(board: Board, post: Post, role: str, substitute: Post | None, *, but: int) -> None:
    standing = board.seats.filter(ends=None).exclude(pk=but)
    if role not in ROLES:
        raise Refused("role", "Choose the role of the seat")
    if post.ended is not None:
        raise Refused("post", f"{post.title} has ended: choose the post that took over")
    if standing.filter(post=post).exists():
        raise Refused("post", f"{post.title} has a seat already: change that one")
    if role == "chair" and standing.filter(role="chair").exists():
        raise Refused("role", "The board has a chair: end that seat, or change its role, first")
    if substitute is not None and substitute.pk == post.pk:
        raise Refused("substitute", "Choose another post as the substitute")
