"""The heat map (pure): every live record in the cell of its score, drawn with links, and as a table for phones.

A record that moved leaves a ghost in the cell that it came from, and an arrow leads from that cell to its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from candour.kernel.web.arrows import arrows
from candour.kernel.web.drawing import TONES, Banded, Chart, Levelled, Table, number, rect, svg, text


@dataclass(frozen=True)
class Chip:
    """A record on the heat map. was: the cell (impact, likelihood) of the same matrix that it moved from, if it moved."""

    reference: str
    href: str
    impact: int
    likelihood: int
    was: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        return self.impact, self.likelihood

    @property
    def said(self) -> str:
        """ "A1, score 12, from 3 × 3 to 4 × 3"."""
        came = f", from {_times(self.was)} to {_times(self.place)}" if self.was else ""
        return f"{self.reference}, score {self.impact * self.likelihood}{came}"

    @property
    def arrow(self) -> str:
        """Up, down, or to the side where the score stayed."""
        if self.was is None:
            return ""
        before, now = self.was[0] * self.was[1], self.impact * self.likelihood
        return "↑" if now > before else "↓" if now < before else "→"


def _times(place: tuple[int, int]) -> str:
    return f"{place[0]} × {place[1]}"


@dataclass(frozen=True)
class Cell:
    """One score of the matrix: its band, the records in it, where the list of them all is, if it is given, and what left."""

    impact: int
    likelihood: int
    band: Banded
    chips: tuple[Chip, ...]
    more: str
    left: tuple[Chip, ...] = ()

    @property
    def score(self) -> int:
        return self.impact * self.likelihood


@dataclass(frozen=True)
class HeatRow:
    """The cells of one likelihood, impact rising."""

    level: Levelled
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class HeatMap(Chart):
    """A chart that also gives its cells, for the table that phones show."""

    impact: tuple[Levelled, ...]
    rows: tuple[HeatRow, ...]


LEFT, WIDTH, HEIGHT, CHIP = 106.0, 850.0, 104.0, 24.5


def heat_map(
    chips: Sequence[Chip],
    *,
    impact: Sequence[Levelled],
    likelihood: Sequence[Levelled],
    bands: Sequence[Banded],
    key: str,
    title: str,
    more: Mapping[tuple[int, int], str] | None = None,
    width: float = WIDTH,
) -> HeatMap:
    """A matrix of any size, impact across and likelihood up, with a link for each record. width: 850, or less for two beside.

    A cell shows as many records as it has room for and then "+ n more", linked to more[(impact, likelihood)].
    """

    def cell(over: Levelled, up: Levelled) -> Cell:
        place = (over.value, up.value)
        inside = tuple(chip for chip in chips if chip.place == place)
        left = tuple(chip for chip in chips if chip.was == place)
        band = next(band for band in bands if band.low <= over.value * up.value <= band.high)
        return Cell(*place, band, inside, (more or {}).get(place, ""), left)

    downwards = sorted(likelihood, key=lambda level: -level.value)
    rows = tuple(HeatRow(up, tuple(cell(over, up) for over in impact)) for up in downwards)
    said = f"{len(chips)} {'record' if len(chips) == 1 else 'records'}"
    moved = [f"{chip.reference} from {_times(chip.was)} to {_times(chip.place)}" for chip in chips if chip.was]
    desc = (
        f"{len(impact) * len(likelihood)} cells, likelihood up and impact across, {said}. The table lists every cell."
        f"{' Moved: ' + ', '.join(moved) + '.' if moved else ''}"
    )
    heads = ("Likelihood", *(f"Impact {level.value} {level.word}" for level in impact))
    table = Table(heads, tuple(_row_in_words(row) for row in rows))
    size = (width, 8 + len(rows) * (HEIGHT + 4) + 52)
    body = _matrix(rows, tuple(impact), width)
    drawn = svg(key, size=size, title=title, desc=desc, body=body, role="group")
    return HeatMap(drawn, title, table, tuple(impact), rows)


def _row_in_words(row: HeatRow) -> tuple[str, ...]:
    cells = (", ".join(chip.reference for chip in cell.chips) or "none" for cell in row.cells)
    return (f"{row.level.value} {row.level.word}", *cells)


def _matrix(rows: Sequence[HeatRow], impact: Sequence[Levelled], width: float) -> list[str]:
    column = (width - LEFT + 2) / len(impact)
    grounds: list[str] = []
    body: list[str] = []
    anchors: dict[tuple[int, int], tuple[float, float]] = {}
    for place, row in enumerate(rows):
        y = 8 + place * (HEIGHT + 4)
        body += _level_up(y + 54, row.level)
        for across, cell in enumerate(row.cells):
            x = LEFT + across * column
            grounds.append(rect(x, y, column - 4, HEIGHT, f"b-{TONES[cell.band.tone]}", radius=2))
            body += _cell(cell, x=x, y=y, width=column - 4)
            anchors[cell.impact, cell.likelihood] = (x + column - 20, y + HEIGHT / 2 + 10)
    base = 8 + len(rows) * (HEIGHT + 4)
    for across, over in enumerate(impact):
        body.append(_level(LEFT + across * column + column / 2 - 2, base + 18, over, "t-l t-m"))
    body.append(text(0, 24, "Likelihood", "t-b t-l"))
    body.append(text(LEFT + (width - LEFT) / 2, base + 44, "Impact", "t-b t-l t-m"))
    chips = [chip for row in rows for cell in row.cells for chip in cell.chips]
    # Over the colours and under the records, so that no reference is struck through.
    return [*grounds, *arrows({(chip.was, chip.place) for chip in chips if chip.was in anchors}, anchors), *body]


def _level(x: float, y: float, level: Levelled, classes: str = "t-l") -> str:
    words = f'<tspan class="t-b">{level.value}</tspan>  {escape(level.word)}'
    return f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{words}</text>'


def _level_up(y: float, level: Levelled) -> list[str]:
    """A level of likelihood, over two lines where its word is long."""
    first, _, rest = level.word.partition(" ") if len(level.word) > 11 else (level.word, "", "")
    drawn = [
        f'<text class="t-l" x="0" y="{number(y)}"><tspan class="t-b">{level.value}</tspan>  {escape(first)}</text>'
    ]
    return drawn + ([text(16, y + 17, rest, "t-l")] if rest else [])


def _cell(cell: Cell, *, x: float, y: float, width: float) -> list[str]:
    tone = TONES[cell.band.tone]
    drawn = [
        rect(x, y, 30, 20, f"s-{tone}"),
        text(x + 15, y + 14.5, cell.score, f"t-chip t-chip-{cell.band.tone}"),
        text(x + width - 7, y + 14, cell.band.name, "t-e"),
    ]
    wide = min(max([72.0, *(7.2 * len(_worded(chip)) + 14 for chip in (*cell.chips, *cell.left))]), width - 16)
    across = max(1, int((width - 8) // (wide + 8)))
    room = across * 3
    shown = cell.chips if len(cell.chips) <= room else cell.chips[: room - 1]

    def at(place: int) -> tuple[float, float]:
        return x + 8 + place % across * (wide + 8), y + 26 + place // across * CHIP

    drawn += [_chip(chip, *at(place), wide) for place, chip in enumerate(shown)]
    if len(shown) == len(cell.chips):
        drawn += [_ghost(chip, *at(len(shown) + n), wide) for n, chip in enumerate(cell.left[: room - len(shown)])]
    if rest := len(cell.chips) - len(shown):
        left, top = at(room - 1)
        words = text(left + 7, top + 15, f"+ {rest} more", "chip-t")
        box = rect(left, top, wide, 21, "chip", radius=2)
        said = f"{rest} more with score {cell.score}"
        drawn.append(f'<a href="{escape(cell.more)}" aria-label="+ {said}">{box}{words}</a>' if cell.more else words)
    return drawn


def _worded(chip: Chip) -> str:
    return f"{chip.reference} {chip.arrow}" if chip.arrow else chip.reference


def _fitting(words: str, width: float, end: str = "") -> str:
    fits = int((width - 14) // 7.2) + 1 - len(end)
    return (words if len(words) <= fits else words[: fits - 1] + "…") + end


def _chip(chip: Chip, x: float, y: float, width: float) -> str:
    shown = _fitting(chip.reference, width, f" {chip.arrow}" if chip.arrow else "")
    return (
        f'<a href="{escape(chip.href)}" aria-label="{escape(chip.said)}">'
        f"{rect(x, y, width, 21, 'chip', radius=2)}{text(x + 7, y + 15, shown, 'chip-t')}</a>"
    )


def _ghost(chip: Chip, x: float, y: float, width: float) -> str:
    """Where a record stood. The link of the record itself says so too, so this one is only drawn."""
    box = rect(x, y, width, 21, "ghost", radius=2)
    return f'<g aria-hidden="true">{box}{text(x + 7, y + 15, _fitting(chip.reference, width), "ghost-t")}</g>'
