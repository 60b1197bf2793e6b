"""A body's audits as they stood on a day, as a paper tells of them: who shares them, promises, meetings, what happened."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from candour.audits.access import AuditPermission
from candour.audits.models import ProgressReport, Promise
from candour.audits.queries.one import Move, moves_of
from candour.audits.queries.past import stood_on
from candour.audits.queries.rows import AuditRow
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import events
from candour.kernel.records.happened import told, with_sensitivity
from candour.kernel.records.models import Record, Sensitivity, Share, stricter, visible

EVENTS = ("audit.stages_planned", "audit.deferred", "audit.cancelled", "audit.reinstated")


@dataclass(frozen=True)
class Happened:
    """Dates that moved, or how an audit left its plan or came back. sensitivity: the strictest that it was written under."""

    event: str
    day: date
    reason: str
    approver: str
    sensitivity: str
    moves: tuple[Move, ...] = ()


def of_body(actor: Actor, organisation: int) -> QuerySet[Record]:
    """The records of the audits of a body, its own and those that are shared with it."""
    shared = Share.objects.filter(organisation=organisation, ended=None).values("record")
    return Record.objects.filter(
        visible(actor, AuditPermission.SEE), Q(organisation=organisation) | Q(pk__in=shared), kind="audit"
    )


def audits_on(actor: Actor, organisation: int, *, as_at: date, known_on: datetime | None = None) -> list[AuditRow]:
    """The audits of a body, of every year, as they stood at the end of a day. Five queries."""
    return stood_on(actor, of_body(actor, organisation), as_at=as_at, known_on=known_on)


def shared_on(pks: Collection[int], *, as_at: date, known_on: datetime | None = None) -> dict[int, tuple[str, ...]]:
    """By audit the names of the bodies that it was shared with on a day. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in states_on(Share.objects.filter(record__in=pks), as_at, known_on=known_on):
        if row["ended"] is None or row["ended"] > as_at:
            found[row["record_id"]].append(row["organisation_label"])
    return {pk: tuple(sorted(names)) for pk, names in found.items()}


def promises_on(organisation: int, *, as_at: date, known_on: datetime | None = None) -> list[Promise]:
    """What auditors had promised a body by a day, unsaved. One query."""
    names = ("id", "organisation_id", "provider_id", "measure", "allowed", "starts", "ends")
    rows = states_on(Promise.objects.filter(organisation=organisation), as_at, known_on=known_on)
    return [Promise(**{name: row[name] for name in names}) for row in rows]


def meetings_on(organisation: int, *, as_at: date, known_on: datetime | None = None) -> list[ProgressReport]:
    """The meetings that progress reports were due for, as recorded by a day, unsaved, by day. Two queries."""
    names = ("id", "organisation_id", "provider_id", "panel_on", "issued_on")
    held = ProgressReport.objects.filter(organisation=organisation)
    bodies = {row.pk: row.organisation for row in held.select_related("organisation")}
    rows = [row for row in states_on(held, as_at, known_on=known_on) if row["id"] in bodies]
    found = [
        ProgressReport(
            **{name: row[name] for name in names if name != "organisation_id"}, organisation=bodies[row["id"]]
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.panel_on)


def panels_before(actor: Actor, day: date) -> list[date]:
    """The days before another on which the panels met of the bodies whose plans an actor sees, newest first. One query."""
    see = actor.scope(AuditPermission.SEE)
    held = ProgressReport.objects.filter(Q() if EVERYWHERE in see else Q(organisation__in=see), panel_on__lt=day)
    return list(held.order_by("-panel_on").values_list("panel_on", flat=True).distinct()[:12])


def happened(
    actor: Actor, pks: Collection[int], *, until: date, known_on: datetime | None = None
) -> dict[int, tuple[Happened, ...]]:
    """By audit every time that planned dates moved, or it left the plan or came back, oldest first. Two queries."""
    label = Record._meta.label_lower
    entries = Entry.objects.filter(
        told(actor), record_kind=label, record_id__in=pks, event__in=EVENTS, effective__lte=until
    )
    if known_on is not None:
        entries = entries.filter(recorded_at__lte=known_on)
    asked = with_sensitivity(entries).annotate(facts_entered=F("entered"), facts_then=F("then"))
    rows = list(asked.order_by("effective", "sequence"))
    found: dict[int, list[Happened]] = defaultdict(list)
    for entry, one in zip(rows, events(rows), strict=True):
        strict = stricter(_sensitivity(entry.facts_entered), _sensitivity(entry.facts_then))
        moves = moves_of(one)
        if moves or one.event != "audit.stages_planned":
            found[one.record_id].append(Happened(one.event, one.effective, one.reason, one.approver, strict, moves))
    return {pk: tuple(told_of) for pk, told_of in found.items()}


def _sensitivity(facts: str | None) -> str:
    return str(json.loads(facts)["sensitivity"]) if facts else str(Sensitivity.RESTRICTED)
