"""Pages of those who score: what is theirs to score, one application at a time; and of who gives it to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.forms.rounds import GiveForm, ScoreForm, ScorersForm
from candour.commissioning.models import Application, Scoring
from candour.commissioning.queries.rounds import criteria_of, mine_page, my_scoring, papers_of, scheme_of, scorers
from candour.commissioning.queries.rounds.one import marks_in
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.frame import (
    address,
    change,
    found_application,
    found_round,
    marking,
    opened,
    verb,
)
from candour.kernel.access import require
from candour.kernel.web.context import sensitive
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, page_number

BOTH = ("GET", "POST")
SIZE = 50
TONES = {"To do": "amber", "Begun": "blue", "Sent": "green", "Conflict": "red"}


@page(May.SCORE)
def my_scores(request: Request) -> HttpResponse:
    """The applications that were given to the reader's posts, those to do first."""
    first = (page_number(request.GET) - 1) * SIZE
    rows, count, waiting = mine_page(request.actor, offset=first, size=SIZE)
    context = {
        "rows": [
            {
                "row": row,
                "href": ""
                if row.state == "Conflict"
                else reverse("application-score", args=[row.organisation_code, row.reference]),
                "tone": TONES[row.state],
                "asked": of_agreements.pounds(row.asked) if row.asked is not None else "",
            }
            for row in rows
        ],
        "waiting": waiting,
        "page": Page.read(request.GET, count=count, size=SIZE),
        "marking": sensitive("Commercial. Scorers and moderator only."),
    }
    return render(request, "commissioning/rounds/mine.html", context)


@page(May.SCORE, methods=BOTH)
def score(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Score one application: save and come back, or send. Who does not score it reads so."""
    it = found_application(request, organisation, reference)
    require(request.actor, May.SCORE, it.record)
    mine = my_scoring(request.actor, it)
    context: dict[str, Any] = {"application": it, "asked": of_agreements.pounds(it.asked), "marking": marking(it)}
    if mine is None or it.round.ranked_on is not None:
        return render(request, "commissioning/rounds/not_mine.html", context | {"over": it.round.ranked_on is not None})
    criteria, marks = criteria_of(it.round), marks_in(it.round)
    standing = {each.criterion_id: each for each in mine.scores.all()}
    start: dict[str, Any] = {"interest": "no"}
    for one in criteria:
        if one.pk in standing:
            start |= {f"mark_{one.number}": standing[one.pk].value, f"why_{one.number}": standing[one.pk].why}
    form = ScoreForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria,
        marks=marks,
        initial=start,
        seen=mine.head_sequence,
        today=request.today,
    )
    mine.application = it
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: _save(request, mine, form)):
        return _after(request, it, form)
    scheme = scheme_of(it.round, criteria)
    came, whole = rules.so_far({pk: each.value for pk, each in standing.items()}, scheme)
    left = [one for one in criteria if one.pk not in standing or standing[one.pk].value is None]
    others, count, waiting = mine_page(request.actor, offset=0, size=12)
    context |= {
        "form": form,
        "scoring": mine,
        "marks": list(enumerate(marks)),
        "top": len(marks) - 1,
        "papers": papers_of(it),
        "so_far": rules.said(came),
        "of": whole,
        "left": left,
        "scored": len(criteria) - len(left),
        "others": [
            {
                "row": row,
                "tone": TONES[row.state],
                "href": ""
                if row.state == "Conflict"
                else reverse("application-score", args=[row.organisation_code, row.reference]),
            }
            for row in others
        ],
        "more": count - len(others),
        "waiting": waiting,
    }
    return render(request, "commissioning/rounds/score.html", context, status=422 if form.errors else 200)


def _save(request: Request, mine: Scoring, form: ScoreForm) -> None:
    by = {"actor": request.actor, "at": request.now}
    if form.cleaned_data["interest"] == "yes":
        commands.declare_conflict(mine, reason=form.cleaned_data["nature"], **by)  # type: ignore[arg-type]
    elif mine.sent_on is None:
        commands.save_scores(mine, marks=form.marks, send="send" in request.POST, **by)  # type: ignore[arg-type]


def _after(request: Request, it: Application, form: ScoreForm) -> HttpResponse:
    """On to the next that is to do, once one is sent."""
    if form.cleaned_data["interest"] == "yes":
        messages.success(request, f"You are off {it.record.reference}, and no longer see it")
        return redirect("scoring")
    if "send" not in request.POST:
        messages.success(request, f"{it.record.reference} is saved. Send it when every criterion is scored")
        return redirect(address(it, "application-score"))
    rows, _, waiting = mine_page(request.actor, offset=0, size=1, waiting=True)
    left = f"{waiting} left" if waiting else "that was the last"
    messages.success(request, f"The scores of {it.record.reference} are sent: {left}")
    return redirect(
        reverse("application-score", args=[rows[0].organisation_code, rows[0].reference]) if rows else "scoring"
    )


@page(May.MANAGE, methods=BOTH)
def begin(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Choose who scores."""
    it = found_round(request, organisation, reference)
    begun = opened(request, it, May.MANAGE)
    posts = scorers(it.record.organisation_id, request.today)
    form = ScorersForm(**begun, posts=[(each.pk, each.title) for each in posts])
    page = verb(
        it,
        "Begin scoring",
        "Begin scoring",
        (
            "Every application in the running is given to the posts that you choose.",
            "Criteria, form and eligibility change no more.",
            "Each scores on their own: nobody reads another’s scores before all are sent, you neither.",
            "Whoever has an interest in an applicant is taken off, and no longer sees it.",
        ),
        f"Scoring of {it.record.reference} has begun",
        template="commissioning/rounds/begin.html",
        more={"scorers": posts},
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        chosen = [each for each in posts if str(each.pk) in given["posts"]]
        commands.begin_scoring(it, posts=chosen, each=given["each"] or 0, **said)

    return change(request, it, page, form, do)


@page(May.MANAGE, methods=BOTH)
def give(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Give an application to one more post."""
    it = found_application(request, organisation, reference)
    begun = opened(request, it, May.MANAGE)
    posts = scorers(it.record.organisation_id, request.today)
    form = GiveForm(**begun, posts=[(each.pk, each.title) for each in posts])
    page = verb(
        it,
        "Give it to one more scorer",
        "Give it",
        ("The post sees the application, and nobody’s scores.", "The ranking waits for its scores too."),
        f"{it.record.reference} is given to one more scorer",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.give(it, owner=next(each for each in posts if str(each.pk) == given["owner"]), **said)

    return change(request, it, page, form, do)
