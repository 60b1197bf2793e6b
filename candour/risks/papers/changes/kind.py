"""The paper of changes as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.people.models import Organisation
from candour.kernel.scales.queries import scale_book
from candour.risks.access import RiskPermission
from candour.risks.papers.changes.paper import Stock, changes_paper, copy_of
from candour.risks.papers.checks import leak_checks
from candour.risks.queries.changes import two_days


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """Both registers of a body, from what had been recorded by `at` and the actor may see."""
    book = scale_book()
    days = two_days(actor, organisation=organisation.pk, since=since, as_at=as_at, scales=book.matrices, known_on=at)
    return Stock(organisation.name, settings.PANEL_NAME, local_date(at), days)


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden risk may stand in a copy."""
    copy = copy_of(stock, audience)
    return leak_checks(document, audience, hidden=copy.hidden, shown=copy.shown)


RISK_CHANGES = PaperKind(
    name="risk-changes",
    label="Changes to the risk register",
    permission=RiskPermission.SEE,
    gather=gather,
    write=changes_paper,
    check=checks,
)
