"""Pages over every kind of record: search, what happened lately, and whether the history holds."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.models import Entry, Seal
from candour.kernel.history.queries import Event, last_seal
from candour.kernel.history.verify import note_verified, verify
from candour.kernel.records.happened import entries_told, read
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.records.search import page_found, words
from candour.kernel.records.telling import EVENTS, event_words, linked
from candour.kernel.web.kept import answered
from candour.kernel.web.page import SIGNED_IN, Request, page
from candour.kernel.web.tables import Page, page_number

FOUND = 25  # results on a page


@page(SIGNED_IN, limit="search")
def search_page(request: Request) -> HttpResponse:
    """Records of every kind that hold every word of ?q=, by reference."""
    asked = request.GET.get("q", "").strip()
    rows, count = page_found(asked, actor=request.actor, number=page_number(request.GET), size=FOUND)
    paging = Page.read(request.GET, count=count, size=FOUND)
    found = [
        (row, kind_named(row.kind), kind_named(row.kind).address(row.organisation.code, row.reference)) for row in rows
    ]
    context = {"q": asked, "words": words(asked), "found": found, "paging": paging}
    return render(request, "records/search.html", context | marking(row for row, *_ in found))


@page(HistoryPermission.SEE, kept=True)
def history_page(request: Request) -> HttpResponse:
    """What happened to the records that one may see, newest recorded first. They are counted once between two recordings."""
    entries = entries_told(request.actor).order_by("-pk")
    paging = Page.read(request.GET, count=answered(request, "entries told", entries.count), size=FOUND)
    happened = read(list(paging.of(entries)), request.actor)
    records = Record.objects.select_related("organisation").in_bulk({event.record_id for event in happened})
    rows = [
        {
            "event": event,
            "record": record,
            "href": address(record),
            "title": title_of(event, record),
            "texts": texts_of(event),
        }
        for event in happened
        for record in [records[event.record_id]]
    ]
    return render(request, "records/history.html", {"rows": rows, "paging": paging} | marking(records.values()))


def title_of(event: Event, record: Record) -> str:
    """What happened, in the words of the record's own history: risk.rescored is "Score changed"."""
    return linked(event, event_words(EVENTS | dict(kind_named(record.kind).events()), event.event))


def texts_of(event: Event) -> list[str]:
    """What was written anew: the text of an update or a control."""
    return [
        new
        for change in event.changes
        if change.new
        for name, _, new in change.fields
        if name == "text" and new != event.reason
    ]


def marking(records: Iterable[Record]) -> dict[str, Any]:
    """The marking of a page that shows these records."""
    return {"marking": marking_of({record.pk: record.sensitivity for record in records}.values())}


def address(record: Record) -> str:
    return kind_named(record.kind).address(record.organisation.code, record.reference)


@page(HistoryPermission.VERIFY, methods=("GET", "POST"))
def verify_page(request: Request) -> HttpResponse:
    """Check every entry now, on request: it reads the whole history, so a visit alone does not."""
    verdict = verify() if request.method == "POST" else None
    if verdict is not None:
        note_verified(verdict, by=request.actor.label, at=request.now)
    context = {
        "verdict": verdict,
        "entries": Entry.objects.count(),
        "seals": Seal.objects.count(),
        "seal": last_seal(),
        "now": request.now,
    }
    return render(request, "records/verify.html", context)


@page(HistoryPermission.VERIFY)
def seals(request: Request) -> HttpResponse:
    """Every seal, to be kept outside: whoever holds a root can tell later whether what it covers was altered."""
    rows = Seal.objects.order_by("pk").values(
        "pk", "sealed_at", "first_entry", "last_entry", "entries", "previous_root", "root"
    )
    response = JsonResponse({"seals": list(rows)}, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="candour-seals.json"'
    return response
