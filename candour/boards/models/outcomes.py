"""What came of an item: its minute, decisions, actions, and corrections of the minute at a later meeting."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from candour.boards.access import BoardPermission
from candour.boards.models.boards import Board
from candour.boards.models.meetings import Item, Meeting
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.actions.models import Action
from candour.kernel.calendar import say_date
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity, answered_for, shared_with, visible


class Minute(Recorded):
    """The minute of an item. It may be written anew until the minutes of the meeting are signed."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True, related_name="minute")
    text = models.TextField(blank=True)
    summary = models.TextField(blank=True, help_text="For the public: what was discussed, in plain words")
    started_at = models.TimeField(null=True, blank=True)

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("text", "summary")

    def __str__(self) -> str:
        return f"Minute {self.pk}"


class Correction(Recorded):
    """What a later meeting corrected in a minute. The minute stays as it was signed, with this beside it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="corrections")
    agreed_at = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrected")
    agreed_on = models.DateField()
    says = models.TextField()
    should = models.TextField()

    chain: ClassVar[str] = "item"
    words: ClassVar[tuple[str, ...]] = ("says", "should")

    def __str__(self) -> str:
        return f"Correction {self.pk}"


CLOSED_MEETING = "A closed meeting"  # what others are told of a board or meeting that is closed as a whole


class Decision(Chained, Recorded):
    """One resolution: which board, at which meeting, under which minute. One minute may hold several.

    item: where it was taken in Candour; None for one of a meeting that Candour did not hold. board: its name on that day, or
    CLOSED_MEETING: what a decision carries out elsewhere names it to all who see that. value: pounds, where it commits money.
    A decision of the closed part is seen as its item is.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="decisions")
    board = models.CharField(max_length=120)
    of = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    met_on = models.DateField()
    minute = models.CharField(max_length=60, blank=True, help_text="As the minutes number it; empty until they are out")
    resolved = models.TextField()
    reasons = models.TextField(blank=True)
    advice = models.TextField(blank=True, help_text="What was considered: legal, financial, equality advice; options")
    mover = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seconder = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.BooleanField(default=False)
    what = models.CharField(max_length=120, blank=True, help_text="What the money is for, as the limits name it")
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds")
    taken_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withheld = models.BooleanField(default=False)
    withheld_why = models.TextField(blank=True)

    words: ClassVar[tuple[str, ...]] = ("resolved", "reasons", "advice", "withheld_why")
    labels: ClassVar[tuple[str, ...]] = ("organisation", "mover", "seconder", "taken_by")

    class Meta:
        indexes = [
            models.Index("organisation", models.F("met_on").desc(), name="decisions_of_body"),
            models.Index("organisation", "item", "board", "withheld", "key", name="decisions_to_count"),
            models.Index(
                models.F("met_on").desc(), "board", "minute", models.F("id").desc(), name="decisions_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {say_date(self.met_on)}{f', minute {self.minute}' if self.minute else ''}"

    @property
    def taken_at(self) -> str:
        """The board for those who see the decision itself, of one that is closed as a whole too."""
        return self.of.name if self.of is not None and self.board == CLOSED_MEETING else self.board


class BoardAction(Recorded):
    """The board's side of an action set at an item: its number through the year, and what took its place."""

    action = models.OneToOneField(Action, on_delete=models.PROTECT, primary_key=True, related_name="board_action")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="board_actions")
    number = models.CharField(max_length=40)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")

    chain: ClassVar[str] = "item"

    def __str__(self) -> str:
        return self.number


def visible_decisions(actor: Actor) -> Q:
    """Decisions taken at items that an actor may see; and those of meetings not held here, of the bodies it sees boards of.

    Of a board that is closed as a whole: where they see restricted records too.
    """
    see = actor.scope(BoardPermission.SEE)
    if EVERYWHERE in see:
        return Q()
    if actor.only is not None:
        return visible(actor, BoardPermission.SEE, "item__record__")
    deep = see & actor.scope(RecordPermission.SEE_RESTRICTED)
    return _of_bodies(actor, see, deep) | _shared(actor, see, deep)


def _of_bodies(actor: Actor, see: frozenset[int], deep: frozenset[int]) -> Q:
    """Decisions of the bodies that an actor sees boards of: by the rule of records.models.visible for their records.

    It is all but those at the few items that are hidden: so that very many are counted without looking at the record of
    each. Decision and record are of one body.
    """
    own = Q(organisation__in=see)
    if deep == see:
        return own
    hidden = _items().filter(sensitivity=Sensitivity.RESTRICTED, organisation__in=see - deep)
    hidden = hidden.exclude(answered_for(actor))
    hidden = hidden.exclude(shared_with(deep, "pk")) if deep else hidden
    here = Q(item__isnull=False) & ~Q(item__in=hidden.values("pk"))
    elsewhere = Q(item=None) & (~Q(board=CLOSED_MEETING) | Q(organisation__in=deep))
    return own & (here | elsewhere)


def _shared(actor: Actor, see: frozenset[int], deep: frozenset[int]) -> Q:
    """Decisions at items of other bodies that are shared with an actor's. Asked of each that is not of these bodies: as a list
    of items it would be another index to look in, and all that was found put in order."""
    known = ~Q(sensitivity=Sensitivity.RESTRICTED) | answered_for(actor)
    known |= shared_with(deep, "pk") if deep else Q(pk__in=[])
    shared = _items().filter(shared_with(see, "pk"), known, pk=OuterRef("item")).exclude(organisation__in=see)
    return Q(Exists(shared))


def _items() -> models.QuerySet[Record]:
    return Record.objects.filter(kind="item").order_by()
