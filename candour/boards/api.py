"""Boards for scripts: meetings with their agendas, decisions, and the actions that meetings set."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q
from ninja import Query, Router
from pydantic import Field

from candour.boards.access import BoardPermission
from candour.boards.models import Meeting
from candour.boards.queries.acted import action_row, in_order, lines_seen, with_state
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.boards import meeting_row, meetings_seen
from candour.boards.queries.decided import decision_at, decisions_seen, in_year, said_in
from candour.boards.queries.find import meeting_at
from candour.boards.rules.acting import AGES, STATE_WORDS
from candour.kernel.access import Actor, restricted
from candour.kernel.actions.access import ActionPermission
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named

SEE = BoardPermission.SEE


class MeetingFilters(api.Listing):
    """Meetings by day, the first first."""

    board: str = Field("", max_length=40, description="The code of a board")
    first: api.AnyDay | None = Field(None, description="Held on this day or later")
    last: api.AnyDay | None = Field(None, description="Held on this day or before")


class MeetingOut(api.RowOut):
    """A meeting of a board."""

    board: str
    held_on: date
    state: str
    venue: str


class ItemOut(api.Out):
    """An item of an agenda. Those of a closed part are there for whoever may see them."""

    reference: str
    number: str
    title: str
    purpose: str
    presenter: str
    minutes: int
    closed: bool
    paper_state: str
    minuted: bool
    withdrawn_on: date | None


class MeetingWhole(api.WholeOut, MeetingOut):
    """A meeting with its agenda."""

    items: list[ItemOut]


class DecisionFilters(api.Searched):
    """Decisions, the newest meeting first."""

    year: int | None = Field(None, ge=1990, le=2200, description="The year in whose April the financial year begins")
    key: bool | None = Field(None, description="Key decisions alone, or all others")


class DecisionOut(api.Out):
    """What a board resolved."""

    number: int
    organisation: str
    board: str
    met_on: date
    minute: str
    resolved: str
    reasons: str
    advice: str
    value: Decimal | None = Field(description="Pounds")
    key: bool
    withheld: bool

    taken: ClassVar[dict[str, str]] = {"number": "pk", "organisation": "organisation.code", "board": "taken_at"}


class BoardActionFilters(api.Searched):
    """Actions of boards: those still to do first, by their date."""

    owner: api.Number | None = Field(None, description="The number of the post that owns it")
    state: str = api.choice(["to do", *STATE_WORDS])
    age: str = api.choice(AGES, "How far past its first date")


class BoardActionOut(api.Out):
    """An action that a meeting set."""

    number: str
    text: str
    owner: str
    organisation: str
    board: str
    meeting: str = Field(description="The reference of the meeting that set it")
    item: str = Field(description="The reference of its item")
    added_on: date
    first_due: date
    due: date
    done_on: date | None
    outcome: str
    state: str
    days_late: int

    taken: ClassVar[dict[str, str]] = {
        "organisation": "organisation_code",
        "meeting": "meeting_reference",
        "item": "item_reference",
        "first_due": "first",
    }


def _meetings(asked: Asked[MeetingFilters]) -> Found:
    given, rows = asked.wanted, meetings_seen(asked.actor).select_related("record__owner")
    if asked.organisation is not None:
        rows = rows.filter(record__organisation=asked.organisation)
    if given.board:
        rows = rows.filter(board__code=given.board)
    if given.first is not None:
        rows = rows.filter(held_on__gte=given.first)
    if given.last is not None:
        rows = rows.filter(held_on__lte=given.last)
    return Found([_meeting_row(row, asked.day) for row in rows[asked.part]], rows.count())


def _meeting_row(meeting: Meeting, day: date, **more: Any) -> Named:
    record = meeting.record
    return Named(meeting_row(meeting, day), owner=str(record.owner or ""), sensitivity=record.sensitivity, **more)


def _meeting(meeting: Meeting, *, actor: Actor, day: date, past: date | None) -> Any:
    agenda = agenda_of(meeting, actor=actor, today=day)
    return _meeting_row(meeting, day, items=[*agenda.rows, *agenda.withdrawn])


meetings = api.routes(
    api.Register(
        name="meetings",
        of="boards",
        one="meeting",
        many="Meetings",
        see=SEE,
        filters=MeetingFilters,
        row=MeetingOut,
        whole=MeetingWhole,
        rows=_meetings,
        find=meeting_at,
        full=_meeting,
        past=False,
    )
)
decisions = Router(tags=["Decisions"])
actions = Router(tags=["Actions of boards"])


@decisions.get(
    "", response={200: api.page_shape(DecisionOut)} | api.REFUSALS, url_name="api-decisions",
    operation_id="list_decisions", summary="List decisions", description="Scope: boards:read",
)  # fmt: skip
def _decisions(request: Any, asked: Query[DecisionFilters]) -> Any:
    actor = api.entered(request, "boards:read")
    read = api.asked_of(request, asked, actor=actor, see=SEE)
    rows = decisions_seen(actor).filter(said_in(asked.q))
    if read.organisation is not None:
        rows = rows.filter(organisation=read.organisation)
    if asked.year is not None:
        rows = rows.filter(in_year(asked.year))
    if asked.key is not None:
        rows = rows.filter(key=asked.key)
    shown = list(rows.select_related("item__record")[read.part])
    restricted.give(row.item.record for row in shown if row.item)
    return api.page_out(read, Found(shown, rows.count()))


@decisions.get(
    "/{int:number}", response={200: DecisionOut} | api.REFUSALS, url_name="api-decisions-one",
    operation_id="read_decisions", summary="Read one decision", description="Scope: boards:read",
)  # fmt: skip
def _decision(request: Any, number: int) -> Any:
    actor = api.entered(request, "boards:read")
    found = api.there(decision_at, number, actor=actor)
    restricted.give([found.item.record] if found.item else [])
    return found


@actions.get(
    "", response={200: api.page_shape(BoardActionOut)} | api.REFUSALS, url_name="api-board-actions",
    operation_id="list_board_actions", summary="List actions of boards", description="Scope: boards:read and actions:read",
)  # fmt: skip
def _actions(request: Any, asked: Query[BoardActionFilters]) -> Any:
    actor = api.entered(request, "boards:read")
    if not actor.holds(ActionPermission.SEE):
        raise api.Stopped(403, "This needs a token with the scope actions:read too, of a post that may read actions")
    read = api.asked_of(request, asked, actor=actor, see=SEE)
    rows = with_state(lines_seen(actor), read.day)
    if read.organisation is not None:
        rows = rows.filter(action__item__record__organisation=read.organisation)
    for word in asked.q.split():
        rows = rows.filter(Q(action__number__icontains=word) | Q(action__action__text__icontains=word))
    if asked.owner is not None:
        rows = rows.filter(post=asked.owner)
    if asked.state:
        rows = rows.filter(settled=0) if asked.state == "to do" else rows.filter(state=asked.state)
    if asked.age:
        rows = rows.filter(settled=0, age=asked.age)
    shown = in_order(rows, read.part.start, read.part.stop, actor=actor)
    return api.page_out(read, Found([action_row(row, today=read.day) for row in shown], rows.count()))
