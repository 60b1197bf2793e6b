"""The pages of a risk's life: a score put to a board, its other half, what is done about it, merging, one control."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.actions.commands import add_action
from candour.kernel.actions.models import Action
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Control, Risk
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/risks/office/A1/"
BOARD = "Joint Audit Panel"


def by(house: House, reason: str = "Because", name: str = "policy") -> dict[str, Any]:
    return {"actor": house.actors[name], "at": NOW, "reason": reason}


@pytest.fixture
def risk(house: House) -> Risk:
    return a_risk(house, reference="A1", title="Fleet is too old", source="Age")


def send(house: House, page: str, answers: dict, *, name: str = "policy") -> Any:
    seen = Record.objects.get(reference="A1").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def last(risk: Risk) -> tuple[str, str, str]:
    (event,) = events([entries_of(risk.record)[0]])
    return event.event, event.reason, event.approver


# A score put to a board


def test_a_proposed_score_stands_beside_the_score_until_it_is_answered(house: House, risk: Risk) -> None:
    proposed = send(house, "score/propose/", {"impact": "4", "likelihood": "4", "reason": "It grew"}, name="owner")
    assert "Proposed 16" in said(proposed)
    assert "Current 9 High 3 × 3, high, likely Since 10 January 2026" in said(proposed)
    assert "Answer the proposed score" in said(proposed)
    assert "Score it again" not in said(proposed)
    answer = {"answer": "agreed", "approver": BOARD, "effective": "15/6/2026", "reason": "Seen by the panel"}
    agreed = send(house, "score/proposed/", answer)
    assert "The proposed score of A1 is answered" in said(agreed)
    assert "Proposed 16" not in said(agreed)
    assert (risk.record.risk_line.score, last(risk)) == (16, ("risk.score_agreed", "Seen by the panel", BOARD))
    assert f"agreed by {BOARD}" in said(agreed)


@pytest.mark.parametrize(
    ("answer", "event"), [("refused", "risk.score_refused"), ("withdrawn", "risk.score_withdrawn")]
)
def test_a_score_that_is_not_agreed_leaves_the_score(house: House, risk: Risk, answer: str, event: str) -> None:
    commands.propose_score(risk, impact=4, likelihood=4, **by(house))
    send(house, "score/proposed/", {"answer": answer, "approver": "", "reason": "Not shown"})
    assert (risk.record.risk_line.score, last(risk)[:2]) == (9, (event, "Not shown"))


def test_an_agreed_score_needs_its_board_and_a_day_since_it_was_proposed(house: House, risk: Risk) -> None:
    commands.propose_score(risk, impact=4, likelihood=4, effective=date(2026, 6, 1), **by(house))
    response = send(house, "score/proposed/", {"answer": "agreed", "effective": "31/5/2026", "reason": "Seen"})
    assert response.status_code == 422
    assert list(problems(response)) == ["approver", "effective"]


def test_only_those_who_may_say_what_a_board_said_are_asked(house: House, risk: Risk) -> None:
    commands.propose_score(risk, impact=4, likelihood=4, **by(house))
    offered = {
        name: [
            value
            for value, _ in signed_in(house, name).get(HERE + "score/proposed/").context["form"]["answer"].field.choices
        ]
        for name in ("policy", "owner")
    }
    assert offered == {"policy": ["agreed", "refused", "withdrawn"], "owner": ["withdrawn"]}
    sent = send(house, "score/proposed/", {"answer": "agreed", "approver": BOARD, "reason": "Seen"}, name="owner")
    assert list(problems(sent)) == ["answer-0"]


def test_with_nothing_proposed_the_answer_leads_back_to_the_risk(house: House, risk: Risk) -> None:
    response = signed_in(house, "policy").get(HERE + "score/proposed/", follow=True)
    assert response.redirect_chain == [(HERE, 302)]
    assert "No score is proposed for A1" in said(response)


def test_scores_open_as_they_stand(house: House, risk: Risk) -> None:
    commands.set_target(risk, impact=2, likelihood=1, **by(house))
    client = signed_in(house, "policy")
    filled = {}
    for page in ("score/", "score/target/", "score/inherent/", "score/propose/"):
        form = client.get(HERE + page).context["form"]
        filled[page] = (form["impact"].value(), form["likelihood"].value())
    assert filled == {
        "score/": (3, 3),
        "score/target/": (2, 1),
        "score/inherent/": (None, None),
        "score/propose/": (3, 3),
    }


# What is done about it, and who carries it too


def test_an_accepted_risk_says_so_and_since_when(house: House, risk: Risk) -> None:
    response = send(house, "response/", {"response": "accept", "approver": BOARD, "reason": "Too dear"})
    assert "Response Accept, 15 June 2026" in said(response)
    again = send(house, "response/", {"response": "accept", "reason": "Still"})
    assert problems(again) == {"response-0": "It is so already: choose another answer, or leave without saving"}


def test_a_joint_risk_leads_to_its_other_half_where_that_may_be_seen(house: House, risk: Risk) -> None:
    other = a_risk(house, organisation=house.force, reference="F7", owner=None, responsible_officer=None)
    page = send(house, "joint/", {"joint_with": house.force.pk, "joint_reference": "F7", "reason": "One fleet"})
    assert "A1 is saved as a joint risk" in said(page)
    assert "Joint with Mereford Police, F7" in said(page)
    assert "/risks/force/F7/" not in page.content.decode()
    share(other.record, organisation=house.office, **by(house, name="force_policy"))
    shown = signed_in(house, "reader").get(HERE).content.decode()
    commands.restrict(other, sensitivity="restricted", **by(house, name="force_policy"))
    hidden = signed_in(house, "reader").get(HERE).content.decode()
    assert ("/risks/force/F7/" in shown, "/risks/force/F7/" in hidden) == (True, False)


def test_the_other_half_is_named_only_where_there_is_another_body(house: House, risk: Risk) -> None:
    response = send(house, "joint/", {"joint_with": "", "joint_reference": "F7", "reason": "One fleet"})
    assert problems(response) == {"joint_with": "Choose the body whose reference this is"}
    send(house, "joint/", {"joint_with": house.force.pk, "joint_reference": "", "reason": "One fleet"})
    gone = send(house, "joint/", {"joint_with": "", "joint_reference": "", "reason": "Apart"})
    assert (gone.context["row"].joint_with, gone.context["row"].joint_reference) == ("", "")


def test_a_risk_is_escalated_with_who_agreed_it(house: House, risk: Risk) -> None:
    send(house, "level/", {"level": "operational", "approver": BOARD, "reason": "Smaller"})
    page = send(house, "level/", {"level": "strategic", "approver": BOARD, "reason": "Larger"})
    assert "Escalated to the strategic register" in said(page)
    assert last(risk) == ("risk.level_changed", "Larger", BOARD)


# Merging


@pytest.fixture
def stays(house: House) -> Risk:
    return a_risk(house, reference="B1", title="Cars fail their tests")


def test_merging_asks_of_every_control_and_action_what_becomes_of_it(house: House, risk: Risk, stays: Risk) -> None:
    moves = commands.add_control(risk, text="Lease", due=date(2026, 7, 1), **by(house))
    ends = commands.add_control(risk, text="Hire", due=date(2026, 8, 1), **by(house))
    act = add_action(
        risk.record, text="Ask", due=date(2026, 9, 1), owner=house.posts["owner"], actor=house.actors["policy"], at=NOW
    )
    words = said(signed_in(house, "policy").get(HERE + "merge/"))
    assert "Controls, 2" in words
    assert "Lease Pending, due 1 July 2026 Move it End it" in words
    assert "Open actions, 1 Ask Due 1 September 2026" in words
    fates = {f"control-{moves.pk}": "move", f"control-{ends.pk}": "end", f"action-{act.pk}": "move"}
    page = send(house, "merge/", {"into": "B1", "approver": BOARD, "reason": "One cause"} | fates)
    assert "A1 is merged" in said(page)
    assert "Merged into B1 15 June 2026" in said(page)
    assert list(Control.objects.filter(risk=stays, removed_on=None).values_list("text", flat=True)) == ["Lease"]
    assert list(Action.objects.filter(record=stays.record).values_list("text", flat=True)) == ["Ask"]
    assert last(stays)[0] == "action.carried_over"
    survivor = said(signed_in(house, "policy").get("/risks/office/B1/"))
    assert "A1 Fleet is too old , took in" in survivor
    back = send(house, "reopen/", {"reason": "Two causes"})
    assert "A1 is reopened" in said(back)
    assert Control.objects.filter(risk=stays, removed_on=None).count() == 0


def test_a_merger_leaves_out_no_control(house: House, risk: Risk, stays: Risk) -> None:
    control = commands.add_control(risk, text="Lease", due=date(2026, 7, 1), **by(house))
    response = send(house, "merge/", {"into": "B1", "reason": "One cause"})
    assert problems(response) == {f"control-{control.pk}-0": "Choose what becomes of the control"}


def test_a_hidden_risk_is_refused_as_a_survivor_like_one_that_never_was(house: House, risk: Risk) -> None:
    a_risk(house, reference="H1", organisation=house.force, owner=None, responsible_officer=None)
    answers = [send(house, "merge/", {"into": into, "reason": "One cause"}) for into in ("H1", "N1")]
    told = [problems(answer)["into"] for answer in answers]
    assert told == [f"‘{into}’ is no risk of this register: enter its reference" for into in ("H1", "N1")]


def test_a_merged_risk_does_not_name_a_survivor_that_may_not_be_seen(house: House, risk: Risk, stays: Risk) -> None:
    commands.merge(risk, into=stays, controls={}, actions={}, **by(house))
    stays.refresh_from_db()
    commands.restrict(Risk.objects.get(pk=stays.pk), sensitivity="restricted", **by(house))
    reader, policy = (signed_in(house, name) for name in ("reader", "policy"))
    assert "Merged into another risk" in said(reader.get(HERE))
    assert "B1" not in reader.get(HERE).content.decode() + reader.get(HERE + "history/").content.decode()
    assert "Merged into B1" in said(policy.get(HERE))


# One control


def test_a_control_is_changed_on_its_own_page(house: House, risk: Risk) -> None:
    control = commands.add_control(risk, text="Lease", due=date(2026, 7, 1), **by(house))
    page = f"controls/{control.pk}/change/"
    form = signed_in(house, "policy").get(HERE + page).context["form"]
    assert (form["text"].value(), form["due"].value()) == ("Lease", "1 July 2026")
    owner = house.posts["owner"]
    sent = send(house, page, {"text": "Lease two", "owner": owner.pk, "due": "1/8/2026", "reason": "Slower"})
    assert "The control of A1 is changed" in said(sent)
    held = Control.objects.get(pk=control.pk)
    assert (held.text, held.owner, held.due) == ("Lease two", owner, date(2026, 8, 1))
    early = send(house, page, {"text": "Lease two", "owner": owner.pk, "due": "1/6/2026", "reason": "Sooner"})
    assert list(problems(early)) == ["due"]
    settled = send(house, f"controls/{control.pk}/", {"answer": "in place", "reason": "Signed"})
    assert "The control of A1 is settled" in said(settled)
    assert "due" not in signed_in(house, "policy").get(HERE + page).context["form"].fields


# Two people at one risk


def test_the_second_of_two_keeps_every_answer_and_sees_the_firsts_change_beside_it(house: House, risk: Risk) -> None:
    seen = Record.objects.get(reference="A1").head_sequence
    words = {"title": "Fleet is worn", "source": "Age", "event": "", "effect": "", "context": ""}
    commands.change_wording(risk, **words, **by(house, "Said better", "chief"))
    client = signed_in(house, "policy")
    mine = {"title": "Cars are old", "source": "Age and rust", "reason": "Clearer", "seen": seen}
    before = Entry.objects.count()
    second = client.post(HERE + "wording/", mine)
    assert (second.status_code, Entry.objects.count()) == (422, before)
    assert "Said better" in said(second)
    assert "Title Fleet is too old Fleet is worn Cars are old Differs" in said(second)
    assert "Save mine over it" in said(second)
    form = second.context["form"]
    assert (form["title"].value(), form["source"].value(), form["reason"].value()) == (
        "Cars are old",
        "Age and rust",
        "Clearer",
    )
    saved = client.post(HERE + "wording/", mine | {"seen": form["seen"].value()}, follow=True)
    assert "The wording of A1 is changed" in said(saved)
    assert Record.objects.get(reference="A1").title == "Cars are old"


def test_what_the_second_left_alone_takes_the_firsts_change(house: House, risk: Risk) -> None:
    seen = Record.objects.get(reference="A1").head_sequence
    words = {"title": "Fleet is worn", "source": "Age", "event": "", "effect": "", "context": ""}
    commands.change_wording(risk, **words, **by(house, "Said better", "chief"))
    client = signed_in(house, "policy")
    mine = {"title": "Fleet is too old", "source": "Age and rust", "reason": "Clearer", "seen": seen}
    second = client.post(HERE + "wording/", mine)
    form = second.context["form"]
    assert (form["title"].value(), form["source"].value()) == ("Fleet is worn", "Age and rust")
    assert "Differs" not in said(second)


def test_news_of_a_review_that_clashes_is_shown_beside_the_levels(house: House, risk: Risk) -> None:
    client = signed_in(house, "policy")
    seen = Record.objects.get(reference="A1").head_sequence
    commands.rescore(risk, impact=4, likelihood=3, **by(house, "A fire", "chief"))
    mine = {"impact": "2", "likelihood": "3", "narrative": "Fewer cars", "do": "save", "seen": seen}
    second = client.post(HERE + "review/", mine)
    assert second.status_code == 422
    assert "A fire" in said(second)
    assert "Differs" in said(second)
    saved = client.post(HERE + "review/", mine | {"seen": second.context["form"]["seen"].value()}, follow=True)
    assert saved.redirect_chain[0][1] == 302
    assert Risk.objects.get(pk=risk.pk).last_review == TODAY
