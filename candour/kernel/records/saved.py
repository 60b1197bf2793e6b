"""Saved views as a person finds them: their own, and those shared in their body."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.records.models import FirstView, SavedView


@dataclass(frozen=True)
class Kept:
    """A saved view. own: whether this person made it; first: whether their list opens with it."""

    pk: int
    name: str
    query: str
    own: bool
    shared: bool
    first: bool


def found_by(actor: Actor, of: str) -> QuerySet[SavedView]:
    """The standing views of a list that a person may use: their own and, of the body of their post, the shared ones."""
    if actor.kind != "person":
        return SavedView.objects.none()
    theirs = Q(person=actor.id) | Q(shared=True, organisation=actor.organisation)
    return SavedView.objects.filter(theirs, of=of, removed_on=None)


def saved_views(actor: Actor, of: str) -> list[Kept]:
    """The views that a person may use, their own before those of others, by name. One query."""
    first = FirstView.objects.filter(person=actor.id, view=OuterRef("pk"))
    rows = (
        found_by(actor, of)
        .annotate(first=Exists(first))
        .values_list("pk", "name", "query", "person", "shared", "first")
    )
    kept = [Kept(pk, name, query, person == actor.id, shared, first) for pk, name, query, person, shared, first in rows]
    return sorted(kept, key=lambda view: (not view.own, view.name.casefold(), view.pk))


def view_of(actor: Actor, of: str, pk: int) -> SavedView:
    """A view that a person may use. Raises SavedView.DoesNotExist for one that is not theirs, removed, or never was."""
    return found_by(actor, of).get(pk=pk)
