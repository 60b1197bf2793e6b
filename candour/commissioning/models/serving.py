"""Which priorities of a plan an agreement serves. Plans are kept by another app: a priority stands here by its number."""

from typing import ClassVar

from django.db import models

from candour.commissioning.models.agreements import Agreement
from candour.kernel.history.models import Recorded


class Serving(Recorded):
    """That an agreement serves a priority, since a day. priority: its number in the app that keeps plans."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="servings")
    priority = models.BigIntegerField()
    on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "priority", "agreement", condition=models.Q(removed_on=None), name="one_serving_of_a_priority"
            )
        ]

    def __str__(self) -> str:
        return str(self.priority)  # what the history calls the row: each reader asks which priorities they may see
