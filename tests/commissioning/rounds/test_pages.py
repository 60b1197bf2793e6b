"""The pages of grant rounds, as their readers meet them."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from candour.commissioning.commands import rounds as commands
from candour.commissioning.models import Agreement, Application, Round, Scoring
from candour.commissioning.queries.rounds import awards_of, criteria_of, questions_of
from candour.commissioning.queries.rounds.then import round_then
from candour.kernel.records.models import Record
from tests.commissioning.factories import a_stream
from tests.commissioning.rounds.factories import (
    BY,
    a_draft,
    a_round,
    again,
    an_application,
    begun,
    fresh,
    ranked,
    scored,
    scoring_of,
    send,
)
from tests.commissioning.rounds.stages import at_stage
from tests.factories import TODAY, House
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/rounds/office/GR-2026-01/"
ONE = "/agreements/applications/office/GR-2026-01-001/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def post(house: House, address: str, answers: dict[str, Any], name: str = "policy", *, follow: bool = True) -> Any:
    which = "application" if "/applications/" in address else "round"
    reference = address.split("/")[4]
    row = Record.objects.filter(kind=which, reference=reference).first()
    return signed_in(house, name).post(address, {"seen": row.head_sequence if row else 0} | answers, follow=follow)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


# Setting up


def test_the_list_is_empty_with_words_that_teach(house: House) -> None:
    assert "No round is set up yet" in said(get(house, "/agreements/rounds/"))
    assert "No grant rounds that you can see" in said(get(house, "/agreements/rounds/", "reader"))


def test_a_round_is_set_up_on_one_page_and_asks_for_its_criteria_next(house: House) -> None:
    stream = a_stream(house)
    answers = {
        "title": "Safer streets", "stream": stream.pk, "budget": "30,000", "opens": "1 July 2026", "closes": "31 July 2026",
        "marks": "None\nFair\nGood", "tolerance": "1", "pass_mark": "50", "sensitivity": "office", "reason": "The plan",
        "owner": house.posts["chief"].pk,
    }  # fmt: skip
    shown = signed_in(house, "policy").post("/agreements/rounds/new/", answers, follow=True)
    assert title(shown) == "GR-2026-01 Safer streets – Candour"
    assert "Set the criteria: they are published when the round opens" in said(shown)
    wrong = signed_in(house, "policy").post("/agreements/rounds/new/", answers | {"closes": "1 June 2026"})
    assert (wrong.status_code, problems(wrong)) == (422, {"closes": "Enter a last day on or after the first"})
    assert Round.objects.count() == 1


def test_criteria_are_a_row_each_and_what_was_typed_stays(house: House) -> None:
    a_draft(house)
    answers = {"name_1": "Need", "weight_1": "60", "name_2": "Cost", "weight_2": "30", "reason": "Agreed"}
    wrong = post(house, f"{HERE}criteria/", answers)
    assert list(problems(wrong).values()) == ["Weights come to 90: change them until they come to 100"]
    assert 'value="Need"' in wrong.content.decode()
    post(house, f"{HERE}criteria/", answers | {"weight_2": "40"})
    assert [(one.name, one.weight) for one in criteria_of(Round.objects.get())] == [("Need", 60), ("Cost", 40)]


def test_the_form_is_a_row_for_each_question(house: House) -> None:
    a_draft(house)
    answers = {
        "text_1": "What will change?",
        "kind_1": "text",
        "words_1": "200",
        "text_2": "Are you a charity?",
        "kind_2": "must",
    }
    post(house, f"{HERE}form/", answers | {"reason": "Agreed"})
    assert [(one.text, one.kind, one.most_words, one.must) for one in questions_of(Round.objects.get())] == [
        ("What will change?", "text", 200, False),
        ("Are you a charity?", "yes or no", 0, True),
    ]


def test_a_change_after_it_opened_is_told_to_everybody(house: House) -> None:
    a_round(house)
    answers = {"name_1": "Need", "weight_1": "100", "reason": "A criterion was asked twice"}
    post(house, f"{HERE}criteria/", answers)
    assert "A criterion was asked twice" in said(get(house, HERE, "reader"))


def test_somebody_elses_change_meanwhile_is_told_and_nothing_is_saved(house: House) -> None:
    it = a_draft(house)
    answers = {"seen": it.record.head_sequence, "name_1": "Need", "weight_1": "100", "reason": "Agreed"}
    commands.set_questions(it, questions=[commands.NewQuestion("Why?")], **BY)
    shown = signed_in(house, "policy").post(f"{HERE}criteria/", answers)
    assert (shown.status_code, criteria_of(it)) == (422, [])
    assert "somebody changed this round after you opened the page" in said(shown)


# Applications


def test_an_application_is_entered_by_the_questions_of_the_form(house: House) -> None:
    a_round(house)
    answers = {
        "applicant": "Northgate Support", "title": "Lights", "asked": "9,500", "received_on": "4 May 2026",
        "answer_1": "Less fear", "answer_2": "Yes", "answer_3": "250",
    }  # fmt: skip
    shown = post(house, f"{HERE}apply/", answers)
    assert title(shown) == "GR-2026-01-001 Lights – Candour"
    assert "What will change? Less fear" in said(shown)
    wrong = post(house, f"{HERE}apply/", answers | {"answer_1": "word " * 13})
    assert problems(wrong) == {"answer_1": "Shorten the answer to question 1 to 12 words: it has 13"}


def test_each_view_holds_as_many_as_it_says(house: House) -> None:
    it = a_round(house)
    for name in ("One", "Two"):
        an_application(it, name)
    an_application(it, "Late", received_on=date(2026, 5, 20))
    commands.withdraw(fresh(Application.objects.get(applicant="Two")), on=TODAY, **BY)
    shown = get(house, f"{HERE}applications/")
    assert {view["label"]: view["count"] for view in shown.context["views"]} == {
        "All": 3, "To judge": 0, "In the running": 1, "Late": 1, "Not eligible": 0, "Withdrawn": 1, "Awarded": 0,
    }  # fmt: skip
    for view in shown.context["views"]:
        rows = get(house, f"{HERE}applications/{view['href']}").context["rows"]
        assert (view["label"], len(rows)) == (view["label"], view["count"])


def test_a_workbook_is_taken_away_filled_in_and_brought_back(house: House) -> None:
    it = a_round(house)
    an_application(it, "There already")
    book = load_workbook(BytesIO(get(house, f"{HERE}workbook.xlsx").content))
    sheet = book["Applications"]
    assert [cell.value for cell in sheet[1]][:4] == ["Reference", "Who applies", "E-mail", "Project"]
    assert sheet["B2"].value == "There already"
    for place, value in enumerate(("", "Young Voices", "", "Drama", 4800, "6 May 2026", "Less fear", "Yes"), 1):
        sheet.cell(3, place, value or None)
    shown = bring(house, book)
    assert [(one["row"], one["it"].applicant, one["asked"]) for one in shown.context["new"]] == [
        (3, "Young Voices", "£4,800")
    ]
    assert (shown.context["there"], shown.context["faults"], Application.objects.count()) == (1, [], 1)
    carried = {"carried": shown.context["carried"]}
    signed_in(house, "policy").post(f"{HERE}load/", carried)
    signed_in(house, "policy").post(f"{HERE}load/", carried)
    assert list(Application.objects.order_by("pk").values_list("applicant", "asked")) == [
        ("There already", 10_000_00),
        ("Young Voices", 4800_00),
    ]


def bring(house: House, book: Any) -> Any:
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("applications.xlsx", out.getvalue())
    return signed_in(house, "policy").post(f"{HERE}load/", {"workbook": file})


def test_what_is_wrong_in_a_workbook_is_told_by_its_row_and_nothing_can_be_saved(house: House) -> None:
    it = a_round(house)
    an_application(it, "There already")
    book = load_workbook(BytesIO(get(house, f"{HERE}workbook.xlsx").content))
    sheet = book["Applications"]
    sheet["B2"] = "Another name"
    for place, value in enumerate((None, "Young Voices", None, "Drama", "lots", "6 May 2026"), 1):
        sheet.cell(3, place, value)
    for place, value in enumerate((None, "Second Step", None, "Café", 4800, "6 May 2026", "Less fear"), 1):
        sheet.cell(4, place, value)
    shown = bring(house, book)
    assert [str(fault) for fault in shown.context["faults"]] == [
        "Row 2: Who applies of GR-2026-01-001 says ‘Another name’, and the register ‘There already’: put it back",
        "Row 3: ‘lots’ is not an amount: enter pounds, such as 12,500",
        "Row 4: Answer question 2: Is there a safeguarding policy?",
    ]
    assert shown.context["carried"] == ""


def test_the_workbook_of_another_round_is_not_taken(house: House) -> None:
    a_round(house)
    a_round(house)
    book = load_workbook(BytesIO(get(house, "/agreements/rounds/office/GR-2026-02/workbook.xlsx").content))
    assert list(problems(bring(house, book)).values()) == [
        "This is the workbook of GR-2026-02. Bring it back on the page of that round"
    ]


# Scoring


def test_a_scorer_saves_comes_back_and_is_led_to_the_next(house: House) -> None:
    it = a_round(house)
    for name in ("One", "Two"):
        an_application(it, name)
    begun(house, it, "owner", "reader")
    assert "2 applications to score" in said(get(house, "/agreements/scoring/", "owner"))
    answers: dict[str, Any] = {"interest": "no", "mark_1": "3", "why_1": "Good evidence"}
    shown = post(house, f"{ONE}score/", answers | {"save": "1"}, "owner")
    assert "1 of 3 criteria scored" in said(shown)
    assert "So far 30 of 40" in said(shown)
    wrong = post(house, f"{ONE}score/", answers | {"send": "1"}, "owner")
    assert (wrong.status_code, problems(wrong)) == (
        422,
        {
            "mark_2-0": "Choose a mark for Change, or save for later",
            "why_2": "Say why for Change: the applicant reads it",
            "mark_3-0": "Choose a mark for Cost, or save for later",
            "why_3": "Say why for Cost: the applicant reads it",
        },
    )
    full = answers | {"mark_2": "2", "why_2": "Fair", "mark_3": "4", "why_3": "Cheap", "send": "1"}
    shown = post(house, f"{ONE}score/", full, "owner")
    assert title(shown) == "Score GR-2026-01-002 – Candour"
    assert "are sent: 1 left" in shown.content.decode()


def test_an_interest_takes_the_application_out_of_sight(house: House) -> None:
    it = a_round(house)
    an_application(it)
    begun(house, it, "owner", "reader")
    wrong = post(house, f"{ONE}score/", {"interest": "yes"}, "owner")
    assert problems(wrong) == {"nature": "Say what the interest is"}
    shown = post(house, f"{ONE}score/", {"interest": "yes", "nature": "A trustee is my brother"}, "owner")
    assert "You declared an interest, so you do not see it" in said(shown)
    assert "A project of Northgate" not in shown.content.decode()
    assert [get(house, f"{ONE}{page}", "owner").status_code for page in ("", "score/")] == [404, 404]


def test_begin_scoring_offers_the_posts_with_the_role(house: House) -> None:
    it = a_round(house)
    an_application(it)
    assert "No post scores grants yet" in said(get(house, f"{HERE}scorers/"))
    from tests.commissioning.rounds.factories import scorers

    scorers(house, "owner", "reader")
    posts = [house.posts[name].pk for name in ("owner", "reader")]
    assert [label for _, label in get(house, f"{HERE}scorers/").context["form"].fields["posts"].choices] == [
        "Assistant",
        "Head of Communications",
    ]
    post(house, f"{HERE}scorers/", {"posts": posts})
    assert Scoring.objects.count() == 2


# Moderation to announcement


def test_moderation_lists_what_is_too_far_apart_once_all_are_in(house: House) -> None:
    it = a_round(house)
    one = fresh(an_application(it))
    begun(house, it, "owner", "reader")
    one = fresh(one)
    send(house, one, "owner", (4, 3, 3))
    assert "1 of 2 scores are sent" in said(get(house, f"{HERE}moderation/"))
    send(house, one, "reader", (1, 3, 3))
    assert "Need: 1 and 4" in said(get(house, f"{HERE}moderation/"))
    need = criteria_of(it)[0]
    shown = post(house, f"{ONE}moderate/", {"criterion": need.pk, "value": "3", "reason": "They met, and agreed"})
    assert "Nothing is left to moderate" in said(shown)
    assert "Moderated to 3" in said(get(house, ONE))


def test_the_ranking_shows_the_line_of_the_budget_and_what_another_would_do(house: House) -> None:
    ranked(house, [20_000_00, 15_000_00, 5_000_00], [(4, 4, 4), (3, 3, 3), (2, 2, 2)])
    shown = get(house, f"{HERE}ranking/", "chief")
    assert "The budget of £30,000 ends here" in said(shown)
    assert [(row["place"], row["total"], row["award"]) for row in shown.context["rows"]] == [
        (1, "100", "£20,000"),
        (2, "75", ""),
        (3, "50", ""),
    ]
    assert 'class="bar-act"' in shown.content.decode()
    other = get(house, f"{HERE}ranking/?budget=35,000", "chief")
    assert "This is what a budget of £35,000 would do" in said(other)
    assert [row["award"] for row in other.context["rows"]] == ["£20,000", "£15,000", ""]
    wrong = get(house, f"{HERE}ranking/?budget=lots", "chief")
    assert problems(wrong) == {"budget": "‘lots’ is not an amount. Enter pounds, for example 50,000"}


def test_a_round_is_decided_as_ranked_but_for_what_is_named(house: House) -> None:
    _, (one, two, three) = ranked(house, [20_000_00, 15_000_00, 5_000_00], [(4, 4, 4), (3, 3, 3), (2, 2, 2)])
    answers = {"reference_1": "GR-2026-01-003", "award_1": "5,000", "reason": "As ranked, and one that still fits"}
    wrong = post(house, f"{HERE}decide/", answers | {"reference_1": "GR-2026-01-009"}, "chief")
    assert problems(wrong) == {"reference_1": "GR-2026-01-009 is not in the ranking: enter a reference that is"}
    post(house, f"{HERE}decide/", answers, "chief")
    assert [fresh(each).award for each in (one, two, three)] == [20_000_00, 0, 5_000_00]


def test_a_tie_is_settled_on_its_page(house: House) -> None:
    _, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (4, 4, 4)])
    assert "Equal in everything" in said(get(house, f"{HERE}ranking/", "chief"))
    post(house, f"{ONE}tie/", {"first": two.pk, "reason": "It reaches more people"}, "chief")
    assert [fresh(each).tie for each in (one, two)] == [2, 1]
    assert "Tie broken by decision" in said(get(house, f"{HERE}ranking/", "chief"))


def test_letters_agreements_and_appeals_follow_the_decision(house: House) -> None:
    it, (one, _) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 3, 3)])
    assert "There is no letter yet" in said(get(house, f"{ONE}letter.docx"))
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    assert get(house, f"{ONE}letter.docx").content[:2] == b"PK"
    post(house, f"{HERE}announce/", {})
    assert "Group 1 A project of Group 1 £20,000" in said(get(house, HERE, "reader"))
    answers = {
        "service": "Boxing club",
        "starts": "1 July 2026",
        "ends": "31 March 2027",
        "instalments": "2",
        "reason": "Awarded",
    }
    post(house, f"{ONE}agreement/", answers)
    assert Agreement.objects.get().value == 20_000_00
    other = ONE.replace("001", "002")
    post(house, f"{other}appeal/", {"kind": "appeal", "on": "15 June 2026", "reason": "Our figures were misread"})
    shown = post(house, f"{other}answer/", {"upheld": "no", "reason": "They were read as they stand"}, "chief")
    assert "Not upheld on 15 June 2026: They were read as they stand" in said(shown)


def test_a_past_mark_below_a_pass_mark_is_named(house: House) -> None:
    ranked(house, [20_000_00], [(0, 4, 4)])
    assert "Need: 0, and 1 is needed" in said(get(house, f"{HERE}ranking/", "chief"))


def test_histories_tell_in_words(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)])
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    assert "Ranking settled" in said(get(house, f"{HERE}history/", "chief"))
    shown = said(get(house, f"{ONE}history/", "chief"))
    assert ("Outcome: Awarded" in shown, "Award: £20,000" in shown) == (True, True)


# Numbers


@pytest.mark.parametrize("page", ["", "applications/", "moderation/", "ranking/", "decide/"])
def test_the_number_of_queries_does_not_grow(house: House, page: str) -> None:
    it = a_round(house)
    counts = []
    for size in (1, 3):
        while Application.objects.count() < size:
            an_application(again(it), f"Group {Application.objects.count()}")
        counts.append(questions(signed_in(house, "chief"), f"{HERE}{page}"))
    assert counts[0] == counts[1] <= 12


def test_the_queries_of_an_application_and_of_scoring_are_few(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    scored(house, {fresh(one): {"reader": (3, 3, 3)}})
    assert questions(signed_in(house, "owner"), f"{ONE}score/") <= 12
    send(house, fresh(one), "owner", (3, 3, 3))
    assert scoring_of(house, one, "owner").sent_on == TODAY
    assert questions(signed_in(house, "chief"), ONE) <= 12


def test_a_round_is_read_as_at_a_past_day_with_its_stages_and_what_had_been_announced(house: House) -> None:
    it = again(at_stage(house, "announced").round)
    then = round_then(it, actor=house.actors["policy"], day=TODAY)
    assert then is not None
    assert then.awards == awards_of(it)
    assert [one.name for one in then.criteria] == [one.name for one in criteria_of(it)]
    assert [one.text for one in then.questions] == [one.text for one in questions_of(it)]
    assert (then.round.announced_on, then.round.budget) == (it.announced_on, it.budget)
    before = get(house, "/agreements/rounds/office/ST-announced/?as_at=14/6/2026").context
    assert (before["state"], before["awards"], before["may"]) == ("Closed to applications", [], {})
    assert [step["note"] for step in before["steps"]][2:] == [None] * 4
    drafted = get(house, "/agreements/rounds/office/ST-announced/?as_at=2/3/2026").context
    assert (drafted["state"], drafted["criteria"], drafted["questions"]) == ("Draft", [], [])
    assert "cannot be shown as at 1 January 2026" in said(
        get(house, "/agreements/rounds/office/ST-announced/?as_at=1/1/2026")
    )
    assert "is still to come" in said(get(house, "/agreements/rounds/office/ST-announced/?as_at=1/1/2027"))
