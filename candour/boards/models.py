"""What boards resolved: the key that a closed recommendation, or any other act of a board, points at."""

from typing import ClassVar

from django.db import models

from candour.kernel.calendar import say_date
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation


class Decision(Chained, Recorded):
    """One resolution: which board, at which meeting, under which minute. One minute may hold several."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="decisions")
    board = models.CharField(max_length=120)
    met_on = models.DateField()
    minute = models.CharField(max_length=60, blank=True, help_text="As the minutes number it; empty until they are out")
    resolved = models.TextField()

    words: ClassVar[tuple[str, ...]] = ("resolved",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        indexes = [models.Index("organisation", models.F("met_on").desc(), name="decisions_of_body")]

    def __str__(self) -> str:
        return f"{self.board}, {say_date(self.met_on)}{f', minute {self.minute}' if self.minute else ''}"
