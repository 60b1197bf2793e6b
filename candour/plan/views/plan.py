"""The plan on one screen: what is at risk of non-delivery first, each priority with its objectives, what nothing covers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.calendar import add_months
from candour.kernel.history.access import HistoryPermission
from candour.kernel.intake.access import IntakePermission
from candour.kernel.papers.access import PaperPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.priorities import served
from candour.kernel.records.queries import shares_of
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import Plan
from candour.plan.papers.drawn import delivery_chart
from candour.plan.queries import ObjectiveRow, PriorityRow, Whole, overview, plans_of, whole_on
from candour.plan.views.frame import CARDS, address, found

SHOWN = 8  # activities at risk on the plan; the rest are one link away
GAPS_SHOWN = 6


@page(PlanPermission.SEE, kept=True)
def plans(request: Request) -> HttpResponse:
    """The plan of the reader's body that is in force; how to begin where there is none."""
    every = plans_of(request.actor)
    if not every:
        may = allowed(request.actor, PlanPermission.MANAGE)
        may_load = allowed(request.actor, IntakePermission.READ_IN)
        return render(request, "plan/none.html", {"may_manage": may, "may_load": may_load})
    return shown(request, every[0], every)


@page(PlanPermission.SEE, kept=True)
def plan(request: Request, organisation: str, reference: str) -> HttpResponse:
    return shown(request, found(request, "plan", organisation, reference), plans_of(request.actor))


def shown(request: Request, it: Plan, every: list[Plan]) -> HttpResponse:
    """The page of a plan, live or as it stood."""
    as_at = as_at_of(request)
    day = as_at.day or request.today
    context: dict[str, Any] = {
        "it": it,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "past_days": past_days(request, as_at),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
        "switch": [Choice(each.record.reference, address(each.record), each.pk == it.pk) for each in every],
    }
    if as_at.day:
        whole = whole_on(request.actor, it.pk, as_at=day)
        if whole is None:
            return render(request, "plan/plan_not_then.html", context)
    else:
        whole = overview(it, request.actor, today=day, most=SHOWN)
    return render(request, "plan/plan.html", context | _told(request, it, whole, as_at))


def _told(request: Request, it: Plan, whole: Whole, as_at: AsAt) -> dict[str, Any]:
    live = as_at.day is None
    may = powers(request.actor, it) if live else {}
    running = [one for one in whole.objectives if one.closed_on is None]
    gaps = [one for one in running if one.gaps]
    sights = [
        whole.plan.sensitivity,
        *(one.sensitivity for one in running),
        *(one.sensitivity for one in whole.at_risk),
    ]
    return {
        "row": whole.plan,
        "tally": whole.tally,
        "figures": figures(whole, as_at),
        "chart": delivery_chart(whole, key="delivery"),
        "at_risk": [(row, rules.STATE_TONES[row.state]) for row in whole.at_risk[:SHOWN]],
        "more_at_risk": max(whole.tally.at_risk - SHOWN, 0),
        "all_at_risk": listed(whole, "risk", as_at),
        "columns": [(one, cards(whole, one, as_at)) for one in whole.priorities],
        "gaps": gaps[:GAPS_SHOWN],
        "more_gaps": len(gaps),
        "live": live,
        "may": may,
        "verbs": verbs(it, may),
        "paper": paper_of(request, it, as_at),
        "marking": marking_of(sights),
        "shares": shares_of(it.record) if live and it.record.organisation_id != request.actor.organisation else [],
    }


def cards(whole: Whole, priority: PriorityRow, as_at: AsAt) -> list[tuple[ObjectiveRow, str, str]]:
    """The objectives under a priority, each with its address and the colour of its card."""
    return [
        (
            one,
            reverse("objective", args=[one.organisation_code, one.reference]) + as_at.query,
            CARDS.get(one.state, "n"),
        )
        for one in whole.under(priority)
    ]


def figures(whole: Whole, as_at: AsAt) -> list[tuple[int, str, str, str]]:
    """(count, words, address, tone) of what stands at the head of the plan."""
    red, amber, green, done, rest = whole.tally.parts
    states = ("risk", "risk", "open", "done", "unrated")
    counts = ((red, "late"), (amber, "soon"), (green, ""), (done, ""), (rest, ""))
    found = []
    for (words, _, _), view, (count, tone) in zip(rules.PARTS, states, counts, strict=True):
        found.append((count, words, listed(whole, view, as_at), tone if count else ""))
    return found


def listed(whole: Whole, view: str, as_at: AsAt) -> str:
    """The list of the plan's activities under a view, on the day that is shown."""
    past = f"&as_at={as_at.day.isoformat()}" if as_at.day else ""
    return f"{reverse('activities')}?plan={whole.plan.reference}&view={view}{past}"


def paper_of(request: Request, it: Plan, as_at: AsAt) -> str:
    """The delivery report of the day; "" for who sees no papers."""
    if not allowed(request.actor, PaperPermission.SEE) or it.record.organisation_id != request.actor.organisation:
        return ""
    return reverse("paper-draft", args=["plan-delivery"]) + as_at.query


@page(PlanPermission.SEE, kept=True)
def priority(request: Request, organisation: str, reference: str, priority: int) -> HttpResponse:
    """One priority: what it says, how its objectives stand, and what nothing covers."""
    it, as_at = found(request, "plan", organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    context: dict[str, Any] = {
        "it": it,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    whole = whole_on(request.actor, it.pk, as_at=day) if as_at.day else overview(it, request.actor, today=day, most=1)
    if whole is None:
        return render(request, "plan/plan_not_then.html", context)
    one = next((each for each in whole.priorities if each.pk == priority), None)
    if one is None:
        raise Http404
    objectives = [
        (
            row,
            reverse("objective", args=[row.organisation_code, row.reference]) + as_at.query,
            rules.STATE_TONES.get(row.state, ""),
        )
        for row in whole.under(one)
    ]
    may = allowed(request.actor, PlanPermission.MANAGE, it.record) and it.record.closed_on is None and not as_at.day
    served_by = served(one.pk, request.actor, today=request.today, as_at=as_at.day)
    sights = [each.sensitivity for by in served_by for each in by.rows]
    context |= {
        "row": one,
        "plan": whole.plan,
        "objectives": objectives,
        "tally": whole.tally_of(one),
        "may_manage": may,
        "served": served_by,
        "marking": marking_of([whole.plan.sensitivity, *(row.sensitivity for row, _, _ in objectives), *sights]),
    }
    return render(request, "plan/priority.html", context)


def powers(actor: Actor, it: Plan) -> dict[str, bool]:
    """What the actor may do to the plan as it stands."""
    manage = allowed(actor, PlanPermission.MANAGE, it.record)
    running = it.record.closed_on is None
    return {
        "manage": manage and running,
        "publish": manage and running and it.published_on is None,
        "restrict": allowed(actor, PlanPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
        "set_up": allowed(actor, PlanPermission.MANAGE),
    }


def verbs(it: Plan, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("publish", "publish", "Record that it is published"),
        ("manage", "priority-add", "Add a priority"),
        ("manage", "change", "Change what it says of itself"),
        ("manage", "end", "Record that it is over, or replaced"),
        ("restrict", "restrict", "Change who may see it"),
        ("share", "share", "Share it with another body"),
        ("history", "history", "Its history"),
    )
    found = [(address(it.record, name), words) for need, name, words in offered if may.get(need)]
    return [*found, (reverse("plan-set-up"), "Set up another plan")] if may.get("set_up") else found


def past_days(request: Request, as_at: AsAt) -> list[Choice]:
    """The ends of the last four quarters, for the as-at control."""
    first = request.today.replace(day=1)
    quarter = add_months(first, -((first.month - 1) % 3))
    ends = [add_months(quarter, -3 * number) for number in range(4)]
    return [
        Choice(
            "End of the quarter",
            query_string(
                request.GET, as_at=(end := type(each).fromordinal(each.toordinal() - 1)).isoformat(), page=None
            ),
            end == as_at.day,
            day=end,
        )
        for each in ends
    ]
