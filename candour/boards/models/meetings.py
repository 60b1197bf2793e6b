"""Meetings, the items of their agendas, the papers and questions of an item, who was there and who declared what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from candour.boards.models.boards import Board, StandingItem
from candour.boards.rules.words import ANSWERS, GROUNDS, PRESENCES, PURPOSES
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Recorded
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record


class Meeting(Recorded):
    """One meeting of a board. Its reference (CGB-2026-02), title and sensitivity are on its record, whose owner is the
    board's secretary. Days and moments say how far it has come: see rules.states.

    One that is closed as a whole (ground) is a restricted record, and so are all its items: who may not see it sees no
    trace of it.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="meeting")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    first_planned = models.DateField(help_text="The day it was first planned for, which never changes")
    starts_at = models.TimeField()
    lasts = models.PositiveSmallIntegerField(help_text="Minutes")
    ground = models.CharField(
        max_length=20, choices=list(GROUNDS.items()), blank=True, default="",
        help_text="Why the public is excluded from all of it; empty where it has an open part",
    )  # fmt: skip
    venue = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(
        null=True, blank=True, help_text="When the agenda went out: its order stands from then"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    called_off_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True, help_text="When its minutes were agreed")
    signed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="signs")

    chain: ClassVar[str] = "record"
    labels: ClassVar[tuple[str, ...]] = ("board", "signed_by")

    class Meta:
        indexes = [models.Index("board", "held_on", name="meetings_of_board")]

    def __str__(self) -> str:
        return f"Meeting {self.pk}"


class Item(Recorded):
    """An item of an agenda. Its title is on its record, whose owner is the post that presents it; one of the closed part
    is a restricted record, and so leaves no trace for those who may not see it.

    number: as the agenda that went out has it; "" before. lapses_on: from when the ground for closing no longer holds.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="item")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10, blank=True, default="")
    closed = models.BooleanField(default=False)
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()), blank=True, default="")
    lapses_on = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    minutes = models.PositiveSmallIntegerField(default=10)
    introduction = models.TextField(blank=True, help_text="What the board is asked, in a sentence or two")
    verbal = models.BooleanField(default=False, help_text="No paper: it is spoken to")
    late_why = models.TextField(blank=True, help_text="Why it was added after the agenda went out")
    standing = models.ForeignKey(StandingItem, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    withdrawn_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    words: ClassVar[tuple[str, ...]] = ("introduction", "late_why")

    class Meta:
        indexes = [models.Index("meeting", "closed", "position", name="items_of_meeting")]
        constraints = [
            models.CheckConstraint(condition=Q(closed=False) | ~Q(ground=""), name="item_closed_on_a_ground")
        ]

    def __str__(self) -> str:
        return f"Item {self.pk}"


class Paper(Recorded):
    """A paper of an item: a file that was added to the item, or one that Candour computes (kind), frozen once issued."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True, default="")
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.BooleanField(default=False, help_text="Not the final text yet")
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="", file__isnull=False) | (~Q(kind="") & Q(file=None)), name="paper_written_or_added"
            )
        ]

    def __str__(self) -> str:
        return f"Paper {self.pk}"


class Question(Recorded):
    """What an item asks of the board about a record of a register: act names the command that an answer carries out.

    The record is named by its number alone: a label would name it to those who may not see it.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="questions")
    about = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="questions")
    act = models.CharField(max_length=60, help_text="recommendation.close")
    answer = models.CharField(max_length=20, choices=list(ANSWERS.items()), blank=True, default="")
    why = models.TextField(blank=True)
    decision = models.ForeignKey(
        "boards.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("why",)

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "about", "act", condition=Q(removed_on=None), name="one_question_once")
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Attendance(Recorded):
    """Whether a post with a seat, or one that was invited, was there; by: the post that sat in its place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=20, choices=list(PRESENCES.items()))
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True, help_text="Joined at item 3; left after item 7")

    chain: ClassVar[str] = "meeting"
    words: ClassVar[tuple[str, ...]] = ("note",)
    labels: ClassVar[tuple[str, ...]] = ("post", "by")

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "post", name="one_attendance_a_post")]

    def __str__(self) -> str:
        return f"{self.post}: {self.presence}"


class Interest(Recorded):
    """An interest that somebody present declared in an item, and whether they left the room for it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="interests")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    nature = models.TextField()
    withdrew = models.BooleanField(default=False)
    removed_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("nature",)
    labels: ClassVar[tuple[str, ...]] = ("post",)

    def __str__(self) -> str:
        return f"Interest {self.pk}"


class Planned(Recorded):
    """What was decided of the forward plan beside its rule: a standing item comes to a meeting at which it is not due
    (comes), or does not come to one at which it is; or something that comes once, by its title, and the item it became."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="planned")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="planned")
    standing = models.ForeignKey(StandingItem, on_delete=models.PROTECT, null=True, blank=True, related_name="planned")
    title = models.CharField(max_length=300, blank=True)
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=10)
    comes = models.BooleanField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_as")
    dropped_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "board"
    words: ClassVar[tuple[str, ...]] = ("title",)
    labels: ClassVar[tuple[str, ...]] = ("lead",)

    class Meta:
        verbose_name_plural = "planned"
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__isnull=False, title="") | (Q(standing=None, comes=True) & ~Q(title="")),
                name="planned_standing_or_once",
            ),
            models.UniqueConstraint(
                "standing", "meeting", condition=Q(dropped_on=None), name="one_departure_a_meeting"
            ),
        ]

    @property
    def taken(self) -> bool:
        """Whether it stands on an agenda: not once its item was withdrawn or its meeting called off."""
        return self.item is not None and self.item.withdrawn_on is None and self.meeting.called_off_on is None

    def __str__(self) -> str:
        return f"Planned {self.pk}"
