"""Processes: the versions of the steps by which a kind of agreement comes about."""

from typing import ClassVar

from django.db import models

from candour.commissioning.rules import KINDS
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation


class Process(Chained, Recorded):
    """The version of the steps by which a kind of agreement comes about, from a day. An agreement keeps the one it began on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="processes")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    version = models.PositiveIntegerField()
    starts = models.DateField()

    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "kind", "version", name="one_process_a_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"
