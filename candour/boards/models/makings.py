"""Work on a pack that takes seconds: begun on a page, carried out beside it, and shown until it has ended."""

from django.db import models
from django.db.models import Q

from candour.boards.models.meetings import Meeting
from candour.boards.models.packs import Pack


class Making(models.Model):
    """A draft that is being set, or a pack on its way out. It is nobody's record: what comes of it is a Pack, or the bytes
    of a draft, which the next draft takes the place of.

    step, done, of: how far it has come, in words and in steps. error: why nothing came of it, naming the file. anew: numbers of
    the papers that Candour writes again. matches: (paper, record) by number, where titles of restricted records stand in files.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="makings")
    closed = models.BooleanField(default=False)
    supplement = models.BooleanField(default=False)
    draft = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    anew = models.JSONField(default=list)
    matches = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    ended = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, help_text="Of a draft")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "closed", condition=Q(ended=False), name="one_making_of_a_part"),
        ]

    def __str__(self) -> str:
        return f"Making {self.pk}"
