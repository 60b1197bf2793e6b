"""How long each kind of record is kept, which records are held against that, and what was asked to be removed of one."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.retention.rules import Span


class Period(Recorded):
    """How long a body keeps its records of a kind, from a day on; the one before holds until then. years: None for ever."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="retention_periods")
    kind = models.CharField(max_length=40)
    years = models.PositiveSmallIntegerField(null=True, blank=True, help_text="After the day on which it is closed")
    starts = models.DateField()
    basis = models.TextField(help_text="What the period rests on")

    chain: ClassVar[str] = "organisation"
    words: ClassVar[tuple[str, ...]] = ("basis",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "kind", "starts", name="one_period_a_day")]

    def __str__(self) -> str:
        return f"Period {self.pk}"

    @property
    def span(self) -> Span:
        return Span(self.kind, self.years, self.starts)


class Hold(Recorded):
    """A legal hold: while it stands nothing of the record is removed or disposed of. Several may stand at once."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="holds")
    why = models.TextField()
    placed_on = models.DateField()
    placed_by = models.CharField(max_length=200, help_text="The post, as it was called then")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_why = models.TextField(blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("why", "lifted_why")

    class Meta:
        indexes = [models.Index("record", condition=Q(lifted_on=None), name="holds_that_stand")]

    def __str__(self) -> str:
        return f"Hold {self.pk}"


class Removal(Recorded):
    """Words or files of a record that somebody asked to be removed for good, or all of them: its disposal.

    asker_kind, asker: who asked, as history names actors; somebody else decides. places: what is to go, each as what (in
    words), states, entries and row (model, key, field and the row's last state), by number. leaves: for each place what its row
    is left with; outside history, and emptied once it is decided. files: numbers of files whose bytes go.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "Waits for approval"
        DONE = "done", "Removed"
        REFUSED = "refused", "Refused"

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="removals")
    everything = models.BooleanField(default=False)
    places = models.JSONField(default=list, blank=True)
    leaves = models.JSONField(default=list, blank=True)
    files = models.JSONField(default=list, blank=True)
    why = models.TextField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200, help_text="The post, as it was called then")
    asker_kind = models.CharField(max_length=20)
    asker = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default="", blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_why = models.TextField(blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("why", "decided_why")
    unrecorded: ClassVar[tuple[str, ...]] = ("leaves",)

    class Meta:
        constraints = [
            models.UniqueConstraint("record", condition=Q(everything=True, outcome=""), name="one_disposal_at_a_time")
        ]
        indexes = [models.Index("outcome", "asked_on", name="removals_by_outcome")]

    def __str__(self) -> str:
        return f"Removal {self.pk}"

    @property
    def waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING

    def is_of(self, actor: Any) -> bool:
        """Whether an actor is who asked."""
        return (self.asker_kind, self.asker) == (actor.kind, actor.id)
