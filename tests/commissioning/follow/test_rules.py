"""The rules of following an agreement: periods of returns and their states, money by year, outcomes that count once."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.commissioning.rules import follow
from candour.commissioning.rules.follow import Part, Period, Settled, Spend
from candour.kernel.rules import read

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Row:
    """A return as its table reads it."""

    due: date = date(2026, 7, 14)
    received_on: date | None = None
    assess_by: date | None = None
    verdict: str = ""


def test_each_period_has_its_days_and_the_last_is_cut_at_the_end() -> None:
    found = follow.periods(date(2026, 4, 1), 3, date(2026, 11, 15), 10)
    assert found == (
        Period(date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 14)),
        Period(date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 14)),
        Period(date(2026, 10, 1), date(2026, 11, 15), date(2026, 11, 27)),
    )
    assert follow.periods(date(2026, 4, 1), 3, date(2026, 3, 31), 10) == ()
    with pytest.raises(ValueError, match="one month at least"):
        follow.periods(date(2026, 4, 1), 0, date(2026, 6, 30), 10)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(list(follow.EVERY)), st.integers(0, 1500),
    st.integers(1, 60),
)  # fmt: skip
def test_periods_cover_every_day_once(first: date, every: int, days: int, within: int) -> None:
    until = first + timedelta(days)
    found = follow.periods(first, every, until, within)
    assert (found[0].starts, found[-1].ends) == (first, until)
    assert [one.ends + timedelta(1) for one in found[:-1]] == [one.starts for one in found[1:]]
    assert all(one.due > one.ends for one in found)


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (Row(), "To come"),
        (Row(due=TODAY + timedelta(14)), "Due"),
        (Row(due=TODAY), "Due"),
        (Row(due=TODAY - timedelta(1)), "Late"),
        (Row(due=TODAY, verdict="back"), "Sent back"),
        (Row(due=TODAY - timedelta(1), verdict="back"), "Sent back, late"),
        (Row(due=TODAY - timedelta(9), received_on=TODAY, assess_by=TODAY), "To assess"),
        (Row(received_on=TODAY, assess_by=TODAY - timedelta(1)), "Assessment late"),
        (Row(due=TODAY - timedelta(9), received_on=TODAY, assess_by=TODAY, verdict="satisfactory"), "Satisfactory"),
    ],
)
def test_a_return_is_late_by_its_own_days(row: Row, state: str) -> None:
    assert read(follow.RETURN, row, TODAY) == state


PAID = [(date(2025, 5, 1), 60_00), (date(2026, 1, 5), 40_00), (date(2026, 5, 1), 50_00)]


def test_what_a_provider_held_at_the_end_of_a_year_is_what_was_paid_less_what_it_spent() -> None:
    said = [(date(2025, 9, 30), 30_00), (date(2026, 3, 31), 70_00)]
    found = follow.money(Spend(value=200_00, paid=PAID, reported=said, forecast={"2026/27": 90_00}), TODAY)
    told = [(one.year, one.paid, one.spent, one.forecast, one.unspent) for one in found.years]
    assert told == [("2025/26", 100_00, 70_00, None, 30_00), ("2026/27", 50_00, None, 90_00, None)]
    assert (found.paid, found.spent, found.left, found.forecast, found.over) == (150_00, 70_00, 50_00, 90_00, False)
    assert found.unspent is None


@pytest.mark.parametrize(
    ("said", "unspent"),
    [
        ([(date(2025, 12, 31), 70_00)], None),  # no return ends with the year
        ([(date(2025, 12, 31), 70_00), (date(2026, 6, 10), 90_00)], None),  # what a later one says is of two years
        ([(date(2026, 3, 31), 110_00)], -10_00),  # spent ahead of what was paid
    ],
)
def test_an_underspend_of_a_year_is_known_from_a_return_that_ends_with_it(
    said: list[tuple[date, int]], unspent: int | None
) -> None:
    assert follow.money(Spend(value=None, paid=PAID, reported=said), TODAY).years[0].unspent == unspent


def test_what_came_back_or_was_carried_over_is_held_no_more() -> None:
    said = [(date(2026, 3, 31), 70_00)]

    def held(*settled: Settled, back: int = 0) -> int | None:
        paid = [*PAID, *([(date(2026, 5, 20), -back)] if back else [])]
        return follow.money(Spend(value=None, paid=paid, reported=said, settled=settled), TODAY).years[0].unspent

    assert held() == 30_00
    assert held(Settled("2025/26", date(2026, 5, 20), 30_00), back=30_00) == 0
    assert held(Settled("2025/26", date(2026, 5, 20), 20_00, carried=True)) == 10_00
    assert held(Settled("2024/25", date(2026, 5, 20), 20_00, carried=True)) == 30_00
    # What came back within the year is no part of what was paid by its end already.
    early = [*PAID, (date(2026, 3, 1), -30_00)]
    spend = Spend(None, early, said, settled=[Settled("2025/26", date(2026, 3, 1), 30_00)])
    assert follow.money(spend, TODAY).years[0].unspent == 0


def test_at_the_end_of_an_agreement_what_is_not_spent_stands_until_it_comes_back() -> None:
    ends, said = date(2026, 5, 31), [(date(2026, 5, 31), 120_00)]
    assert follow.money(Spend(150_00, PAID, said, ends=ends), TODAY).unspent == 30_00
    assert follow.money(Spend(150_00, [*PAID, (TODAY, -30_00)], said, ends=ends), TODAY).unspent == 0
    carried = [Settled("", TODAY, 30_00, carried=True)]
    assert follow.money(Spend(150_00, PAID, said, settled=carried, ends=ends), TODAY).unspent == 0
    assert follow.money(Spend(150_00, PAID, said[:0], ends=ends), TODAY).unspent is None
    assert follow.money(Spend(100_00, PAID, said, ends=ends), TODAY).over is True


def test_nothing_is_divided_by_nothing() -> None:
    assert follow.per_outcome(100_00, Decimal(0)) is None
    assert (follow.per_outcome(100_00, Decimal(3)), follow.per_outcome(0, Decimal(3))) == (33_33, 0)
    assert (follow.year_after("2025/26"), follow.year_after("2098/99")) == ("2026/27", "2099/00")


@pytest.mark.parametrize(
    ("exact", "said"),
    [(Fraction(200, 3), "66.7"), (Fraction(1, 20), "0.1"), (Fraction(60), "60"), (Decimal("2.50"), "2.5")],
)
def test_a_sum_is_said_to_one_place(exact: Fraction | Decimal, said: str) -> None:
    assert str(follow.per_unit(exact)) == said


def month(number: int, value: Decimal | int) -> follow.Figure:
    return date(2026, number, 1), date(2026, number, 28), Decimal(value)


FIGURES = st.dictionaries(st.integers(1, 4), st.decimals(0, 1000, places=2), max_size=4)
PARTS = st.lists(
    st.builds(
        Part,
        key=st.integers(),
        same=st.integers(1, 3),
        figures=FIGURES.map(lambda told: tuple(month(number, value) for number, value in sorted(told.items()))),
        share=st.integers(1, 100),
        elsewhere=st.booleans(),
    ),
    max_size=8,
)


@given(PARTS, st.randoms())
def test_no_outcome_counts_twice_however_it_is_added_up(parts: list[Part], chance: Random) -> None:
    rows = follow.counted(parts)
    whole = sum((row.value for row in rows), Fraction(0))
    streams = {id(part): chance.choice("abc") for part in parts}
    by_stream = follow.together(rows, lambda part: streams[id(part)])
    # The sums by anything that each agreement has one of come to the sum of all.
    assert sum(by_stream.values(), Fraction(0)) == whole
    # What several bring about alike is never more, month by month, than the most that one of them reports.
    for same, value in follow.together(rows, lambda part: part.same).items():
        told: dict[date, Decimal] = {}
        for starts, _, each in (figure for part in parts if part.same == same for figure in part.figures):
            told[starts] = max(each, told.get(starts, Decimal(0)))
        assert value <= sum(map(Fraction, told.values()), Fraction(0))
    # One more that another counts changes nothing.
    more = [*parts, Part("more", 1, (month(1, 999),), elsewhere=True)]
    assert [row.value for row in follow.counted(more)][:-1] == [row.value for row in rows]
    # The order in which they are read changes nothing.
    assert [row.value for row in follow.counted(parts[::-1])] == [row.value for row in rows[::-1]]


def test_shares_of_one_thing_come_to_the_whole_and_not_to_more() -> None:
    def values(*parts: tuple[int, int]) -> list[Fraction]:
        rows = follow.counted(Part(n, "one", (month(at, 60),), share) for n, (at, share) in enumerate(parts))
        return [row.value for row in rows]

    assert values((1, 100)) == [60]
    assert values((1, 70), (1, 30)) == [42, 18]
    assert values((1, 70), (1, 20)) == [42, 12]
    assert values((1, 100), (1, 100)) == [30, 30]
    assert values((1, 100), (2, 100)) == [60, 60]  # the same of other days is nothing of the same
    assert follow.together([], lambda part: part.key) == {}
