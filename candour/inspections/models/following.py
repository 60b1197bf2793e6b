"""What became of what reports ask for: the response’s answer to each, its notes, where it was carried over, monthly reviews.

Each row about an item hangs on the item’s own record, so that it is seen by whom the item is seen, and by nobody else.
"""

from typing import ClassVar

from django.db import models

from candour.inspections.models.inspection import Inspection
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.models import Scale


class Answer(Recorded):
    """What the response says to one recommendation: what is done, or why nothing is."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="answers_of_response")
    action = models.TextField(blank=True, default="")
    why_none = models.TextField(blank=True, default="")

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("action", "why_none")

    class Meta:
        constraints = [models.UniqueConstraint("inspection", "item", name="one_answer_an_item")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Review(Chained, Recorded):
    """The monthly review of what inspections ask of a body. month: its first day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspection_reviews")
    month = models.DateField()
    opened_on = models.DateField()
    due = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "month", name="one_review_a_month")]

    def __str__(self) -> str:
        return f"Review of {self.month:%Y-%m}"


class Asked(Recorded):
    """An item that a review asks about, and the post that answered for it when the review was opened."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="asked")
    # By its number alone, as in every link.
    item = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="reviews_of_item")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="items_reviewed")

    chain: ClassVar[str] = "review"

    class Meta:
        constraints = [models.UniqueConstraint("review", "item", name="one_question_an_item")]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Note(Recorded):
    """A dated note on an item: where it stands on the inspectorate’s portal, and what there is to say.

    status and level are steps of the inspectorate’s scales of that day. review: the one that it answers.
    """

    item = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="inspection_notes")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    dated = models.DateField()
    status_scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    level_scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True, default="")
    by = models.CharField(max_length=200, blank=True, default="", help_text="The post that said it")

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("text",)
    labels: ClassVar[tuple[str, ...]] = ("status_scale", "level_scale")

    class Meta:
        indexes = [models.Index("item", "dated", "id", name="notes_of_item")]
        constraints = [models.UniqueConstraint("review", "item", name="one_note_a_review")]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class Carried(Recorded):
    """An item that a later inspection took over: it is followed there from then on."""

    item = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="carried_to_inspections")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="carried_away")
    to = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="carried_in")
    on = models.DateField()
    why = models.TextField(blank=True, default="")

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("why",)

    class Meta:
        constraints = [models.UniqueConstraint("item", "to", name="carried_once_to_each")]

    def __str__(self) -> str:
        return f"Carried {self.pk}"
