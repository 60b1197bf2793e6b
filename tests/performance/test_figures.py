"""Rates from their parts, sums, small numbers, periods and how figures are written."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.performance.rules import Part, added, computed, due_on, filled, hidden, say, say_period, starts_period


def d(number: object) -> Decimal:
    return Decimal(str(number))


def test_a_percentage_and_a_rate_are_worked_out_from_their_parts() -> None:
    assert computed("percent", d(3), d(8), 1000) == d("37.5000")
    assert computed("rate", d(802), d(612000), 1000) == d("1.3105")
    assert computed("minutes", d(120), d(16), 1000) == d("7.5000")
    assert computed("number", d(7), None, 1000) == 7


@pytest.mark.parametrize("unit", ["percent", "rate", "minutes", "days"])
def test_nothing_is_ever_divided_by_nothing(unit: str) -> None:
    assert computed(unit, d(3), d(0), 1000) is None
    assert computed(unit, d(0), d(0), 1000) is None
    assert computed(unit, d(3), None, 1000) is None
    assert added(unit, [(None, d(0), d(0))], 1000) is None


def test_a_whole_is_the_sum_of_its_parts_and_never_the_mean_of_percentages() -> None:
    parts = [(d(90), d(9), d(10)), (d(10), d(10), d(100))]
    assert added("percent", parts, 1000) == d("17.2727")  # 19 of 110, not 50
    assert added("number", [(d(3), None, None), (d(4), None, None)], 1000) == 7


def test_a_sum_of_some_parts_is_no_whole() -> None:
    assert added("percent", [(d(90), d(9), d(10)), (d(10), None, None)], 1000) is None
    assert added("number", [(d(3), None, None), (None, None, None)], 1000) is None
    assert added("number", [], 1000) is None


def test_a_part_that_is_hidden_alone_takes_the_next_smallest_with_it() -> None:
    parts = {"N": Part(None, suppressed=True), "E": Part(d(9)), "S": Part(d(20)), "W": Part(d(0))}
    assert hidden(parts, d(31), smallest=5) == {"N", "E", "W"}
    assert hidden(parts, None, smallest=5) == {"N"}
    assert hidden({"N": Part(d(3)), "E": Part(d(9))}, d(12), smallest=5) == frozenset()


def test_parts_that_tell_themselves_take_the_whole_with_them_where_no_other_is_left() -> None:
    parts = {"N": Part(None, suppressed=True), "E": Part(None, suppressed=True)}
    assert hidden(parts, d(8), smallest=5) == {"N", "E", ""}  # both are 4
    assert hidden(parts, d(6), smallest=5) == {"N", "E"}


def test_a_whole_that_is_hidden_is_not_told_by_its_parts() -> None:
    assert hidden({"N": Part(d(3)), "E": Part(d(9))}, None, smallest=5, whole_hidden=True) == {"N"}


SMALLEST = 5


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
def test_no_hidden_number_can_be_worked_out_from_what_is_shown(counts: list[int]) -> None:
    names = [str(n) for n in range(len(counts))]
    parts = {
        name: Part(None if 0 < count < SMALLEST else d(count), suppressed=0 < count < SMALLEST)
        for name, count in zip(names, counts, strict=True)
    }
    whole = sum(counts)
    gone = hidden(parts, d(whole), smallest=SMALLEST)
    own = [name for name in names if parts[name].suppressed]
    if not own or "" in gone:
        return  # nothing is hidden, or the whole is too
    rest = whole - sum(count for name, count in zip(names, counts, strict=True) if name not in gone)
    # What a reader knows: a hidden number was suppressed, 1 to 4, or hidden beside it, and all of them make the rest.
    possible = {name: set() for name in own}
    for guess in product(*(range(1, SMALLEST) if name in own else range(rest + 1) for name in sorted(gone))):
        if sum(guess) == rest:
            for name, value in zip(sorted(gone), guess, strict=True):
                if name in own:
                    possible[name].add(value)
    assert all(len(values) > 1 for values in possible.values())


def test_missing_periods_stand_between_those_that_are_there() -> None:
    assert filled([date(2026, 4, 1), date(2026, 1, 1)], "month") == [date(2026, n, 1) for n in (1, 2, 3, 4)]
    assert filled([date(2026, 7, 1), date(2026, 1, 1)], "quarter") == [date(2026, n, 1) for n in (1, 4, 7)]
    assert filled([], "month") == []


def test_periods_begin_where_the_year_of_finance_begins() -> None:
    assert starts_period(date(2026, 3, 31), "year") == date(2025, 4, 1)
    assert starts_period(date(2026, 3, 31), "quarter") == date(2026, 1, 1)
    assert starts_period(date(2026, 3, 31), "month") == date(2026, 3, 1)


def test_figures_and_periods_are_written_as_people_say_them() -> None:
    assert say(d("74.94"), "percent", 1) == "74.9%"
    assert say(d(14208), "number", 0) == "14,208"
    assert say(d("1.305"), "rate", 2, 1000) == "1.31 per 1,000"
    assert (say(d(174000), "pounds", 0), say(d(-5), "pounds", 0)) == ("£174,000", "−£5")
    assert say(None, "percent", 1) == "none"
    assert say_period(date(2025, 9, 1), "month") == "September 2025"
    assert say_period(date(2025, 7, 1), "quarter") == "July to September 2025"
    assert say_period(date(2025, 4, 1), "year") == "2025/26"


def test_a_figure_is_due_working_days_after_its_period() -> None:
    assert due_on(date(2026, 4, 1), "month", 10) == date(2026, 5, 15)  # the bank holiday of 4 May is none
