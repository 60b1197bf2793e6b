"""Which audits a post answers for until the final report is out."""

from candour.audits.access import AuditPermission
from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible

OWNED = Source(
    name="audit",
    one="audit",
    many="audits",
    order=30,
    rows=lambda actor, today: Record.objects.filter(
        visible(actor, AuditPermission.SEE), kind="audit", closed_on=None, audit_line__final_on=None
    ),
    holder="owner",
    record="",
    title="title",
    due="audit_line__next_due",
)
