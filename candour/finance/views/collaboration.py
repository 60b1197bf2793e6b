"""The page of one collaboration, live or as it stood on a past day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands import may_report
from candour.finance.models import Collaboration
from candour.finance.queries.collaborations import CollaborationWhole, collaboration_in_full
from candour.finance.views.frame import TONES, address, day_of, found, page_frame, page_tail, usual_verbs
from candour.kernel.access import Actor, allowed
from candour.kernel.web.asat import AsAt
from candour.kernel.web.page import Request, page


@page(FinancePermission.SEE, kept=True)
def collaboration(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Cost and shares by year, benefits, reviews, history; facts at the side."""
    it, as_at = found(request, "collaboration", organisation, reference), day_of(request)
    context = page_frame(request, it, as_at)
    whole = collaboration_in_full(it, actor=request.actor, today=request.today, as_at=as_at.day)
    if whole is None:
        return render(request, "finance/not_then.html", context)
    return render(request, "finance/collaboration.html", context | _shown(request, it, whole, as_at))


def _shown(request: Request, it: Collaboration, whole: CollaborationWhole, as_at: AsAt) -> dict[str, Any]:
    row = whole.row
    verbs = _verbs(request.actor, it, whole) if as_at.day is None else []
    mine = bool(verbs) and it.record.closed_on is None and may_report(request.actor, it.record)
    return {
        "row": row,
        "line": row.line,
        "whole": whole,
        "tone": TONES[row.state],
        "state_means": rules.COLLABORATION_WORDS[row.state],
        "years": [
            {
                "year": rules.say_year(one.year),
                "cost": one.cost,
                "shares": [
                    (share.member, rules.say_share(share.share), borne, share.own) for share, borne in one.shares
                ],
            }
            for one in whole.years
        ],
        "own_share": rules.say_share(row.line.own_share) if row.line.own_share is not None else "",
        "own_year": rules.say_year(row.line.year) if row.line.year else "",
        "benefits": whole.benefits,
        "report": address(it, "review") if mine else "",
        "verbs": verbs,
    } | page_tail(request, it, as_at)


def _verbs(actor: Actor, it: Collaboration, whole: CollaborationWhole) -> list[tuple[str, str]]:
    """The changes that may be made to it, as (address, words)."""
    running = it.record.closed_on is None
    manage = allowed(actor, FinancePermission.MANAGE, it.record)
    mine = may_report(actor, it.record)
    offered = (
        (running and mine, "review", "Record a review"),
        (running and manage, "shares", "Share out the cost of a year"),
        (running and manage, "benefit", "Plan a benefit"),
        (bool(whole.benefits) and mine, "measure", "Measure a benefit"),
        (running and manage, "change", "Change what it says"),
        (running and manage, "end", "Record that it ended"),
    )
    return [(address(it, name), words) for may, name, words in offered if may] + usual_verbs(actor, it)
