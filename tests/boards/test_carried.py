"""What boards hold more of than a page shows: what earlier meetings left to do, and the decisions of many meetings."""

from datetime import date, timedelta

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.commands import HeldAction, HeldItem
from candour.boards.models import BoardAction, Decision
from tests.boards.factories import BY, a_board
from tests.factories import House
from tests.risks.pages import signed_in

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 12)


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house, "secretary")


def a_long_meeting(house: House, many: int) -> None:
    """Two meetings: the first set so many actions, each due a day after the one before, one of them done before the second;
    and resolved as much."""
    board, owner = a_board(house, code="b"), house.posts["finance"]
    dues = [FIRST + timedelta(30 + number) for number in range(many)]
    actions = [HeldAction(f"Do {number}", owner, due) for number, due in enumerate(dues)]
    actions.append(HeldAction("Done before", owner, dues[0], date(2026, 4, 1), "So it was"))
    decided = [f"To do {number}" for number in range(many)]
    commands.bring_in_meeting(board, held_on=FIRST, items=[HeldItem("Estates", "Noted", owner, decided, actions)], **BY)
    set_later = [HeldAction("Set later", owner, date(2026, 6, 1))]
    commands.bring_in_meeting(
        board, held_on=date(2026, 5, 14), items=[HeldItem("Fleet", "Noted", owner, (), set_later)], **BY
    )


def test_what_earlier_meetings_left_to_do_is_told_page_by_page_each_once_and_by_its_date(
    house: House, client: Client
) -> None:
    a_long_meeting(house, 52)
    address = "/boards/meetings/office/B-2026-02/actions/"
    pages = [client.get(address), client.get(f"{address}?page=2")]
    assert [[row.text for row in page.context["earlier"]] for page in pages] == [
        [f"Do {number}" for number in range(50)], ["Do 50", "Do 51"],
    ]  # fmt: skip
    assert [[row.text for row in page.context["set_here"]] for page in pages] == [["Set later"], ["Set later"]]
    assert client.get(f"{address}?page=3").status_code == 404
    first = client.get("/boards/meetings/office/B-2026-01/actions/")
    assert (first.context["earlier"], len(first.context["set_here"])) == ([], BoardAction.objects.count() - 1)


def test_every_decision_is_on_one_page_of_the_register(house: House, client: Client) -> None:
    a_long_meeting(house, 52)
    pages = [client.get("/boards/decisions/"), client.get("/boards/decisions/?page=2")]
    found = [[row.pk for row, _ in page.context["rows"]] for page in pages]
    assert [len(page) for page in found] == [50, 2]
    assert sorted([*found[0], *found[1]]) == sorted(Decision.objects.values_list("pk", flat=True))


def test_actions_are_found_by_their_words_and_their_number_together(house: House, client: Client) -> None:
    a_long_meeting(house, 3)
    asked = ("later", "SET+later", "b-2026-a03", "do+b-2026-a03", "later+b-2026-a03")
    found = [[row.text for row in client.get(f"/boards/actions/?q={words}").context["rows"]] for words in asked]
    assert found == [["Set later"], ["Set later"], ["Do 2"], ["Do 2"], []]
