"""What was published, frozen; and what must be published, by which law and how often."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post


class Duty(Chained, Recorded):
    """A row of a body's publication scheme: what must be public, by which law, how often, and which post sees to it.

    fulfilled_by: the beginning of the keys of what fulfils it ("paper/risk-register", "decision"), as sources make them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="publication_duties")
    group = models.CharField(max_length=80, help_text="What we spend, How decisions are made ...")
    title = models.CharField(max_length=200)
    law = models.CharField(max_length=200, blank=True)
    months = models.PositiveSmallIntegerField(default=12, help_text="Between publications; 0 as it arises")
    fulfilled_by = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    labels: ClassVar[tuple[str, ...]] = ("organisation", "owner")

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                "organisation", "group", "title", condition=models.Q(ended_on=None), name="one_duty_a_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Published(Chained, Recorded):
    """One edition of something public, as it went out. It can be given again for ever, corrected by a later edition, and
    withdrawn with a note that stays.

    source and key: where it came from ("decision", "CGB-2026-02/3"); they make its address. dated: the day it is about.
    document: the frozen paper, whose fingerprint history keeps. note: of a correction, what is different and why.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="published")
    source = models.SlugField(max_length=40)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    dated = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    seal_root = models.CharField(max_length=64)
    checks = models.JSONField(default=list)
    facts = models.JSONField(default=dict, help_text="For lists and open data: value, board, who took it")
    note = models.TextField(blank=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="published")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    words: ClassVar[tuple[str, ...]] = ("note", "withdrawn_why")
    labels: ClassVar[tuple[str, ...]] = ("organisation", "duty")
    unrecorded: ClassVar[tuple[str, ...]] = ("document",)

    class Meta:
        verbose_name_plural = "published"
        indexes = [
            models.Index("organisation", models.F("dated").desc(), name="published_by_day"),
            models.Index("source", "key", name="published_by_key"),
        ]
        constraints = [
            models.UniqueConstraint("organisation", "source", "key", "edition", name="one_published_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}{f', edition {self.edition}' if self.edition > 1 else ''}"


class PublishedFile(Recorded):
    """Data that was published beside a document, byte for byte: releases, grants, payments."""

    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    chain: ClassVar[str] = "published"
    unrecorded: ClassVar[tuple[str, ...]] = ("content",)

    class Meta:
        constraints = [models.UniqueConstraint("published", "name", name="one_published_file_a_name")]

    def __str__(self) -> str:
        return self.name
