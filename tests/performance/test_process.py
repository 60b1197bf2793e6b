"""Process control against published figures, and signals against the published cases of Making Data Count.

Limits: the series below are printed in the books and pages that stand beside them. Their means, mean moving ranges and limits
are those that statprocon 2.0.0, an XmR library on PyPI, gives (run on each value times 1,000: it rounds to three decimals).
Signals: cases from the tests of NHSRplotthedots, the reference implementation of NHS England’s Making Data Count.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.calendar import add_months
from candour.performance.rules import Point, assurance, limits, process, variation

# Values, mean, mean moving range, lower limit, upper limit.
REFERENCE = {
    "Wheeler, Making Sense of Data, p. 382: to verify software with": (
        "5045 4350 4350 3975 4290 4430 4485 4285 3980 3925 3645 3760 3300 3685 3463 5200",
        "4135.500 355.9333 3188.717 5082.283",
    ),
    "Wheeler, table 9.2: accounts receivable, two years": (
        "55.6 54.7 54.9 54.8 56.9 55.7 53.8 54.8 53.4 57.0 59.4 63.2 "
        "60.9 60.7 58.6 57.3 56.9 58.1 58.3 50.9 53.3 52.5 50.8 52.9",
        "56.05833 1.769565 51.35129 60.76538",
    ),
    "Wheeler, table 8.1: a trend down": (
        "21.3 20.2 20.9 21.0 18.8 19.6 18.7 18.6 18.1 18.9 19.2 18.2 17.3 19.0",
        "19.27143 0.853846 17.00020 21.54266",
    ),
    "Wheeler, p. 130: peak flow, four high in a row": (
        "120 140 100 150 260 150 100 120 300 300 275 300 140 170 150 150 190 180",
        "183.0556 52.35294 43.79673 322.3144",
    ),
    "Wheeler, table 9.1: accidents, two groups": (
        "43 40 37 33 30 33 34 35 29 33 31 39 35 37 33 32 27 29 31 22 25 30 24 19",
        "31.70833 3.73913 21.76225 41.65442",
    ),
    "NHSRplotthedots, deviations from Excel: one spike": (
        "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1",
        "1.944444 1.882353 -3.062615 6.951503",
    ),
    "Montgomery, table 16-3: concentration": (
        "102.0 94.8 98.3 98.4 102.0 98.5 99.0 97.7 100.0 98.1 101.3 98.7 101.1 98.4 97.0 96.7 100.3 101.4 97.2 101.0",
        "99.095 2.589474 92.20700 105.9830",
    ),
    "Montgomery: viscosity of primer paint": (
        "33.75 33.05 34.00 33.81 33.46 34.02 33.68 33.27 33.49 33.20 33.62 33.00 33.54 33.12 33.84",
        "33.52333 0.480714 32.24463 34.80203",
    ),
    "spc_plotly: monthly counts, 2021 to 2024, whose limits its page prints too": (
        "2478 2350 2485 2296 2359 2567 3089 2668 1788 2854 2365 1883 1959 1927 2640 2626 2144 2409 4412 3287 3049 3364 "
        "3078 2972 3415 2753 3102 2191 3693 4385 4699 3031 2659 3885 2628 2621 3071 2002",
        "2820.632 571.8919 1299.399 4341.864",
    ),
    "NHS England’s tool, as nhspy-plotthedots tests it": (
        "89 86 75 77 81 74 72 78 76 82 77 54 66 77 86",
        "76.66667 7.357143 57.09667 96.23667",
    ),
    "Five figures, far apart": ("10 50 40 30 60", "38.000 22.500 -21.850 97.850"),
    "Rising by one": ("1 2 3 4 5 6 7 8 9 10", "5.500 1.000 2.840 8.160"),
}


def points(values: str) -> list[Point]:
    """A point a month; a dash is a month without a figure."""
    start = date(2024, 1, 1)
    return [
        Point(add_months(start, n), None if value == "-" else Decimal(value)) for n, value in enumerate(values.split())
    ]


def signals(values: str) -> list[str]:
    return [each.signal for each in process(points(values)).points]


def four(number: Decimal) -> str:
    """To four digits."""
    return f"{float(number):.4g}"


@pytest.mark.parametrize("name", REFERENCE)
def test_limits_agree_with_the_reference_to_four_digits(name: str) -> None:
    values, expected = REFERENCE[name]
    found = limits(points(values))
    assert found is not None
    ours = (found.mean, found.moving, found.lower, found.upper)
    assert [four(each) for each in ours] == [four(Decimal(each)) for each in expected.split()]


def test_a_month_without_a_figure_gives_no_range_over_it() -> None:
    found = limits(points("10 12 - 30 32 30"))
    assert found is not None
    assert (found.figures, found.moving) == (5, Decimal(2))


def test_there_are_no_limits_from_four_figures_and_they_are_on_trial_below_twelve() -> None:
    assert limits(points("10 12 11 13")) is None
    assert [limits(points("10 12 " * n)).trial for n in (5, 6)] == [True, False]  # type: ignore[union-attr]
    assert limits(points("- - - - - -")) is None
    assert limits(points("1 - 1 - 1 - 1 - 1")) is None  # no two neighbours, so no range


def test_limits_stop_where_no_figure_can_be() -> None:
    found = process(points("1 9 1 9 1 9"), least=Decimal(0), most=Decimal(10)).limits
    assert found is not None
    assert (found.lower, found.upper) == (0, 10)


# Signals, in their published order


def test_a_figure_on_its_limit_is_no_signal_and_one_beyond_is() -> None:
    quiet = "5 6 5 6 5 6 5 6 5 6 5 6"
    assert set(signals(quiet)) == {""}
    assert signals(f"{quiet} 12")[-1] == "outside"


def test_seven_rising_are_a_trend_and_six_are_not() -> None:
    # Of the reference: 1 to 7 gives a trend, 1 to 6 none, and a step that stays even breaks it.
    wide = "0 30 0 30 0 30 0 30 0 "
    assert signals(wide + "11 12 13 14 15 16 17 5")[9:] == ["trend"] * 7 + [""]
    assert "trend" not in signals(wide + "21 12 13 14 15 16 17 5")
    assert "trend" not in signals(wide + "11 12 13 13 14 15 16 5")
    assert signals(wide + "17 16 15 14 13 12 11 20")[9:] == ["trend"] * 7 + [""]


def test_seven_on_one_side_are_a_run_and_six_are_not() -> None:
    noisy = "0 30 0 30 0 30 0 30 0 30 0 30 0 30 "
    assert signals(noisy + "17 19 17 19 17 19 17")[14:] == ["run"] * 7
    assert "run" not in signals("0 30 " * 7 + "0 19 17 19 17 19 17 0")


def test_two_of_three_near_a_limit_on_one_side_are_a_signal_and_on_both_sides_are_none() -> None:
    # The reference: sixteen figures of 1 and -1, the last two 5.5 and -5.5, give no signal, as they lie on both sides.
    even = "1 -1 " * 7
    assert signals(even + "5.5 -5.5")[-2:] == ["", ""]
    assert signals("0 10 " * 15 + "28 12 29")[-3:] == ["near", "", "near"]
    assert set(signals("0 10 " * 15 + "28 0 29")) == {""}


def test_of_two_signals_the_first_published_names_a_point() -> None:
    found = signals("5 6 5 6 5 6 5 6 5 6 5 6 5 6 5 6 " + "9 10 11 12 13 14 15")
    assert found[-1] == "outside"
    assert set(found[16:]) == {"outside", "trend"}


def test_a_missing_month_breaks_a_run_and_a_trend() -> None:
    wide = "0 30 0 30 0 30 0 30 0 "
    assert set(signals(wide + "11 12 13 14 - 15 16 17")[9:]) == {""}


def test_nhs_englands_example_has_one_signal() -> None:
    found = signals("89 86 75 77 81 74 72 78 76 82 77 54 66 77 86")
    assert [n for n, each in enumerate(found) if each] == [11]


def test_limits_are_set_anew_from_a_break_and_from_a_baseline() -> None:
    series = points("10 12 11 13 10 12 20 22 21 23 20 22")
    broken = process(series, breaks=[series[6].period])
    assert [len(each.points) for each in broken.stretches] == [6, 6]
    assert broken.limits is not None
    assert broken.limits.mean == Decimal(128) / 6
    assert {each.signal for each in broken.points} == {""}
    based = process(series, baseline=(series[0].period, series[5].period))
    assert based.limits is not None
    assert (based.limits.figures, [each.signal for each in based.points][6:]) == (6, ["outside"] * 6)


# What a point and a target mean


@pytest.mark.parametrize(("better", "said"), [("higher", "concern"), ("lower", "improvement"), ("neither", "change")])
def test_a_signal_below_the_mean_is_read_by_which_way_is_better(better: str, said: str) -> None:
    found = process(points("5 6 5 6 5 6 5 6 5 6 5 6 0"))
    assert variation(found.last, better) == said
    assert variation(process(points("5 6 5 6 5 6")).last, better) == "common"
    assert variation(None, better) == ""


@pytest.mark.parametrize(
    ("target", "higher", "lower"), [("90", "will not", "will"), ("80", "may", "may"), ("70", "will", "will not")]
)
def test_a_target_is_read_against_the_limits(target: str, higher: str, lower: str) -> None:
    found = limits(points("80 81 79 80 81 79 80 81 79 80 81 79"))
    assert assurance(Decimal(target), found, "higher") == higher
    assert assurance(Decimal(target), found, "lower") == lower
    assert assurance(Decimal(target), found, "neither") == ""
    assert (assurance(None, found, "higher"), assurance(Decimal(target), None, "higher")) == ("", "")


@given(st.lists(st.none() | st.integers(-1000, 1000), max_size=40))
def test_any_series_can_be_read_and_every_outside_point_lies_outside(values: list[int | None]) -> None:
    series = [
        Point(add_months(date(2020, 1, 1), n), None if value is None else Decimal(value))
        for n, value in enumerate(values)
    ]
    found = process(series)
    assert [each.point for each in found.points] == series
    by = found.limits
    for each in found.points:
        value = each.point.value
        outside = by is not None and value is not None and not by.lower <= value <= by.upper
        assert (each.signal == "outside") == outside
