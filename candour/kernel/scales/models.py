"""Dated scales. A record is always read on the scale it was scored on, so a scale in use is ended, never changed."""

from datetime import date
from typing import Any, ClassVar

from django.db import models

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation
from candour.kernel.scales.rules import Band, Level, Matrix


class Scale(Chained, Recorded):
    """A scale of an organisation in force from a day. definition holds the levels and bands as plain data."""

    class Kind(models.TextChoices):
        MATRIX = "matrix", "Risk matrix"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MATRIX)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scales")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    definition = models.JSONField()

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        ordering = ["starts"]

    def __str__(self) -> str:
        return self.name

    def matrix(self) -> Matrix:
        """The scale as rules use it."""
        return matrix_from(self.pk, self.name, self.definition)

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)


def matrix_from(pk: int, name: str, definition: dict[str, Any]) -> Matrix:
    """A matrix from its plain data, as definition_of gives it."""
    return Matrix(
        id=pk,
        name=name,
        impact=tuple(Level(**level) for level in definition["impact"]),
        likelihood=tuple(Level(**level) for level in definition["likelihood"]),
        bands=tuple(Band(**band) for band in definition["bands"]),
    )


def definition_of(matrix: Matrix) -> dict[str, Any]:
    """A matrix as plain data: {"impact": [{value, word, description}], "likelihood": [...], "bands": [...]}."""
    return {
        "impact": [vars(level) for level in matrix.impact],
        "likelihood": [vars(level) for level in matrix.likelihood],
        "bands": [vars(band) for band in matrix.bands],
    }
