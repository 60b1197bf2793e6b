"""Slippage: which activities of a plan moved their dates, how often, by how much, and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.queries import dated, plans_of, slipped


@page(PlanPermission.SEE, kept=True)
def slippage(request: Request) -> HttpResponse:
    """Of the plan of ?plan=, the first one unless it says otherwise."""
    every = plans_of(request.actor)
    plan = next((each for each in every if each.record.reference == request.GET.get("plan")), next(iter(every), None))
    found = slipped(request.actor, plan.pk, today=request.today) if plan else ()
    moved = [one.moved for one in found]
    switch = [
        Choice(each.record.reference, query_string(request.GET, plan=each.record.reference), each == plan)
        for each in every
    ]
    context: dict[str, Any] = {
        "plan": plan,
        "rows": [
            (
                one,
                reverse("activity", args=[one.row.organisation_code, one.row.reference]),
                rules.STATE_TONES[one.row.state],
            )
            for one in found
        ],
        "whole": rules.slippage(moved),
        "dated": dated(request.actor, plan.pk) if plan else 0,
        "owners": rules.by_owner(moved),
        "switch": switch if len(switch) > 1 else [],
        "marking": marking_of(one.row.sensitivity for one in found),
    }
    return render(request, "plan/slippage.html", context)
