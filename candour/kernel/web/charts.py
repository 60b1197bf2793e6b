"""Charts as SVG text (pure): a title and a description, direct labels, and the figures as a table.

Every chart takes a `key`, unique on the page, from which the ids of its title and description are made. What it says is
also in `table`, so that the page can always offer it as one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap

from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.web.drawing import TONES, Banded, Chart, Table, number, rect, svg, text
from candour.kernel.web.heat import Chip, HeatMap, heat_map

__all__ = [
    "Ageing",
    "Aim",
    "Chart",
    "Chip",
    "HeatMap",
    "Point",
    "Table",
    "ageing",
    "bar",
    "heat_map",
    "score_history",
    "spark",
]


AIMS = {"target": "tgt", "inherent": "lim"}


@dataclass(frozen=True)
class Point:
    """A score from a day on, as impact times likelihood."""

    day: date
    impact: int
    likelihood: int

    @property
    def score(self) -> int:
        return self.impact * self.likelihood


@dataclass(frozen=True)
class Aim:
    """A score to read others by: the one without controls ("inherent"), or the one that they are meant to reach ("target")."""

    kind: str
    label: str
    day: date
    impact: int
    likelihood: int

    @property
    def score(self) -> int:
        return self.impact * self.likelihood


@dataclass(frozen=True)
class Ageing:
    """One bar: how many are this late, counted from their first date; parts are (age, count), youngest first."""

    label: str
    parts: tuple[tuple[str, int], ...]


def score_history(
    points: Sequence[Point], *, bands: Sequence[Banded], until: date, key: str, title: str, aims: Sequence[Aim] = ()
) -> Chart:
    """The score of one record from its first day to `until`, on the bands of its scale.

    points: oldest first, one for each change of score, none after `until`. bands: lowest first, without gaps. aims: of the
    same scale, drawn as lines over the whole time.
    """
    left, right, top, bottom, width = 30.0, 364.0, 8.0, 184.0, 372.0
    highest = bands[-1].high

    def y(score: float) -> float:
        return bottom - score * (bottom - top) / highest

    body = _bands(bands, y, left=left, right=right)
    body += [text(left - 6, y(tick) + 4, tick, "t-e") for tick in _ticks(highest)]
    table = Table(
        ("From", "I × L", "Score"),
        tuple((say_date(p.day), f"{p.impact} × {p.likelihood}", str(p.score)) for p in reversed(points))
        + tuple((f"{a.label}, {say_date(a.day)}", f"{a.impact} × {a.likelihood}", str(a.score)) for a in aims),
    )
    if not points:
        body.append(text((left + right) / 2, (top + bottom) / 2, "Not scored yet", "t-m"))
        return Chart(svg(key, size=(width, 210), title=title, desc="Not scored yet.", body=body), title, table)
    span = max((until - points[0].day).days, 1)
    places = [(left + (p.day - points[0].day).days * (right - left) / span, y(p.score), p.score) for p in points]
    for aim in aims:
        body.append(
            f'<path class="{AIMS.get(aim.kind, "lim")}" d="M{number(left)} {number(y(aim.score))}H{number(right)}"/>'
        )
        body.append(text(left + 5, y(aim.score) - 4, f"{aim.label} {aim.score}"))
    body += _steps(places, right)
    body += _years(points[0].day, until, left=left, right=right, y=bottom + 20)
    said = ", ".join(f"{p.score} from {say_date(p.day)}" for p in points)
    said += "".join(f". {a.label} {a.score}" for a in aims)
    return Chart(svg(key, size=(width, 210), title=title, desc=f"Score {said}.", body=body), title, table)


def _ticks(highest: int) -> list[int]:
    step = next((highest // parts for parts in (4, 5) if highest % parts == 0), highest)
    return list(range(step, highest + 1, step))


def _bands(bands: Sequence[Banded], y: Callable[[float], float], *, left: float, right: float) -> list[str]:
    drawn = []
    # A band ends half way to the next score, so that no score lies on an edge.
    for band in bands:
        high = y(band.high if band is bands[-1] else band.high + 0.5)
        low = y(0 if band is bands[0] else band.low - 0.5)
        drawn.append(rect(left, high, right - left, low - high, f"b-{TONES[band.tone]}"))
        drawn.append(text(right - 5, high + 14, band.name, "t-e"))
    return drawn


def _steps(places: list[tuple[float, float, int]], right: float) -> list[str]:
    path = f"M{number(places[0][0])} {number(places[0][1])}"
    for x, y, _ in places[1:]:
        path += f"H{number(x)}V{number(y)}"
    drawn = [f'<path class="ln" d="{path}H{number(right)}"/>']
    labelled = -99.0
    for (x, y, score), previous in zip(places, [None, *places], strict=False):
        drawn.append(f'<circle class="pt" cx="{number(x)}" cy="{number(y)}" r="3.5"/>')
        # A label that would stand on its neighbour's is left to the table.
        if x - labelled >= 22:
            fell = previous is not None and y > previous[1]
            drawn.append(text(min(max(x, 40), right - 8), y + 17 if fell else y - 8, score, "t-b t-m"))
            labelled = x
    return drawn


def _years(first: date, until: date, *, left: float, right: float, y: float) -> list[str]:
    span = max((until - first).days, 1)
    drawn, taken = [text(left, y, f"{MONTHS[first.month - 1]} {first.year}")], left + 70
    years = range(first.year + 1, until.year + 1)
    every = max(1, -(-len(years) // 4))
    for year in years:
        x = left + (date(year, 1, 1) - first).days * (right - left) / span
        if (year - first.year) % every == 0 and x >= taken + 10 and x <= right - 14:
            drawn.append(text(x, y, year, "t-m"))
            taken = x + 20
    return drawn


def spark(scores: Sequence[int], *, top: int) -> str:
    """The last five scores as a step line 84 by 22, from 0 to top; it decorates a figure, so readers do not hear it."""
    shown = list(scores)[-5:]
    if not shown:
        return ""
    ys = [number(19 - 16 * score / top) for score in shown]
    path, x = f"M2 {ys[0]}", 2
    for y in ys[1:]:
        x += 19
        path += f"H{x}V{y}"
    return (
        '<svg class="c-spark" viewBox="0 0 84 22" aria-hidden="true" focusable="false">'
        f'<path d="{path}"/><circle cx="{x}" cy="{ys[-1]}" r="2.6"/></svg>'
    )


def bar(parts: Sequence[tuple[str, int]], *, label: str) -> str:
    """One bar of parts that make a whole; parts are (tone, count) with tone "brand", "amber", "red" or "green".

    An empty whole draws an empty bar. The label says the figures in words: "28 of 45 answered".
    """
    fills = {"brand": "f1", "amber": "f2", "red": "f3", "green": "f4"}
    whole = sum(count for _, count in parts)
    drawn, x = ['<rect class="bg" width="100" height="10"/>'], 0.0
    for tone, count in parts:
        if whole and count and tone in fills:
            width = 100 * count / whole
            drawn.append(f'<rect class="{fills[tone]}" x="{number(x)}" width="{number(width)}" height="10"/>')
            x += width
        elif whole:
            x += 100 * count / whole
    return (
        f'<svg class="c-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(label)}" '
        f'focusable="false">{"".join(drawn)}</svg>'
    )


def ageing(bars: Sequence[Ageing], *, of: str, key: str, title: str) -> Chart:
    """Bars of how late things are, one for each label, youngest first, with the count in each part that has room.

    of: what the labels are, for the table ("Priority").
    """
    left, width, step = 215.0, 850.0, 34.0
    ages = [age for age, _ in bars[0].parts] if bars else []
    most = max((sum(count for _, count in one.parts) for one in bars), default=0) or 1
    body: list[str] = []
    for index, one in enumerate(bars):
        x, y = left, 8 + index * step
        lines = wrap(one.label, 23, max_lines=2, placeholder=" …") or [""]
        first = y + 16 if len(lines) == 1 else y + 10
        body += [text(left - 10, first + 15 * n, line, "t-e t-l") for n, line in enumerate(lines)]
        for shade, (_, count) in enumerate(one.parts):
            part = count * (width - left - 40) / most
            if count:
                body.append(rect(x, y, part, 24, f"a{min(shade, 3) + 1}"))
                if part >= 9 * len(str(count)) + 8:
                    body.append(text(x + part / 2, y + 16, count, f"t-m {'t-w' if shade >= 3 else 't-b'}"))
            x += part
        body.append(text(x + 8, y + 16, sum(count for _, count in one.parts), "t-b"))
    base = 8 + len(bars) * step + 8
    for shade, age in enumerate(ages):
        x = left + shade * (width - left) / max(len(ages), 1)
        body += [rect(x, base, 11, 11, f"a{min(shade, 3) + 1}"), text(x + 17, base + 10, age)]
    said = "; ".join(f"{one.label}: " + ", ".join(f"{count} {age}" for age, count in one.parts) for one in bars)
    rows = tuple(
        (one.label, *(str(count) for _, count in one.parts), str(sum(c for _, c in one.parts))) for one in bars
    )
    drawn = svg(key, size=(width, base + 20), title=title, desc=f"{said or 'Nothing to show'}.", body=body)
    return Chart(drawn, title, Table((of, *ages, "All"), rows))
