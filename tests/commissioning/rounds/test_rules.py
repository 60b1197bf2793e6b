"""Marks, totals, ties and money of a grant round, exact."""

from datetime import date
from fractions import Fraction

from candour.commissioning.rules import rounds as rules
from candour.commissioning.rules.rounds import Candidate, Criterion, Line, Scheme

NEED, CHANGE, COST = (
    Criterion(1, 1, "Need", 40, pass_mark=1),
    Criterion(2, 2, "Change", 35),
    Criterion(3, 3, "Cost", 25),
)
SCHEME = Scheme((NEED, CHANGE, COST), top=4, pass_mark=50, tolerance=1)


def one(key: int, *marks: tuple[int, ...], asked: int = 100, tie: int = 0) -> Candidate:
    """marks: those of each criterion, in their order."""
    return Candidate(key, asked, dict(enumerate(marks, 1)), tie=tie)


def given(candidates: list[Candidate], budget: int, scheme: Scheme = SCHEME) -> dict[int, int]:
    return {place.key: place.award for place in rules.ranking(candidates, scheme, budget)}


def test_weights_must_come_to_a_hundred() -> None:
    assert rules.wrong_criteria([NEED, CHANGE], 4) == "Weights come to 75: change them until they come to 100"
    assert rules.wrong_criteria([NEED, CHANGE, COST], 4) == ""


def test_a_pass_mark_above_the_highest_mark_and_two_of_a_name_are_told() -> None:
    high = [Criterion(1, 1, "Need", 100, pass_mark=5)]
    assert rules.wrong_criteria(high, 4) == "The pass mark of Need is 5: the highest mark is 4"
    twice = [Criterion(1, 1, "Need", 50), Criterion(2, 2, "need", 50)]
    assert rules.wrong_criteria(twice, 4) == "Give each criterion a name of its own"


def test_a_total_is_marks_times_weights_over_the_highest_mark() -> None:
    assert rules.total(one(1, (3, 3), (2, 2), (4, 4)), SCHEME) == Fraction(30) + Fraction(35, 2) + 25


def test_a_total_of_thirds_is_exact_and_printed_half_up() -> None:
    found = rules.total(one(1, (3, 3, 4), (2, 2, 2), (3, 3, 3)), SCHEME)
    assert found == Fraction(10, 3) * 10 + Fraction(35, 2) + Fraction(75, 4)
    assert rules.said(found) == "69.58"
    assert [rules.said(each) for each in (Fraction(200, 3), Fraction(225, 4), Fraction(3), Fraction(1, 8))] == [
        "66.67",
        "56.25",
        "3",
        "0.13",
    ]


def test_scorers_within_the_tolerance_are_averaged_and_those_beyond_moderated() -> None:
    near, far = one(1, (3, 4), (2, 2), (1, 1)), one(2, (0, 2), (2, 2), (1, 3))
    assert (rules.to_moderate(near, SCHEME), rules.to_moderate(far, SCHEME)) == ((), (1, 3))
    settled = Candidate(2, 100, far.marks, {1: 2, 3: 1})
    assert rules.to_moderate(settled, SCHEME) == ()
    assert rules.finals(settled, SCHEME) == {1: 2, 2: 2, 3: 1}


def test_below_a_pass_mark_of_a_criterion_or_of_the_total() -> None:
    assert rules.below(one(1, (0, 1), (4, 4), (4, 4)), SCHEME) == ("Need: 0.5, and 1 is needed",)
    assert rules.below(one(1, (2, 2), (1, 1), (1, 1)), SCHEME) == ("Total: 35, and 50 is needed",)


def test_equal_totals_go_to_the_better_mark_in_the_first_criterion_and_it_is_told() -> None:
    scheme = Scheme((Criterion(1, 1, "Need", 50), Criterion(2, 2, "Change", 50)), top=4)
    found = rules.ranking([one(1, (2,), (4,)), one(2, (4,), (2,))], scheme, 1000)
    assert [(place.key, place.place, place.broken, place.tied) for place in found] == [
        (2, 1, "Need", False),
        (1, 2, "Need", False),
    ]


def test_equals_share_a_place_until_somebody_decides() -> None:
    rows = [one(1, (3,), (3,), (3,)), one(2, (3,), (3,), (3,)), one(3, (2,), (3,), (3,))]
    found = rules.ranking(rows, SCHEME, 1000)
    assert [(place.key, place.place, place.tied) for place in found] == [(1, 1, True), (2, 1, True), (3, 3, False)]
    decided = [one(1, (3,), (3,), (3,), tie=2), one(2, (3,), (3,), (3,), tie=1)]
    assert [(place.key, place.place, place.broken) for place in rules.ranking(decided, SCHEME, 1000)] == [
        (2, 1, "decision"),
        (1, 2, "decision"),
    ]


def test_money_goes_down_the_order_and_stops_where_it_does_not_reach() -> None:
    rows = [one(1, (4,), (4,), (4,), asked=60), one(2, (3,), (3,), (3,), asked=50), one(3, (2,), (3,), (3,), asked=10)]
    assert given(rows, 100) == {1: 60, 2: 0, 3: 0}
    assert given(rows, 120) == {1: 60, 2: 50, 3: 10}


def test_the_last_one_has_the_rest_where_the_round_awards_in_part() -> None:
    rows = [one(1, (4,), (4,), (4,), asked=60), one(2, (3,), (3,), (3,), asked=50)]
    scheme = Scheme(SCHEME.criteria, 4, part_awards=True)
    assert given(rows, 100, scheme) == {1: 60, 2: 40}


def test_equals_at_the_line_have_the_money_together_or_not_at_all() -> None:
    rows = [one(1, (3,), (3,), (3,), asked=60), one(2, (3,), (3,), (3,), asked=60)]
    assert given(rows, 100) == {1: 0, 2: 0}
    assert given(rows, 120) == {1: 60, 2: 60}


def test_one_below_a_pass_mark_has_no_money_and_stands_in_nobodys_way_unless_it_is_excepted() -> None:
    rows = [one(1, (0,), (4,), (4,), asked=60), one(2, (2,), (2,), (2,), asked=50)]
    assert given(rows, 60) == {1: 0, 2: 50}
    found = rules.ranking(rows, SCHEME, 60, excepted=[1])
    assert {place.key: place.award for place in found} == {1: 60, 2: 0}


def test_what_other_budgets_would_do() -> None:
    rows = [one(1, (4,), (4,), (4,), asked=60), one(2, (3,), (3,), (3,), asked=50)]
    found = rules.what_if(rows, SCHEME, (50, 60, 110))
    assert [(each.budget, each.awards, each.given, each.left) for each in found] == [
        (50, 0, 0, 50),
        (60, 1, 60, 0),
        (110, 2, 110, 0),
    ]


def test_an_application_that_nobody_scored_is_not_ranked() -> None:
    assert rules.ranking([one(1, (3,), (3,))], SCHEME, 1000) == ()


def test_three_thousand_are_ranked_by_their_totals() -> None:
    rows = [one(key, (key % 5,), (key // 5 % 5,), (key // 25 % 5,), asked=1) for key in range(3000)]
    found = rules.ranking(rows, SCHEME, 10_000)
    totals = [place.total for place in found]
    assert len(found) == 3000
    assert totals == sorted(totals, reverse=True)


def test_what_a_scorer_has_so_far_is_of_the_weights_scored() -> None:
    assert rules.so_far({1: 3, 2: None, 3: 2}, SCHEME) == (Fraction(30) + Fraction(25, 2), 65)


def test_scores_are_read_once_all_are_in_and_none_of_ones_own_wait() -> None:
    answers = {
        (all_in, mine): rules.may_read_scores(all_in=all_in, mine_waiting=mine)
        for all_in in (True, False)
        for mine in (True, False)
    }
    assert answers == {(True, False): True, (True, True): False, (False, True): False, (False, False): False}


def test_the_state_of_a_round_follows_from_its_dates() -> None:
    opens, closes, today = date(2026, 4, 1), date(2026, 5, 15), date(2026, 6, 1)
    found = [
        rules.state(Line(opens, closes), today),
        rules.state(Line(opens, closes, opened_on=opens), date(2026, 3, 1)),
        rules.state(Line(opens, closes, opened_on=opens), closes),
        rules.state(Line(opens, closes, opened_on=opens), today),
        rules.state(Line(opens, closes, opened_on=opens, scoring_on=today), today),
        rules.state(Line(opens, closes, opened_on=opens, scoring_on=today, ranked_on=today), today),
        rules.state(Line(opens, closes, opened_on=opens, decided_on=today), today),
        rules.state(Line(opens, closes, opened_on=opens, announced_on=today), today),
    ]
    assert found == [
        "Draft",
        "To open",
        "Open",
        "Closed to applications",
        "Scoring",
        "To decide",
        "Decided",
        "Announced",
    ]


def test_instalments_come_to_the_award() -> None:
    assert rules.instalments(10_000_01, 3) == [3333_35, 3333_33, 3333_33]


def test_words_are_counted_between_spaces() -> None:
    assert rules.count_words("  One word,  and\nanother ") == 4
