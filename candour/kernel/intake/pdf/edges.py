"""The lines of a page, the sides of what is painted on it among them, and which of them meet. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .sheet import Box, Rule, Sheet

NEAR = 3.0  # points within which two lines are one, or meet
_BACKGROUND = 0.8  # of the page: a painted area as large is no table
_LINES = 1500  # of one page, those in line counted as one; with more it is a drawing
_COVERED = 0.6  # of a side of a cell that a line must cover to part it from the next


@dataclass
class Part:
    """Lines that meet one another. painted: all are sides of painted areas."""

    flat: list[Rule]
    down: list[Rule]
    painted: bool = False

    @property
    def box(self) -> Box:
        xs = [x for rule in self.flat for x in (rule.start, rule.end)] + [rule.at for rule in self.down]
        ys = [y for rule in self.down for y in (rule.start, rule.end)] + [rule.at for rule in self.flat]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def inner(self) -> list[float]:
        """The xs of the lines down between its left and its right side."""
        return self.xs[1:-1]

    @property
    def xs(self) -> list[float]:
        """The xs of its sides and of all lines down."""
        x0, _, x1, _ = self.box
        inner = (rule.at for rule in self.down if x0 + NEAR < rule.at < x1 - NEAR)
        return [x0, *levels(inner), x1]

    @property
    def closed(self) -> bool:
        """Whether it has a left and a right side."""
        x0, y0, x1, y1 = self.box
        return bool(self.down) and all(parted(self.down, x, y0, y1) for x in (x0, x1))

    def add(self, other: "Part") -> None:
        self.flat += other.flat
        self.down += other.down
        self.painted = self.painted and other.painted


def parts_of(sheet: Sheet) -> list[Part]:
    """The lines of a page, together where they meet."""
    found = _parts(_edges(sheet))
    for part in found:
        x0, y0, x1, y1 = part.box
        drawn = (rule for rule in sheet.rules if y0 - NEAR <= (rule.at if rule.flat else rule.start) <= y1 + NEAR)
        part.painted = not any(x0 - NEAR <= (rule.start if rule.flat else rule.at) <= x1 + NEAR for rule in drawn)
    return found


def _edges(sheet: Sheet) -> list[Rule]:
    """Lines, and the sides of painted areas that no frame of lines holds already; those in line are one."""
    edges = list(sheet.rules)
    for fill in sheet.fills:
        x0, y0, x1, y1 = fill.box
        if (x1 - x0) * (y1 - y0) > _BACKGROUND * sheet.width * sheet.height or min(x1 - x0, y1 - y0) < 6:
            continue
        if not _chip(fill.box, sheet):
            edges += [Rule(True, y0, x0, x1), Rule(True, y1, x0, x1), Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)]
    merged = _merged(edges)
    return merged if len(merged) <= _LINES else []


def _chip(box: Box, sheet: Sheet) -> bool:
    """Whether a painted area floats inside another or between lines: a badge or highlighted words, no cell."""
    return any(
        other.box != box and _within(box, other.box) and other.colour and _area(other.box) > 1.5 * _area(box)
        for other in sheet.fills
    )


def _merged(edges: Iterable[Rule]) -> list[Rule]:
    """Edges within reach of one another along one line, as one."""
    found: list[Rule] = []
    for flat in (True, False):
        groups: list[list[Rule]] = []
        for edge in sorted((edge for edge in edges if edge.flat == flat), key=lambda edge: edge.at):
            if groups and edge.at - groups[-1][0].at <= NEAR:
                groups[-1].append(edge)
            else:
                groups.append([edge])
        for group in groups:
            at = sum(edge.at for edge in group) / len(group)
            group.sort(key=lambda edge: edge.start)
            start, end = group[0].start, group[0].end
            for edge in group[1:]:
                if edge.start > end + NEAR + 1:
                    found.append(Rule(flat, at, start, end))
                    start, end = edge.start, edge.end
                end = max(end, edge.end)
            found.append(Rule(flat, at, start, end))
    return found


def _parts(edges: Sequence[Rule]) -> list[Part]:
    """Edges that meet, together."""
    flat, down = [edge for edge in edges if edge.flat], [edge for edge in edges if not edge.flat]
    above = list(range(len(edges)))

    def root(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    for a, one in enumerate(flat):
        for b, two in enumerate(down, len(flat)):
            meets = one.start - NEAR <= two.at <= one.end + NEAR and two.start - NEAR <= one.at <= two.end + NEAR
            if meets:
                above[root(b)] = root(a)
    groups: dict[int, Part] = {}
    for n, edge in enumerate([*flat, *down]):
        part = groups.setdefault(root(n), Part([], []))
        (part.flat if edge.flat else part.down).append(edge)
    return [part for part in groups.values() if part.flat]


def parted(edges: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges if abs(edge.at - at) <= NEAR)
    return covered >= _COVERED * (end - start)


def levels(values: Iterable[float]) -> list[float]:
    """Values within reach of one another as one, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def within_reach(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two rows of levels are the same."""
    return len(some) == len(others) and all(abs(a - b) <= NEAR for a, b in zip(some, others, strict=True))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] > outer[0] + 1 and inner[1] > outer[1] + 1 and inner[2] < outer[2] - 1 and inner[3] < outer[3] - 1
