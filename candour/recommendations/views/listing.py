"""The tracker as a list, live or as at a past day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.people.models import Organisation
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.records.saved import Kept, saved_views
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.forms import Problem
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, query_string
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.forms import RecommendationFilters
from candour.recommendations.forms.filters import KEPT, narrowed
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.orders import ASKED
from candour.recommendations.queries.sources import LiveTracker, Tracker, open_tracker
from candour.recommendations.rules import ENDED, STATUS_WORDS
from candour.recommendations.views.frame import listed, past_choices
from candour.recommendations.views.saved import LIST, body_asked, wanted_by

SIZE = 50
# The views that everybody has: name -> (words, what the address then asks for).
VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "all": ("All open", {}),
    "overdue": ("Overdue", {"status": "Overdue"}),
    "past": ("Past first date", {"past": "past"}),
    "twice": ("Slipped twice", {"slips": "2"}),
    "proposed": ("Proposed closed", {"status": "Proposed Closed"}),
    "unanswered": ("Awaiting response", {"status": "Awaiting Response"}),
    "undated": ("No date", {"status": "No Date"}),
    "ended": ("Ended", {"status": "ended"}),
    "restricted": ("Restricted", {"sensitivity": "restricted"}),
}


@dataclass
class Asked:
    """What the address asks for: whose tracker, and which day."""

    request: Request
    as_at: AsAt
    bodies: Sequence[Organisation]
    body: Organisation | None

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def day(self) -> date:
        return self.as_at.day or self.request.today

    @property
    def base(self) -> RecommendationFilter:
        return RecommendationFilter(organisation=self.body.pk if self.body else None)

    @cached_property
    def source(self) -> Tracker:
        return open_tracker(self.actor, organisation=self.base.organisation, today=self.day, as_at=self.as_at.day)

    @cached_property
    def form(self) -> RecommendationFilters:
        ended = self.request.GET.get("status", "") in {*ENDED, "ended", "any"}

        def ask() -> tuple[list[tuple[int, str]], list[str]]:
            return self.source.owners(ended=ended), self.source.priorities()

        question = ("recommendation choices", self.base, self.as_at.day, ended)
        owners, priorities = answered(self.request, question, ask)
        if isinstance(self.source, LiveTracker):
            self.source.in_use = owners
        return RecommendationFilters(self.request.GET, owners=owners, priorities=priorities, today=self.day)

    @property
    def problems(self) -> list[Problem]:
        """What of the address cannot be read; nothing is shown until it is mended."""
        return [*self.as_at.problems, *self.form.problems]

    @property
    def body_choices(self) -> list[Choice]:
        if len(self.bodies) < 2:
            return []
        chosen = [Choice(each.short_name, self.elsewhere(body=each.code), each == self.body) for each in self.bodies]
        both = "Both" if len(self.bodies) == 2 else "All"
        return [*chosen, Choice(both, self.elsewhere(body="all"), self.body is None)]

    @property
    def workbook(self) -> str:
        return reverse("recommendations-workbook") + query_string(self.request.GET, page=None)

    @property
    def download(self) -> str:
        return reverse("recommendations-download") + query_string(self.request.GET, page=None)

    def elsewhere(self, **changes: object) -> str:
        """This page without its filters, with some parameters changed."""
        return query_string(
            self.request.GET, **(dict.fromkeys([*RecommendationFilters.base_fields, "page", "view"]) | changes)
        )


def asked_of(request: Request) -> Asked:
    """Read the address. A body that it does not know is the actor's own; one who sees several may ask for all."""
    seen = bodies(request.actor, RecommendationPermission.SEE)
    return Asked(request, as_at_of(request), seen, body_asked(request.GET.get("body", ""), seen))


FACES = {
    "recommendations": "List",
    "recommendations-age": "Age",
    "recommendations-slips": "Slips",
    "recommendations-closures": "Closures",
    "recommendations-load": "Dates to come",
}


def faces(asked: Asked, here: str) -> list[Choice]:
    """The list and its figures, of the same tracker, day and, as far as both have them, filters."""
    given = asked.request.GET
    other = query_string(given, **dict.fromkeys(set(given) - {*KEPT, "body", "as_at"}))
    return [Choice(words, reverse(name) + other, name == here) for name, words in FACES.items()]


@page(RecommendationPermission.SEE, kept=True)
def recommendations(request: Request) -> HttpResponse:
    """The list: views, filters, table, fifty rows at a time."""
    kept = saved_views(request.actor, LIST.of)
    first = next((view for view in kept if view.first and view.query), None)
    if first and not request.GET:
        return redirect(LIST.address(first.query))
    asked = asked_of(request)
    problems = asked.problems
    sort = Sort.read(request.GET, columns=ASKED, default="priority")
    views, total = _views(asked, kept, whole="all" if first else None)
    save = LIST.query_of(request.GET)
    pages = Page.read(request.GET, count=total, size=SIZE)
    rows: list[Any] = []
    if not problems and total:
        wanted, order = asked.form.wanted(asked.base), f"{'-' if sort.descending else ''}{sort.column}"
        offset = (pages.number - 1) * SIZE
        shown = asked.source.page(wanted, sort=order, offset=offset, size=SIZE, total=total)
        own = asked.body.pk if asked.body else asked.actor.organisation
        rows = [listed(row, day=asked.day, own=own, after=asked.as_at.query) for row in shown.rows]
    live = asked.as_at.day is None
    context = {
        "asked": asked,
        "kicker": asked.body.name if asked.body else " and ".join(each.name for each in asked.bodies),
        "title": "Recommendations",
        "day": asked.day,
        "past_days": past_choices(request),
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "marking": marking_of(item.row.sensitivity for item in rows),
        "filters": asked.form,
        "views": views,
        "kept": bool(kept),
        "save": f"{reverse('recommendations-view-save')}?{save}" if save else "",
        "all_live": views[0].count,
        "ended": asked.form.is_valid() and asked.form.wanted(asked.base).ended,
        "rows": rows,
        "total": total,
        "sort": sort,
        "page": pages,
        "problems": problems,
        "has_errors": bool(problems),
        "statuses": [(name, STATUS_WORDS[name]) for name in dict.fromkeys(item.row.status for item in rows)],
        "may_raise": live and allowed(asked.actor, RecommendationPermission.RAISE),
        "may_update": live and allowed(asked.actor, RecommendationPermission.UPDATE),
        "may_grant": live and allowed(asked.actor, RecommendationPermission.GRANT),
        "may_ask": live and allowed(asked.actor, RecommendationPermission.ASK),
        "mine": reverse("recommendations-mine"),
        "faces": faces(asked, "recommendations"),
    }
    return render(request, "recommendations/list.html", context)


def _counted(asked: Asked, views: Mapping[str | int, RecommendationFilter]) -> tuple[Mapping[str | int, int], int]:
    """How many each view holds, counted once between two recordings, and how many the list does."""
    listed = None if asked.problems else asked.form.wanted(asked.base)
    found: dict[str | int, int] = {}

    def ask() -> dict[str | int, int]:
        alike = listed is None or listed in views.values()
        found.update(asked.source.counts(views if alike else {**views, "list": listed}))  # type: ignore[dict-item]
        return {name: count for name, count in found.items() if name != "list"}

    counts = answered(asked.request, ("recommendation views", asked.as_at.day, tuple(views.items())), ask)
    if listed is None:
        return counts, 0
    same = next((name for name, each in views.items() if each == listed), None)
    if same is not None:
        return counts, counts[same]
    return counts, (found or asked.source.counts({"list": listed}))["list"]


def _views(asked: Asked, kept: Sequence[Kept], *, whole: str | None) -> tuple[list[Choice], int]:
    """The views with their counts, the one whose filters are exactly those in force current; and how many the list holds.

    Everybody's first, then the saved ones; one query counts them all. whole: what the address of the whole list says where
    the bare one opens with a view of one's own.
    """
    held: dict[str | int, RecommendationFilter] = {}
    saved = wanted_by(kept, asked.bodies)
    held |= saved  # type: ignore[arg-type]
    for name, (_, only) in VIEWS.items():
        held[name] = narrowed(asked.base, only)
    counts, total = _counted(asked, held)
    given = asked.request.GET
    in_force = {name: given[name] for name in RecommendationFilters.base_fields if given.get(name, "").strip()}
    views = [
        Choice(
            label,
            asked.elsewhere(sort=None, **(dict[str, object](only) or {"view": whole})),
            in_force == only,
            counts[name],
        )
        for name, (label, only) in VIEWS.items()
        if name != "restricted" or counts[name] or in_force == only
    ]
    return LIST.row(given, views, kept, {number: counts[number] for number in saved}), total
