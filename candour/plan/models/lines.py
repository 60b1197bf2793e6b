"""The read lines of plans, objectives and activities: what lists need and what does not depend on today."""

from django.db import models

from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


class Line(models.Model):
    """What every line has: what visible() asks, and the reference."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="%(class)s")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    closed_on = models.DateField(null=True)

    class Meta:
        abstract = True


class PlanLine(Line):
    starts = models.DateField()
    ends = models.DateField()
    published_on = models.DateField(null=True)


class ObjectiveLine(Line):
    plan = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")


class ActivityLine(Line):
    """Written by rules.line()."""

    plan = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    objective = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    starts = models.DateField(null=True)
    original_due = models.DateField(null=True)
    due = models.DateField(null=True)
    stands = models.CharField(max_length=20, blank=True)
    word = models.CharField(max_length=40, blank=True)
    proposed_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    update_due = models.DateField(null=True)
    slips = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index("organisation", "reference", name="activity_line_of_body")]
