from datetime import date

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.models import Item
from candour.kernel.history.queries import as_at
from candour.kernel.history.verify import verify
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db


def test_a_meeting_takes_the_time_and_place_of_its_board_and_the_next_reference(house: House) -> None:
    board = a_board(house, code="cgb", name="Corporate Governance Board", venue="Room 2")
    first, second = a_meeting(board), a_meeting(board, date(2026, 9, 17))
    assert (first.record.reference, second.record.reference) == ("CGB-2026-01", "CGB-2026-02")
    assert (first.record.title, first.venue) == ("Corporate Governance Board, 16 July 2026", "Room 2")


def test_items_get_their_numbers_when_the_agenda_goes_out_the_closed_part_after_the_open(house: House) -> None:
    meeting = a_meeting(a_board(house))
    one = an_item(meeting, "Apologies")
    closed = an_item(meeting, "Restricted risks", closed=True)
    two = an_item(meeting, "Budget")
    commands.place_item(two, to=0, **BY)
    commands.issue_agenda(meeting, **BY)
    numbers = dict(Item.objects.values_list("pk", "number"))
    assert (numbers[two.pk], numbers[one.pk], numbers[closed.pk]) == ("1", "2", "3")


def test_the_history_of_meetings_and_items_holds(house: House) -> None:
    meeting = a_meeting(a_board(house))
    an_item(meeting)
    commands.move_meeting(meeting, held_on=date(2026, 7, 17), **BY)
    assert verify().holds
    assert as_at(type(meeting).objects.filter(pk=meeting.pk), date(2026, 6, 15))[0]["starts_at"] == meeting.starts_at


def test_a_body_whose_post_has_a_seat_sees_the_board_its_meetings_and_open_items(house: House) -> None:
    board = a_board(house, code="b")
    before = a_meeting(board)
    an_item(before, "Budget")
    reader = Client()
    reader.force_login(house.people["force_reader"])
    at = "/boards/meetings/office/B-2026-01/"
    assert (reader.get(at).status_code, reader.get("/boards/office/b/").status_code) == (404, 404)
    commands.give_seat(board, post=house.posts["force_policy"], role="member", starts=TODAY, **BY)
    an_item(before, "Zanzibar affair", closed=True)
    page = reader.get(at).content.decode()
    assert ("Budget" in page, "Zanzibar" in page) == (True, False)
    deep = Client()
    deep.force_login(house.people["force_policy"])
    assert "Zanzibar" in deep.get(at).content.decode()
    assert reader.get("/boards/office/b/").status_code == 200
    after = a_meeting(board, date(2026, 9, 17))
    assert reader.get(f"/boards/meetings/office/{after.record.reference}/").status_code == 200


def test_who_presents_an_item_in_another_body_brings_its_paper(house: House) -> None:
    board = a_board(house, code="b", seats={"force_policy": "member"})
    an_item(a_meeting(board), presenter=house.posts["force_policy"])
    client = Client()
    client.force_login(house.people["force_policy"])
    assert client.get("/boards/items/office/B-2026-01.1/papers/add/").status_code == 200
    reader = Client()
    reader.force_login(house.people["force_reader"])
    assert reader.get("/boards/items/office/B-2026-01.1/papers/add/").status_code == 404
