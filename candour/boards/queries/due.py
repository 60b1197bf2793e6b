"""What is due at a meeting and not on its agenda: standing items, and what the registers say waits for a board."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from candour.boards.models import Meeting, Question, StandingItem, visible_standing
from candour.boards.queries.acts import Due, acts
from candour.boards.rules.standing import Standing, due_at
from candour.boards.rules.words import SORTS
from candour.kernel.access import Actor
from candour.kernel.calendar import financial_year, say_date


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

    taken: the standing items that are on its agenda. Three queries, and one for each act.
    """
    return (*_standing(meeting, taken, actor), *_waiting(meeting, actor, today))


def taken_up(meeting: Meeting) -> set[int]:
    """The standing items that are on the agenda of a meeting. One query."""
    rows = meeting.items.filter(withdrawn_on=None).exclude(standing=None)
    return set(rows.values_list("standing", flat=True))


def _standing(meeting: Meeting, taken: Collection[int], actor: Actor) -> list[Offer]:
    year = financial_year(meeting.held_on)
    days = meeting.board.meetings.filter(called_off_on=None).order_by("held_on", "pk").values_list("pk", "held_on")
    of_year = [(pk, day) for pk, day in days if financial_year(day) == year]
    place = [pk for pk, _ in of_year].index(meeting.pk) if meeting.called_off_on is None else 0
    found = []
    rows = StandingItem.objects.filter(visible_standing(actor), board=meeting.board, ended_on=None)
    for row in rows.order_by("position", "pk"):
        if row.pk not in taken and due_at(standing_of(row), [day for _, day in of_year], place):
            found.append(Offer(f"standing:{row.pk}", row.title, _why(row), row.closed, row.minutes))
    return found


def standing_of(row: StandingItem) -> Standing:
    """A standing item as the rules need it."""
    must = (row.must_month, row.must_day) if row.must_month and row.must_day else None
    return Standing(row.pk, row.every, row.month, must)


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
