"""What changed in the measures between two days, or since the last report: each change a link to its measure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.papers.changed import shown, two_days_asked
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.models import Record, visible
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.performance.access import PerformancePermission
from candour.performance.papers.kind import PERFORMANCE
from candour.performance.queries.changes import KINDS, Change, compare, two_days
from candour.performance.views.listing import past_days


@page(PerformancePermission.SEE, kept=True)
def measures_changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    issued = issued_days(PERFORMANCE.name, request.actor.organisation)
    asked = two_days_asked(request, dict.fromkeys(issued, "Report as issued"))
    past = asked.as_at.query
    context = asked.context(request, asked.problems) | {
        "past_days": past_days(request, asked.day),
        "register": reverse("measures") + past,
    }

    def href(change: Change) -> str:
        return reverse("measure", args=[change.row.organisation_code, change.row.reference]) + past

    if not asked.problems:
        records = Record.objects.filter(visible(request.actor, PerformancePermission.SEE), kind="measure")
        found = compare(two_days(request.actor, records, since=asked.since, as_at=asked.day))
        context |= shown(request, found, KINDS, href)
        seen = {(change.row.pk, change.row.sensitivity) for change in context["rows"]}
        context["marking"] = marking_of(sight for _, sight in seen)
    return render(request, "performance/changes.html", context)
