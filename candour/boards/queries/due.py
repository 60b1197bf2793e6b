"""What is due at a meeting and not on its agenda: standing items, and what the registers say waits for a board."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from candour.boards.models import Meeting, Planned, Question, StandingItem, visible_standing
from candour.boards.queries.acts import Due, acts
from candour.boards.queries.forward import departures, planned_at, planned_of
from candour.boards.rules.words import SORTS
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date


@dataclass(frozen=True)
class Offer:
    """Something to take up. key: "standing:12" or "recommendation.close:340", as the page sends it back.

    why: where it comes from, in words. minutes: of a standing item. address: of the record it is about.
    """

    key: str
    title: str
    why: str
    closed: bool
    minutes: int = 0
    address: str = ""


def offers_at(meeting: Meeting, *, taken: Collection[int], actor: Actor, today: date) -> tuple[Offer, ...]:
    """What is due at a meeting and not taken up, as far as the actor may see it: standing items first, in their order.

    taken: the standing items that are on its agenda. Four queries, and one for each act.
    """
    planned = planned_of(meeting.board_id)
    offered = (*_standing(meeting, taken, planned, actor), *_once(meeting, planned))
    return (*offered, *_waiting(meeting, actor, today))


def taken_up(meeting: Meeting) -> set[int]:
    """The standing items that are on the agenda of a meeting. One query."""
    rows = meeting.items.filter(withdrawn_on=None).exclude(standing=None)
    return set(rows.values_list("standing", flat=True))


def _standing(meeting: Meeting, taken: Collection[int], planned: Sequence[Planned], actor: Actor) -> list[Offer]:
    seen = StandingItem.objects.filter(visible_standing(actor), board=meeting.board, ended_on=None)
    rows = [row for row in seen.order_by("position", "pk") if row.pk not in taken]
    due = planned_at(rows, meeting, departures(planned))
    return [Offer(f"standing:{row.pk}", row.title, _why(row), row.closed, row.minutes) for row in due]


def _once(meeting: Meeting, planned: Sequence[Planned]) -> list[Offer]:
    rows = [row for row in planned if row.standing_id is None and row.meeting_id == meeting.pk and not row.taken]
    return [Offer(f"once:{row.pk}", row.title, "Forward plan", False, row.minutes) for row in rows]


def _why(row: StandingItem) -> str:
    if row.must_month and row.must_day:
        by = say_date(date(2028, row.must_month, row.must_day)).removesuffix(" 2028")
        return f"{SORTS[row.sort]}, by {by}{f': {row.law}' if row.law else ''}"
    return SORTS[row.sort]


def _waiting(meeting: Meeting, actor: Actor, today: date) -> list[Offer]:
    asked = set(
        Question.objects.filter(
            item__meeting__board__organisation=meeting.board.organisation_id,
            item__meeting__called_off_on=None,
            item__meeting__closed_at=None,
            item__withdrawn_on=None,
            removed_on=None,
            answer="",
        ).values_list("act", "about")
    )
    found = []
    for act in acts():
        for due in act.due(meeting.board.organisation_id, actor, today):
            if (due.act, due.about) not in asked:
                found.append(_offer(due))
    return found


def _offer(due: Due) -> Offer:
    since = f", since {say_date(due.since)}" if due.since else ""
    return Offer(
        f"{due.act}:{due.about}", f"{due.reference} {due.title}", f"{due.asks}{since}", due.restricted, 0, due.address
    )
