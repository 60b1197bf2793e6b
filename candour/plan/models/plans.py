"""Plans, their priorities and objectives, what success looks like, and the deep dives that were asked for."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.plan.rules import SORTS


class Plan(Recorded):
    """A plan of a body for a term. Its reference, title, lead post, sensitivity and last day are on its record."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="plan")
    sort = models.CharField(max_length=20, choices=list(SORTS.items()), default="plan")
    aim = models.TextField(blank=True, default="", help_text="What it is for, in its own words")
    starts = models.DateField()
    ends = models.DateField()
    every = models.PositiveSmallIntegerField(default=3, help_text="Months between updates, for new activities")
    published_on = models.DateField(null=True, blank=True, help_text="Empty for a draft")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("aim",)

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class Priority(Recorded):
    """A priority of a plan under its own number. place: where it stands among the others."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    number = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="priorities_led")
    place = models.PositiveSmallIntegerField(default=0)
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "plan"
    words: ClassVar[tuple[str, ...]] = ("title", "text")
    labels: ClassVar[tuple[str, ...]] = ("lead",)

    class Meta:
        constraints = [
            models.UniqueConstraint("plan", "number", condition=models.Q(removed_on=None), name="one_priority_a_number")
        ]

    def __str__(self) -> str:
        return f"Priority {self.pk}"


class Objective(Recorded):
    """What a plan wants to reach under a priority. outcome: what will be different, in the plan's own words."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="objective")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="objectives")
    number = models.CharField(max_length=12)
    outcome = models.TextField(blank=True, default="")
    place = models.PositiveSmallIntegerField(default=0)
    added_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("outcome",)

    def __str__(self) -> str:
        return f"Objective {self.pk}"


class Success(Recorded):
    """What good looks like for an objective or an activity; agreed on a day by somebody, or still to be agreed."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="successes")
    text = models.TextField()
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True, default="")
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("text",)

    def __str__(self) -> str:
        return f"Success {self.pk}"


class DeepDive(Recorded):
    """More that was asked about an objective: by a board or a post, of a post, by a day; answered with words and files."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="dives")
    asked_by = models.CharField(max_length=200)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="dives_owed")
    asked = models.TextField()
    asked_on = models.DateField()
    due = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "objective"
    words: ClassVar[tuple[str, ...]] = ("asked", "answer")
    labels: ClassVar[tuple[str, ...]] = ("post",)

    class Meta:
        indexes = [models.Index("post", "due", condition=models.Q(answered_on=None), name="dive_owed")]

    def __str__(self) -> str:
        return f"Deep dive {self.pk}"
