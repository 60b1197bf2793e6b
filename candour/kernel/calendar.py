"""Dates as the trade prints and counts them: reading, saying, working days and statutory clocks.

Pure: nothing here asks what day it is; the day is passed in. Days are calendar dates in England; an instant is turned
into the date and time of London before it is said.
"""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
RESPONSE_DAYS = 55
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*")
_ISO = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NUMBERS = re.compile(r"([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})")
_NUMBERS_WITHOUT_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_WORDS = re.compile(
    r"([0-9]{1,2})\s?(?:st|nd|rd|th)?[-/\s]?\s?(?:of\s)?([a-z]{3,9})\.?,?(?:[-/\s]?\s?([0-9]{4}|[0-9]{2}))?"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s([0-9]{1,2})(?:st|nd|rd|th)?,\s?([0-9]{4})")
_MONTH_WORDS = re.compile(r"([a-z]{3,9})\.?,?[-/\s]?\s?([0-9]{4}|[0-9]{2})")
_MONTH_NUMBERS = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_MONTH_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")


def read_date(text: str, *, today: date | None = None, default_year: int | None = None) -> date | None:
    """The day that a paper prints, or None where it prints no real day.

    Reads 26 October 2023, 26 Oct 23, THURSDAY 26th OCTOBER 2023, 26/10/23, 26.10.2023 and 2023-10-26. In figures the day
    comes before the month, as papers of the United Kingdom print it; October 26, 2023 is read too, with its comma alone.
    The weekday is not held against the date: a reader that wants to report a contradiction compares the two. Years run
    from 1900 to 2199.

    today settles the century of a two-digit year (see _year); default_year completes a date that prints none, and
    without it such a date is None, because a year is never guessed.
    """
    return _date(text, today, default_year) if len(text) <= LONGEST else None


LONGEST = (
    80  # characters of a text that can be a date; a paper prints the same few days again and again, so they are kept
)


@lru_cache(maxsize=8192)
def _date(text: str, today: date | None, default_year: int | None) -> date | None:
    words = _WEEKDAY.sub("", _plain(text))
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(words):
        return _day(_year(found[4], today=today), int(found[3]), int(found[1]))
    if found := _WORDS.fullmatch(words):
        year = _year(found[3], today=today) if found[3] else default_year
        return _day(year, _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(" ".join(text.casefold().split())):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _NUMBERS_WITHOUT_YEAR.fullmatch(words):
        return _day(default_year, int(found[2]), int(found[1]))
    return None


def read_month(text: str, *, today: date | None = None) -> date | None:
    """The first day of the month that a paper prints (October 2023, Oct-23, 10/2023, 2023-10), or None."""
    words = _plain(text)
    if found := _MONTH_ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), 1)
    if found := _MONTH_NUMBERS.fullmatch(words):
        return _day(int(found[2]), int(found[1]), 1)
    if found := _MONTH_WORDS.fullmatch(words):
        return _day(_year(found[2], today=today), _month(found[1]), 1)
    return None


def say_date(day: date) -> str:
    """26 October 2023: the one way in which pages and papers write a date."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_time(at: datetime) -> str:
    """14:05, by the clock of London. Raises ValueError for a time without a zone."""
    return f"{_in_london(at):%H:%M}"


def local_date(at: datetime) -> date:
    """The date in London at an instant. Raises ValueError for a time without a zone."""
    return _in_london(at).date()


def add_months(day: date, n: int) -> date:
    """The same day n months on (or back, if n is negative); a day that the month lacks becomes the month's last."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    last = 28 if day.day <= 28 else monthrange(year, month + 1)[1]  # every month has its 28th
    return date(year, month + 1, min(day.day, last))


def financial_year(day: date) -> str:
    """2025/26 for any day from 1 April 2025 to 31 March 2026.

    Source: the financial year of local authorities and policing bodies, Local Government Finance Act 1992.
    """
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank and public holidays of England in a year, substitute days included.

    Source: Banking and Financial Dealings Act 1971, schedule 1 and proclamations under it, with Good Friday and
    Christmas Day by common law, as the holidays library keeps them. It knows 1872 to 2100; other years have none.
    """
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False))


def is_working_day(day: date) -> bool:
    """Neither Saturday nor Sunday nor a bank holiday of England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after a day (before it, if n is negative). The day itself is not counted; 0 gives it back.

    Ten working days from Thursday 14 December 2023 end on Tuesday 2 January 2024.
    """
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(a: date, b: date) -> int:
    """Working days from a to b, a not counted and b counted; negative where b is before a.

    It undoes add_working_days: working_days_between(a, add_working_days(a, n)) == n.
    """
    if b < a:
        return -sum(is_working_day(b + timedelta(days=n)) for n in range((a - b).days))
    return sum(is_working_day(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))


def statutory_deadline(published: date) -> date:
    """The last day for publishing a response to an inspection report.

    Source: Police Act 1996, section 55, as amended by the Policing and Crime Act 2017, section 37: before the end of
    56 days beginning with the day of publication. That day is the first of the 56, so the last is 55 days after it.
    Calendar days: weekends and bank holidays count, and none moves the end.
    """
    return published + timedelta(days=RESPONSE_DAYS)


def days_late(due: date, today: date) -> int:
    """Calendar days since a due date: 0 on the day itself and before it, 1 on the day after."""
    return max(0, (today - due).days)


def _plain(text: str) -> str:
    """Lower case, one kind of space and one kind of hyphen."""
    return " ".join(text.casefold().replace("–", "-").replace("‑", "-").replace(",", " ").split())


def _year(digits: str, *, today: date | None) -> int:
    """Two digits are of this century, unless that lies more than 50 years after today: then of the last."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 1900 + year if today and 2000 + year > today.year + 50 else 2000 + year


def _month(word: str) -> int:
    """A month by its name or any start of it of three letters or more; 0 for any other word."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(word)), 0)


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1900 <= year <= 2199:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_london(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be said: pass an aware one")
    return at.astimezone(LONDON)
