"""The thin spine: every risk, recommendation or contract is a Record, so that links, actions and search have a real key."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from candour.kernel.access import Actor, restricted
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Chained, Recorded
from candour.kernel.people.models import Organisation, Person, Post
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.kinds import kinds


class Sensitivity(models.TextChoices):
    """Who may ever see a record. The order is one of strictness: see stricter()."""

    PUBLIC = "public", "May be published"
    OFFICE = "office", "Office and panel"
    RESTRICTED = "restricted", "Restricted"


class Record(Chained, Recorded):
    """What every register's rows have in common. Never grows behaviour."""

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="records")
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="owned_records", null=True, blank=True)
    sensitivity = models.CharField(max_length=20, choices=Sensitivity.choices, default=Sensitivity.OFFICE)
    closed_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("title",)
    labels: ClassVar[tuple[str, ...]] = ("organisation", "owner")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "kind", "reference", name="one_record_a_reference")]
        indexes = [models.Index("kind", "reference", name="record_by_reference")]

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> "Record":
        """A row as it is read. That a restricted one was read is noted, wherever that was: see access/restricted.py."""
        record = super().from_db(db, field_names, values, **more)
        if record.__dict__.get("sensitivity") == Sensitivity.RESTRICTED:
            restricted.read(record)
        return record


class Share(Recorded):
    """A record that another organisation may see too, until the share ends."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shared_records")
    ended = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "record"
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        constraints = [
            models.UniqueConstraint("record", "organisation", condition=Q(ended=None), name="one_share_at_a_time")
        ]


class Link(Recorded):
    """A record that bears on another, and how: the words are read from the record that holds the link."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links")
    to = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="linked_from")
    how = models.CharField(max_length=60, default="bears on")
    ended = models.DateField(null=True, blank=True)

    # The other end is kept by its number alone: a label in the history would name it to those who may not see it.
    chain: ClassVar[str] = "record"

    class Meta:
        constraints = [models.UniqueConstraint("record", "to", condition=Q(ended=None), name="one_link_at_a_time")]


class SavedView(Chained, Recorded):
    """The filters, columns and order of a list under a name, for one person or, shared, for everybody of a body.

    query: the address's query. It says what to look for and never what was found: each reader sees through their own eyes.
    """

    of = models.CharField(max_length=40, help_text="The list: risks")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_views")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="saved_views")
    shared = models.BooleanField(default=False)
    removed_on = models.DateField(null=True, blank=True)

    words: ClassVar[tuple[str, ...]] = ("name", "query")
    labels: ClassVar[tuple[str, ...]] = ("organisation",)

    class Meta:
        indexes = [
            models.Index("of", "person", name="views_of_person"),
            models.Index("of", "organisation", name="views_of_body"),
        ]

    def __str__(self) -> str:
        return f"View {self.pk}"


class FirstView(Recorded):
    """The saved view that a person's list opens with; none for the list as it is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="first_views")
    of = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    chain: ClassVar[str] = "person"

    class Meta:
        constraints = [models.UniqueConstraint("person", "of", name="one_first_view_a_list")]

    def __str__(self) -> str:
        return f"First view {self.pk}"


class SearchText(models.Model):
    """What search finds a record by. Rebuilt from the record in the recording that changes it."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    text = models.TextField()


def visible(actor: Actor, permission: str, path: str = "", *, number: str = "pk") -> Q:
    """The one rule for rows: which records, or read lines, an actor may see.

    An organisation's own and those shared with it, for the organisations in which the actor holds `permission`. Restricted
    ones only where the actor also holds records.see_restricted, or answers for them. path leads from the row to the record or
    its line ("record__"); the row there has organisation, owner and sensitivity. number: its column with the record's number.
    """
    if actor.only is not None:
        confined = Q(**{f"{path}{number}__in": actor.only})
        return confined & visible(replace(actor, only=None), permission, path, number=number)
    see = actor.scope(permission)
    if EVERYWHERE in see:
        return Q()
    if not see:
        return Q(pk__in=[])
    restricted = actor.scope(RecordPermission.SEE_RESTRICTED) & see
    general = Q(**{f"{path}organisation__in": see}) | shared_with(see, f"{path}{number}")
    if restricted == see:
        return general
    deep = answered_for(actor, path, number=number)
    if restricted:
        deep |= Q(**{f"{path}organisation__in": restricted}) | shared_with(restricted, f"{path}{number}")
    return general & (~Q(**{f"{path}sensitivity": Sensitivity.RESTRICTED}) | deep)


def answered_for(actor: Actor, path: str = "", *, number: str = "pk") -> Q:
    """Records for which one of the actor's posts answers now: as their owner, or as an owner that their kind counts.

    The same of a past day is queries.answered_then.
    """
    found = Q(**{f"{path}owner__in": actor.posts})
    for owners in (kind.owners for kind in kinds() if actor.posts):
        if owners is not None:
            found |= Q(**{f"{path}{number}__in": owners.standing(actor.posts)})
    return found


def shared_with(organisations: frozenset[int], number: str) -> Q:
    """Rows of records with a standing share for one of the organisations. number: leads to the record's number."""
    shares = Share.objects.filter(record=OuterRef(number), organisation__in=organisations, ended=None)
    return Q(Exists(shares))


STRICTNESS = {Sensitivity.PUBLIC.value: 0, Sensitivity.OFFICE.value: 1, Sensitivity.RESTRICTED.value: 2}


def stricter(one: str, other: str) -> str:
    """Of two sensitivities the stricter: what one may see of a past day follows that day's and today's."""
    return max(one, other, key=lambda sensitivity: STRICTNESS[sensitivity])
