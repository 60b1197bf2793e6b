"""What agreements bring to a desk: decisions that the reader's posts owe."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.queries.register import lines
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.compile import holds
from candour.kernel.records.needs import Need, Part, asked_together, text


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """The same by themselves, the first to be decided first. One query; none for who leads none."""
    return asked_together([undecided(actor, today=today)], most=most)


def undecided(actor: Actor, *, today: date) -> Part | None:
    """Agreements of the actor's posts that end without a decision on what comes next; None for who leads none."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return None
    table = rules.BY_NAME["next"].table
    open_now = Q(holds(table, "fail", today)) | Q(holds(table, "warn", today))
    columns = {
        "title": F("record__title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": text(""),
        "why": text(""),
        "by": Coalesce("notice_on", "ends"),
        "other": F("ends"),
        "sight": F("sensitivity"),
    }
    return Part("agreement", lines(actor).filter(open_now, owner__in=actor.posts), columns, _need)


def _need(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Decide what comes next: {row['title']}",
        address=reverse("agreement-next", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=f"It ends on {say_date(row['other'])}" if row["other"] else "",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )
