"""The report of grant rounds as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.papers.rounds.report import Stock, report
from candour.commissioning.queries.rounds.report import Applied, reported
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation


def gather(
    actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime, only: int | None = None
) -> Stock:
    """The rounds of a body decided by the end of a day, with what the actor may see of each."""
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        dated=local_date(at),
        rounds=reported(actor, organisation=organisation, as_at=as_at, at=at, only=only),
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Awards stay within the budget; and a copy for others than the panel names no application but those awarded."""
    over = [one.reference for one in stock.shown(audience) if sum(each.award for each in one.awarded) > one.budget]
    within = Check(
        not over, "Awards are within their budgets" if not over else "Awards are above the budget", ", ".join(over)
    )
    if audience == "panel":
        return (within,)
    hidden = [
        told(one)
        for each in stock.rounds
        for one in each.applications
        if not one.award or each not in stock.shown(audience)
    ]
    shown = [told(one) for each in stock.shown(audience) for one in each.awarded]
    return (*leak_checks(document, hidden=hidden, shown=shown, what="applications"), within)


def told(one: Applied) -> Told:
    """What an application says in words."""
    return Told(one.reference, one.title)


ROUNDS = PaperKind(
    name="round",
    label="Report of grant rounds",
    permission=CommissioningPermission.APPLICATIONS,
    gather=gather,
    write=report,
    check=checks,
)
