"""What happened to a risk, as an actor may read it."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.history.queries import Event, events
from candour.kernel.records.happened import entries_seen, entries_told
from candour.kernel.records.models import Record


def changes_since(actor: Actor, seen: Mapping[int, int]) -> dict[int, list[Event]]:
    """By record what was entered after the entry that was read last, newest first. Two queries for any number."""
    later = Q(pk__in=[])
    for pk, sequence in seen.items():
        later |= Q(record_id=pk, sequence__gt=sequence)
    found: dict[int, list[Event]] = defaultdict(list)
    for event in events(list(entries_told(actor).filter(later).order_by("-pk")[:200])):
        found[event.record_id].append(event)
    return dict(found)


def last_review_event(record: Record, actor: Actor) -> Event | None:
    """The last review that an actor may read."""
    found = events(list(entries_seen(record, actor, by_effective=True).filter(event="risk.reviewed")[:1]))
    return found[0] if found else None
