"""Update cycles: for which period owners are asked by when, what each answered, and the links through which they answer."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.recommendations.models.tracker import Recommendation, Update


class Cycle(Chained, Recorded):
    """A period for which owners are asked the four questions, by a day. How each answer stands is a rule: rules/cycle.py."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="update_cycles")
    name = models.CharField(max_length=60, help_text="As the panel's paper will call the period: April 2026")
    opened_on = models.DateField()
    due = models.DateField()
    before = models.PositiveSmallIntegerField(default=5, help_text="Days before the due day of a reminder; 0 for none")
    after = models.PositiveSmallIntegerField(default=1, help_text="Days after it")
    line_after = models.PositiveSmallIntegerField(default=7, help_text="Days after it to the post above")
    link_days = models.PositiveSmallIntegerField(default=14, help_text="Days after it on which links still open")
    closed_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("name",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "name", name="one_cycle_a_name"),
            models.UniqueConstraint(
                "organisation", condition=models.Q(closed_on=None), name="one_cycle_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ask(Recorded):
    """What a cycle asks of one post about one recommendation. answer: the update that answers it; none once sent back."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="asks")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="asks")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="asks")
    due = models.DateField()
    answer = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    sent_back_on = models.DateField(null=True, blank=True)
    why = models.TextField(blank=True, help_text="What the liaison asks for, where an answer was sent back")

    chain: ClassVar[str] = "recommendation"
    words: ClassVar[tuple[str, ...]] = ("why",)
    labels: ClassVar[tuple[str, ...]] = ("cycle", "post")

    class Meta:
        constraints = [models.UniqueConstraint("cycle", "recommendation", "post", name="one_ask_a_post")]

    def __str__(self) -> str:
        return f"Ask {self.pk}"


class AnswerLink(Recorded):
    """A link that opens what one cycle asks of one post, without signing in. to: the post to which it is sent.

    Of the token itself only the digest is kept. It is made anew from the seed and the key of the installation when a
    letter goes out: see docs/adr/0022.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="answer_links")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    expires = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "cycle"
    labels: ClassVar[tuple[str, ...]] = ("post", "to")

    class Meta:
        constraints = [
            models.UniqueConstraint("cycle", "post", "to", condition=models.Q(revoked_on=None), name="one_link_a_post")
        ]

    def __str__(self) -> str:
        return f"Link {self.pk}"


class AnswerDraft(models.Model):
    """Answers that were begun and are not sent: nobody reads them but who comes back to them. Gone once sent."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Draft {self.pk}"
