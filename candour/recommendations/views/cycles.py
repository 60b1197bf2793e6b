"""The liaison's pages: the cycles, the board of one, and what is done from it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.establishment.commands import cover_post
from candour.kernel.notices.queries import notices_about
from candour.kernel.people.queries import deputies_of, posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.rules import Refused
from candour.kernel.web.asat import Choice
from candour.kernel.web.forms import carried_out
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string
from candour.recommendations import commands, rules
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.commands.letters import ABOUT
from candour.recommendations.forms.cycles import CoverForm, OpenForm, SendBackForm, WhyForm
from candour.recommendations.models import Cycle
from candour.recommendations.queries.cycles import asks_of, cycles_of, standings_of
from candour.recommendations.queries.links import standing_links
from candour.recommendations.queries.lists import priorities_in_use
from candour.recommendations.views.board import board, in_state
from candour.recommendations.views.running import changed, cycle_found, post_asked

BOTH = ("GET", "POST")
SIZE = 50


@page(May.ASK)
def cycles(request: Request) -> HttpResponse:
    """Every cycle of the bodies for which one runs them, the open one first."""
    found = cycles_of(request.actor)
    may = bodies(request.actor, May.ASK)
    standing = {cycle.organisation_id for cycle in found if cycle.closed_on is None}
    context = {"cycles": found, "may_open": any(body.pk not in standing for body in may), "several": len(may) > 1}
    return render(request, "recommendations/cycles.html", context)


@page(May.ASK, methods=BOTH)
def open_cycle(request: Request) -> HttpResponse:
    """The form for the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, May.ASK)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    start = {"before": 5, "after": 1, "line_after": 7, "link_days": 14}
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        priorities=priorities_in_use(request.actor, body.pk),
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        made: list[Cycle] = []

        def act() -> None:
            given = form.cleaned_data
            made.append(commands.open_cycle(organisation=body, actor=request.actor, at=request.now, **given))

        if carried_out(form, act):
            messages.success(request, f"The {made[0].name} cycle is open, and its owners are written to")
            return redirect("recommendations-cycle", made[0].pk)
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "recommendations/cycle_open.html", context, status=422 if form.errors else 200)


@page(May.ASK)
def cycle(request: Request, cycle: int) -> HttpResponse:
    """The board: how each answer stands, by owner, fifty at a time; ?state= shows those of one state."""
    it = cycle_found(request, cycle)
    who: dict[str, Any] = {"actor": request.actor, "today": request.today}
    every = answered(request, ("how the answers of a cycle stand", it.pk), lambda: standings_of(it, **who))
    state, listed = in_state(every, request.GET.get("state", ""))
    pages = Page.read(request.GET, count=len(listed), size=SIZE)
    first = (pages.number - 1) * SIZE
    rows = asks_of(it, only=[each.pk for each in listed[first : first + SIZE]], **who)
    links = standing_links(it.pk)
    numbers = [link.pk for link in links.values()]
    covers = deputies_of({row.ask.post_id for row in rows}, request.today)
    shown = board(rows, every=every, links=links, notices=notices_about(ABOUT, numbers), covers=covers, asked=state)
    context = {
        "cycle": it,
        "board": shown,
        "words": [(state, rules.STATE_WORDS[state]) for state in rules.STATES],
        "today": request.today,
        "page": pages,
        "marking": marking_of(each.sensitivity for each in every),
    }
    return render(request, "recommendations/cycle.html", context)


@page(May.ASK, methods=("POST",))
def remind(request: Request, cycle: int, post: int) -> HttpResponse:
    """Write to a post at once what it still owes."""
    it = cycle_found(request, cycle)
    asked = post_asked(request, it, post)
    try:
        commands.remind_now(it, post=asked, actor=request.actor, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"A reminder to the {asked} is written, and goes out within minutes")
    return redirect("recommendations-cycle", it.pk)


@page(May.ASK, methods=BOTH)
def revoke(request: Request, cycle: int, post: int) -> HttpResponse:
    it = cycle_found(request, cycle)
    asked = post_asked(request, it, post)
    saving = ("Every link of this post to this cycle stops at once.", "The next reminder carries a new one.")
    form = WhyForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        commands.revoke_links(it, post=asked, actor=request.actor, at=request.now, reason=given["reason"])

    title, done = f"Revoke the link of the {asked}", f"The link of the {asked} opens no more"
    return changed(request, it, form, title=title, submit="Revoke the link", saving=saving, done=done, act=act)


@page(May.ASK, methods=BOTH)
def close(request: Request, cycle: int) -> HttpResponse:
    it = cycle_found(request, cycle)
    saving = ("Its links open no more, and nobody is reminded.", "What was not answered stays so on this board.")
    form = WhyForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        commands.close_cycle(it, actor=request.actor, at=request.now, reason=given["reason"])

    done = f"The {it.name} cycle is closed"
    return changed(
        request,
        it,
        form,
        title=f"Close the {it.name} cycle",
        submit="Close the cycle",
        saving=saving,
        done=done,
        act=act,
    )


@page(May.ASK, methods=BOTH)
def send_back(request: Request, cycle: int, ask: int) -> HttpResponse:
    """Send an answer back: what it says and which checks it fails stand beside the form."""
    it = cycle_found(request, cycle)
    row = next(iter(asks_of(it, actor=request.actor, today=request.today, only=[ask])), None)
    if row is None:
        raise Http404
    require(request.actor, May.ASK, row.ask.recommendation.record)
    if row.ask.answer is None:
        messages.error(request, "There is no answer to send back")
        return redirect("recommendations-cycle", it.pk)
    start = {"reason": " ".join(f"{check.said}." for check in row.failed)}
    form = SendBackForm(request.POST if request.method == "POST" else None, initial=start, today=request.today)

    def act(given: dict[str, Any]) -> None:
        by: dict[str, Any] = {"actor": request.actor, "at": request.now}
        commands.send_back(row.ask, due=given["due"], reason=given["reason"], **by)

    saving = (
        f"The {row.ask.post} is written to, and answers again.",
        "Its answer stays in the history of the recommendation.",
        *(["The closure that it proposes is taken back."] if row.ask.answer.proposes_closure else []),
    )
    title = f"Send the answer on {row.reference} back"
    done = f"The answer on {row.reference} is sent back"
    more = {"row": row, "answer": row.ask.answer}
    return changed(request, it, form, title=title, submit="Send it back", saving=saving, done=done, act=act, more=more)


@page(May.ASK, methods=BOTH)
def cover(request: Request, cycle: int, post: int) -> HttpResponse:
    """Say who answers for a post that is away, or that hands the answering over."""
    it = cycle_found(request, cycle)
    asked = post_asked(request, it, post)
    posts = [each for each in posts_of(asked.organisation_id) if each.pk != asked.pk]
    form = CoverForm(
        request.POST if request.method == "POST" else None,
        initial={"starts": request.today},
        posts=as_choices(posts),
        today=request.today,
    )

    def act(given: dict[str, Any]) -> None:
        by = post_named(posts, given["by"])
        if by is None:
            raise Refused("by", "Choose the post")
        days: dict[str, Any] = {name: given[name] for name in ("starts", "ends")}
        who: dict[str, Any] = {"actor": request.actor, "at": request.now}
        cover_post(asked, by=by, away=given["away"] == "yes", reason=given["reason"], **days, **who)

    saving = (
        "Requests and reminders go to both posts on those days.",
        "What the other post answers is kept as the answer of this one, and says through whom it came.",
    )
    title, done = f"Who answers for the {asked}", f"Who answers for the {asked} is saved"
    return changed(request, it, form, title=title, submit="Save who answers", saving=saving, done=done, act=act)
