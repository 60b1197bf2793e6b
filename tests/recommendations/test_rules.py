"""The rules of a recommendation, without a database where they need none."""

from collections import Counter
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from candour.kernel.records.compile import compiled
from candour.kernel.rules import read
from candour.recommendations import rules
from candour.recommendations.models import RecommendationLine
from candour.recommendations.queries.conditions import in_status
from candour.recommendations.queries.lists import line_from
from candour.recommendations.rules import Answers, Closure, Facts, Target
from tests.factories import TODAY, House
from tests.recommendations.factories import a_recommendation

FACTS: dict[str, Any] = {"organisation": 1, "sensitivity": "office", "source": "afi", "response": "accepted"}
FACTS |= {"reported_on": date(2026, 1, 1), "first_reported": date(2019, 2, 3), "outcome": "", "closed_on": None}


def a_line(*targets: Target, closures: Any = (), updates: Any = (), **facts: Any) -> rules.Line:
    owners = len({target.assignment for target in targets})
    return rules.line(Facts(**(FACTS | facts)), targets=targets, owners=owners, closures=closures, updates=updates)


def due(day: date | None, number: int = 0, assignment: int = 1) -> Target:
    return Target(assignment, number, "", day)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("26/10/23", date(2023, 10, 26)),
        ("March 2022", date(2022, 3, 31)),
        ("Feb-24", date(2024, 2, 29)),
        ("Q3 2024", None),
        ("ongoing", None),
        ("", None),
        ("31 February 2024", None),
    ],
)
def test_a_target_is_a_day_the_last_day_of_a_month_or_words(text: str, read_as: date | None) -> None:
    assert rules.read_target(text) == read_as


def test_of_several_owners_the_earliest_first_and_present_dates_count() -> None:
    held = rules.ledger(
        [
            *(due(date(2026, 3, 1)), due(date(2026, 9, 1), 1), due(date(2026, 12, 1), 2)),
            *(due(date(2026, 2, 1), 0, 2), due(None, 1, 2)),
        ]
    )
    assert held == rules.Ledger(date(2026, 2, 1), date(2026, 12, 1), slips=2, in_words=True)


def test_without_owners_there_is_no_date() -> None:
    assert rules.ledger([]) == rules.Ledger()


def test_days_late_stand_still_once_it_has_ended() -> None:
    line = a_line(due(TODAY - timedelta(40)), due(TODAY - timedelta(10), 1))
    assert rules.late(line, TODAY) == rules.Late(10, 40)
    ended = a_line(due(TODAY - timedelta(40)), closed_on=TODAY - timedelta(35), outcome="closed")
    assert rules.late(ended, TODAY) == rules.Late(5, 5)
    assert rules.late(a_line(due(TODAY)), TODAY) == rules.Late(0, 0)


def test_a_second_slip_is_flagged_and_a_first_is_not() -> None:
    assert [rules.flagged(a_line(*(due(TODAY, n) for n in range(count)))) for count in (1, 2, 3)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (a_line(), "No Date"),
        (a_line(due(None)), "No Date"),
        (a_line(due(TODAY - timedelta(1))), "Overdue"),
        (a_line(due(TODAY)), "Due Soon"),
        (a_line(due(TODAY + timedelta(30))), "Due Soon"),
        (a_line(due(TODAY + timedelta(31))), "Open"),
        (a_line(due(TODAY - timedelta(1)), response=""), "Awaiting Response"),
        (a_line(closures=[Closure(TODAY)]), "Proposed Closed"),
        (a_line(due(TODAY), closures=[Closure(TODAY, TODAY, "sent back")]), "Sent Back"),
        (a_line(due(TODAY), closures=[Closure(TODAY, TODAY, "sent back")], updates=[TODAY]), "Sent Back"),
        (a_line(due(TODAY), closures=[Closure(TODAY, TODAY, "sent back")], updates=[TODAY + timedelta(1)]), "Due Soon"),
        (a_line(due(TODAY), closures=[Closure(TODAY, TODAY, "agreed", "not", lapsed_on=TODAY)]), "Due Soon"),
        (a_line(closed_on=TODAY, outcome="closed", closures=[Closure(TODAY, TODAY, "agreed")]), "Closed"),
        (a_line(closed_on=TODAY, outcome="closed", closures=[Closure(TODAY, TODAY, "agreed", "not")]), "Fell Short"),
        (a_line(closed_on=TODAY, outcome="risk accepted"), "Risk Accepted"),
    ],
)
def test_the_status_is_read_from_the_line(line: rules.Line, status: str) -> None:
    assert rules.status(line, TODAY) == status


def test_every_status_has_its_words_and_every_word_its_status() -> None:
    assert set(rules.STATUS_WORDS) == {rule.outcome for rule in rules.STATUS}
    assert set(rules.PAST_WORDS) == {rule.outcome for rule in rules.PAST}
    assert set(rules.STATUS_WORDS) > rules.ENDED


def test_the_age_runs_in_whole_months_from_the_first_report() -> None:
    days = [date(2026, 6, 15), date(2026, 5, 15), date(2026, 5, 16), date(2025, 6, 15), date(2019, 2, 3)]
    assert [rules.age(day, TODAY) for day in days] == [
        *("under a month", "1 month", "under a month", "1 year", "7 years 4 months"),
    ]


def test_slips_are_measured_between_days_alone() -> None:
    assert rules.slipped_by([due(date(2026, 1, 1)), due(date(2026, 1, 31), 1), due(None, 2), due(TODAY, 3)]) == [30]


@pytest.mark.parametrize(
    ("slips", "foretold"), [([], None), ([10, 20], None), ([10, 20, 90], (20, 3)), ([10, 20, 31, 90], (26, 4))]
)
def test_a_forecast_is_the_median_of_three_slips_or_more(slips: list[int], foretold: tuple[int, int] | None) -> None:
    found = rules.forecast(slips)
    assert (found and (found.days, found.slips)) == foretold


GOOD = Answers("The procedure is signed off.", "Nothing", "None", proposes_closure=True, evidence="The procedure")


@pytest.mark.parametrize(
    ("answers", "files", "failed"),
    [
        (GOOD, 0, []),
        (Answers("Half of it", "", "None"), 0, ["answered"]),
        (Answers("The  PROCEDURE is drafted", "It", "None"), 0, ["new"]),
        (Answers("Done", "Six vehicles", "None", True, "A file"), 0, ["finished"]),
        (Answers("Done", "n/a", "None", True, ""), 0, ["evidence"]),
        (Answers("Done", "None.", "None", True, ""), 1, []),
        (Answers("Done subject to a test, once it is run", "Nothing", "None", True, "A"), 0, ["settled"]),
    ],
)
def test_checks_say_what_a_liaison_would_send_back(answers: Answers, files: int, failed: list[str]) -> None:
    before = Answers("the procedure is drafted.", "Consultation", "None")
    assert [check.code for check in rules.checks(answers, before=before, files=files) if not check.passed] == failed


def test_a_condition_is_quoted() -> None:
    answers = Answers("Done subject to approval", "0", "-", True, "A")
    (check,) = (each for each in rules.checks(answers, before=None, files=0) if each.code == "settled")
    assert check.said == "Proposed closed on a condition: ‘subject to’"


@pytest.mark.parametrize("verb", rules.ALLOWED)
def test_every_verb_has_a_stage_at_which_it_may_be_done_and_says_why_not_at_the_others(verb: rules.Verb) -> None:
    stages: list[rules.Stage] = ["unanswered", "open", "proposed", "closed", "ended"]
    told = {stage: rules.refusal(verb, stage) for stage in stages}
    assert {stage for stage, why in told.items() if not why} == rules.ALLOWED[verb]
    assert rules.ALLOWED[verb]


DAYS = some.none() | some.integers(-400, 400).map(lambda days: TODAY + timedelta(days))
WORDS = some.sampled_from(["", " ", "Done", "done.", "None", "n/a", "Subject to a test", "Six vehicles"])
ANSWERS = some.builds(Answers, WORDS, WORDS, WORDS, some.booleans(), WORDS)
LINES = some.fixed_dictionaries(
    {
        "response": some.sampled_from(["", "accepted", "in part"]),
        "original_due": DAYS,
        "due": DAYS,
        "proposed_on": DAYS,
        "sent_back_on": DAYS,
        "closed_on": DAYS,
        "outcome": some.sampled_from(["", "closed", "not accepted", "risk accepted", "superseded"]),
        "verdict": some.sampled_from(["", "implemented", "in part", "not", "superseded"]),
    }
)


@pytest.mark.django_db
def test_both_tables_say_the_same_in_python_and_in_the_database(house: House) -> None:
    it = a_recommendation(house)
    rows = RecommendationLine.objects.filter(pk=it.pk)

    @given(LINES)
    def same(values: dict[str, Any]) -> None:
        rows.update(**values)
        for table in (rules.STATUS, rules.PAST):
            (row,) = rows.annotate(told=compiled(table, TODAY)).values()
            assert row["told"] == read(table, line_from(row), TODAY)

    same()


@pytest.mark.django_db
def test_the_standing_and_the_day_decide_the_status_as_all_of_the_line_does(house: House) -> None:
    it = a_recommendation(house)
    rows = RecommendationLine.objects.filter(pk=it.pk)

    @given(LINES)
    def same(values: dict[str, Any]) -> None:
        rows.update(**values)
        (row,) = rows.values()
        line = line_from(row)
        rows.update(standing=rules.standing(line))
        status = rules.status(line, TODAY)
        assert rows.annotate(told=compiled(rules.DATED, TODAY)).values_list("told").get() == (status,)
        assert [word for word in rules.STATUS_WORDS if rows.filter(in_status(word, TODAY)).exists()] == [status]
        assert [word for word in rules.STATUS_WORDS if rows.filter(in_status(word, TODAY, looked=True)).exists()] == [
            status
        ]

    same()


def test_a_status_is_settled_by_the_standing_or_left_to_the_day() -> None:
    assert {*rules.SETTLED} == rules.ENDED | {"Proposed Closed", "Awaiting Response"}
    assert rules.UNSETTLED == ("Sent Back", "Open")


@pytest.mark.parametrize(
    ("days", "spread"),
    [
        ([30], (1, 30, 30)),
        ([1, 2], (2, 2, 2)),
        ([-3, -2], (2, -2, -2)),
        ([10, 20, 90], (3, 40, 20)),
        ([10, 20, 31, 90], (4, 38, 26)),
        ([5, 5, 5, 5, 9], (5, 6, 5)),
    ],
)
def test_a_spread_is_the_mean_and_the_median_half_a_day_up(days: list[int], spread: tuple[int, int, int]) -> None:
    assert rules.spread(Counter(days)) == rules.Spread(*spread)
    assert rules.half_up(fmean(days)) == spread[1]
    assert rules.half_up(median(days)) == spread[2]


@given(ANSWERS, some.none() | ANSWERS, some.integers(0, 2))
def test_an_update_is_sound_where_every_check_passes(answers: Answers, before: Answers | None, files: int) -> None:
    checks = rules.checks(answers, before=before, files=files)
    assert rules.sound(answers, before=before, files=files) == all(check.passed for check in checks)
