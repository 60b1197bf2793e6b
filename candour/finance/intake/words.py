"""What headings and titles of a finance workbook say: columns, years, units, months. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.finance.intake.spoken import NOTHING, Spoken, spoken, way_of
from candour.kernel.calendar import MONTHS, read_date

# By the words of a sheet’s name or title; the first that is found is taken, so “Capital funding” is funding.
SHEETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("funding", ("funding", "financing")),
    ("reserve", ("reserve",)),
    ("plan", ("mtfp", "mtfs", "medium term", "medium-term")),
    ("saving", ("saving", "efficienc", "value for money plan")),
    ("capital", ("capital",)),
    ("revenue", ("revenue", "budget monitoring", "budget")),
)
LABELS: Mapping[str, frozenset[str]] = {
    "reference": frozenset({"reference", "ref", "id", "code", "scheme ref", "scheme reference", "ref no"}),
    "name": frozenset(
        {
            "heading",
            "budget heading",
            "subjective",
            "description",
            "scheme",
            "title",
            "saving",
            "savings scheme",
            "line",
        }
        | {
            "capital scheme",
            "reserve",
            "name of reserve",
            "name",
            "category",
            "item",
            "area of spend",
            "service",
            "project",
        }
    ),
    "owner": frozenset(
        {"owner", "lead", "lead officer", "responsible post", "responsible officer", "owner post", "sro"}
    ),
    "rating": frozenset({"rag", "rag status", "rag rating", "rating", "status", "brag", "delivery rag"}),
    "cashable": frozenset({"cashable", "cashable?", "cashable or not", "cashable / non-cashable", "cashable y/n"}),
    "side": frozenset({"side", "type", "income or spending", "income / expenditure", "income or expenditure"}),
    "source": frozenset({"source", "source of funding", "funding source", "financed by", "funded by"}),
    "year": frozenset({"year", "financial year"}),
}
AMOUNTS: Mapping[str, frozenset[str]] = {
    "budget": frozenset(
        {
            "budget",
            "annual budget",
            "approved budget",
            "revised budget",
            "current budget",
            "full year budget",
            "planned",
        }
        | {"plan", "target", "planned saving", "working budget", "funding", "amount", "budgeted", "planned savings"}
    ),
    "forecast": frozenset(
        {"forecast", "projected outturn", "forecast outturn", "outturn", "projection", "full year forecast", "expected"}
        | {"forecast saving", "forecast delivery", "forecast spend", "year end forecast", "year-end forecast"}
    ),
    "actual": frozenset(
        {"actual", "actual to date", "actuals", "spend to date", "spent to date", "expenditure to date", "delivered"}
        | {"delivered to date", "achieved", "achieved to date", "year to date", "ytd actual", "actuals to date"}
    ),
    "opening": frozenset(
        {"opening", "opening balance", "balance b/f", "balance at 1 april", "balance brought forward"}
    ),
    "movement": frozenset(
        {
            "planned movement",
            "movement",
            "planned use",
            "contribution",
            "net movement",
            "use of reserve",
            "movement in year",
        }
        | {"planned use or contribution", "contribution or (use)", "contribution to / (use of)"}
    ),
    "minimum": frozenset(
        {"minimum", "advised minimum", "minimum level", "recommended minimum", "minimum balance", "minimum advised"}
    ),
}
# What a workbook prints and Candour works out: never kept, always held against what it comes to.
COMPUTED: Mapping[str, frozenset[str]] = {
    "variance": frozenset(
        {
            "variance",
            "forecast variance",
            "over / (under)",
            "over/(under)",
            "over / (under) spend",
            "over/(under) spend",
        }
        | {"variance to budget", "projected variance", "overspend / (underspend)"}
    ),
    "closing": frozenset(
        {"closing", "closing balance", "balance c/f", "balance at 31 march", "balance carried forward"}
    ),
    "total": frozenset({"total", "all years", "scheme total", "whole life", "total budget"}),
    "slippage": frozenset({"slippage", "slipped"}),
}
# A heading of amounts: (what is kept, what is only checked).
_WHATS: Mapping[str, tuple[str, str]] = {word: (name, "") for name, words in AMOUNTS.items() for word in words} | {
    word: ("", name) for name, words in COMPUTED.items() for word in words
}
TOTAL = re.compile(
    r"(?:grand |overall |sub-? ?)?totals?\b.*|all (?:schemes|headings|reserves)|(?:overall|net) position"
    r"|(?:net|gross) (?:(?:revenue|service|operating|total) )?(?:budget|expenditure|spend|cost|requirement|outturn|total)\b.*",
    re.I,
)
GAP = re.compile(
    r"(?:cumulative|whole|total) (?:budget |funding )?gap\b.*|(?:budget |funding |in-year )?gap\b.*|shortfall\b.*", re.I
)
INCOME = re.compile(
    r"\b(?:income|funding|resources|financing|precept|grants?|council tax|business rates|collection fund|nndr)\b", re.I
)
SPENDING = re.compile(r"\b(?:spending|expenditure|spend|costs?|budget requirement|pressures)\b", re.I)
_YEAR = re.compile(r"(?<![\d/.-])(?:fy ?)?((?:20)?\d\d)\s?[/–-]\s?(20\d{2}|\d{2})(?![\d/]|[.-]\d)", re.I)
_ENDS_ON = re.compile(r"\b31(?:st)?[ /.-](?:march|mar|03)[ /.-]+(20\d\d|\d\d)\b", re.I)
_BEGINS_ON = re.compile(r"\b(?:1(?:st)?|01)[ /.-](?:april|apr|04)[ /.-]+(20\d\d|\d\d)\b", re.I)
_THOUSANDS = re.compile(r"£\s?[’']?000s?\b|£k\b|\(000s?\)|\bthousands?\b|[’']000s?\b", re.I)
_MILLIONS = re.compile(r"£\s?(?:m|mn|million|millions)\b|\bmillions?\b", re.I)
_UNIT = re.compile(
    r"\(?\s*(?:all figures (?:are )?(?:in )?)?(?:£\s?[’']?000s?|£k|£\s?m(?:n|illions?)?|£|[’']000s?)\s*\)?", re.I
)
_MONTH = re.compile(r"\b(?:month|period|m|p)\s?(1[0-2]|[1-9])\b", re.I)
_QUARTER = re.compile(r"\b(?:quarter|q)\s?([1-4])\b", re.I)
_IN_FULL = re.compile(r"\b(?P<what>month|period|quarter) (?P<number>1[0-2]|0?[1-9])\b", re.I)
_SHORT = 60
_ENDS = re.compile(
    r"(?:as at|position at|to the end of|month ending|ending|end of|to end|up to|"
    r"(?:month|period|quarter)\s?\d{1,2}\W{1,3}to)\s+(?:the )?"
    r"(\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[a-z]{3,9}\.?\s+\d{4})",
    re.I,
)
_DATED = re.compile(
    r"(?:published|produced|dated|date of report|report date|updated)\D{0,20}"
    r"(\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})",
    re.I,
)


@dataclass(frozen=True)
class Heading:
    """A column. label: of words; what: of amounts that are kept; computed: of amounts that are only checked.

    year: where the heading names one. times: 1000 under £000; 0 where the heading says nothing of it.
    """

    label: str = ""
    what: str = ""
    computed: str = ""
    year: date | None = None
    times: int = 0
    rank: int = 1  # of several budgets the one of the highest rank stands
    way: str = ""  # "in" or "out" of a movement that goes one way

    @property
    def amount(self) -> bool:
        return bool(self.what or self.computed)


def plain(text: str) -> str:
    return " ".join(text.replace("\n", " ").split()).casefold().strip(" :*")


def part_of(*texts: str) -> str:
    """Which part of finance a sheet is about, by the first of some texts that says; "" where none does."""
    for text in texts:
        found = plain(text)
        for part, words in SHEETS:
            if any(word in found for word in words):
                return part
    return ""


def read_year(text: str) -> date | None:
    """The 1 April of the financial year that a text names first; None where the two years do not follow each other."""
    for found in _YEAR.finditer(text):
        if (int(found[1]) + 1) % 100 == int(found[2]) % 100:
            return date(2000 + int(found[1]) % 100, 4, 1)
    return None


def _year_by_day(text: str) -> date | None:
    """The 1 April of the year that a balance begins or ends: "31 March 2026" ends 2025/26."""
    if found := _BEGINS_ON.search(text):
        return date(2000 + int(found[1]) % 100, 4, 1)
    found = _ENDS_ON.search(text)
    return date(1999 + int(found[1]) % 100, 4, 1) if found else None


def read_times(text: str) -> int:
    """1000 of £000, 1000000 of £m; 0 where a text says nothing of it. Thousands come first: “£m, unless £000” is rare."""
    if _THOUSANDS.search(text):
        return 1_000
    return 1_000_000 if _MILLIONS.search(text) else 0


def read_heading(text: str, above: str = "") -> Heading:
    """What a column holds. above: what is printed over it, which may say the year, the unit or what is under it."""
    said = plain(text)
    year, times = read_year(said) or read_year(above), read_times(text) or read_times(above)
    words, over = _bare(said), _bare(plain(above))
    asked = words or ("" if year else over)
    if label := next((name for name, known in LABELS.items() if asked in known), ""):
        return Heading(label)
    known = next(
        (each for each in (words, over) if each in _WHATS), ""
    )  # “Budget” over 2026/27, or 2026/27 over “Budget”
    if known:
        return _whole(known, year, times) if known == words or not words else Heading()
    if (found := spoken(said, words) if words else _over_said(above, over)) != NOTHING:
        year = year or _year_by_day(said) or _year_by_day(plain(above))
        return Heading(found.label, found.what, found.computed, None if found.label else year, 0 if found.label else times,
                       found.rank, found.way)  # fmt: skip
    # A year alone is the plan, the budget or the funding of that year.
    return Heading("", "budget", "", year, times) if year and not words else Heading()


def _whole(known: str, year: date | None, times: int) -> Heading:
    """The heading of an amount that is called by a whole heading of the list."""
    what, computed = _WHATS[known]
    way = way_of(frozenset(re.findall(r"[a-z]+", known))) if what == "movement" else ""
    return Heading("", what, computed, year, times, way=way)


def _over_said(above: str, over: str) -> Spoken:
    """What stands over a unit or a year alone: an amount, or with neither the label of the column."""
    return spoken(plain(above), over) if over else NOTHING


def is_unit(text: str) -> bool:
    """Whether a cell is nothing but the unit of the column under its heading."""
    return bool(_UNIT.fullmatch(text.strip())) or text.strip() in ("%", "£ %")


def _bare(said: str) -> str:
    """A heading without its year and its unit."""
    return plain(_UNIT.sub(" ", _YEAR.sub(" ", said))).strip(" -–,()")


def read_position(texts: Iterable[str]) -> date | None:
    """The first day of the month that figures stand at, from the first of some texts that says one.

    Reads “as at 30 September 2026”, “end of September 2026”, and “month 6” or “quarter 2” of a text that names a year.
    """
    every = list(texts)
    for text in every:
        if (found := _ENDS.search(text)) and (day := _month_in(found[1])):
            return day
    for text in every:
        year = read_year(text)
        if year and (month := _MONTH.search(text)):
            return _of_year(year, int(month[1]))
        if year and (quarter := _QUARTER.search(text)):
            return _of_year(year, 3 * int(quarter[1]))
    return _told_apart(every)


def _told_apart(texts: Sequence[str]) -> date | None:
    """The month where one text names the year and another, which is short, the month, period or quarter in full."""
    year = next((year for text in texts if (year := read_year(text))), None)
    if year is None:
        return None
    for text in texts:
        found = _IN_FULL.search(text) if len(text) <= _SHORT else None
        if found:
            number = int(found["number"])
            return _of_year(year, 3 * number if found["what"].casefold() == "quarter" else number)
    return None


def _of_year(year: date, month: int) -> date:
    """The month of a financial year, counted from April."""
    number = (month + 2) % 12 + 1
    return date(year.year + (number < 4), number, 1)


def _month_in(text: str) -> date | None:
    if day := read_date(text):
        return day.replace(day=1)
    name, _, year = text.rpartition(" ")
    number = next((n for n, each in enumerate(MONTHS, 1) if each.casefold().startswith(name.casefold().rstrip("."))), 0)
    return date(int(year), number, 1) if number and len(name) >= 3 and year.isdigit() else None


def read_dated(texts: Iterable[str]) -> date | None:
    """The day that a workbook says it was made on; None where it says none."""
    for text in texts:
        if (found := _DATED.search(text)) and (day := read_date(found[1])):
            return day
    return None
