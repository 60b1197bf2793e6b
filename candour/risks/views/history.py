"""Who changed what in one risk: every entry, field by field, with the fingerprint that holds it."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import Actor
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import events, last_seal
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page
from candour.risks.forms import HistoryFilters
from candour.risks.models import Control, Risk
from candour.risks.queries import entries_seen, narrowed_entries, others_of, posts_in_history
from candour.risks.queries.one import score_points_of
from candour.risks.views.events import Known, Shown, named_in, shown
from candour.risks.views.frame import address, found
from candour.risks.views.words import KINDS

SIZE = 25


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries that match, newest first, twenty-five at a time."""
    it = found(request, organisation, reference)
    actor: Actor = request.actor
    posts = posts_in_history(it.record, actor)
    form = HistoryFilters(request.GET, posts=posts, kinds=dict(KINDS), today=request.today)
    rows = Entry.objects.none()
    if form.is_valid():
        wanted = form.wanted()
        rows = narrowed_entries(entries_seen(it.record, actor, by_effective=wanted.by_effective), wanted)
    pages = Page.read(request.GET, count=rows.count(), size=SIZE)
    entries = _told(it, actor, list(pages.of(rows)))
    context = {
        "risk": it,
        "filters": form,
        "problems": form.problems,
        "entries": entries,
        "page": pages,
        "posts": posts,
        "by_effective": form.is_valid() and form.wanted().by_effective,
        "all_hold": all(entry.holds for entry in entries),
        "seal": last_seal(),
        "home": address(it),
        "file": address(it, "risk-history-file"),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "risks/history.html", context)


@page(HistoryPermission.SEE)
def history_file(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The entries as they are held, with the states they left, so that anyone can work the fingerprints out again."""
    it = found(request, organisation, reference)
    entries = list(entries_seen(it.record, request.actor).order_by("sequence"))
    shots = list(Snapshot.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("sequence", "pk"))
    text = json.dumps(_held(it, entries, shots), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = "".join(letter if letter.isalnum() else "-" for letter in it.record.reference)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-history.json"'
    return response


def _told(it: Risk, actor: Actor, rows: list[Entry]) -> list[Shown]:
    controls = dict(Control.objects.filter(risk=it).values_list("pk", "text"))
    happened = events(rows)
    known = Known(score_points_of(it), controls, others_of(it, actor=actor, **named_in(happened)))
    return [shown(event, known) for event in happened]


def _held(it: Risk, entries: list[Entry], shots: list[Snapshot]) -> dict[str, Any]:
    """What verify reads: an entry's hash is the SHA-256 of its canonical text, which names the hash before it; a commitment
    there is the SHA-256 of the salted word in words."""
    return {
        "record": {"kind": it.record._meta.label_lower, "id": it.pk, "reference": it.record.reference},
        "head": {"sequence": it.record.head_sequence, "hash": it.record.head_hash},
        "entries": [
            {
                "sequence": entry.sequence,
                "event": entry.event,
                "actor": entry.actor_label,
                "recorded_at": entry.recorded_at.isoformat(),
                "effective": entry.effective.isoformat(),
                "canonical": entry.canonical,
                "words": entry.words,
                "hash": entry.hash,
            }
            for entry in entries
        ],
        "snapshots": [
            {
                "sequence": shot.sequence,
                "model": shot.model,
                "key": shot.key,
                "effective": shot.effective.isoformat(),
                "facts": shot.facts,
                "words": shot.words,
            }
            for shot in shots
        ],
    }
