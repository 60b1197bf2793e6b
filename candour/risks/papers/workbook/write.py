"""Rows to a workbook: what may be edited is open, the rest is locked, and what was exported is kept beside it. Pure."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.papers.workbook.write import BookWriter
from candour.kernel.scales.rules import Matrix
from candour.risks.papers.workbook.columns import (
    ABOUT,
    COLUMNS,
    CONTROL_HEADS,
    CONTROLS,
    LEVELS,
    NOBODY,
    REGISTER,
    SHAPE,
    UPDATE_HEADS,
    UPDATES,
    control_state,
)
from candour.risks.queries.export import BodyLists, Stock
from candour.risks.queries.rows import RiskRow

SCORED = tuple(SHAPE.places[key] for key in ("score", "band"))
STEPS = [
    ("1. Change", f"Change the yellow cells of {REGISTER}. Where a cell has a list, choose from it."),
    ("2. Leave", "The other cells are locked: Candour works them out. Score and band move once the change is saved there."),
    ("3. Save", "Save this file as an Excel workbook (.xlsx). Rows may be left out; a new risk is recorded in Candour."),
    ("4. Bring it back", "In Candour: Risks, Bring a workbook back. It shows each change before anything is saved, and asks "
    "which one holds where the register has changed meanwhile."),
]  # fmt: skip


def workbook_of(stock: Stock) -> bytes:
    """The workbook of some rows. On a past day nothing in it may be edited."""
    sheets = (REGISTER, CONTROLS, UPDATES, ABOUT)
    writer = BookWriter(SHAPE, title="Risk register", sheets=sheets, lists=dict(_lists(stock)))
    _register(writer, stock)
    controls = ((row, one) for row in stock.rows for one in row.controls if not one.removed_on)
    sheet = writer.locked(
        CONTROLS,
        CONTROL_HEADS,
        [12, 60, 26, 20, 18],
        (
            (row.reference, one.text, one.owner or NOBODY, control_state(one), one.due if one.pending else one.in_place_since)
            for row, one in controls
        ),
    )  # fmt: skip
    sheet.freeze_panes(1, 1)
    updates = ((row, one) for row in stock.rows for one in reversed(row.updates))
    writer.locked(UPDATES, UPDATE_HEADS, [12, 18, 100], ((row.reference, one.dated, one.text) for row, one in updates))
    writer.about(ABOUT, _facts(stock))
    return writer.finish(stock.rows, as_at=stock.as_at, past=stock.past)


def _lists(stock: Stock) -> Iterator[tuple[str, list[str]]]:
    yield "level", list(LEVELS.values())
    for body in stock.bodies:
        yield f"post {body.pk}", [NOBODY, *(title for _, title in body.posts)]
        for axis in ("impact", "likelihood") if body.matrix else ():
            yield f"{axis} {body.pk}", [f"{level.value} {level.word}" for level in _rising(body, axis)]


def _register(writer: BookWriter[RiskRow], stock: Stock) -> None:
    writer.register(stock.rows, opened=lambda row, _column: row.organisation_id in stock.changeable)
    for number, row in enumerate(stock.rows, 1):
        if row.band:
            writer.tint(number, SCORED, (COLUMNS[place - 1].value(row) for place in SCORED), row.band.tone)
    for column in SHAPE.editable if stock.changeable else ():
        for body, rows in groupby(enumerate(stock.rows, 1), key=lambda each: each[1].organisation_id):
            name = column.choice if column.choice == "level" else f"{column.choice} {body}"
            if column.choice and body in stock.changeable:
                numbers = [number for number, _ in rows]
                writer.choose(column, name, numbers[0], numbers[-1])


def _facts(stock: Stock) -> list[tuple[str, str]]:
    restricted = sum(row.restricted for row in stock.rows)
    warned = [("OFFICIAL-SENSITIVE", f"Holds {restricted} restricted risk{'s' if restricted > 1 else ''}")]
    return [
        *(warned if restricted else []),
        ("Risk register", f"as it stood on {say_date(stock.as_at)}"),
        ("Of", " and ".join(body.name for body in stock.bodies) or "no body"),
        ("Risks", f"{len(stock.rows):,}"),
        *(STEPS if stock.changeable else [("Every cell is locked", _locked(stock))]),
        *(("Scale", f"{body.name}: {_bands(body.matrix)}") for body in stock.bodies if body.matrix),
    ]


def _rising(body: BodyLists, axis: str) -> list[Any]:
    return sorted(body.matrix.levels(axis), key=lambda level: level.value) if body.matrix else []  # type: ignore[arg-type]


def _locked(stock: Stock) -> str:
    return "This workbook shows a past day." if stock.past else "Your post may read these risks, and not change them."


def _bands(matrix: Matrix) -> str:
    """ "Scale of 2018. High 8 to 16, Medium 5 to 7, Low 1 to 4": highest first."""
    bands = sorted(matrix.bands, key=lambda band: -band.high)
    return f"{matrix.name}. {', '.join(f'{band.name} {band.low} to {band.high}' for band in bands)}"
