"""The risk register paper as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.kinds import PaperKind
from candour.kernel.people.models import Organisation
from candour.kernel.scales.queries import scale_book
from candour.risks.access import RiskPermission
from candour.risks.papers.checks import checks
from candour.risks.papers.paper import risk_paper
from candour.risks.papers.stock import Stock
from candour.risks.queries import register
from candour.risks.queries.reasons import happened


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The register of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    book = scale_book()
    rows = register(
        actor,
        today=as_at,
        as_at=as_at,
        known_on=at,
        since=since,
        organisation=organisation.pk,
        level=None,
        closed_since=since,
        texts=True,
        scales=book.matrices,
    )
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        since=since,
        dated=local_date(at),
        rows=tuple(rows),
        happened=happened(actor, organisation=organisation.pk, after=since, until=as_at, known_on=at),
        scale=book.on(organisation.pk, as_at),
        admit_redacted=settings.ADMIT_REDACTED,
    )


RISK_REGISTER = PaperKind(
    name="risk-register",
    label="Risk register paper",
    permission=RiskPermission.SEE,
    gather=gather,
    write=risk_paper,
    check=checks,
)
