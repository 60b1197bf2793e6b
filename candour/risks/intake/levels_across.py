"""Levels of impact and likelihood in one table: a number, and beside it the word of each axis in a column of its own. Pure."""

import re

from candour.kernel.intake.document import Row, Table

from .grid import axis_of
from .values import read_level

_LEAST = 3
_NUMBER = re.compile(r"\d{1,2}")


def levels_across(table: Table) -> dict[str, dict[int, str]]:
    """Axis -> number -> word; empty where a table is none of this kind."""
    rows = [row for row in table.rows if row.width]
    for at, row in enumerate(rows[:5]):
        columns = {axis: n for n, text in enumerate(row.texts) if len(text) <= 40 and (axis := axis_of(text))}
        if set(columns) == {"impact", "likelihood"} and len(columns) == sum(bool(axis_of(text)) for text in row.texts):
            return _read(rows[at + 1 :], columns)
    return {}


def _read(rows: list[Row], columns: dict[str, int]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {axis: {} for axis in columns}
    for row in rows:
        texts = row.texts
        free = [text for n, text in enumerate(texts) if n not in columns.values()]
        number = next((int(text) for text in free if _NUMBER.fullmatch(text)), None)
        for axis, n in columns.items():
            word, own = read_level(texts[n]) if n < len(texts) else ("", None)
            value = own if own is not None else number
            if value is None or not word:
                return {}
            found[axis][value] = re.split(r"\s*[:(–—]|\s-\s", word)[0].strip()
    told = sorted(found["impact"])
    runs_on = len(told) >= _LEAST and told == list(range(told[0], told[0] + len(told))) and told[0] <= 1
    return found if runs_on and sorted(found["likelihood"]) == told else {}
