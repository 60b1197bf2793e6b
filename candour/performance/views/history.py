"""Every entry of one measure, newest recorded first."""

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.history import told_page
from candour.kernel.web.page import Request, page
from candour.performance.views.frame import address, found
from candour.performance.views.words import told


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    trail = [(reverse("measures"), "Performance"), (address(it), it.record.reference)]
    return told_page(request, it.record, tell=told, trail=trail)
