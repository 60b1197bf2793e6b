"""The heat map (pure): every live record in the cell of its score, drawn with links, and as a table for phones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from candour.kernel.web.drawing import TONES, Banded, Chart, Levelled, Table, number, rect, svg, text


@dataclass(frozen=True)
class Chip:
    """A record on the heat map."""

    reference: str
    href: str
    impact: int
    likelihood: int


@dataclass(frozen=True)
class Cell:
    """One score of the matrix: its band, the records in it, and where the list of them all is, if it is given."""

    impact: int
    likelihood: int
    band: Banded
    chips: tuple[Chip, ...]
    more: str

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
) -> HeatMap:
    """A matrix of any size, impact across and likelihood up, with a link for each record.

    A cell shows as many records as it has room for and then "+ n more", linked to more[(impact, likelihood)].
    """

    def cell(over: Levelled, up: Levelled) -> Cell:
        inside = tuple(chip for chip in chips if (chip.impact, chip.likelihood) == (over.value, up.value))
        band = next(band for band in bands if band.low <= over.value * up.value <= band.high)
        return Cell(over.value, up.value, band, inside, (more or {}).get((over.value, up.value), ""))

    downwards = sorted(likelihood, key=lambda level: -level.value)
    rows = tuple(HeatRow(up, tuple(cell(over, up) for over in impact)) for up in downwards)
    said = f"{len(chips)} {'record' if len(chips) == 1 else 'records'}"
    desc = (
        f"{len(impact) * len(likelihood)} cells, likelihood up and impact across, {said}. The table lists every cell."
    )
    heads = ("Likelihood", *(f"Impact {level.value} {level.word}" for level in impact))
    table = Table(heads, tuple(_row_in_words(row) for row in rows))
    size = (WIDTH, 8 + len(rows) * (HEIGHT + 4) + 52)
    drawn = svg(key, size=size, title=title, desc=desc, body=_matrix(rows, tuple(impact)), role="group")
    return HeatMap(drawn, title, table, tuple(impact), rows)


def _row_in_words(row: HeatRow) -> tuple[str, ...]:
    cells = (", ".join(chip.reference for chip in cell.chips) or "none" for cell in row.cells)
    return (f"{row.level.value} {row.level.word}", *cells)


def _matrix(rows: Sequence[HeatRow], impact: Sequence[Levelled]) -> list[str]:
    column = (WIDTH - LEFT + 2) / len(impact)
    body: list[str] = []
    for place, row in enumerate(rows):
        y = 8 + place * (HEIGHT + 4)
        body.append(_level(0, y + 54, row.level))
        for across, cell in enumerate(row.cells):
            body += _cell(cell, x=LEFT + across * column, y=y, width=column - 4)
    base = 8 + len(rows) * (HEIGHT + 4)
    for across, over in enumerate(impact):
        body.append(_level(LEFT + across * column + column / 2 - 2, base + 18, over, "t-l t-m"))
    body.append(text(0, 24, "Likelihood", "t-b t-l"))
    body.append(text(LEFT + (WIDTH - LEFT) / 2, base + 44, "Impact", "t-b t-l t-m"))
    return body


def _level(x: float, y: float, level: Levelled, classes: str = "t-l") -> str:
    words = f'<tspan class="t-b">{level.value}</tspan>  {escape(level.word)}'
    return f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{words}</text>'


def _cell(cell: Cell, *, x: float, y: float, width: float) -> list[str]:
    tone = TONES[cell.band.tone]
    drawn = [
        rect(x, y, width, HEIGHT, f"b-{tone}", radius=2),
        rect(x, y, 30, 20, f"s-{tone}"),
        text(x + 15, y + 14.5, cell.score, f"t-chip t-chip-{cell.band.tone}"),
        text(x + width - 7, y + 14, cell.band.name, "t-e"),
    ]
    wide = min(max([72.0, *(7.2 * len(chip.reference) + 14 for chip in cell.chips)]), width - 16)
    across = max(1, int((width - 8) // (wide + 8)))
    room = across * 3
    shown = cell.chips if len(cell.chips) <= room else cell.chips[: room - 1]

    def at(place: int) -> tuple[float, float]:
        return x + 8 + place % across * (wide + 8), y + 26 + place // across * CHIP

    drawn += [_chip(chip, *at(place), wide) for place, chip in enumerate(shown)]
    if rest := len(cell.chips) - len(shown):
        left, top = at(room - 1)
        words = text(left + 7, top + 15, f"+ {rest} more", "chip-t")
        box = rect(left, top, wide, 21, "chip", radius=2)
        said = f"{rest} more with score {cell.score}"
        drawn.append(f'<a href="{escape(cell.more)}" aria-label="+ {said}">{box}{words}</a>' if cell.more else words)
    return drawn


def _chip(chip: Chip, x: float, y: float, width: float) -> str:
    fits = int((width - 14) // 7.2) + 1
    shown = chip.reference if len(chip.reference) <= fits else chip.reference[: fits - 1] + "…"
    return (
        f'<a href="{escape(chip.href)}" aria-label="{escape(chip.reference)}, score {chip.impact * chip.likelihood}">'
        f"{rect(x, y, width, 21, 'chip', radius=2)}{text(x + 7, y + 15, shown, 'chip-t')}</a>"
    )
