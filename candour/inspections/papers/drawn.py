"""Grades over the years drawn: a row an area, a column a report, and no line from one scale to another."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from candour.inspections import rules
from candour.inspections.rules import AreaGrades, Graded
from candour.kernel.calendar import MONTHS
from candour.kernel.web.drawing import Chart, Table, number, svg, text

WIDTH, LEFT, TOP, ROW = 850.0, 190.0, 58.0, 60.0
MOST = 5  # reports that have room side by side; the table has them all
ANOTHER = "Another scale: not comparable"
Column = tuple[date, str, int, int | None]  # day, report, key, scale


def columns_of(areas: Sequence[AreaGrades]) -> list[Column]:
    """The reports that graded something, the oldest first. scale: the one that its grades stand on."""
    found: dict[int, Column] = {}
    for one in (grade for area in areas for grade in area.grades):
        if one.key not in found or found[one.key][3] is None:
            found[one.key] = (one.on, one.report, one.key, one.scale)
    return sorted(found.values(), key=lambda each: each[:2])


def said_month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def grades_chart(areas: Sequence[AreaGrades], *, key: str, title: str) -> Chart:
    """The grades of some areas. key: unique on the page. The table says each grade in words, and how the newest compares."""
    columns = columns_of(areas)
    heads = ("Area", *(f"{said_month(column[0])}, {column[1]}" for column in columns), "Newest against the one before")
    rows = tuple(_table_row(area, columns) for area in areas)
    table = Table(heads, rows)
    if not columns:
        body = [text(WIDTH / 2, 40, "No grades yet", "t-m")]
        return Chart(svg(key, size=(WIDTH, 70), title=title, desc="No grades yet.", body=body), title, table)
    shown = columns[-MOST:]
    places = {column[2]: _x(place, len(shown)) for place, column in enumerate(shown)}
    there = [area for area in areas if any(one.key in places for one in area.grades)]
    height = TOP + ROW * len(there) + 14
    body = [*_heads(shown), *_edges(shown, height)]
    for row, area in enumerate(there):
        body += _area(area, places, TOP + row * ROW)
    return Chart(svg(key, size=(WIDTH, height), title=title, desc=in_words(areas), body=body), title, table)


def in_words(areas: Sequence[AreaGrades]) -> str:
    """What the chart shows, in sentences."""
    newest = max((area.newest.on for area in areas), default=None)
    if newest is None:
        return "No grades yet."
    rows = [area for area in areas if area.newest.on == newest]
    counts: dict[str, int] = {}
    for area in sorted(rows, key=lambda each: (each.newest.value is None, each.newest.value or 0)):
        counts[area.newest.word] = counts.get(area.newest.word, 0) + 1
    said = ", ".join(f"{count} {word}" for word, count in counts.items())
    moved = [area for area in rows if area.change.direction in ("up", "down")]
    told = "; ".join(f"{area.area}: {area.change.words[0].lower()}{area.change.words[1:]}" for area in moved)
    apart = (
        " Grades on the earlier scale are kept apart." if len({c[3] for c in columns_of(areas)} - {None}) > 1 else ""
    )
    return f"{MONTHS[newest.month - 1]} {newest.year}: {said}.{f' {told}.' if told else ''}{apart}"


def _x(place: int, many: int) -> float:
    width = (WIDTH - LEFT) / many
    return LEFT + width * (place + 0.5)


def _heads(columns: Sequence[Column]) -> list[str]:
    drawn = []
    for place, (day, report, _, _) in enumerate(columns):
        x = _x(place, len(columns))
        drawn += [text(x, 30, said_month(day), "t-m t-b"), text(x, 46, report, "t-m")]
    return drawn


def _edges(columns: Sequence[Column], height: float) -> list[str]:
    """A line from top to bottom wherever two reports after one another grade on two scales."""
    drawn = []
    for place, (before, after) in enumerate(pairwise(columns)):
        if before[3] is not None and after[3] is not None and before[3] != after[3]:
            x = (_x(place, len(columns)) + _x(place + 1, len(columns))) / 2
            drawn.append(f'<path class="base" d="M{number(x)} 18V{number(height - 6)}"/>')
            drawn.append(text(x, 12, ANOTHER, "t-m"))
    return drawn


def _area(area: AreaGrades, places: dict[int, float], top: float) -> list[str]:
    """One row: name, a light base, the line within each scale, a dot and its word."""
    drawn = [f'<path class="gr" d="M0 {number(top)}H{number(WIDTH)}"/>']
    drawn += [text(0, top + 28 + 14 * n, line) for n, line in enumerate(_wrapped(area.area))]
    there = [one for one in area.grades if one.key in places]
    for run in rules.stretches(there):
        points = [(places[one.key], _y(one, top)) for one in run]
        if len(points) > 1:
            path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
            drawn.append(f'<path class="ln-thin" d="M{path}"/>')
    for one in there:
        x, y = places[one.key], _y(one, top)
        if one.value is None:
            drawn.append(text(x, top + 34, one.word, "t-m"))
            continue
        drawn.append(f'<circle class="pt" cx="{number(x)}" cy="{number(y)}" r="4"/>')
        drawn.append(text(x, y - 9, one.word, "t-m"))
    return drawn


def _y(one: Graded, top: float) -> float:
    """The best grade at the top of its row, the worst at its foot."""
    steps = max(one.steps - 1, 1)
    return top + 25 + (ROW - 35) * ((one.value or 1) - 1) / steps


def _wrapped(words: str) -> list[str]:
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) > 26:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    found = [*lines, line]
    return found if len(found) <= 2 else [found[0], f"{found[1]} …"]


def _table_row(area: AreaGrades, columns: Sequence[Column]) -> tuple[str, ...]:
    held = {one.key: one.word for one in area.grades}
    return (area.area, *(held.get(column[2], "none") for column in columns), area.change.words)
