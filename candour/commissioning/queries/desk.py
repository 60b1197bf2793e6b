"""What agreements and grant rounds bring to a desk: decisions and scores that the reader's posts owe."""

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Scoring
from candour.commissioning.queries.register import lines
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.compile import holds
from candour.kernel.records.needs import Need


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """What agreements and grant rounds need of the actor's posts. One query each, of who leads or scores."""
    return [*undecided(actor, today=today, most=most), *unscored(actor, most=most)]


def unscored(actor: Actor, *, most: int) -> list[Need]:
    """The rounds in which the actor's posts have scores to send, and how many. One query; none for who scores nothing."""
    if not actor.posts or not actor.scope(CommissioningPermission.SCORE):
        return []
    mine = Scoring.objects.filter(
        owner__in=actor.posts, removed_on=None, sent_on=None, application__round__ranked_on=None
    )
    record = "application__round__record__"
    rows = (
        mine.filter(application__withdrawn_on=None)
        .order_by()
        .values(f"{record}reference", f"{record}title", "application__round__score_by")
    )
    counted = rows.annotate(left=Count("pk")).order_by("application__round__score_by", f"{record}reference")[:most]
    return [
        Need(
            title=f"Score {row['left']} {'application' if row['left'] == 1 else 'applications'}: {row[f'{record}title']}",
            address=reverse("scoring"),
            about=row[f"{record}reference"],
            why="",
            by=row["application__round__score_by"],
        )
        for row in counted
    ]


def undecided(actor: Actor, *, today: date, most: int) -> list[Need]:
    """Agreements of the actor's posts that end without a decision on what comes next, the first to end first. One query;
    none for who leads none."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return []
    table = rules.BY_NAME["next"].table
    open_yet = Q(holds(table, "fail", today)) | Q(holds(table, "warn", today))
    mine = lines(actor).filter(open_yet, owner__in=actor.posts).order_by("ends", "pk")
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
