"""Issued papers: what left the office, frozen."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation


class IssuedPaper(Chained, Recorded):
    """One audience's copy of a paper as issued. It can be written again byte for byte, and verified, never changed.

    document is the paper's JSON without the facts of its issue, which are the other columns. History keeps its fingerprint
    rather than a second copy of its text. edition: 1, or more where a paper for the same day was issued again.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="issued_papers")
    audience = models.CharField(max_length=20)
    as_at = models.DateField()
    since = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    marking = models.CharField(max_length=40)
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    seal_root = models.CharField(max_length=64)
    checks = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    words: ClassVar[tuple[str, ...]] = ("reason",)
    labels: ClassVar[tuple[str, ...]] = ("organisation",)
    unrecorded: ClassVar[tuple[str, ...]] = ("document",)

    class Meta:
        ordering = ["-as_at", "-edition", "kind", "audience"]
        constraints = [
            models.UniqueConstraint("kind", "organisation", "audience", "as_at", "edition", name="one_copy_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, {self.audience} copy"

    @property
    def slug(self) -> str:
        """The day in addresses: 2026-06-15, and 2026-06-15-2 for a second edition."""
        return self.as_at.isoformat() + (f"-{self.edition}" if self.edition > 1 else "")
