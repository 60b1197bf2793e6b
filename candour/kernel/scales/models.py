"""Dated scales. A record is always read on the scale it was scored on, so a scale in use is ended, never changed."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation
from candour.kernel.scales.rules import Band, Guide, Level, Matrix, Step, Words


class Scale(Chained, Recorded):
    """A scale of an organisation in force from a day. definition holds the levels and bands as plain data.

    One that was called off before its day ends before it starts.
    """

    class Kind(models.TextChoices):
        MATRIX = "matrix", "Risk matrix"
        APPETITE = "appetite", "Words of appetite"
        OPINION = "opinion", "Opinions"
        PRIORITY = "priority", "Priorities"
        GRADE = "grade", "Grades of inspection areas"
        PORTAL = "portal", "Statuses on an inspectorate’s portal"
        LEVEL = "level", "Levels at which an inspectorate closes"
        DELIVERY = "delivery", "Ratings of delivery"
        RATING = "rating", "Ratings of progress"

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

    def words_of(self) -> Words:
        """A scale of words as rules use it: opinions or priorities."""
        steps = tuple(Step(**step) for step in self.definition["steps"])
        return Words(id=self.pk, name=self.name, steps=steps)

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)

    def to_come(self, day: date) -> bool:
        """Whether it comes in force after a day."""
        return self.starts > day and not self.called_off

    @property
    def called_off(self) -> bool:
        return self.ends is not None and self.ends < self.starts


class Draft(Chained, Recorded):
    """A matrix that is being made: changed freely until it is put in force as a scale of its own, or dropped."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scale_drafts")
    copied_from = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    became = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)
    definition = models.JSONField()

    labels: ClassVar[tuple[str, ...]] = ("organisation", "copied_from", "became")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=Q(became=None, dropped_on=None), name="one_draft_scale_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def matrix(self) -> Matrix:
        """The draft as rules use it; it may be unfinished."""
        return matrix_from(0, self.name, self.definition)


class Appetite(Recorded):
    """How much risk a body bears in a category from a day: a word, and the highest score tolerated on a matrix."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appetites")
    category = models.CharField(max_length=80)
    word = models.CharField(max_length=40)
    highest = models.PositiveSmallIntegerField()
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "organisation"
    labels: ClassVar[tuple[str, ...]] = ("organisation", "scale")

    class Meta:
        ordering = ["category", "starts"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("category"), "starts", name="one_appetite_a_category_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.word}, up to {self.highest}"

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
        guide=tuple(Guide(each["category"], tuple(each["texts"])) for each in definition.get("guide", ())),
        longest=tuple((kind, months) for kind, months in definition.get("longest", ())),
    )


def definition_of(matrix: Matrix) -> dict[str, Any]:
    """A matrix as plain data: {"impact": [{value, word, ...}], "likelihood", "bands", "guide", "longest"}."""
    return {
        "impact": [vars(level) for level in matrix.impact],
        "likelihood": [vars(level) for level in matrix.likelihood],
        "bands": [vars(band) for band in matrix.bands],
        "guide": [{"category": each.category, "texts": list(each.texts)} for each in matrix.guide],
        "longest": [list(pair) for pair in matrix.longest],
    }
