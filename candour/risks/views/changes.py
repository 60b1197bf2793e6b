"""What changed between two days: raised, closed, moved, scored, handed over, controls, reviews, each a link to its risk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.papers.changed import shown, since_choices
from candour.kernel.papers.days import past_days
from candour.kernel.web.asat import kept_with_since
from candour.kernel.web.page import Request, page
from candour.risks.access import RiskPermission
from candour.risks.queries.changes import KINDS, Change, compare, readable_while_restricted, two_days
from candour.risks.views.asked import Asked, asked_of
from candour.risks.views.frame import issued
from candour.risks.views.listing import common, faces


@page(RiskPermission.SEE)
def changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    asked = asked_of(request)
    problems = [*asked.as_at.problems, *asked.compared.problems]
    found = [] if problems else _found(asked)

    def href(change: Change) -> str:
        return reverse("risk", args=[change.risk.organisation_code, change.risk.reference]) + asked.as_at.query

    told = shown(request, found, KINDS, href)
    offered = {each.day: each.label for each in past_days(issued(request), asked.day) if each.day < asked.day}
    context = common(asked, [change.risk for change in told["rows"]]) | {
        **told,
        "title": f"{asked.level_word} risks: what changed",
        "faces": faces(asked, "changes"),
        "bands": sum(change.band for change in found),
        "problems": problems,
        "has_errors": bool(problems),
        "keep_since": kept_with_since(request),
        "since_days": since_choices(request, offered),
    }
    return render(request, "risks/changes.html", context)


def _found(asked: Asked) -> list[Change]:
    days = two_days(
        asked.actor,
        organisation=asked.body.pk if asked.body else None,
        since=asked.since,
        as_at=asked.day,
        scales=asked.book.matrices,
        whole=False,
    )
    return compare(days, level=asked.level, restricted=readable_while_restricted(asked.actor, days.after))
