"""Projects: their business cases, highlight reports, requests for change, and the benefits that anything is meant to bring."""

from typing import ClassVar

from django.db import models

from candour.boards.models import Decision
from candour.finance.models.base import Line, money
from candour.finance.rules.projects import ANSWERS, CASES
from candour.kernel.history.models import Recorded
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Project(Recorded):
    """A project. Its title, lead, sensitivity and the day it closed are on its record; its stage is derived from its cases."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="project")
    about = models.TextField(blank=True, default="", help_text="What it changes, and why")
    budget = money(help_text="Pence, as approved")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="The day by which it is meant to be done")
    every = models.PositiveSmallIntegerField(default=1, help_text="Months between highlight reports")
    outcome = models.TextField(blank=True, default="", help_text="At its close: what it brought")
    lessons = models.TextField(blank=True, default="")
    begun_on = models.DateField()

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("about", "outcome", "lessons")

    def __str__(self) -> str:
        return f"Project {self.pk}"


class Case(Recorded):
    """A business case of a project, who must approve it by its value, and what was answered."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=10, choices=list(CASES.items()))
    value = models.BigIntegerField(help_text="Pence over the whole life")
    summary = models.TextField(blank=True, default="")
    needs = models.CharField(max_length=200, help_text="Who must approve it, as the limits of that day say")
    submitted_on = models.DateField()
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()), blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "project"
    words: ClassVar[tuple[str, ...]] = ("summary",)

    def __str__(self) -> str:
        return f"Case {self.pk}"


class Highlight(Recorded):
    """A highlight report: how time, cost and benefits stood in a month, and what comes next."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="highlights")
    period = models.DateField(help_text="The first day of its month")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+")
    time = models.PositiveSmallIntegerField()
    cost = models.PositiveSmallIntegerField()
    benefits = models.PositiveSmallIntegerField()
    progress = models.TextField()
    next = models.TextField(blank=True, default="")
    issues = models.TextField(blank=True, default="")
    spent = money(help_text="Pence so far")
    forecast = money(help_text="Pence over the whole life")
    ends = models.DateField(null=True, blank=True, help_text="When it is now expected to be done")
    reported_on = models.DateField()

    chain: ClassVar[str] = "project"
    words: ClassVar[tuple[str, ...]] = ("progress", "next", "issues")
    labels: ClassVar[tuple[str, ...]] = ("scale",)

    class Meta:
        constraints = [models.UniqueConstraint("project", "period", name="one_highlight_a_month")]

    def __str__(self) -> str:
        return f"Highlight report {self.pk}"


class Change(Recorded):
    """A request to change what a project costs or when it ends, and its answer."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="changes")
    asked = models.TextField(help_text="What is to change, and why")
    cost = models.BigIntegerField(default=0, help_text="Pence more, or less")
    ends = models.DateField(null=True, blank=True, help_text="The new day by which it is done")
    asked_on = models.DateField()
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()), blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, default="")

    chain: ClassVar[str] = "project"
    words: ClassVar[tuple[str, ...]] = ("asked",)

    class Meta:
        constraints = [
            models.UniqueConstraint("project", condition=models.Q(answer=""), name="one_change_asked_at_a_time")
        ]

    def __str__(self) -> str:
        return f"Request for change {self.pk}"


class Benefit(Recorded):
    """What a project or a collaboration is meant to bring, and what was measured of it. Amounts in pence, a year."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="benefits")
    what = models.TextField()
    cashable = models.BooleanField(default=False)
    planned = money()
    due = models.DateField()
    measured = money()
    found = models.TextField(blank=True, default="", help_text="What was measured, and how")
    measured_on = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("what", "found")

    class Meta:
        indexes = [models.Index("record", name="benefit_of_record")]

    def __str__(self) -> str:
        return f"Benefit {self.pk}"


class ProjectLine(Line):
    """The read line of a project. Written by rules.project_line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="project_line")
    stage = models.CharField(max_length=40)
    waiting = models.CharField(max_length=200, blank=True, help_text="Who must answer a business case")
    asked_on = models.DateField(null=True, help_text="The day of a change that waits for an answer")
    period = models.DateField(null=True)
    report_due = models.DateField(null=True)
    time_word = models.CharField(max_length=60, blank=True)
    time_tone = models.CharField(max_length=10, blank=True)
    cost_word = models.CharField(max_length=60, blank=True)
    cost_tone = models.CharField(max_length=10, blank=True)
    benefits_word = models.CharField(max_length=60, blank=True)
    benefits_tone = models.CharField(max_length=10, blank=True)
    worst = models.CharField(max_length=10, blank=True)
    budget = money()
    forecast = money()
    ends = models.DateField(null=True)
    expected = models.DateField(null=True)
    planned = models.BigIntegerField(default=0, help_text="Pence a year, of cashable benefits")
    measured = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index("organisation", "reference", name="project_line_of_body")]
