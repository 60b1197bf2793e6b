"""Boards and meetings for tests, made through the real commands."""

from datetime import date, time
from itertools import count
from typing import Any

from candour.boards import commands
from candour.boards.commands import BoardFacts, NewItem, Taken
from candour.boards.models import Board, Item, Meeting
from candour.kernel.access import CANDOUR
from tests.factories import NOW, House

numbers = count(1)
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def a_board(house: House, **values: Any) -> Board:
    """A board of the office that meets each quarter at two in the afternoon, with a chair and two members of quorum two,
    unless said otherwise. seats: role by the house's name of the post."""
    number = next(numbers)
    body, code = values.pop("organisation", house.office), values.pop("code", f"b{number}")
    seats = values.pop("seats", {"chief": "chair", "finance": "member", "policy": "member"})
    given = {"name": f"Board {number}", "starts_at": time(14), "quorum": 2, "secretary": house.posts["secretary"]}
    made = commands.set_up_board(
        BoardFacts(**(given | values)), organisation=body, code=code, effective=date(2026, 1, 5), **BY
    )
    for name, role in seats.items():
        commands.give_seat(made, post=house.posts[name], role=role, starts=date(2026, 1, 5), **BY)
    return made


def a_meeting(board: Board, held_on: date = date(2026, 7, 16), **values: Any) -> Meeting:
    """A meeting of a board on 16 July 2026 unless said otherwise."""
    return commands.plan_meeting(board, held_on=held_on, **(BY | values))


def an_item(meeting: Meeting, title: str = "Budget monitoring", **values: Any) -> Item:
    """An item of a meeting's agenda; closed=True gives it a ground."""
    if values.get("closed"):
        values.setdefault("ground", "legal")
    return commands.add_item(meeting, NewItem(title=title, **values), **BY)


def a_sitting(board: Board, held_on: date = date(2026, 6, 11), **items: bool) -> tuple[Meeting, dict[str, Item]]:
    """A meeting of a board that was opened at two, with an item for each name (True: of the closed part), and all who have
    a seat there."""
    meeting = a_meeting(board, held_on)
    made = {name: an_item(meeting, f"The {name} item", closed=closed) for name, closed in items.items()}
    commands.open_meeting(meeting, started=time(14 if held_on < NOW.date() else 9), **BY)
    seats = board.seats.select_related("post").order_by("pk")
    commands.take_attendance(meeting, [Taken(seat.post, "present") for seat in seats], **BY)
    return meeting, {
        name: Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=item.pk)
        for name, item in made.items()
    }
