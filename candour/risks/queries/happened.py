"""What happened to a risk, as an actor may read it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import Event, events
from candour.kernel.records.happened import entries_seen, entries_told
from candour.kernel.records.models import Record


@dataclass(frozen=True)
class HistoryFilter:
    """What a page of entries shows. events: which kinds, empty for all; by_effective: newest in effect first."""

    events: tuple[str, ...] = ()
    post: str = ""
    first: date | None = None
    last: date | None = None
    by_effective: bool = False


def narrowed_entries(rows: QuerySet[Entry], wanted: HistoryFilter) -> QuerySet[Entry]:
    """The entries that a filter leaves."""
    if wanted.events:
        kinds = Q()
        for event in wanted.events:
            kinds |= Q(event__startswith=event) if event.endswith((".", "_")) else Q(event=event)
        rows = rows.filter(kinds)
    if wanted.post:
        rows = rows.filter(actor_label=wanted.post)
    day = "effective" if wanted.by_effective else "recorded_at__date"
    if wanted.first:
        rows = rows.filter(**{f"{day}__gte": wanted.first})
    if wanted.last:
        rows = rows.filter(**{f"{day}__lte": wanted.last})
    return rows


def latest_events(record: Record, actor: Actor, *, day: date | None, size: int) -> list[Event]:
    """The last things that happened, newest first; up to a past day where one is given. Two queries."""
    rows = entries_seen(record, actor, by_effective=True)
    if day is not None:
        rows = rows.filter(effective__lte=day)
    return events(list(rows[:size]))


def events_since(record: Record, actor: Actor, sequence: int) -> list[Event]:
    """What was entered after an entry, newest first: what somebody has not read yet. Two queries."""
    return events(list(entries_seen(record, actor).filter(sequence__gt=sequence)[:20]))


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


def posts_in_history(record: Record, actor: Actor) -> list[str]:
    """The labels of who entered anything, for the filter. One query."""
    return sorted(set(entries_seen(record, actor).order_by().values_list("actor_label", flat=True)))
