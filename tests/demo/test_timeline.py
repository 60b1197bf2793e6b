from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.config.demo.risks import TALES
from candour.config.demo.seed import script, timed
from candour.config.demo.stage import Stage
from candour.config.demo.timeline import BEGINS, EARLIEST, Timeline, worded
from candour.kernel.calendar import is_working_day

TODAYS = st.dates(min_value=EARLIEST, max_value=date(2060, 12, 31))
AT_FULL_PACE = st.dates(min_value=date(2026, 11, 9), max_value=date(2060, 12, 31))


@given(today=TODAYS)
def test_a_later_week_never_falls_before_an_earlier_one(today: date) -> None:
    timeline = Timeline(today)
    days = [timeline.day(week, "MPC001") for week in range(105, -1, -1)]
    assert days == sorted(days)
    assert all(is_working_day(day) and BEGINS <= day < today for day in days)


@given(today=TODAYS)
@settings(max_examples=15, deadline=None)
def test_nothing_happens_before_november_2024_or_from_today_on(today: date) -> None:
    days = [event.day for event in script(Stage(Timeline(today)))]
    assert days == sorted(days)
    assert days[0] >= BEGINS
    assert days[-1] < today


@given(today=AT_FULL_PACE)
def test_the_panel_meets_on_a_thursday_each_quarter(today: date) -> None:
    timeline = Timeline(today)
    panels = [*timeline.panels(), timeline.next_panel()]
    assert len(panels) == 9
    assert {day.weekday() for day in panels} == {3}
    assert {later - earlier for earlier, later in pairwise(panels)} == {timedelta(weeks=13)}
    assert panels[-2] < today < panels[-1]


def test_the_last_two_years_begin_two_years_back() -> None:
    assert Timeline(date(2026, 11, 22)).back(105 * 7) == date(2024, 11, 11)
    assert Timeline(date(2029, 4, 3)).back(105 * 7) == date(2027, 3, 29)


def test_an_earlier_today_draws_the_older_weeks_together() -> None:
    timeline = Timeline(date(2026, 1, 15))
    assert timeline.back(105 * 7) == BEGINS
    assert timeline.back(6 * 7) == date(2025, 12, 1)


def test_a_today_too_early_for_the_demo_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a today of 01/08/2025 or later"):
        Timeline(date(2025, 7, 31))


def test_the_events_of_a_day_follow_each_other_within_working_hours() -> None:
    moments = [at for at, _ in timed(script(Stage(Timeline(date(2026, 11, 22)))))]
    assert moments == sorted(set(moments))
    assert {at.hour for at in moments} <= set(range(9, 17))


def test_months_and_financial_years_are_written_for_the_day_of_a_text() -> None:
    day = date(2026, 12, 8)
    assert (
        worded("In {m-1} and {m+2}, of {fy} and {fy+1}", day)
        == "In November 2026 and February 2027, of 2026/27 and 2027/28"
    )
    assert worded("100% of {other}", day) == "100% of {other}"


def test_every_step_of_a_risk_comes_after_it_was_raised() -> None:
    early = [tale.ref for tale in TALES for step in tale.steps if step.week > tale.raised]
    late = [tale.ref for tale in TALES for week in tale.quiet if week > tale.raised]
    added = [tale.ref for tale in TALES for control in tale.controls if (control.added or 0) > tale.raised]
    assert (early, late, added) == ([], [], [])
