"""Grades in a grid: the areas down the side, an inspection over each column, the grade where they meet. Pure."""

import re

from candour.inspections.intake.printed import Printed
from candour.kernel.calendar import read_date, read_month
from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.printed import blank

GRADES = re.compile(
    r"^(?:outstanding|good|adequate|requires improvement|inadequate|ungraded|not graded|no grade|not inspected)\W*$",
    re.IGNORECASE,
)
_INSPECTION = re.compile(r"\bpeel\b|\binspection\b|\b(?:19|20)\d\d\b|\bgrade\b", re.IGNORECASE)
_DATES = re.compile(
    r"^(?:date|published|date published|publication date|report published|date of report)\W*$", re.IGNORECASE
)


def across(table: Table) -> list[Printed]:
    """A row for each grade of a grid; none where a table is no such grid."""
    for n, row in enumerate(table.rows[:4]):
        over = [k for k in range(1, len(row.cells)) if _INSPECTION.search(row.texts[k])]
        below = [one for one in table.rows[n + 1 :] if one.width]
        if not over or len(over) < row.width - 1 or not below or (len(over) < 2 and row.texts[0]):
            continue
        days, graded = _days(below)
        held = [one.texts[k] for one in graded for k in over if k < len(one.cells) and not blank(one.texts[k])]
        if not held or sum(bool(GRADES.match(text)) for text in held) * 5 < len(held) * 4:
            continue
        return [
            Printed(_cells(row, one, k, days), one.place, "")
            for k in over
            for one in graded
            if one.texts[0] and k < len(one.cells) and one.texts[k]
        ]
    return []


def _days(rows: list[Row]) -> tuple[Row | None, list[Row]]:
    """(the row that says when each report was published, the others)."""
    dates = next((row for row in rows if _DATES.match(row.texts[0])), None)
    dates = dates or next((row for row in rows if not row.texts[0] and any(map(_is_day, row.texts))), None)
    return dates, [row for row in rows if row is not dates]


def _is_day(text: str) -> bool:
    return bool(read_date(text) or read_month(text))


def _cells(head: Row, row: Row, k: int, days: Row | None) -> dict[str, str]:
    cells = {"inspection": head.texts[k], "area": row.texts[0], "grade": row.texts[k]}
    if days is not None and k < len(days.cells) and days.texts[k]:
        cells["date"] = days.texts[k]
    return cells
