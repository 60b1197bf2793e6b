"""Every entry of one agreement, newest recorded first."""

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning.views.frame import address, found
from candour.commissioning.views.words import told
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.queries import events, last_seal
from candour.kernel.records.happened import entries_seen
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 25


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    rows = entries_seen(it.record, request.actor)
    paging = Page.read(request.GET, count=rows.count(), size=SIZE)
    entries = [told(event) for event in events(list(paging.of(rows)))]
    context = {
        "agreement": it,
        "entries": entries,
        "page": paging,
        "all_hold": all(entry.holds for entry in entries),
        "seal": last_seal(),
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "commissioning/history.html", context)
