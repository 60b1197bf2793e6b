"""What serves a priority of a plan, for that priority's page."""

from datetime import date

from django.db.models import Count, Sum
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.queries.past import matches, register_on, shown_on
from candour.commissioning.queries.register import AgreementFilter, in_order, lines, narrowed, of_view, rows_for
from candour.commissioning.queries.rows import AgreementRow
from candour.kernel.access import Actor
from candour.kernel.records.priorities import Served
from candour.kernel.records.priorities import Serving as Listed

SHOWN = 20  # on the page of a priority; the rest are one link away


def agreements_serving(priority: int, actor: Actor, today: date, as_at: date | None) -> Served:
    """The agreements that run and serve a priority, those of most value first. Three queries; six of a past day."""
    wanted = AgreementFilter(priority=priority)
    if as_at is None:
        mine = narrowed(lines(actor), wanted, today).filter(of_view("running", today))
        sums = mine.order_by().aggregate(count=Count("pk"), worth=Sum("value"))
        count, worth = sums["count"], sums["worth"] or 0
        rows = rows_for(list(in_order(mine, "-value", today)[:SHOWN]), today=today)
    else:
        stood = [
            row for row in shown_on(register_on(actor, wanted, as_at=as_at), wanted) if matches(row, "running", as_at)
        ]
        worth, count = rules.total(row.line.value for row in stood), len(stood)
        rows = tuple(sorted(stood, key=lambda row: (-(row.line.value or 0), row.reference))[:SHOWN])
    past = f"&as_at={as_at.isoformat()}" if as_at else ""
    return Served(
        label="Agreements",
        count=count,
        said=f"together worth {rules.pounds(worth)}" if count else "",
        rows=tuple(_listed(row, as_at) for row in rows),
        every=f"{reverse('agreements')}?priority={priority}{past}",
    )


def _listed(row: AgreementRow, as_at: date | None) -> Listed:
    past = f"?as_at={as_at.isoformat()}" if as_at else ""
    return Listed(
        reference=row.reference,
        title=row.title,
        address=reverse("agreement", args=[row.organisation_code, row.reference]) + past,
        state=row.state,
        tone=rules.STATE_TONES[row.state],
        worth=row.value,
        sensitivity=row.sensitivity,
    )
