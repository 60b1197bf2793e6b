"""Tables of figures, wide (a column a period) and long (a row a figure): every cell, with its place. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from candour.kernel.intake.document import Place, Row, SetAside, Table
from candour.performance.intake.cells import Read, read_cell, read_period, read_status
from candour.performance.intake.headings import LABELS, Heading, headings_at, joined
from candour.performance.rules.parts import part_named

PARTS = ("value", "numerator", "denominator")
WHOLES = ("all", "whole", "force", "force area", "total", "whole area")
BOTH = "An area and a category at once: give each of the whole"
ABOVE, NO_FIGURES, NO_NAME = "Above the headings", "A note: no figures stand in this row", "Figures without a measure"
NO_FIGURE = "A target, a forecast or a baseline: no figure of a period"
AIMS = ("target", "targets", "trajectory", "forecast", "baseline", "tolerance", "plan", "profile", "threshold")
_NAMED = re.compile(
    r"^(?:measure |indicator |kpi )?([A-Z]{1,5}[ .-]?\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*[:.–-]?\s+(\S.+)$", re.IGNORECASE
)


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
            found.aside += [SetAside(row.place, joined(row), ABOVE) for row in table.rows if row.width]
            continue
        found.tables += 1
        number, headings = place
        found.aside += [SetAside(row.place, joined(row), ABOVE) for row in table.rows[:number] if row.width]
        named = any(heading.name in ("reference", "title") for heading in headings)
        _rows(table.rows[number + 1 :], headings, found, of=("", "") if named else named_above(table.place.under))
    return found


def named_above(heading: str) -> tuple[str, str]:
    """(reference, title) of a measure that a heading above its table names: "CP01 Household waste recycled"."""
    found = _NAMED.match(heading)
    return (found[1], found[2]) if found else ("", heading)


def _rows(rows: Sequence[Row], headings: Sequence[Heading], found: Tabled, *, of: tuple[str, str] = ("", "")) -> None:
    """of: the reference and title of the one measure that all rows are of, where it stands above the table."""
    carried = {"reference": "", "title": "", "area": "", "body": "", "category": ""}
    breakdown = next((heading.text for heading in headings if heading.name == "category"), "")
    for row in rows:
        if not row.width:
            continue
        said = _labels(row, headings, carried) | {"breakdown": breakdown}
        if any(of):
            said |= {"reference": of[0], "title": of[1]}
        held = [
            n
            for n, heading in enumerate(headings)
            if n < len(row.cells)
            and row.texts[n]
            and (heading.period is not None or heading.body or heading.name in (*PARTS, "period"))
        ]
        if not held:
            found.aside.append(SetAside(row.place, joined(row), NO_FIGURES))
        elif not said["reference"] and not said["title"]:
            found.aside.append(SetAside(row.place, joined(row), NO_NAME))
        elif said["what"].casefold() in AIMS:
            found.aside.append(SetAside(row.place, joined(row), NO_FIGURE))
        elif said["area"] and said["category"]:
            found.aside.append(SetAside(row.place, joined(row), BOTH))
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
