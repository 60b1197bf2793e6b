"""Every entry of one inspection or item of the statement, newest recorded first."""

from django.http import HttpResponse
from django.urls import reverse

from candour.inspections.views.frame import address, found, found_item
from candour.inspections.views.words import told
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.history import told_page
from candour.kernel.web.page import Request, page


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    trail = [(reverse("inspections"), "Inspections"), (address(it), it.record.reference)]
    return told_page(request, it.record, tell=told, trail=trail)


@page(HistoryPermission.SEE)
def item_history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_item(request, organisation, reference)
    trail = [(reverse("statement"), "Force management statement"), (address(it), it.record.reference)]
    return told_page(request, it.record, tell=told, trail=trail)
