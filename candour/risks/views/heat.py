"""The heat map: every risk in the cell of its score, on the scale it was scored on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.records.pages import marking_of
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.kernel.web.charts import Chart, Chip, heat_map
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.queries import Placed, RiskRow
from candour.risks.views.frame import Listed
from candour.risks.views.listing import Asked, asked_of, common, faces, in_words

IN_A_CELL = 12  # references of a cell in the table; the rest are one link away
MOVED = 12  # risks in the panel of those that moved


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its score, its band, the risks in it and how many more there are."""

    score: int
    band: Band
    shown: tuple[tuple[str, str], ...]  # (reference, address)
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


@page(RiskPermission.SEE, kept=True)
def heat(request: Request) -> HttpResponse:
    """The chart, its table, and what moved since the day compared with."""
    asked = asked_of(request)
    problems = [*asked.as_at.problems, *asked.form.problems]
    placed: list[Placed] = []
    moved: tuple[RiskRow, ...] = ()
    if not problems:
        wanted = asked.form.wanted(asked.base)
        placed = asked.source.placed(wanted)
        moved = _moved(asked)
    context = common(asked, []) | {
        "filters": asked.form,
        "problems": problems,
        "has_errors": bool(problems),
        "faces": faces(asked, "map"),
        "total": len(placed),
        "bands": _bands_in_words(placed, asked.bands),
        "maps": _maps(asked, placed),
        "unscored": [(each.reference, _address(each, asked)) for each in placed if each.matrix is None],
        "moved": [Listed(row, _address(row, asked), True, asked.day) for row in moved],
        "marking": marking_of(each.sensitivity for each in placed),
    }
    return render(request, "risks/heat_map.html", context)


def _moved(asked: Asked) -> tuple[RiskRow, ...]:
    wanted = replace(asked.form.wanted(asked.base), movement="changed")
    page_of_moved = asked.source.page(wanted, sort="-score", offset=0, size=MOVED)
    return tuple(row for row in page_of_moved.rows if row.direction in {"up", "down"})


def _maps(asked: Asked, placed: Sequence[Placed]) -> list[Map]:
    """One map for each scale: those in force first, then older ones that a risk is still scored on."""
    by_scale: dict[int, list[Placed]] = defaultdict(list)
    scales = {matrix.id: matrix for matrix in asked.matrices}
    for each in placed:
        if each.matrix is not None:
            scales.setdefault(each.matrix.id, each.matrix)
            by_scale[each.matrix.id].append(each)
    return [
        _map(asked, matrix, by_scale[pk])
        for pk, matrix in scales.items()
        if by_scale[pk] or matrix in asked.matrices[:1]
    ]


def _map(asked: Asked, matrix: Matrix, placed: Sequence[Placed]) -> Map:
    name = f"{body}, {matrix.name}" if (body := asked.body_of(matrix)) else matrix.name
    impact = tuple(sorted(matrix.impact, key=lambda level: level.value))
    likelihood = tuple(sorted(matrix.likelihood, key=lambda level: -level.value))
    cells: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for each in placed:
        if each.impact and each.likelihood:
            cells[each.impact, each.likelihood].append(each)
    links = {(i.value, lk.value): _rest(asked, i.value, lk.value) for i in impact for lk in likelihood}
    chart = heat_map(
        [Chip(each.reference, _address(each, asked), each.impact or 0, each.likelihood or 0) for each in placed],
        impact=impact,
        likelihood=likelihood,
        bands=sorted(matrix.bands, key=lambda band: band.low),
        key=f"map-{matrix.id}",
        title=f"{asked.level_word} risks by likelihood and impact, {name}",
        more=links,
    )
    rows = tuple(
        CellRow(up, tuple(_cell(asked, matrix, (i.value, up.value), cells[i.value, up.value], links) for i in impact))
        for up in likelihood
    )
    return Map(matrix, name, chart, impact, rows, len(placed))


def _cell(
    asked: Asked, matrix: Matrix, at: tuple[int, int], inside: Sequence[Placed], links: dict[tuple[int, int], str]
) -> Cell:
    score = matrix.score(*at)
    shown = tuple((each.reference, _address(each, asked)) for each in inside[:IN_A_CELL])
    return Cell(score, matrix.band(score), shown, len(inside) - len(shown), links[at])


def _rest(asked: Asked, impact: int, likelihood: int) -> str:
    """The list of everything in a cell."""
    return reverse("risks") + query_string(
        asked.request.GET, impact=impact, likelihood=likelihood, page=None, sort=None
    )


def _address(each: Placed | RiskRow, asked: Asked) -> str:
    place = {"organisation": each.organisation_code, "reference": each.reference}
    return reverse("risk", kwargs=place) + asked.as_at.query


def _bands_in_words(placed: Sequence[Placed], order: Sequence[Band]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for each in placed:
        scored = each.matrix is not None and each.impact and each.likelihood
        counts[each.matrix.band(each.impact * each.likelihood).name if scored else ""] += 1  # type: ignore[union-attr, operator]
    return in_words(counts, list(order))
