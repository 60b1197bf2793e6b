"""Read lines of meetings and agenda items: what lists need and does not depend on today."""

from django.db import models

from candour.boards.models.boards import Board
from candour.boards.models.meetings import Meeting
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


class MeetingLine(models.Model):
    """The read line of a meeting."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="meeting_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")
    held_on = models.DateField()
    issued_on = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    called_off_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index("organisation", "held_on", "reference", name="meeting_lines_by_day")]


class ItemLine(models.Model):
    """The read line of an agenda item. papers: those in their final text; drafts: those that are not."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="item_line")
    reference = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    sensitivity = models.CharField(max_length=20)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    closed = models.BooleanField()
    verbal = models.BooleanField()
    papers = models.PositiveSmallIntegerField()
    drafts = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField()
    minuted = models.BooleanField()
    withdrawn_on = models.DateField(null=True)
