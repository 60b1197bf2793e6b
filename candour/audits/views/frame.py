"""What the pages of audits share: finding the audit, its address, and the words of states."""

from collections.abc import Mapping

from django.http import Http404
from django.urls import reverse

from candour.audits.models import Audit
from candour.audits.queries import audit_at
from candour.kernel.web.page import Request

STATE_TONES: Mapping[str, str] = {
    "Planned": "",
    "Under way": "blue",
    "Draft": "amber",
    "Final": "green",
    "Late": "red",
    "Deferred": "plum",
    "Cancelled": "line",
}
SEEN_BY: Mapping[str, str] = {
    "public": "Office, panel and public",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}


def found(request: Request, organisation: str, reference: str) -> Audit:
    """The audit at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return audit_at(organisation, reference, actor=request.actor)
    except Audit.DoesNotExist:
        raise Http404 from None


def address(audit: Audit, name: str = "audit") -> str:
    """The address of a page of an audit: address(audit, "audit-dates")."""
    return reverse(name, args=[audit.record.organisation.code, audit.record.reference])
