"""The ranking, the decision, letters and appeals of a round."""

from datetime import date
from typing import Any

import pytest

from candour.commissioning.commands import rounds as commands
from candour.commissioning.models import Appeal, Application
from candour.kernel.access.decide import Forbidden
from candour.kernel.records.models import Link
from candour.kernel.rules import Refused
from tests.commissioning.rounds.asserting import events, refused
from tests.commissioning.rounds.factories import (
    BY,
    a_round,
    again,
    an_application,
    begun,
    fresh,
    new,
    ranked,
    scored,
    scoring_of,
    send,
)
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


def test_the_ranking_waits_for_every_score(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    send(house, fresh(one), "owner", (3, 3, 3))
    assert refused(commands.rank, again(it), **BY)[1] == "Wait for 1 score still to be sent"


def test_once_the_ranking_stands_no_score_changes(house: House) -> None:
    it, (one,) = ranked(house, [10_000_00], [(3, 3, 3)])
    assert refused(commands.withdraw, one, on=TODAY, **BY)[1] == (
        "The ranking of this round stands: record an appeal or a correction instead"
    )
    row = scoring_of(house, one, "owner")
    with pytest.raises(Refused):
        commands.declare_conflict(row, actor=house.actors["owner"], at=NOW, reason="Late")
    assert it.ranked_on == TODAY


def test_a_round_is_decided_within_its_budget(house: House) -> None:
    it, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 3, 3)])
    both = {one.pk: 20_000_00, two.pk: 20_000_00}
    assert refused(commands.decide, it, awards=both, **BY) == (
        "awards",
        "These awards are £10,000 above the budget: lower some",
    )
    assert commands.decide(it, awards={one.pk: 20_000_00}, **BY) == 1
    assert list(Application.objects.order_by("pk").values_list("outcome", "award")) == [
        ("awarded", 20_000_00),
        ("refused", 0),
    ]
    assert events(one.pk)[-1] == "round.decided"


def test_a_part_is_awarded_only_where_the_round_allows_it(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)])
    assert refused(commands.decide, it, awards={one.pk: 5_000_00}, **BY)[0] == f"award_{one.pk}"


def test_an_award_in_part(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)], part_awards=True)
    commands.decide(it, awards={one.pk: 5_000_00}, **BY)
    assert fresh(one).outcome == "part"


def test_below_a_pass_mark_it_takes_an_exception(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(0, 4, 4)])
    awards = {one.pk: 20_000_00}
    assert refused(commands.decide, it, awards=awards, **BY) == (
        f"award_{one.pk}",
        "Need: 0, and 1 is needed: except it with a reason, or award nothing",
    )
    commands.decide(it, awards=awards, excepted=[one.pk], **BY)
    assert fresh(one).excepted is True


def test_equals_are_not_parted_before_the_tie_is_settled(house: House) -> None:
    it, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (4, 4, 4)])
    awards = {two.pk: 20_000_00}
    assert refused(commands.decide, it, awards=awards, **BY)[1] == (
        "Two applications are equal, and only one of them is awarded: settle the tie first"
    )
    commands.settle_tie(it, order=[two.pk, one.pk], **BY)
    assert commands.decide(it, awards=awards, **BY) == 1


def test_only_equals_can_be_a_tie(house: House) -> None:
    it, (one, two) = ranked(house, [10_000_00, 10_000_00], [(4, 4, 4), (3, 4, 4)])
    assert refused(commands.settle_tie, it, order=[two.pk, one.pk], **BY)[0] == "order"


def test_above_the_limit_of_ones_post_the_board_is_named(house: House) -> None:
    from candour.boards.commands import set_limit

    said: dict[str, Any] = {"organisation": house.office, "what": "Grants", "starts": date(2026, 1, 1), "board": None}
    set_limit(**said, post=house.posts["chief"], up_to=5_000, **BY)
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)])
    awards, chief = {one.pk: 20_000_00}, BY | {"actor": house.refreshed("chief")}
    assert refused(commands.decide, it, awards=awards, **chief) == (
        "approver",
        "Enter the board that agreed awards above £5,000, the limit of your post",
    )
    assert commands.decide(it, awards=awards, approver="Governance Board", **chief) == 1


def test_the_officer_does_not_decide(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)])
    with pytest.raises(Forbidden):
        commands.decide(it, awards={one.pk: 20_000_00}, **(BY | {"actor": house.actors["policy"]}))


def test_late_and_withdrawn_ones_get_their_outcome_with_the_decision(house: House) -> None:
    it = a_round(house)
    one, gone = an_application(it, "One"), an_application(it, "Gone")
    late = an_application(it, "Late", received_on=date(2026, 5, 20))
    out = fresh(commands.receive(it, new=new("Out", answers={1: "Much", 2: "No"}), **BY))
    commands.judge(out, eligible=False, **BY)
    it = begun(house, it, "owner", "reader")
    commands.withdraw(fresh(gone), on=TODAY, **BY)
    scored(house, {fresh(one): {"owner": (3, 3, 3), "reader": (3, 3, 3)}})
    commands.rank(again(it), **BY)
    commands.decide(again(it), awards={one.pk: one.asked}, **BY)
    outcomes = dict(Application.objects.values_list("pk", "outcome"))
    assert outcomes == {one.pk: "awarded", gone.pk: "withdrawn", late.pk: "late", out.pk: "ineligible"}


def decided(house: House) -> tuple[Any, Application, Application]:
    it, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 3, 3)])
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    commands.announce(again(it), **BY)
    return again(it), fresh(one), fresh(two)


def test_an_announced_round_is_closed_with_its_applications(house: House) -> None:
    it, one, two = decided(house)
    assert (it.record.closed_on, one.record.closed_on, two.record.closed_on) == (TODAY, TODAY, TODAY)
    assert refused(commands.announce, it, **BY)[1] == "This round is announced already"


def test_an_award_becomes_an_agreement_with_its_instalments_and_conditions(house: House) -> None:
    _, one, two = decided(house)
    terms: dict[str, Any] = {"service": "Boxing club", "area": "North", "starts": TODAY, "ends": date(2027, 3, 31)}
    made = commands.make_agreement(one, **terms, instalments=3, **BY)
    assert (made.kind, made.value, made.provider.name) == ("grant", 20_000_00, "Group 1")
    assert made.management.splitlines() == [
        "Instalment 1: £6,666.68",
        "Instalment 2: £6,666.66",
        "Instalment 3: £6,666.66",
    ]
    assert "A return each quarter" in made.specification
    assert Link.objects.get(record=one.pk).to_id == made.pk
    assert refused(commands.make_agreement, fresh(one), **terms, instalments=1, **BY)[0] == "service"
    assert refused(commands.make_agreement, two, **terms, instalments=1, **BY)[1] == (
        "Only an award that was announced becomes an agreement"
    )


def test_an_appeal_that_is_upheld_changes_the_award_and_keeps_what_was_decided(house: House) -> None:
    _, _, two = decided(house)
    appeal = commands.receive_appeal(two, on=TODAY, **BY)
    commands.answer_appeal(appeal, upheld=True, after=10_000_00, **BY)
    row = Appeal.objects.get()
    assert (row.before, row.after, fresh(two).award, fresh(two).outcome) == (0, 10_000_00, 10_000_00, "part")
    assert "round.decided" in events(two.pk)
    row.application = fresh(two)
    assert refused(commands.answer_appeal, row, upheld=False, after=None, **BY)[1] == (
        "This is answered already: record another appeal"
    )


def test_who_scored_it_does_not_answer_its_appeal(house: House) -> None:
    from candour.kernel.establishment.commands import grant

    _, _, two = decided(house)
    appeal = commands.receive_appeal(two, on=TODAY, correction=True, **BY)
    grant("chief_officer", post=house.posts["owner"], organisation=house.office, starts=date(2026, 1, 1), **BY)
    mine = BY | {"actor": house.refreshed("owner")}
    assert refused(commands.answer_appeal, appeal, upheld=False, after=None, **mine)[1] == (
        "Your post was given this application to score: somebody else answers"
    )


def test_nothing_is_appealed_before_the_decision(house: House) -> None:
    it = an_application(a_round(house))
    assert refused(commands.receive_appeal, it, on=TODAY, **BY)[1] == "The round is not decided yet"


def test_an_award_has_conditions_of_its_own_until_the_letters_go_out(house: House) -> None:
    it, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 3, 3)])
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    commands.set_conditions(fresh(one), conditions="A visit in May\n\n The hall is insured ", **BY)
    assert fresh(one).conditions == "A visit in May\nThe hall is insured"
    assert refused(commands.set_conditions, fresh(two), conditions="A visit", **BY)[1] == "Only an award has conditions"
    commands.announce(again(it), **BY)
    assert refused(commands.set_conditions, fresh(one), conditions="", **BY)[0] == "conditions"
