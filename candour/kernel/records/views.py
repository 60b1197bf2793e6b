"""Pages over every kind of record: search, what happened lately, and whether the history holds."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst

from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.models import Entry, Seal
from candour.kernel.history.queries import events, last_seal
from candour.kernel.history.verify import verify
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.records.search import search, words
from candour.kernel.web.page import SIGNED_IN, page
from candour.kernel.web.tables import Page

FOUND = 25  # results on a page


@page(SIGNED_IN)
def search_page(request: HttpRequest) -> HttpResponse:
    """Records of every kind that hold every word of ?q=, by reference."""
    asked = request.GET.get("q", "").strip()
    rows = search(asked, actor=request.actor)
    paging = Page.read(request.GET, count=rows.count(), size=FOUND)
    found = [
        (row, kind_named(row.kind), kind_named(row.kind).address(row.organisation.code, row.reference))
        for row in paging.of(rows)
    ]
    context = {"q": asked, "words": words(asked), "found": found, "paging": paging}
    return render(request, "records/search.html", context)


@page(HistoryPermission.SEE)
def history_page(request: HttpRequest) -> HttpResponse:
    """What happened to the records that one may see, newest recorded first."""
    seen = Record.objects.filter(visible_records(request.actor)).order_by().values("pk")
    entries = Entry.objects.filter(Q(record_kind="records.record"), record_id__in=seen).order_by("-pk")
    paging = Page.read(request.GET, count=entries.count(), size=FOUND)
    happened = events(list(paging.of(entries)))
    records = Record.objects.select_related("organisation").in_bulk({event.record_id for event in happened})
    rows = [
        (
            event,
            records[event.record_id],
            address(records[event.record_id]),
            capfirst(event.event.split(".")[-1].replace("_", " ")),
        )
        for event in happened
    ]
    return render(request, "records/history.html", {"rows": rows, "paging": paging, "seal": last_seal()})


def address(record: Record) -> str:
    return kind_named(record.kind).address(record.organisation.code, record.reference)


@page(HistoryPermission.VERIFY, methods=("GET", "POST"))
def verify_page(request: HttpRequest) -> HttpResponse:
    """Check every entry now, on request: it reads the whole history, so a visit alone does not."""
    verdict = verify() if request.method == "POST" else None
    context = {
        "verdict": verdict,
        "entries": Entry.objects.count(),
        "seals": Seal.objects.count(),
        "seal": last_seal(),
        "now": request.now,
    }
    return render(request, "records/verify.html", context)


@page(HistoryPermission.VERIFY)
def seals(request: HttpRequest) -> HttpResponse:
    """Every seal, to be kept outside: whoever holds a root can tell later whether what it covers was altered."""
    rows = Seal.objects.order_by("pk").values(
        "pk", "sealed_at", "first_entry", "last_entry", "entries", "previous_root", "root"
    )
    response = JsonResponse({"seals": list(rows)}, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="candour-seals.json"'
    return response
