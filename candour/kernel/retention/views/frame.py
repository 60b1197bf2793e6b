"""What the pages of retention share: their row of lists, and the addresses of a record's own."""

from typing import Any

from django.urls import reverse

from candour.kernel.records.models import Record
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.models import Removal
from candour.kernel.retention.queries.removals import holds_seen, removals_seen
from candour.kernel.web.page import Request, may_open


def tabs(request: Request, here: str) -> list[dict[str, Any]]:
    """The lists, each with how much waits or stands in it. Two queries."""
    waiting = removals_seen(request.actor).filter(outcome=Removal.Outcome.WAITING).count()
    standing = holds_seen(request.actor).filter(lifted_on=None).count()
    found = [
        ("due", "Due for disposal", "retention", None),
        ("removals", "Removals", "retention-removals", waiting),
        ("holds", "Legal holds", "retention-holds", standing),
        ("periods", "Periods", "retention-periods", None),
    ]
    if may_open(request.actor, RetentionPermission.ASK):
        found.append(("find", "Find words", "retention-find", None))
    return [
        {"label": label, "href": reverse(name), "current": key == here, "count": count}
        for key, label, name, count in found
    ]


def address(name: str, record: Record) -> str:
    """The address of a page about how a record is kept."""
    return reverse(name, args=[record.kind, record.organisation.code, record.reference])


def keeping_at(record: Record) -> str:
    return address("record-keeping", record)
