"""Meetings that were held before Candour was there, brought in with what came of them."""

from datetime import date

import pytest

from candour.boards import commands
from candour.boards.commands import HeldAction, HeldItem
from candour.boards.models import BoardAction, Decision, Meeting
from candour.boards.queries.acted import action_row
from candour.boards.queries.boards import meeting_row, meetings_seen
from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db
HELD = date(2026, 3, 12)


def items(house: House) -> list[HeldItem]:
    owner = house.posts["finance"]
    late = HeldAction("Write to the landlord", owner, date(2026, 4, 30))
    done = HeldAction("Call them", owner, date(2026, 4, 30), date(2026, 5, 4), "They were called")
    return [HeldItem("Estates", "It was discussed", owner, ["Agreed: sell"], [late, done]), HeldItem("Fleet", "Noted")]


def test_a_meeting_is_brought_in_with_its_minutes_decisions_and_actions(house: House) -> None:
    board = a_board(house, code="b")
    meeting = commands.bring_in_meeting(board, held_on=HELD, items=items(house), **BY)
    assert [(row.record.title, row.minute.text) for row in meeting.items.order_by("position")] == [
        ("Estates", "It was discussed"),
        ("Fleet", "Noted"),
    ]
    assert list(Decision.objects.values_list("resolved", "met_on", "minute")) == [("Agreed: sell", HELD, "1")]
    rows = BoardAction.objects.select_related(
        "action__owner", "item__record__organisation", "item__meeting__board", "item__meeting__record"
    )
    shown = [action_row(row, today=TODAY) for row in rows.order_by("pk")]
    assert [(row.number, row.state) for row in shown] == [("B-2026-A01", "late"), ("B-2026-A02", "done")]
    (row,) = meetings_seen(CANDOUR).filter(pk=meeting.pk)
    assert (meeting_row(row, TODAY).state, row.record.reference) == ("Minutes in draft", "B-2026-01")
    assert Entry.objects.filter(event__in=["meeting.brought_in", "item.brought_in"]).count() == 3
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("day", "given", "field"),
    [(date(2026, 7, 16), True, "held_on"), (date(2025, 7, 17), True, "held_on"), (HELD, False, "items")],
)
def test_what_cannot_have_been_held_is_refused(house: House, day: date, given: bool, field: str) -> None:
    board = a_board(house)
    with pytest.raises(Refused) as refused:
        commands.bring_in_meeting(board, held_on=day, items=items(house) if given else [], **BY)
    assert (refused.value.field, Meeting.objects.count()) == (field, 0)


def test_a_day_on_which_the_board_met_is_refused_and_numbers_go_on(house: House) -> None:
    board = a_board(house, code="b")
    commands.bring_in_meeting(board, held_on=HELD, items=items(house), **BY)
    with pytest.raises(Refused, match="The board met on 12 March 2026 already"):
        commands.bring_in_meeting(board, held_on=HELD, items=items(house), **BY)
    commands.bring_in_meeting(board, held_on=date(2026, 5, 14), items=items(house), **BY)
    assert list(BoardAction.objects.order_by("pk").values_list("number", flat=True))[2:] == ["B-2026-A03", "B-2026-A04"]
    assert a_meeting(board).record.reference == "B-2026-03"


def test_which_action_took_the_place_of_one_brought_in_as_dropped_is_said_of_the_boards_own_alone(house: House) -> None:
    board, other = a_board(house, code="b"), a_board(house, code="o")
    for each in (board, other):
        commands.bring_in_meeting(each, held_on=HELD, items=items(house), **BY)
    (changed,) = commands.bring_in_replacements(board, {"B-2026-A01": "B-2026-A02"}, **BY)
    changed.refresh_from_db()
    assert (changed.number, changed.superseded_by.number) == ("B-2026-A01", "B-2026-A02")
    for wrong in ({"B-2026-A01": "O-2026-A02"}, {"B-2026-A02": "B-2026-A02"}, {"B-2026-A09": "B-2026-A02"}):
        with pytest.raises(Refused, match="is no other action of"):
            commands.bring_in_replacements(board, wrong, **BY)
