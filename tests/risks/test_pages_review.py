"""The review form: filled as things stand, saved in one entry, refused honestly."""

from dataclasses import replace
from datetime import date

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.rules import Band
from candour.risks import commands
from candour.risks.models import Control, Risk
from tests.factories import MATRIX, NOW, TODAY, House, a_risk
from tests.risks.pages import said, signed_in, title
from tests.risks.test_pages_heat_map import FIVE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/risks/office/A1/review/"


def by(house: House, name: str = "policy") -> dict:
    return {"actor": house.actors[name], "at": NOW}


@pytest.fixture
def risk(house: House) -> Risk:
    return a_risk(house, reference="A1", impact=4, likelihood=2)


@pytest.fixture
def late(house: House, risk: Risk) -> Control:
    return commands.add_control(risk, text="Award the contract", due=date(2026, 6, 2), reason="Agreed", **by(house))


@pytest.fixture
def held(house: House, risk: Risk) -> Control:
    return commands.add_control(
        risk, text="Weekly checks", in_place_since=date(2026, 2, 1), reason="Agreed", **by(house)
    )


def answers(risk: Risk, **changed: object) -> dict[str, object]:
    """What the form sends when nothing is changed but a narrative."""
    risk.record.refresh_from_db()
    given: dict[str, object] = {
        "seen": risk.record.head_sequence,
        "impact": 4,
        "likelihood": 2,
        "narrative": "Nothing moved.",
        "do": "save",
    }
    for control in Control.objects.filter(risk=risk, removed_on=None):
        given[f"control-{control.pk}"] = "still to do" if control.pending else "works"
    return given | changed


def test_the_form_opens_filled_as_things_stand(house: House, risk: Risk, late: Control, held: Control) -> None:
    response = signed_in(house, "owner").get(HERE)
    form = response.context["form"]
    assert [option.value for option in form["impact"].options if option.chosen] == ["4"]
    assert [option.value for option in form["likelihood"].options if option.chosen] == ["2"]
    assert [[option.value for option in row.answer.options if option.chosen] for row in form.rows] == [
        ["still to do"],
        ["works"],
    ]
    words = said(response)
    assert "1. Award the contract Pending, due 2 June 2026, 13 days late" in words
    assert "2. Weekly checks In place since 1 February 2026" in words
    assert "Nothing: this is the first review." in words


def test_a_review_is_saved_in_one_entry(house: House, risk: Risk, late: Control, held: Control) -> None:
    before = Entry.objects.count()
    sent = answers(risk, likelihood=3, narrative="The award slipped.", accept="on")
    sent |= {f"control-{late.pk}": "in place", f"control-{held.pk}": "in part"}
    response = signed_in(house, "owner").post(HERE, sent, follow=True)
    assert response.redirect_chain == [("/risks/office/A1/", 302)]
    assert "The review of A1 is saved" in said(response)
    assert Entry.objects.count() == before + 1
    risk.refresh_from_db()
    late.refresh_from_db()
    held.refresh_from_db()
    assert (risk.last_review, risk.accepted_on) == (TODAY, TODAY)
    assert (late.pending, late.in_place_since, held.effect) == (False, TODAY, "in part")
    assert "12 High" in said(response)
    assert "The award slipped." in said(response)


def test_the_errors_say_how_to_mend_them_and_answers_are_kept(house: House, risk: Risk, late: Control) -> None:
    before = Entry.objects.count()
    response = signed_in(house, "owner").post(HERE, answers(risk, likelihood=3, narrative=" "))
    form = response.context["form"]
    assert response.status_code == 422
    assert title(response) == "Error: Review A1 – Candour"
    assert [(problem.id, problem.message) for problem in response.context["problems"]] == [
        ("narrative", "Say why likelihood goes from 2 to 3"),
        (f"control-{late.pk}-due", "Enter a new date for ‘Award the contract’, or say it is in place"),
    ]
    assert list(form.errors[f"control-{late.pk}-due"]) == ["Enter a new date, or say it is in place"]
    assert [option.value for option in form["likelihood"].options if option.chosen] == ["3"]
    assert Entry.objects.count() == before
    assert "Your answers so far Score 12 High 4 × 3 Movement Up from 8 Status Overdue Control" in said(response)


@pytest.mark.parametrize(
    ("impact", "likelihood", "message"),
    [
        (4, 2, "Say what moved, or that nothing has"),
        (4, 3, "Say why likelihood goes from 2 to 3"),
        (3, 2, "Say why impact goes from 4 to 3"),
        (3, 1, "Say why impact goes from 4 to 3 and likelihood from 2 to 1"),
    ],
)
def test_a_changed_score_needs_a_reason(house: House, risk: Risk, impact: int, likelihood: int, message: str) -> None:
    sent = answers(risk, impact=impact, likelihood=likelihood, narrative="")
    response = signed_in(house, "owner").post(HERE, sent)
    assert list(response.context["form"].errors["narrative"]) == [message]


def test_a_new_date_must_be_one_and_lie_ahead(house: House, risk: Risk, late: Control) -> None:
    client, field = signed_in(house, "owner"), f"control-{late.pk}-due"
    for typed in ("someday", "1 June 2026"):
        assert client.post(HERE, answers(risk, **{field: typed})).status_code == 422
    assert client.post(HERE, answers(risk, **{field: "28/07/26"})).status_code == 302
    late.refresh_from_db()
    assert late.due == date(2026, 7, 28)


def test_an_answer_off_the_scale_is_refused(house: House, risk: Risk) -> None:
    response = signed_in(house, "owner").post(HERE, answers(risk, impact=9, likelihood=""))
    assert sorted(response.context["form"].errors) == ["impact", "likelihood", "narrative"] or sorted(
        response.context["form"].errors
    ) == ["impact", "likelihood"]


def test_showing_what_it_gives_saves_nothing(house: House, risk: Risk, late: Control) -> None:
    before = Entry.objects.count()
    sent = answers(risk, likelihood=1, do="preview") | {f"control-{late.pk}": "in place"}
    response = signed_in(house, "owner").post(HERE, sent)
    assert response.status_code == 200
    assert "Score 4 Low 4 × 1 Movement Down from 8 Status Managed" in said(response)
    assert "Next review 15 December 2026, as Low is every 6 months" in said(response)
    assert Entry.objects.count() == before


def test_what_the_preview_says_is_what_saving_gives(house: House, risk: Risk, late: Control, held: Control) -> None:
    client = signed_in(house, "owner")
    sent = answers(risk, impact=2, likelihood=2, accept="on") | {f"control-{late.pk}": "removed"}
    given = client.post(HERE, sent | {"do": "preview"}).context["gives"][0]
    client.post(HERE, sent)
    row = client.get("/risks/office/A1/").context["row"]
    assert (given.score, given.status, given.direction, given.review_due) == (
        row.line.score,
        row.status,
        row.direction,
        row.line.review_due,
    )


def test_nobody_overwrites_what_they_have_not_read(house: House, risk: Risk, late: Control) -> None:
    client, sent = signed_in(house, "owner"), answers(risk, likelihood=3, narrative="My reason")
    sent |= {f"control-{late.pk}": "in place"}
    commands.rescore(risk, impact=3, likelihood=2, reason="A better lock", **by(house, "chief"))
    added = commands.add_control(risk, text="Another", reason="Agreed", **by(house, "chief"))
    before = Entry.objects.count()
    response = client.post(HERE, sent)
    assert response.status_code == 422
    assert Entry.objects.count() == before
    words = said(response)
    assert "Nothing is saved yet: somebody changed this risk after you opened the page." in words
    assert "A better lock" in words
    assert "My reason" in words
    assert [option.value for option in response.context["form"]["likelihood"].options if option.chosen] == ["3"]
    again = sent | {"seen": response.context["form"]["seen"].value(), f"control-{added.pk}": "in place"}
    assert client.post(HERE, again).status_code == 302


def test_saving_may_lead_to_the_next_that_is_due(house: House, risk: Risk) -> None:
    second = a_risk(house, reference="A2", effective=date(2026, 3, 1))
    a_risk(house, reference="H1", sensitivity="restricted")
    client = signed_in(house, "owner")
    assert "Save and open the next of 1" in said(client.get(HERE))
    response = client.post(HERE, answers(risk, do="next"))
    assert response["Location"] == "/risks/office/A2/review/"
    last = client.get(response["Location"])
    assert "Save and open the next" not in said(last)
    assert client.post(response["Location"], answers(second, impact=3, likelihood=3, do="next")).status_code == 302


def test_a_new_scale_asks_for_both_levels_anew(house: House, risk: Risk) -> None:
    bring_in_matrix(FIVE, organisation=house.office, starts=date(2026, 5, 1), actor=CANDOUR, at=NOW, reason="New guide")
    client = signed_in(house, "owner")
    response = client.get(HERE)
    form = response.context["form"]
    assert [option for option in form["impact"].options if option.chosen] == []
    assert "Scored on Scale of 2018 until now: choose anew on Scale of 2026." in said(response)
    sent = answers(risk, impact=5, likelihood=5, narrative="On the new scale.")
    assert "25 Critical" in said(client.post(HERE, sent, follow=True))


def test_a_scale_with_other_bands_and_the_same_levels_keeps_the_levels_chosen(house: House, risk: Risk) -> None:
    bands = (Band("Grave", 8, 16, 1, "high"), Band("Bearable", 1, 7, 6, "low"))
    stricter = replace(MATRIX, name="Stricter scale", bands=bands)
    bring_in_matrix(stricter, organisation=house.office, starts=date(2026, 5, 1), actor=CANDOUR, at=NOW, reason="Asked")
    client = signed_in(house, "owner")
    response = client.get(HERE)
    form = response.context["form"]
    assert [option.value for option in form["impact"].options if option.chosen] == ["4"]
    assert "choose anew" not in said(response)
    assert "Say what moved, or that nothing has" in said(client.post(HERE, answers(risk, narrative="")))
    assert "8 Grave" in said(client.post(HERE, answers(risk, narrative="As it was."), follow=True))


def test_a_closed_risk_is_not_reviewed(house: House, risk: Risk) -> None:
    commands.close(risk, reason="Gone", **by(house))
    response = signed_in(house, "owner").get(HERE, follow=True)
    assert "A1 is closed: reopen it to review it" in said(response)


def test_who_may_not_review_is_refused(house: House, risk: Risk) -> None:
    assert signed_in(house, "reader").get(HERE).status_code == 404
    assert signed_in(house, "panel").get(HERE).status_code == 404


def test_the_last_words_are_shown(house: House, risk: Risk) -> None:
    client = signed_in(house, "owner")
    client.post(HERE, answers(risk, narrative="All quiet."))
    words = said(client.get(HERE))
    assert "‘All quiet.’ Head of Communications, 15 June 2026" in words
    assert "What moved since 15 June 2026, and why" in words
