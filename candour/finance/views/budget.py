"""Finance on one screen: the budget of a year with its reserves, its plan, and what savings and capital come to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Budget
from candour.finance.papers import drawn
from candour.finance.queries.budgets import Chosen, budget_at, budget_in_full, budgets_seen, loads_of
from candour.finance.queries.rows import BudgetWhole
from candour.finance.queries.schemes import NOTHING, Together
from candour.finance.views.frame import address, day_of, found, page_frame, page_tail, tabs, usual_verbs
from candour.kernel.access import allowed
from candour.kernel.intake.access import IntakePermission
from candour.kernel.web.asat import AsAt, Choice
from candour.kernel.web.page import Request, page


@page(FinancePermission.SEE, kept=True)
def finance(request: Request) -> HttpResponse:
    """The newest budget that has begun, of the actor's own body if it has one."""
    seen = budgets_seen(request.actor)
    first = next((one for one in seen if one.year <= request.today), next(iter(seen), None))
    if first is None:
        may = allowed(request.actor, FinancePermission.MANAGE)
        return render(request, "finance/none.html", {"tabs": tabs("finance"), "may_manage": may})
    it = budget_at(first.organisation_code, first.reference, actor=request.actor)
    return _page(request, it, seen)


@page(FinancePermission.SEE, kept=True)
def budget(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "budget", organisation, reference)
    return _page(request, it, budgets_seen(request.actor))


def _page(request: Request, it: Budget, seen: list[Chosen]) -> HttpResponse:
    as_at = day_of(request)
    context = page_frame(request, it, as_at) | {"tabs": tabs("finance", as_at.query), "here": address(it)}
    found_then = budget_in_full(it, actor=request.actor, as_at=as_at.day)
    if found_then is None:
        return render(request, "finance/not_then.html", context)
    context |= _shown(request, it, found_then, as_at) | {"years": _years(it, seen, as_at.query)}
    return render(request, "finance/budget.html", context)


def _years(it: Budget, seen: list[Chosen], past: str) -> list[Choice]:
    """The other budgets, those of the same body first, as a switch; none where there is only one."""
    several = len({one.organisation_id for one in seen}) > 1
    found_here = [
        Choice(
            f"{one.organisation} {rules.say_year(one.year)}" if several else rules.say_year(one.year),
            reverse("budget", args=[one.organisation_code, one.reference]) + past,
            one.pk == it.pk,
        )
        for one in seen
    ]
    return found_here if len(found_here) > 1 else []


def _shown(
    request: Request, it: Budget, found_then: tuple[BudgetWhole, dict[str, Together]], as_at: AsAt
) -> dict[str, Any]:
    whole, come_to = found_then
    actor, year = request.actor, rules.say_year(whole.year)
    saving, capital = (come_to.get(sort, NOTHING) for sort in ("saving", "capital"))
    may = allowed(actor, FinancePermission.MANAGE, it.record) and as_at.day is None
    return {
        "row": whole.row,
        "whole": whole,
        "year": year,
        "figures": _figures(whole, saving, capital, as_at.query),
        "headings": [(name, one, rules.saying.exactly(one.variance)) for name, one in whole.headings],
        "whole_variance": rules.saying.exactly(whole.whole.variance),
        "budget_chart": drawn.budget_chart(whole, key="budget"),
        "reserves_chart": drawn.reserves_chart(whole, key="reserves"),
        "gap_chart": drawn.gap_chart(whole, key="gap"),
        "trail_chart": drawn.trail_chart(whole, key="trail"),
        "budget_said": drawn.budget_words(whole),
        "reserves_said": drawn.reserves_words(whole),
        "gap_said": drawn.gap_words(whole),
        "savings_said": drawn.savings_words(saving, year),
        "capital_said": drawn.capital_words(capital, year),
        "stands": drawn.positions_said(whole, ("revenue",)),
        "reserves_stand": drawn.positions_said(whole, ("reserve",)),
        "plan_stands": drawn.positions_said(whole, ("income", "spending")),
        "sides": _sides(whole),
        "plan": [(rules.say_year(one.year), one) for one in whole.plan],
        "loads": [
            {
                "said": rules.say_position(one.position),
                "file_name": one.file_name,
                "loaded_on": one.loaded_on,
                "figures": one.figures,
            }
            for one in loads_of(it, day=as_at.day)
        ],
        "late": whole.row.line.due_on is not None and whole.row.line.due_on < (as_at.day or request.today),
        "may_load": may and allowed(actor, IntakePermission.READ_IN, it.record),
        "verbs": ([(address(it, "change"), "Change its title or owner")] if may else [])
        + (usual_verbs(actor, it) if as_at.day is None else []),
        "may_manage": may,
    } | page_tail(request, it, as_at, hung=False)


def _figures(whole: BudgetWhole, saving: Together, capital: Together, past: str) -> list[dict[str, Any]]:
    """The figures at the head of the page: value, what it is, where it leads, and whether it is late."""
    say, line = rules.saying, whole.row.line
    after = next((one for one in whole.plan if one.year > whole.year), None)
    gone = rules.saying.behind(saving.amounts.variance) if saving.count else "no figures yet"
    return [
        {
            "value": say.over(whole.whole.variance),
            "words": "Revenue forecast against budget",
            "href": "#revenue",
            "tone": "late" if (whole.whole.variance or 0) > 0 else "",
            "note": f"{say.short(whole.whole.forecast)} of {say.short(whole.whole.budget)}",
        },
        {
            "value": say.short(line.reserves),
            "words": "Reserves at the end of the year",
            "href": "#reserves",
            "tone": "late" if line.below else "",
            "note": f"{say.short(line.below)} below the advised minimum" if line.below else "none below its minimum",
        },
        {
            "value": say.gap(after.gap) if after else "not known",
            "words": f"Gap in {rules.say_year(after.year)}" if after else "Gap of the year to come",
            "href": "#plan",
            "tone": "late" if after and (after.gap or 0) > 0 else "",
            "note": f"{say.gap(line.whole_gap)} over the plan" if whole.plan else "no plan loaded yet",
        },
        {
            "value": say.short(saving.amounts.actual),
            "words": "Savings delivered",
            "href": reverse("savings") + past,
            "tone": "late" if (saving.amounts.variance or 0) < 0 else "",
            "note": f"{gone} of {say.short(saving.amounts.budget)}" if saving.count else gone,
        },
        {
            "value": rules.saying.slipped(capital.slipped) if capital.count else "no figures yet",
            "words": "Capital slipping",
            "href": reverse("capital") + past,
            "tone": "late" if capital.slipped > 0 else "",
            "note": f"of {say.short(capital.amounts.budget)}" if capital.count else "",
        },
    ]


def _sides(whole: BudgetWhole) -> list[dict[str, Any]]:
    """The lines of the plan by side with an amount for each year, as rows of a table."""
    years = [one.year for one in whole.plan]
    return [
        {
            "side": "Income" if side == "income" else "Spending",
            "name": name,
            "cells": [(rules.say_year(year), lines.get(year)) for year in years],
        }
        for side, named in whole.sides.items()
        for name, lines in sorted(named.items(), key=lambda one: -max(one[1].values(), default=0))
    ]
