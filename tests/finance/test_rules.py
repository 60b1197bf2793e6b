"""The rules of finance: amounts, slips, gaps, who approves, shares, states, and how money is said."""

from datetime import date
from typing import Any

import pytest

from candour.finance import rules
from candour.finance.rules import saying
from tests.finance.factories import MAY, Y25, Y26, Y27, Y28

A, B, C = Y25, Y26, Y27
TODAY = date(2026, 6, 15)


def test_a_variance_and_a_total_are_known_only_where_every_part_is() -> None:
    rows = [rules.Amounts(100, 110, 20), rules.Amounts(50, 40, 10)]
    assert [one.variance for one in rows] == [10, -10]
    assert rules.added(rows) == rules.Amounts(150, 150, 30)
    assert rules.added([*rows, rules.Amounts(5, None, 5)]) == rules.Amounts(155, None, 35)
    assert (rules.added([]), rules.Amounts(5).variance) == (rules.Amounts(), None)
    assert [one.share for one in (rules.Amounts(300, None, 299), rules.Amounts(0, 0, 5), rules.Amounts(9))] == [
        99, None, None,
    ]  # fmt: skip


def test_a_reserve_closes_at_what_opens_and_moves_and_says_how_far_below_its_minimum() -> None:
    one = rules.Reserve("General", 500, -120, 400)
    assert (one.closing, one.short) == (380, 20)
    assert (rules.Reserve("Other", 5).closing, rules.Reserve("Other", 5, -9).short) == (5, 0)
    assert rules.Reserve("Unknown", None, 5, 9).closing is None


def test_the_gap_of_a_plan_is_spending_less_income_and_runs_on_while_it_is_known() -> None:
    plan = rules.plan_years({A: [60, 30], B: [95], C: [99]}, {A: [100], B: [100]})
    assert [(one.gap, one.whole_gap) for one in plan] == [(10, 10), (5, 15), (None, None)]


@pytest.mark.parametrize(
    ("budget", "forecast", "slipped"),
    [
        ([100, 100, 0], [60, 140, 0], {A: 40}),
        ([100, 100, 0], [130, 70, 0], {A: -30}),
        ([100, 100, 0], [60, 110, 20], {A: 30}),
        ([100, 0, 0], [60, 0, 0], {}),
        ([100, 100, 100], [60, 80, 160], {A: 40, B: 20}),
        ([100, 50, 0], [120, 50, 0], {}),
        ([100, None, 0], [60, 140, 40], {A: 40}),
    ],
)
def test_what_slips_is_the_lesser_of_what_a_year_spends_less_and_later_ones_more(
    budget: list[Any], forecast: list[Any], slipped: dict[date, int]
) -> None:
    years = (A, B, C)
    assert rules.slips(dict(zip(years, budget, strict=True)), dict(zip(years, forecast, strict=True))) == slipped


def test_funding_is_held_against_the_budget_of_each_year() -> None:
    assert rules.missing_funding({A: 100, B: 50}, {A: [60, 30], B: [60]}) == {A: 10, B: -10}
    assert rules.missing_funding({A: 100}, {A: [60, 40]}) == {}
    assert rules.missing_funding({A: 100}, {}) == {}


def test_positions_count_from_april_and_are_late_after_a_quarter_and_thirty_working_days() -> None:
    assert [rules.say_position(date(2026, month, 1)) for month in (4, 9)] == [
        "Month 1, April 2026", "Month 6, September 2026",
    ]  # fmt: skip
    assert rules.say_position(date(2027, 3, 1)) == "Month 12, March 2027"
    assert rules.due_after(MAY) == date(2026, 10, 12)
    assert (rules.starts_year(date(2026, 3, 31)), rules.say_year(Y26)) == (Y25, "2026/27")


def test_money_is_said_rounded_for_scanning_and_never_by_its_sign_alone() -> None:
    pounds = [123_456_789, 999_600, 850_000, 1_499, 400, 0, -2_500_000]
    assert [saying.short(100 * one) for one in pounds] == [
        "£123.5m", "£1.0m", "£850k", "£1k", "£400", "£0", "−£2.5m",
    ]  # fmt: skip
    assert saying.short(None) == "none"
    said = [
        (f(None), f(0), f(5_000_00), f(-5_000_00)) for f in (saying.over, saying.behind, saying.gap, saying.unfunded)
    ]
    assert said == [
        ("not known", "on budget", "£5k over", "£5k under"),
        ("not known", "as planned", "£5k more", "£5k short"),
        ("not known", "balanced", "£5k short", "£5k to spare"),
        ("not known", "adds up", "£5k short", "£5k too much"),
    ]
    assert [saying.slipped(each) for each in (0, 100_000, -100_000)] == [
        "none",
        "£1k to later years",
        "£1k brought forward",
    ]
    assert (saying.exactly(-350_50), saying.exactly(0), saying.exactly(None)) == (
        "£350.50 under",
        "on budget",
        "not known",
    )


LIMITS = [rules.Limit("The board", None), rules.Limit("Chief Executive", 250_000), rules.Limit("Finance", 50_000)]


def test_the_lowest_limit_that_covers_a_value_says_who_approves_it() -> None:
    assert [rules.who_approves(value, LIMITS) for value in (1, 50_000, 50_001, 250_001)] == [
        "Finance", "Finance", "Chief Executive", "The board",
    ]  # fmt: skip
    assert rules.who_approves(50_001, LIMITS[2:]) == ""


def test_the_stage_of_a_project_follows_from_its_cases() -> None:
    def case(kind: str, answer: str, month: int) -> rules.CaseFacts:
        return rules.CaseFacts(kind, answer, "The board", date(2026, month, 1))

    first, second = case("strategic", "approved", 1), case("outline", "", 3)
    assert rules.stage_of([], None) == "Idea"
    assert rules.stage_of([second, first], None) == "Outline business case"
    assert rules.stage_of([first, case("full", "approved", 4)], None) == "Delivery"
    assert rules.stage_of([first, case("full", "refused", 4)], None) == "Not approved"
    assert rules.stage_of([first], TODAY) == "Closed"
    assert rules.report_due(None, date(2026, 1, 5), 1) == date(2026, 3, 13)
    assert rules.report_due(MAY, date(2026, 1, 5), 3) == date(2026, 9, 14)


def test_shares_come_to_the_whole_and_are_borne_to_the_penny() -> None:
    thirds = [rules.Share("B", 3_333), rules.Share("A", 3_334, True), rules.Share("C", 3_333)]
    assert rules.problem_of(thirds) == ""
    assert rules.costs(100_01, thirds) == {"A": 33_35, "B": 33_33, "C": 33_33}
    assert sum(rules.costs(1, thirds).values()) == 1
    assert (
        rules.problem_of(thirds[:2])
        == "The shares come to 66.67%: 33.33% is missing. Change them until they come to 100%"
    )
    assert rules.problem_of([*thirds, rules.Share("D", 50)]).startswith("The shares come to 100.5%: 0.5% is too much.")
    assert rules.problem_of([rules.Share("a", 5_000), rules.Share("A", 5_000)]) == (
        "a stands twice: enter each member once"
    )
    assert rules.problem_of([rules.Share("A", 5_000, True), rules.Share("B", 5_000, True)]).startswith(
        "Choose one member"
    )
    assert rules.problem_of([]) == "Enter a member and its share"
    assert [rules.say_share(each) for each in (4_000, 3_333, 10_000)] == ["40%", "33.33%", "100%"]


def test_the_line_of_a_scheme_is_of_the_year_of_its_position() -> None:
    line = rules.scheme_line(
        organisation=1, sensitivity="office", sort="capital", cashable=False, closed_on=None, rated=None, position=MAY,
        years={Y26: rules.Amounts(100, 60, 5), Y27: rules.Amounts(50, 90), Y28: rules.Amounts(10, 10)},
        funding={Y26: [100], Y27: [40], Y28: [20]},
    )  # fmt: skip
    assert (line.year, line.budget, line.forecast, line.actual) == (Y26, 100, 60, 5)
    assert (line.whole_budget, line.whole_forecast, line.whole_actual) == (160, 160, 5)
    assert (line.slipped, line.unfunded) == (40, 10)  # a year short and a year over cancel out: the greatest is told
    assert rules.state(line, TODAY) == "Funding does not add up"
