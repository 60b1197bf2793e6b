"""What measures bring to a desk: explanations that the reader's posts owe."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import DateField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need, Part, text
from candour.performance.access import PerformancePermission
from candour.performance.models import Explanation


def owed(actor: Actor, *, today: date) -> Part | None:
    """Explanations that the actor's posts owe; None for who explains nothing."""
    if not actor.posts or not actor.scope(PerformancePermission.EXPLAIN):
        return None
    seen = visible(actor, PerformancePermission.SEE, "measure__record__")
    rows = Explanation.objects.filter(seen, post__in=actor.posts, answered_on=None)
    columns = {
        "title": F("measure__record__title"),
        "code": F("measure__record__organisation__code"),
        "reference": F("measure__record__reference"),
        "about": text(""),
        "why": F("signal"),
        "by": F("due"),
        "other": Cast(Value(None), DateField()),
        "sight": F("measure__record__sensitivity"),
    }
    return Part("explanation", rows, columns, _need)


def _need(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Explain the figures: {row['title']}",
        address=reverse("measure-answer", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=row["why"],
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )
