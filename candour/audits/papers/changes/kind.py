"""The paper of changes as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.audits.access import AuditPermission
from candour.audits.papers.changes.paper import Stock, changes_paper, copy_of
from candour.audits.papers.checks import audit_told
from candour.audits.queries.changes import two_days
from candour.audits.queries.stood import of_body
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import leak_checks
from candour.kernel.people.models import Organisation


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The audits of a body on both days, of every year, from what had been recorded by `at` and the actor may see."""
    days = two_days(actor, of_body(actor, organisation.pk), since=since, as_at=as_at, known_on=at)
    return Stock(organisation.name, settings.PANEL_NAME, local_date(at), days)


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden audit may stand in a copy; the panel may see all."""
    if audience == "panel":
        return ()
    copy = copy_of(stock, audience)
    return leak_checks(document, hidden=map(audit_told, copy.hidden), shown=map(audit_told, copy.shown), what="audits")


AUDIT_PLAN_CHANGES = PaperKind(
    name="audit-plan-changes",
    label="Changes to the audit plan",
    permission=AuditPermission.SEE,
    gather=gather,
    write=changes_paper,
    check=checks,
)
