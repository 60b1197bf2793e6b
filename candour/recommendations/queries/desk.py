"""What the recommendations bring to a desk: answers that a cycle asks of the reader's posts, and what stands out."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.records.needs import Flag, Need
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Ask
from candour.recommendations.queries.asked import open_to
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.lists import counts


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """The first of the answers that open cycles ask of the actor and have not had. One query."""
    if not actor.posts:
        return []
    line = "recommendation__record__recommendation_line__"
    waits = {f"{line}closed_on": None, f"{line}proposed_on": None, "answer": None}
    asks = Ask.objects.filter(open_to(actor, today), **waits)
    rows = asks.order_by("due", "pk").values_list(
        "pk",
        "due",
        "cycle__name",
        "sent_back_on",
        *(f"recommendation__record__{name}" for name in ("title", "reference", "sensitivity")),
    )
    return [
        Need(
            title=f"Answer: {title}",
            address=reverse("recommendation-answer", args=[pk]),
            about=reference,
            why=f"Sent back to you, {cycle}" if sent_back else f"Asked for in {cycle}",
            by=due,
            restricted=sensitivity == "restricted",
        )
        for pk, due, cycle, sent_back, title, reference, sensitivity in rows[:most]
    ]


def flags(actor: Actor, *, today: date) -> list[Flag]:
    """What stands out of the recommendations that the actor sees. One query."""
    if not actor.scope(RecommendationPermission.SEE):
        return []
    asked = {
        "Recommendations overdue": (RecommendationFilter(status="Overdue"), {"status": "Overdue"}),
        "Recommendations that slipped twice": (RecommendationFilter(slips=2), {"slips": "2"}),
        "Closures that wait for a panel": (
            RecommendationFilter(status="Proposed Closed"),
            {"status": "Proposed Closed"},
        ),
    }
    found = counts(actor, {label: wanted for label, (wanted, _) in asked.items()}, today=today)
    place = reverse("recommendations")
    return [
        Flag(found[label], label, f"{place}?{urlencode(only | {'body': 'all'})}", late="Closures" not in label)
        for label, (_, only) in asked.items()
    ]
