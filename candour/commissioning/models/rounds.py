"""Grant rounds: what is asked and how it is scored; applications, who scores each, and what became of it. Money is in pence.

A round and an application are records. A scoring has a chain of its own: who may read the history of an application reads
no score in it, however early they look.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.commissioning.models.agreements import Agreement, FundingStream, Provider
from candour.commissioning.rules.rounds import OUTCOMES
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


class Round(Recorded):
    """A grant round. Its reference, name (title), lead (owner), sensitivity and last day (closed_on) are on its record."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="round")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="rounds")
    purpose = models.TextField(blank=True, default="")
    conditions = models.TextField(blank=True, default="", help_text="Of every award, a line each")
    marks = models.TextField(help_text="What each mark means, a line each, from 0 up")
    pass_mark = models.PositiveSmallIntegerField(default=0, help_text="The least total of 100")
    tolerance = models.PositiveSmallIntegerField(default=1, help_text="Marks by which scorers may differ")
    budget = models.BigIntegerField(help_text="Pence")
    most = models.BigIntegerField(null=True, blank=True, help_text="The most that may be asked for, in pence")
    part_awards = models.BooleanField(default=False)
    opens = models.DateField()
    closes = models.DateField(help_text="The last day on which applications are taken")
    score_by = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    scoring_on = models.DateField(null=True, blank=True)
    ranked_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("purpose", "conditions")
    labels: ClassVar[tuple[str, ...]] = ("stream",)

    def __str__(self) -> str:
        return f"Round {self.pk}"


class Criterion(Recorded):
    """What an application is scored by. pass_mark: the least average mark, 0 for none. Ties go by the order of the numbers."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField(help_text="All together 100")
    pass_mark = models.PositiveSmallIntegerField(default=0)
    guidance = models.TextField(blank=True, default="")
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "round"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("round", "number", condition=Q(removed_on=None), name="one_criterion_a_number")
        ]

    def __str__(self) -> str:
        return self.name


class Question(Recorded):
    """A question of the form. most_words: 0 for any number. must: a yes or no that has to be yes for one to be eligible."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        NUMBER = "number", "Number"
        YES_NO = "yes or no", "Yes or no"
        MONEY = "money", "Money"
        FILE = "file", "File"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TEXT)
    most_words = models.PositiveIntegerField(default=0)
    required = models.BooleanField(default=True)
    must = models.BooleanField(default=False)
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "round"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("round", "number", condition=Q(removed_on=None), name="one_question_a_number")
        ]

    def __str__(self) -> str:
        return self.text


class Application(Recorded):
    """An application. Its reference, project (title), lead (owner) and sensitivity are on its record.

    eligible: None until judged. award: pence, None until decided. excepted: awarded though a pass mark was not reached.
    tie: its place among those of the same total, once decided; 0 before.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="application")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    applicant = models.CharField(max_length=200)
    email = models.CharField(max_length=200, blank=True, default="")
    asked = models.BigIntegerField(help_text="Pence")
    received_on = models.DateField()
    let_in_on = models.DateField(null=True, blank=True, help_text="When a late one was let in")
    withdrawn_on = models.DateField(null=True, blank=True)
    eligible = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=list(OUTCOMES.items()), blank=True, default="")
    award = models.BigIntegerField(null=True, blank=True, help_text="Pence")
    excepted = models.BooleanField(default=False)
    tie = models.PositiveSmallIntegerField(default=0)
    conditions = models.TextField(blank=True, default="", help_text="Of this award, a line each")
    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="application"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("applicant", "email", "conditions")

    def __str__(self) -> str:
        return f"Application {self.pk}"


class Answer(Recorded):
    """What an application says to a question; file: one on its record."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, default="")
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "application"
    words: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint("application", "question", name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Scoring(Chained, Recorded):
    """An application as one post (owner) scores it, until it is sent, or the post is taken off it (removed_on)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scorings")
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="scorings")
    given_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    conflict = models.TextField(blank=True, default="", help_text="The interest that was declared")
    removed_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("conflict",)
    labels: ClassVar[tuple[str, ...]] = ("owner",)

    class Meta:
        constraints = [models.UniqueConstraint("application", "owner", name="one_scoring_a_post")]
        indexes = [models.Index("owner", "removed_on", name="scoring_of_post")]

    def __str__(self) -> str:
        return f"Scoring {self.pk}"


class Score(Recorded):
    """A mark for a criterion, and why, in words that the applicant may read. value: None while it is not scored."""

    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.TextField(blank=True, default="")

    chain: ClassVar[str] = "scoring"
    words: ClassVar[tuple[str, ...]] = ("why",)

    class Meta:
        constraints = [models.UniqueConstraint("scoring", "criterion", name="one_score_a_criterion")]

    def __str__(self) -> str:
        return f"Score {self.pk}"


class Moderation(Recorded):
    """The mark that scorers agreed where theirs were too far apart, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="moderations")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    why = models.TextField()
    on = models.DateField()

    chain: ClassVar[str] = "application"
    words: ClassVar[tuple[str, ...]] = ("why",)

    class Meta:
        constraints = [models.UniqueConstraint("application", "criterion", name="one_moderation_a_criterion")]

    def __str__(self) -> str:
        return f"Moderation {self.pk}"


class Appeal(Recorded):
    """What an applicant says against a decision, and the answer; or a mistake that the office mends (correction)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appeals")
    correction = models.BooleanField(default=False)
    on = models.DateField()
    grounds = models.TextField()
    answered_on = models.DateField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")
    before = models.BigIntegerField(null=True, blank=True, help_text="The award before, in pence")
    after = models.BigIntegerField(null=True, blank=True, help_text="The award from then on, in pence")

    chain: ClassVar[str] = "application"
    words: ClassVar[tuple[str, ...]] = ("grounds", "answer")

    def __str__(self) -> str:
        return f"Appeal {self.pk}"


class RoundLine(models.Model):
    """The read line of a round: what a list needs and what does not depend on today."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="round_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    stream = models.ForeignKey(FundingStream, on_delete=models.CASCADE, related_name="+")
    budget = models.BigIntegerField()
    opens = models.DateField()
    closes = models.DateField()
    opened_on = models.DateField(null=True)
    scoring_on = models.DateField(null=True)
    ranked_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    announced_on = models.DateField(null=True)


class ApplicationLine(models.Model):
    """The read line of an application, for lists and counts. late: it came after the last day of its round."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="application_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    asked = models.BigIntegerField()
    received_on = models.DateField()
    late = models.BooleanField()
    let_in_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    eligible = models.BooleanField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    award = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index("round", "reference", name="application_line_of_round")]
