"""What changed in the register between two days, or since its last paper: each change a link to its agreement."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.papers.kind import AGREEMENTS
from candour.commissioning.queries.changes import KINDS, Change, compare, two_days
from candour.commissioning.views.listing import past_days
from candour.kernel.papers.changed import shown, two_days_asked
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.models import Record, visible
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page


@page(CommissioningPermission.SEE)
def agreements_changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    issued = issued_days(AGREEMENTS.name, request.actor.organisation)
    asked = two_days_asked(request, dict.fromkeys(issued, "Register as issued"))
    past = asked.as_at.query
    context = asked.context(request, asked.problems) | {
        "past_days": past_days(request, asked.day),
        "register": reverse("agreements") + past,
    }

    def href(change: Change) -> str:
        return reverse("agreement", args=[change.row.organisation_code, change.row.reference]) + past

    if not asked.problems:
        records = Record.objects.filter(visible(request.actor, CommissioningPermission.SEE), kind="agreement")
        found = compare(two_days(request.actor, records, since=asked.since, as_at=asked.day))
        context |= shown(request, found, KINDS, href)
        seen = {(change.row.pk, change.row.sensitivity) for change in context["rows"]}
        context["marking"] = marking_of(sight for _, sight in seen)
    return render(request, "commissioning/changes.html", context)
