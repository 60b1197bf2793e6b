"""What changed in audit plans between two days, or since the last panel: each change a link to its audit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.audits.access import AuditPermission
from candour.audits.forms import ChangeFilters
from candour.audits.papers.kind import AUDIT_PROGRESS
from candour.audits.queries import Place, places
from candour.audits.queries.changes import KINDS, Change, compare, two_days
from candour.audits.queries.stood import panels_before
from candour.audits.views.plan import opinions, past_days
from candour.kernel.access import Actor
from candour.kernel.papers.days import OFFERED, since_for
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.models import Record, visible
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import Choice, as_at_of, kept_with_day, since_before
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

SIZE = 100


@dataclass(frozen=True)
class Told:
    """A change with the address of its audit."""

    change: Change
    href: str


@dataclass(frozen=True)
class Group:
    """The changes of one kind on this page of the list."""

    kind: str
    title: str
    rows: tuple[Told, ...]


@page(AuditPermission.SEE)
def changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    as_at, place = as_at_of(request), places(request.actor)
    day = as_at.day or request.today
    issued = issued_days(AUDIT_PROGRESS.name, request.actor.organisation)
    panels = panels_before(request.actor, day)
    compared = since_before(request, day, usual=since_for(sorted({*issued, *panels}, reverse=True), day))
    filters = ChangeFilters(request.GET, place=place, today=request.today)
    problems = [*as_at.problems, *compared.problems, *filters.problems]
    context: dict[str, Any] = {
        "as_at": as_at,
        "day": day,
        "compared": compared,
        "since": compared.day,
        "filters": filters,
        "problems": problems,
        "has_errors": bool(problems),
        "keep": kept_with_day(request),
        "keep_since": _kept(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, day),
        "since_days": _offered(request, issued, panels, day),
        "plan": reverse("audits") + as_at.query,
    }
    if not problems:
        context |= _shown(request, filters.cleaned_data, place, since=compared.day, day=day, past=as_at.query)
    return render(request, "audits/changes.html", context)


def _shown(
    request: Request, given: dict[str, Any], place: Place, *, since: date, day: date, past: str
) -> dict[str, Any]:
    found = _found(request.actor, given, place, since=since, day=day)
    counts, what = Counter(change.kind for change in found), given["what"]
    shown = [change for change in found if change.kind == what] if what else found
    paging = Page.read(request.GET, count=len(shown), size=SIZE)
    rows = paging.of(shown)
    return {
        "figures": [
            (label, counts[kind], query_string(request.GET, what=kind, page=None)) for kind, label in KINDS.items()
        ],
        "what": KINDS.get(what, ""),
        "everything": query_string(request.GET, what=None, page=None),
        "groups": _groups(rows, past),
        "all": len(found),
        "page": paging,
        "marking": marking_of(change.row.sensitivity for change in rows),
        "opinions": opinions(scale for change in rows for scale in change.scales),
    }


def _found(actor: Actor, given: dict[str, Any], place: Place, *, since: date, day: date) -> list[Change]:
    records = Record.objects.filter(visible(actor, AuditPermission.SEE), _of(given, place), kind="audit")
    return compare(two_days(actor, records, since=since, as_at=day))


def _of(given: dict[str, Any], place: Place) -> Q:
    """What the filters leave. Year and provider of an audit never change, so that those of today are those of any day."""
    wanted = Q(audit__year=given["year"]) if given["year"] else Q()
    wanted &= Q(audit__provider__code=given["provider"]) if given["provider"] else Q()
    return wanted & (Q(organisation__code=given["body"]) if given["body"] else Q())


def _groups(rows: Sequence[Change], past: str) -> list[Group]:
    told: dict[str, list[Told]] = {}
    for change in rows:
        href = reverse("audit", args=[change.row.organisation_code, change.row.reference])
        told.setdefault(change.kind, []).append(Told(change, href + past))
    return [Group(kind, KINDS[kind], tuple(each)) for kind, each in told.items()]


def _kept(request: Request) -> list[tuple[str, str]]:
    """Everything of the address that the form of the day to compare with must carry along."""
    return [(name, value) for name, values in request.GET.lists() if name not in {"since", "page"} for value in values]


def _offered(request: Request, issued: Sequence[date], panels: Sequence[date], day: date) -> list[Choice]:
    """The last meetings of panels and the last papers, newest first; a day that is both is a meeting."""
    labels = dict.fromkeys(issued, "Progress report") | dict.fromkeys(panels, "Panel")
    days = sorted((each for each in labels if each < day), reverse=True)[:OFFERED]
    return [
        Choice(labels[each], query_string(request.GET, since=each.isoformat(), page=None), day=each) for each in days
    ]
