"""What happened to a risk, as an actor may read it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import Event, entries_of, events
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record

RESTRICTED = '"sensitivity":"restricted"'  # as canonical text has it; free text is committed, so nothing else reads so


@dataclass(frozen=True)
class HistoryFilter:
    """What a page of entries shows. events: which kinds, empty for all; by_effective: newest in effect first."""

    events: tuple[str, ...] = ()
    post: str = ""
    first: date | None = None
    last: date | None = None
    by_effective: bool = False


def entries_seen(record: Record, actor: Actor, *, by_effective: bool = False) -> QuerySet[Entry]:
    """A record's entries that an actor may read.

    Who may not see restricted records does not read what was entered, or took effect, while the record was one.
    """
    found = entries_of(record, by_effective=by_effective)
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE in held or record.organisation_id in held or record.owner_id in actor.posts:
        return found
    states = Snapshot.objects.filter(model=Record._meta.label_lower, key=record.pk)
    entered = states.filter(sequence__lte=OuterRef("sequence")).order_by("-sequence", "-effective")
    in_effect = states.filter(effective__lte=OuterRef("effective")).order_by("-effective", "-sequence")
    return (
        found.alias(entered=Subquery(entered.values("facts")[:1]), then=Subquery(in_effect.values("facts")[:1]))
        .exclude(entered__contains=RESTRICTED)
        .exclude(then__contains=RESTRICTED)
    )


def narrowed_entries(rows: QuerySet[Entry], wanted: HistoryFilter) -> QuerySet[Entry]:
    """The entries that a filter leaves."""
    if wanted.events:
        kinds = Q()
        for event in wanted.events:
            kinds |= Q(event__startswith=event) if event.endswith(".") else Q(event=event)
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


def last_review_event(record: Record, actor: Actor) -> Event | None:
    """The last review that an actor may read."""
    found = events(list(entries_seen(record, actor, by_effective=True).filter(event="risk.reviewed")[:1]))
    return found[0] if found else None


def posts_in_history(record: Record, actor: Actor) -> list[str]:
    """The labels of who entered anything, for the filter. One query."""
    return sorted(set(entries_seen(record, actor).order_by().values_list("actor_label", flat=True)))
