"""What open cycles ask of somebody who is signed in: at their posts, and at those for which they answer meanwhile."""

from datetime import date

from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.people.models import Cover, holding
from candour.kernel.records.models import visible
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Ask, Recommendation, Update
from candour.recommendations.queries.cycles import NEAR, AskRow, judged, with_last


def asked_of(actor: Actor, *, today: date) -> list[AskRow]:
    """What open cycles ask of the actor, where the actor may see it: what is still owed first, by day. Three queries.

    What a post that the actor covers is asked of a restricted recommendation is seen through the link of that post alone,
    unless the actor may see it anyway.
    """
    if not actor.posts:
        return []
    rows = with_last(Ask.objects.filter(open_to(actor, today)))
    rows = rows.select_related(*NEAR, "recommendation__record__recommendation_line")
    found = judged(list(rows.order_by("due", "recommendation__record__reference", "pk")), today)
    return sorted(found, key=lambda row: not row.owes)


def owed_on(recommendation: Recommendation, *, actor: Actor, today: date) -> Ask | None:
    """The first that an open cycle asks of the actor on a recommendation and has no answer to. One query."""
    rows = Ask.objects.filter(open_to(actor, today), recommendation=recommendation, answer=None)
    return rows.order_by("due", "pk").first() if actor.posts else None


def last_said(recommendation: Recommendation, post: int | None) -> Update | None:
    """The last update of a post on a recommendation, or of nobody in particular, as older papers have them. One query.

    What another owner said is not put into the mouth of this one. post: None for any.
    """
    rows = Update.objects.filter(recommendation=recommendation).select_related("by")
    if post is not None:
        rows = rows.filter(Q(by=post) | Q(by=None))
    return rows.order_by("-dated", "-pk").first()


def period_asked(recommendation: Recommendation) -> str:
    """What the open cycle that asks about a recommendation calls its period; "" where none does. One query."""
    rows = Ask.objects.filter(recommendation=recommendation, cycle__closed_on=None)
    return rows.order_by("pk").values_list("cycle__name", flat=True).first() or ""


def open_to(actor: Actor, today: date) -> Q:
    """Asks of open cycles that an actor sees, of the posts they hold or answer for on a day."""
    covered = Cover.objects.filter(holding(today), by__in=actor.posts).order_by().values("post")
    theirs = Q(post__in=actor.posts) | Q(post__in=covered)
    seen = visible(actor, RecommendationPermission.SEE, "recommendation__record__")
    return Q(seen, theirs, cycle__closed_on=None)
