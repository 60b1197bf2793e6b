"""Who changed what in one recommendation: every entry, field by field, with the fingerprint that holds it."""

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.history import history_download, history_page
from candour.kernel.web.page import Request, page
from candour.recommendations.queries.one import neighbours_of
from candour.recommendations.views.frame import address, found
from candour.recommendations.views.telling import Known, shown
from candour.recommendations.views.words import KINDS


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries that match, newest first, twenty-five at a time."""
    it = found(request, organisation, reference)
    known = Known.of(neighbours_of(it, actor=request.actor))
    return history_page(
        request,
        it.record,
        kinds=KINDS,
        tell=lambda happened: [shown(event, known) for event in happened],
        trail=[(reverse("recommendations"), "Recommendations"), (address(it), it.record.reference)],
        since=it.reported_on,
        file=address(it, "recommendation-history-file"),
    )


@page(HistoryPermission.SEE)
def history_file(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries as they are held, with the states they left, so that anyone can work the fingerprints out again."""
    it = found(request, organisation, reference)
    return history_download(it.record, request.actor)
