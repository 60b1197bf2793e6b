"""What the pages of agreements share: finding the agreement, its address, and the tones of states."""

from collections.abc import Mapping

from django.http import Http404
from django.urls import reverse

from candour.commissioning.models import Agreement
from candour.commissioning.queries import agreement_at
from candour.kernel.web.page import Request

CARE_TONES: Mapping[str, str] = {
    "Missing": "red",
    "Asked later": "blue",
    "Out of date": "red",
    "Waived": "plum",
    "Expires soon": "amber",
    "In date": "green",
}
RESULT_TONES: Mapping[str, str] = {"fail": "red", "warn": "amber", "pass": "green"}
SEEN_BY: Mapping[str, str] = {
    "public": "Office, panel and public",
    "office": "Office and panel",
    "restricted": "Its lead, and those who may see restricted records",
}


def found(request: Request, organisation: str, reference: str) -> Agreement:
    """The agreement at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return agreement_at(organisation, reference, actor=request.actor)
    except Agreement.DoesNotExist:
        raise Http404 from None


def address(it: Agreement, name: str = "agreement") -> str:
    """The address of a page of an agreement: address(it, "agreement-sign")."""
    return reverse(name, args=[it.record.organisation.code, it.record.reference])
