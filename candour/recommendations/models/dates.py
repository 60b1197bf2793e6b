"""Dates asked for: what an owner would move a date to, and what the liaison answered."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.recommendations.models.tracker import Assignment, Recommendation


class DateAsked(Recorded):
    """A new date that an owner asks for. Granted, it becomes a line of the ledger; until then the date that stands stands."""

    class Answer(models.TextChoices):
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"
        OVERTAKEN = "overtaken", "Another date was set"

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="dates_asked")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="dates_asked")
    text = models.CharField(max_length=200, help_text="As typed")
    due = models.DateField(null=True, blank=True, help_text="None where the date is in words")
    why = models.TextField()
    asked_on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    said = models.TextField(blank=True, help_text="Why it was granted, refused or taken back")

    chain: ClassVar[str] = "recommendation"
    words: ClassVar[tuple[str, ...]] = ("text", "why", "said")

    class Meta:
        constraints = [
            models.UniqueConstraint("assignment", condition=models.Q(answer=""), name="one_date_asked_at_a_time")
        ]

    def __str__(self) -> str:
        return f"Date asked {self.pk}"
