"""Records of finance as they stood at the end of a past day, and which of them an actor may see."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.finance.access import FinancePermission
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for

# What does not change of a record, by the names that rows are made from.
NAMES: dict[str, Any] = {"organisation_label": F("organisation__name"), "organisation_code": F("organisation__code")}


def records_of(actor: Actor, kind: str, organisation: int | None = None) -> QuerySet[Record]:
    """The records of a kind that an actor may see today, of one body or of all."""
    rows = Record.objects.filter(visible(actor, FinancePermission.SEE), kind=kind)
    return rows if organisation is None else rows.filter(organisation=organisation)


def seen_on(
    actor: Actor, records: QuerySet[Record], day: date, known_on: datetime | None = None
) -> dict[int, dict[str, Any]]:
    """The states of records on a day that an actor may see, with their bodies. Two queries.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    columns = NAMES | {
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
    }
    today = {row["id"]: row for row in records.annotate(**columns).order_by().values("id", "sensitivity", *columns)}
    found = {}
    for state in states_on(records, day, known_on=known_on):
        one = today[state["id"]]
        state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
        if seen_then(actor, state, shared=one["deep"]):
            found[state["id"]] = state | {name: one[name] for name in columns if name != "deep"}
    return found


def live_values(record: Record) -> dict[str, Any]:
    """The same of one record as it stands; its body and its owner were read with it."""
    return {
        "record_id": record.pk,
        "reference": record.reference,
        "title": record.title,
        "organisation_id": record.organisation_id,
        "owner_id": record.owner_id,
        "sensitivity": record.sensitivity,
        "closed_on": record.closed_on,
        "organisation_label": record.organisation.name,
        "organisation_code": record.organisation.code,
        "owner_label": str(record.owner or ""),
    }


def values_of(record: Record, row: Any) -> dict[str, Any]:
    """The values of a record and of the row of its kind, together."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | live_values(record)
