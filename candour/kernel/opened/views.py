"""Who opened which restricted records: each opening, by record, by person; and the openings of one record."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import allowed
from candour.kernel.access.decide import Forbidden
from candour.kernel.access.restricted import RESTRICTED
from candour.kernel.opened import queries
from candour.kernel.opened.access import OpenedPermission
from candour.kernel.people.models import Person
from candour.kernel.records.pages import about, marking_of, record_or_404
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

SIZE = 50
VIEWS = {"": "Each opening", "records": "By record", "people": "By person"}


@page(OpenedPermission.READ)
def opened(request: Request) -> HttpResponse:
    """Every opening that one may read of, newest first; or put together by record or by person."""
    shown = request.GET.get("by", "")
    shown = shown if shown in VIEWS else ""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    person = _person(request)
    found = queries.openings(request.actor, q=q, person=person.pk if person else None)
    rows: Any = {"records": queries.by_record, "people": queries.by_person}.get(shown, lambda each: each)(found)
    paging = Page.read(request.GET, count=rows.count(), size=SIZE)
    told: Any = {"records": queries.record_rows, "people": queries.person_rows}.get(shown, queries.rows_of)
    shown_rows = told(paging.of(rows))
    context = {"rows": shown_rows, "page": paging, "shown": shown, "q": q, "person": person}
    if shown != "people":
        context["marking"] = marking_of([RESTRICTED] * len({row.href for row in shown_rows}))
    context["views"] = [
        (words, query_string(request.GET, by=name or None, page=None), name == shown) for name, words in VIEWS.items()
    ]
    return render(request, "opened/log.html", context)


@page(OpenedPermission.READ)
def opened_record(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Who opened one restricted record, newest first."""
    record = record_or_404(request, kind, organisation, reference)
    if not allowed(request.actor, OpenedPermission.READ, record):
        raise Forbidden(request.actor, OpenedPermission.READ)
    found = queries.openings(request.actor, record=record)
    paging = Page.read(request.GET, count=found.count(), size=SIZE)
    context = about(record) | {"rows": queries.rows_of(paging.of(found)), "page": paging}
    return render(request, "opened/record.html", context)


def _person(request: Request) -> Person | None:
    """The person whose openings alone are asked for; None without one, and for a number that is nobody's."""
    asked = request.GET.get("person", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 10
    return Person.objects.filter(pk=int(asked)).first() if known else None
