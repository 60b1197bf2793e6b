"""What agreements bring to a desk: decisions that the reader's posts owe."""

from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.queries.register import lines
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.compile import holds
from candour.kernel.records.needs import Need


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """Agreements of the actor's posts that end without a decision on what comes next, the first to end first. One query;
    none for who leads none."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return []
    table = rules.BY_NAME["next"].table
    undecided = Q(holds(table, "fail", today)) | Q(holds(table, "warn", today))
    mine = lines(actor).filter(undecided, owner__in=actor.posts).order_by("ends", "pk")
    named = mine.annotate(title=F("record__title"), code=F("organisation__code"))
    rows = named.values("title", "code", "reference", "ends", "notice_on", "sensitivity")[:most]
    return [
        Need(
            title=f"Decide what comes next: {row['title']}",
            address=reverse("agreement-next", args=[row["code"], row["reference"]]),
            about=row["reference"],
            why=f"It ends on {say_date(row['ends'])}" if row["ends"] else "",
            by=row["notice_on"] or row["ends"],
            restricted=row["sensitivity"] == "restricted",
        )
        for row in rows
    ]
