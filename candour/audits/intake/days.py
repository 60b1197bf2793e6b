"""Days by which something is due, as trackers print them: days, months, quarters, ranges, words. Pure.

A reading has the precision that is printed: 2025-03-31, or 2025-03 where no day is. A quarter is read where its financial
year is printed; "Q3 2024" could be either year, so it stays words.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import read_date, read_month

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:20\d\d|19\d\d|\d\d(?!\d))"
_DAY_FORM = (
    rf"\b\d{{1,2}}\s?(?:<sup>)?\s*(?:st|nd|rd|th)?\s*(?:</sup>)?\s*(?:of\s)?{_MONTH}\b\.?,?\s*{_YEAR}(?![\d/])"
    rf"|\b\d{{1,2}}-{_MONTH}-{_YEAR}(?![\d/])"
    rf"|\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,\s?20\d\d\b|\b\d{{1,2}}-\d{{1,2}}-\d{{4}}\b"
    r"|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b|\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)\b|\b\d{4}-\d\d-\d\d\b"
)
_MONTH_FORM = rf"\b(?:{_MONTH}\s?/\s?)?{_MONTH}\b\.?[\s,'’-]{{0,2}}{_YEAR}(?![\d/])|\b20\d\d-(?:0[1-9]|1[0-2])\b(?!-)"
_QUARTER = r"(?:q(?:tr|uarter)?\s?[1-4](?:\s?/\s?[1-4])?|[1-4](?:st|nd|rd|th)\s+q(?:tr|uarter))"
_OF_YEAR = r"(?:20\d\d|\d\d(?=\s?[-/]\s?\d\d(?!\d)))(?:\s?[-/]\s?\d\d(?:\d\d)?)?"
_QUARTER_FORM = (
    rf"\b{_QUARTER}\s*(?:of\s+|[,(–-]\s*)?(?:fy\s?)?{_OF_YEAR}(?![\d/])"
    rf"|\b20\d\d\s?[-/]\s?\d\d(?:\d\d)?\s*[,–-]?\s*{_QUARTER}\b"
)
_NUMBER_OF = re.compile(r"q(?:tr|uarter)?\s?([1-4])(?:\s?/\s?([1-4]))?|([1-4])(?:st|nd|rd|th)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{2,4})\s?[-/]\s?(\d\d(?:\d\d)?)(?!\d)")
_DUE = re.compile(rf"(?P<day>{_DAY_FORM})|(?P<month>{_MONTH_FORM})|(?P<quarter>{_QUARTER_FORM})", re.IGNORECASE)
_RANGE = re.compile(r"^\s*(?:–|-|—|to)\s*$", re.IGNORECASE)
_REVISED = re.compile(
    r"\b(?:revised?|chang\w*|now|extend\w*|moved|new target|deferred|slipped|rescheduled)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Due:
    """A day found in a text. date: ISO, a month where no day is printed, None where it cannot be told.

    impossible: printed like a day, but there is no such day. revised: the words before it say that it replaces another.
    """

    text: str
    date: str | None
    start: int
    end: int
    revised: bool = False
    impossible: bool = False


def due_days(text: str) -> list[Due]:
    """Every day, month and quarter of a text in the order printed; a range is one, with its end."""
    found: list[Due] = []
    for hit in _DUE.finditer(text):
        before = text[found[-1].end : hit.start()] if found else text[: hit.start()]
        if found and _RANGE.match(before):
            last = found.pop()
            whole = text[last.start : hit.end()]
            found.append(Due(whole, _read(hit), last.start, hit.end(), last.revised))
            continue
        read = _read(hit)
        found.append(
            Due(hit[0], read, *hit.span(), bool(_REVISED.search(before)), hit["day"] is not None and read is None)
        )
    return found


def ledger(text: str) -> list[Due]:
    """The targets of a text, the first set first: those that say that they replace others stand after these."""
    found = [one for one in due_days(text) if not one.impossible]
    return [*(one for one in found if not one.revised), *(one for one in found if one.revised)]


def last_day(iso: str | None) -> date | None:
    """The last day that still meets a target: the end of the month where only the month is printed."""
    if not iso:
        return None
    if len(iso) == 10:
        return date.fromisoformat(iso)
    year, month = map(int, iso.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(text: str) -> str | None:
    """2018-09 from "September 2018", a day or "June 2023 (revisit)"; the last one printed of a range."""
    found = [one.date for one in due_days(text) if one.date]
    return found[-1][:7] if found else None


def without(text: str, days: Sequence[Due]) -> str:
    """The text with a bar where each of the days stood."""
    for one in sorted(days, key=lambda one: -one.start):
        text = f"{text[: one.start]} | {text[one.end :]}"
    return text


def _read(hit: re.Match[str]) -> str | None:
    if hit["day"]:
        printed = re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", hit[0])  # 31-Dec-2024
        day = read_date(re.sub(r"\s*</?sup>\s*", "", printed).strip())
        return day.isoformat() if day else None
    if hit["month"]:
        month = read_month(re.sub(r"['’,]", " ", hit[0].rpartition("/")[2]).strip())
        return f"{month:%Y-%m}" if month else None
    return _quarter(hit[0])


def _quarter(text: str) -> str | None:
    """The last month of a quarter whose financial year is printed: 2025-12 from "Q3 25/26"."""
    number = _NUMBER_OF.search(text)
    years = _YEARS.search(text[: number.start()] or text[number.end() :]) if number else None
    if number is None or years is None:
        return None
    quarter, start = int(number[2] or number[1] or number[3]), int(years[1]) % 100 + 2000
    if (start + 1) % 100 != int(years[2]) % 100:
        return None
    year, month_number = (start + 1, 3) if quarter == 4 else (start, 3 + 3 * quarter)
    return f"{year}-{month_number:02}"
