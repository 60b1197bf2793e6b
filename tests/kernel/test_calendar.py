from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel import calendar as cal

OCTOBER_26 = date(2023, 10, 26)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
known = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *("26 October 2023", "26 Oct 2023", "26 oct. 23", "26th October, 2023", "26 th of October 2023"),
        *("THURSDAY 26th OCTOBER 2023", "Thurs 26/10/2023", "Thursday, 26 October 2023", "26-Oct-23", "26 October 23"),
        *("26/10/23", "26/10/2023", "26.10.23", "26-10-2023", "26 / 10 / 2023", " 26\u00a0October\n2023 ", "26–10–23"),
        *("2023-10-26", "2023/10/26", "2023-10-26 00:00:00", "2023-10-26T14:05:00Z", "2023-10-26T14:05+01:00"),
    ],
)
def test_a_date_is_read_however_a_paper_prints_it(text: str):
    assert cal.read_date(text) == OCTOBER_26


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "TBC", "ongoing", "Q3 2024", "October 2023", "31 September 2023", "29/02/2023", "00/10/2023"),
        *("26/13/2023", "10/26/2023", "October 26 2023", "26 Octember 2023", "26 Febuary 2023", "26/10-23"),
        *(
            "26/10/0023",
            "4.3.2",
            "12.5",
            "26 October",
            "26/10",
            "26/10/23 and 27/10/23",
            "16/10/2023 CEO will",
            "1/1/202",
        ),
    ],
)
def test_what_is_not_one_real_day_is_none(text: str):
    assert cal.read_date(text) is None


def test_the_day_comes_before_the_month():
    assert cal.read_date("03/04/2023") == date(2023, 4, 3)


def test_a_date_without_a_year_takes_only_the_year_it_is_given():
    assert cal.read_date("26 October", default_year=2023) == OCTOBER_26
    assert cal.read_date("26/10", default_year=2023) == OCTOBER_26
    assert cal.read_date("29 February", default_year=2023) is None
    assert cal.read_date("12.5", default_year=2023) is None


def test_a_year_that_is_printed_wins_over_the_default():
    assert cal.read_date("26 October 2023", default_year=1999) == OCTOBER_26


def test_today_settles_the_century_of_a_two_digit_year():
    assert cal.read_date("26/10/98") == date(2098, 10, 26)
    assert cal.read_date("26/10/98", today=OCTOBER_26) == date(1998, 10, 26)
    assert cal.read_date("26/10/73", today=OCTOBER_26) == date(2073, 10, 26)
    assert cal.read_date("26/10/74", today=OCTOBER_26) == date(1974, 10, 26)


@given(days)
def test_what_is_said_reads_back(day: date):
    assert cal.read_date(cal.say_date(day)) == day
    assert cal.read_date(day.isoformat()) == day
    assert cal.read_date(f"{day:%d/%m/%Y}") == day


@given(st.text())
def test_reading_never_raises(text: str):
    assert cal.read_date(text, default_year=2023) is None or isinstance(cal.read_date(text, default_year=2023), date)
    assert cal.read_month(text) is None or cal.read_month(text).day == 1


@pytest.mark.parametrize("text", ["October 2023", "Oct 23", "Oct-23", "OCT. 2023", "10/2023", "2023-10"])
def test_a_month_is_read_as_its_first_day(text: str):
    assert cal.read_month(text) == date(2023, 10, 1)


@pytest.mark.parametrize("text", ["", "13/2023", "2023-00", "26 October 2023", "Autumn 2023", "2023", "Q3 2023"])
def test_what_is_not_a_month_is_none(text: str):
    assert cal.read_month(text) is None


def test_a_date_is_said_in_full():
    assert cal.say_date(date(2023, 4, 3)) == "3 April 2023"


def test_a_time_is_said_by_the_clock_of_london():
    assert cal.say_time(datetime(2025, 7, 1, 13, 5, tzinfo=UTC)) == "14:05"
    assert cal.say_time(datetime(2025, 12, 1, 9, 5, tzinfo=UTC)) == "09:05"


def test_late_on_a_summer_evening_utc_it_is_already_the_next_day():
    assert cal.local_date(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)) == date(2025, 7, 2)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        cal.say_time(datetime(2025, 7, 1, 13, 5))  # noqa: DTZ001


def test_adding_months_keeps_to_the_end_of_a_short_month():
    assert cal.add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert cal.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert cal.add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert cal.add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert cal.add_months(date(2023, 12, 15), 12) == date(2024, 12, 15)


@given(known, st.integers(-240, 240))
def test_adding_months_moves_that_many_months_and_never_later_in_the_month(day: date, n: int):
    moved = cal.add_months(day, n)
    assert (moved.year - day.year) * 12 + moved.month - day.month == n
    assert moved.day <= day.day


def test_the_financial_year_turns_on_the_first_of_april():
    assert cal.financial_year(date(2025, 3, 31)) == "2024/25"
    assert cal.financial_year(date(2025, 4, 1)) == "2025/26"
    assert cal.financial_year(date(2099, 4, 1)) == "2099/00"


def test_weekends_and_bank_holidays_of_england_are_not_working_days():
    assert cal.is_working_day(date(2023, 10, 26)) is True
    assert cal.is_working_day(date(2023, 10, 28)) is False
    assert cal.is_working_day(date(2023, 5, 8)) is False  # proclaimed for the coronation
    assert cal.is_working_day(date(2023, 8, 28)) is False
    assert cal.is_working_day(date(2023, 8, 7)) is True  # a holiday in Scotland alone


def test_a_bank_holiday_at_a_weekend_has_its_substitute():
    assert cal.is_working_day(date(2022, 12, 27)) is False
    assert cal.is_working_day(date(2026, 12, 28)) is False
    assert cal.is_working_day(date(2026, 12, 29)) is True


def test_ten_working_days_run_round_christmas():
    assert cal.add_working_days(date(2023, 12, 14), 10) == date(2024, 1, 2)


def test_a_brief_ten_working_days_before_fieldwork_is_counted_back():
    assert cal.add_working_days(date(2024, 1, 2), -10) == date(2023, 12, 14)


def test_working_days_between_leave_out_the_first_day_and_count_the_last():
    assert cal.working_days_between(date(2023, 10, 26), date(2023, 10, 30)) == 2
    assert cal.working_days_between(date(2023, 10, 28), date(2023, 10, 29)) == 0
    assert cal.working_days_between(date(2023, 10, 26), date(2023, 10, 26)) == 0


@given(known, st.integers(-300, 300))
def test_working_days_between_undoes_adding_them(day: date, n: int):
    assert cal.working_days_between(day, cal.add_working_days(day, n)) == n


@given(known, st.integers(-300, 300).filter(bool))
def test_adding_working_days_lands_on_a_working_day(day: date, n: int):
    assert cal.is_working_day(cal.add_working_days(day, n)) is True


@given(known, st.integers(0, 400), st.integers(0, 400))
def test_working_days_add_up_over_a_day_between(day: date, a: int, b: int):
    middle, end = day + timedelta(days=a), day + timedelta(days=a + b)
    whole = cal.working_days_between(day, end)
    assert whole == cal.working_days_between(day, middle) + cal.working_days_between(middle, end)


def test_a_response_is_due_on_the_fifty_sixth_day_counting_that_of_publication():
    assert cal.statutory_deadline(date(2025, 1, 1)) == date(2025, 2, 25)
    assert cal.statutory_deadline(date(2024, 2, 1)) == date(2024, 3, 27)


@given(known)
def test_the_statutory_clock_holds_fifty_six_days(published: date):
    assert (cal.statutory_deadline(published) - published).days + 1 == 56


def test_nothing_is_late_on_the_day_it_is_due():
    assert cal.days_late(date(2023, 10, 26), date(2023, 10, 25)) == 0
    assert cal.days_late(date(2023, 10, 26), date(2023, 10, 26)) == 0
    assert cal.days_late(date(2023, 10, 26), date(2023, 11, 8)) == 13
