"""Reviews that are due: of one's own posts, of another post, or of all of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string
from candour.risks.access import RiskPermission
from candour.risks.queries import DueRow, due_by_post, due_counts, due_tally, reviews_due
from candour.risks.rules import REVIEW_WORDS

SIZE = 50
TONES = {"Late": "red", "First review": "plum", "Handed over": "plum", "Due soon": "amber"}


@page(RiskPermission.REVIEW, kept=True)
def due(request: Request) -> HttpResponse:
    """?post= a number, or "all"; one's own posts otherwise. ?why= a key of REVIEW_WORDS."""
    asked = request.GET.get("post", "")
    why = request.GET.get("why", "")
    why = why if why in REVIEW_WORDS else ""
    tally = due_tally(request.actor, today=request.today)
    by_post = due_by_post(tally)
    posts = posts_asked(request, asked)
    counts = due_counts(tally, posts=posts)
    total = counts[why] if why else sum(counts.values())
    pages = Page.read(request.GET, count=total, size=SIZE)
    rows = reviews_due(
        request.actor,
        today=request.today,
        posts=posts,
        why=why,
        offset=(pages.number - 1) * SIZE,
        size=SIZE,
    )
    whose = next((each.title for each in by_post if str(each.post) == asked), "")
    context = {
        "rows": [(row, _address(row, "risk"), _address(row, "risk-review"), TONES[row.why]) for row in rows],
        "counts": _figures(request, counts, why),
        "why": why,
        "whose": "All reviews due" if asked == "all" else f"Reviews due: {whose}" if whose else "My reviews",
        "switch": [
            Choice("Mine", reverse("risk-due"), not asked),
            Choice("Everybody’s", query_string(request.GET, post="all", why=None, page=None), asked == "all"),
        ],
        "by_post": [(each, query_string(request.GET, post=each.post, why=None, page=None)) for each in by_post],
        "mine": not asked,
        "total": total,
        "page": pages,
        "together": reverse("risk-review-many") + query_string(request.GET, page=None),
        "marking": marking_of(row.sensitivity for row in rows),
    }
    return render(request, "risks/due.html", context)


def posts_asked(request: Request, asked: str) -> frozenset[int] | None:
    """The posts that are asked for: None for all, one's own where the address names none that is a number."""
    if asked == "all":
        return None
    return frozenset({int(asked)}) if is_number(asked) else frozenset(request.actor.posts)


def is_number(text: str) -> bool:
    """Whether an address gives the number of a row, as databases have them."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _figures(request: Request, counts: dict[str, int], chosen: str) -> list[Choice]:
    """Every why with its count, leading to its rows; the one in force leads back to all."""
    return [
        Choice(why, query_string(request.GET, why=None if why == chosen else why, page=None), why == chosen, count)
        for why, count in counts.items()
    ]


def _address(row: DueRow, name: str) -> str:
    return reverse(name, kwargs={"organisation": row.organisation_code, "reference": row.reference})
