"""The pages behind an e-mailed link: what is asked of the post, one recommendation a page. Nobody signs in.

Whoever comes acts as the post, confined to what the cycle asks of it. Nothing here is kept by a browser or a proxy, and
pages lead to no other site: an address that opens something must not travel.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import restricted
from candour.kernel.limits.counting import need
from candour.kernel.limits.place import address_of
from candour.kernel.web.page import ANYONE, UNCOUNTED, Request, page
from candour.recommendations.models import AnswerLink
from candour.recommendations.queries.cycles import asks_of
from candour.recommendations.queries.links import Opened, opened
from candour.recommendations.views.questions import Door, answered, marking, still_open

SHUT = {
    "revoked": "The audit liaison has stopped this link, perhaps because the post changed hands.",
    "expired": "The time in which it opened is over.",
    "closed": "The cycle is closed, and its answers have gone to the panel.",
    "unknown": "It may have been cut in two by the mail: copy the whole of it, to the end of its last line.",
}
View = Callable[..., HttpResponse]
LIST = "list"  # asks for the list, where the address of the letter alone leads on to the one that waits


def by_link(view: View) -> View:
    """Let in whoever comes with a link that opens; tell the others in plain words how to get another."""

    @wraps(view)
    def open_it(request: Request, token: str, **more: int) -> HttpResponse:
        try:
            held = opened(token, today=request.today)
        except AnswerLink.DoesNotExist:
            need("guesses", f"address {address_of(request)}", at=request.now)
            response = _shut(request, "unknown", 404)
        else:
            restricted.acting(held.actor)
            response = _shut(request, held.shut, 410) if held.shut else view(request, held, token, **more)
        response.headers["Cache-Control"] = "no-store, private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return open_it


def _shut(request: Request, why: str, status: int) -> HttpResponse:
    return render(
        request, "recommendations/link_shut.html", {"why": SHUT[why], "closed": why == "closed"}, status=status
    )


@page(ANYONE, limit=UNCOUNTED)
@by_link
def answer_list(request: Request, held: Opened, token: str) -> HttpResponse:
    """What is asked of the post, and what of it is answered."""
    door = _door(request, held, token)
    owed = [row for row in door.rows if row.owes]
    if (
        len(owed) == 1 and LIST not in request.GET
    ):  # nothing to choose: whoever comes from the letter meets the questions
        return redirect(door.place(owed[0].ask.pk))
    context = {
        "link": held.link,
        "cycle": held.link.cycle,
        "rows": [(row, door.place(row.ask.pk) if still_open(row) else "") for row in door.rows],
        "owed": len(owed),
        "due": min((row.ask.due for row in owed), default=None),
        "marking": marking(door.rows),
    }
    return render(request, "recommendations/link.html", context)


@page(ANYONE, methods=("GET", "POST"), limit=UNCOUNTED)
@by_link
def answer_one(request: Request, held: Opened, token: str, ask: int) -> HttpResponse:
    """The four questions on one recommendation: sent, or kept as a draft."""
    return answered(request, _door(request, held, token), ask)


def _door(request: Request, held: Opened, token: str) -> Door:
    rows = asks_of(held.link.cycle, actor=held.actor, today=request.today, posts=[held.link.post_id])
    home = f"{reverse('answer', args=[token])}?{LIST}="
    return Door(held.actor, rows, home, lambda ask: reverse("answer-one", args=[token, ask]))
