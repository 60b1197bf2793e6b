"""Findings about single cells, and about a figure and the parts that are printed beside it. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from candour.kernel.calendar import MONTHS
from candour.kernel.intake.document import Finding
from candour.performance.intake.tables import Printed, Tabled

SHOULD = "A number such as 74.9 or 1,204; * or [c] for a number that is hidden; - or [x] for none"
PERIODS = "A month such as September 2025, a quarter such as Q2 2025/26, or 2025/26"
NEAR = Decimal("0.1")  # percentages are printed to one place


def of_cells(tabled: Tabled) -> Iterator[Finding]:
    """Cells and periods that cannot be read, and how many figures the file hides."""
    for cell in tabled.cells:
        if cell.read.kind == "unreadable":
            said = f"{where(cell)} cannot be read: ‘{cell.text[:60]}’"
            yield Finding("cell-unreadable", "error", cell.place, key_of(cell), cell.text, SHOULD, said)
    for key, text, place in tabled.undated:
        said = f"The period of a figure cannot be read: ‘{text[:60]}’"
        yield Finding("period-unreadable", "error", place, key, text, PERIODS, said)
    hidden = sum(cell.read.kind == "hidden" for cell in tabled.cells)
    if hidden:
        said = f"{hidden:,} {'figure is' if hidden == 1 else 'figures are'} hidden in the file, and kept as hidden"
        yield Finding("figures-hidden", "note", "the whole paper", "", str(hidden), "Nothing", said)


def given_twice(cell: Printed, first: str, now: str) -> Finding:
    """Two cells give one figure differently."""
    said = f"{where(cell)} is given twice, as {first} and as {now}. The first is kept"
    return Finding(
        "figure-twice", "error", cell.place, key_of(cell), f"{first} and {now}", "One figure of a period", said
    )


def of_parts(key: str, area: str, period: date, values: Mapping[str, Any], *, percent: bool) -> Iterator[Finding]:
    """A percentage that is not what its parts give, or that has nothing to be divided by."""
    value, top, bottom = (
        None if values.get(name) is None else Decimal(values[name]) for name in ("value", "numerator", "denominator")
    )
    if top is None or bottom is None or not (percent or bottom == 0):
        return
    at = f"{key}{f', {area}' if area else ''}, {MONTHS[period.month - 1]} {period.year}"
    if bottom == 0:
        said = f"{at}: there is nothing to divide by, so there is no figure"
        yield Finding("figure-differs", "warning", "the whole paper", key, f"{top} of 0", "No figure", said)
    elif value is not None and abs(100 * top / bottom - value) > NEAR:
        right = f"{100 * top / bottom:.1f}%"
        said = f"{at} is printed as {value}%, and its parts give {right}, which is kept"
        yield Finding("figure-differs", "warning", "the whole paper", key, f"{value}%", right, said)


def key_of(cell: Printed) -> str:
    return cell.reference or cell.title


def where(cell: Printed) -> str:
    """M-014, North, September 2025, numerator."""
    area = "".join(f", {words}" for words in (cell.body, cell.area) if words)
    part = f", {cell.part}" if cell.part != "value" else ""
    return f"{key_of(cell)}{area}, {MONTHS[cell.period.month - 1]} {cell.period.year}{part}"
