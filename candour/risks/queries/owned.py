"""What of the risks a post answers for, while it is open."""

from django.db.models import F

from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible
from candour.risks.access import RiskPermission
from candour.risks.models import Control, Risk

SOURCES = (
    Source(
        name="risk",
        one="risk",
        many="risks",
        order=10,
        rows=lambda actor, today: Record.objects.filter(
            visible(actor, RiskPermission.SEE), kind="risk", closed_on=None
        ),
        holder="owner",
        due="risk_line__review_due",
        record="",
        title="title",
    ),
    Source(
        name="risk to see to",
        one="risk to see to for another post",
        many="risks to see to for other posts",
        order=11,
        rows=lambda actor, today: (
            Risk.objects.filter(visible(actor, RiskPermission.SEE, "record__"), record__closed_on=None)
            .exclude(record__owner=F("responsible_officer"))
            .exclude(responsible_officer=None)
        ),
        holder="responsible_officer",
        due="record__risk_line__review_due",
        record="record__",
        title="record__title",
    ),
    Source(
        name="control",
        one="control to put in place",
        many="controls to put in place",
        order=12,
        rows=lambda actor, today: Control.objects.filter(
            visible(actor, RiskPermission.SEE, "risk__record__"),
            risk__record__closed_on=None,
            pending=True,
            removed_on=None,
        ),
        holder="owner",
        due="due",
        record="risk__record__",
        title="text",
    ),
)
