"""Actions: what a post has agreed to do about a record, and by when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.actions.access import ActionPermission
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, visible
from candour.kernel.records.queries import visible_records


class Action(Recorded):
    """One follow-up. original_due is the date first agreed and never changes; due is the one that stands now."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="actions")
    added_on = models.DateField()
    original_due = models.DateField()
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    removed_on = models.DateField(null=True, blank=True)
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("text", "outcome")
    labels: ClassVar[tuple[str, ...]] = ("owner",)

    class Meta:
        indexes = [
            models.Index("record", "due", "id", name="actions_of_record"),
            models.Index("owner", "due", "id", name="actions_to_do", condition=Q(done_on=None, removed_on=None)),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"


def visible_actions(actor: Actor) -> Q:
    """Actions that an actor may see: those of records they may see, where they may see actions."""
    return visible_records(actor, "record__") & visible(actor, ActionPermission.SEE, "record__")
