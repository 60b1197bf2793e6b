"""What changed in the measures between two days, or since the last report: each change a link to its measure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.papers.days import OFFERED, since_for
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.models import Record, visible
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import Choice, as_at_of, kept_with_day, since_before
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string
from candour.performance.access import PerformancePermission
from candour.performance.papers.kind import PERFORMANCE
from candour.performance.queries.changes import KINDS, Change, TwoDays, compare, two_days
from candour.performance.views.listing import past_days

SIZE = 100


@dataclass(frozen=True)
class Group:
    """The changes of one kind on this page of the list, each with the address of its measure."""

    kind: str
    title: str
    rows: tuple[tuple[Change, str], ...]


@page(PerformancePermission.SEE, kept=True)
def measures_changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    as_at = as_at_of(request)
    day = as_at.day or request.today
    issued = issued_days(PERFORMANCE.name, request.actor.organisation)
    compared = since_before(request, day, usual=since_for(issued, day))
    problems = [*as_at.problems, *compared.problems]
    context: dict[str, Any] = {
        "as_at": as_at,
        "day": day,
        "compared": compared,
        "since": compared.day,
        "problems": problems,
        "has_errors": bool(problems),
        "keep": kept_with_day(request),
        "keep_since": [
            (name, value) for name, values in request.GET.lists() if name not in {"since", "page"} for value in values
        ],
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, day),
        "since_days": [
            Choice("Report as issued", query_string(request.GET, since=each.isoformat(), page=None), day=each)
            for each in issued
            if each < day
        ][:OFFERED],
        "register": reverse("measures") + as_at.query,
    }
    if not problems:
        records = Record.objects.filter(visible(request.actor, PerformancePermission.SEE), kind="measure")
        context |= _shown(request, two_days(request.actor, records, since=compared.day, as_at=day), as_at.query)
    return render(request, "performance/changes.html", context)


def _shown(request: Request, days: TwoDays, past: str) -> dict[str, Any]:
    found = compare(days)
    what = request.GET.get("what", "") if request.GET.get("what", "") in KINDS else ""
    counts = Counter(change.kind for change in found)
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
        "marking": marking_of(sight for _, sight in {(change.row.pk, change.row.sensitivity) for change in rows}),
    }


def _groups(rows: Sequence[Change], past: str) -> list[Group]:
    told: dict[str, list[tuple[Change, str]]] = {}
    for change in rows:
        href = reverse("measure", args=[change.row.organisation_code, change.row.reference])
        told.setdefault(change.kind, []).append((change, href + past))
    return [Group(kind, KINDS[kind], tuple(each)) for kind, each in told.items()]
