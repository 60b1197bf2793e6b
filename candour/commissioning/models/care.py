"""Care: kinds of check and what was seen of a provider; processes by type and version, and an agreement's own steps."""

from typing import ClassVar

from django.db import models

from candour.commissioning.models.agreements import Agreement, Provider
from candour.commissioning.models.processes import Process
from candour.commissioning.rules.care import NEEDS
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post


class DiligenceKind(Recorded):
    """A check that a body asks of its providers from a day: accounts, insurance, safeguarding.

    kinds: of agreements that ask for it, with commas; "" for all. months: how long one holds unless it says otherwise.
    cover: the least cover of an insurance, in pence.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="diligence_kinds")
    name = models.CharField(max_length=120)
    asks = models.TextField(blank=True, default="", help_text="What has to be seen")
    kinds = models.CharField(max_length=120, blank=True, default="")
    months = models.PositiveIntegerField(null=True, blank=True)
    cover = models.BigIntegerField(null=True, blank=True, help_text="Pence")
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "organisation"

    class Meta:
        indexes = [models.Index("organisation", "name", name="diligence_kind_by_name")]

    def __str__(self) -> str:
        return self.name


class DiligenceCheck(Recorded):
    """What was seen of a provider, by which post, until when it holds; or that a post let it be, with its reason in the entry.

    file: on the record of the agreement for which it was seen, and seen by whoever sees that.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="checks")
    kind = models.ForeignKey(DiligenceKind, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    seen = models.TextField(blank=True, default="")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    expires = models.DateField(null=True, blank=True, help_text="The last day on which it holds")
    cover = models.BigIntegerField(null=True, blank=True, help_text="Pence")
    waived = models.BooleanField(default=False)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "provider"
    words: ClassVar[tuple[str, ...]] = ("seen",)
    labels: ClassVar[tuple[str, ...]] = ("kind", "post")

    def __str__(self) -> str:
        return f"Check {self.pk}"


class Step(Recorded):
    """One step of a process. days: working days after the step before. post: who sees to it, the lead where none is named."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    days = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    needs = models.CharField(max_length=20, choices=list(NEEDS.items()), blank=True, default="")

    chain: ClassVar[str] = "process"
    labels: ClassVar[tuple[str, ...]] = ("post",)

    class Meta:
        constraints = [models.UniqueConstraint("process", "position", name="one_step_a_position")]

    def __str__(self) -> str:
        return self.name


class AgreementStep(Recorded):
    """A step of one agreement, as the version it began on has it. post: who did it, or let it be."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    planned = models.DateField()
    done_on = models.DateField(null=True, blank=True, help_text="When it was done, or let be")
    skipped = models.BooleanField(default=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, default="")
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "agreement"
    words: ClassVar[tuple[str, ...]] = ("note",)
    labels: ClassVar[tuple[str, ...]] = ("step", "post")

    class Meta:
        constraints = [models.UniqueConstraint("agreement", "step", name="one_row_a_step")]

    def __str__(self) -> str:
        return str(self.step)
