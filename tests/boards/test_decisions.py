from datetime import date
from typing import Any

import pytest

from candour.boards.access import BoardPermission
from candour.boards.commands import NewDecision, decide, record_decision
from candour.boards.models import Decision
from candour.boards.queries import decisions_of, visible_decisions
from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.records.commands import share
from candour.kernel.records.models import visible
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_sitting
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db


def decided(house: House, *, by: str = "policy", **values: Any) -> Decision:
    given: dict[str, Any] = {
        "organisation": house.office,
        "board": "Audit Panel",
        "met_on": date(2026, 4, 23),
        "minute": "41",
        "resolved": "To close what was proposed.",
    }
    return record_decision(**(given | values), actor=house.actors[by], at=NOW)


def test_a_decision_says_which_board_when_under_which_minute_and_what(house: House) -> None:
    made = decided(house, board="  Audit   Panel ")
    assert (str(made), made.resolved) == ("Audit Panel, 23 April 2026, minute 41", "To close what was proposed.")
    assert str(decided(house, minute="")) == "Audit Panel, 23 April 2026"


def test_it_holds_from_the_day_of_the_meeting(house: House) -> None:
    decided(house)
    entry = Entry.objects.get(event="decision.recorded")
    assert (entry.effective, entry.record_label) == (date(2026, 4, 23), "Audit Panel, 23 April 2026, minute 41")


def test_the_same_again_gives_the_decision_that_stands(house: House) -> None:
    first = decided(house)
    assert decided(house).pk == first.pk
    assert decided(house, resolved="To send one back.").pk != first.pk
    assert decided(house, organisation=house.force, by="force_policy").pk != first.pk


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"board": " "}, "board", "Enter the board that resolved it"),
        ({"resolved": " "}, "resolved", "Enter what was resolved, as the minutes put it"),
        (
            {"met_on": date(2026, 6, 16)},
            "met_on",
            "16 June 2026 is still to come: enter the day on which the board met",
        ),
    ],
)
def test_what_no_board_can_have_resolved_is_refused(
    house: House, values: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        decided(house, **values)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_body_sees_its_own_decisions_newest_first_and_the_other_body_does_not(house: House) -> None:
    old, new = decided(house, met_on=date(2026, 1, 22)), decided(house)
    assert decisions_of(house.office.pk, actor=house.actors["reader"]) == [new, old]
    assert decisions_of(house.office.pk, actor=house.actors["force_reader"]) == []


def test_a_decision_is_seen_by_whoever_sees_its_item_shared_or_not(house: House) -> None:
    named = {"open": False, "closed": True, "shared": False, "both": True}
    _, items = a_sitting(a_board(house), **named)
    made = {
        decide(item, NewDecision(f"To note the {name} item."), actor=CANDOUR, at=NOW).pk: name
        for name, item in items.items()
    }
    for name in ("shared", "both"):
        share(items[name].record, organisation=house.force, **BY)
    seen = {}
    for who, actor in house.actors.items():
        seen[who] = {made[pk] for pk in Decision.objects.filter(visible_decisions(actor)).values_list("pk", flat=True)}
        by_item = Decision.objects.filter(visible(actor, BoardPermission.SEE, "item__record__"))
        assert seen[who] == {made[pk] for pk in by_item.values_list("pk", flat=True)}
    assert (seen["policy"], seen["reader"], seen["force_reader"]) == ({*named}, {"open", "shared"}, {"shared"})
    assert seen["force_policy"] == {"shared", "both"}


def test_only_who_keeps_the_boards_record_may_record_one(house: House) -> None:
    with pytest.raises(Forbidden):
        decided(house, by="owner")
    assert Decision.objects.count() == 0
