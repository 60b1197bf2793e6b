"""What follows an agreement to its outcome: returns, spend, meetings, issues, notices, outcomes, exit. Money is in pence."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.boards.models import Decision
from candour.commissioning.models.agreements import Agreement
from candour.commissioning.models.publishing import Indicator, Payment
from candour.commissioning.rules.follow import SEVERITIES, VERDICTS
from candour.commissioning.rules.states import NEXT
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post


class Schedule(Recorded):
    """What a provider returns: what is asked, every how many months, and which post assesses it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="schedules")
    asks = models.TextField()
    every = models.PositiveSmallIntegerField(help_text="Months of a period")
    first = models.DateField(help_text="The first day of the first period")
    days = models.PositiveSmallIntegerField(help_text="Working days after a period in which its return is due")
    assess_days = models.PositiveSmallIntegerField(help_text="Working days in which a return is assessed")
    assessor = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("assessor",)
    words: ClassVar[tuple[str, ...]] = ("asks",)

    class Meta:
        constraints = [models.UniqueConstraint("agreement", condition=Q(ended_on=None), name="one_schedule_at_a_time")]

    def __str__(self) -> str:
        return f"Returns of agreement {self.agreement_id}"


class Return(Recorded):
    """The return of one period: due, received, assessed; or sent back with what is wanted, and then due and received again.

    due: as it stands, first_due: as first asked. received_on is of what lies here now, none once it is sent back.
    spent: by the provider from the beginning to the end of the period.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="returns")
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="returns")
    starts = models.DateField()
    ends = models.DateField()
    due = models.DateField()
    first_due = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    first_received_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    spent = models.BigIntegerField(null=True, blank=True, help_text="Pence, from the beginning")
    narrative = models.TextField(blank=True, default="")
    assess_by = models.DateField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=20, choices=list(VERDICTS.items()), blank=True, default="")
    wanted = models.TextField(blank=True, default="", help_text="What is wanted of one that was sent back")
    back = models.PositiveSmallIntegerField(default=0, help_text="How often it was sent back")
    chased_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True, help_text="When another schedule took its place")

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("narrative", "wanted")

    class Meta:
        constraints = [
            models.UniqueConstraint("agreement", "starts", condition=Q(dropped_on=None), name="one_return_a_period")
        ]
        indexes = [
            models.Index("due", "id", condition=Q(received_on=None, dropped_on=None), name="return_by_due"),
            models.Index(
                "assess_by",
                "id",
                condition=Q(verdict="", dropped_on=None, received_on__isnull=False),
                name="return_to_assess",
            ),
        ]

    def __str__(self) -> str:
        return f"Return from {self.starts} to {self.ends}"


class ReturnFigure(Recorded):
    """The figure of a KPI that a return gives."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="return_figures")
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    value = models.DecimalField(max_digits=14, decimal_places=2)

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("indicator",)

    class Meta:
        constraints = [models.UniqueConstraint("report", "indicator", name="one_figure_a_kpi")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Forecast(Recorded):
    """What is expected to be spent of an agreement in a financial year; the latest of a year counts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="forecasts")
    year = models.CharField(max_length=7)
    amount = models.BigIntegerField(help_text="Pence")
    on = models.DateField()

    chain: ClassVar[str] = "agreement"

    def __str__(self) -> str:
        return f"Forecast of {self.year}"


class Underspend(Recorded):
    """Money that was paid and not spent: asked back, agreed, and paid back or carried over.

    year: of which it is; "" at the end of the agreement. amount: as asked; agreed: as both agreed. by: the day to pay it back.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="underspends")
    year = models.CharField(max_length=7, blank=True, default="")
    amount = models.BigIntegerField(help_text="Pence")
    asked_on = models.DateField()
    by = models.DateField()
    agreed = models.BigIntegerField(null=True, blank=True, help_text="Pence")
    agreed_on = models.DateField(null=True, blank=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(null=True, blank=True)
    carried_on = models.DateField(null=True, blank=True)
    carried_to = models.CharField(max_length=7, blank=True, default="")

    chain: ClassVar[str] = "agreement"

    def __str__(self) -> str:
        return f"Underspend of {self.year or 'the agreement'}"


class ReviewMeeting(Recorded):
    """A meeting with the provider about the agreement. Its actions are actions on the agreement's record."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    present = models.CharField(max_length=300, help_text="By their posts")
    notes = models.TextField()
    next_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("notes",)

    def __str__(self) -> str:
        return f"Meeting of {self.on}"


class Issue(Recorded):
    """Something that has gone wrong under an agreement, whose post sees to it, and how it was resolved."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="issues")
    on = models.DateField()
    text = models.TextField()
    severity = models.CharField(max_length=20, choices=list(SEVERITIES.items()))
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    resolved_on = models.DateField(null=True, blank=True)
    resolution = models.TextField(blank=True, default="")

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("owner",)
    words: ClassVar[tuple[str, ...]] = ("text", "resolution")

    def __str__(self) -> str:
        return f"Issue of {self.on}"


class PerformanceNotice(Recorded):
    """A notice to a provider that it does not perform. breach: of the contract, as the Procurement Act means it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="performance_notices")
    on = models.DateField()
    about = models.TextField()
    breach = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True, help_text="When what the Act asks for was published")
    response_due = models.DateField()
    responded_on = models.DateField(null=True, blank=True)
    response = models.TextField(blank=True, default="")
    settled_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("about", "response")

    def __str__(self) -> str:
        return f"Notice of {self.on}"


class PlanMeasure(Chained, Recorded):
    """What a body’s plan wants to come about under one of its priorities. adds_up: whether figures of several agreements can be
    added, as numbers of people can and percentages cannot."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plan_measures")
    priority = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    adds_up = models.BooleanField(default=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "name", name="one_plan_measure_a_name")]

    def __str__(self) -> str:
        return self.name


class Outcome(Recorded):
    """What an agreement brings about of a measure of the plan.

    share: the part of its figures, of 100, that counts for the plan where others bring about the same. counted_by: the
    agreement under which all of it is counted already.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="outcomes")
    measure = models.ForeignKey(PlanMeasure, on_delete=models.PROTECT, related_name="outcomes")
    what = models.CharField(max_length=200)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    share = models.PositiveSmallIntegerField(default=100)
    counted_by = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stopped_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("measure",)

    def __str__(self) -> str:
        return self.what


class OutcomeFigure(Recorded):
    """How much of an outcome came about in a period, once."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="outcome_figures")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="figures")
    starts = models.DateField()
    ends = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)

    chain: ClassVar[str] = "agreement"
    labels: ClassVar[tuple[str, ...]] = ("outcome",)

    class Meta:
        constraints = [models.UniqueConstraint("outcome", "starts", name="one_outcome_figure_a_period")]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.ends}"


class ExitInterview(Recorded):
    """What the provider said at the end, and what was learnt for the next agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="exits")
    on = models.DateField()
    present = models.CharField(max_length=300, help_text="By their posts")
    notes = models.TextField()
    lessons = models.TextField()

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("notes", "lessons")

    def __str__(self) -> str:
        return f"Exit interview of {self.on}"


class NextDecision(Recorded):
    """One decision on what comes after an agreement: by whom, and the resolution of a board that it rests on."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="decisions")
    on = models.DateField()
    follows = models.CharField(max_length=20, choices=list(NEXT.items()))
    by = models.CharField(max_length=200)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lessons = models.BooleanField(default=False, help_text="Whether an exit interview was held by then")

    chain: ClassVar[str] = "agreement"

    def __str__(self) -> str:
        return f"Decided on {self.on}"
