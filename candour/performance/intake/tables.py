"""Tables of figures, wide (a column a period) and long (a row a figure): every cell, with its place. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from candour.kernel.intake.document import Place, Row, SetAside, Table
from candour.performance.intake.cells import IN_TITLE, Read, read_cell, read_period, read_status
from candour.performance.rules.parts import part_named

LABELS: dict[str, frozenset[str]] = {
    "reference": frozenset({
        "reference", "ref", "id", "code", "measure reference", "measure ref", "ref no", "kpi ref", "kpi no", "kpi id", "pi",
        "pi ref", "pi no", "pi code", "indicator ref", "indicator code", "no", "measure no", "kpi reference", "kpi code",
    }),  # fmt: skip
    "title": frozenset({
        "measure", "indicator", "title", "metric", "name", "measure name", "description", "kpi", "performance indicator",
        "performance measure", "key performance indicator", "kpi name", "indicator name", "kpi description", "offence",
        "offence type", "crime type", "offence group", "measure description", "indicator description", "success measure",
    }),  # fmt: skip
    "body": frozenset({"force", "police force", "force name", "body"}),
    "area": frozenset({"area", "district", "place", "local policing area", "lpa", "division"}),
    "category": frozenset(
        {"category", "type", "type of complaint", "complaint type", "theme", "kind", "referral", "rank", "staff group"}
    ),
    "period": frozenset({
        "period", "month", "quarter", "year", "date", "month ending", "reporting period", "period ending", "quarter ending",
        "financial year", "reporting month", "reporting quarter",
    }),  # fmt: skip
    "value": frozenset({"value", "figure", "result", "rate", "percentage", "%", "actual", "performance", "outturn"}),
    "numerator": frozenset({"numerator", "number", "count", "top"}),
    "denominator": frozenset({"denominator", "out of", "of", "base", "total", "population"}),
    "status": frozenset({"status", "note", "notes", "provisional or final"}),
    "what": frozenset({"what", "row", "series", "part", "data type"}),
}
PARTS = ("value", "numerator", "denominator")
WHOLES = ("all", "whole", "force", "force area", "total", "whole area")
BOTH = "An area and a category at once: give each of the whole"
ABOVE, NO_FIGURES, NO_NAME = "Above the headings", "A note: no figures stand in this row", "Figures without a measure"
NO_FIGURE = "A target, a forecast or a baseline: no figure of a period"
ACTUAL = ("actual", "outturn", "performance", "result", "actual performance", "figure")
AIMS = ("target", "targets", "trajectory", "forecast", "baseline", "tolerance", "plan", "profile", "threshold")


@dataclass(frozen=True)
class Heading:
    """A column: what it holds, or the period, or the body (as printed), that its figures are of. text: as it is printed."""

    name: str = ""
    body: str = ""
    text: str = ""
    period: date | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Printed:
    """A cell of figures: of which measure, area, period and part, what it says, and as printed. body: of another body."""

    reference: str
    title: str
    area: str
    period: date
    part: str
    read: Read
    text: str
    place: Place
    body: str = ""


@dataclass
class Tabled:
    """What tables gave: cells, cells whose period could not be read, and what was set aside."""

    cells: list[Printed] = field(default_factory=list)
    undated: list[tuple[str, str, Place]] = field(default_factory=list)  # key, text, place
    aside: list[SetAside] = field(default_factory=list)
    tables: int = 0


def read_tables(tables: Sequence[Table], said: Sequence[str] = ()) -> Tabled:
    """Every table that has headings of figures; the others are set aside whole. said: the titles of the paper."""
    found = Tabled()
    for table in tables:
        place = headings_at(table, said)
        if place is None:
            found.aside += [SetAside(row.place, _joined(row), ABOVE) for row in table.rows if row.width]
            continue
        found.tables += 1
        number, headings = place
        found.aside += [SetAside(row.place, _joined(row), ABOVE) for row in table.rows[:number] if row.width]
        _rows(table.rows[number + 1 :], headings, found)
    return found


def headings_at(table: Table, said: Sequence[str] = ()) -> tuple[int, list[Heading]] | None:
    """(number of the last row of headings, the headings); None for a table without any.

    Where the row below heads nothing but periods ("Q1" under "2024/25"), both rows are the headings. A column of actual
    figures without a period has that of the title above it. said: what the paper says above the table, the nearest last.
    """
    for number, row in enumerate(table.rows[:40]):
        above = table.rows[number - 1] if number else None
        below = table.rows[number + 1] if number + 1 < len(table.rows) else None
        headings = _once([_heading(row, column, above) for column in range(len(row.cells))])
        if below is not None and (both := _over_periods(headings, row, below)):
            return number + 1, both
        names = [heading.name for heading in headings if heading.name]
        named = {"reference", "title"} & set(names)
        wide = sum(heading.period is not None for heading in headings)
        long = "period" in names and bool({"value", "numerator"} & set(names))
        if named and len(names) == len(set(names)) and (wide >= 1 or long):
            return number, headings
        if named and not wide and "period" not in names and (one := _of_the_title(headings, [*said, *_above(table, number)])):
            return number, one
        if named and "period" in names and len(names) == len(set(names)):
            across = _across(table.rows[number:], headings)
            if any(heading.body for heading in across):
                return number, across
    return None


def _above(table: Table, number: int) -> list[str]:
    return [table.place.sheet or (table.rows[0].place.sheet if table.rows else ""), *(_joined(row) for row in table.rows[:number])]


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
    """The headings; a year beside a quarter or month is a part of the period. Of two titles ("KPI", "Description") or references the first, the other as printed."""
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


def _heading(row: Row, column: int, above: Row | None) -> Heading:
    text = row.cells[column].text
    plain = " ".join(text.split()).casefold().rstrip(":*.")
    name = next((name for name, words in LABELS.items() if plain in words), "")
    if name:
        return Heading(name, text=" ".join(text.split()))
    dated = read_period(text, _over(above, column)) if text else None
    return Heading(period=dated[0], provisional=dated[1]) if dated else Heading()


def _over(above: Row | None, column: int) -> str:
    """What is printed over a column: its own cell, or the merged or empty ones to its left that it stands under."""
    if above is None or column >= len(above.cells):
        return ""
    while column > 0 and (above.cells[column].columns == 0 or not above.cells[column].text):
        column -= 1
    return above.cells[column].text


def _rows(rows: Sequence[Row], headings: Sequence[Heading], found: Tabled) -> None:
    carried = {"reference": "", "title": "", "area": "", "body": "", "category": ""}
    breakdown = next((heading.text for heading in headings if heading.name == "category"), "")
    for row in rows:
        if not row.width:
            continue
        said = _labels(row, headings, carried) | {"breakdown": breakdown}
        held = [
            n
            for n, heading in enumerate(headings)
            if n < len(row.cells)
            and row.texts[n]
            and (heading.period is not None or heading.body or heading.name in (*PARTS, "period"))
        ]
        if not held:
            found.aside.append(SetAside(row.place, _joined(row), NO_FIGURES))
        elif not said["reference"] and not said["title"]:
            found.aside.append(SetAside(row.place, _joined(row), NO_NAME))
        elif said["what"].casefold() in AIMS:
            found.aside.append(SetAside(row.place, _joined(row), NO_FIGURE))
        elif said["area"] and said["category"]:
            found.aside.append(SetAside(row.place, _joined(row), BOTH))
        elif any(heading.period is not None for heading in headings):
            found.cells += _wide(row, headings, said)
        elif any(heading.body for heading in headings):
            _bodies(row, headings, said, found)
        else:
            _long(row, headings, said, found)


def _labels(row: Row, headings: Sequence[Heading], carried: dict[str, str]) -> dict[str, str]:
    """The words of a row's labels. One that a merged cell covers from above is the one above it."""
    said = {"reference": "", "title": "", "area": "", "body": "", "category": "", "what": "", "status": ""}
    for n, heading in enumerate(headings):
        if heading.name in said and n < len(row.cells):
            cell = row.cells[n]
            covered = cell.rows == 0 and heading.name in carried
            said[heading.name] = carried[heading.name] if covered else " ".join(cell.text.split())
            if heading.name in carried:
                carried[heading.name] = said[heading.name]
    for name in ("area", "category"):
        if said[name].casefold() in WHOLES:
            said[name] = ""
    return said


def _part(said: dict[str, str]) -> str:
    """Which part of a figure a row holds, by its own words."""
    what = said["what"].casefold()
    return next((name for name in PARTS if what == name or what in LABELS[name]), "value")


def _bodies(row: Row, headings: Sequence[Heading], said: dict[str, str], found: Tabled) -> None:
    """A row of a period with a cell to each body."""
    period = next(n for n, heading in enumerate(headings) if heading.name == "period")
    text = row.texts[period] if period < len(row.cells) else ""
    dated = read_period(text)
    if dated is None:
        found.undated.append((said["reference"] or said["title"], text, row.place))
        return
    for n, heading in enumerate(headings):
        if heading.body and n < len(row.cells) and row.texts[n]:
            read = read_cell(row.texts[n])
            read = Read(read.kind, read.number, read.provisional or dated[1], read.revised)
            of = said | {"body": heading.body}
            found.cells.append(_printed(of, dated[0], _part(said), read=read, text=row.texts[n], place=row.place))


def _wide(row: Row, headings: Sequence[Heading], said: dict[str, str]) -> Iterator[Printed]:
    part = _part(said)
    for n, heading in enumerate(headings):
        if heading.period is None or n >= len(row.cells) or not row.texts[n]:
            continue
        read = read_cell(row.texts[n])
        if heading.provisional:
            read = Read(read.kind, read.number, True, read.revised)
        yield _printed(said, heading.period, part, read=read, text=row.texts[n], place=row.place)


def _long(row: Row, headings: Sequence[Heading], said: dict[str, str], found: Tabled) -> None:
    texts = {heading.name: row.texts[n] for n, heading in enumerate(headings) if heading.name and n < len(row.cells)}
    dated = read_period(texts.get("period", ""), texts.get("of_year", ""))
    if dated is None:
        found.undated.append((said["reference"] or said["title"], texts.get("period", ""), row.place))
        return
    provisional, revised = read_status(said["status"])
    for part in PARTS:
        if text := texts.get(part, ""):
            read = read_cell(text)
            read = Read(read.kind, read.number, read.provisional or provisional or dated[1], read.revised or revised)
            found.cells.append(_printed(said, dated[0], part, read=read, text=text, place=row.place))


def _printed(said: dict[str, str], period: date, part: str, *, read: Read, text: str, place: Place) -> Printed:
    area = said["area"] or (part_named(said["breakdown"], said["category"]) if said["category"] else "")
    return Printed(said["reference"], said["title"], area, period, part, read, text, place, said["body"])


def _joined(row: Row) -> str:
    return " | ".join(text for text in row.texts if text)
