"""Saved views as a person finds them: their own, and those shared in their body."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.composed import Composed
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
    return _usable(actor.organisation, person=actor.id, of=of)


def _usable(organisation: int | None, *, person: int, of: str) -> QuerySet[SavedView]:
    theirs = Q(person=person) | Q(shared=True, organisation=organisation)
    return SavedView.objects.filter(theirs, of=of, removed_on=None)


def _kept(organisation: int | None, *, person: int, of: str) -> QuerySet[SavedView, Any]:
    first = FirstView.objects.filter(person=person, view=OuterRef("pk"))
    found = _usable(organisation, person=person, of=of).annotate(first=Exists(first))
    return found.values_list("pk", "name", "query", "person", "shared", "first")


_views = Composed(_kept)


def saved_views(actor: Actor, of: str) -> list[Kept]:
    """The views that a person may use, their own before those of others, by name. One query."""
    rows = _views(actor.organisation, person=actor.id, of=of) if actor.kind == "person" else []
    kept = [Kept(pk, name, query, person == actor.id, shared, first) for pk, name, query, person, shared, first in rows]
    return sorted(kept, key=lambda view: (not view.own, view.name.casefold(), view.pk))


def view_of(actor: Actor, of: str, pk: int) -> SavedView:
    """A view that a person may use. Raises SavedView.DoesNotExist for one that is not theirs, removed, or never was."""
    return found_by(actor, of).get(pk=pk)
