from datetime import date

import pytest

from candour.boards import commands
from candour.boards.models import Item
from candour.kernel.history.queries import as_at
from candour.kernel.history.verify import verify
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import House

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
