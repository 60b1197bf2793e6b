"""Why records changed between two days: what is said beside each change, and who agreed it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import word
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.happened import with_sensitivity
from candour.kernel.records.models import Record, Sensitivity, answered_for, stricter


@dataclass(frozen=True)
class Why:
    """One entry of one record: its event, the day from which it holds, why, and who agreed it.

    sensitivity: the stricter of the record's when it was entered and when it took effect. A reason that was written while
    a record was restricted stays so when the record no longer is. changes: the entry's own, as its text holds them.
    """

    event: str
    day: date | None
    reason: str
    approver: str
    sensitivity: str
    changes: Sequence[Mapping[str, Any]] = field(default=(), compare=False)

    def unsaid(self) -> "Why":
        """The same for one who may not read it: it keeps its place, so that no other reason is taken for it."""
        return replace(self, day=None, reason="", approver="")

    def given(self, model: str, name: str) -> list[tuple[str, Any]]:
        """(what the row is called, its new value) of each row of a model in which a field changed."""
        return [
            (change["label"], item["new"])
            for change in self.changes
            if change["model"] == model
            for item in change.get("fields", ())
            if item["field"] == name
        ]


def reasons(
    actor: Actor,
    records: QuerySet[Record],
    events: Collection[str],
    *,
    after: date,
    until: date,
    known_on: datetime | None = None,
) -> dict[int, tuple[Why, ...]]:
    """By record what took effect after a day and up to another, oldest first, as the actor may read it. One query.

    known_on: use only what had been recorded by then.
    """
    entries = Entry.objects.filter(
        record_kind=Record._meta.label_lower,
        record_id__in=records.order_by().values("pk"),
        event__in=events,
        effective__gt=after,
        effective__lte=until,
    )
    if known_on is not None:
        entries = entries.filter(recorded_at__lte=known_on)
    asked = with_sensitivity(entries).annotate(
        facts_entered=F("entered"), facts_then=F("then"), free=Exists(_free(actor).filter(pk=OuterRef("record_id")))
    )
    found: dict[int, list[Why]] = defaultdict(list)
    for entry in asked.order_by("effective", "sequence"):
        why = _why(entry)
        readable = entry.free or why.sensitivity != Sensitivity.RESTRICTED
        found[entry.record_id].append(why if readable else why.unsaid())
    return {pk: tuple(told) for pk, told in found.items()}


def readable_by(told: Mapping[int, Iterable[Why]], sensitivities: Collection[str]) -> dict[int, tuple[Why, ...]]:
    """The reasons as they stand in a copy whose readers may read some sensitivities."""
    return {
        pk: tuple(one if one.sensitivity in sensitivities else one.unsaid() for one in of) for pk, of in told.items()
    }


def _free(actor: Actor) -> QuerySet[Record]:
    """Records of which an actor may read what was said while they were restricted, as on the page of their history."""
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    every = Record.objects.order_by()
    return every if EVERYWHERE in held else every.filter(Q(organisation__in=held) | answered_for(actor))


def _why(entry: Any) -> Why:
    body = json.loads(entry.canonical)
    return Why(
        event=entry.event,
        day=entry.effective,
        reason=word(entry, body["reason"], "reason"),
        approver=word(entry, body.get("approver", ""), "approver"),
        sensitivity=stricter(_sensitivity(entry.facts_entered), _sensitivity(entry.facts_then)),
        changes=body["changes"],
    )


def _sensitivity(facts: str | None) -> str:
    return str(json.loads(facts)["sensitivity"]) if facts else str(Sensitivity.RESTRICTED)
