"""What the boards bring to a desk: papers that the reader's posts owe a meeting, what its secretary has to do, and the
meetings to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from candour.boards.access import BoardPermission
from candour.boards.models import Item, Meeting, Pack, visible_packs
from candour.boards.queries.boards import meetings_seen
from candour.boards.rules.states import clear_days_before, paper_state, state
from candour.kernel.access import Actor, allowed
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need

BACK = timedelta(days=120)  # how long a meeting that was not minuted is called to mind
SOON = timedelta(days=14)  # how long before its last day an agenda is asked for
COMING = 5
NEAR = 100


@dataclass(frozen=True)
class Coming:
    """A meeting to come, for the list beside the desk. agenda_by: until when its agenda goes out; None once it has.
    packs: the address of its packs, "" where none that the reader may read was issued."""

    board: str
    day: date
    starts: time
    address: str
    agenda_by: date | None
    packs: str = ""


def papers_owed(actor: Actor, *, today: date, most: int) -> list[Need]:
    """Papers of items that the actor's posts present at meetings to come, not yet in their final text. One query."""
    if not actor.posts or not actor.scope(BoardPermission.SEE):
        return []
    items = Item.objects.filter(
        visible(actor, BoardPermission.SEE, "record__"),
        record__owner__in=actor.posts,
        withdrawn_on=None,
        meeting__held_on__gte=today,
        meeting__called_off_on=None,
        meeting__opened_at=None,
    ).exclude(record__item_line__papers__gt=0, record__item_line__drafts=0)
    rows = items.exclude(verbal=True, record__item_line__drafts=0).select_related(
        "record__organisation", "record__item_line", "meeting__board"
    )
    return [_owed(item, today) for item in rows.order_by("meeting__held_on", "position", "pk")[:most]]


def _owed(item: Item, today: date) -> Need:
    line, board = item.record.item_line, item.meeting.board
    by = clear_days_before(item.meeting.held_on, board.papers_days)
    stands = paper_state(verbal=item.verbal, papers=line.papers, drafts=line.drafts, due=by, today=today)
    return Need(
        title=f"Paper: {item.record.title}",
        address=reverse("item", args=[item.record.organisation.code, item.record.reference]),
        about=board.name,
        why="A draft is in" if line.drafts else "Its last day has passed" if stands == "Late" else "No paper yet",
        by=by,
        restricted=item.record.sensitivity == "restricted",
    )


def meetings_near(actor: Actor, *, today: date) -> tuple[list[Need], list[Coming]]:
    """What meetings ask of those who send their agendas and minute them, and the next meetings to come. One query.

    Those held and not minuted are called to mind for BACK; of a body that leaves more than a hundred so, the first.
    """
    if not actor.scope(BoardPermission.SEE):
        return [], []
    seen = meetings_seen(actor).filter(called_off_on=None, closed_at=None, held_on__gte=today - BACK)
    issued = Pack.objects.filter(visible_packs(actor), meeting=OuterRef("pk"))
    rows = list(seen.annotate(has_pack=Exists(issued))[:NEAR])
    asks = list(chain.from_iterable(_asks(row, actor, today) for row in rows))
    return asks, [_coming(row) for row in rows if row.held_on >= today][:COMING]


def _coming(row: Any) -> Coming:
    by = None if row.issued_on else clear_days_before(row.held_on, row.board.notice_days)
    packs = _address(row, "meeting-packs") if row.has_pack else ""
    return Coming(row.board.name, row.held_on, row.starts_at, _address(row), by, packs)


def _asks(row: Meeting, actor: Actor, today: date) -> Iterable[Need]:
    stands = state(row.record.meeting_line, today)
    restricted = row.record.sensitivity == "restricted"
    if stands in {"To be minuted", "In session"} and allowed(actor, BoardPermission.MINUTE, row.record):
        yield Need(f"Minute: {row.record.title}", _address(row), row.board.name, stands, row.held_on, restricted)
    if stands == "Planned" and allowed(actor, BoardPermission.ISSUE, row.record):
        by = clear_days_before(row.held_on, row.board.notice_days)
        if by <= today + SOON:
            why = "Its agenda has not gone out"
            yield Need(f"Send the agenda: {row.record.title}", _address(row), row.board.name, why, by, restricted)


def _address(row: Meeting, name: str = "meeting") -> str:
    return reverse(name, args=[row.record.organisation.code, row.record.reference])
