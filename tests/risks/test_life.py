"""Proposed scores, responses, joint risks, mergers and who agreed each: what is written, and what is refused."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.actions.commands import add_action, carry_over, drop_actions
from candour.kernel.actions.models import Action
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.verify import verify
from candour.kernel.records.commands import link
from candour.kernel.records.models import Link, Record
from candour.kernel.records.search import search
from candour.kernel.rules import Refused
from candour.risks import commands
from candour.risks.models import Assessment, Control, Risk, RiskLine
from candour.risks.queries import register
from tests.factories import NOW, TODAY, House, a_risk

RAISED = date(2026, 1, 10)
BOARD = "Joint Audit Panel"


def by(house: House, reason: str = "Because", actor: str = "policy") -> dict[str, Any]:
    return {"actor": house.actors[actor], "at": NOW, "reason": reason}


def fresh(risk: Risk) -> Risk:
    return Risk.objects.select_related("record__organisation", "merged_into", "joint_with").get(pk=risk.pk)


def last(risk: Risk) -> tuple[str, str, str]:
    (event,) = events([entries_of(risk.record)[0]])
    return event.event, event.reason, event.approver


def line_of(risk: Risk) -> RiskLine:
    return RiskLine.objects.get(pk=risk.pk)


def refused(act: Any) -> tuple[str, str]:
    before = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        act()
    assert Entry.objects.count() == before
    return caught.value.field, caught.value.message


# A proposed score


def test_a_proposed_score_counts_for_nothing_until_it_is_agreed(house: House) -> None:
    risk = a_risk(house)
    commands.propose_score(risk, impact=4, likelihood=4, effective=date(2026, 3, 1), **by(house, "It grew"))
    assert (line_of(risk).score, line_of(risk).scored_on) == (9, RAISED)
    (row,) = register(CANDOUR, today=TODAY)
    assert (row.line.score, row.proposed and row.proposed.score) == (9, 16)
    commands.agree_score(risk, approver=BOARD, effective=date(2026, 4, 1), **by(house, "Seen by the panel"))
    assert (line_of(risk).score, line_of(risk).scored_on) == (16, date(2026, 4, 1))
    assert last(risk) == ("risk.score_agreed", "Seen by the panel", BOARD)
    scores = {
        day: register(CANDOUR, today=TODAY, as_at=day)[0].line.score for day in (date(2026, 3, 31), date(2026, 4, 1))
    }
    assert scores == {date(2026, 3, 31): 9, date(2026, 4, 1): 16}
    (row,) = register(CANDOUR, today=TODAY, as_at=date(2026, 3, 31))
    assert row.proposed is not None
    assert (row.proposed.score, row.proposed.since) == (16, date(2026, 3, 1))
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("name", "event"), [("refuse_score", "risk.score_refused"), ("withdraw_score", "risk.score_withdrawn")]
)
def test_a_score_refused_or_withdrawn_leaves_the_score_as_it_was(house: House, name: str, event: str) -> None:
    risk = a_risk(house)
    commands.propose_score(risk, impact=4, likelihood=4, **by(house))
    getattr(commands, name)(risk, **by(house, "Not shown"))
    assert (line_of(risk).score, last(risk)[:2]) == (9, (event, "Not shown"))
    assert register(CANDOUR, today=TODAY)[0].proposed is None
    commands.propose_score(risk, impact=1, likelihood=1, **by(house))
    assert Assessment.objects.filter(risk=risk, proposed=True, withdrawn_on=None).count() == 1


def test_one_score_is_proposed_at_a_time_and_another_than_stands(house: House) -> None:
    risk = a_risk(house)
    same = refused(lambda: commands.propose_score(risk, impact=3, likelihood=3, **by(house)))
    assert same == ("impact", "That is the score as it stands: choose another")
    commands.propose_score(risk, impact=4, likelihood=4, **by(house))
    second = refused(lambda: commands.propose_score(risk, impact=1, likelihood=1, **by(house)))
    assert second == ("impact", "A score is proposed already: say first what became of it")


def test_agreeing_needs_a_proposal_a_board_and_the_permission(house: House) -> None:
    risk = a_risk(house)
    nothing = refused(lambda: commands.agree_score(risk, approver=BOARD, **by(house)))
    assert nothing == ("answer", "No score is proposed any longer: look at the risk as it is now")
    commands.propose_score(risk, impact=4, likelihood=4, **by(house, actor="owner"))
    nobody = refused(lambda: commands.agree_score(risk, approver=" ", **by(house)))
    assert nobody == ("approver", "Enter the board or post that agreed it")
    early = refused(lambda: commands.agree_score(risk, approver=BOARD, effective=RAISED, **by(house)))
    assert early == ("effective", "Enter a day on or after the day it was proposed")
    for name in ("agree_score", "refuse_score"):
        with pytest.raises(Forbidden):
            getattr(commands, name)(risk, approver=BOARD, **by(house, actor="owner"))
    commands.withdraw_score(risk, **by(house, actor="owner"))


def test_inherent_and_target_scores_stand_beside_the_current_one(house: House) -> None:
    risk = a_risk(house)
    commands.set_inherent(risk, impact=4, likelihood=4, **by(house, "Before any control"))
    commands.set_target(risk, impact=2, likelihood=2, **by(house))
    (row,) = register(CANDOUR, today=TODAY)
    assert (row.inherent and row.inherent.score, row.line.score, row.target and row.target.score) == (16, 9, 4)
    assert (line_of(risk).score, line_of(risk).target) == (9, 4)


# Responses


def test_accepting_counts_until_another_response_or_a_review_that_does_not_accept(house: House) -> None:
    risk = a_risk(house)
    commands.choose_response(risk, response="accept", approver=BOARD, **by(house, "Too dear to reduce"))
    assert (fresh(risk).response, fresh(risk).accepted_on, line_of(risk).accepted_on) == ("accept", TODAY, TODAY)
    assert last(risk) == ("risk.response_chosen", "Too dear to reduce", BOARD)
    commands.choose_response(fresh(risk), response="share", **by(house))
    assert (fresh(risk).response, fresh(risk).accepted_on) == ("share", None)
    said: dict[str, Any] = {"impact": 3, "likelihood": 3, "narrative": "Nothing moved", "answers": {}}
    who = {"actor": house.actors["policy"], "at": NOW}
    commands.review(fresh(risk), accept=True, **said, **who)
    assert (fresh(risk).response, fresh(risk).accepted_on) == ("accept", TODAY)
    commands.review(fresh(risk), accept=False, **said, **who)
    assert (fresh(risk).response, fresh(risk).accepted_on) == ("", None)


def test_a_response_that_stands_already_or_is_none_is_refused(house: House) -> None:
    risk = a_risk(house, response="reduce")
    assert refused(lambda: commands.choose_response(risk, response="reduce", **by(house)))[0] == "response"
    assert refused(lambda: commands.choose_response(risk, response="hope", **by(house))) == (
        "response",
        "Choose what is done about the risk",
    )


# Joint risks


def test_a_joint_risk_keeps_the_other_bodys_reference_and_is_found_by_it(house: House) -> None:
    risk = a_risk(house)
    commands.make_joint(risk, joint_with=house.force, joint_reference=" ST0201 ", **by(house))
    assert (fresh(risk).joint_with, fresh(risk).joint_reference) == (house.force, "ST0201")
    assert [record.pk for record in search("st0201", actor=house.actors["reader"])] == [risk.pk]
    commands.make_joint(fresh(risk), joint_with=None, joint_reference="", **by(house))
    assert (fresh(risk).joint_with, fresh(risk).joint_reference) == (None, "")
    (then,) = register(CANDOUR, today=TODAY, as_at=TODAY)
    assert then.joint_with == ""


def test_a_risk_is_not_joint_with_its_own_body_or_with_none(house: House) -> None:
    risk = a_risk(house)
    own = refused(lambda: commands.make_joint(risk, joint_with=house.office, joint_reference="", **by(house)))
    assert own == ("joint_with", "Choose the other body, not the one whose risk this is")
    none = refused(lambda: commands.make_joint(risk, joint_with=None, joint_reference="X", **by(house)))
    assert none == ("joint_with", "Choose the body whose reference this is")


# Who agreed it


def test_every_turn_of_a_risk_keeps_who_agreed_it(house: House) -> None:
    risk, said = a_risk(house), by(house) | {"approver": BOARD}
    turns: list[tuple[str, Any]] = [
        ("risk.level_changed", lambda: commands.change_level(fresh(risk), level="operational", **said)),
        ("risk.restricted", lambda: commands.restrict(fresh(risk), sensitivity="office", **said)),
        (
            "risk.handed_over",
            lambda: commands.hand_over(fresh(risk), owner=None, responsible_officer=None, **said),
        ),
        ("risk.closed", lambda: commands.close(fresh(risk), **said)),
        ("risk.reopened", lambda: commands.reopen(fresh(risk), **said)),
    ]
    for event, act in turns:
        act()
        assert last(risk) == (event, "Because", BOARD)
    assert verify().failure == ""


def test_a_risk_does_not_move_to_the_register_that_it_is_on(house: House) -> None:
    risk = a_risk(house)
    assert refused(lambda: commands.change_level(risk, level="strategic", **by(house))) == (
        "level",
        "It is on the strategic register already: choose another",
    )


# Controls


def test_a_control_is_reworded_given_away_and_moved_with_a_reason(house: House) -> None:
    risk = a_risk(house)
    control = commands.add_control(risk, text="A plan", due=date(2026, 7, 1), **by(house))
    owner = house.posts["owner"]
    commands.change_control(control, text=" A better plan ", owner=owner, due=date(2026, 8, 1), **by(house, "Clearer"))
    held = Control.objects.get(pk=control.pk)
    assert (held.text, held.owner, held.due) == ("A better plan", owner, date(2026, 8, 1))
    assert last(risk)[:2] == ("risk.control_changed", "Clearer")
    assert line_of(risk).next_control_due == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"text": " "}, ("text", "Enter what the control is")),
        ({}, ("text", "Nothing is changed yet: change the words, the owner or the date")),
        ({"due": date(2026, 6, 1)}, ("due", "Enter a date on or after 15 June 2026")),
    ],
)
def test_a_change_of_a_control_that_says_nothing_is_refused(house: House, given: dict, expected: tuple) -> None:
    control = commands.add_control(a_risk(house), text="A plan", due=date(2026, 7, 1), **by(house))
    now = {"text": "A plan", "owner": None, "due": date(2026, 7, 1)} | given
    assert refused(lambda: commands.change_control(control, **now, **by(house))) == expected


def test_a_control_in_place_says_how_it_works(house: House) -> None:
    said = {"text": "A lock", "in_place_since": RAISED, "effect": "in part"}
    control = commands.add_control(a_risk(house), **said, **by(house))
    assert control.effect == "in part"
    commands.settle_control(control, answer="fails", **by(house))
    assert Control.objects.get(pk=control.pk).effect == "fails"


# Merging


class Two:
    """A risk with two pending controls, one in place and two actions, and the risk that stays."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.gone, self.stays = a_risk(house, reference="G1"), a_risk(house, reference="S1")
        due = date(2026, 7, 1)
        self.moves = commands.add_control(self.gone, text="Moves", due=due, owner=house.posts["owner"], **by(house))
        self.ends = commands.add_control(self.gone, text="Ends", due=due, **by(house))
        self.holds = commands.add_control(self.gone, text="Holds", in_place_since=RAISED, effect="works", **by(house))
        who = {"owner": house.posts["owner"], "actor": CANDOUR, "at": NOW}
        self.act = add_action(self.gone.record, text="Act", due=date(2026, 9, 1), effective=RAISED, **who)
        self.idle = add_action(self.gone.record, text="Idle", due=date(2026, 9, 1), **who)

    def merge(self) -> None:
        commands.merge(
            fresh(self.gone),
            into=fresh(self.stays),
            controls={self.moves.pk: "move", self.holds.pk: "move", self.ends.pk: "end"},
            actions={self.act.pk: "move"},
            approver=BOARD,
            **by(self.house, "One cause"),
        )

    def standing(self, risk: Risk) -> list[str]:
        return list(Control.objects.filter(risk=risk, removed_on=None).order_by("text").values_list("text", flat=True))

    def to_do(self, risk: Risk) -> list[str]:
        return list(
            Action.objects.filter(record=risk.record, removed_on=None).order_by("text").values_list("text", flat=True)
        )


def test_a_merged_risk_closes_into_the_other_and_both_histories_say_so(house: House) -> None:
    two = Two(house)
    two.merge()
    assert (fresh(two.gone).record.closed_on, fresh(two.gone).merged_into) == (TODAY, two.stays.record)
    assert (two.standing(two.gone), two.standing(two.stays)) == ([], ["Holds", "Moves"])
    assert (two.to_do(two.gone), two.to_do(two.stays)) == ([], ["Act"])
    merged = [events([entries_of(each.record).filter(event="risk.merged").get()])[0] for each in (two.gone, two.stays)]
    assert [(event.reason, event.approver) for event in merged] == [("One cause", BOARD)] * 2
    assert Link.objects.filter(ended=None).values_list("record", "to", "how").get() == (
        two.stays.pk,
        two.gone.pk,
        "took in",
    )
    assert line_of(two.stays).open_controls == 1
    assert verify().failure == ""


def test_what_moves_with_a_merger_keeps_its_owner_and_its_dates(house: House) -> None:
    two = Two(house)
    two.merge()
    moved = Control.objects.get(came_from=two.moves)
    assert (moved.owner, moved.due, moved.pending) == (house.posts["owner"], date(2026, 7, 1), True)
    held = Control.objects.get(came_from=two.holds)
    assert (held.in_place_since, held.effect, held.pending) == (RAISED, "works", False)
    acted = Action.objects.get(came_from=two.act)
    assert (acted.original_due, acted.due, acted.added_on) == (date(2026, 9, 1), date(2026, 9, 1), TODAY)


def test_reopening_undoes_a_merger(house: House) -> None:
    two = Two(house)
    two.merge()
    commands.reopen(fresh(two.gone), **by(house, "Two causes after all"))
    assert (fresh(two.gone).record.closed_on, fresh(two.gone).merged_into) == (None, None)
    assert (two.standing(two.gone), two.standing(two.stays)) == (["Ends", "Holds", "Moves"], [])
    assert (two.to_do(two.gone), two.to_do(two.stays)) == (["Act"], [])
    assert Link.objects.filter(ended=None).count() == 0
    assert entries_of(two.stays.record).filter(event="risk.reopened").count() == 1
    assert verify().failure == ""


def test_a_link_that_led_there_before_a_merger_reads_as_it_did_after_reopening(house: House) -> None:
    two = Two(house)
    link(two.stays.record, to=two.gone.record, how="is made worse by", **by(house))
    two.merge()
    assert Link.objects.values_list("how", "ended").get() == ("took in", None)
    commands.reopen(fresh(two.gone), **by(house))
    assert Link.objects.values_list("how", "ended").get() == ("is made worse by", None)


def test_a_merger_is_refused_where_the_two_are_not_seen_alike(house: House) -> None:
    risk = a_risk(house)
    cases = {
        "into itself": (fresh(risk), "Choose another risk than this one"),
        "other body": (
            a_risk(house, organisation=house.force, owner=None, responsible_officer=None),
            "Choose a risk of the same body: a joint risk is kept by each body",
        ),
        "restricted": (
            a_risk(house, sensitivity="restricted"),
            "One of the two is restricted: change who may see it first, so that both are seen alike",
        ),
    }
    closed = a_risk(house, reference="C1")
    commands.close(closed, **by(house))
    cases["closed"] = (fresh(closed), "C1 is closed: reopen it first, or choose another risk")
    for into, message in cases.values():
        act = lambda into=into: commands.merge(  # noqa: E731
            risk, into=into, controls={}, actions={}, actor=CANDOUR, at=NOW, reason="Same"
        )
        assert refused(act) == ("into", message)
    with pytest.raises(Forbidden):
        commands.merge(risk, into=fresh(risk), controls={}, actions={}, **by(house, actor="owner"))


def test_actions_are_carried_over_and_dropped_together(house: House) -> None:
    two = Two(house)
    said = by(house)
    (moved,) = carry_over([two.act], record=two.gone.record, to=two.stays.record, **said)
    drop_actions([two.idle, two.act], record=two.gone.record, **said)
    assert (moved.record_id, moved.came_from_id) == (two.stays.pk, two.act.pk)
    assert two.to_do(two.gone) == []
    assert [last(each)[0] for each in (two.gone, two.stays)] == ["action.dropped", "action.carried_over"]
    with pytest.raises(Forbidden):
        carry_over([moved], record=two.stays.record, to=two.gone.record, **by(house, actor="reader"))
    with pytest.raises(Forbidden):
        drop_actions([moved], record=two.stays.record, **by(house, actor="reader"))
    assert Record.objects.get(pk=two.stays.pk).head_sequence == 2


# Reviewing many at once


def test_many_reviews_are_saved_with_an_entry_each(house: House) -> None:
    risks = [a_risk(house) for _ in range(3)]
    answers = {
        risks[0].pk: commands.Answer(),
        risks[1].pk: commands.Answer("Twice as likely", (3, 4)),
    }
    who = {"actor": house.actors["owner"], "at": NOW}
    commands.review_many([fresh(risk) for risk in risks], answers, **who)
    assert [fresh(risk).last_review for risk in risks] == [TODAY, TODAY, None]
    assert [line_of(risk).score for risk in risks] == [9, 12, 9]
    assert [last(risk)[:2] for risk in risks[:2]] == [
        ("risk.reviewed", "Reviewed: nothing has moved."),
        ("risk.reviewed", "Twice as likely"),
    ]
    assert verify().failure == ""


def test_one_row_that_is_unfit_keeps_all_from_being_saved(house: House) -> None:
    fine, moved, late, off = (a_risk(house) for _ in range(4))
    commands.add_control(late, text="Late", due=date(2026, 6, 1), effective=RAISED, **by(house))
    answers = {
        fine.pk: commands.Answer(),
        moved.pk: commands.Answer("", (4, 3)),
        late.pk: commands.Answer(),
        off.pk: commands.Answer("Off", (9, 9)),
    }
    before = Entry.objects.count()
    with pytest.raises(commands.Unfit) as caught:
        commands.review_many(
            [fresh(risk) for risk in (fine, moved, late, off)], answers, actor=house.actors["policy"], at=NOW
        )
    assert {pk: (one.field, one.message[:36]) for pk, one in caught.value.refusals.items()} == {
        moved.pk: ("narrative", "Say why impact goes from 3 to 4"),
        late.pk: ("answer", "A control is past its date: review t"),
        off.pk: ("impact", "Choose a level of the scale: Scale o"),
    }
    assert Entry.objects.count() == before


def test_what_is_accepted_stays_accepted_in_a_review_of_many(house: House) -> None:
    risk = a_risk(house, response="accept")
    commands.review_many([fresh(risk)], {risk.pk: commands.Answer()}, actor=house.actors["policy"], at=NOW)
    assert (fresh(risk).response, fresh(risk).accepted_on) == ("accept", TODAY)


def test_only_those_who_may_review_each_risk_review_many(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(Forbidden):
        commands.review_many([fresh(risk)], {risk.pk: commands.Answer()}, actor=house.actors["reader"], at=NOW)
