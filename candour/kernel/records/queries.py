"""Questions about any record: find one by its address, its links as an actor may see them."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.lookups import In

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.composed import Composed
from candour.kernel.history.queries import as_at
from candour.kernel.people.models import Organisation
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.compile import LookedAt
from candour.kernel.records.kinds import Kind, kind_named, kinds
from candour.kernel.records.models import Link, Record, Sensitivity, Share, stricter, visible


def visible_records(actor: Actor, path: str = "") -> Q:
    """Records of any kind that an actor may see. Kinds seen in the same bodies are asked for in one condition.

    Rows are found by what else is asked of them, never by their kind: nearly all of them can be of one.
    """
    alike: dict[frozenset[int], list[Kind]] = {}
    for kind in kinds():
        alike.setdefault(actor.scope(kind.see), []).append(kind)
    found = Q(pk__in=[])
    for some in alike.values():
        named = In(LookedAt(f"{path}kind"), [kind.name for kind in some])
        found |= Q(named) & visible(actor, some[0].see, path)
    return found


def record_at(kind: str, organisation: str, reference: str, *, actor: Actor) -> Record:
    """The record at an address. Raises Record.DoesNotExist alike for one that is hidden and one that never was."""
    rows = Record.objects.filter(visible(actor, kind_named(kind).see), kind=kind).select_related(
        "organisation", "owner"
    )
    return rows.get(organisation__code=organisation, reference=reference)


def seen_on(record: Record, *, actor: Actor, day: date) -> bool:
    """Whether one who sees a record today may see how it stood on a day: restricted then or now is restricted.

    False too where it did not stand yet. One query, and one more each about owners and shares where nothing else decides.
    """
    only = Record.objects.filter(pk=record.pk)
    states = as_at(only, day)
    if not states:
        return False
    state = states[0] | {"sensitivity": stricter(states[0]["sensitivity"], record.sensitivity)}
    restricted = state["sensitivity"] == Sensitivity.RESTRICTED
    return seen_then(actor, state, answered=answered_then(actor, only, day) if restricted else ())


def seen_then(
    actor: Actor, state: Mapping[str, Any], *, answered: Collection[int] = (), shared: bool | None = None
) -> bool:
    """Whether one who sees a record today may see a state of it, given as as_at gives it.

    answered: the records that answered_then gives for the day. shared: whether it is shared with a body for which the actor
    sees restricted records, where that is known already.
    """
    if state["sensitivity"] != Sensitivity.RESTRICTED or state["owner_id"] in actor.posts or state["id"] in answered:
        return True
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE in held or state["organisation_id"] in held:
        return True
    return shares_for(actor).filter(record=state["id"]).exists() if shared is None else shared


def answered_then(actor: Actor, records: QuerySet[Record], day: date, *, known_on: datetime | None = None) -> set[int]:
    """Of some records those for which one of the actor's posts answered at the end of a day, beside their owners.

    What models.answered_for asks of today. One query for each kind that counts more owners than one.
    """
    found: set[int] = set()
    for owners in (kind.owners for kind in kinds() if actor.posts):
        if owners is not None:
            rows = owners.model._default_manager.filter(**{f"{owners.of}__in": records.order_by().values("pk")})
            found |= owners.among(as_at(rows, day, known_on=known_on), actor.posts)
    return found


def shares_for(actor: Actor) -> QuerySet[Share]:
    """Standing shares with the bodies for which an actor sees restricted records."""
    return Share.objects.filter(organisation__in=actor.scope(RecordPermission.SEE_RESTRICTED), ended=None)


@dataclass(frozen=True)
class Linked:
    """The other end of a link: what kind, how it bears on this record, and where to find it."""

    how: str
    kind: str
    reference: str
    title: str
    address: str


def links_of(record: Record, *, actor: Actor) -> list[Linked]:
    """Links from and to a record whose other end the actor may see; a hidden end is not there. One query."""
    outward = Q(record=record) & visible_records(actor, "to__")
    inward = Q(to=record) & visible_records(actor, "record__")
    links = Link.objects.filter(outward | inward, ended=None).select_related("to__organisation", "record__organisation")
    ends = [(link.how, link.to if link.record_id == record.pk else link.record) for link in links]
    found = []
    for how, end in sorted(ends, key=lambda pair: (pair[1].kind, pair[1].reference)):
        kind = kind_named(end.kind)
        found.append(
            Linked(how, kind.label, end.reference, end.title, kind.address(end.organisation.code, end.reference))
        )
    return found


@dataclass(frozen=True)
class Sharing:
    """A standing share: with which body."""

    pk: int
    organisation_id: int
    organisation: str


def shares_of(record: Record) -> list[Sharing]:
    """The bodies that a record is shared with. One query."""
    return [Sharing(*row) for row in _shares(record=record.pk)]


_shares = Composed(
    lambda *, record: (
        Share.objects.filter(record=record, ended=None)
        .order_by("organisation__name")
        .values_list("pk", "organisation_id", "organisation__name")
    )
)


def bodies(actor: Actor, permission: str) -> list[Organisation]:
    """The organisations in which an actor holds a permission, their own first."""
    found = Organisation.objects.filter(pk__in=actor.scope(permission))
    return sorted(found, key=lambda each: (each.pk != actor.organisation, each.name))


NUMBERED = re.compile(r"^(.*?)(\d+)$")


def next_reference(organisation: int, kind: str, *, first: str) -> str:
    """The reference after the highest of a body's records of a kind: MPC014 after MPC013; `first` where there is none.

    The commonest prefix counts. Hidden records count too, so that no number is given twice. One query.
    """
    held = [
        (match[1], match[2])
        for reference in Record.objects.filter(organisation=organisation, kind=kind).values_list("reference", flat=True)
        if (match := NUMBERED.match(reference))
    ]
    if not held:
        return first
    (prefix, _), *_ = Counter(prefix for prefix, _ in held).most_common(1)
    digits = max((digits for held_prefix, digits in held if held_prefix == prefix), key=int)
    return f"{prefix}{int(digits) + 1:0{len(digits)}}"
