"""Audits: what a provider is asked to look at in a year, its stages, its opinion; and what the provider promises."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.audits.rules import ANSWERS, MEASURES, STAGES
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Audit(Recorded):
    """An audit of a body's plan. Its reference, title, owner (who answers for it) and sensitivity are on its record.

    The plan of a year is the audits of that year, provider and body. One that leaves it has the day in its record's
    closed_on. The opinion is a step of the provider's scale; an advisory report has none.
    """

    class Left(models.TextChoices):
        CANCELLED = "cancelled", "Cancelled"
        DEFERRED = "deferred", "Deferred"

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="audit")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audits_provided")
    year = models.CharField(max_length=7, help_text="The financial year whose plan it stands in: 2025/26")
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Planned days")
    purpose = models.TextField(blank=True, help_text="Terms of reference")
    scope = models.TextField(blank=True)
    planned_on = models.DateField(help_text="When it joined the plan")
    left = models.CharField(max_length=20, choices=Left.choices, blank=True, default="")
    deferred_to = models.CharField(max_length=7, blank=True, default="")
    # Named by its number alone, never by a label, as every other record is.
    carried_from = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    advisory = models.BooleanField(default=False)
    opinion_scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opinion = models.PositiveSmallIntegerField(null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True, choices=list(ANSWERS.items()))
    answered_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("purpose", "scope")
    labels: ClassVar[tuple[str, ...]] = ("provider", "opinion_scale")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion=None, opinion_scale=None)
                | Q(opinion__isnull=False, opinion_scale__isnull=False, advisory=False),
                name="opinion_stands_on_a_scale",
            )
        ]

    def __str__(self) -> str:
        return f"Audit {self.pk}"


class Stage(Recorded):
    """A stage of an audit: planned, as first planned, which never changes, and reached."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="stages")
    which = models.CharField(max_length=20, choices=list(STAGES.items()))
    planned = models.DateField(null=True, blank=True)
    first_planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "audit"

    class Meta:
        constraints = [models.UniqueConstraint("audit", "which", name="one_stage_of_a_kind")]

    def __str__(self) -> str:
        return str(STAGES.get(self.which, self.which))


class Promise(Recorded):
    """What a body agreed with its auditor: so many working days, or such a share of satisfied auditees, from a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="auditor_promises")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=20, choices=[(each.name, each.words) for each in MEASURES.values()])
    allowed = models.PositiveSmallIntegerField(help_text="Working days; of satisfaction, per cent")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "organisation"
    labels: ClassVar[tuple[str, ...]] = ("provider",)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "provider", "measure", "starts", name="one_promise_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.allowed}"


class ProgressReport(Recorded):
    """The auditor's progress report to one meeting of a body's panel, and the day on which it was out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="progress_reports")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    panel_on = models.DateField()
    issued_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "organisation"
    labels: ClassVar[tuple[str, ...]] = ("provider",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "provider", "panel_on", name="one_report_a_panel")]

    def __str__(self) -> str:
        return f"Progress report {self.pk}"


class AuditLine(models.Model):
    """The read line of an audit: what a plan needs and what does not depend on today. Written by rules.line()."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="audit_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    provider = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    year = models.CharField(max_length=7)
    days = models.PositiveSmallIntegerField(null=True)
    left = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True)
    advisory = models.BooleanField(default=False)
    opinion_scale = models.ForeignKey(Scale, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    opinion = models.PositiveSmallIntegerField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    brief_on = models.DateField(null=True)
    fieldwork_on = models.DateField(null=True)
    exit_on = models.DateField(null=True)
    draft_on = models.DateField(null=True)
    responses_on = models.DateField(null=True)
    final_on = models.DateField(null=True)
    panel_on = models.DateField(null=True)
    fieldwork_planned = models.DateField(null=True)
    panel_planned = models.DateField(null=True)
    next_stage = models.CharField(max_length=20, blank=True)
    next_due = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index("year", "provider", "reference", name="audit_line_of_plan"),
            models.Index("organisation", "year", name="audit_line_of_body"),
        ]
