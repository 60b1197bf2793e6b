"""Which role a post has, in which organisation, from when to when. What a role may do is on one page: config/roles.py."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Organisation, Post


class Grant(Recorded):
    """A role that a post has in an organisation: the panel's members have theirs in both bodies."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "post"
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        ordering = ["starts"]

    def __str__(self) -> str:
        return f"{self.role} for {self.post}"
