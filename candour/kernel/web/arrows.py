"""Arrows between the cells of a matrix (pure): one for each way that something moved, however many moved so."""

from collections.abc import Iterable, Mapping
from math import hypot

from candour.kernel.web.drawing import number

Place = tuple[int, int]
Point = tuple[float, float]
GAP = 12.0  # from the place of a cell
BESIDE = 5.0  # so that arrows to and fro do not lie on each other
HEAD = 9.0


def arrows(moves: Iterable[tuple[Place | None, Place]], places: Mapping[Place, Point]) -> list[str]:
    """A line with a head from each cell to the other: red where the score rose, green where it fell, grey to the side."""
    return [_arrow(places[was], places[now], _way(was, now)) for was, now in sorted(moves) if was]  # type: ignore[type-var]


def _way(was: Place, now: Place) -> str:
    before, after = was[0] * was[1], now[0] * now[1]
    return "up" if after > before else "down" if after < before else "side"


def _arrow(start: Point, end: Point, way: str) -> str:
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1
    dx, dy = across / length, down / length
    (x1, y1), (x2, y2) = (
        (x + side * GAP * dx - BESIDE * dy, y + side * GAP * dy + BESIDE * dx)
        for (x, y), side in ((start, 1), (end, -1))
    )
    bx, by = x2 - HEAD * dx, y2 - HEAD * dy
    head = [(x2, y2), (bx - HEAD / 2 * dy, by + HEAD / 2 * dx), (bx + HEAD / 2 * dy, by - HEAD / 2 * dx)]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in head)
    return (
        f'<g class="mv mv-{way}" aria-hidden="true"><path d="M{number(x1)} {number(y1)}L{number(bx)} {number(by)}"/>'
        f'<polygon points="{points}"/></g>'
    )
