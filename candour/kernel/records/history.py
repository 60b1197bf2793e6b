"""The page of who changed what in one record, and its entries as a file: any app's, told in the app's own words."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.history.chain import REDACTED
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import Event, events, last_seal
from candour.kernel.records.forms import HistoryFilters
from candour.kernel.records.happened import entries_seen, narrowed_entries, posts_in_history, read
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.records.telling import Shown
from candour.kernel.web.page import Request
from candour.kernel.web.tables import Page

SIZE = 25


@dataclass(frozen=True)
class Beside:
    """A page about a record of any kind to which its history leads: its words, the name of its address, who may open it."""

    words: str
    url_name: str
    permission: str


_beside: dict[str, Beside] = {}


def register_beside(page: Beside) -> None:
    """Have the history of every record lead to a page; packages above this one say so in their apps.py."""
    _beside[page.url_name] = page


def around(record: Record, actor: Actor) -> dict[str, Any]:
    """What every page of a history shows besides: what was removed of the record, and where else to go. One query."""
    removed = entries_seen(record, actor).filter(event=REDACTED)
    at = [record.kind, record.organisation.code, record.reference]
    return {
        "removed": events(list(removed)),
        "beside": [
            (page.words, reverse(page.url_name, args=at))
            for page in _beside.values()
            if allowed(actor, page.permission, record)
        ],
    }


def history_page(
    request: Request,
    record: Record,
    *,
    kinds: Mapping[str, tuple[str, tuple[str, ...]]],
    tell: Callable[[list[Event]], list[Shown]],
    trail: Sequence[tuple[str, str]],
    since: date,
    file: str,
    named: bool = True,
) -> HttpResponse:
    """The entries that match, newest first, twenty-five at a time.

    kinds: what a reader chooses from, as HistoryFilters takes it. trail: the crumbs, as (address, words). since: when the
    record began. file: where its entries are as a file. named: False where tell itself looks up what links lead to.
    """
    actor: Actor = request.actor
    posts = posts_in_history(record, actor)
    form = HistoryFilters(request.GET, posts=posts, kinds=dict(kinds), today=request.today)
    rows = Entry.objects.none()
    if form.is_valid():
        wanted = form.wanted()
        rows = narrowed_entries(entries_seen(record, actor, by_effective=wanted.by_effective), wanted)
    pages = Page.read(request.GET, count=rows.count(), size=SIZE)
    found = list(pages.of(rows))
    entries = tell(read(found, actor) if named else events(found))
    context = {
        "record": record,
        "trail": trail,
        "since": since,
        "filters": form,
        "problems": form.problems,
        "entries": entries,
        "page": pages,
        "posts": posts,
        "by_effective": form.is_valid() and form.wanted().by_effective,
        "all_hold": all(entry.holds for entry in entries),
        "seal": last_seal(),
        "file": file,
        "marking": marking_of([record.sensitivity]),
        **around(record, actor),
    }
    return render(request, "records/one_history.html", context)


def told_page(
    request: Request,
    record: Record,
    *,
    tell: Callable[[Event], Any],
    trail: Sequence[tuple[str, str]],
) -> HttpResponse:
    """The entries as their app tells them on its timeline, newest first, twenty-five at a time, each with its fingerprint.

    tell: an entry as title, texts, why, by, day, recorded_at, sequence, fingerprint and holds. trail: as history_page takes it.
    """
    rows = entries_seen(record, request.actor)
    paging = Page.read(request.GET, count=rows.count(), size=SIZE)
    entries = [tell(event) for event in read(list(paging.of(rows)), request.actor)]
    context = {
        "record": record,
        "trail": trail,
        "entries": entries,
        "page": paging,
        "all_hold": all(entry.holds for entry in entries),
        "seal": last_seal(),
        "marking": marking_of([record.sensitivity]),
        **around(record, request.actor),
    }
    return render(request, "records/told_history.html", context)


def history_download(record: Record, actor: Actor) -> HttpResponse:
    """The entries as they are held, with the states they left, so that anyone can work the fingerprints out again."""
    entries = list(entries_seen(record, actor).order_by("sequence"))
    shots = list(Snapshot.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("sequence", "pk"))
    text = json.dumps(_held(record, entries, shots), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = "".join(letter if letter.isalnum() else "-" for letter in record.reference)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-history.json"'
    return response


def _held(record: Record, entries: list[Entry], shots: list[Snapshot]) -> dict[str, Any]:
    """What verify reads: an entry's hash is the SHA-256 of its canonical text, which names the hash before it; a commitment
    there is the SHA-256 of the salted word in words."""
    return {
        "record": {"kind": record._meta.label_lower, "id": record.pk, "reference": record.reference},
        "head": {"sequence": record.head_sequence, "hash": record.head_hash},
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
