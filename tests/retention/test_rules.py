from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.retention.rules import Span, closed_by, due_on, in_force, say_years, why_not_due

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_a_record_is_due_whole_years_after_it_was_closed() -> None:
    assert due_on(date(2020, 2, 29), 7) == date(2027, 2, 28)
    assert due_on(date(2020, 2, 29), 4) == date(2024, 2, 29)
    assert due_on(date(2026, 6, 15), 0) == date(2026, 6, 15)
    assert (due_on(None, 7), due_on(date(2026, 6, 15), None)) == (None, None)


@given(today=DAYS, years=st.integers(0, 60), days=st.integers(-400, 400))
def test_what_is_asked_of_the_database_is_what_the_rule_says(today: date, years: int, days: int) -> None:
    closed = closed_by(today, years) + timedelta(days=days)
    due = due_on(closed, years)
    assert due is not None
    assert (closed <= closed_by(today, years)) == (due <= today)


def test_the_last_span_that_began_holds() -> None:
    spans = [Span("risk", 7, date(2020, 1, 1)), Span("risk", None, date(2026, 1, 1)), Span("risk", 3, date(2027, 1, 1))]
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2026, 6, 1), date(2027, 1, 1)]
    assert [found.years if (found := in_force(spans, day)) else "none" for day in days] == ["none", 7, None, 3]


def test_periods_and_what_keeps_a_record_are_said_in_words() -> None:
    assert [say_years(years) for years in (None, 1, 7)] == [
        "For ever",
        "1 year after it is closed",
        "7 years after it is closed",
    ]
    today, closed = date(2026, 6, 15), date(2024, 3, 1)
    assert why_not_due(closed, 2, set_at_all=True, today=today) == ""
    assert why_not_due(closed, 7, set_at_all=True, today=today) == "It is kept until 1 March 2031"
    assert why_not_due(None, 7, set_at_all=True, today=today) == "It is open: the period begins on the day it is closed"
    assert why_not_due(closed, None, set_at_all=True, today=today) == "Records of this kind are kept for ever"
    assert why_not_due(closed, None, set_at_all=False, today=today) == "No period is set for records of this kind"
