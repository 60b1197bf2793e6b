"""Slippage: the dates of a plan’s activities that moved, by how much, how often and why."""

from datetime import date

import pytest

from candour.plan import commands, rules
from tests.factories import House
from tests.plan.factories import BY, a_plan, an_activity, an_objective, tree
from tests.risks.pages import questions, said, signed_in

WHERE = "/plan/slippage/"


def test_days_are_counted_from_the_first_date_and_once_for_each_owner() -> None:
    first = date(2026, 1, 1)
    moved = [
        rules.Moved("Head of A", first, date(2026, 1, 31), 2),
        rules.Moved("Head of B", first, date(2026, 1, 11), 3),
        rules.Moved("Head of A", first, date(2025, 12, 22), 1),
    ]
    assert rules.slippage(moved) == rules.Slippage(activities=3, moves=6, middle=10, most=30)
    assert rules.slippage([]) == rules.Slippage(0, 0, 0, 0)
    assert rules.by_owner(moved) == [
        ("Head of A", rules.Slippage(2, 3, 10, 30)), ("Head of B", rules.Slippage(1, 3, 10, 10)),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("moment")
def test_each_move_stands_with_its_reason_the_furthest_first(house: House) -> None:
    client = signed_in(house, "policy")
    assert "No date has moved" in said(client.get(WHERE))
    _, objective, one = tree(house)
    far, still = an_activity(objective, house, title="Open a house"), an_activity(objective, house, title="Stay")
    gone = an_activity(objective, house, title="Gone")
    for activity, to in (
        (one, date(2027, 1, 10)),
        (far, date(2027, 3, 31)),
        (far, date(2027, 6, 30)),
        (gone, date(2027, 2, 1)),
    ):
        commands.move_due(activity, to=to, approver="The board", **(BY | {"reason": f"Builders until {to.year}"}))
    commands.stop_activity(gone, **BY)
    page = client.get(WHERE)
    assert [(one_.row.reference, one_.moved.days, one_.moved.moves) for one_, *_ in page.context["rows"]] == [
        (far.record.reference, 181, 2), (one.record.reference, 10, 1),
    ]  # fmt: skip
    words = said(page)
    assert "2 of 3 activities with a date moved 3 moves in all" in words
    assert "31 December 2026 to 31 March 2027. Builders until 2027. Agreed by The board." in words
    assert still.record.reference not in words
    assert "Slippage" in said(client.get("/plan/activities/"))


@pytest.mark.django_db
@pytest.mark.usefixtures("moment")
def test_a_hidden_activity_leaves_no_trace_of_its_moves(house: House) -> None:
    _, objective, _ = tree(house)
    client = signed_in(house, "reader")
    before, asked = client.get(WHERE).content, questions(client, WHERE)
    hidden = an_activity(objective, house, title="Secret", sensitivity="restricted", owner=house.posts["policy"])
    commands.move_due(hidden, to=date(2027, 3, 31), **BY)
    assert (client.get(WHERE).content, questions(client, WHERE)) == (before, asked)
    assert "Secret" in said(signed_in(house, "policy").get(WHERE))
    a_plan(house, reference="PCP30", sensitivity="restricted", owner=house.posts["policy"])
    assert client.get(f"{WHERE}?plan=PCP30").content == client.get(WHERE).content


@pytest.mark.django_db
@pytest.mark.usefixtures("moment")
def test_the_page_asks_as_often_for_many_as_for_one(house: House) -> None:
    plan, _, first = tree(house)
    commands.move_due(first, to=date(2027, 3, 31), **BY)
    client = signed_in(house, "policy")
    asked = questions(client, WHERE)
    other = an_objective(plan, house, number="1.2", title="Another")
    for number in range(3):
        one = an_activity(other, house, title=f"One {number}")
        for month in (1, 2):
            commands.move_due(one, to=date(2027, month, 28), **BY)
    assert questions(client, WHERE) == asked
    assert asked <= 12
