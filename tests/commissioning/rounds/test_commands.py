"""What may happen in a grant round, in its order, and what is refused."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from candour.commissioning.commands import rounds as commands
from candour.commissioning.commands.rounds import NewCriterion, NewQuestion, RoundFacts
from candour.commissioning.models import Application, Criterion, Moderation, Scoring
from candour.commissioning.queries.rounds import candidates, criteria_of, mine_page, questions_of, tally
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import CANDOUR
from candour.kernel.access.decide import Forbidden
from tests.commissioning.rounds.asserting import events, refused
from tests.commissioning.rounds.factories import (
    BY,
    CRITERIA,
    FACTS,
    QUESTIONS,
    a_draft,
    a_round,
    again,
    an_application,
    begun,
    fresh,
    new,
    scored,
    scorers,
    scoring_of,
    send,
)
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


def test_a_round_gets_the_next_reference_of_its_year(house: House) -> None:
    assert [a_draft(house).record.reference, a_draft(house).record.reference] == ["GR-2026-01", "GR-2026-02"]


def test_dates_that_run_backwards_and_a_budget_of_nothing_are_refused(house: House) -> None:
    assert refused(a_draft, house, closes=date(2026, 3, 1)) == ("closes", "Enter a last day on or after the first")
    assert refused(a_draft, house, budget=0) == ("budget", "Enter a budget above nothing")
    assert refused(a_draft, house, marks=("None", "Good"))[0] == "marks"


def test_it_opens_with_criteria_and_a_form_alone(house: House) -> None:
    it = a_draft(house)
    assert refused(commands.open_round, it, **BY) == (
        "reason",
        "Set the criteria first: they are published with the round",
    )
    commands.set_criteria(it, criteria=CRITERIA, **BY)
    assert refused(commands.open_round, it, **BY)[1] == "Set the form first: it is published with the round"
    commands.set_questions(it, questions=QUESTIONS, **BY)
    assert commands.open_round(it, **BY).opened_on == TODAY


def test_criteria_change_after_it_opened_with_a_reason_that_is_told(house: House) -> None:
    it = a_round(house)
    changed = [NewCriterion("Need", 60), NewCriterion("Cost", 40)]
    said = BY | {"reason": " "}
    assert refused(commands.set_criteria, it, criteria=changed, **said) == (
        "reason",
        "Say why the criteria change: applicants are told",
    )
    commands.set_criteria(it, criteria=changed, **BY)
    assert [(one.name, one.weight) for one in criteria_of(it)] == [("Need", 60), ("Cost", 40)]
    assert Criterion.objects.filter(round=it).count() == 5
    assert events(it.pk)[-1] == "round.criteria_changed"


def test_criteria_that_do_not_come_to_a_hundred_are_refused(house: House) -> None:
    it = a_draft(house)
    assert refused(commands.set_criteria, it, criteria=[NewCriterion("Need", 60)], **BY) == (
        "criteria",
        "Weights come to 60: change them until they come to 100",
    )


def test_the_form_stands_once_an_application_has_come(house: House) -> None:
    it = a_round(house)
    an_application(it)
    assert refused(commands.set_questions, it, questions=[NewQuestion("Why?")], **BY)[0] == "questions"


def test_the_last_day_only_moves_later_once_it_opened(house: House) -> None:
    it = a_round(house)
    facts = RoundFacts(**(FACTS | {"closes": date(2026, 5, 14)}))
    assert refused(commands.change_round, it, facts=facts, owner=None, **BY)[0] == "closes"
    later = RoundFacts(**(FACTS | {"closes": date(2026, 5, 20)}))
    commands.change_round(it, facts=later, owner=house.posts["finance"], **BY)
    assert (it.closes, events(it.pk)[-1]) == (date(2026, 5, 20), "round.changed_in_public")


def test_applications_follow_the_lead_of_their_round(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    commands.change_round(again(it), facts=RoundFacts(**FACTS), owner=house.posts["finance"], **BY)
    assert fresh(one).record.owner == house.posts["finance"]


def test_an_application_is_restricted_to_who_runs_the_round(house: House) -> None:
    it = an_application(a_round(house))
    assert (it.record.reference, it.record.sensitivity, it.record.owner) == (
        "GR-2026-01-001",
        "restricted",
        house.posts["chief"],
    )


@pytest.mark.parametrize(
    ("over", "field", "message"),
    [
        ({"applicant": " "}, "applicant", "Enter who applies"),
        ({"asked": 0}, "asked", "Enter an amount above nothing"),
        ({"asked": 20_001_00}, "asked", "This round gives £20,000 at most: enter less"),
        (
            {"received_on": date(2026, 3, 1)},
            "received_on",
            "Enter a day on or after 1 April 2026, when the round opened",
        ),
        ({"answers": {2: "Yes"}}, "answer_1", "Answer question 1: What will change?"),
        (
            {"answers": {1: "a " * 13, 2: "Yes"}},
            "answer_1",
            "Shorten the answer to question 1 to 12 words: it has 13",
        ),
        ({"answers": {1: "Much", 2: "Perhaps"}}, "answer_2", "Answer question 2 with Yes or No"),
        (
            {"answers": {1: "Much", 2: "No", 3: "lots"}},
            "answer_3",
            "Answer question 3 with a number, such as 1,200",
        ),
    ],
)
def test_what_breaks_the_form_is_refused_at_its_answer(
    house: House, over: dict[str, Any], field: str, message: str
) -> None:
    it = a_round(house, most=20_000_00)
    assert refused(commands.receive, it, new=new(**over), **BY) == (field, message)


def test_many_come_together_or_none(house: House) -> None:
    it = a_round(house)
    both = [new("One"), new("Two", asked=0)]
    assert refused(commands.receive_many, it, found=both, **BY) == ("asked", "Two: Enter an amount above nothing")
    assert Application.objects.count() == 0
    made = commands.receive_many(it, found=[new("One"), new("Two")], **BY)
    assert [one.record.reference for one in made] == ["GR-2026-01-001", "GR-2026-01-002"]


def test_a_late_one_is_entered_and_scored_only_if_it_is_let_in(house: House) -> None:
    it = a_round(house)
    an_application(it)
    late = an_application(it, "Late group", received_on=date(2026, 5, 16))
    assert (tally(CANDOUR, it).late, tally(CANDOUR, it).running) == (1, 1)
    commands.let_in(fresh(late), **BY)
    assert tally(CANDOUR, it).running == 2


def test_one_in_time_is_not_let_in(house: House) -> None:
    assert refused(commands.let_in, an_application(a_round(house)), **BY) == ("reason", "This application came in time")


def test_one_is_withdrawn_once_and_counts_no_more(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    commands.withdraw(one, on=TODAY, **BY)
    assert (tally(CANDOUR, it).withdrawn, tally(CANDOUR, it).running) == (1, 0)
    assert refused(commands.withdraw, one, on=TODAY, **BY)[1] == "This application is withdrawn already"


def test_that_one_is_not_eligible_needs_a_reason(house: House) -> None:
    one = fresh(commands.receive(a_round(house), new=new(), **BY))
    said = BY | {"reason": ""}
    assert refused(commands.judge, one, eligible=False, **said)[1] == (
        "Say why it is not eligible: the applicant reads it"
    )


def test_those_that_say_yes_are_judged_together_and_the_others_left(house: House) -> None:
    it = a_round(house)
    commands.receive_many(it, found=[new("One"), new("Two", answers={1: "Much", 2: "No"})], **BY)
    assert commands.judge_all(it, **BY) == 1
    assert sorted(Application.objects.values_list("applicant", "eligible")) == [("One", True), ("Two", None)]


def test_a_file_is_the_answer_to_a_question_that_asks_for_one(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    text, _, _, file = questions_of(it)
    said = {"name": "accounts.txt", "content": BytesIO(b"Accounts")}
    assert refused(commands.attach_answer, one, question=text, **said, **BY)[0] == "question"
    assert commands.attach_answer(one, question=file, **said, **BY).text == "accounts.txt"


def test_scoring_waits_for_the_last_day_and_for_eligibility(house: House) -> None:
    open_yet = a_round(house, closes=TODAY)
    posts = [house.posts["owner"], house.posts["reader"]]
    assert refused(commands.begin_scoring, open_yet, posts=posts, **BY)[1] == (
        "Begin once the last day for applications has passed"
    )
    it = a_round(house)
    commands.receive(it, new=new(), **BY)
    assert refused(commands.begin_scoring, it, posts=posts, **BY)[1] == (
        "Say first of 1 application whether they are eligible"
    )
    assert refused(commands.begin_scoring, it, posts=posts[:1], **BY)[1] == (
        "Choose at least two posts: each application is scored by two or more"
    )


def test_posts_take_turns_where_fewer_score_each(house: House) -> None:
    it = a_round(house)
    for name in ("One", "Two", "Three"):
        an_application(it, name)
    posts = [house.posts[name] for name in ("owner", "reader", "secretary")]
    assert commands.begin_scoring(again(it), posts=posts, each=2, **BY) == 6
    assert sorted(Scoring.objects.filter(owner=posts[0]).values_list("application__applicant", flat=True)) == [
        "One",
        "Three",
    ]


def test_one_saves_and_comes_back_and_sends_with_a_reason_for_each(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    row, (need, change, cost) = scoring_of(house, one, "owner"), criteria_of(it)
    mine: dict[str, Any] = {"actor": house.actors["owner"], "at": NOW}
    commands.save_scores(row, marks={need.pk: (3, "")}, **mine)
    assert list(row.scores.values_list("criterion__name", "value").order_by("criterion")) == [
        ("Need", 3),
        ("Change", None),
        ("Cost", None),
    ]
    assert refused(commands.save_scores, row, marks={need.pk: (3, "")}, send=True, **mine) == (
        "why_1",
        "Say why for Need: the applicant reads it",
    )
    assert refused(commands.save_scores, row, marks={need.pk: (5, "")}, **mine) == (
        "mark_1",
        "Choose a mark from 0 to 4 for Need",
    )
    full = {each.pk: (2, "So") for each in (need, change, cost)}
    commands.save_scores(row, marks=full, send=True, **mine)
    assert refused(commands.save_scores, row, marks=full, **mine)[1] == "You have sent these scores: they stand"


def test_nobody_scores_for_another(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    row = scoring_of(house, one, "owner")
    for name in ("reader", "chief", "policy"):
        with pytest.raises(Forbidden):
            commands.save_scores(row, marks={}, actor=house.actors[name], at=NOW)
        with pytest.raises(Forbidden):
            commands.declare_conflict(row, actor=house.actors[name], at=NOW, reason="Mine")


def test_an_interest_takes_one_off_and_what_one_scored_counts_no_more(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader", "secretary")
    scored(house, {fresh(one): {"owner": (4, 4, 4), "reader": (2, 2, 2), "secretary": (2, 2, 2)}})
    row = scoring_of(house, one, "owner")
    commands.declare_conflict(row, actor=house.actors["owner"], at=NOW, reason="My sister works there")
    _, (left,) = candidates(CANDOUR, again(it))
    assert left.marks[criteria_of(it)[0].pk] == [2, 2]
    assert refused(commands.give, fresh(one), owner=house.posts["owner"], **BY)[0] == "owner"


def test_another_post_takes_its_place(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    commands.declare_conflict(
        scoring_of(house, one, "owner"), actor=house.actors["owner"], at=NOW, reason="My sister works there"
    )
    scorers(house, "secretary")
    commands.give(fresh(one), owner=house.posts["secretary"], **BY)
    assert tally(CANDOUR, again(it)).scorings == 2


def test_a_mark_is_moderated_where_scorers_are_too_far_apart_and_only_there(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    need, change, _ = criteria_of(it)
    send(house, fresh(one), "owner", (4, 3, 3))
    assert refused(commands.moderate, fresh(one), criterion=need, value=3, **BY)[1] == (
        "Wait until every score of this application is sent"
    )
    send(house, fresh(one), "reader", (1, 2, 3))
    assert refused(commands.rank, again(it), **BY)[1] == "Moderate 1 application first: scorers are too far apart"
    assert refused(commands.moderate, fresh(one), criterion=change, value=3, **BY)[0] == "value"
    commands.moderate(fresh(one), criterion=need, value=3, **BY)
    _, (found,) = candidates(CANDOUR, again(it))
    assert rules.finals(found, rules.Scheme((), 4)) == {}
    assert (found.moderated, Moderation.objects.get().why) == ({need.pk: 3}, "For a test")
    assert commands.rank(again(it), **BY).ranked_on == TODAY


def test_a_withdrawn_application_is_scored_no_more(house: House) -> None:
    it = a_round(house)
    one = an_application(it)
    begun(house, it, "owner", "reader")
    commands.withdraw(fresh(one), on=TODAY, **BY)
    row = scoring_of(house, one, "owner")
    assert refused(commands.save_scores, row, marks={}, actor=house.actors["owner"], at=NOW)[1] == (
        "This application is withdrawn: there is nothing to score any more"
    )
    assert mine_page(house.actors["owner"], offset=0, size=9)[1:] == (0, 0)
