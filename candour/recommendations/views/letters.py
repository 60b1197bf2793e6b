"""What went out in a cycle: each link, whether it was used, its letters; sent again, and revoked."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.calendar import say_date
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.recommendations import commands
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.forms.cycles import WhyForm
from candour.recommendations.models import AnswerLink, Cycle
from candour.recommendations.queries.cycles import asks_of
from candour.recommendations.queries.letters import LinkRow, went_out
from candour.recommendations.views.running import changed, cycle_found, post_asked

# What a link can be, by the word in the address: its words under the count.
STATES = {
    "used": "used",
    "unused": "not used yet",
    "unsent": "with a letter that is not sent",
    "shut": "open no more",
}


@page(May.ASK)
def letters(request: Request, cycle: int) -> HttpResponse:
    """Every link of the cycle with its letters, those that open first; ?state= shows those of one state."""
    it = cycle_found(request, cycle)
    rows = asks_of(it, actor=request.actor, today=request.today)
    found = went_out(it, rows, today=request.today)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    counts = Counter(each for row in found.links for each in states(row))
    context = {
        "cycle": it,
        "shown": [(row, _tag(row)) for row in found.links if not state or state in states(row)],
        "total": len(found.links),
        "figures": [(each, counts[each], words) for each, words in STATES.items()],
        "state": state,
        "line": found.line,
        "nowhere": found.nowhere,
        "marking": marking_of(row.sensitivity for row in rows),
    }
    return render(request, "recommendations/letters.html", context)


def states(row: LinkRow) -> set[str]:
    """Which of STATES a link is: one that opens is used or not; a letter may be unsent whatever its link is."""
    found = {"shut" if row.shut else "used" if row.used_at else "unused"}
    return found | ({"unsent"} if any(letter.state in {"waits", "failed", "back"} for letter in row.letters) else set())


def _tag(row: LinkRow) -> tuple[str, str]:
    """What a link is, in a word, and its colour."""
    if row.shut == "revoked" and row.link.revoked_on:
        return f"Revoked {say_date(row.link.revoked_on)}", "amber"
    if row.shut:
        return ("Expired", "amber") if row.shut == "expired" else ("Cycle closed", "")
    return ("Used", "green") if row.used_at else ("Not used yet", "")


@page(May.ASK, methods=("POST",))
def send_again(request: Request, cycle: int, link: int) -> HttpResponse:
    """Write again to where a link was sent; where it opens no more, the letter carries a new one."""
    it = cycle_found(request, cycle)
    held = _link(request, it, link)
    try:
        commands.remind_now(it, post=held.post, to=held.to, actor=request.actor, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"A letter to the {held.to} is written, and goes out within minutes")
    return redirect("recommendations-cycle-letters", it.pk)


@page(May.ASK, methods=("GET", "POST"))
def revoke_link(request: Request, cycle: int, link: int) -> HttpResponse:
    it = cycle_found(request, cycle)
    held = _link(request, it, link)
    form = WhyForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        who: dict[str, Any] = {"actor": request.actor, "at": request.now}
        commands.revoke_links(it, post=held.post, to=held.to, reason=given["reason"], **who)

    meant = f"that was sent to the {held.to}"
    saving = ("This link stops at once; others of the post still open.", "The next letter carries a new one.")
    title, done = f"Revoke the link {meant}", f"The link {meant} opens no more"
    back = reverse("recommendations-cycle-letters", args=[it.pk])
    return changed(
        request, it, form, title=title, submit="Revoke the link", saving=saving, done=done, act=act, back=back
    )


def _link(request: Request, it: Cycle, number: int) -> AnswerLink:
    """A link of the cycle, of a post that is asked about something that the reader sees; Http404 for any other."""
    held = AnswerLink.objects.filter(cycle=it, pk=number).select_related("post__organisation", "to").first()
    if held is None:
        raise Http404
    post_asked(request, it, held.post_id)
    return held
