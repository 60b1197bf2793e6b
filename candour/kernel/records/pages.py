"""What every page about a record needs: the record at an address, and the marking of the page."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404

from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.queries import record_at
from candour.kernel.web.context import OFFICIAL, Marking, sensitive
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request

__all__ = ["about", "address_of", "carried_out", "marking_of", "record_or_404"]


def record_or_404(request: Request, kind: str, organisation: str, reference: str) -> Record:
    """The record at an address; Http404 alike for one that is hidden and one that never was."""
    try:
        return record_at(kind, organisation, reference, actor=request.actor)
    except (KeyError, Record.DoesNotExist):
        raise Http404 from None


def address_of(record: Record) -> str:
    """The address of a record's own page."""
    return kind_named(record.kind).address(record.organisation.code, record.reference)


def marking_of(sensitivities: Iterable[str]) -> Marking:
    """The marking of a page that shows records of these sensitivities, each record once."""
    count = sum(one == Sensitivity.RESTRICTED for one in sensitivities)
    if not count:
        return OFFICIAL
    return sensitive(f"Shows {count} restricted {'record' if count == 1 else 'records'}. Office and panel only.")


def about(record: Record) -> dict[str, Any]:
    """What the template of a page about one record is given: the record, its kind, its address and the marking."""
    return {
        "record": record,
        "kind": kind_named(record.kind),
        "back": address_of(record),
        "marking": marking_of([record.sensitivity]),
    }
