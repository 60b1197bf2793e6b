"""Calendar feeds: what a person's calendar reads by itself, behind an address that only they know."""

from typing import ClassVar

from django.db import models

from candour.boards.models.boards import Board
from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Person


class Feed(Recorded):
    """A calendar feed of one person: the meetings of a board, or without one those of every board on which their posts sit.

    seed: what the address is made from, together with the key of the installation: by itself it opens nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="feeds")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="feeds")
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True, help_text="Of the token, by which it is found")
    made_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "person"

    def __str__(self) -> str:
        return f"Feed {self.pk}"
