"""Why risks closed, moved or were rescored between two days: what a paper says beside each of them."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.db.models.lookups import Exact

from candour.kernel.access import Actor
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import word
from candour.kernel.records.compile import LookedAt
from candour.kernel.records.models import Record, Sensitivity, stricter, visible
from candour.risks.access import RiskPermission

EVENTS = (
    "risk.closed",
    "risk.merged",
    "risk.reopened",
    "risk.level_changed",
    "risk.rescored",
    "risk.reviewed",
    "risk.handed_over",
    "risk.score_proposed",
    "risk.score_agreed",
)


@dataclass(frozen=True)
class Happened:
    """One event of one risk. level: (from, to) where the event changed it.

    sensitivity: the stricter of the record's when it was entered and when it took effect. A reason written while a
    record was restricted stays so when the record no longer is. approver: who agreed it, where somebody did.
    """

    event: str
    day: date
    reason: str = ""
    level: tuple[str, str] | None = None
    sensitivity: str = "public"
    approver: str = ""


def happened(
    actor: Actor, *, organisation: int | None, after: date, until: date, known_on: datetime | None = None
) -> dict[int, tuple[Happened, ...]]:
    """By record number what took effect after a day and up to another, oldest first, of risks the actor may see.

    known_on: use only what had been recorded by then. One query.
    """
    records = Record.objects.filter(visible(actor, RiskPermission.SEE), kind="risk")
    if organisation is not None:
        records = records.filter(organisation=organisation)
    entries = Entry.objects.filter(
        Exact(LookedAt("record_kind"), Record._meta.label_lower),  # as nearly all are: the days find them
        record_id__in=records.values("pk"),
        event__in=EVENTS,
        effective__gt=after,
        effective__lte=until,
    )
    if known_on is not None:
        entries = entries.filter(recorded_at__lte=known_on)
    states = Snapshot.objects.filter(model=Record._meta.label_lower, key=OuterRef("record_id"))
    entered = states.filter(sequence__lte=OuterRef("sequence")).order_by("-sequence", "-effective")
    in_effect = states.filter(effective__lte=OuterRef("effective")).order_by("-effective", "-sequence")
    entries = entries.annotate(
        entered=Subquery(entered.values("facts")[:1]), then=Subquery(in_effect.values("facts")[:1])
    )
    found: dict[int, list[Happened]] = defaultdict(list)
    for entry in entries.order_by("effective", "sequence"):
        body = json.loads(entry.canonical)
        reason = word(entry, body["reason"], "reason")
        strict = stricter(_sensitivity(entry.entered), _sensitivity(entry.then))
        approver = word(entry, body.get("approver", ""), "approver")
        found[entry.record_id].append(Happened(entry.event, entry.effective, reason, _level(body), strict, approver))
    return {pk: tuple(events) for pk, events in found.items()}


def _sensitivity(facts: str | None) -> str:
    return json.loads(facts)["sensitivity"] if facts else Sensitivity.RESTRICTED


def _level(body: dict) -> tuple[str, str] | None:
    for change in body["changes"]:
        for item in change.get("fields", ()):
            if change["model"] == "risks.risk" and item["field"] == "level":
                return item["old"], item["new"]
    return None
