"""What the risks bring to a desk: reviews for the reader's posts, and what stands out of the strategic register."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.papers.days import since_for
from candour.kernel.papers.queries import issued_days
from candour.kernel.records.needs import Flag, Need
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.queries.due import reviews_due
from candour.risks.queries.lists import RiskFilter
from candour.risks.queries.tallies import tallied


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """The first of the reviews that the actor's posts have due. One query; none for who reviews nothing."""
    if not actor.posts or not actor.scope(RiskPermission.REVIEW):
        return []
    return [
        Need(
            title=f"Review: {row.title}",
            address=reverse("risk-review", args=[row.organisation_code, row.reference]),
            about=row.reference,
            why=rules.REVIEW_WORDS[row.why].removesuffix("."),
            by=row.review_due,
            restricted=row.sensitivity == "restricted",
        )
        for row in reviews_due(actor, today=today, posts=actor.posts, size=most)
    ]


def last_paper(actor: Actor, *, today: date) -> date:
    """The day that movement is measured from: of the body's last risk register paper, else a quarter ago. One query."""
    return since_for(issued_days("risk-register", actor.organisation), today)


def flags(actor: Actor, *, today: date, since: date) -> list[Flag]:
    """What stands out of the strategic risks that the actor sees, movement since a day. One query."""
    if not actor.scope(RiskPermission.SEE):
        return []
    asked = {
        "Risks with an overdue control": (RiskFilter(status="Overdue Control"), {"status": "Overdue Control"}),
        "Risks that await review": (RiskFilter(status="Awaiting Review"), {"status": "Awaiting Review"}),
        "Risks that rose": (RiskFilter(movement="up"), {"movement": "up"}),
    }
    counts = tallied(
        actor,
        RiskFilter(),
        {label: wanted for label, (wanted, _) in asked.items()},
        today=today,
        since=since,
    )
    place = reverse("risks")
    return [
        Flag(
            counts[label],
            label,
            f"{place}?{urlencode(only | {'body': 'all'})}",
            late="status" in only,
            note="" if "status" in only else f"since {say_date(since)}",
        )
        for label, (_, only) in asked.items()
    ]
