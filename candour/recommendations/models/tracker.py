"""Recommendations: what was asked of a body, who answers for it by when, what they said of it, and how it ended."""

from typing import Any, ClassVar

from django.db import models

from candour.boards.models import Decision
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Source(models.TextChoices):
    INTERNAL = "internal audit", "Internal audit"
    EXTERNAL = "external audit", "External audit"
    INSPECTION = "inspection", "HMICFRS recommendation"
    CAUSE_OF_CONCERN = "cause of concern", "HMICFRS cause of concern"
    AFI = "afi", "HMICFRS area for improvement"
    ICO = "ico", "Information Commissioner"
    PEER = "peer review", "Peer review"


class Response(models.TextChoices):
    """What the body said to it; empty until it has answered."""

    ACCEPTED = "accepted", "Accepted"
    IN_PART = "in part", "Accepted in part"
    NOT_ACCEPTED = "not accepted", "Not accepted"


class Outcome(models.TextChoices):
    """How it left the tracker; empty while it is in it."""

    CLOSED = "closed", "Closed by the panel"
    NOT_ACCEPTED = "not accepted", "Not accepted"
    RISK_ACCEPTED = "risk accepted", "Risk accepted"
    SUPERSEDED = "superseded", "Superseded"


class Recommendation(Recorded):
    """A recommendation. Its reference, heading, lead owner, organisation and sensitivity are on its record."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="recommendation")
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.INTERNAL)
    # Named by its number alone, never by a label: who may not see the other record reads nothing of it in the history.
    came_from = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="asked")
    audit = models.CharField(max_length=200, blank=True, help_text="The report's title, as printed")
    printed = models.CharField(max_length=60, blank=True, help_text="Its number, as the report prints it")
    text = models.TextField(blank=True)
    finding = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    priority_scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The step on its scale, 1 the highest")
    priority_text = models.CharField(max_length=60, blank=True, help_text="As printed, where no scale has the word")
    response = models.CharField(max_length=20, choices=Response.choices, blank=True, default="")
    response_text = models.TextField(blank=True)
    reported_on = models.DateField()
    repeat_of = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by")
    first_reported = models.DateField(help_text="Of the first that it repeats; its own day where it repeats none")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("audit", "text", "finding", "risk", "response_text")
    labels: ClassVar[tuple[str, ...]] = ("priority_scale",)

    def __str__(self) -> str:
        return f"Recommendation {self.pk}"


class Assignment(Recorded):
    """A post that answers for a recommendation, or the one still to be named; each has a ledger of dates of its own."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assignments")
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations")
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "recommendation"
    labels: ClassVar[tuple[str, ...]] = ("owner",)

    class Meta:
        indexes = [models.Index("recommendation", "id", name="owners_of_recommendation")]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class Target(Recorded):
    """A line of an owner's ledger: number 0 is the original date, each later one a slip. Never changed once written."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="targets")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200, blank=True, help_text="As printed or typed")
    due = models.DateField(null=True, blank=True, help_text="None where the date is in words")
    set_on = models.DateField()
    why = models.TextField(blank=True)
    approver = models.CharField(max_length=200, blank=True, help_text="The board or post that agreed the slip")

    chain: ClassVar[str] = "recommendation"
    words: ClassVar[tuple[str, ...]] = ("text", "why", "approver")

    class Meta:
        constraints = [models.UniqueConstraint("assignment", "number", name="one_target_a_number")]

    def __str__(self) -> str:
        return f"Target {self.number} of {self.assignment_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValueError("a line of the ledger is never changed: a new date is a new line")
        super().save(*args, **kwargs)


class Update(Recorded):
    """What the owner said for a period: what is achieved, what is left, what is in the way, whether to close it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="updates")
    period = models.CharField(max_length=60, blank=True, help_text="As printed or typed: October 2025")
    dated = models.DateField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    achieved = models.TextField(blank=True)
    left = models.TextField(blank=True)
    barriers = models.TextField(blank=True)
    text = models.TextField(blank=True, help_text="What was said, where it does not answer the questions one by one")
    proposes_closure = models.BooleanField(default=False)
    evidence = models.TextField(blank=True)

    chain: ClassVar[str] = "recommendation"
    words: ClassVar[tuple[str, ...]] = ("achieved", "left", "barriers", "text", "evidence")
    labels: ClassVar[tuple[str, ...]] = ("by",)

    class Meta:
        indexes = [models.Index("recommendation", "dated", "id", name="updates_of_recommendation")]

    def __str__(self) -> str:
        return f"Update {self.pk}"


class Closure(Recorded):
    """One proposal to close: the owner's case, the panel's answer by a decision, and what the auditor found later."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        SENT_BACK = "sent back", "Sent back"

    class Verdict(models.TextChoices):
        IMPLEMENTED = "implemented", "Implemented"
        IN_PART = "in part", "Implemented in part"
        NOT = "not", "Not implemented"
        SUPERSEDED = "superseded", "Superseded"

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="closures")
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case = models.TextField(blank=True)
    lapsed_on = models.DateField(null=True, blank=True, help_text="Taken back, or reopened: it no longer counts")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True, default="")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    why = models.TextField(blank=True, help_text="Why the panel agreed, or what it asks for")
    verified_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True, default="")
    found = models.TextField(blank=True, help_text="What the auditor found")

    chain: ClassVar[str] = "recommendation"
    words: ClassVar[tuple[str, ...]] = ("case", "why", "found")
    labels: ClassVar[tuple[str, ...]] = ("proposed_by", "decision")

    class Meta:
        indexes = [models.Index("recommendation", "id", name="closures_of_recommendation")]

    def __str__(self) -> str:
        return f"Closure {self.pk}"
