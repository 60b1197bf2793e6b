"""What changed in audit plans between two days, or since the last panel: each change a link to its audit."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.audits.access import AuditPermission
from candour.audits.forms import ChangeFilters
from candour.audits.papers.kind import AUDIT_PROGRESS
from candour.audits.queries import places
from candour.audits.queries.changes import KINDS, Change, compare, two_days
from candour.audits.queries.stood import panels_before
from candour.audits.views.plan import opinions, past_days
from candour.kernel.papers.changed import shown, two_days_asked
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.models import Record, visible
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import as_at_of
from candour.kernel.web.page import Request, page


@page(AuditPermission.SEE)
def changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    issued = issued_days(AUDIT_PROGRESS.name, request.actor.organisation)
    panels = panels_before(request.actor, as_at_of(request).day or request.today)
    # A day that is both is a meeting.
    asked = two_days_asked(request, dict.fromkeys(issued, "Progress report") | dict.fromkeys(panels, "Panel"))
    filters = ChangeFilters(request.GET, place=places(request.actor), today=request.today)
    problems, past = [*asked.problems, *filters.problems], asked.as_at.query
    context = asked.context(request, problems) | {
        "filters": filters,
        "past_days": past_days(request, asked.day),
        "plan": reverse("audits") + past,
    }

    def href(change: Change) -> str:
        return reverse("audit", args=[change.row.organisation_code, change.row.reference]) + past

    if not problems:
        wanted = visible(request.actor, AuditPermission.SEE) & _of(filters.cleaned_data)
        records = Record.objects.filter(wanted, kind="audit")
        found = compare(two_days(request.actor, records, since=asked.since, as_at=asked.day))
        context |= shown(request, found, KINDS, href)
        context["marking"] = marking_of(change.row.sensitivity for change in context["rows"])
        context["opinions"] = opinions(scale for change in context["rows"] for scale in change.scales)
    return render(request, "audits/changes.html", context)


def _of(given: dict[str, Any]) -> Q:
    """What the filters leave. Year and provider of an audit never change, so that those of today are those of any day."""
    wanted = Q(audit__year=given["year"]) if given["year"] else Q()
    wanted &= Q(audit__provider__code=given["provider"]) if given["provider"] else Q()
    return wanted & (Q(organisation__code=given["body"]) if given["body"] else Q())
