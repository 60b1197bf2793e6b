"""Reviews that are due, whose they are, and many of them made in one form."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.records.commands import share
from candour.kernel.rules import read
from candour.risks import commands, rules
from candour.risks.models import Risk, RiskLine
from candour.risks.queries.many import MOST
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
MANY = "/risks/review/"


def reviewed(risk: Risk, day: date, **more: Any) -> Risk:
    said: dict[str, Any] = {"impact": 3, "likelihood": 3, "narrative": "Nothing moved", "answers": {}} | more
    return commands.review(risk, effective=day, **said, **SAID)


def four(house: House) -> dict[str, Risk]:
    """One risk for each reason why a review is due, and one whose review is not."""
    risks = {why: a_risk(house, reference=why.split()[0].upper()) for why in rules.REVIEW_WORDS}
    reviewed(risks["Late"], date(2026, 2, 1))
    reviewed(risks["Handed over"], date(2026, 6, 1))
    chief = house.posts["chief"]
    commands.hand_over(risks["Handed over"], owner=chief, responsible_officer=chief, reason="Moved", **SAID)
    reviewed(risks["Due soon"], date(2026, 3, 20))
    reviewed(a_risk(house, reference="NOT"), date(2026, 6, 1))
    return risks


def refs(response: Any) -> list[str]:
    return [row.reference for row, *_ in response.context["rows"]]


# The page of reviews that are due


def test_reviews_are_due_for_a_reason_the_longest_overdue_first(house: House) -> None:
    four(house)
    response = signed_in(house, "policy").get("/risks/due/?post=all")
    told = [(row.reference, row.why) for row, *_ in response.context["rows"]]
    assert told == [
        ("FIRST", "Late"),
        ("LATE", "Late"),
        ("DUE", "Due soon"),
        ("HANDED", "Handed over"),
    ]
    assert [(each.label, each.count) for each in response.context["counts"]] == [
        ("Late", 2),
        ("First review", 0),
        ("Handed over", 1),
        ("Due soon", 1),
    ]


def test_each_figure_leads_to_its_rows(house: House) -> None:
    four(house)
    client = signed_in(house, "policy")
    for each in client.get("/risks/due/?post=all").context["counts"]:
        assert len(refs(client.get("/risks/due/" + each.href))) == each.count


def test_ones_own_are_those_of_ones_posts(house: House) -> None:
    four(house)
    officer = refs(signed_in(house, "finance").get("/risks/due/"))
    chief = refs(signed_in(house, "chief").get("/risks/due/"))
    assert (officer, chief) == (["FIRST", "LATE", "DUE"], ["HANDED"])
    of_post = signed_in(house, "policy").get(f"/risks/due/?post={house.posts['chief'].pk}")
    assert refs(of_post) == ["HANDED"]
    assert title(of_post).startswith("Reviews due: Chief Executive")


def test_who_has_reviews_due_is_counted_by_post(house: House) -> None:
    four(house)
    by_post = signed_in(house, "policy").get("/risks/due/").context["by_post"]
    assert [(each.title, each.due, each.late) for each, _ in by_post] == [
        ("Chief Finance Officer", 3, 2),
        ("Chief Executive", 1, 0),
    ]


def test_with_nothing_due_the_page_says_when_something_will_be(house: House) -> None:
    client = signed_in(house, "policy")
    assert "No review of yours is due" in said(client.get("/risks/due/"))
    assert "No such review is due" in said(client.get("/risks/due/?post=all"))


def test_a_restricted_risk_is_due_for_nobody_who_may_not_see_it(house: House) -> None:
    risk = a_risk(house, reference="SECRET", sensitivity="restricted")
    for address in ("/risks/due/?post=all", MANY + "?post=all&due=all", MANY + f"?risk={risk.pk}"):
        owner, policy = (signed_in(house, name).get(address) for name in ("owner", "policy"))
        assert ("SECRET" in owner.content.decode(), "SECRET" in policy.content.decode()) == (False, True)
        assert "OFFICIAL-SENSITIVE" in policy.content.decode()
    assert signed_in(house, "owner").get("/risks/due/").context["by_post"] == []


def test_a_risk_that_is_shared_is_due_for_its_own_body_alone(house: House) -> None:
    share(a_risk(house, reference="A1").record, organisation=house.force, reason="Joint", **SAID)
    assert refs(signed_in(house, "force_policy").get("/risks/due/?post=all")) == []


def test_why_a_review_is_due_is_read_alike_from_a_line_and_in_the_database(house: House) -> None:
    risks = four(house)
    lines = {why: RiskLine.objects.get(pk=risk.pk) for why, risk in risks.items()}
    assert {why: read(rules.REVIEW, line, TODAY) for why, line in lines.items()} == {
        "Late": "Late",
        "First review": "Late",
        "Handed over": "Handed over",
        "Due soon": "Due soon",
    }


def test_the_pages_ask_as_much_for_many_risks_as_for_one(house: House) -> None:
    client = signed_in(house, "policy")
    addresses = ("/risks/due/?post=all", MANY + "?post=all")
    a_risk(house)
    first = [questions(client, address) for address in addresses]
    for _ in range(4):
        a_risk(house)
    assert [questions(client, address) for address in addresses] == first
    assert max(first) <= 12


# Many reviews in one form


def test_a_post_that_reviews_nothing_one_may_review_is_not_named(house: House) -> None:
    a_risk(house, reference="A1")
    theirs = house.posts["force_policy"]
    response = signed_in(house, "policy").get(f"{MANY}?post={theirs.pk}&due=all")
    assert theirs.title not in [text for _, text in response.context["posts"]]
    assert response.context["rows"] == []


def answers(client: Any, given: dict[int, dict[str, str]], query: str = "?post=all&due=all") -> dict[str, Any]:
    """The form as it opens, with the answers of some rows changed."""
    form = client.get(MANY + query).context["form"]
    sent: dict[str, Any] = {"risk": [row.pk for row in form.risks]}
    for item in form.rows:
        pk = item.row.pk
        sent |= {f"{pk}-seen": item.seen, f"{pk}-answer": "leave", f"{pk}-narrative": ""}
        sent |= {f"{pk}-impact": item.impact.answer, f"{pk}-likelihood": item.likelihood.answer}
        sent |= {f"{pk}-{name}": value for name, value in given.get(pk, {}).items()}
    return sent


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def last(risk: Risk) -> tuple[str, str]:
    (event,) = events([entries_of(risk.record)[0]])
    return event.event, event.reason


def test_one_form_saves_what_was_answered_and_leaves_the_rest(house: House) -> None:
    same, moved, left = (a_risk(house) for _ in range(3))
    client = signed_in(house, "policy")
    scored = {"answer": "scored", "impact": "4", "narrative": "A claim came in"}
    sent = answers(client, {same.pk: {"answer": "unchanged"}, moved.pk: scored})
    before = Entry.objects.count()
    response = client.post(MANY + "?post=all&due=all", sent, follow=True)
    assert "2 reviews are saved" in said(response)
    assert Entry.objects.count() == before + 2
    assert [Risk.objects.get(pk=risk.pk).last_review for risk in (same, moved, left)] == [TODAY, TODAY, None]
    assert (last(same), last(moved)) == (
        ("risk.reviewed", "Reviewed: nothing has moved."),
        ("risk.reviewed", "A claim came in"),
    )
    assert RiskLine.objects.get(pk=moved.pk).score == 12


def test_nothing_is_saved_while_one_row_is_to_be_mended_and_no_answer_is_lost(house: House) -> None:
    fine, moved, late = (a_risk(house, reference=name) for name in ("F1", "M1", "L1"))
    due = {"text": "Lock it", "due": date(2026, 6, 1), "effective": date(2026, 5, 1)}
    commands.add_control(late, reason="Agreed", **due, **SAID)
    client = signed_in(house, "policy")
    given = {
        fine.pk: {"answer": "unchanged", "narrative": "Still so"},
        moved.pk: {"answer": "scored", "impact": "4"},
        late.pk: {"answer": "unchanged"},
    }
    before = Entry.objects.count()
    response = client.post(MANY + "?post=all&due=all", answers(client, given))
    assert (response.status_code, Entry.objects.count()) == (422, before)
    assert title(response).startswith("Error: ")
    assert problems(response) == {
        f"{moved.pk}-narrative": "M1: Say why impact goes from 3 to 4",
        f"{late.pk}-answer-0": "L1: A control is past its date: review this risk on its own page, or leave it out",
    }
    kept = {item.row.pk: (item.answer.answer, item.narrative.answer) for item in response.context["form"].rows}
    assert (kept[fine.pk], kept[moved.pk]) == (("unchanged", "Still so"), ("scored", ""))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, {"answer-0": "Nothing is answered yet: say of at least one risk that it was reviewed"}),
        ({"answer": "scored"}, {"answer-0": "Change the score of A1, or say that nothing has changed"}),
        ({"answer": "scored", "impact": ""}, {"impact": "Choose the impact of A1"}),
        ({"answer": "scored", "impact": "9"}, {"impact": "Choose the impact of A1"}),
        ({"answer": "done"}, {"answer-0": "Choose an answer for A1"}),
    ],
)
def test_an_answer_that_does_not_hold_says_how_to_mend_it(house: House, given: dict, told: dict) -> None:
    risk = a_risk(house, reference="A1")
    client = signed_in(house, "policy")
    response = client.post(MANY + "?post=all&due=all", answers(client, {risk.pk: given}))
    assert response.status_code == 422
    assert {name.removeprefix(f"{risk.pk}-"): message for name, message in problems(response).items()} == told


def test_a_row_that_somebody_changed_meanwhile_is_shown_before_anything_is_saved(house: House) -> None:
    one, two = (a_risk(house, reference=name) for name in ("A1", "A2"))
    client = signed_in(house, "policy")
    sent = answers(client, {pk: {"answer": "unchanged"} for pk in (one.pk, two.pk)})
    commands.rescore(two, impact=1, likelihood=1, reason="A better lock", **SAID)
    response = client.post(MANY + "?post=all&due=all", sent)
    assert response.status_code == 422
    assert problems(response) == {
        f"{two.pk}-answer-0": "Somebody changed A2 meanwhile: read what was entered, then save again"
    }
    assert "A better lock" in said(response)
    assert Risk.objects.get(pk=one.pk).last_review is None
    sent |= {f"{item.row.pk}-seen": item.seen for item in response.context["form"].rows}
    assert "2 reviews are saved" in said(client.post(MANY + "?post=all&due=all", sent, follow=True))


def test_a_risk_that_went_out_of_reach_keeps_the_others_from_being_lost(house: House) -> None:
    one, two = (a_risk(house, reference=name) for name in ("A1", "A2"))
    client = signed_in(house, "policy")
    sent = answers(client, {pk: {"answer": "unchanged", "narrative": "Seen"} for pk in (one.pk, two.pk)})
    commands.close(two, reason="Gone", **SAID)
    response = client.post(MANY + "?post=all&due=all", sent)
    assert response.status_code == 422
    assert "1 of the risks that you answered can no longer be reviewed here. Save the others" in said(response)
    (row,) = response.context["form"].rows
    assert (row.row.reference, row.narrative.answer) == ("A1", "Seen")


def test_risks_of_another_body_or_restricted_are_not_reviewed_by_their_numbers(house: House) -> None:
    theirs = a_risk(house, organisation=house.force, owner=None, responsible_officer=None)
    secret = a_risk(house, sensitivity="restricted")
    for risk, name in ((theirs, "policy"), (secret, "owner")):
        sent = {"risk": [risk.pk], f"{risk.pk}-answer": "unchanged", f"{risk.pk}-seen": 1}
        before = Entry.objects.count()
        signed_in(house, name).post(MANY, sent)
        assert Entry.objects.count() == before


def test_forty_risks_stand_on_one_form(house: House) -> None:
    for _ in range(MOST + 1):
        a_risk(house)
    words = said(signed_in(house, "policy").get(MANY + "?post=all"))
    assert f"{MOST} risks of {MOST + 1}, those due first" in words


def test_with_nothing_due_the_form_says_what_to_choose(house: House) -> None:
    assert "There is nothing to review here" in said(signed_in(house, "policy").get(MANY))


@pytest.mark.parametrize(("name", "status"), [("owner", 200), ("reader", 404), ("panel", 404), ("auditor", 404)])
def test_who_may_open_the_pages_of_reviews(house: House, name: str, status: int) -> None:
    client = signed_in(house, name)
    assert [client.get(address).status_code for address in ("/risks/due/", MANY)] == [status] * 2
