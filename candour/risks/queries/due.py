"""Which reviews are due, for one post or for all of them, on a day that is passed in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.people.models import Post
from candour.kernel.records.compile import compiled
from candour.kernel.records.models import visible
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import RiskLine


@dataclass(frozen=True)
class DueRow:
    """A risk whose review is due. why: a key of rules.REVIEW_WORDS. post: who reviews it, the officer or else the owner."""

    pk: int
    reference: str
    title: str
    organisation_code: str
    level: str
    sensitivity: str
    post: str
    score: int | None
    band: str
    why: str
    review_due: date | None
    last_review: date | None
    control_due: date | None


@dataclass(frozen=True)
class PostDue:
    """How many reviews a post has due, and how many of them are late."""

    post: int | None
    title: str
    due: int
    late: int


def reviewable(actor: Actor, *, today: date, posts: frozenset[int] | None = None) -> QuerySet[Any, Any]:
    """Lines of live risks that the actor may review, for some posts or for all, with why: a key of REVIEW_WORDS or "Not
    due". The first to be due come first, those without a date last."""
    held = actor.scope(RiskPermission.REVIEW)
    rows = RiskLine.objects.filter(visible(actor, RiskPermission.SEE), closed_on=None)
    if EVERYWHERE not in held:
        rows = rows.filter(organisation__in=held)
    by: Any = F("review_due").asc(nulls_last=True)
    if posts is not None:
        rows = rows.filter(reviewer__in=posts)
        # The same order, which no index has: those of a few posts are then found by their post. In the order of an index
        # all lines are read where the posts have fewer than a page of them.
        by = Coalesce("review_due", Value(date.max))
        return rows.annotate(why=compiled(rules.REVIEW, today)).order_by(by, "reference", "pk")
    # None of them has a closed_on: PostgreSQL follows the index where it is told that order too.
    return rows.annotate(why=compiled(rules.REVIEW, today)).order_by("closed_on", by, "reference", "pk")


def reviewers(actor: Actor, *, today: date) -> QuerySet[Post]:
    """The posts that review a live risk which the actor may review too. Others are not named to the actor here."""
    theirs = reviewable(actor, today=today).order_by().filter(reviewer=OuterRef("pk"))
    return Post.objects.filter(Exists(theirs))


def due_lines(actor: Actor, *, today: date, posts: frozenset[int] | None = None) -> QuerySet[Any, Any]:
    """Those whose review is due."""
    return reviewable(actor, today=today, posts=posts).exclude(why="Not due")


Tally = Counter[tuple[int | None, str]]  # reviews due by (number of the post that reviews, why)


def due_tally(actor: Actor, *, today: date) -> Tally:
    """How many reviews each post has due, by why: what every figure of the page is summed from. One query."""
    rows = due_lines(actor, today=today).order_by().values_list("reviewer", "why").annotate(count=Count("pk"))
    return Counter({(post, why): count for post, why, count in rows})


def due_counts(tally: Tally, *, posts: frozenset[int] | None = None) -> dict[str, int]:
    """How many reviews are due by why, for some posts or for all. No query."""
    counts = dict.fromkeys(rules.REVIEW_WORDS, 0)
    for (post, why), count in tally.items():
        if posts is None or post in posts:
            counts[why] += count
    return counts


def reviews_due(
    actor: Actor, *, today: date, posts: frozenset[int] | None = None, why: str = "", offset: int = 0, size: int = 50
) -> list[DueRow]:
    """The reviews that are due, the longest overdue first, those without a date last. One query."""
    due = due_lines(actor, today=today, posts=posts)
    if why:
        due = due.filter(why=why)
    # Which fifty is settled on the lines alone; only then are their records, bodies and posts looked up.
    shown = RiskLine.objects.filter(pk__in=due.values("pk")[offset : offset + size])
    ordered = shown.annotate(why=compiled(rules.REVIEW, today)).order_by(
        F("review_due").asc(nulls_last=True), "reference", "pk"
    )
    found: Any = ordered.values_list(
        *("pk", "reference", "record__title", "organisation__code", "kind", "sensitivity"),
        "reviewer__title",
        *("score", "band", "why", "review_due", "last_review", "next_control_due"),
    )
    return [DueRow(*row) for row in found]


def due_by_post(tally: Tally) -> list[PostDue]:
    """Every post with reviews due, those with most late ones first. One query."""
    due: Counter[int | None] = Counter()
    for (post, _), count in tally.items():
        due[post] += count
    titles = dict(Post.objects.filter(pk__in=[post for post in due if post]).values_list("pk", "title"))
    found = [PostDue(post, titles[post] if post else "No post", due[post], tally[post, "Late"]) for post in due]
    return sorted(found, key=lambda each: (-each.late, -each.due, each.title))
