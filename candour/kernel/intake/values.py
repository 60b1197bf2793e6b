"""The value of a spreadsheet's cell as a person sees it: dates in words, percentages, money, no needless decimals. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

_QUOTED = re.compile(
    r"\"[^\"]*\"|\\.|_.|\*.|\[(?:Red|Blue|Green|Black|White|Yellow|Magenta|Cyan|Color ?\d+)\]", re.IGNORECASE
)
_MONEY = re.compile(r"\[\$([^\]-]{1,4})(?:-[0-9A-Fa-f]+)?\]|\"?([£$€])\"?")
_WHOLE = re.compile(r"-?\d{1,15}\Z")


@dataclass(frozen=True)
class Format:
    """How a number is shown: as a day, a percentage, money, with thousands apart or with zeros before it."""

    kind: str = "general"  # general, day, month, year, time, moment, percent, number, text
    decimals: int = 0
    thousands: bool = False
    money: str = ""
    zeros: int = 0


GENERAL = Format()


def format_of(code: str) -> Format:
    """What the first section of a number format says."""
    first = code.split(";", 1)[0]
    if first in ("", "General", "@"):
        return GENERAL
    if is_date_format(first):
        return Format(_kind_of_date(first))
    found = _MONEY.search(first)
    money = (found[1] or found[2]).strip() if found else ""
    plain = _QUOTED.sub("", _MONEY.sub("", first))
    decimals = len(point[1]) if (point := re.search(r"\.([0#?]+)", plain)) else 0
    if "%" in plain:
        return Format("percent", decimals)
    if "E" in plain or "/" in plain:
        return GENERAL
    whole = re.match(r"\s*(0{2,})\s*\Z", plain)
    zeros = len(whole[1]) if whole else 0
    return Format("number", decimals, "," in plain, money, zeros) if zeros or money or "," in plain else GENERAL


def builtin_format(number: int) -> Format:
    """The format that every workbook has under a number."""
    return format_of(BUILTIN_FORMATS.get(number, "General"))


def _kind_of_date(code: str) -> str:
    letters = set(re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\.|am/pm|a/p", "", code.lower()))
    if "d" in letters:
        return "moment" if "h" in letters else "day"
    if "y" in letters:
        return "month" if "m" in letters else "year"
    return "time" if letters & {"h", "s"} else "day"


def shown(text: str, form: Format, *, since_1904: bool = False) -> str:
    """The number that a workbook keeps as text, as the workbook shows it."""
    if form is GENERAL:
        return text if _WHOLE.match(text) else number_text(text)
    if form.kind in ("day", "moment", "month", "year", "time"):
        return _day(text, form, since_1904=since_1904)
    try:
        number = float(text)
    except ValueError:
        return text
    if form.kind == "percent":
        return f"{number * 100:.{form.decimals}f}%"
    whole = number == int(number) and not form.money if abs(number) < 1e15 else False
    decimals = 0 if whole else form.decimals
    said = f"{abs(number):{',' if form.thousands else ''}.{decimals}f}"
    sign = "-" if number < 0 else ""
    return f"{sign}{form.money}{said.zfill(form.zeros) if form.zeros else said}"


def number_text(number: float | str) -> str:
    """12.0 as "12", 0.30000000000000004 as "0.3"."""
    try:
        value = float(number)
    except (ValueError, OverflowError):
        return str(number)
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def _day(text: str, form: Format, *, since_1904: bool) -> str:
    try:
        found = from_excel(float(text), MAC_EPOCH if since_1904 else WINDOWS_EPOCH)
    except (ValueError, OverflowError, TypeError):
        return number_text(text)
    if isinstance(found, datetime) and form.kind == "month":
        return f"{found:%B %Y}"
    if isinstance(found, datetime) and form.kind == "year":
        return str(found.year)
    return date_text(found)


def date_text(found: Any) -> str:
    """26 October 2023; with its time where it has one: 26 October 2023 14:30."""
    if isinstance(found, datetime):
        day = f"{found.day} {found:%B %Y}"
        return day if (found.hour, found.minute) == (0, 0) else f"{day} {found:%H:%M}"
    if isinstance(found, date):
        return f"{found.day} {found:%B %Y}"
    if isinstance(found, time):
        return f"{found:%H:%M}"
    if isinstance(found, timedelta):
        minutes = round(found.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(found)


def value_text(value: Any) -> str:
    """A value that a library has read: a number, a day, a truth, words."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return number_text(value) if isinstance(value, int | float) else date_text(value)
