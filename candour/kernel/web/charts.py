"""Charts as SVG text (pure): classes not styles, a title and a description, direct labels, and the figures as a table.

Every function takes a `key`, unique on the page, from which the ids of title and description are made. What the chart
says is also in `table`, so that the page can always offer it as one. Text from records is escaped here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Protocol

from candour.kernel.calendar import MONTHS, say_date


class Banded(Protocol):
    """What a chart needs of a band of scores: low and high are both inside it; tone is "high", "medium" or "low"."""

    @property
    def name(self) -> str: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def tone(self) -> str: ...


class Levelled(Protocol):
    """A level of impact or likelihood: its number and its word."""

    @property
    def value(self) -> int: ...
    @property
    def word(self) -> str: ...


@dataclass(frozen=True)
class Table:
    """The figures of a chart: the first cell of a row is its heading."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """An SVG (safe to print as it is), its title, and its figures."""

    svg: str
    title: str
    table: Table


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
class Chip:
    """A record on the heat map."""

    reference: str
    href: str
    impact: int
    likelihood: int


@dataclass(frozen=True)
class Ageing:
    """One bar: how many are this late, counted from their first date; parts are (age, count) in the order of the ages."""

    label: str
    parts: tuple[tuple[str, int], ...]


TONES = {"high": "high", "medium": "med", "low": "low"}


def number(value: float) -> str:
    """A coordinate with one decimal at most: 12, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def _svg(key: str, *, size: tuple[float, float], title: str, desc: str, body: list[str], role: str = "img") -> str:
    width, height = size
    return (
        f'<svg viewBox="0 0 {number(width)} {number(height)}" role="{role}" aria-labelledby="{key}-title {key}-desc" '
        f'focusable="false"><title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(desc)}</desc>'
        f"{''.join(body)}</svg>"
    )


def _text(x: float, y: float, text: object, classes: str = "") -> str:
    named = f' class="{classes}"' if classes else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}">{escape(str(text))}</text>'


def _rect(x: float, y: float, width: float, height: float, classes: str, *, radius: int = 0) -> str:
    rounded = f' rx="{radius}"' if radius else ""
    return (
        f'<rect class="{classes}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{rounded}/>'
    )


# --- Score history: a step line on the bands of its scale ---------------------------------------------------------------


def score_history(points: Sequence[Point], *, bands: Sequence[Banded], until: date, key: str, title: str) -> Chart:
    """The score of one record from its first day to `until`, on the bands of its scale.

    points: oldest first, one for each change of score, none after `until`. bands: lowest first, without gaps.
    """
    left, right, top, bottom, width = 30.0, 364.0, 8.0, 184.0, 372.0
    highest, lowest = bands[-1].high, bands[0].low - 1

    def y(score: float) -> float:
        return bottom - (score - lowest) * (bottom - top) / (highest - lowest)

    body = _bands(bands, y, left=left, right=right)
    ticks = [band.high for band in bands]
    body += [_text(left - 6, y(tick) + 4, tick, "t-e") for tick in ticks]
    table = Table(
        ("From", "I × L", "Score"),
        tuple((say_date(p.day), f"{p.impact} × {p.likelihood}", str(p.score)) for p in reversed(points)),
    )
    if not points:
        body.append(_text((left + right) / 2, (top + bottom) / 2, "Not scored yet", "t-m"))
        return Chart(_svg(key, size=(width, 210), title=title, desc="Not scored yet.", body=body), title, table)
    span = max((until - points[0].day).days, 1)
    places = [(left + (p.day - points[0].day).days * (right - left) / span, y(p.score), p.score) for p in points]
    body += _steps(places, right)
    body += _years(points[0].day, until, left=left, right=right, y=bottom + 20)
    said = ", ".join(f"{p.score} from {say_date(p.day)}" for p in points)
    return Chart(_svg(key, size=(width, 210), title=title, desc=f"Score {said}.", body=body), title, table)


def _bands(bands: Sequence[Banded], y, *, left: float, right: float) -> list[str]:
    drawn = []
    for band in bands:
        high, low = y(band.high), y(band.low - 1)
        drawn.append(_rect(left, high, right - left, low - high, f"b-{TONES[band.tone]}"))
        drawn.append(_text(right - 5, high + 14, band.name, "t-e"))
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
            drawn.append(_text(min(max(x, 40), right - 8), y + 17 if fell else y - 8, score, "t-b t-m"))
            labelled = x
    return drawn


def _years(first: date, until: date, *, left: float, right: float, y: float) -> list[str]:
    span = max((until - first).days, 1)
    drawn, taken = [_text(left, y, f"{MONTHS[first.month - 1]} {first.year}")], left + 70
    years = range(first.year + 1, until.year + 1)
    every = max(1, -(-len(years) // 4))
    for year in years:
        x = left + (date(year, 1, 1) - first).days * (right - left) / span
        if (year - first.year) % every == 0 and x >= taken + 10 and x <= right - 14:
            drawn.append(_text(x, y, year, "t-m"))
            taken = x + 20
    return drawn


# --- Heat map: every live record in the cell of its score ---------------------------------------------------------------


def heat_map(
    chips: Sequence[Chip],
    *,
    impact: Sequence[Levelled],
    likelihood: Sequence[Levelled],
    bands: Sequence[Banded],
    key: str,
    title: str,
    more: Mapping[tuple[int, int], str] | None = None,
) -> Chart:
    """A matrix of any size, impact across and likelihood up, with a link for each record.

    A cell shows as many records as it has room for and then "+ n more", which links to more[(impact, likelihood)] if given.
    """
    left, width, height = 106.0, 850.0, 104.0
    column = (width - left + 2) / len(impact)
    body: list[str] = []
    rows = []
    for row, up in enumerate(sorted(likelihood, key=lambda level: -level.value)):
        y = 8 + row * (height + 4)
        body.append(_level(0, y + 54, up))
        cells = [f"{up.value} {up.word}"]
        for across, over in enumerate(impact):
            inside = [chip for chip in chips if (chip.impact, chip.likelihood) == (over.value, up.value)]
            rest = (more or {}).get((over.value, up.value), "")
            corner = (left + across * column, y)
            body += _cell(corner, column - 4, score=over.value * up.value, bands=bands, chips=inside, more=rest)
            cells.append(", ".join(chip.reference for chip in inside) or "none")
        rows.append(tuple(cells))
    base = 8 + len(likelihood) * (height + 4)
    for across, over in enumerate(impact):
        body.append(_level(left + across * column + column / 2 - 2, base + 18, over, "t-l t-m"))
    body.append(_text(0, 24, "Likelihood", "t-b t-l"))
    body.append(_text(left + (width - left) / 2, base + 44, "Impact", "t-b t-l t-m"))
    desc = f"{len(impact) * len(likelihood)} cells, likelihood up and impact across, {len(chips)} records. The table lists every cell."
    table = Table(("Likelihood", *(f"Impact {level.value} {level.word}" for level in impact)), tuple(rows))
    svg = _svg(key, size=(width, base + 52), title=title, desc=desc, body=body, role="group")
    return Chart(svg, title, table)


def _level(x: float, y: float, level: Levelled, classes: str = "t-l") -> str:
    return (
        f'<text class="{classes}" x="{number(x)}" y="{number(y)}"><tspan class="t-b">{level.value}</tspan> '
        f" {escape(level.word)}</text>"
    )


def _cell(
    corner: tuple[float, float], width: float, *, score: int, bands: Sequence[Banded], chips: list[Chip], more: str
) -> list[str]:
    x, y = corner
    band = next(band for band in bands if band.low <= score <= band.high)
    tone = TONES[band.tone]
    drawn = [
        _rect(x, y, width, 104, f"b-{tone}", radius=2),
        _rect(x, y, 30, 20, f"s-{tone}"),
        _text(x + 15, y + 14.5, score, f"t-chip t-chip-{band.tone}"),
        _text(x + width - 7, y + 14, band.name, "t-e"),
    ]
    chip_width = min(max([72.0, *(7.2 * len(chip.reference) + 14 for chip in chips)]), width - 12)
    across = max(1, int((width - 8) // (chip_width + 8)))
    room = across * 3
    shown = chips if len(chips) <= room else chips[: room - 1]
    for place, chip in enumerate(shown):
        drawn.append(_chip(x + 8 + place % across * (chip_width + 8), y + 26 + place // across * 24.5, chip_width, chip))
    if len(shown) < len(chips):
        at = (x + 8 + (room - 1) % across * (chip_width + 8), y + 26 + 2 * 24.5)
        words = _text(at[0] + 7, at[1] + 15, f"+ {len(chips) - len(shown)} more", "chip-t")
        drawn.append(f'<a href="{escape(more)}">{_rect(*at, chip_width, 21, "chip", radius=2)}{words}</a>' if more else words)
    return drawn


def _chip(x: float, y: float, width: float, chip: Chip) -> str:
    score = chip.impact * chip.likelihood
    fits = int((width - 14) // 7.2) + 1
    shown = chip.reference if len(chip.reference) <= fits else chip.reference[: fits - 1] + "…"
    return (
        f'<a href="{escape(chip.href)}" aria-label="{escape(chip.reference)}, score {score}">'
        f"{_rect(x, y, width, 21, 'chip', radius=2)}{_text(x + 7, y + 15, shown, 'chip-t')}</a>"
    )


# --- Small ones ---------------------------------------------------------------------------------------------------------


def spark(scores: Sequence[int], *, top: int) -> str:
    """The last few scores as a step line 84 by 22, on a scale from 0 to top; decoration beside a figure, so hidden from readers."""
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


def ageing(bars: Sequence[Ageing], *, key: str, title: str) -> Chart:
    """Bars of how late things are, one for each label, ages from left to right, with the count in each part that has room."""
    left, width, step = 150.0, 640.0, 34.0
    ages = [age for age, _ in bars[0].parts] if bars else []
    most = max((sum(count for _, count in one.parts) for one in bars), default=0) or 1
    body: list[str] = []
    for index, one in enumerate(bars):
        x, y = left, 8 + index * step
        body.append(_text(left - 10, y + 16, one.label, "t-e t-l"))
        for shade, (_, count) in enumerate(one.parts):
            part = count * (width - left - 40) / most
            if count:
                body.append(_rect(x, y, part, 24, f"a{min(shade, 3) + 1}"))
                if part >= 9 * len(str(count)) + 8:
                    body.append(_text(x + part / 2, y + 16, count, f"t-m {'t-w' if shade >= 3 else 't-b'}"))
            x += part
        body.append(_text(x + 8, y + 16, sum(count for _, count in one.parts), "t-b"))
    base = 8 + len(bars) * step + 8
    for shade, age in enumerate(ages):
        x = left + shade * (width - left) / max(len(ages), 1)
        body += [_rect(x, base, 11, 11, f"a{min(shade, 3) + 1}"), _text(x + 17, base + 10, age)]
    said = "; ".join(f"{one.label}: " + ", ".join(f"{count} {age}" for age, count in one.parts) for one in bars)
    rows = tuple((one.label, *(str(count) for _, count in one.parts), str(sum(c for _, c in one.parts))) for one in bars)
    svg = _svg(key, size=(width, base + 20), title=title, desc=f"{said or 'Nothing to show'}.", body=body)
    return Chart(svg, title, Table(("", *ages, "All"), rows))
