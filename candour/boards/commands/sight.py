"""Who may know of a board: all who see boards of its body, or, closed as a whole, those who may see restricted records."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.models import CLOSED_MEETING, Board, Decision, Item, PackShare
from candour.boards.rules.words import GROUNDS
from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.publication.models import Published
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


def set_sight(board: Board, *, ground: str, actor: Actor, at: datetime, reason: str) -> Board:
    """Close a board as a whole, on a ground; or with "" let others know of it again.

    Closed, the board, every meeting it had and all their items are restricted, from today and for every day before. Opened
    again, what was closed stays so: only meetings planned from then on have an open part. Raises Refused where it stands so
    already, for a ground that is none, and while something of it is public or shared with another board.
    """
    require(actor, BoardPermission.SET_UP, board)
    require(actor, RecordPermission.SEE_RESTRICTED, board)
    if ground and ground not in GROUNDS:
        raise Refused("ground", "Choose the ground on which all of it is closed")
    if ground == board.ground:
        raise Refused("ground", "It stands so already: choose another answer, or leave without saving")
    why = need_reason(reason, "Say who agreed it, and why")
    if ground:
        _nothing_is_out(board)
    with transaction.atomic():
        with recording("board.sight_changed", board, actor=actor, at=at, reason=why):
            board.ground = ground
            board.in_public = board.in_public and not ground
            board.save()
        if ground:
            _close_meetings(board, actor=actor, at=at, reason=why)
            _withhold_decisions(board, actor=actor, at=at, reason=why)
    return board


def _nothing_is_out(board: Board) -> None:
    """Raises Refused while others read something of the board."""
    references = list(board.meetings.values_list("record__reference", flat=True))
    rows = Published.objects.filter(
        organisation=board.organisation_id, withdrawn_on=None, facts__meeting__in=references
    ).order_by("-dated", "pk")
    if out := list(rows.values_list("title", flat=True).distinct()[:2]):
        more = " and others are" if len(out) > 1 else " is"
        raise Refused("ground", f"‘{out[0]}’{more} public: withdraw what is public of this board first")
    share = PackShare.objects.filter(pack__meeting__board=board, ended_on=None).select_related("board").first()
    if share is not None:
        raise Refused("ground", f"A pack of it is shared with {share.board.name}: take it back first")


def _close_meetings(board: Board, *, actor: Actor, at: datetime, reason: str) -> None:
    """Every meeting and item that others could see becomes closed, on the ground of the board."""
    meetings, items = board.meetings.filter(ground=""), Item.objects.filter(meeting__board=board, closed=False)
    ours = Q(meeting__in=meetings) | Q(item__in=items)
    records = list(Record.objects.filter(ours).select_related("organisation", "owner").order_by("pk"))
    if not records:
        return
    with recording_many("meeting.closed_as_a_whole", records, actor=actor, at=at, reason=reason):
        Record.objects.filter(pk__in=[record.pk for record in records]).update(sensitivity=Sensitivity.RESTRICTED)
        items.update(closed=True, ground=board.ground)
        meetings.update(ground=board.ground)


def _withhold_decisions(board: Board, *, actor: Actor, at: datetime, reason: str) -> None:
    """What was decided names the board to nobody who sees only what it carried out, and is not published."""
    named = Q(organisation=board.organisation_id, item=None, of=None, board=board.name[:120])
    rows = Decision.objects.filter(Q(of=board) | named).exclude(board=CLOSED_MEETING)
    found = list(rows.order_by("pk"))
    if not found:
        return
    with recording_many("decision.board_withheld", found, actor=actor, at=at, reason=reason):
        of_all = Decision.objects.filter(pk__in=[row.pk for row in found])
        of_all.filter(withheld=False).update(withheld=True, withheld_why=GROUNDS[board.ground])
        of_all.update(board=CLOSED_MEETING, of=board, minute="")
