"""The small pages: one change each, with its reason, and who may make it."""

from datetime import date

import pytest

from candour.kernel.history.models import Entry
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record, Share
from candour.risks import commands
from candour.risks.models import Control, Risk, Update
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/risks/office/A1/"


def by(house: House, name: str = "policy") -> dict:
    return {"actor": house.actors[name], "at": NOW}


@pytest.fixture
def risk(house: House) -> Risk:
    return a_risk(house, reference="A1", title="Fleet is too old", source="Age")


def send(house: House, page: str, answers: dict, *, name: str = "policy", risk: Risk | None = None):  # type: ignore[no-untyped-def]
    """Post a page of the risk with the last entry as read."""
    seen = Record.objects.get(reference="A1").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


CHANGES = {
    "wording/": ({"title": "Cars are old", "source": "Age", "reason": "Clearer"}, "The wording of A1 is changed"),
    "hand-over/": ({"owner": "", "responsible_officer": "", "reason": "Vacant"}, "A1 is handed over"),
    "level/": ({"level": "operational", "reason": "Smaller"}, "A1 is moved"),
    "close/": ({"reason": "Gone"}, "A1 is closed"),
    "restrict/": ({"sensitivity": "restricted", "reason": "A claim"}, "Who may see A1 is changed"),
    "update/": ({"text": "Two quotes", "dated": "14/06/2026"}, "The update is recorded on A1"),
    "controls/new/": (
        {"text": "Lease", "state": "pending", "due": "1/7/26", "reason": "Agreed"},
        "The control is added to A1",
    ),
    "score/": ({"impact": "2", "likelihood": "4", "reason": "Seen twice"}, "A1 is scored again"),
    "score/inherent/": ({"impact": "4", "likelihood": "4", "reason": "No lock"}, "The inherent score of A1 is set"),
    "score/target/": ({"impact": "2", "likelihood": "1", "reason": "In reach"}, "The target of A1 is set"),
    "score/propose/": ({"impact": "4", "likelihood": "4", "reason": "It grew"}, "A score is proposed for A1"),
    "response/": ({"response": "share", "reason": "Insured"}, "The response to A1 is saved"),
}


@pytest.mark.parametrize("page", CHANGES)
def test_each_change_is_one_entry_and_says_that_it_was_made(house: House, risk: Risk, page: str) -> None:
    answers, done = CHANGES[page]
    before = Entry.objects.count()
    response = send(house, page, answers)
    assert response.redirect_chain == [(HERE, 302)]
    assert done in said(response)
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize("page", CHANGES)
def test_each_change_needs_its_reason_and_keeps_the_answers(house: House, risk: Risk, page: str) -> None:
    answers, _ = CHANGES[page]
    missing = "text" if page == "update/" else "reason"
    before = Entry.objects.count()
    response = send(house, page, answers | {missing: "  "})
    assert response.status_code == 422
    assert title(response).startswith("Error: ")
    assert [problem.id for problem in response.context["form"].problems] == [missing]
    assert Entry.objects.count() == before
    kept = {name: value for name, value in answers.items() if name != missing}
    assert {name: response.context["form"][name].value() for name in kept} == kept


@pytest.mark.parametrize("page", CHANGES)
def test_each_change_is_kept_back_when_somebody_was_quicker(house: House, risk: Risk, page: str) -> None:
    answers, done = CHANGES[page]
    seen = Record.objects.get(reference="A1").head_sequence
    commands.rescore(risk, impact=1, likelihood=1, reason="A better lock", **by(house, "chief"))
    client = signed_in(house, "policy")
    response = client.post(HERE + page, answers | {"seen": seen})
    assert response.status_code == 422
    assert "A better lock" in said(response)
    assert title(response).startswith("Error: ")
    again = client.post(HERE + page, answers | {"seen": response.context["form"]["seen"].value()}, follow=True)
    assert done in said(again)


@pytest.mark.parametrize("page", CHANGES)
def test_each_page_says_what_saving_does(house: House, risk: Risk, page: str) -> None:
    response = signed_in(house, "policy").get(HERE + page)
    assert response.status_code == 200
    assert "When you save" in said(response)
    assert "Leave without saving" in said(response)


@pytest.mark.parametrize(
    ("name", "page", "status"),
    [
        ("owner", "wording/", 200),
        ("owner", "hand-over/", 200),
        ("owner", "controls/new/", 200),
        ("owner", "update/", 200),
        ("owner", "level/", 404),
        ("owner", "close/", 404),
        ("owner", "restrict/", 404),
        ("owner", "share/", 404),
        ("reader", "wording/", 404),
        ("reader", "update/", 404),
        ("auditor", "close/", 404),
        ("panel", "controls/new/", 404),
    ],
)
def test_who_may_open_each_page(house: House, risk: Risk, name: str, page: str, status: int) -> None:
    assert signed_in(house, name).get(HERE + page).status_code == status
    if status == 404:
        assert signed_in(house, name).post(HERE + page, CHANGES.get(page, ({}, ""))[0]).status_code == 404


@pytest.mark.parametrize("page", [*CHANGES, "share/", "review/", "reopen/"])
def test_a_shared_risk_is_read_by_the_other_body_and_not_changed(house: House, risk: Risk, page: str) -> None:
    share(risk.record, organisation=house.force, reason="Joint", **by(house))
    client = signed_in(house, "force_policy")
    assert client.get(HERE).status_code == 200
    before = Entry.objects.count()
    assert client.get(HERE + page).status_code == 403
    assert client.post(HERE + page, CHANGES.get(page, ({}, ""))[0]).status_code == 403
    assert Entry.objects.count() == before


def test_wording_opens_filled_and_is_seen_at_once(house: House, risk: Risk) -> None:
    form = signed_in(house, "policy").get(HERE + "wording/").context["form"]
    assert (form["title"].value(), form["source"].value()) == ("Fleet is too old", "Age")
    response = send(house, "wording/", {"title": "Cars are old", "source": "Years", "reason": "Clearer"})
    assert "Cars are old" in said(response)
    assert "Years" in said(response)


def test_handing_over_asks_the_new_officer_to_review(house: House, risk: Risk) -> None:
    commands.review(risk, impact=3, likelihood=3, narrative="Fine", answers={}, effective=date(2026, 6, 1), **by(house))
    posts = {"owner": house.posts["owner"].pk, "responsible_officer": house.posts["policy"].pk}
    response = send(house, "hand-over/", posts | {"reason": "Moved"})
    assert "Awaiting Review" in said(response)
    assert "Owner Head of Communications Responsible officer Policy and Compliance Officer" in said(response)


def test_a_post_of_another_body_cannot_be_chosen(house: House, risk: Risk) -> None:
    response = send(house, "hand-over/", {"owner": house.posts["force_policy"].pk, "reason": "Moved"})
    assert list(response.context["form"].errors) == ["owner"]


def test_a_closed_risk_is_reopened(house: House, risk: Risk) -> None:
    send(house, "close/", {"reason": "Gone"})
    assert "closed" in said(send(house, "close/", {"reason": "Again"}))
    response = send(house, "reopen/", {"reason": "Back"})
    assert "A1 is reopened" in said(response)
    assert Record.objects.get(reference="A1").closed_on is None


def test_restricting_hides_it_at_once(house: House, risk: Risk) -> None:
    assert signed_in(house, "reader").get(HERE).status_code == 200
    response = send(house, "restrict/", {"sensitivity": "restricted", "reason": "A claim"})
    assert "OFFICIAL-SENSITIVE" in response.content.decode()
    assert signed_in(house, "reader").get(HERE).status_code == 404


def test_sharing_and_no_longer_sharing(house: House, risk: Risk) -> None:
    client = signed_in(house, "force_reader")
    response = send(house, "share/", {"answer": f"share:{house.force.pk}", "reason": "Joint"})
    assert "Shared with Mereford Police" in said(response)
    assert client.get(HERE).status_code == 200
    standing = Share.objects.get()
    send(house, "share/", {"answer": f"stop:{standing.pk}", "reason": "Apart again"})
    assert client.get(HERE).status_code == 404


def test_a_control_in_place_already_has_no_due_date(house: House, risk: Risk) -> None:
    send(house, "controls/new/", {"text": "Lease", "state": "in place", "since": "1/2/26", "reason": "Agreed"})
    control = Control.objects.get()
    assert (control.pending, control.due, control.in_place_since) == (False, None, date(2026, 2, 1))


def test_a_pending_control_needs_a_date_ahead(house: House, risk: Risk) -> None:
    for due in ("", "1 June 2026", "soon"):
        response = send(house, "controls/new/", {"text": "Lease", "state": "pending", "due": due, "reason": "Agreed"})
        assert list(response.context["form"].errors) == ["due"]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"answer": "in place", "reason": "Signed"}, (False, date(2026, 6, 2), TODAY, None)),
        ({"answer": "removed", "reason": "No use"}, (True, date(2026, 6, 2), None, TODAY)),
        ({"answer": "still to do", "new_due": "1/8/26", "reason": "Slipped"}, (True, date(2026, 8, 1), None, None)),
    ],
)
def test_settling_a_control(house: House, risk: Risk, answers: dict, state: tuple) -> None:
    control = commands.add_control(risk, text="Lease", due=date(2026, 6, 2), reason="Agreed", **by(house))
    response = send(house, f"controls/{control.pk}/", answers)
    assert "The control of A1 is settled" in said(response)
    control.refresh_from_db()
    assert (control.pending, control.due, control.in_place_since, control.removed_on) == state


def test_a_late_control_that_is_still_to_do_needs_a_new_date(house: House, risk: Risk) -> None:
    control = commands.add_control(risk, text="Lease", due=date(2026, 6, 2), reason="Agreed", **by(house))
    response = send(house, f"controls/{control.pk}/", {"answer": "still to do", "reason": "Slipped"})
    assert list(response.context["form"].errors["new_due"]) == ["Enter a new date, or say it is in place"]


def test_a_control_of_another_risk_or_removed_is_not_found(house: House, risk: Risk) -> None:
    other = commands.add_control(a_risk(house), text="Other", reason="Agreed", **by(house))
    gone = commands.add_control(risk, text="Gone", reason="Agreed", **by(house))
    commands.settle_control(gone, answer="removed", reason="No use", **by(house))
    client = signed_in(house, "policy")
    assert [client.get(f"{HERE}controls/{control.pk}/").status_code for control in (other, gone)] == [404, 404]


def test_an_update_is_dated_between_the_first_day_and_today(house: House, risk: Risk) -> None:
    for dated in ("9 January 2026", "16 June 2026"):
        assert list(send(house, "update/", {"text": "Said", "dated": dated}).context["form"].errors) == ["dated"]
    send(house, "update/", {"text": "Said", "dated": "2 May 2026"})
    assert Update.objects.get().dated == date(2026, 5, 2)


NEW = {
    "title": "Cars are old",
    "level": "operational",
    "source": "Age",
    "impact": 3,
    "likelihood": 2,
    "sensitivity": "office",
    "reference": "A7",
    "reason": "Seen in the audit",
}


def test_raising_a_risk(house: House, risk: Risk) -> None:
    response = signed_in(house, "policy").post("/risks/new/", NEW | {"owner": house.posts["owner"].pk}, follow=True)
    assert response.redirect_chain == [("/risks/office/A7/", 302)]
    assert "A7 is recorded. Add its controls next" in said(response)
    made = Risk.objects.get(record__reference="A7")
    assert (made.level, made.source, made.record.sensitivity) == ("operational", "Age", "office")
    assert (made.record.owner, made.responsible_officer) == (house.posts["owner"], house.posts["owner"])


def test_the_next_reference_is_proposed(house: House, risk: Risk) -> None:
    client = signed_in(house, "policy")
    assert client.get("/risks/new/").context["form"]["reference"].value() == "A2"
    a_risk(house, reference="MPC009")
    a_risk(house, reference="MPC010", sensitivity="restricted")
    assert client.get("/risks/new/").context["form"]["reference"].value() == "MPC011"
    assert signed_in(house, "force_policy").get("/risks/new/").context["form"]["reference"].value() == "R001"


def test_raising_says_what_is_missing_and_keeps_the_rest(house: House, risk: Risk) -> None:
    response = signed_in(house, "policy").post("/risks/new/", {"title": "Half a risk"})
    assert response.status_code == 422
    assert [problem.message for problem in response.context["form"].problems] == [
        "Choose strategic, operational or project",
        "Choose the impact",
        "Choose the likelihood",
        "Choose the owner",
        "Choose who may see this risk",
        "Enter the reference",
        "Say why it is raised now",
    ]
    assert response.context["form"]["title"].value() == "Half a risk"


def test_a_reference_that_is_taken_is_refused_on_its_field(house: House, risk: Risk) -> None:
    response = signed_in(house, "policy").post(
        "/risks/new/", NEW | {"reference": "A1", "owner": house.posts["owner"].pk}
    )
    assert list(response.context["form"].errors["reference"]) == ["A1 is taken: enter another reference"]


def test_who_may_not_raise_does_not_find_the_page(house: House) -> None:
    assert [signed_in(house, name).get("/risks/new/").status_code for name in ("owner", "reader", "panel")] == [404] * 3
