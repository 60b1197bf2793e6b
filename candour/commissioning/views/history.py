"""Every entry of one agreement, newest recorded first."""

from django.http import HttpResponse
from django.urls import reverse

from candour.commissioning.views.frame import address, found
from candour.commissioning.views.words import told
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.history import told_page
from candour.kernel.records.priorities import priorities, said_of
from candour.kernel.web.page import Request, page


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    trail = [(reverse("agreements"), "Agreements"), (address(it), it.record.reference)]
    serves = said_of(priorities(request.actor))
    return told_page(request, it.record, tell=lambda event: told(event, serves), trail=trail)
