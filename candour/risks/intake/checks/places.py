"""Matrices that hold the references of risks: each stands where its impact and likelihood put it. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from candour.kernel.intake.document import Finding, Place, Table

from ..grid import axis_of
from ..joined import Risk
from ..matrix import AXES, Scale
from ..paper import Paper
from ..values import reference_key

Placed = dict[str, list[tuple[int, int, Place]]]  # reference -> its rows and columns as levels


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Risks that a matrix shows elsewhere than their levels say, where it shows most of them as they are."""
    known = {
        reference_key(risk.reference): risk
        for risk in risks
        if risk.reference and risk.record["impact_value"] and risk.record["likelihood_value"]
    }
    for table in paper.document.tables if known else ():
        for axis, other in (AXES, AXES[::-1]):
            placed = _placed(table, set(known), paper.scale, axis)
            if placed and (found := _misplaced(placed, known, axis, other)) is not None:
                yield from found
                break


def _misplaced(placed: Placed, known: dict[str, Risk], axis: str, other: str) -> list[Finding] | None:
    """What is shown elsewhere; None where most is, so that the matrix must be meant another way."""
    found = []
    for key, places in placed.items():
        risk = known[key]
        right = risk.record[f"{axis}_value"], risk.record[f"{other}_value"]
        row, column, place = places[0]
        if right in {(one, two) for one, two, _place in places}:
            continue
        says, should = f"{axis} {row}, {other} {column}", f"{axis} {right[0]}, {other} {right[1]}"
        message = f"The matrix shows {risk.reference} at {says}; its levels are {should}."
        found.append(Finding("matrix-place", "error", place, risk.reference, says, should, message))
    return found if len(found) * 2 < len(placed) else None


def _placed(table: Table, keys: set[str], scale: Scale, axis: str) -> Placed:
    """Where a table shows references, its rows as levels of an axis; empty where it is no such matrix."""
    rows = [row for row in table.rows if row.width]
    other = AXES[1 - AXES.index(axis)]
    side = [scale.value(axis, row.texts[0]) if row.texts and row.texts[0] else None for row in rows]
    heads = next((row for row in rows if len(_levels(row.texts, scale, other)) >= 3), None)
    body = [(row, level) for row, level in zip(rows, side, strict=True) if level and row is not heads]
    if heads is None or len(body) < 3 or _named_otherwise(heads.texts[0] if heads.texts else "", axis):
        return {}
    columns = _levels(heads.texts, scale, other)
    found: Placed = {}
    for (row, level), (n, across) in product(body, columns.items()):
        for one in _references(row.texts[n]) if n < len(row.cells) else ():
            if one in keys:
                found.setdefault(one, []).append((level, across, row.place))
    return found if len(found) >= 2 else {}


def _levels(texts: Sequence[str], scale: Scale, axis: str) -> dict[int, int]:
    told = {n: scale.value(axis, text) for n, text in enumerate(texts) if n and text}
    levels = {n: value for n, value in told.items() if value}
    return levels if len(set(levels.values())) == len(told) else {}


def _named_otherwise(corner: str, axis: str) -> bool:
    """Whether the corner of a matrix says that its rows are of the other axis: "Likelihood", "Likelihood / Impact"."""
    first = axis_of(re.split(r"[/\\\\|,]|\bx\b|×", corner)[0])
    return bool(first) and first != axis


def _references(text: str) -> list[str]:
    return [reference_key(one) for one in re.split(r"[,;\n]|\s{2,}|\s+(?=[A-Z])", text) if one.strip()]
