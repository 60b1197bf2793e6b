"""An owner's page: what a cycle asks of them, and what their posts answer for, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.queries.asked import asked_of
from candour.recommendations.queries.cycles import AskRow
from candour.recommendations.queries.dates import date_rows, own_dates
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.sources import LiveTracker
from candour.recommendations.views.frame import listed
from candour.recommendations.views.questions import Door, answered, still_open

SIZE = 50
LATELY = timedelta(days=92)  # for so long an answer about a date stays on the page: a panel meets each quarter
PRESSING = ("Overdue", "Sent Back", "Due Soon", "Proposed Closed")


@dataclass(frozen=True)
class Question:
    """What is asked of the reader on one recommendation. href: its four questions; "" where nothing more can be said."""

    row: AskRow
    href: str
    label: str
    tone: str
    instead_of: str  # the post for which the reader answers, where it is not one of their own


@page(RecommendationPermission.SEE)
def mine(request: Request) -> HttpResponse:
    """What open cycles ask of the reader; then all that is open and theirs, by date, those without one last.

    Never kept: a draft shows here, and is no part of what is recorded.
    """
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
    questions = [_question(row, actor) for row in asked_of(actor, today=today)]
    dates = date_rows(own_dates(actor, posts, since=today - LATELY)[:SIZE])
    seen = [*(item.row.sensitivity for item in rows), *(each.row.sensitivity for each in questions)]
    context = {
        "rows": rows,
        "page": pages,
        "total": counts["all"],
        "pressing": [(name, counts[name]) for name in PRESSING],
        "questions": questions,
        "figures": _figures(questions),
        "due": _next_due(questions, today),
        "dates": [(row, reverse("recommendation", args=[row.organisation_code, row.reference])) for row in dates],
        "marking": marking_of([*seen, *(row.sensitivity for row in dates)]),
    }
    return render(request, "recommendations/mine.html", context)


@page(RecommendationPermission.UPDATE, methods=("GET", "POST"))
def answer_mine(request: Request, ask: int) -> HttpResponse:
    """The four questions on one recommendation, for who is signed in."""
    rows = asked_of(request.actor, today=request.today)
    home = reverse("recommendations-mine")
    return answered(request, Door(request.actor, rows, home, _place, moves=True), ask)


def _place(ask: int) -> str:
    return reverse("recommendation-answer", args=[ask])


def _question(row: AskRow, actor: Actor) -> Question:
    may = still_open(row) and allowed(actor, RecommendationPermission.UPDATE, row.ask.recommendation.record)
    label, tone = _state(row)
    other = "" if row.ask.post_id in actor.posts else row.ask.post.title
    return Question(row, _place(row.ask.pk) if may else "", label, tone, other)


def _state(row: AskRow) -> tuple[str, str]:
    """How it stands, as its owner reads it: a thin answer is an answer until the liaison sends it back."""
    if not row.owes:
        return ("Ended since", "") if row.state == "over" else ("Answered", "green")
    if row.state == "late":
        return "Overdue", "red"
    if row.ask.sent_back_on:
        return "Sent back", "amber"
    return ("Begun", "blue") if row.begun else ("To answer", "")


def _figures(questions: Sequence[Question]) -> dict[str, int]:
    """How many are still to be answered; of those how many are late, were sent back, or are begun; how many are answered."""
    owed = [each.row for each in questions if each.row.owes]
    return {
        "owed": len(owed),
        "late": sum(row.state == "late" for row in owed),
        "back": sum(row.ask.sent_back_on is not None for row in owed),
        "begun": sum(row.begun for row in owed),
        "answered": sum(each.label == "Answered" for each in questions),
    }


def _next_due(questions: Sequence[Question], today: date) -> date | None:
    """The next day by which an answer is due; None where nothing is owed by a day to come."""
    return min((each.row.ask.due for each in questions if each.row.owes and each.row.ask.due >= today), default=None)
