"""Days and terms as registers print them: 01/04/22, 1 April 2022, Apr-22, 44652, 1 April 2022 to 31 March 2024. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import add_months, read_date, read_month
from candour.kernel.intake.printed import blank, read_number

_LIKE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[\s-]+[A-Za-z]{3,9}\.?,?[\s-]+\d{2,4}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
)
_LIKE_MONTH = re.compile(r"\b[A-Za-z]{3,9}\.?[\s-]+\d{2,4}\b")
_YEAR = re.compile(r"\b(?:fy\s?)?(?P<from>20\d\d|\d\d)\s?[/–-]\s?(?P<to>20\d\d|\d\d)\b", re.IGNORECASE)
_BARE = re.compile(r"^(?P<from>20\d\d)\s?(?:to|[–-])\s?(?P<to>20\d\d)$")
_BETWEEN = re.compile(r"\s+(?:to|until|till|through|-|–|—)\s+|(?<=[\dA-Za-z])\s*[–—]\s*(?=[\dA-Za-z])", re.IGNORECASE)
_FROM = re.compile(
    r"(?P<number>\d{1,3}|[a-z]+)[\s-]*(?P<unit>years?|months?)\b.*?\b(?:from|starting|commencing)\s+(?P<day>.+)",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"^[34]\d{4}(?:\.0+)?$")
_OPEN = re.compile(
    r"\bongoing\b|\brolling\b|\bopen[- ]ended\b|\bno end\b|\bin perpetuity\b|\buntil further notice\b", re.I
)
EPOCH = date(1899, 12, 30)  # of the numbers that a spreadsheet keeps for days


@dataclass(frozen=True)
class Day:
    """A day as it is read. day: None where none can be told; impossible: printed like a day, of which there is none.

    unread: words that are no day, "" for none; open: it says that there is no end.
    """

    day: date | None = None
    impossible: bool = False
    unread: bool = False
    open: bool = False


NONE = Day()


def read_day(text: str, *, end: bool = False) -> Day:  # noqa: PLR0911  a form of day each
    """The day that a cell prints. end: of a month or year its last day, and the last day of a cell that prints several."""
    plain = " ".join(text.replace("\xa0", " ").split()).strip(" .;")
    if blank(plain):
        return NONE
    if _SERIAL.match(plain):
        return Day(EPOCH + timedelta(days=int(plain.partition(".")[0])))
    if day := read_date(plain):
        return Day(day)
    likes = _LIKE.findall(plain)
    days = [read_date(one.replace("-", " ") if re.search("[A-Za-z]", one) else one) for one in likes]
    if likes and None in days:
        return Day(impossible=True)
    found = [day for day in days if day]
    if found:
        return Day(found[-1] if end else found[0])
    if month := _month(plain):
        return Day(_last_of(month) if end else month)
    if year := year_of(plain):
        return Day(date(int(year[:4]) + 1, 3, 31) if end else date(int(year[:4]), 4, 1))
    return Day(open=True) if _OPEN.search(plain) else Day(unread=True)


def read_term(text: str) -> tuple[Day, Day]:
    """First and last day of a term: 1 April 2022 to 31 March 2024, Apr 22 – Mar 24, 2022/23, 3 years from 1 April 2022."""
    plain = " ".join(text.replace("\xa0", " ").split())
    if said := _FROM.search(plain):
        number, start = read_number(said["number"]), read_day(said["day"])
        if number and start.day:
            months = number * 12 if said["unit"].casefold().startswith("year") else number
            return start, Day(add_months(start.day, months) - timedelta(days=1))
    if bare := _BARE.match(plain):
        return Day(date(int(bare["from"]), 1, 1)), Day(date(int(bare["to"]), 12, 31))
    if year_of(plain) and not _LIKE.search(plain):
        return read_day(plain), read_day(plain, end=True)
    parts = _BETWEEN.split(plain)
    if len(parts) == 1 and len(likes := _LIKE.findall(plain)) == 2:
        parts = likes
    if len(parts) != 2:
        one = read_day(plain)
        return (one, NONE) if one.day or one.impossible else (Day(unread=one.unread), NONE)
    return read_day(parts[0]), read_day(parts[1], end=True)


def year_of(text: str) -> str:
    """2022/23 of a text that prints a financial year in any of its forms (2022-23, FY22/23, 2022/2023); "" without one."""
    for found in _YEAR.finditer(text):
        start = int(found["from"]) + (0 if len(found["from"]) == 4 else 2000)
        if (start + 1) % 100 == int(found["to"]) % 100 and (len(found["to"]) == 2 or int(found["to"]) == start + 1):
            return f"{start}/{(start + 1) % 100:02}"
    return ""


def _month(text: str) -> date | None:
    for one in (text, *_LIKE_MONTH.findall(text)):
        if month := read_month(one.replace("'", "").replace("’", "")):
            return month
    return None


def _last_of(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
