"""Items of the force management statement and their progress."""

from typing import ClassVar

from django.db import models

from candour.inspections.rules.statement import SAID
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


class StatementItem(Recorded):
    """What a section of a year’s statement asks for. Its reference, title, owner and sensitivity are on its record."""

    class Left(models.TextChoices):
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="statement_item")
    year = models.CharField(max_length=7, help_text="Of the statement: 2026/27")
    section = models.CharField(max_length=160)
    asked = models.TextField(blank=True, default="")
    due = models.DateField(null=True, blank=True)
    entered_on = models.DateField()
    left = models.CharField(max_length=20, choices=Left.choices, blank=True, default="")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("asked",)

    def __str__(self) -> str:
        return f"Statement item {self.pk}"


class Progress(Recorded):
    """What the owner of an item said of it on a day."""

    item = models.ForeignKey(StatementItem, on_delete=models.PROTECT, related_name="progress")
    dated = models.DateField()
    said = models.CharField(max_length=20, choices=list(SAID.items()))
    text = models.TextField()
    by = models.CharField(max_length=200, blank=True, default="")

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"Progress {self.pk}"


class StatementLine(models.Model):
    """The read line of an item. Written from its rows by queries/lines.py."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="statement_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    year = models.CharField(max_length=7)
    section = models.CharField(max_length=160)
    due = models.DateField(null=True)
    said = models.CharField(max_length=20, blank=True)
    last_on = models.DateField(null=True)
    left = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index("organisation", "year", "reference", name="statement_line_of_body")]
