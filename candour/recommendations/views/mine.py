"""An owner's page: what their posts answer for, the most pressing first."""

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.queries.lists import RecommendationFilter
from candour.recommendations.queries.sources import LiveTracker
from candour.recommendations.views.frame import listed

SIZE = 50
PRESSING = ("Overdue", "Sent Back", "Due Soon", "Proposed Closed")


@page(RecommendationPermission.SEE, kept=True)
def mine(request: Request) -> HttpResponse:
    """Open recommendations for which a post of the reader answers, by date; those without a date last."""
    actor, today = request.actor, request.today
    posts = tuple(sorted(actor.posts)) or (0,)
    source = LiveTracker(actor, None, today)
    base = RecommendationFilter(owners=posts)
    held = {"all": base} | {name: RecommendationFilter(owners=posts, status=name) for name in PRESSING}
    counts = source.counts(held)
    pages = Page.read(request.GET, count=counts["all"], size=SIZE)
    shown = source.page(base, sort="due", offset=(pages.number - 1) * SIZE, size=SIZE, total=counts["all"])
    may = actor.scope(RecommendationPermission.UPDATE)
    rows = [
        listed(
            row,
            day=today,
            own=actor.organisation,
            update=row.organisation_id in may and row.stage in {"unanswered", "open"},
        )
        for row in shown.rows
    ]
    context = {
        "rows": rows,
        "page": pages,
        "total": counts["all"],
        "pressing": [(name, counts[name]) for name in PRESSING],
        "marking": marking_of(item.row.sensitivity for item in rows),
    }
    return render(request, "recommendations/mine.html", context)
