"""Packs as issued: one for the open part, another for the closed part, each frozen under its hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from candour.boards.access import BoardPermission
from candour.boards.models.boards import Board, visible_boards
from candour.boards.models.meetings import Meeting, Paper
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, shared_with, visible


class Pack(Chained, Recorded):
    """One pack as it went out. version: 1, 2 ... of a part. supplement: 0, or 1, 2 ... of those that continue its pages.

    contents: its papers in order: {key, label, number, heading, first, last, sha256, accessible, marking, why}. numbers: every
    number ever given to a page, by key. frozen: the papers that Candour wrote, by key, for the versions to come. The bytes
    lie in the store of evidence under their hashes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    closed = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField()
    supplement = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    marking = models.CharField(max_length=40)
    first_page = models.PositiveIntegerField(default=1)
    pages = models.PositiveIntegerField()
    contents = models.JSONField(default=list)
    numbers = models.JSONField(default=dict)
    frozen = models.JSONField(default=dict)
    changes = models.TextField(blank=True, help_text="What is different from the version before, in words")
    accessible = models.BooleanField(help_text="The PDF keeps PDF/UA: every paper in it does")
    pdf_sha256 = models.CharField(max_length=64)
    word_sha256 = models.CharField(max_length=64)
    seal_root = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    words: ClassVar[tuple[str, ...]] = ("reason", "changes")
    unrecorded: ClassVar[tuple[str, ...]] = ("frozen",)

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "closed", "version", "supplement", name="one_pack_a_version"),
        ]

    def __str__(self) -> str:
        return f"{'Closed' if self.closed else 'Open'} pack, {self.name.lower()}"

    @property
    def name(self) -> str:
        """Version 2; Supplement 1 to version 2."""
        return (
            f"Supplement {self.supplement} to version {self.version}" if self.supplement else f"Version {self.version}"
        )


class PackShare(Recorded):
    """A pack of an open part that was shared with another board, whose members then read it there."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="shares")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="packs_shared")
    shared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "pack"
    labels: ClassVar[tuple[str, ...]] = ("board",)

    class Meta:
        constraints = [
            models.UniqueConstraint("pack", "board", condition=Q(ended_on=None), name="one_share_of_a_pack"),
        ]

    def __str__(self) -> str:
        return f"Share {self.pk}"


class Clearance(Recorded):
    """The title of a restricted record that stands in an uploaded paper by chance, as somebody who sees both has said.

    It belongs to the history of that record, not of the item, which others read. It holds for one file (sha256) and for the
    title as it was (said); a reference is never cleared.
    """

    about = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="clearances")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="clearances")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    said = models.CharField(max_length=300)
    why = models.TextField()
    cleared_on = models.DateField()
    cleared_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "about"
    words: ClassVar[tuple[str, ...]] = ("said", "why")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "about", "paper", "sha256", condition=Q(ended_on=None), name="one_clearance_of_a_match"
            ),
        ]

    def __str__(self) -> str:
        return f"Clearance {self.pk}"


def visible_packs(actor: Actor) -> Q:
    """Packs of meetings an actor may see, those of the closed part as restricted records are seen; and packs of an open
    part that are shared with a board they may see."""
    seen = visible(actor, BoardPermission.SEE, "meeting__record__")
    deep = actor.scope(BoardPermission.SEE) & actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE not in deep:
        mine = Q(meeting__record__organisation__in=deep) | shared_with(deep, "meeting__record__pk")
        seen &= Q(closed=False) | mine
    if not seen:  # an empty condition holds for all
        return seen
    shares = PackShare.objects.filter(visible_boards(actor, "board__"), pack=OuterRef("pk"), ended_on=None)
    return seen | Q(Exists(shares), closed=False)
