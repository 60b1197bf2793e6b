"""What one cell of a table of figures says: a number, nothing, that it is hidden; and which period a heading names. Pure.

The marks [c], [low], [p], [r], [x] and [z] are those of the Government Analysis Function’s guide to symbols in tables.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from candour.kernel.calendar import MONTHS, read_date, read_month

Kind = Literal["number", "none", "hidden", "unreadable"]

HIDDEN = frozenset({"*", "**", "[c]", "c", "suppressed", "withheld"})
NONE = frozenset({"-", "–", "—", "−", "..", "…", ":", ".", "n/a", "na", "[x]", "[z]", "nil return", "not available"})
_BELOW = re.compile(r"(?:<|less than)\s*\d+")
_NUMBER = re.compile(r"([-−]?)£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)")
_PROVISIONAL = re.compile(r"\s*(?:\[p\]|\(p\)|\(?\bprovisional\b\)?|(?<=[\d%])p)\s*$", re.IGNORECASE)
_REVISED = re.compile(r"\s*(?:\[r\]|\(r\)|\(?\brevised\b\)?|(?<=[\d%])r)\s*$", re.IGNORECASE)
_QUARTER = re.compile(r"(?:q|quarter )([1-4])(?: of)?[ ,-]*(?:fy ?)?(\d{4}|\d{2})[/-](\d{4}|\d{2})")
_QUARTER_LAST = re.compile(r"(?:fy ?)?(\d{4}|\d{2})[/-](\d{4}|\d{2})[ ,:-]*(?:q|quarter )([1-4])")
_QUARTER_ALONE = re.compile(r"(?:q|quarter |qtr ?)([1-4])")
_MONTHS_BESIDE = re.compile(  # Q1 2024/25 (Apr–Jun)
    r"(?<=\S)\s*\([a-z]{3,9}\.?\s?(?:-|–|to)\s?[a-z]{3,9}\.?(?:\s?\d{2,4})?\)$"
)
# "Latest (Sep 25)", "A year ago (Sep 24)": a figure of the period in brackets; a target in such a period is none.
_WHICH = r"latest|current|previous|last|actual|outturn|reported|published"
_WHAT = r"figure|value|result|performance|period|quarter|month|position"
_AGO = r"(?:a|one) year (?:ago|before|earlier)|same (?:period|month|quarter) (?:of )?last year"
_BESIDE = re.compile(
    rf"(?:(?:{_WHICH})(?: (?:{_WHAT}))?|{_AGO}|figure|value|result)\s*[(\[:–-]\s*(?P<period>[^()\[\]]{{3,30}})[)\]]?"
)
_SPAN = re.compile(r"([a-z]{3,9})\.?(?: (\d{4}))?\s*(?:-|to|–)\s*([a-z]{3,9})\.?\s+(\d{4}|\d{2})")
_YEAR = re.compile(r"(?:(?:fy|financial year) ?)?(\d{4})[/-](\d{2}|\d{4})|fy ?(\d{2})[/-](\d{2})")
_YEAR_TO = re.compile(
    r"(?:12 months|(?:financial )?year) (?:to|ending|ended)(?: 31(?:st)?)? mar(?:ch)?,? (\d{4}|\d{2})"
)
_QUARTER_TO = re.compile(
    r"(?:3 months|three months|quarter) (?:to|ending|ended) (?:(?:30|31)(?:st|th)? )?([a-z]{3,9}) "
    r"(\d{4}|\d{2})"
)
# "Q1 2025/26 actual", "Actual Apr-25": the figure itself. A target or a forecast of a period is none.
_FIGURE = r"(?:actual|actuals|outturn|result|results|value|figure|performance|position|reported)"
_AROUND = re.compile(
    rf"^{_FIGURE}[ :-]+(?=\S)|(?<=\S)[ :-]+{_FIGURE}$|\s*\((?:%|£|no\.?|number|£000s?)\)$|(?<=\d)\s+%$"
)
_MINUTES = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2})?$")


# A period within a title: "Scorecard: Quarter 3 2024/25", "Figures for September 2025".
IN_TITLE = re.compile(
    rf"\b(?:q|quarter )[1-4](?: of)?[ ,-]*(?:fy ?)?\d{{2,4}}[/-]\d{{2,4}}\b|\b(?:{'|'.join(MONTHS)}) 20\d\d\b",
    re.IGNORECASE,
)

IN_YEARS = re.compile(r"\b(20\d\d)\s?[/–-]\s?((?:20)?\d\d)\b")


@dataclass(frozen=True)
class Read:
    """What a cell says. number: where it is one. provisional, revised: as its marks say."""

    kind: Kind
    number: Decimal | None = None
    provisional: bool = False
    revised: bool = False


def read_cell(text: str) -> Read:
    """A cell as it is printed. An empty one, a dash and [x] say that there is no figure; * and [c] that it is hidden."""
    plain = " ".join(text.split()).casefold()
    provisional, revised = bool(_PROVISIONAL.search(plain)), bool(_REVISED.search(plain))
    plain = _REVISED.sub("", _PROVISIONAL.sub("", plain)).strip()
    if not plain or plain in NONE:
        return Read("none")
    if plain in HIDDEN or _BELOW.fullmatch(plain):
        return Read("hidden", provisional=provisional, revised=revised)
    found = _NUMBER.fullmatch(plain)
    if not found:
        return Read("unreadable")
    number = Decimal(f"{'-' if found[1] else ''}{found[2].replace(',', '')}{found[3] or ''}")
    return Read("number", number, provisional, revised)


def read_status(text: str) -> tuple[bool, bool]:
    """(provisional, revised) of a column of status."""
    plain = text.casefold().strip().strip("[]()")
    return plain in ("p", "provisional"), plain in ("r", "revised")


def read_period(text: str, above: str = "") -> tuple[date, bool] | None:
    """The first day of the period that a heading names, and whether it says provisional; None for another heading.

    Reads September 2025, Sep-25, 1 September 2025, Q2 2025/26, 2025/26 Q2, July to September 2025 and 2025/26. above: what is
    printed over the heading; "2025" or "2025/26" gives a month its year, "2025/26" a quarter.
    """
    plain = " ".join(text.replace("\n", " ").split()).casefold().rstrip("*")
    plain = _MINUTES.sub(
        "", re.sub(r"[’'`](?=\d\d\b)", " ", plain).replace("  ", " ").replace("qtr ", "q").replace("qtr", "q")
    )
    provisional = bool(_PROVISIONAL.search(plain))
    if beside := _BESIDE.fullmatch(plain):
        plain = beside["period"]
    plain = _MONTHS_BESIDE.sub("", _REVISED.sub("", _PROVISIONAL.sub("", plain))).strip()
    plain = _AROUND.sub("", plain).strip()
    over = _AROUND.sub("", " ".join(above.split()).casefold()).strip()
    found = _first_day(plain) or _month_under(plain, over)
    return (found, provisional) if found else None


def is_year(text: str, above: str = "") -> bool:
    """Whether a heading names a year and no quarter or month of it."""
    plain = _AROUND.sub("", " ".join(text.split()).casefold()).strip()
    return bool(_YEAR.fullmatch(plain) or _YEAR_TO.fullmatch(plain)) and read_period(text, above) is not None


def _first_day(plain: str) -> date | None:  # noqa: PLR0911  a form of period each
    if quarter := _QUARTER.fullmatch(plain):
        return _of_quarter(int(quarter[1]), quarter[2], quarter[3])
    if quarter := _QUARTER_LAST.fullmatch(plain):
        return _of_quarter(int(quarter[3]), quarter[1], quarter[2])
    if span := _SPAN.fullmatch(plain):
        first, last = _month(span[1]), _month(span[3])
        if not first or not last or (last - first) % 12 != 2:
            return None
        return date(_full(span[2] or span[4]) - (1 if not span[2] and first > last else 0), first, 1)
    year = _YEAR.fullmatch(plain)
    if year and (first_day := _in_year(_full(year[1] or year[3]), year[2] or year[4], 4)):
        return first_day
    if (ends := _YEAR_TO.fullmatch(plain)) or (ends := _QUARTER_TO.fullmatch(plain)):
        return _ending(ends)
    if month := read_month(plain):
        return month
    day = read_date(plain)
    return day.replace(day=1) if day else None


def _full(year: str) -> int:
    return int(year) % 100 + 2000


def _ending(found: re.Match[str]) -> date | None:
    """The first day of the year, or quarter, that ends in a month."""
    if found.re is _YEAR_TO:
        return date(_full(found[1]) - 1, 4, 1)
    last = _month(found[1])
    return date(_full(found[2]), last - 2, 1) if last in (3, 6, 9, 12) else None


def _in_year(year: int, second: str, month: int) -> date | None:
    """A month of the financial year 2025/26; None where the two years do not follow each other."""
    if (year + 1) % 100 != int(second) % 100:
        return None
    return date(year + (month < 4), month, 1)


def _of_quarter(quarter: int, year: str, second: str) -> date | None:
    """The first day of a quarter of the financial year 2025/26, or 25/26."""
    return _in_year(int(year) % 100 + 2000, second, 1 + (3 * quarter) % 12)


def _month_under(plain: str, above: str) -> date | None:
    """The first day of a month or quarter that prints no year, by the year over it."""
    month, quarter = _month(plain.rstrip(".")), _QUARTER_ALONE.fullmatch(plain)
    over = above.strip().casefold()
    if not (month or quarter) or not over:
        return None
    if month and re.fullmatch(r"\d{4}", over):
        return date(int(over), month, 1)
    year = _YEAR.fullmatch(over)
    if not year:
        return None
    return _of_quarter(int(quarter[1]), year[1], year[2]) if quarter else _in_year(int(year[1]), year[2], month)


def _month(word: str) -> int:
    """A month by its name, or any start of it of three letters or more; 0 for any other word."""
    if len(word) < 3:
        return 0
    return next((n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(word)), 0)
