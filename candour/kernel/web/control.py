"""Process control drawn (pure): points under their limits, signals in red, provisional ones hollow; and a small line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from candour.kernel.web.drawing import Chart, Table, number, svg, text

BESIDE = 6  # figures that the words of the last one stand above or below
LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 60.0, 742.0, 32.0, 296.0, 850.0, 340.0
APART = 14.0  # between labels at the end of lines


@dataclass(frozen=True)
class Dot:
    """A point. label: under the axis; group: under that, where it changes. value: None where there is no figure.

    said: the figure in words; signal: what it signals, "" for nothing; status: for the table.
    """

    label: str
    group: str
    name: str
    value: float | None
    said: str
    signal: str = ""
    provisional: bool = False
    status: str = ""


@dataclass(frozen=True)
class Limit:
    """Limits over a stretch of points, both ends by their place. said: mean, lower and upper in words."""

    first: int
    last: int
    mean: float
    lower: float
    upper: float
    said: tuple[str, str, str]


@dataclass(frozen=True)
class Mark:
    """A line from top to bottom before a point, with words beside it."""

    before: int
    words: str


def control(
    dots: Sequence[Dot],
    limits: Sequence[Limit],
    *,
    marks: Sequence[Mark] = (),
    target: tuple[float, str] | None = None,
    tick: Callable[[float], str],
    heads: tuple[str, str, str, str] = ("Period", "Figure", "Signal", "Status"),
    key: str,
    title: str,
    desc: str,
) -> Chart:
    """An XmR chart of points in order. tick: how a number stands at the axis. The table has the newest first."""
    rows = tuple((dot.name, dot.said, dot.signal or "none", dot.status or "none") for dot in reversed(dots))
    table = Table(heads, rows)
    heights = [dot.value for dot in dots if dot.value is not None]
    if not heights:
        body = [text((LEFT + RIGHT) / 2, 60, "No figures yet", "t-m")]
        return Chart(svg(key, size=(WIDTH, 110), title=title, desc="No figures yet.", body=body), title, table)
    heights += [edge for one in limits for edge in (one.lower, one.upper)] + ([target[0]] if target else [])
    step, low, high = scale_of(min(heights), max(heights))

    def y(value: float) -> float:
        return BOTTOM - (value - low) * (BOTTOM - TOP) / (high - low)

    def x(place: float) -> float:
        return LEFT + 10 + place * (RIGHT - LEFT - 20) / max(len(dots) - 1, 1)

    body = []
    for count in range(round((high - low) / step) + 1):
        at = y(low + count * step)
        body += [
            f'<path class="gr" d="M{number(LEFT)} {number(at)}H{number(RIGHT)}"/>',
            text(LEFT - 8, at + 4, tick(low + count * step), "t-e"),
        ]
    body += _limits(limits, target, x, y)
    body += _marks(marks, x)
    body += _points(dots, x, y)
    body += _axis(dots, x)
    return Chart(svg(key, size=(WIDTH, HEIGHT), title=title, desc=desc, body=body), title, table)


def scale_of(low: float, high: float) -> tuple[float, float, float]:
    """(step, first, last) of an axis over some values: steps of 1, 2 or 5 times a power of ten, four to eight of them."""
    span = (high - low) or abs(high) or 1.0
    rough = span / 5
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first, last = floor(low / step), ceil(high / step)
    return step, first * step, max(last, first + 1) * step


def _limits(
    limits: Sequence[Limit], target: tuple[float, str] | None, x: Callable[[float], float], y: Callable[[float], float]
) -> list[str]:
    drawn, labels = [], []
    for one in limits:
        start = number(LEFT if one is limits[0] else x(one.first - 0.5))
        end = number(RIGHT if one is limits[-1] else x(one.last + 0.5))
        for kind, value in (("mean", one.mean), ("lim", one.lower), ("lim", one.upper)):
            drawn.append(f'<path class="{kind}" d="M{start} {number(y(value))}H{end}"/>')
    if limits:
        last = limits[-1]
        mean, lower, upper = last.said
        labels += [(y(last.mean), f"Mean {mean}"), (y(last.lower), f"Lower {lower}"), (y(last.upper), f"Upper {upper}")]
    if target:
        drawn.append(f'<path class="tgt" d="M{number(LEFT)} {number(y(target[0]))}H{number(RIGHT)}"/>')
        labels.append((y(target[0]), f"Target {target[1]}"))
    at = -APART
    for height, words in sorted(labels):
        at = max(height, at + APART)
        drawn.append(text(RIGHT + 6, at + 4, words))
    return drawn


def _marks(marks: Sequence[Mark], x: Callable[[float], float]) -> list[str]:
    drawn = []
    for mark in marks:
        at = x(mark.before - 0.5)
        drawn.append(f'<path class="base" d="M{number(at)} {number(TOP - 22)}V{number(BOTTOM)}"/>')
        words = mark.words if len(mark.words) <= 60 else mark.words[:59].rstrip() + "…"
        left = at > (LEFT + RIGHT) / 2
        drawn.append(text(at - 6 if left else at + 6, TOP - 14, words, "t-e" if left else ""))
    return drawn


def _points(dots: Sequence[Dot], x: Callable[[float], float], y: Callable[[float], float]) -> list[str]:
    path, drawn, joined = "", [], False
    for place, dot in enumerate(dots):
        if dot.value is None:
            joined = False  # no line over a period without a figure
            continue
        path += f"{'L' if joined else 'M'}{number(x(place))} {number(y(dot.value))}"
        joined = True
        kind = {(True, True): "pt-sig-prov", (True, False): "pt-sig", (False, True): "pt-prov"}
        named = kind.get((bool(dot.signal), dot.provisional), "pt")
        size = 3.5 if named == "pt" else 5.0
        drawn.append(
            f'<circle class="{named}" cx="{number(x(place))}" cy="{number(y(dot.value))}" r="{number(size)}"/>'
        )
    known = [place for place, dot in enumerate(dots) if dot.value is not None]
    last, beside = known[-1], [y(dots[place].value or 0) for place in known[-BESIDE:-1]]
    height = y(dots[last].value or 0)
    peak = bool(beside) and height < min(beside)  # what leads up to it lies below: there its words would cross the line
    said = f"{dots[last].said} provisional" if dots[last].provisional else dots[last].said
    label = text(x(last) + 4, height + (20 if not peak and height + 26 < BOTTOM else -11), said, "t-b t-e")
    return [f'<path class="ln-thin" d="{path}"/>', *drawn, label]


def _axis(dots: Sequence[Dot], x: Callable[[float], float]) -> list[str]:
    every = max(1, -(-len(dots) // 12))
    drawn, group = [], ""
    for place, dot in enumerate(dots):
        if place % every == 0:
            drawn.append(text(x(place), BOTTOM + 22, dot.label, "t-m"))
            if dot.group != group:
                drawn.append(text(x(place), BOTTOM + 38, dot.group, "t-m t-b"))
                group = dot.group
    return drawn


def trace(values: Sequence[float | None]) -> str:
    """The last figures as a line 84 by 22; it decorates a figure, so readers do not hear it. "" for no figure."""
    there = [(place, value) for place, value in enumerate(values) if value is not None]
    if not there:
        return ""
    low, high = min(value for _, value in there), max(value for _, value in there)
    path, before = "", None
    for place, value in there:
        across = 3 + 76 * place / max(len(values) - 1, 1)
        height = 11.0 if high == low else 19 - 16 * (value - low) / (high - low)
        path += f"{'L' if before == place - 1 else 'M'}{number(across)} {number(height)}"
        before = place
    return (
        '<svg class="c-spark" viewBox="0 0 84 22" aria-hidden="true" focusable="false">'
        f'<path d="{path}"/><circle cx="{number(across)}" cy="{number(height)}" r="2.6"/></svg>'
    )
