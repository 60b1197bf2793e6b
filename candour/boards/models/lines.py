"""Read lines of meetings, agenda items and their actions, and the words of actions and decisions: what lists need and does not
depend on today."""

from django.db import models

from candour.boards.models.boards import Board
from candour.boards.models.meetings import Meeting
from candour.boards.models.outcomes import BoardAction, Decision
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.records.search import Words


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


class BoardActionLine(models.Model):
    """The read line of an action of a board: what decides who sees its item, which post and board it is of, and its dates.

    owner: who presents the item; post: who does the action. settled: 0 while it is to do, else 1: what is to do comes first.
    """

    action = models.OneToOneField(BoardAction, on_delete=models.CASCADE, primary_key=True, related_name="line")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="board_action_lines")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    sensitivity = models.CharField(max_length=20)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    original_due = models.DateField()
    due = models.DateField()
    done_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    superseded = models.BooleanField()
    settled = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "action"
        indexes = [
            models.Index(
                "settled", "due", "action", "organisation", "sensitivity", "owner", "record", name="board_actions_in_order"
            ),
            models.Index(
                "settled", "post", "original_due", "organisation", "sensitivity", "owner", "record",
                name="board_action_ages",
            ),
        ]  # fmt: skip


class BoardActionText(models.Model):
    """What an action of a board is found by in the log of actions."""

    action = models.OneToOneField(BoardAction, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="board_action_texts")
    text = models.TextField()

    class Meta:
        verbose_name = "words of action"


class DecisionText(models.Model):
    """What a decision is found by in the register of decisions."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    text = models.TextField()


def _words(name: str, table: str, key: str) -> Words:
    """PostgreSQL knows how many texts have a word of those that it indexes, and finds many and few each in the best way."""
    asked = "to_tsvector('simple'::regconfig, text) @@ to_tsquery('simple', %s)"
    return Words(name, f"SELECT {key} FROM {table} WHERE {asked}")  # noqa: S608


ACTION_WORDS = _words("boards_action_words", "boards_boardactiontext", "action_id")
DECISION_WORDS = _words("boards_decision_words", "boards_decisiontext", "decision_id")
