"""Budgets of a year, schemes that save or build, and their figures as they were loaded."""

from typing import ClassVar

from django.db import models

from candour.finance.models.base import Line, money
from candour.finance.rules import SORTS
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Budget(Recorded):
    """The budget of a body for a financial year: its revenue headings, its reserves and its medium-term plan hang on it."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="budget")
    year = models.DateField(help_text="Its 1 April")
    opened_on = models.DateField()

    chain: ClassVar[str] = "record"

    def __str__(self) -> str:
        return f"Budget {self.pk}"


class Scheme(Recorded):
    """A scheme of the savings plan or of the capital programme. rating: a step of the scale it was rated on."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="scheme")
    sort = models.CharField(max_length=10, choices=list(SORTS.items()))
    about = models.TextField(blank=True, default="")
    cashable = models.BooleanField(default=False, help_text="Of a saving: whether it takes money out of the budget")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.CharField(
        max_length=60, blank=True, default="", help_text="The step in words, for who reads the history"
    )
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("about",)
    labels: ClassVar[tuple[str, ...]] = ("scale",)

    def __str__(self) -> str:
        return f"Scheme {self.pk}"


class Load(Chained, Recorded):
    """A workbook of figures that was loaded: one entry of the history, with the root of all its rows (ADR 0028)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="finance_loads")
    file_name = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    position = models.DateField(help_text="The first day of the month at whose end its figures stand")
    loaded_on = models.DateField(help_text="The day from which its figures hold")
    figures = models.PositiveIntegerField()
    root = models.CharField(max_length=64, help_text="SHA-256 over its rows in their order")

    words: ClassVar[tuple[str, ...]] = ("file_name",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    def __str__(self) -> str:
        return f"Load {self.pk}"


class Figure(models.Model):
    """An amount of a budget or a scheme, as one load gave it: of a part, a line in it, a year, and at a position.

    A later position stands beside an earlier one, never in its place; a later load of one position says what stands in it.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="amounts", db_index=False)
    part = models.CharField(max_length=10)
    line = models.CharField(
        max_length=120, blank=True, default="", help_text="A heading, a reserve, a source of funding"
    )
    year = models.DateField()
    what = models.CharField(max_length=10)
    position = models.DateField()
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="amounts")
    pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "record", "part", "position", "line", "year", "what", "load", name="one_amount_a_load"
            )
        ]

    def __str__(self) -> str:
        return f"Amount {self.pk}"


class BudgetLine(Line):
    """The read line of a budget. Written from its figures."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="budget_line")
    year = models.DateField()
    position = models.DateField(null=True)
    due_on = models.DateField(null=True)
    budget = money()
    forecast = money()
    actual = money()
    reserves = money()
    below = models.BigIntegerField(default=0)
    gap = money()
    whole_gap = money()

    class Meta:
        indexes = [models.Index("organisation", "year", name="budget_line_of_body")]


class SchemeLine(Line):
    """The read line of a scheme. Written by rules.scheme_line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="scheme_line")
    sort = models.CharField(max_length=10)
    cashable = models.BooleanField()
    rating = models.PositiveSmallIntegerField(null=True)
    word = models.CharField(max_length=60, blank=True)
    tone = models.CharField(max_length=10, blank=True)
    position = models.DateField(null=True)
    due_on = models.DateField(null=True)
    year = models.DateField(null=True)
    budget = money()
    forecast = money()
    actual = money()
    whole_budget = money()
    whole_forecast = money()
    whole_actual = money()
    slipped = models.BigIntegerField(default=0)
    unfunded = money()

    class Meta:
        indexes = [models.Index("organisation", "sort", "reference", name="scheme_line_of_body")]
