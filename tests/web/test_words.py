from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from candour.kernel.web import marks
from candour.kernel.web.templatetags import candour as words


def test_a_day_is_said_in_words_by_the_clock_of_the_office() -> None:
    assert words.day(date(2023, 10, 26)) == "26 October 2023"
    assert words.day(datetime(2023, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2023"
    assert words.iso(datetime(2023, 6, 30, 23, 30, tzinfo=UTC)) == "2023-07-01"
    assert words.day(None) == ""


def test_a_time_is_said_by_the_clock_of_the_office() -> None:
    assert words.times(datetime(2023, 6, 30, 13, 5, tzinfo=UTC)) == "14:05"
    assert words.times(datetime(2023, 12, 30, 9, 5, tzinfo=UTC)) == "09:05"
    assert words.times(None) == ""


def test_late_counts_days() -> None:
    assert marks.late(date(2025, 10, 3), date(2025, 10, 16)) == "13 days late"
    assert marks.late(date(2025, 10, 15), date(2025, 10, 16)) == "1 day late"
    assert marks.late(date(2020, 1, 1), date(2025, 10, 16)) == "2,115 days late"
    assert marks.late(date(2025, 10, 16), date(2025, 10, 16)) == ""
    assert marks.late(None, date(2025, 10, 16)) == ""


@pytest.mark.parametrize(
    ("value", "said"), [(1204, "1,204"), (0, "0"), (None, "none"), ("", "none"), ("1204", "1,204"), ("many", "many")]
)
def test_a_number_has_its_thousands_apart_and_nought_is_0(value, said) -> None:
    assert words.number(value) == said


def test_a_percentage_has_one_place_at_most() -> None:
    assert words.percent(74.94) == "74.9%"
    assert words.percent(3, 4) == "75%"
    assert words.percent(1, 3) == "33.3%"
    assert words.percent(0, 45) == "0%"
    assert words.percent(3, 0) == "none"
    assert words.percent(None) == "none"


def test_money_shows_pence_only_when_there_are_any() -> None:
    assert words.money(27225) == "£27,225"
    assert words.money(Decimal("27225.5")) == "£27,225.50"
    assert words.money(-40) == "−£40"
    assert words.money(0) == "£0"
    assert words.money(None) == "none"


def test_a_word_follows_its_count() -> None:
    assert [words.plural(count, "risk,risks") for count in (0, 1, 2)] == ["risks", "risk", "risks"]
