"""What measures bring to a desk: explanations that the reader's posts owe."""

from datetime import date

from django.db.models import F
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need
from candour.performance.access import PerformancePermission
from candour.performance.models import Explanation


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """Explanations that the actor's posts owe, the first due first. One query; none for who explains nothing."""
    if not actor.posts or not actor.scope(PerformancePermission.EXPLAIN):
        return []
    seen = visible(actor, PerformancePermission.SEE, "measure__record__")
    owed = Explanation.objects.filter(seen, post__in=actor.posts, answered_on=None).order_by("due", "pk")
    named = owed.annotate(
        title=F("measure__record__title"),
        code=F("measure__record__organisation__code"),
        reference=F("measure__record__reference"),
        sensitivity=F("measure__record__sensitivity"),
    )
    rows = named.values("title", "code", "reference", "sensitivity", "due", "signal")[:most]
    return [
        Need(
            title=f"Explain the figures: {row['title']}",
            address=reverse("measure-answer", args=[row["code"], row["reference"]]),
            about=row["reference"],
            why=row["signal"],
            by=row["due"],
            restricted=row["sensitivity"] == "restricted",
        )
        for row in rows
    ]
