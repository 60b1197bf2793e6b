"""Packs as issued: one for the open part, another for the closed part, each frozen under its hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.models.meetings import Meeting
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import shared_with, visible


class Pack(Chained, Recorded):
    """One pack as it went out. version: 1, 2 ... of a part; a supplement continues the pages of the pack it belongs to.

    contents: what it is made of, in order: {key, number, title, first, last, sha256, accessible, marking}. The bytes lie in
    the store of evidence under their hashes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    closed = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField()
    supplement_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supplements"
    )
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    marking = models.CharField(max_length=40)
    first_page = models.PositiveIntegerField(default=1)
    pages = models.PositiveIntegerField()
    contents = models.JSONField(default=list)
    accessible = models.BooleanField(help_text="The PDF keeps PDF/UA: every paper in it does")
    pdf_sha256 = models.CharField(max_length=64)
    word_sha256 = models.CharField(max_length=64)
    seal_root = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    words: ClassVar[tuple[str, ...]] = ("reason",)

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "closed", "version", name="one_pack_a_version")]

    def __str__(self) -> str:
        return f"{'Closed' if self.closed else 'Open'} pack {self.version}"


def visible_packs(actor: Actor) -> Q:
    """Packs of meetings an actor may see; those of the closed part as restricted records are seen."""
    seen = visible(actor, BoardPermission.SEE, "meeting__record__")
    deep = actor.scope(BoardPermission.SEE) & actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE in deep:
        return seen
    return seen & (Q(closed=False) | Q(meeting__record__organisation__in=deep) | shared_with(deep, "meeting__record__"))
