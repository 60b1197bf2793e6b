"""Evidence: files added to records. The bytes lie in storage, once, under their hash; the row says what they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.history.models import Recorded
from candour.kernel.records.models import Record, visible
from candour.kernel.records.queries import visible_records


class Stored(models.Model):
    """What is known of stored bytes beside what history says of them. It is nobody's record; a missing row knows nothing.

    scanned_at: when a virus scanner last looked through them. found: what it found, "" for nothing. held_until: until when the
    object store lets nobody remove them. unnamed_since: from when the sweep has seen that nothing names them.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=200, default="", blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    unnamed_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "stored bytes"

    def __str__(self) -> str:
        return self.sha256


class Infection(models.Model):
    """A file in which the scanner found something, as an administrator reads of it. taken: it had been taken in unscanned."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="infections")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    found = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=200, help_text="The post that sent it, as it was called then")
    taken = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index("at", name="infections_by_moment")]

    def __str__(self) -> str:
        return f"Infection {self.pk}"


class File(Recorded):
    """A file on a record. erased_on: its bytes were removed for good (redaction); the row and the hash stay."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        constraints = [
            models.UniqueConstraint("record", "sha256", condition=Q(removed_on=None), name="one_file_at_a_time")
        ]

    def __str__(self) -> str:
        return f"File {self.pk}"


def visible_files(actor: Actor) -> Q:
    """Files that an actor may see: those of records they may see, where they may see evidence."""
    return visible_records(actor, "record__") & visible(actor, EvidencePermission.SEE, "record__")
