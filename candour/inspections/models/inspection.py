"""An inspection: its days, what it graded, and the steps by which its report is answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.inspections.rules import KINDS, STEPS
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Inspection(Recorded):
    """An inspection of a body. Its reference, title, owner (who answers for it) and sensitivity are on its record.

    statutory: the law asks the local policing body for a response to its report. answers_with: another inspection, whose
    findings are identical, so that one response answers both. where: of a response that was published elsewhere, its address.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="inspection")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    inspectorate = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspections_made")
    statutory = models.BooleanField(default=True)
    about = models.TextField(blank=True, default="", help_text="What it looks at")
    entered_on = models.DateField()
    notified_on = models.DateField(null=True, blank=True)
    fieldwork_on = models.DateField(null=True, blank=True)
    debrief_on = models.DateField(null=True, blank=True, help_text="The hot debrief")
    published_on = models.DateField(null=True, blank=True, help_text="The report")
    address = models.CharField(max_length=300, blank=True, default="", help_text="Where the report stands")
    # Named by its number alone, never by a label: who may not see the other reads nothing of it in the history.
    answers_with = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="answers_for_inspections"
    )
    answers_why = models.TextField(blank=True, default="")
    asked = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="comments_asked")
    comments = models.TextField(blank=True, default="", help_text="The chief officer’s")
    response = models.TextField(blank=True, default="", help_text="The local policing body’s own comments")
    where = models.CharField(max_length=300, blank=True, default="")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("about", "answers_why", "comments", "response")
    labels: ClassVar[tuple[str, ...]] = ("inspectorate", "asked")

    def __str__(self) -> str:
        return f"Inspection {self.pk}"


class Grade(Recorded):
    """An area that an inspection looks at, in the report’s order, and its grade on the inspectorate’s scale of that day.

    Before the report is out it has neither; afterwards one without a grade was left ungraded.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="grades")
    position = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=160)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "inspection"
    labels: ClassVar[tuple[str, ...]] = ("scale",)

    class Meta:
        constraints = [
            models.UniqueConstraint("inspection", "area", condition=Q(removed_on=None), name="one_grade_an_area"),
            models.CheckConstraint(
                condition=Q(grade=None, scale=None) | Q(grade__isnull=False, scale__isnull=False),
                name="grade_stands_on_a_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.area


class StepRow(Recorded):
    """A step on the way to the response: its last day, and the day on which it was done."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="steps")
    which = models.CharField(max_length=20, choices=[(name, kind.words) for name, kind in STEPS.items()])
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=200, blank=True, default="", help_text="The post that did it")
    how = models.CharField(max_length=200, blank=True, default="", help_text="Of a copy, how it was sent")

    chain: ClassVar[str] = "inspection"

    class Meta:
        constraints = [models.UniqueConstraint("inspection", "which", name="one_step_of_a_kind")]

    def __str__(self) -> str:
        return STEPS[self.which].words if self.which in STEPS else self.which


class InspectionLine(models.Model):
    """The read line of an inspection: what lists need and what does not depend on today. Written by rules.line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="inspection_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    inspectorate = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    statutory = models.BooleanField()
    linked = models.BooleanField()
    closed_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    fieldwork_on = models.DateField(null=True)
    debrief_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    response_due = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_due = models.DateField(null=True)

    class Meta:
        indexes = [models.Index("organisation", "reference", name="inspection_line_of_body")]
