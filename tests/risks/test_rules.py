from dataclasses import fields, replace
from datetime import date
from typing import get_args

import pytest

from candour.kernel.rules import Condition, Rule, Today, explain, table
from candour.risks.rules import (
    MOVEMENT_WORDS,
    STATUS,
    STATUS_WORDS,
    Assessment,
    Control,
    Direction,
    Facts,
    Line,
    band,
    control_state,
    direction,
    line,
    review_due,
    score,
    status,
)
from tests.scales.factories import matrix

FOUR = matrix()
HIGH, MEDIUM, LOW = FOUR.bands
TODAY = date(2023, 10, 26)
YESTERDAY, TOMORROW = date(2023, 10, 25), date(2023, 10, 27)
FACTS = Facts(
    organisation=1,
    sensitivity="office",
    kind="strategic",
    first_recorded=date(2022, 11, 2),
    last_review=date(2023, 9, 24),
)
SCORED = Assessment("current", FOUR, 4, 3, date(2023, 9, 24))
TARGET = Assessment("target", FOUR, 4, 1, date(2022, 11, 2))


def made(facts: Facts = FACTS, *assessments: Assessment, controls: tuple[Control, ...] = (), **changes: object) -> Line:
    return line(replace(facts, **changes), assessments=assessments or (SCORED, TARGET), controls=controls)


def test_a_score_is_impact_times_likelihood_and_has_its_band():
    assert score(FOUR, 4, 3) == 12
    assert band(FOUR, 12) == HIGH
    assert band(FOUR, score(FOUR, 3, 2)) == MEDIUM


SINCE = date(2023, 7, 27)


@pytest.mark.parametrize(
    ("current", "previous", "expected"), [(12, 8, "up"), (8, 12, "down"), (12, 12, "same"), (12, None, "new")]
)
def test_direction_compares_the_score_with_the_last_papers(current: int, previous: int | None, expected: str):
    assert direction(current, previous, date(2022, 11, 2), SINCE) == expected


def test_a_risk_recorded_after_the_last_paper_is_new_and_one_of_that_day_is_not():
    assert direction(12, 8, date(2023, 7, 28), SINCE) == "new"
    assert direction(12, 8, date(2023, 7, 27), SINCE) == "up"


def test_a_falling_risk_of_long_standing_is_never_new():
    assert direction(12, 16, date(2018, 8, 30), SINCE) == "down"


def test_without_an_earlier_paper_every_risk_is_new():
    assert direction(12, 12, date(2022, 11, 2), None) == "new"


def test_every_direction_has_its_words():
    assert set(MOVEMENT_WORDS) == set(get_args(Direction))


def test_scores_of_two_matrices_are_not_compared():
    start, since = date(2020, 1, 1), date(2026, 1, 1)
    assert [direction(now, 9, start, since, one_matrix=False) for now in (3, 9, 25)] == ["rescaled"] * 3
    assert direction(9, None, start, since, one_matrix=False) == "new"
    assert direction(9, 9, date(2026, 1, 2), since, one_matrix=False) == "new"


def test_a_review_is_due_the_bands_interval_after_the_last_one():
    assert review_due(date(2023, 9, 24), date(2022, 11, 2), HIGH) == date(2023, 12, 24)
    assert review_due(date(2023, 9, 24), date(2022, 11, 2), LOW) == date(2024, 9, 24)


def test_a_risk_never_reviewed_is_due_from_its_first_recording():
    assert review_due(None, date(2022, 11, 30), HIGH) == date(2023, 2, 28)


def test_the_longest_interval_of_a_kind_shortens_that_of_the_band_and_never_lengthens_it():
    assert review_due(date(2023, 9, 24), date(2022, 11, 2), LOW, most_months=3) == date(2023, 12, 24)
    assert review_due(date(2023, 9, 24), date(2022, 11, 2), HIGH, most_months=12) == date(2023, 12, 24)


def test_a_line_holds_what_does_not_depend_on_today():
    controls = (
        Control(pending=False, due=date(2020, 1, 1)),
        Control(pending=True, due=date(2023, 12, 1)),
        Control(pending=True, due=date(2023, 11, 1)),
        Control(pending=True),
        Control(pending=True, due=date(2020, 1, 1), removed_on=date(2021, 1, 1)),
    )
    assert made(controls=controls, category=" Legal  and claims") == Line(
        organisation=1,
        sensitivity="office",
        kind="strategic",
        score=12,
        band="High",
        rank=12,
        impact=4,
        likelihood=3,
        target=4,
        first_recorded=date(2022, 11, 2),
        scored_on=date(2023, 9, 24),
        last_review=date(2023, 9, 24),
        review_due=date(2023, 12, 24),
        open_controls=3,
        next_control_due=date(2023, 11, 1),
        transferred_on=None,
        accepted_on=None,
        closed_on=None,
        awaits_from=date(2023, 12, 25),
        moved_on=date(2023, 9, 24),
        scale=FOUR.id,
        category_key="legal and claims",
    )


def test_the_latest_agreed_assessment_is_the_score():
    earlier = Assessment("current", FOUR, 4, 4, date(2022, 11, 2))
    inherent = Assessment("inherent", FOUR, 4, 4, date(2023, 10, 1))
    proposed = Assessment("current", FOUR, 1, 1, date(2023, 10, 1), proposed=True)
    assert made(FACTS, SCORED, earlier, inherent, proposed).score == 12


def test_of_two_assessments_on_one_day_the_last_given_is_the_score():
    assert made(FACTS, SCORED, replace(SCORED, likelihood=1)).score == 4


def test_a_score_stays_on_the_matrix_it_was_scored_on():
    five = matrix(impact=5, likelihood=5, id=2)
    assert made(FACTS, replace(SCORED, matrix=five, impact=5, likelihood=5)).score == 25


def test_a_target_on_another_matrix_is_not_compared_with_the_score():
    five = matrix(impact=5, likelihood=5, id=2)
    assert made(FACTS, SCORED, replace(TARGET, matrix=five)).target is None


def test_a_risk_not_yet_scored_has_no_band_and_no_review_date():
    unscored = line(FACTS, assessments=(), controls=())
    assert (unscored.score, unscored.band, unscored.rank, unscored.review_due) == (None, "", 0, None)
    assert status(unscored, TODAY) == "Managed"
    assert (unscored.awaits_from, unscored.moved_on) == (None, FACTS.first_recorded)
    assert status(line(replace(FACTS, last_review=None), assessments=(), controls=()), TODAY) == "Awaiting Review"


def test_the_longest_interval_of_a_kind_reaches_the_line():
    low = Assessment("current", FOUR, 1, 1, date(2023, 9, 24))
    strict = replace(low, matrix=replace(low.matrix, longest=(("strategic", 3), ("project", 1))))
    assert line(FACTS, assessments=[strict], controls=[]).review_due == date(2023, 12, 24)


def test_a_risk_with_a_pending_control_past_its_date_has_an_overdue_control():
    assert status(made(controls=(Control(pending=True, due=YESTERDAY),)), TODAY) == "Overdue Control"


def test_a_control_due_today_is_not_overdue():
    assert status(made(controls=(Control(pending=True, due=TODAY),)), TODAY) == "Controls Tasked"


def test_controls_in_place_or_removed_make_nothing_overdue():
    done = (Control(pending=False, due=YESTERDAY), Control(pending=True, due=YESTERDAY, removed_on=YESTERDAY))
    assert status(made(controls=done), TODAY) == "Managed"


def test_a_risk_never_reviewed_awaits_its_first_review():
    assert status(made(last_review=None, first_recorded=TODAY), TODAY) == "Awaiting Review"


def test_a_risk_awaits_review_from_the_day_after_its_review_was_due():
    reviewed = made(last_review=date(2023, 7, 26))
    assert reviewed.review_due == TODAY
    assert status(reviewed, TODAY) == "Managed"
    assert status(reviewed, TOMORROW) == "Awaiting Review"


def test_a_risk_transferred_after_its_last_review_awaits_one():
    assert status(made(transferred_on=date(2023, 9, 25)), TODAY) == "Awaiting Review"
    assert status(made(transferred_on=date(2023, 9, 24)), TODAY) == "Managed"


def test_a_review_that_is_due_comes_before_controls_that_are_tasked():
    tasked = (Control(pending=True, due=TOMORROW),)
    assert status(made(controls=tasked, transferred_on=YESTERDAY), TODAY) == "Awaiting Review"


def test_a_pending_control_without_a_date_is_tasked():
    assert status(made(controls=(Control(pending=True),)), TODAY) == "Controls Tasked"


def test_a_risk_at_or_below_its_target_is_controlled():
    at_target = replace(SCORED, likelihood=1)
    assert status(made(FACTS, at_target, TARGET), TODAY) == "Controlled"
    assert status(made(FACTS, replace(at_target, impact=3), TARGET), TODAY) == "Controlled"
    assert status(made(FACTS, replace(at_target, likelihood=2), TARGET), TODAY) == "Managed"


def test_a_risk_at_its_target_with_an_open_control_is_not_controlled():
    at_target = replace(SCORED, likelihood=1)
    assert status(made(FACTS, at_target, TARGET, controls=(Control(pending=True),)), TODAY) == "Controls Tasked"


def test_a_risk_accepted_at_its_last_review_is_controlled_until_a_later_review_does_not():
    assert status(made(accepted_on=date(2023, 9, 24)), TODAY) == "Controlled"
    assert status(made(accepted_on=date(2023, 6, 24)), TODAY) == "Managed"


def test_a_risk_without_a_target_is_managed():
    assert status(made(FACTS, SCORED), TODAY) == "Managed"


def test_a_closed_risk_is_closed_whatever_else_holds():
    assert status(made(closed_on=TODAY, controls=(Control(pending=True, due=YESTERDAY),)), TODAY) == "Closed"


def test_every_status_has_an_explanation_and_no_other_word_has():
    assert set(STATUS_WORDS) == {rule.outcome for rule in STATUS}


def test_the_table_of_statuses_reads_as_sentences():
    assert explain(STATUS, line=Line) == [
        "Closed when closed on is present.",
        "Overdue Control when next control due is before today.",
        "Awaiting Review when awaits from is on or before today.",
        "Controls Tasked when open controls is above 0.",
        "Controlled when score is at most target.",
        "Controlled when accepted on is on or after last review.",
        "Otherwise Managed.",
    ]


def test_the_table_of_statuses_names_only_fields_of_the_line():
    named = {condition.field for rule in STATUS for condition in rule.when}
    assert named <= {field.name for field in fields(Line)}


@pytest.mark.parametrize(
    ("control", "state"),
    [
        (Control(pending=False), "in place"),
        (Control(pending=False, due=YESTERDAY), "in place"),
        (Control(pending=True), "pending"),
        (Control(pending=True, due=YESTERDAY), "overdue"),
        (Control(pending=True, due=TODAY), "due soon"),
        (Control(pending=True, due=date(2023, 11, 9)), "due soon"),
        (Control(pending=True, due=date(2023, 11, 10)), "pending"),
        (Control(pending=True, due=YESTERDAY, removed_on=YESTERDAY), "removed"),
        (Control(pending=False, removed_on=YESTERDAY), "removed"),
    ],
)
def test_the_state_of_a_control_follows_from_its_dates(control: Control, state: str):
    assert control_state(control, TODAY) == state


def test_a_body_may_call_other_days_soon():
    week = table(Rule("due soon", (Condition("due", "<=", Today(7)),)), Rule("pending"))
    assert control_state(Control(pending=True, due=date(2023, 11, 3)), TODAY, states=week) == "pending"
