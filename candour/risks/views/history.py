"""Who changed what in one risk: every entry, field by field, with the fingerprint that holds it."""

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.queries import Event
from candour.kernel.records.history import history_download, history_page
from candour.kernel.records.telling import Shown
from candour.kernel.web.page import Request, page
from candour.risks.models import Control, Risk
from candour.risks.queries import others_of
from candour.risks.queries.one import score_points_of
from candour.risks.views.events import Known, named_in, shown
from candour.risks.views.frame import address, found
from candour.risks.views.words import KINDS


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries that match, newest first, twenty-five at a time."""
    it = found(request, organisation, reference)
    level = f"{reverse('risks')}?register={it.level}"
    trail = [(level, f"{it.get_level_display()} risks"), (address(it), it.record.reference)]
    return history_page(
        request,
        it.record,
        kinds=KINDS,
        tell=lambda happened: _told(it, request.actor, happened),
        trail=trail,
        since=it.first_recorded,
        file=address(it, "risk-history-file"),
        named=False,
    )


@page(HistoryPermission.SEE)
def history_file(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries as they are held, with the states they left, so that anyone can work the fingerprints out again."""
    it = found(request, organisation, reference)
    return history_download(it.record, request.actor)


def _told(it: Risk, actor: Actor, happened: list[Event]) -> list[Shown]:
    controls = dict(Control.objects.filter(risk=it).values_list("pk", "text"))
    known = Known(score_points_of(it), controls, others_of(it, actor=actor, **named_in(happened)))
    return [shown(event, known) for event in happened]
