"""What happened to a record, as an actor may read it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact, IsNull

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.composed import Composed
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import Event, entries_of, events
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.compile import LookedAt
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Link, Record, answered_for, visible
from candour.kernel.records.queries import visible_records

RESTRICTED = '"sensitivity":"restricted"'  # as canonical text has it; free text is committed, so nothing else reads so

LINK = Link._meta.label_lower
OPEN = ~Q(entered__contains=RESTRICTED) & ~Q(then__contains=RESTRICTED)  # of entries as with_sensitivity gives them

_guards: dict[str, str] = {}


def guard(beginning: str, permission: str) -> None:
    """Events whose name begins so ("action.") are read only by those who hold a permission: apps say so in apps.py."""
    _guards[beginning] = permission


def told(actor: Actor) -> Q:
    """Entries of records whose kind of event an actor may read: who may not see actions reads nothing of them here."""
    found = named_to(actor)
    for beginning, permission in sorted(_guards.items()):
        seen = visible(actor, permission)
        if seen:  # an empty one says everything may be seen
            found &= ~Q(event__startswith=beginning) | of_records(seen)
    return found


def of_records(wanted: Q) -> Q:
    """Entries of records that are so. Asked of each entry's record: few entries are read, of records without number.

    By the record's number and not whether there is one, which PostgreSQL would answer from a list of all records that are so.
    """
    found = Record.objects.filter(wanted, pk=OuterRef("record_id")).order_by().values("pk")[:1]
    return Q(IsNull(Subquery(found), False))


def named_to(actor: Actor) -> Q:
    """Entries that hold no link to a record that an actor may not see: to link to it would tell that it is there."""
    if EVERYWHERE in actor.scope(RecordPermission.SEE_RESTRICTED):
        return Q()
    shown = Link.objects.filter(visible_records(actor, "to__"), pk=OuterRef("key"))
    hidden = Snapshot.objects.filter(~Exists(shown), model=Link._meta.label_lower, entry=OuterRef("pk"))
    return Q(~Exists(hidden))


def entries_seen(record: Record, actor: Actor, *, by_effective: bool = False) -> QuerySet[Entry]:
    """A record's entries that an actor may read.

    Who neither sees restricted records nor answers for this one does not read what was entered, or took effect, while it
    was restricted.
    """
    found = entries_of(record, by_effective=by_effective)
    return _seen(found, actor, everything=_reads_everything(record, actor))


def _reads_everything(record: Record, actor: Actor) -> bool:
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    return EVERYWHERE in held or record.organisation_id in held or record.owner_id in actor.posts


def _seen(entries: QuerySet[Entry], actor: Actor, *, everything: bool) -> QuerySet[Entry]:
    found = entries.filter(told(actor))
    return found if everything else with_sensitivity(found).filter(of_records(answered_for(actor)) | OPEN)


def entries_told(actor: Actor) -> QuerySet[Entry]:
    """The entries of every record that an actor may see, by the same rule."""
    of_a_record = Exact(
        LookedAt("record_kind"), Record._meta.label_lower
    )  # as nearly all are: no index is to give them
    found = Entry.objects.filter(of_a_record, told(actor), of_records(visible_records(actor)))
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE in held:
        return found
    free = of_records(Q(organisation__in=held) | answered_for(actor))
    # Few records were ever restricted: only their entries are asked for the states around them.
    states = Snapshot.objects.filter(model=Record._meta.label_lower, key=OuterRef("record_id"))
    return with_sensitivity(found).filter(free | ~Exists(states.filter(facts__contains=RESTRICTED)) | OPEN)


def with_sensitivity(entries: QuerySet[Entry]) -> Any:
    """Entries with the facts of their record as it was when each was entered, and when each took effect."""
    states = Snapshot.objects.filter(model=Record._meta.label_lower, key=OuterRef("record_id"))
    entered = states.filter(sequence__lte=OuterRef("sequence")).order_by("-sequence", "-effective")
    in_effect = states.filter(effective__lte=OuterRef("effective")).order_by("-effective", "-sequence")
    return entries.alias(entered=Subquery(entered.values("facts")[:1]), then=Subquery(in_effect.values("facts")[:1]))


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


def read(entries: list[Entry], actor: Actor) -> list[Event]:
    """Entries as pages read them, those of links with the record at the other end where an actor may see it.

    One query, and one more where any of them made or ended a link.
    """
    happened = events(entries)
    numbers = {event.pk: [one.key for one in event.changes if one.model == LINK] for event in happened}
    wanted = [number for several in numbers.values() for number in several]
    if not wanted:
        return happened
    seen = Link.objects.filter(visible_records(actor, "to__"), pk__in=wanted)
    ends = {
        pk: end_words(kind, reference, title)
        for pk, kind, reference, title in seen.values_list("pk", "to__kind", "to__reference", "to__title")
    }
    return [replace(one, ends=tuple(ends[n] for n in numbers[one.pk] if n in ends)) for one in happened]


def end_words(kind: str, reference: str, title: str) -> str:
    """The record at the end of a link, for a sentence: risk MPC001, A claim goes to court."""
    return f"{kind_named(kind).label.lower()} {reference}, {title}"


def latest_events(record: Record, actor: Actor, *, day: date | None, size: int, named: bool = True) -> list[Event]:
    """The last things that happened, newest first; up to a past day where one is given. Two queries, or as many as read().

    named: the records at the other end of links are looked up; False for a page that does so itself.
    """
    everything = _reads_everything(record, actor)
    until = {} if day is None else {"day": day}
    found = _latest(actor, everything, size, record=record.pk, **until)
    return read(found, actor) if named else events(found)


@Composed
def _latest(actor: Actor, everything: bool, size: int, *, record: int, day: date | None = None) -> QuerySet[Entry]:
    rows = _seen(entries_of(Record(pk=record), by_effective=True), actor, everything=everything)
    return (rows if day is None else rows.filter(effective__lte=day))[:size]


def events_since(record: Record, actor: Actor, sequence: int) -> list[Event]:
    """What was entered after an entry, newest first: what somebody has not read yet. Two queries."""
    return read(list(entries_seen(record, actor).filter(sequence__gt=sequence)[:20]), actor)


def posts_in_history(record: Record, actor: Actor) -> list[str]:
    """The labels of who entered anything, for the filter. One query."""
    return sorted(set(entries_seen(record, actor).order_by().values_list("actor_label", flat=True)))
