"""Collaborations: who is in them, how a year's cost is shared, when they are reviewed and what a review found."""

from typing import ClassVar

from django.db import models

from candour.finance.models.base import Line, money
from candour.kernel.history.models import Recorded
from candour.kernel.records.models import Record


class Collaboration(Recorded):
    """Work that several bodies do together (Police Act 1996, section 22A). Its title and owner are on its record."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="collaboration")
    about = models.TextField(blank=True, default="", help_text="What is done together, and why")
    lead = models.CharField(max_length=120, help_text="The lead body")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="The end of the agreement")
    every = models.PositiveSmallIntegerField(default=12, help_text="Months between reviews")
    review_due = models.DateField()
    entered_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("about",)

    def __str__(self) -> str:
        return f"Collaboration {self.pk}"


class Cost(Recorded):
    """What a collaboration costs all its members together in a year, in pence."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="costs")
    year = models.DateField(help_text="Its 1 April")
    pence = models.BigIntegerField()

    chain: ClassVar[str] = "collaboration"

    class Meta:
        constraints = [models.UniqueConstraint("collaboration", "year", name="one_cost_a_year")]

    def __str__(self) -> str:
        return f"Cost {self.pk}"


class Portion(Recorded):
    """The share of a year's cost that a member bears, in hundredths of a per cent. Those of a year come to 100 per cent."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="portions")
    year = models.DateField()
    member = models.CharField(max_length=120)
    share = models.PositiveIntegerField(help_text="10000 for all of it")
    own = models.BooleanField(default=False, help_text="Whether it is the share of the body whose record it is")
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "collaboration"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "collaboration", "year", "member", condition=models.Q(removed_on=None), name="one_share_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"Portion {self.pk}"


class Review(Recorded):
    """A review of a collaboration: what it found, and whether the work goes on as it is."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    found = models.TextField()

    chain: ClassVar[str] = "collaboration"
    words: ClassVar[tuple[str, ...]] = ("found",)

    def __str__(self) -> str:
        return f"Review {self.pk}"


class CollaborationLine(Line):
    """The read line of a collaboration. Written by rules.collaboration_line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="collaboration_line")
    lead = models.CharField(max_length=120)
    members = models.PositiveSmallIntegerField()
    year = models.DateField(null=True)
    cost = money()
    own_share = models.PositiveIntegerField(null=True)
    own_cost = money()
    ends = models.DateField(null=True)
    review_due = models.DateField()
    planned = models.BigIntegerField(default=0, help_text="Pence a year, of cashable benefits")
    measured = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index("organisation", "reference", name="collaboration_line_of_body")]
