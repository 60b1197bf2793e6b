"""A meeting that is closed as a whole: it does not exist for those who may not see restricted records."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.commands import StandingFacts
from candour.boards.models import Board, Item, Meeting
from candour.boards.papers import agenda as agenda_paper
from candour.boards.papers import summary as summary_paper
from candour.boards.queries.boards import boards_listed
from candour.boards.queries.desk import meetings_near
from candour.boards.queries.feeds import token_of
from candour.boards.queries.forward import forward_plan
from candour.kernel.access import CANDOUR, Actor, Forbidden
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 16)
AT = "/boards/meetings/office/B-2026-R01/"


def client_of(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def blind(house: House) -> Actor:
    """One with the secretary's permissions, but without sight of restricted records that are not their own."""
    secretary = house.actors["secretary"]
    return replace(
        secretary, posts=frozenset(), scopes={**secretary.scopes, RecordPermission.SEE_RESTRICTED: frozenset()}
    )


@pytest.fixture
def board(house: House) -> Board:
    return a_board(house, code="b", name="Governance Board", in_public=True)


@pytest.fixture
def closed(board: Board) -> Meeting:
    """A meeting closed as a whole with one item, whose agenda went out."""
    made = a_meeting(board, DAY, ground="person")
    an_item(made, "The zanzibar complaint", closed=True)
    return commands.issue_agenda(made, **BY)


def test_the_meeting_and_all_its_items_are_restricted_records(closed: Meeting) -> None:
    assert (closed.record.reference, closed.record.sensitivity) == ("B-2026-R01", Sensitivity.RESTRICTED)
    with pytest.raises(Refused, match="The whole meeting is closed"):
        an_item(closed, "An open item", late_why="Late")


def test_who_sees_no_restricted_record_cannot_plan_one(house: House, board: Board) -> None:
    with pytest.raises(Forbidden):
        commands.plan_meeting(board, held_on=DAY, ground="person", actor=blind(house), at=NOW)
    with pytest.raises(Refused, match="Choose the ground"):
        a_meeting(board, DAY, ground="because")
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/boards/",
        "/boards/office/b/",
        "/boards/office/b/forward/?year=2026/27",
        "/search?q=zanzibar+affair",
        "/search?q=B-2026-R01",
        "/boards/actions/",
        "/boards/decisions/",
        "/",
    ],
)
def test_no_page_of_others_tells_of_it(house: House, closed: Meeting, address: str) -> None:
    found = client_of(house, "reader").get(address, follow=True)
    words = [word for word in ("r01", "complaint", "16 july") if word in found.content.decode().casefold()]
    asked = [word for word in words if word in address.casefold()]
    assert (found.status_code, words) == (200, asked)


def test_its_own_pages_are_there_for_who_may_see_it_and_for_nobody_else(house: House, closed: Meeting) -> None:
    item = Item.objects.select_related("record").get()
    pages = [AT, f"{AT}attendance/", f"{AT}minutes/", f"/boards/items/office/{item.record.reference}/"]
    assert [client_of(house, "reader").get(page).status_code for page in pages] == [404] * 4
    assert [client_of(house, "secretary").get(page).status_code for page in pages] == [200] * 4
    page = client_of(house, "secretary").get(AT).content.decode()
    assert ("Closed meeting" in page, "Open part" in page, "OFFICIAL-SENSITIVE" in page) == (True, False, True)


def test_lists_plans_and_the_desk_leave_it_out(house: House, board: Board, closed: Meeting) -> None:
    seen, unseen = house.actors["secretary"], blind(house)
    assert [row.following for row in boards_listed(actor=seen, today=TODAY)] == [DAY]
    assert [row.following for row in boards_listed(actor=unseen, today=TODAY)] == [None]
    plans = [forward_plan(board, "2026/27", actor=actor, today=TODAY) for actor in (seen, unseen)]
    assert [[column.held_on for column in plan.columns] for plan in plans] == [[DAY], []]
    assert [len(meetings_near(actor, today=TODAY)[1]) for actor in (seen, unseen)] == [1, 0]


def test_another_board_does_not_clash_with_it_for_who_may_not_see_it(
    house: House, board: Board, closed: Meeting
) -> None:
    other = a_board(house, code="other", name="Other Board")
    a_meeting(other, DAY)
    clashes = [
        forward_plan(other, "2026/27", actor=actor, today=TODAY).columns[0].clashes
        for actor in (house.actors["secretary"], blind(house))
    ]
    assert clashes == [("Governance Board meets then too",), ()]


def test_a_calendar_holds_it_for_who_may_see_it(house: House, board: Board, closed: Meeting) -> None:
    held = []
    for name in ("secretary", "reader"):
        feed = commands.make_feed(board=board, actor=house.actors[name], at=NOW)
        held.append("b-2026-r01" in Client().get(f"/boards/calendar/{token_of(feed.seed)}.ics").content.decode())
    assert held == [True, False]


def test_neither_numbers_nor_refusals_tell_of_it(house: House, board: Board, closed: Meeting) -> None:
    said: dict[str, Any] = {"actor": blind(house), "at": NOW}
    assert commands.plan_meeting(board, held_on=DAY, **said).record.reference == "B-2026-01"
    assert a_meeting(board, date(2026, 9, 17)).record.reference == "B-2026-02"
    with pytest.raises(Refused, match="The board meets on 16 July 2026 already"):
        a_meeting(board, DAY)


def test_nothing_of_it_is_published(house: House, board: Board, closed: Meeting) -> None:
    assert agenda_paper.ready(house.office.pk, CANDOUR, TODAY) == []
    assert summary_paper.ready(house.office.pk, CANDOUR, TODAY) == []
    for paper in (agenda_paper, summary_paper):
        with pytest.raises(LookupError):
            paper.write(house.office.pk, "B-2026-R01", CANDOUR, NOW)


def test_what_is_taken_up_there_is_closed_on_the_ground_of_the_meeting(house: House, board: Board) -> None:
    meeting = a_meeting(board, DAY, ground="person")
    standing = commands.add_standing(board, StandingFacts("Apologies", sort="business"), **BY)
    once = commands.plan_once(board, meeting=meeting, title="A complaint", lead=None, minutes=5, actor=CANDOUR, at=NOW)
    commands.take_up(meeting, standing=[standing], asks=[], once=[once], actor=CANDOUR, at=NOW)
    rows = Item.objects.values_list("closed", "ground", "record__sensitivity").order_by("pk")
    assert list(rows) == [(True, "person", "restricted")] * 2


def test_minutes_that_others_read_are_not_signed_by_a_meeting_they_do_not_see(board: Board) -> None:
    chair = board.seats.select_related("post").order_by("pk")[0].post
    first = a_meeting(board, date(2026, 5, 14))
    later = a_meeting(board, date(2026, 6, 11), ground="person")
    for meeting in (first, later):
        commands.open_meeting(meeting, started=meeting.starts_at, **BY)
        commands.take_attendance(meeting, [commands.Taken(chair, "present")], **BY)
    commands.close_meeting(first, finished=first.starts_at.replace(hour=16), **BY)
    with pytest.raises(Refused, match="Choose a meeting with an open part"):
        commands.sign_off(first, agreed_at=later, by=chair, **BY)


def test_the_page_plans_it_for_who_may(house: House, board: Board) -> None:
    client = client_of(house, "secretary")
    assert "Who may know of it" in client.get("/boards/office/b/plan/").content.decode()
    board.refresh_from_db()
    sent = {"held_on": "16 July 2026", "starts_at": "14:00", "lasts": "90", "ground": "person"}
    assert client.post("/boards/office/b/plan/", sent | {"seen": board.head_sequence}).url == AT
    page = client.get(f"{AT}add/").content.decode()
    assert ("Closed part" in page, "Open part" in page) == (True, False)
