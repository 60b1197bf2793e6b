"""The headings of a table of figures: what each column holds, or the period or body that its figures are of. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.intake.document import Row, Table
from candour.performance.intake.cells import IN_TITLE, IN_YEARS, is_year, read_cell, read_period

LABELS: dict[str, frozenset[str]] = {
    name: frozenset(words.split("|"))
    for name, words in {
        "reference": "reference|ref|id|code|measure reference|measure ref|ref no|kpi ref|kpi no|kpi id|pi|pi ref|pi no|pi code|"
        "indicator ref|indicator code|no|measure no|kpi reference|kpi code",
        "title": "measure|indicator|title|metric|name|measure name|description|kpi|performance indicator|performance measure|"
        "key performance indicator|kpi name|indicator name|kpi description|offence|offence type|crime type|offence group|"
        "measure description|indicator description|success measure",
        "body": "force|police force|force name|body",
        "area": "area|district|place|local policing area|lpa|division",
        "category": "category|type|type of complaint|complaint type|theme|kind|referral|rank|staff group",
        "period": "period|month|quarter|year|date|month ending|reporting period|period ending|quarter ending|financial year|"
        "reporting month|reporting quarter",
        "value": "value|figure|result|rate|percentage|%|actual|performance|outturn",
        "numerator": "numerator|number|count|top",
        "denominator": "denominator|out of|of|base|total|population",
        "status": "status|note|notes|provisional or final",
        "what": "what|row|series|part|data type",
    }.items()
}
_ANY = frozenset(["the", "of", "a", "an", "or", "and", "for", "name", "names"])
# Headings put together from these words: one of the first, all others among the second.
_COMPOSED: Sequence[tuple[str, frozenset[str], frozenset[str]]] = tuple(
    (name, frozenset(heads.split()), frozenset(beside.split()))
    for name, heads, beside in (
        ("reference", "reference ref id code number no identifier urn", "measure indicator kpi pi metric performance unique"),
        ("title", "measure indicator kpi metric pi measures indicators metrics",
         "title description key performance definition short full text label strategic corporate local operational "
         "outcome output"),
        ("period", "month quarter period year date",
        "reporting ending ended end start financial fiscal calendar fy commencing data time "
         "mmm yyyy reported"),
        ("value", "value actual actuals result figure",
        "current reported latest this measure kpi indicator performance actual period month quarter"),
        ("area", "area district lpa bcu division borough ward locality region station neighbourhood geography csp "
                 "sector county",
         "local policing command unit basic operational community safety partnership reporting"),
        ("numerator", "numerator", "value count"),
        ("denominator", "denominator", "value count population"),
    )
)  # fmt: skip
_CALLED = ("measure", "measures", "indicator", "indicators", "kpi", "kpis", "metric", "metrics")
ACTUAL = ("actual", "outturn", "performance", "result", "actual performance", "figure")


@dataclass(frozen=True)
class Heading:
    """A column: what it holds, or the period, or the body (as printed), that its figures are of. text: as it is printed."""

    name: str = ""
    body: str = ""
    text: str = ""
    period: date | None = None
    provisional: bool = False
    year: bool = False  # the period is a whole year


def headings_at(table: Table, said: Sequence[str] = ()) -> tuple[int, list[Heading]] | None:
    """(number of the last row of headings, the headings); None for a table without any.

    Where no heading names the measures, the first column of words does, beside periods; or the heading above the table, where
    each of its rows is a period of one measure.
    """
    found = _known_at(table, said) or unnamed_at(table, said)
    return (found[0], _one_grain(found[1])) if found else None


def _year_said(table: Table, number: int, said: Sequence[str]) -> str:
    """The one financial year that the titles of a paper and of a table name; "" where they name none, or several."""
    texts = [*said, table.place.under, *_above(table, number)]
    years = {f"{found[1]}/{found[2][-2:]}" for text in texts for found in IN_YEARS.finditer(text)}
    return years.pop() if len(years) == 1 else ""


def _one_grain(headings: Sequence[Heading]) -> list[Heading]:
    """The headings; whole years beside quarters or months are kept as printed: they are no period between those."""
    finer = any(heading.period and not heading.year for heading in headings)
    return [Heading(text=heading.text) if finer and heading.year else heading for heading in headings]


def unnamed_at(table: Table, said: Sequence[str] = ()) -> tuple[int, list[Heading]] | None:
    """The headings of a table none of which names a measure, as `headings_at` gives them."""
    for number, row in enumerate(table.rows[:20]):
        above = table.rows[number - 1] if number else None
        year = _year_said(table, number, said)
        headings = _once([_heading(row, column, above, year) for column in range(len(row.cells))])
        names = {heading.name for heading in headings}
        if names & {"reference", "title"}:
            return None
        rows = [one for one in table.rows[number + 1 :] if one.width]
        if {"period", "value"} <= names and len(rows) > 1 and table.place.under:
            return number, headings
        periods = [n for n, heading in enumerate(headings) if heading.period is not None]
        if len(periods) < 2 or not _hold_figures(rows, periods):
            continue
        for n, heading in enumerate(headings):
            held = [one.texts[n] for one in rows if n < len(one.texts) and one.texts[n]]
            if heading.name or heading.period or len(held) < 2:
                continue
            words = [text for text in held if any(map(str.isalpha, text)) and read_cell(text).kind == "unreadable"]
            if len(words) * 5 >= len(held) * 4 and len(set(held)) == len(held):
                headings[n] = Heading("title", text=heading.text)
                return number, headings
    return None


def _hold_figures(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether what stands under some headings is figures, and not more days: those of a plan of audits head nothing."""
    held = [row.texts[n] for row in rows for n in columns if n < len(row.texts) and row.texts[n]]
    return sum(read_cell(text).kind != "unreadable" for text in held) * 5 >= len(held) * 4 > 0


def _known_at(table: Table, said: Sequence[str] = ()) -> tuple[int, list[Heading]] | None:
    """The headings of a table that names its measures.

    Where the row below heads nothing but periods ("Q1" under "2024/25"), both rows are the headings. A column of actual
    figures without a period has that of the title above it. said: what the paper says above the table, the nearest last.
    """
    for number, row in enumerate(table.rows[:40]):
        above = table.rows[number - 1] if number else None
        below = table.rows[number + 1] if number + 1 < len(table.rows) else None
        year = _year_said(table, number, said)
        headings = _once([_heading(row, column, above, year) for column in range(len(row.cells))])
        if below is not None and (both := _over_periods(headings, row, below)):
            return number + 1, both
        names = [heading.name for heading in headings if heading.name]
        named = {"reference", "title"} & set(names)
        wide = sum(heading.period is not None for heading in headings)
        long = "period" in names and bool({"value", "numerator"} & set(names))
        if named and len(names) == len(set(names)) and (wide >= 1 or long):
            return number, headings
        if (
            named
            and not wide
            and "period" not in names
            and (one := _of_the_title(headings, [*said, *_above(table, number)]))
        ):
            return number, one
        if named and "period" in names and len(names) == len(set(names)):
            across = _across(table.rows[number:], headings)
            if any(heading.body for heading in across):
                return number, across
    return None


def _above(table: Table, number: int) -> list[str]:
    return [
        table.place.sheet or (table.rows[0].place.sheet if table.rows else ""),
        *(joined(row) for row in table.rows[:number]),
    ]


def _of_the_title(headings: Sequence[Heading], said: Sequence[str]) -> list[Heading] | None:
    """The headings, the one of actual figures with the period that a title names, where titles name one alone."""
    at = [n for n, heading in enumerate(headings) if heading.text.casefold() in ACTUAL]
    periods = {period for text in said for found in IN_TITLE.finditer(text) if (period := read_period(found[0]))}
    if len(at) != 1 or len(periods) != 1:
        return None
    first_day, provisional = periods.pop()
    dated = Heading(text=headings[at[0]].text, period=first_day, provisional=provisional)
    return [dated if n == at[0] else heading for n, heading in enumerate(headings)]


def _once(headings: Sequence[Heading]) -> list[Heading]:
    """The headings. A year beside a quarter or month is a part of the period.

    Of two titles ("KPI", "Description") or references the first is one, the other is kept as printed.
    """
    found: list[Heading] = []
    parts = [heading.text.casefold() for heading in headings if heading.name == "period"]
    for heading in headings:
        if len(parts) == 2 and heading.name == "period" and "year" in heading.text.casefold():
            found.append(Heading("of_year", text=heading.text))  # beside a column of quarters or months
            continue
        again = heading.name in ("title", "reference") and any(one.name == heading.name for one in found)
        found.append(Heading() if again else heading)
    return found


def _over_periods(headings: Sequence[Heading], row: Row, below: Row) -> list[Heading] | None:
    """The headings of two rows: names in the upper one, under it nothing but periods, two at least, most with a year above."""
    lower = [_heading(below, column, row) for column in range(len(below.cells))]
    filled = [n for n, cell in enumerate(below.cells) if cell.text]
    named = any(heading.name in ("reference", "title") for heading in headings)
    if not named or len(filled) < 2 or any(lower[n].period is None for n in filled):
        return None
    return [lower[n] if n in filled else headings[n] if n < len(headings) and headings[n].name else Heading()
            for n in range(max(len(headings), len(lower)))]  # fmt: skip


def _across(rows: Sequence[Row], headings: Sequence[Heading]) -> list[Heading]:
    """The headings of a table with a column to each body: two or more that are known as nothing else, over figures alone."""
    found = list(headings)
    for column, heading in enumerate(headings):
        texts = [row.texts[column] for row in rows if column < len(row.cells) and row.texts[column]]
        known = heading.name or heading.period is not None or len(texts) < 2
        if not known and all(read_cell(text).kind != "unreadable" for text in texts[1:]):
            found[column] = Heading(body=" ".join(texts[0].split()))
    return found if sum(bool(heading.body) for heading in found) > 1 else list(headings)


def _heading(row: Row, column: int, above: Row | None, year: str = "") -> Heading:
    """year: of a month or quarter that has none of its own, and none over it."""
    text = row.cells[column].text
    plain = " ".join(text.split()).casefold().rstrip(":*.")
    name = next((name for name, words in LABELS.items() if plain in words), "") or _composed(plain)
    if name:
        return Heading(name, text=" ".join(text.split()))
    over = _over(above, column)
    dated = (read_period(text, over) or read_period(text, year)) if text else None
    if not dated:
        return Heading()
    return Heading(text=plain, period=dated[0], provisional=dated[1], year=is_year(text, over))


def _composed(plain: str) -> str:
    """What a heading put together from known words holds; "" where one of them is not known."""
    words = frozenset(re.findall(r"[a-z]+", plain)) - _ANY
    if not words or any(map(str.isdigit, plain)):
        return ""
    known = next((name for name, heads, beside in _COMPOSED if words & heads and words <= heads | beside), "")
    last = plain.rsplit(maxsplit=1)[-1]
    return known or ("title" if last in _CALLED and len(words) <= 4 else "")


# Columns that stand beside figures and are none: what is aimed at, how it goes, who answers for it.
_BESIDE = frozenset(
    [
        "rag",
        "status",
        "target",
        "trend",
        "direction",
        "dot",
        "comment",
        "comments",
        "commentary",
        "narrative",
        "owner",
        "lead",
        "notes",
        "note",
        "variance",
        "change",
        "ytd",
        "unit",
        "units",
        "frequency",
        "polarity",
        "baseline",
        "tolerance",
        "brag",
        "good",
        "better",
        "priority",
        "objective",
        "outcome",
        "rating",
        "progress",
        "percentage",
        "forecast",
        "average",
    ]
)


def stands_beside(text: str) -> bool:
    """Whether a heading is one of those that stand beside figures: "Direction of travel", "Target 2025/26", "% change"."""
    words = re.findall(r"[a-z]+", text.casefold())
    return bool(words) and (words[0] in _BESIDE or words[-1] in _BESIDE)


def _over(above: Row | None, column: int) -> str:
    """What is printed over a column: its own cell, or the merged or empty ones to its left that it stands under."""
    if above is None or column >= len(above.cells):
        return ""
    while column > 0 and (above.cells[column].columns == 0 or not above.cells[column].text):
        column -= 1
    return above.cells[column].text


def joined(row: Row) -> str:
    return " | ".join(text for text in row.texts if text)
