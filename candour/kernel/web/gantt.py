"""A year as bars (pure): what was planned in grey, what happened in colour, today in red, and the load of each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap

from candour.kernel.calendar import MONTHS, add_months, say_date
from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, RIGHT, WIDTH, STEP, TOP = 256.0, 1096.0, 1216.0, 36.0, 22.0
SPAN = tuple[date, date]


@dataclass(frozen=True)
class Bar:
    """One row. plan: as first agreed; now: as planned today, where it moved; fact: what happened so far, red where late.

    points: (what, day) reached. said: the word at the end of the row. href: where its label leads.
    """

    label: str
    href: str
    plan: SPAN | None
    fact: SPAN | None
    points: tuple[tuple[str, date], ...]
    said: str
    late: bool = False
    now: SPAN | None = None


@dataclass(frozen=True)
class Weight:
    """The load of one month: a number to draw, and how it is said."""

    amount: int
    said: str


def gantt(
    bars: Sequence[Bar],
    *,
    first: date,
    today: date,
    load: Sequence[Weight],
    load_label: str,
    table: Table,
    key: str,
    title: str,
    desc: str,
) -> Chart:
    """Twelve months from `first`, a row for each bar and one for the load. table: the same figures, as the page prints them."""
    months = [add_months(first, n) for n in range(13)]
    end, foot = months[-1], TOP + 14 + STEP * len(bars)

    def x(day: date) -> float:
        return LEFT + (min(max(day, first), end) - first).days * (RIGHT - LEFT) / (end - first).days

    body: list[str] = []
    for month in months[:-1]:
        body += [f'<path class="gr" d="M{number(x(month))} {number(TOP)}V{number(foot + 40)}"/>']
        body.append(text(x(month) + 5, 16, MONTHS[month.month - 1][:3]))
    for place, bar in enumerate(bars):
        body += _row(bar, TOP + 27 + STEP * place, x)
    body += _load(load, load_label, foot, [x(month) for month in months])
    if first <= today < end:
        at = number(x(today))
        body.append(f'<path class="today" d="M{at} {number(TOP - 2)}V{number(foot + 44)}"/>')
        body.append(text(x(today), foot + 58, f"Today, {today.day} {MONTHS[today.month - 1]}", "t-red t-m"))
    return Chart(svg(key, size=(WIDTH, foot + 64), title=title, desc=desc, body=body, role="group"), title, table)


def _row(bar: Bar, y: float, x) -> list[str]:  # type: ignore[no-untyped-def]
    lines = wrap(bar.label, 32, max_lines=2, placeholder=" …") or [""]
    first = y - 8 * (len(lines) - 1)
    label = "".join(text(0, first + 16 * number, line, "t-l") for number, line in enumerate(lines))
    drawn = [f'<a href="{escape(bar.href)}"><title>{escape(bar.label)}</title>{label}</a>']
    if bar.plan:
        start, end = bar.plan
        drawn.append(rect(x(start), y, max(x(end) - x(start), 3), 6, "bar-plan", radius=1))
    if bar.now:
        start, end = bar.now
        drawn.append(rect(x(start), y - 12, max(x(end) - x(start), 3), 12, "ghost", radius=1))
    if bar.fact:
        start, end = bar.fact
        drawn.append(
            rect(x(start), y - 12, max(x(end) - x(start), 3), 12, "bar-late" if bar.late else "bar-act", radius=1)
        )
    for what, day in bar.points:
        said = f"{what}, {say_date(day)}"
        circle = f'<circle class="pt-prov" cx="{number(x(day))}" cy="{number(y - 6)}" r="5">'
        drawn.append(f"{circle}<title>{escape(said)}</title></circle>")
    return [*drawn, text(RIGHT + 10, y, bar.said, "t-red" if bar.late else "t-b")]


def _load(load: Sequence[Weight], label: str, foot: float, edges: Sequence[float]) -> list[str]:
    most = max((weight.amount for weight in load), default=0) or 1
    drawn = [text(0, foot + 32, label, "t-l")]
    for weight, left, right in zip(load, edges, edges[1:], strict=False):
        high = 22 * weight.amount / most
        if weight.amount:
            drawn.append(rect(left + 6, foot + 38 - high, right - left - 12, high, "bar-plan"))
        drawn.append(text((left + right) / 2, foot + 34, weight.said, "t-m t-b" if weight.amount else "t-m"))
    return drawn
