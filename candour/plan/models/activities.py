"""Activities: what is done towards an objective, by whom and by when, how it stands, and what was said of it."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale
from candour.plan.models.plans import Objective


def rating_field() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True)


def scale_field() -> models.ForeignKey:
    """Empty for Candour's own scale, where the body had brought in none."""
    return models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Activity(Recorded):
    """Its owner is on its record. original_due never changes; due is the date that stands now. outcome: done or stopped.

    said_owner, said_due: what a paper prints in place of a post or a day that can be known.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="activity")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="activities")
    number = models.CharField(max_length=20)
    text = models.TextField(blank=True, default="")
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="activities_led")
    starts = models.DateField(null=True, blank=True)
    original_due = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    said_owner = models.CharField(max_length=200, blank=True, default="")
    said_due = models.CharField(max_length=200, blank=True, default="")
    every = models.PositiveSmallIntegerField(default=3, help_text="Months between updates")
    scale = scale_field()
    rating = rating_field()
    proposed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    added_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("text", "said_owner", "said_due")
    labels: ClassVar[tuple[str, ...]] = ("lead",)

    def __str__(self) -> str:
        return f"Activity {self.pk}"


class Slip(Recorded):
    """The date of an activity moved: from which, to which, why, and who agreed it."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="slips")
    before = models.DateField(null=True, blank=True)
    to = models.DateField()
    on = models.DateField()
    why = models.TextField()
    approver = models.CharField(max_length=200, blank=True, default="")

    chain: ClassVar[str] = "activity"
    words: ClassVar[tuple[str, ...]] = ("why",)

    def __str__(self) -> str:
        return f"Slip {self.pk}"


class Progress(Recorded):
    """What was said of an activity on a day: the four questions of an update cycle. proposes: that it is done."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    on = models.DateField()
    achieved = models.TextField()
    left = models.TextField(blank=True, default="")
    barriers = models.TextField(blank=True, default="")
    scale = scale_field()
    rating = rating_field()
    proposes = models.BooleanField(default=False)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "activity"
    words: ClassVar[tuple[str, ...]] = ("achieved", "left", "barriers")
    labels: ClassVar[tuple[str, ...]] = ("by",)

    def __str__(self) -> str:
        return f"Progress {self.pk}"
