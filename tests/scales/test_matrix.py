from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.scales.rules import Band, Level, check
from tests.scales.factories import matrix

FOUR = matrix()
HIGH, MEDIUM, LOW = FOUR.bands


def test_a_score_is_impact_times_likelihood():
    assert FOUR.score(4, 3) == 12
    assert FOUR.score(3, 4) == 12
    assert FOUR.score(1, 1) == 1


@pytest.mark.parametrize(("impact", "likelihood"), [(5, 1), (1, 5), (0, 1), (1, -1)])
def test_a_level_that_the_scale_does_not_have_is_refused(impact: int, likelihood: int):
    with pytest.raises(ValueError, match="has no"):
        FOUR.score(impact, likelihood)


def test_a_band_includes_both_its_ends():
    assert [FOUR.band(score).name for score in (1, 4, 6, 8, 16)] == ["Low", "Low", "Medium", "High", "High"]


def test_a_score_outside_every_band_is_refused():
    with pytest.raises(ValueError, match="no band of 4 by 4 holds a score of 17"):
        FOUR.band(17)


def test_a_level_has_its_word_on_each_axis():
    assert FOUR.word("impact", 4) == "Impact 4"
    assert FOUR.word("likelihood", 3) == "Likely"


def test_the_scores_are_those_that_two_levels_can_give():
    assert FOUR.scores == (1, 2, 3, 4, 6, 8, 9, 12, 16)
    assert matrix(impact=5, likelihood=2).scores == (1, 2, 3, 4, 5, 6, 8, 10)


def test_a_right_matrix_has_no_problems():
    assert check(FOUR) == []
    assert check(matrix(impact=5, likelihood=5)) == []


def test_four_bands_with_one_above_high_are_right():
    bands = (LOW, MEDIUM, Band("High", 8, 12, 3, "high"), Band("Extreme", 13, 16, 1, "high"))
    assert check(replace(FOUR, bands=bands)) == []


def test_scores_that_cannot_be_reached_need_no_band():
    assert check(replace(FOUR, bands=(LOW, replace(MEDIUM, low=6, high=6), HIGH))) == []


def test_scores_left_without_a_band_are_named():
    assert check(replace(FOUR, bands=(LOW, MEDIUM, replace(HIGH, low=9)))) == ["No band holds the score 8."]
    assert check(replace(FOUR, bands=(LOW, HIGH))) == ["No band holds the score 6."]
    assert check(replace(FOUR, bands=(LOW,))) == ["No band holds the scores 6, 8, 9, 12 and 16."]


def test_bands_that_overlap_are_named():
    overlap = check(replace(FOUR, bands=(LOW, replace(MEDIUM, high=8), HIGH)))
    assert overlap == ["Bands Medium (5 to 8) and High (8 to 16) overlap: both hold the score 8."]


def test_a_band_inside_another_overlaps_it():
    assert check(replace(FOUR, bands=(Band("All", 1, 16, 3, "low"), Band("Six", 6, 6, 3, "high")))) == [
        "Bands All (1 to 16) and Six (6 to 6) overlap: both hold the score 6."
    ]


def test_a_band_upside_down_or_out_of_reach_is_named():
    assert "Band High runs from 16 down to 8." in check(
        replace(FOUR, bands=(LOW, MEDIUM, replace(HIGH, low=16, high=8)))
    )
    beyond = Band("Beyond", 17, 20, 1, "high")
    assert check(replace(FOUR, bands=(*FOUR.bands, beyond))) == ["No score can reach band Beyond (17 to 20)."]


def test_levels_must_run_from_one_without_a_gap():
    gap = (Level(1, "Low"), Level(2, "Medium"), Level(4, "High"))
    twice = (Level(1, "Rare"), Level(1, "Possible"))
    assert check(replace(FOUR, impact=gap))[0] == (
        "The levels of impact are 1, 2 and 4: they must be 1, 2, 3 and so on, each once."
    )
    assert check(replace(FOUR, likelihood=twice))[0] == (
        "The levels of likelihood are 1 and 1: they must be 1, 2, 3 and so on, each once."
    )


def test_levels_do_not_start_from_nought():
    from_nought = tuple(replace(level, value=level.value - 1) for level in FOUR.impact)
    assert check(replace(FOUR, impact=from_nought)) == [
        "The levels of impact are 0, 1, 2 and 3: they must be 1, 2, 3 and so on, each once.",
        "No band holds the score 0.",
    ]


def test_levels_may_be_listed_from_the_highest_as_papers_print_them():
    assert check(replace(FOUR, likelihood=tuple(reversed(FOUR.likelihood)))) == []


def test_one_word_for_two_levels_is_named_whatever_its_case():
    words = (Level(1, "Low"), Level(2, "High"), Level(3, " high"), Level(4, ""))
    assert check(replace(FOUR, impact=words)) == [
        "The word 'high' stands for 2 levels of impact.",
        "A level of impact has no word.",
    ]


def test_a_matrix_of_nothing_says_so():
    assert check(replace(FOUR, impact=(), likelihood=(), bands=())) == [
        "There are no levels of impact.",
        "There are no levels of likelihood.",
        "There are no bands.",
    ]


def test_a_band_needs_a_name_of_its_own_a_tone_and_an_interval():
    bands = (replace(LOW, name="High"), replace(MEDIUM, name=" "), replace(HIGH, review_months=0, tone="red"))
    assert check(replace(FOUR, bands=bands)) == [
        "The name 'high' stands for 2 bands.",
        "A band has no name.",
        "Band High needs a review interval of one month or more.",
        "Band High has the tone 'red': it must be one of high, medium, low.",
    ]


@given(st.integers(1, 8), st.integers(1, 8), st.sets(st.integers(1, 63), max_size=5))
def test_check_finds_a_problem_exactly_where_a_score_has_no_band_or_two(i: int, j: int, cuts: set[int]):
    reachable = matrix(impact=i, likelihood=j).scores
    edges = sorted({0, *(cut for cut in cuts if cut in reachable), i * j})
    bands = tuple(Band(f"Band {low}", low + 1, high, 3, "low") for low, high in pairwise(edges))
    whole = matrix(impact=i, likelihood=j, bands=bands)
    assert check(whole) == []
    assert [whole.band(score).low <= score <= whole.band(score).high for score in reachable] == [True] * len(reachable)
    orders = [whole.band(score).low for score in reachable]
    assert orders == sorted(orders)
    assert check(replace(whole, bands=bands[1:])) != []
    assert check(replace(whole, bands=(*bands, replace(bands[0], name="Again")))) != []
