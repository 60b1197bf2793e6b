from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.scales.rules import (
    SIZES,
    Band,
    Guide,
    Level,
    Matrix,
    appetite,
    band_problems,
    blank,
    check,
    resized,
    stands,
    tones,
    with_bands,
    with_categories,
    with_texts,
)
from candour.kernel.scales.rules.appetite import ORANGE_BOOK, Tolerance
from tests.scales.factories import matrix

sizes = st.sampled_from(SIZES)


@st.composite
def cut(draw: st.DrawFn) -> tuple[Matrix, list[tuple[str, int, int, str]]]:
    """A matrix of any size, and bands that cut its scores without gap or overlap."""
    i, j = draw(sizes), draw(sizes)
    scores = blank("Any", impact=i, likelihood=j).scores
    edges = sorted(draw(st.sets(st.sampled_from(scores[:-1]), max_size=min(5, len(scores) - 1))))
    lows, highs = [1, *(edge + 1 for edge in edges)], [*edges, i * j]
    rows = [(f"Band {low}", low, high, "") for low, high in zip(lows, highs, strict=True)]
    return blank("Any", impact=i, likelihood=j), [row for row in rows if row[1] <= row[2]]


@given(cut())
def test_every_score_of_any_scale_lies_in_exactly_one_band_in_the_order_of_the_scores(case):
    made = with_bands(*case)
    assert band_problems(made) == []
    held = [[band.name for band in made.bands if band.low <= score <= band.high] for score in made.scores]
    assert [len(names) for names in held] == [1] * len(made.scores)
    orders = [made.band(score).low for score in made.scores]
    assert orders == sorted(orders)


@given(cut(), st.data())
def test_a_score_taken_out_of_its_band_is_named(case, data):
    made = with_bands(*case)
    score = data.draw(st.sampled_from(made.scores))
    band = made.band(score)
    parts = [replace(band, name="Below", high=score - 1), replace(band, name="Above", low=score + 1)]
    rest = [part for part in parts if any(part.low <= each <= part.high for each in made.scores)]
    holed = replace(made, bands=(*(each for each in made.bands if each != band), *rest))
    said = band_problems(holed)
    assert said == (["There are no bands."] if not holed.bands else [f"No band holds the score {score}."])


@given(cut(), st.data())
def test_a_score_that_two_bands_hold_is_named(case, data):
    made = with_bands(*case)
    score = data.draw(st.sampled_from(made.scores))
    twice = replace(made, bands=(*made.bands, Band("Again", score, score, 3, "low")))
    assert [line.endswith(f"overlap: both hold the score {score}.") for line in band_problems(twice)].count(True) == 1


@given(cut(), sizes, sizes)
def test_another_size_keeps_the_levels_that_stay_and_gives_the_rest_no_word(case, impact: int, likelihood: int):
    was = replace(case[0], impact=tuple(Level(level.value, f"I{level.value}") for level in case[0].impact))
    was = with_texts(with_categories(was, ["Finance"]), "Finance", [f"T{n}" for n in range(len(was.impact))])
    now = resized(was, impact=impact, likelihood=likelihood)
    assert now.size == (impact, likelihood)
    kept = min(impact, len(was.impact))
    assert now.impact[:kept] == was.impact[:kept]
    assert [level.word for level in now.impact[kept:]] == [""] * (impact - kept)
    assert now.guide == (Guide("Finance", (*was.guide[0].texts[:kept], *[""] * (impact - kept))),)


@given(st.integers(0, 12))
def test_the_colours_of_bands_rise_with_their_order(count: int):
    order = ["low", "medium", "high"]
    places = [order.index(tone) for tone in tones(count)]
    assert len(places) == count
    assert places == sorted(places)


def test_the_colours_of_usual_bands():
    assert tones(1) == ("medium",)
    assert tones(2) == ("low", "high")
    assert tones(3) == ("low", "medium", "high")
    assert tones(4) == ("low", "medium", "high", "high")
    assert tones(5) == ("low", "low", "medium", "high", "high")


def test_bands_made_anew_keep_the_interval_of_their_name():
    four = matrix()
    made = with_bands(four, [("Low", 1, 3, "Keep"), ("High", 4, 16, "Act")])
    assert made.bands == (Band("High", 4, 16, 3, "high", "Act"), Band("Low", 1, 3, 12, "low", "Keep"))


def test_a_blank_scale_says_what_is_missing():
    assert check(blank("New", impact=2, likelihood=3)) == [
        "A level of impact has no word.",
        "A level of likelihood has no word.",
        "There are no bands.",
    ]


def test_categories_keep_their_texts_and_their_order():
    two = with_categories(matrix(impact=2, likelihood=2), ["Finance", "Legal"])
    told = with_texts(two, "Legal", ["A breach", "A court"])
    assert with_categories(told, ["Legal", "People"]).guide == (
        Guide("Legal", ("A breach", "A court")),
        Guide("People", ("", "")),
    )


def test_a_category_twice_or_described_for_too_few_levels_is_named():
    wrong = replace(matrix(), guide=(Guide("Finance", ("a", "b", "c", "d")), Guide("finance", ("a",))))
    assert check(wrong) == [
        "The category 'finance' is there 2 times.",
        "finance is described for 1 of 4 levels of impact.",
    ]


def test_a_longest_interval_of_no_months_is_named():
    assert check(replace(matrix(), longest=(("project", 0),))) == [
        "The longest interval for project risks must be one month or more."
    ]


@given(st.integers(1, 100), st.integers(1, 100))
def test_a_score_is_within_at_or_over_appetite(score: int, highest: int):
    assert appetite(score, highest) == ("over" if score > highest else "at" if score == highest else "within")


def test_a_score_of_a_scale_of_another_size_is_not_compared():
    held = Tolerance("Finance", "Cautious", 6, (4, 4))
    assert stands(8, matrix(), held) == "over"
    assert stands(8, matrix(impact=5, likelihood=5), held) is None
    assert stands(None, matrix(), held) is None
    assert stands(8, matrix(), None) is None


def test_the_words_of_appetite_are_those_of_the_orange_book_least_first():
    assert [word for word, _ in ORANGE_BOOK] == ["Averse", "Minimal", "Cautious", "Open", "Eager"]
