"""Papers read in and waiting for a person: nothing of them is saved until they are confirmed."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation


class Staged(Chained, Recorded):
    """A paper that was read: what it proposes, what contradicts itself, and what was decided about it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        DISCARDED = "discarded", "Discarded"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staged")
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    effective = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    decisions = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    # The reading repeats the paper's words, which may have to be removed one day, and can be read again from the paper.
    reading = models.JSONField(default=dict)
    # The file itself, kept while the paper waits so that it can be read again with other columns, and let go after.
    paper = models.BinaryField(null=True, editable=False)

    words: ClassVar[tuple[str, ...]] = ("file_name",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)
    unrecorded: ClassVar[tuple[str, ...]] = ("reading", "paper")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Paper read in {self.pk}"


class ColumnNames(Chained, Recorded):
    """What the columns of a table hold, as a person of the organisation said it, for all tables with these headings."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="column_names")
    kind = models.CharField(max_length=40)
    shape = models.CharField(max_length=64)
    headings = models.JSONField(default=list)  # as printed, so that a person can tell which table it was
    fields = models.JSONField(default=list)  # of each column, "" for one that is read as nothing

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "shape"], name="one_naming_of_columns"),
        ]

    def __str__(self) -> str:
        return f"Columns {self.pk}"
