"""The scale that a paper's risks were scored on: one the body has, or the paper's own, kept for that day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation
from candour.kernel.scales.commands import keep_printed_matrix
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scale_on
from candour.kernel.scales.rules import Band, Level, Matrix, Tone, check

REVIEW_MONTHS = 3  # where a paper prints bands without intervals, a quarter is what such registers hold


def printed_matrix(meta: Mapping[str, Any], name: str) -> Matrix | None:
    """The matrix that a reading's meta holds; None where the paper prints too little of one to score on."""
    said = meta.get("matrix") or {}
    levels, bands = said.get("levels") or {}, sorted(said.get("bands") or [], key=lambda band: band["low"])
    if not levels.get("impact") or not levels.get("likelihood") or not bands or said.get("assumed"):
        return None
    tones: list[Tone] = ["medium"] * len(bands)
    tones[0], tones[-1] = "low", "high"
    matrix = Matrix(
        id=0,
        name=name,
        impact=tuple(Level(level["value"], level["word"]) for level in levels["impact"]),
        likelihood=tuple(Level(level["value"], level["word"]) for level in levels["likelihood"]),
        bands=tuple(
            Band(band["name"], band["low"], band["high"], REVIEW_MONTHS, tone)
            for band, tone in zip(bands, tones, strict=True)
        ),
    )
    return None if check(matrix) else matrix


def alike(one: Matrix, other: Matrix) -> bool:
    """Whether two matrices have the same words and the same bands; review intervals and colours are the body's own."""

    def shape(matrix: Matrix) -> tuple:
        axes = [
            [(level.value, level.word.casefold()) for level in matrix.levels(axis)] for axis in ("impact", "likelihood")
        ]
        bands = sorted((band.low, band.high, band.name.casefold()) for band in matrix.bands)
        return ([sorted(axis) for axis in axes], bands)

    return shape(one) == shape(other)


def scale_for(
    meta: Mapping[str, Any], *, organisation: Organisation, day: date, file: str, actor: Actor, at: datetime
) -> Scale | None:
    """The body's scale that the paper prints, the paper's own kept for that day, or the scale in force if it prints none."""
    printed = printed_matrix(meta, f"Matrix printed in {file}"[:120])
    if printed is None:
        return scale_on(organisation.pk, day)
    for scale in Scale.objects.filter(organisation=organisation, kind=Scale.Kind.MATRIX).order_by("pk"):
        if alike(scale.matrix(), printed):
            return scale
    return keep_printed_matrix(
        printed, organisation=organisation, day=day, actor=actor, at=at, reason=f"Printed in {file}"
    )
