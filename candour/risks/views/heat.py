"""The heat map: every risk in the cell of its score, on the scale it was scored on, and where it stood before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.records.pages import marking_of
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.kernel.web.charts import Chart, Chip, heat_map
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.queries import Placed
from candour.risks.queries.moves import Moved, moves_of
from candour.risks.views.asked import Asked, asked_of
from candour.risks.views.listing import common, faces, in_words

IN_A_CELL = 12  # references of a cell in the table; the rest are one link away
MOVED = 12  # risks in the panel of those that moved; the rest are one link away
WIDE, HALF = 850.0, 590.0  # of a chart alone, and of two beside each other

Key = tuple[str, str]  # (code of the body, reference)


@dataclass(frozen=True)
class Mark:
    """A risk in a cell of the table: its reference, its address, and from where it moved."""

    reference: str
    href: str
    came: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its score, its band, the risks in it and how many more there are."""

    score: int
    band: Band
    shown: tuple[Mark, ...]
    more: int
    href: str


@dataclass(frozen=True)
class CellRow:
    level: Level
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Map:
    """One scale with its risks, as chart and as table."""

    matrix: Matrix
    name: str  # of the scale, after its body where the register shows several
    chart: Chart
    impact: tuple[Level, ...]
    rows: tuple[CellRow, ...]
    count: int
    moved: int


@page(RiskPermission.SEE, kept=True)
def heat(request: Request) -> HttpResponse:
    """The chart, its table, and what moved since the day compared with."""
    asked = asked_of(request)
    problems = asked.problems
    placed: list[Placed] = []
    moved: list[Moved] = []
    if not problems:
        wanted = asked.form.wanted(asked.base)
        placed = asked.source.placed(wanted)
        moved = moves_of(asked.source, wanted)
    context = common(asked, []) | {
        "filters": asked.form,
        "problems": problems,
        "has_errors": bool(problems),
        "faces": faces(asked, "map"),
        "total": len(placed),
        "bands": _bands_in_words(placed, asked.band_names),
        "maps": _maps(asked, placed, moved),
        "unscored": [(each.reference, _address(each, asked)) for each in placed if each.matrix is None],
        "moved": [(each, _address(each, asked)) for each in moved[:MOVED]],
        "moved_more": max(len(moved) - MOVED, 0),
        "moved_list": reverse("risks") + query_string(request.GET, movement="changed", page=None),
        "keep_since": [(name, value) for name, value in _kept(asked) if name != "since"],
        "marking": marking_of(each.sensitivity for each in placed),
    }
    return render(request, "risks/heat_map.html", context)


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """Everything of the address that the form of the day compared with must carry along."""
    return [(name, value) for name, values in asked.request.GET.lists() if name != "page" for value in values]


def _maps(asked: Asked, placed: Sequence[Placed], moved: Sequence[Moved]) -> list[Map]:
    """One map for each scale: those in force first, then older ones that a risk is still scored on."""
    by_scale: dict[int, list[Placed]] = defaultdict(list)
    scales = {matrix.id: matrix for matrix in asked.matrices}
    for each in placed:
        if each.matrix is not None:
            scales.setdefault(each.matrix.id, each.matrix)
            by_scale[each.matrix.id].append(each)
    came = {(each.organisation_code, each.reference): each for each in moved}
    shown = [matrix for pk, matrix in scales.items() if by_scale[pk] or matrix in asked.matrices[:1]]
    width = WIDE if len(shown) == 1 else HALF
    return [_map(asked, matrix, by_scale[matrix.id], came, width) for matrix in shown]


def _map(asked: Asked, matrix: Matrix, placed: Sequence[Placed], came: Mapping[Key, Moved], width: float) -> Map:
    name = f"{body}, {matrix.name}" if (body := asked.body_of(matrix)) else matrix.name
    impact = tuple(sorted(matrix.impact, key=lambda level: level.value))
    likelihood = tuple(sorted(matrix.likelihood, key=lambda level: -level.value))
    cells: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for each in placed:
        if each.impact and each.likelihood:
            cells[each.impact, each.likelihood].append(each)
    links = {(i.value, lk.value): _rest(asked, i.value, lk.value) for i in impact for lk in likelihood}
    chips = [_chip(each, asked, came) for each in placed]
    chart = heat_map(
        chips,
        impact=impact,
        likelihood=likelihood,
        bands=sorted(matrix.bands, key=lambda band: band.low),
        key=f"map-{matrix.id}",
        title=f"{asked.level_word} risks by likelihood and impact, {name}",
        more=links,
        width=width,
    )

    def cell(over: Level, up: Level) -> Cell:
        at = (over.value, up.value)
        inside, score = cells[at], matrix.score(*at)
        shown = tuple(_mark(each, asked, came) for each in inside[:IN_A_CELL])
        return Cell(score, matrix.band(score), shown, len(inside) - len(shown), links[at])

    rows = tuple(CellRow(up, tuple(cell(over, up) for over in impact)) for up in likelihood)
    return Map(matrix, name, chart, impact, rows, len(placed), sum(chip.was is not None for chip in chips))


def _before(each: Placed, came: Mapping[Key, Moved]) -> Moved | None:
    return came.get((each.organisation_code, each.reference))


def _chip(each: Placed, asked: Asked, came: Mapping[Key, Moved]) -> Chip:
    """A chip of the chart. From another scale no arrow leads here: its cells are not those of this one."""
    before = _before(each, came)
    was = before.was if before and before.direction != "rescaled" else None
    cell = (was.impact, was.likelihood) if was else None
    return Chip(each.reference, _address(each, asked), each.impact or 0, each.likelihood or 0, cell)


def _mark(each: Placed, asked: Asked, came: Mapping[Key, Moved]) -> Mark:
    before = _before(each, came)
    if before is None:
        return Mark(each.reference, _address(each, asked))
    rescaled = before.direction == "rescaled"
    said = f"from {before.was} on {before.was.matrix.name}" if rescaled else f"from {before.was}"
    return Mark(each.reference, _address(each, asked), said)


def _rest(asked: Asked, impact: int, likelihood: int) -> str:
    """The list of everything in a cell."""
    return reverse("risks") + query_string(
        asked.request.GET, impact=impact, likelihood=likelihood, page=None, sort=None
    )


def _address(each: Placed | Moved, asked: Asked) -> str:
    place = {"organisation": each.organisation_code, "reference": each.reference}
    return reverse("risk", kwargs=place) + asked.as_at.query


def _bands_in_words(placed: Sequence[Placed], order: list[str]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for each in placed:
        scored = each.matrix is not None and each.impact and each.likelihood
        counts[each.matrix.band(each.impact * each.likelihood).name if scored else ""] += 1  # type: ignore[union-attr, operator]
    return in_words(counts, order)
