"""The paper of changes as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.papers.changes.paper import Stock, changes_paper, copy_of
from candour.commissioning.papers.kind import told
from candour.commissioning.queries.changes import two_days
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import leak_checks
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record, visible


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The agreements of a body on both days, from what had been recorded by `at` and the actor may see."""
    seen = visible(actor, CommissioningPermission.SEE)
    records = Record.objects.filter(seen, kind="agreement", organisation=organisation.pk)
    days = two_days(actor, records, since=since, as_at=as_at, known_on=at)
    return Stock(organisation.name, settings.PANEL_NAME, local_date(at), days)


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden agreement may stand in a copy; the panel may see all."""
    if audience == "panel":
        return ()
    copy = copy_of(stock, audience)
    return leak_checks(document, hidden=map(told, copy.hidden), shown=map(told, copy.shown), what="agreements")


AGREEMENT_CHANGES = PaperKind(
    name="agreement-changes",
    label="Changes to agreements",
    permission=CommissioningPermission.SEE,
    gather=gather,
    write=changes_paper,
    check=checks,
)
