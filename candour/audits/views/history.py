"""Every entry of one audit, newest recorded first."""

from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse

from candour.audits.views.frame import address, found
from candour.audits.views.words import told
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.history import told_page
from candour.kernel.web.page import Request, page


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    plan = f"{reverse('audits')}?year={quote(it.year, safe='')}"
    trail = [(plan, f"Audit plan {it.year}"), (address(it), it.record.reference)]
    return told_page(request, it.record, tell=told, trail=trail)
