"""Boards: what they are for, who sits on them, what comes to them again and again, and how much who may decide."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from candour.boards.access import BoardPermission
from candour.boards.rules.words import GROUNDS, PURPOSES, ROLES, SORTS
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import MONTHS
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.access import RecordPermission


class Board(Chained, Recorded):
    """A board, panel or committee of a body. Days are clear working days before a meeting; months between meetings.

    One that is closed as a whole (ground) is seen as a restricted record is, its secretary in the place of the owner: for
    others it does not exist, and each of its meetings is closed as a whole.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="boards")
    name = models.CharField(max_length=200)
    code = models.SlugField(max_length=20, help_text="In addresses and references: cgb")
    remit = models.TextField(blank=True, help_text="What it is for, in two sentences")
    secretary = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    reports = models.TextField(blank=True, help_text="What it reports, and to whom")
    months = models.PositiveSmallIntegerField(default=3, help_text="Between meetings; 0 where it meets when called")
    starts_at = models.TimeField()
    lasts = models.PositiveSmallIntegerField(default=120, help_text="Minutes")
    venue = models.CharField(max_length=200, blank=True)
    quorum = models.PositiveSmallIntegerField(default=3)
    in_public = models.BooleanField(default=False, help_text="The public may attend its open part")
    ground = models.CharField(
        max_length=20, choices=list(GROUNDS.items()), blank=True, default="",
        help_text="Why all of it is closed; empty where others may know of it",
    )  # fmt: skip
    notice_days = models.PositiveSmallIntegerField(default=5, help_text="For the agenda and its pack")
    papers_days = models.PositiveSmallIntegerField(default=8, help_text="For reports")
    pre_meeting = models.CharField(max_length=200, blank=True, help_text="Who meets before, and about what")
    pre_minutes = models.PositiveSmallIntegerField(default=0, help_text="How long before the meeting it begins")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("remit", "reports", "pre_meeting")
    labels: ClassVar[tuple[str, ...]] = ("organisation", "secretary", "parent")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organisation", "code", name="one_board_a_code"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="board_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class Terms(Recorded):
    """One version of a board's terms of reference. Never changed: a new text is a new version."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    agreed_on = models.DateField()
    agreed_by = models.CharField(max_length=200, help_text="The board or post that agreed them")
    review_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "board"
    words: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint("board", "version", name="one_version_of_terms")]

    def __str__(self) -> str:
        return f"Terms of reference, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValueError("terms of reference are never changed: a new text is a new version")
        super().save(*args, **kwargs)


class Seat(Recorded):
    """A post's seat on a board from a day, to a day if it has ended; and the post that may sit in its place."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=list(ROLES.items()))
    substitute = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "board"
    labels: ClassVar[tuple[str, ...]] = ("post", "substitute")

    class Meta:
        constraints = [
            models.UniqueConstraint("board", "post", condition=Q(ends=None), name="one_seat_a_post"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="seat_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.post} on {self.board}"


class StandingItem(Recorded):
    """What comes to a board again and again: its business, its areas of scrutiny, and the duties of the year.

    every: at each so many meetings (1: all of them); 0 for once a year, in `month`. A duty must fall on or before
    must_day/must_month of each year, by the law that `law` names. paper: the paper that Candour computes for it.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="standing")
    title = models.CharField(max_length=300)
    sort = models.CharField(max_length=20, choices=list(SORTS.items()))
    purpose = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=10)
    closed = models.BooleanField(default=False)
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()), blank=True, default="")
    every = models.PositiveSmallIntegerField(default=1)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    must_month = models.PositiveSmallIntegerField(null=True, blank=True)
    must_day = models.PositiveSmallIntegerField(null=True, blank=True)
    law = models.CharField(max_length=200, blank=True)
    paper = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "board"
    words: ClassVar[tuple[str, ...]] = ("title",)
    labels: ClassVar[tuple[str, ...]] = ("lead",)

    class Meta:
        indexes = [models.Index("board", "position", "id", name="standing_of_board")]
        constraints = [
            models.CheckConstraint(condition=Q(closed=False) | ~Q(ground=""), name="standing_closed_on_a_ground")
        ]

    def __str__(self) -> str:
        return f"Standing item {self.pk}"

    @property
    def must_word(self) -> str:
        """The month by which it must have come, as it is said."""
        return MONTHS[self.must_month - 1] if self.must_month else ""


class Limit(Recorded):
    """Up to which value a post or a board may decide, from a day; without a value it may decide any."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="limits")
    what = models.CharField(max_length=120, help_text="What is decided: contracts, grants, land")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="limits")
    up_to = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "organisation"
    labels: ClassVar[tuple[str, ...]] = ("post", "board")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, board__isnull=False) | Q(post__isnull=False, board=None), name="limit_of_one"
            )
        ]

    def __str__(self) -> str:
        return f"Limit {self.pk}"


def in_force(today: date, path: str = "") -> Q:
    """Seats or limits that have not ended before a day: one that ends on it holds to its end."""
    return Q(**{f"{path}ends": None}) | Q(**{f"{path}ends__gte": today})


def visible_boards(actor: Actor, path: str = "") -> Q:
    """Boards of the bodies for which an actor may see them, and those on which posts of these bodies sit.

    One that is closed as a whole: where the actor sees restricted records too, or is its secretary.
    """
    see = actor.scope(BoardPermission.SEE)
    if EVERYWHERE in see:
        return Q()
    deep = see & actor.scope(RecordPermission.SEE_RESTRICTED)
    seen = _of_bodies(see, path)
    if deep == see:
        return seen
    known = Q(**{f"{path}ground": ""}) | Q(**{f"{path}secretary__in": actor.posts})
    return seen & ((known | _of_bodies(deep, path)) if deep else known)


def _of_bodies(bodies: frozenset[int], path: str) -> Q:
    seated = Seat.objects.filter(board=OuterRef(f"{path}pk"), post__organisation__in=bodies, ends=None)
    return Q(**{f"{path}organisation__in": bodies}) | Q(Exists(seated))


def visible_standing(actor: Actor, path: str = "board__") -> Q:
    """Standing items an actor may see: those of the closed part as restricted records are seen."""
    deep = actor.scope(BoardPermission.SEE) & actor.scope(RecordPermission.SEE_RESTRICTED)
    seen = visible_boards(actor, path)
    if EVERYWHERE in deep:
        return seen
    seated = Seat.objects.filter(board=OuterRef(f"{path}pk"), post__organisation__in=deep, ends=None)
    return seen & (Q(closed=False) | Q(**{f"{path}organisation__in": deep}) | Q(Exists(seated)))
