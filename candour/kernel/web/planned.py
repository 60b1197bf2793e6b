"""Bars of amounts drawn (pure): what was planned in grey, what is now in colour, red where somebody has to look at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from candour.kernel.web.control import scale_of
from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, RIGHT, WIDTH, STEP, TOP = 216.0, 690.0, 850.0, 40.0, 26.0


@dataclass(frozen=True)
class Bar:
    """A row. plan, now: the two amounts, either may be missing. said: the words at its end. late: it is drawn in red."""

    label: str
    plan: float | None
    now: float | None
    said: str
    late: bool = False


def bars(
    rows: Sequence[Bar],
    *,
    names: tuple[str, str],
    tick: Callable[[float], str],
    table: Table,
    key: str,
    title: str,
    desc: str,
) -> Chart:
    """A row a thing: its plan above, and what is now below. names: of the two, for the legend; an empty name is not drawn.

    tick: how a number stands at the axis. table: the same figures, as the page prints them. desc: what it shows, in words.
    """
    values = [value for row in rows for value in (row.plan, row.now) if value is not None]
    if not values:
        body = [text((LEFT + RIGHT) / 2, 60, "No figures yet", "t-m")]
        return Chart(svg(key, size=(WIDTH, 110), title=title, desc="No figures yet.", body=body), title, table)
    step, low, high = scale_of(min(0.0, *values), max(0.0, *values))
    foot = TOP + STEP * len(rows)

    def x(value: float) -> float:
        return LEFT + (value - low) * (RIGHT - LEFT) / (high - low)

    body = _legend(names)
    for count in range(round((high - low) / step) + 1):
        at = low + count * step
        line = "ax" if abs(at) < step / 2 else "gr"
        body.append(f'<path class="{line}" d="M{number(x(at))} {number(TOP)}V{number(foot)}"/>')
        body.append(text(x(at), foot + 18, tick(at), "t-m"))
    for place, row in enumerate(rows):
        body += _row(row, TOP + STEP * place, x)
    return Chart(svg(key, size=(WIDTH, foot + 26), title=title, desc=desc, body=body), title, table)


def _legend(names: tuple[str, str]) -> list[str]:
    drawn, at = [], LEFT
    for name, kind in zip(names, ("bar-plan", "bar-act"), strict=True):
        if name:
            drawn += [rect(at, 4, 11, 11, kind), text(at + 17, 14, name)]
            at += 34 + 7 * len(name)
    return drawn


def _row(row: Bar, top: float, x: Callable[[float], float]) -> list[str]:
    lines = wrap(row.label, 28, max_lines=2, placeholder=" …") or [""]
    first = top + 25 if len(lines) == 1 else top + 17
    drawn = [text(LEFT - 10, first + 15 * n, line, "t-e t-l") for n, line in enumerate(lines)]
    kinds = ((row.plan, "bar-plan"), (row.now, "bar-late" if row.late else "bar-act"))
    there = [(value, kind) for value, kind in kinds if value is not None]
    high = 13.0 if len(there) == 2 else 20.0
    for place, (value, kind) in enumerate(there):
        start, end = sorted((x(0), x(value)))
        drawn.append(rect(start, top + 7 + high * place, max(end - start, 1), high - 1, kind))
    drawn.append(text(RIGHT + 10, top + 25, row.said, "t-red" if row.late else "t-b"))
    return drawn
