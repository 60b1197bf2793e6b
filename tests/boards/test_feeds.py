"""Calendar feeds: what a calendar reads, behind an address that only its person knows."""

from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from candour.boards import commands
from candour.boards.commands import BoardFacts
from candour.boards.models import Board, Feed
from candour.boards.queries.feeds import token_of
from candour.kernel.access import CANDOUR, PUBLIC, Forbidden
from candour.kernel.access.models import Grant
from candour.kernel.establishment.commands import end_grant
from candour.kernel.history.models import Entry
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(house: House) -> Board:
    return a_board(house, code="b", name="Governance Board", venue="Room 2")


def made(house: House, board: Board | None = None, *, by: str = "chief") -> str:
    """The path of a new feed."""
    feed = commands.make_feed(board=board, actor=house.actors[by], at=NOW)
    return f"/boards/calendar/{token_of(feed.seed)}.ics"


def events(path: str) -> list[dict[str, Any]]:
    """What a calendar reads, as (summary, begins, status, sequence, uid)."""
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    return [
        {
            "summary": str(one["summary"]),
            "begins": one["dtstart"].dt,
            "status": str(one.get("status", "")),
            "sequence": int(one["sequence"]),
            "uid": str(one["uid"]),
        }
        for one in read.walk("VEVENT")
    ]


def test_a_feed_holds_the_meeting_and_the_last_days_for_reports_and_agenda(house: House, board: Board) -> None:
    a_meeting(board)
    found = events(made(house, board))
    assert [(one["summary"], str(one["begins"])) for one in found] == [
        ("Governance Board", "2026-07-16 14:00:00+01:00"),
        ("Reports due: Governance Board, 16 July 2026", "2026-07-03"),
        ("Agenda out: Governance Board, 16 July 2026", "2026-07-08"),
    ]


def test_a_meeting_that_moves_keeps_its_uid_and_rises_in_sequence(house: House, board: Board) -> None:
    meeting, path = a_meeting(board), made(house, board)
    before = events(path)[0]
    commands.move_meeting(meeting, held_on=date(2026, 7, 20), **BY)
    commands.change_meeting(meeting, starts_at=time(9, 30), lasts=60, venue="Hall", **BY)
    after = events(path)[0]
    assert (before["uid"], str(after["begins"])) == (after["uid"], "2026-07-20 09:30:00+01:00")
    assert after["sequence"] == before["sequence"] + 2


def test_a_meeting_that_is_called_off_is_cancelled_and_has_no_deadlines(house: House, board: Board) -> None:
    meeting, path = a_meeting(board), made(house, board)
    commands.call_off(meeting, **BY)
    assert [(one["summary"], one["status"]) for one in events(path)] == [("Governance Board", "CANCELLED")]


def test_nothing_of_the_closed_part_is_in_a_feed(house: House, board: Board) -> None:
    meeting, path = a_meeting(board), made(house, board, by="reader")
    before = Client().get(path).content
    an_item(meeting, "Zanzibar", closed=True)
    assert Client().get(path).content == before


def test_ones_own_feed_holds_the_boards_on_which_ones_posts_sit(house: House, board: Board) -> None:
    a_meeting(board)
    a_meeting(a_board(house, name="Elsewhere", seats={"owner": "chair"}))
    assert {one["summary"].split(": ")[-1].split(",")[0] for one in events(made(house))} == {"Governance Board"}
    assert {one["summary"].split(": ")[-1].split(",")[0] for one in events(made(house, by="owner"))} == {"Elsewhere"}


def test_a_deadline_that_moves_with_the_days_of_its_board_rises_in_sequence(house: House, board: Board) -> None:
    a_meeting(board)
    path = made(house, board)
    before = {one["uid"]: one for one in events(path)}
    board.refresh_from_db()
    facts = {each.name: getattr(board, each.name) for each in fields(BoardFacts)} | {"papers_days": 10}
    commands.change_board(board, BoardFacts(**facts), **BY)
    after = {one["uid"]: one for one in events(path)}
    moved = [uid for uid in after if after[uid]["begins"] != before[uid]["begins"]]
    assert [uid.split("-")[0] for uid in moved] == ["reports"]
    assert {after[uid]["sequence"] - before[uid]["sequence"] for uid in moved} == {1}


def test_a_new_address_shuts_the_old_one_and_an_ended_feed_opens_no_more(house: House, board: Board) -> None:
    old = made(house, board)
    new = made(house, board)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    commands.end_feed(Feed.objects.get(ended_on=None), actor=house.actors["chief"], at=NOW)
    assert Client().get(new).status_code == 404
    assert Client().get("/boards/calendar/never.ics").status_code == 404


def test_who_lost_the_sight_of_a_board_reads_an_empty_calendar(house: House, board: Board) -> None:
    a_meeting(board)
    path = made(house, board, by="reader")
    assert len(events(path)) == 3
    granted = Grant.objects.select_related("post").get(post=house.posts["reader"])
    end_grant(granted, ends=date(2026, 6, 14), actor=CANDOUR, at=NOW, reason="Left")
    assert events(path) == []


def test_a_feed_is_its_persons_alone(house: House, board: Board) -> None:
    made(house, board)
    feed = Feed.objects.get()
    for actor in (house.actors["policy"], CANDOUR, PUBLIC):
        with pytest.raises(Forbidden):
            commands.end_feed(feed, actor=actor, at=NOW)
    for actor in (CANDOUR, PUBLIC):
        with pytest.raises(Forbidden):
            commands.make_feed(board=None, actor=actor, at=NOW)


def test_the_history_holds_no_address(house: House, board: Board) -> None:
    path = made(house, board)
    token = path.split("/")[-1].removesuffix(".ics")
    assert [entry for entry in Entry.objects.all() if token in entry.canonical + str(entry.words)] == []


def test_addresses_are_made_and_ended_on_a_page(house: House, board: Board) -> None:
    client = Client()
    client.force_login(house.people["chief"])
    assert client.post("/boards/calendar/", {"board": board.pk}).url == "/boards/calendar/"
    token = token_of(Feed.objects.get().seed)
    assert f"/boards/calendar/{token}.ics" in client.get("/boards/calendar/").content.decode()
    client.post("/boards/calendar/", {"board": board.pk, "end": "yes"})
    assert Feed.objects.filter(ended_on=None).count() == 0
    other = a_board(house, organisation=house.force, seats={"force_policy": "chair"})
    assert client.post("/boards/calendar/", {"board": other.pk}).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_a_feed_asks_the_same_number_of_questions_at_any_length(
    house: House, board: Board, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        a_meeting(board, date(2026, 7, 13 + number))
    path = made(house)
    with django_assert_num_queries(4):
        Client().get(path)
