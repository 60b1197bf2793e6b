"""The list of rounds, the page of one with its steps and what is next, its applications, and its history."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.models import Round
from candour.commissioning.queries.rounds import (
    applications_page,
    awards_of,
    criteria_of,
    progress_of,
    questions_of,
    rounds_page,
    tally,
)
from candour.commissioning.queries.rounds.applications import VIEWS
from candour.commissioning.queries.rounds.one import marks_in
from candour.commissioning.queries.rounds.then import round_then
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.following import next_step
from candour.commissioning.views.rounds.frame import (
    STATE_TONES,
    address,
    found_application,
    found_round,
    marking,
    steps,
)
from candour.commissioning.views.rounds.words import told
from candour.kernel.access import allowed, require
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.happened import latest_events
from candour.kernel.records.history import told_page
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.context import sensitive
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, page_number, query_string

SIZE = 50


@page(May.SEE)
def rounds(request: Request) -> HttpResponse:
    """Every round that the reader may see, the last to close first."""
    first = (page_number(request.GET) - 1) * SIZE
    rows, count = rounds_page(request.actor, today=request.today, offset=first, size=SIZE)
    context = {
        "rows": [
            {
                "row": row,
                "href": reverse("round", args=[row.organisation_code, row.reference]),
                "tone": STATE_TONES[row.state],
                "budget": of_agreements.pounds(row.budget),
                "awarded": of_agreements.pounds(row.awarded) if row.awarded else "",
            }
            for row in rows
        ],
        "page": Page.read(request.GET, count=count, size=SIZE),
        "may_manage": allowed(request.actor, May.MANAGE),
        "may_score": allowed(request.actor, May.SCORE),
        "marking": marking_of(row.sensitivity for row in rows),
    }
    return render(request, "commissioning/rounds/list.html", context)


@page(May.SEE)
def round(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A round: where it is, what is next, what it is scored by, its form, who scores, and its awards once announced."""
    it, as_at, actor = found_round(request, organisation, reference), as_at_of(request), request.actor
    framed = {
        "round": it,
        "as_at": as_at,
        "day": as_at.day or request.today,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking(it),
    }
    if as_at.day:
        return _then(request, it, as_at.day, framed)
    state = rules.state(it, request.today)
    runs = allowed(actor, May.APPLICATIONS, it.record)
    counts = tally(actor, it) if runs else None
    may = {
        "manage": allowed(actor, May.MANAGE, it.record),
        "decide": allowed(actor, May.DECIDE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
        "applications": runs,
    }
    criteria, questions = criteria_of(it), questions_of(it)
    happened = latest_events(it.record, actor, day=None, size=8)
    context = framed | {
        "state": state,
        "tone": STATE_TONES[state],
        "steps": steps(it, request.today),
        "counts": counts,
        "next": next_step(it, state, counts, may, set_up=(bool(criteria), bool(questions))),
        "may": may,
        "criteria": criteria,
        "weights": sum(one.weight for one in criteria),
        "questions": questions,
        "marks": list(enumerate(marks_in(it))),
        "progress": progress_of(actor, it) if runs and it.scoring_on else [],
        "awards": awards_of(it),
        "told_in_public": [told(event) for event in happened if event.event in IN_PUBLIC],
        "timeline": [told(event) for event in happened] if may["history"] else [],
        "verbs": _verbs(it, may),
        "money": {
            "budget": of_agreements.pounds(it.budget),
            "most": of_agreements.pounds(it.most),
            "asked": of_agreements.pounds(counts.asked) if counts else "",
            "awarded": of_agreements.pounds(counts.awarded) if counts else "",
        },
    }
    return render(request, "commissioning/rounds/record.html", context)


def _then(request: Request, it: Round, day: date, framed: dict[str, Any]) -> HttpResponse:
    """The round as it stood: its stages, what it asked and was scored by, and what had been announced."""
    then = round_then(it, actor=request.actor, day=day)
    if then is None:
        return render(request, "commissioning/rounds/not_then.html", framed)
    was = then.round
    state = rules.state(was, day)
    happened = latest_events(it.record, request.actor, day=day, size=8)
    context = framed | {
        "round": was,
        "state": state,
        "tone": STATE_TONES[state],
        "steps": steps(was, day),
        "may": {},
        "criteria": then.criteria,
        "weights": sum(one.weight for one in then.criteria),
        "questions": then.questions,
        "marks": list(enumerate(marks_in(was))),
        "awards": then.awards,
        "told_in_public": [told(event) for event in happened if event.event in IN_PUBLIC],
        "timeline": [told(event) for event in happened] if allowed(request.actor, HistoryPermission.SEE) else [],
        "money": {"budget": of_agreements.pounds(was.budget), "most": of_agreements.pounds(was.most)},
        "marking": marking(was),
    }
    return render(request, "commissioning/rounds/record.html", context)


IN_PUBLIC = frozenset({"round.changed_in_public", "round.criteria_changed", "round.form_changed"})


def _verbs(it: Round, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    early = it.scoring_on is None
    offered = (
        (may["manage"] and early, "round-change", "Change its facts"),
        (may["manage"] and early, "round-criteria", "Change its criteria"),
        (may["manage"] and early, "round-questions", "Change its form"),
        (may["manage"] and it.opened_on and early, "round-apply", "Enter an application"),
        (may["manage"] and not early and it.decided_on is None, "round-apply", "Enter a late application"),
        (may["manage"] and it.opened_on and early, "round-load", "Load applications from a workbook"),
        (may["manage"], "round-ranking", "Ranking and budget"),
    )
    return [(address(it, name), words) for holds, name, words in offered if holds]


@page(May.APPLICATIONS)
def applications(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The applications of a round that the reader may see."""
    it = found_round(request, organisation, reference)
    require(request.actor, May.APPLICATIONS, it.record)
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    first = (page_number(request.GET) - 1) * SIZE
    rows, counts = applications_page(request.actor, it, view=view, offset=first, size=SIZE)
    context = {
        "round": it,
        "rows": [
            {
                "row": row,
                "href": reverse("application", args=[row.organisation_code, row.reference]),
                "asked": of_agreements.pounds(row.asked),
                "award": of_agreements.pounds(row.award) if row.award else "",
                "tone": "red" if row.state == "Late" else "amber" if row.state == "To judge" else "line",
            }
            for row in rows
        ],
        "views": [
            {
                "label": words,
                "href": query_string(request.GET, view=None if name == "all" else name, page=None),
                "current": name == view,
                "count": counts[name],
            }
            for name, words in VIEWS.items()
        ],
        "page": Page.read(request.GET, count=counts[view], size=SIZE),
        "may_manage": allowed(request.actor, May.MANAGE, it.record),
        "open": it.opened_on and it.decided_on is None,
        "marking": sensitive("Commercial. Scorers, and those who run and decide the round, only.")
        if counts["all"]
        else marking(it),
    }
    return render(request, "commissioning/rounds/applications.html", context)


@page(HistoryPermission.SEE)
def round_history(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_round(request, organisation, reference)
    trail = [
        (reverse("agreements"), "Agreements"),
        (reverse("rounds"), "Grant rounds"),
        (address(it), it.record.reference),
    ]
    return told_page(request, it.record, tell=told, trail=trail)


@page(May.APPLICATIONS)
def application_history(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Every entry of an application, for who reads applications and histories."""
    it = found_application(request, organisation, reference)
    require(request.actor, May.APPLICATIONS, it.record)
    require(request.actor, HistoryPermission.SEE, it.record)
    trail: list[Any] = [(reverse("rounds"), "Grant rounds"), (address(it), it.record.reference)]
    return told_page(request, it.record, tell=told, trail=trail)
