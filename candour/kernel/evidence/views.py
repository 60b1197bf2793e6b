"""Pages about evidence: add a file, take one off, and give its bytes to those who may see its record."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from candour.kernel.access import require
from candour.kernel.evidence import commands, overview, queries, store
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.forms import AddForm, RemoveForm
from candour.kernel.evidence.models import File
from candour.kernel.evidence.pages import not_given, store_away
from candour.kernel.records.pages import about, address_of, carried_out, marking_of, record_or_404
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

ROWS = 25
SHUT = "default-src 'none'; sandbox"  # whatever a browser makes of the bytes, they may do nothing


@page(EvidencePermission.ADD, methods=("GET", "POST"))
def add(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Add a file to a record of any kind."""
    record = record_or_404(request, kind, organisation, reference)
    actor = request.actor
    require(actor, EvidencePermission.ADD, record)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AddForm(*sent, today=request.today)
    if request.method == "POST" and form.is_valid():
        file, reason = form.cleaned_data["file"], form.cleaned_data["reason"]

        def act() -> None:
            commands.add_file(
                record,
                name=file.name,
                content=file.file,
                actor=actor,
                at=request.now,
                reason=reason,
            )

        if carried_out(form, act):
            messages.success(request, "The file is added.")
            return redirect(f"{address_of(record)}#evidence")
    context = about(record) | {"form": form, "room": queries.room_of(record.organisation)}
    return render(request, "evidence/add.html", context)


@page(EvidencePermission.ADD, methods=("GET", "POST"))
def remove(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """Take a file off its record, with the reason."""
    file = _found(request, kind, organisation, reference, number)
    actor = request.actor
    require(actor, EvidencePermission.ADD, file.record)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.remove_file(file, actor=actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, "The file is taken off. It stays in the record’s past.")
            return redirect(f"{address_of(file.record)}#evidence")
    return render(request, "evidence/remove.html", about(file.record) | {"form": form, "file": file})


@page(EvidencePermission.SEE, limit="papers")
def download(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """The bytes of a file, always as a download, never shown in the page's own name."""
    file = _found(request, kind, organisation, reference, number)
    if file.erased_on is not None:
        raise Http404
    if shut := queries.why_shut(file.sha256):
        return not_given(request, about(file.record) | {"file": file, "why": shut})
    etag = quote_etag(file.sha256)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = store.open_bytes(file.sha256)
        except OSError:
            return store_away(request)
        given = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
        response = cast(HttpResponse, given)  # which Django's stubs hold for a different branch of responses
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHUT
    return response


@page(EvidencePermission.KEEP)
def files(request: Request) -> HttpResponse:
    """How the stored files stand: where they lie, what room is left, what waits for the scanner, what it found."""
    seen = overview.infections(request.actor)
    paging = Page.read(request.GET, count=seen.count(), size=ROWS)
    found = list(paging.of(seen))
    context = {
        "rooms": overview.rooms(request.actor),
        "place": overview.place(),
        "scanner": overview.scanner_state(),
        "waiting": overview.waiting(),
        "works": overview.works_of_files(),
        "infections": [(row, address_of(row.record)) for row in found],
        "page": paging,
        "marking": marking_of({row.record_id: row.record.sensitivity for row in found}.values()),
    }
    return render(request, "evidence/files.html", context)


def _found(request: Request, kind: str, organisation: str, reference: str, number: int) -> File:
    """The file at an address; Http404 alike for a hidden one and one that never was."""
    try:
        return queries.file_at(kind, organisation, reference, number, actor=request.actor)
    except File.DoesNotExist:
        raise Http404 from None
