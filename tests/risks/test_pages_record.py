"""The page of one risk, and what happened to it."""

from datetime import date

import pytest

from candour.kernel.actions.commands import add_action
from candour.kernel.records.commands import link, share
from candour.risks import commands
from candour.risks.models import Risk
from tests.factories import NOW, House, a_risk
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def by(house: House, name: str = "policy") -> dict:
    return {"actor": house.actors[name], "at": NOW}


@pytest.fixture
def told(house: House) -> Risk:
    """A risk with controls in each state, a score that rose, an update and a review."""
    risk = a_risk(
        house, reference="A1", title="Fleet is too old", impact=4, likelihood=2, source="Age", event="Failure"
    )
    held = commands.add_control(
        risk,
        text="Weekly checks",
        in_place_since=date(2026, 2, 1),
        effective=date(2026, 2, 1),
        reason="Agreed",
        **by(house),
    )
    gone = commands.add_control(risk, text="A poster", in_place_since=date(2026, 2, 1), reason="Agreed", **by(house))
    commands.settle_control(gone, answer="removed", reason="No use", **by(house))
    commands.add_control(risk, text="Lease new cars", due=date(2026, 6, 2), reason="Agreed", **by(house))
    commands.record_update(risk, text="Two quotes are in.", effective=date(2026, 4, 2), reason="", **by(house))
    commands.review(
        risk,
        impact=4,
        likelihood=3,
        narrative="Two cars were lost.",
        answers={held.pk: ("in part", None)},
        effective=date(2026, 5, 1),
        **by(house, "owner"),
    )
    return risk


def test_the_page_says_what_the_risk_is(house: House, told: Risk) -> None:
    response = signed_in(house, "policy").get("/risks/office/A1/")
    words = said(response)
    assert title(response) == "A1 Fleet is too old – Candour"
    assert "A1 Strategic risk, recorded 10 January 2026" in words
    assert "12 High Up from 8 Overdue Control Next review 1 August 2026" in words
    assert "Source Age Event Failure" in words
    assert "Impact 4, very high Likelihood 3, likely (was 2)" in words
    assert "Seen by Office, panel and public" in words


def test_controls_stand_in_groups_with_their_states(house: House, told: Risk) -> None:
    words = said(signed_in(house, "reader").get("/risks/office/A1/"))
    assert "Pending, 1 Lease new cars New since 15 March 2026 No owner Overdue 2 June 2026 13 days late" in words
    assert "Existing, 1 Weekly checks No owner In place Works in part 1 February 2026" in words
    assert "Removed controls, 1 A poster Removed 15 June 2026" in words
    assert "2 , of which 1 overdue" in words


def test_what_happened_reads_in_plain_words(house: House, told: Risk) -> None:
    response = signed_in(house, "policy").get("/risks/office/A1/")
    assert [(item.day.isoformat(), item.title) for item in response.context["timeline"]] == [
        ("2026-06-15", "Control added"),
        ("2026-06-15", "Control removed"),
        ("2026-06-15", "Control added"),
        ("2026-06-02", "Control passed its date"),
        ("2026-05-01", "Reviewed, score raised from 8 to 12"),
        ("2026-04-02", "Update recorded"),
        ("2026-02-01", "Control added"),
        ("2026-01-10", "Risk raised"),
    ]
    review = response.context["timeline"][4]
    assert review.why == "Two cars were lost."
    assert review.by == "Head of Communications. Recorded on 15 June 2026"
    assert review.texts == ("Weekly checks: works in part.",)
    assert response.context["timeline"][1].texts == ("A poster.",)


def test_every_verb_has_its_words(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=3, likelihood=3)
    who = by(house)
    commands.rescore(risk, impact=2, likelihood=2, reason="Better", **who)
    commands.set_target(risk, impact=1, likelihood=1, reason="Agreed", **who)
    commands.change_wording(
        risk, title="New title", source="", event="", effect="", context="", reason="Clearer", **who
    )
    commands.hand_over(
        risk, owner=house.posts["owner"], responsible_officer=house.posts["policy"], reason="Moved", **who
    )
    commands.change_level(risk, level="operational", reason="Smaller now", **who)
    commands.restrict(risk, sensitivity="office", reason="Not for print", **who)
    share(risk.record, organisation=house.force, reason="Joint", **who)
    other = a_risk(house, reference="B1", title="The other")
    link(risk.record, to=other.record, how="feeds", reason="Same cause", **who)
    commands.close(risk, reason="Gone", **who)
    commands.reopen(risk, reason="Back", **who)
    timeline = signed_in(house, "policy").get("/risks/office/A1/").context["timeline"]
    latest = signed_in(house, "policy").get("/risks/office/A1/history/").context["entries"]
    assert len(timeline) == 8
    assert [entry.told.title for entry in latest] == [
        "Reopened",
        "Closed",
        "Linked to risk B1, The other",
        "Shared with another body",
        "Who may see it changed",
        "De-escalated to the operational register",
        "Handed over",
        "Wording changed",
        "Target set",
        "Score lowered from 9 to 4",
        "Risk raised",
    ]
    texts = {entry.told.title: entry.told.texts for entry in latest}
    assert texts["De-escalated to the operational register"] == ("Register from Strategic to Operational.",)
    assert texts["Who may see it changed"] == ("Seen by from Office, panel and public to Office and panel.",)
    assert texts["Handed over"] == (
        "Owner from Chief Executive to Head of Communications.",
        "Responsible officer from Chief Finance Officer to Policy and Compliance Officer.",
    )


BUTTONS = (
    "Review this risk",
    "Change the wording",
    "Add a control",
    "Settle",
    "Record an update",
    "Hand it over",
    "Escalate or de-escalate it",
    "Change who may see it",
    "Share it with another body",
    "Close it",
    "Reopen this risk",
    "All entries",
)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("policy", {"Reopen this risk"}),
        ("chief", {"Reopen this risk"}),
        ("owner", {*BUTTONS[6:11]}),
        ("reader", {*BUTTONS[:11]}),
        ("auditor", {*BUTTONS[:11]}),
        ("panel", {*BUTTONS[:11]}),
    ],
)
def test_each_role_is_offered_what_it_may_do(house: House, told: Risk, name: str, missing: set[str]) -> None:
    words = said(signed_in(house, name).get("/risks/office/A1/"))
    assert {button for button in BUTTONS if button not in words} == missing


def test_a_closed_risk_can_only_be_reopened(house: House, told: Risk) -> None:
    commands.close(told, reason="Gone", **by(house))
    words = said(signed_in(house, "policy").get("/risks/office/A1/"))
    assert {button for button in BUTTONS if button in words} == {"Reopen this risk", "All entries"}
    assert "Closed 15 June 2026" in words


def test_a_past_day_is_read_only_and_as_it_stood(house: House, told: Risk) -> None:
    commands.change_wording(
        told, title="New title", source="", event="", effect="", context="", reason="Clearer", **by(house)
    )
    response = signed_in(house, "policy").get("/risks/office/A1/?as_at=2026-04-02")
    words = said(response)
    assert "This risk as it stood on 2 April 2026 . Read only." in words
    assert "Fleet is too old" in words
    assert "8 High New Awaiting Review" in words
    assert {button for button in BUTTONS[:11] if button in words} == set()
    assert [item.title for item in response.context["timeline"]] == ["Update recorded", "Control added", "Risk raised"]


def test_a_day_before_the_risk_shows_nothing_of_it(house: House, told: Risk) -> None:
    response = signed_in(house, "policy").get("/risks/office/A1/?as_at=2025-12-31")
    assert response.status_code == 200
    assert "Nothing to show on that day" in said(response)
    assert "Fleet" not in response.content.decode()


def test_a_day_on_which_it_was_restricted_shows_nothing_to_a_reader(house: House) -> None:
    risk = a_risk(house, reference="A1", title="A claim", sensitivity="restricted")
    commands.restrict(risk, sensitivity="office", reason="Settled", effective=date(2026, 5, 1), **by(house))
    reader = signed_in(house, "reader")
    assert reader.get("/risks/office/A1/").status_code == 200
    past = reader.get("/risks/office/A1/?as_at=2026-04-01")
    assert "Nothing to show on that day" in said(past)
    assert "A claim" not in past.content.decode()
    assert "A claim" in said(signed_in(house, "chief").get("/risks/office/A1/?as_at=2026-04-01"))


def test_what_was_entered_while_it_was_restricted_stays_hidden(house: House) -> None:
    risk = a_risk(house, reference="A1", sensitivity="restricted", reason="Secret reason")
    commands.record_update(risk, text="Secret update", reason="Secret why", effective=date(2026, 2, 2), **by(house))
    commands.restrict(risk, sensitivity="office", reason="Settled", effective=date(2026, 5, 1), **by(house))
    for address in ("/risks/office/A1/history/", "/risks/office/A1/history.json"):
        assert "Secret why" not in signed_in(house, "reader").get(address).content.decode()
        assert "Secret reason" not in signed_in(house, "reader").get(address).content.decode()
        assert "Secret why" in signed_in(house, "chief").get(address).content.decode()
    reader = signed_in(house, "reader").get("/risks/office/A1/")
    assert [item.title for item in reader.context["timeline"]] == ["Who may see it changed"]


EVERY_PAGE = (
    "",
    "review/",
    "controls/new/",
    "controls/{control}/",
    "update/",
    "wording/",
    "hand-over/",
    "level/",
    "close/",
    "reopen/",
    "restrict/",
    "share/",
    "history/",
    "history.json",
    "?as_at=2026-05-01",
)


@pytest.mark.parametrize("name", ["reader", "owner", "force_policy"])
def test_a_hidden_risk_answers_exactly_like_a_missing_one(house: House, name: str) -> None:
    hidden = a_risk(house, reference="H1", sensitivity="restricted")
    control = commands.add_control(hidden, text="Secret", reason="Agreed", **by(house))
    client = signed_in(house, name)
    for page in EVERY_PAGE:
        there = f"/risks/office/H1/{page.format(control=control.pk)}"
        nowhere = there.replace("H1", "H2")
        for send in (client.get, client.post):
            one, other = send(there), send(nowhere)
            assert one.status_code == other.status_code
            assert one.status_code in {404, 405}
            assert one.content == other.content
        assert questions(client, there) == questions(client, nowhere)


def test_the_page_asks_as_much_of_the_database_at_any_size(house: House, told: Risk) -> None:
    client = signed_in(house, "policy")
    addresses = (
        "/risks/office/A1/",
        "/risks/office/A1/?as_at=2026-05-05",
        "/risks/office/A1/review/",
        "/risks/office/A1/history/",
    )
    before = [questions(client, address) for address in addresses]
    for number in range(12):
        commands.add_control(told, text=f"More {number}", due=date(2026, 7, 1), reason="Agreed", **by(house))
        commands.record_update(told, text=f"More {number}", reason="", **by(house))
        share(a_risk(house).record, organisation=house.force, reason="Joint", **by(house))
    link(told.record, to=a_risk(house).record, how="feeds", reason="Same cause", **by(house))
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


def test_links_lead_to_what_bears_on_it_and_hide_what_is_hidden(house: House, told: Risk) -> None:
    link(told.record, to=a_risk(house, reference="A2", title="Seen").record, how="feeds", reason="Same", **by(house))
    hidden = a_risk(house, reference="A3", title="Unseen", sensitivity="restricted")
    link(told.record, to=hidden.record, how="feeds", reason="Same", **by(house))
    assert "A2 Seen , feeds" in said(signed_in(house, "reader").get("/risks/office/A1/"))
    thread = said(signed_in(house, "reader").get("/risks/office/A1/")).split("Assurance thread")[1]
    assert "A3" not in thread
    assert "A3 Unseen" in said(signed_in(house, "policy").get("/risks/office/A1/"))


def test_a_reference_may_hold_a_slash_and_a_space(house: House) -> None:
    a_risk(house, reference="ST/02 b", title="Odd reference")
    client = signed_in(house, "policy")
    [row] = client.get("/risks/").context["rows"]
    assert row.href == "/risks/office/ST/02%20b/"
    assert "Odd reference" in said(client.get(row.href))
    assert client.get(row.href + "wording/").status_code == 200


def test_a_risk_without_score_words_or_controls_still_has_its_page(house: House) -> None:
    a_risk(house, reference="A1", impact=None, likelihood=None, owner=None, responsible_officer=None)
    words = said(signed_in(house, "policy").get("/risks/office/A1/"))
    assert "Not scored yet" in words
    assert "Impact not yet Likelihood not yet Target not yet Owner none Responsible officer none" in words
    assert "Gap: nothing controls this" in words
    assert "Source, event and effect are not written yet." in words


def test_actions_and_evidence_stand_on_the_page_for_who_may_see_them(house: House, told: Risk) -> None:
    add_action(
        told.record,
        text="Ask for a third quote",
        owner=house.posts["owner"],
        due=date(2026, 7, 1),
        reason="",
        **by(house),
    )
    words = said(signed_in(house, "reader").get("/risks/office/A1/"))
    assert "Actions Action Owner By, or done on State Ask for a third quote Head of Communications 1 July 2026" in words
    assert "Evidence No evidence." in words
    assert "Action added Ask for a third quote." in words
    assert "Add an action" in said(signed_in(house, "policy").get("/risks/office/A1/"))
    for address in ("/risks/office/A1/", "/risks/office/A1/history/", "/risks/office/A1/history.json"):
        assert "third quote" not in signed_in(house, "panel").get(address).content.decode()
