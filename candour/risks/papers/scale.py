"""The scoring matrix as a paper prints it: the levels in words, and the grid. Pure."""

from collections.abc import Iterable, Iterator

from candour.kernel.papers.document import Block, Column, Heading, Row, Table, cell, para
from candour.kernel.scales.rules import Axis, Matrix
from candour.risks.papers.words import level


def matrix_parts(matrices: Iterable[Matrix]) -> Iterator[Block]:
    """Impact, likelihood and the grid of each scale; a heading for each where there are several."""
    matrices = tuple(matrices)
    if not matrices:
        yield para("The body has no scoring matrix yet.")
    for matrix in matrices:
        named = f", {matrix.name}" if len(matrices) > 1 else ""
        if named:
            yield Heading(2, matrix.name)
        yield _levels(matrix, "impact", named)
        yield _levels(matrix, "likelihood", named)
        yield _grid(matrix, named)


def _levels(matrix: Matrix, axis: Axis, named: str) -> Table:
    levels = sorted(matrix.levels(axis), key=lambda one: -one.value)
    described = any(one.description for one in levels)
    columns = (
        Column(f"{axis.capitalize()} score", 8, "centre"),
        Column(axis.capitalize(), 14),
        Column("What it means", 50),
    )
    rows = tuple(
        Row((cell(one.value), cell(one.word), *((cell(one.description or "Not described"),) if described else ())))
        for one in levels
    )
    return Table(f"Levels of {axis}{named}", columns if described else columns[:2], rows, look="plain")


def _grid(matrix: Matrix, named: str) -> Table:
    across = sorted(matrix.impact, key=lambda one: one.value)
    down = sorted(matrix.likelihood, key=lambda one: -one.value)
    rows = []
    for chance in down:
        scores = [matrix.score(impact.value, chance.value) for impact in across]
        bands = [(score, matrix.band(score)) for score in scores]
        cells = (cell(band.name, badge=score, tone=band.tone) for score, band in bands)
        rows.append(Row((cell(level(chance)), *cells)))
    return Table(
        f"Overall score{named}: impact across, likelihood down",
        (Column("Likelihood", 14), *(Column(level(one), 10, "centre") for one in across)),
        tuple(rows),
        look="matrix",
    )
