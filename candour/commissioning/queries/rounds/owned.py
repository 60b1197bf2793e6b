"""What of grant rounds a post answers for, while it is open."""

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Scoring
from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible

SCORED = "application__record__"
SOURCES = (
    Source(
        name="round",
        one="grant round",
        many="grant rounds",
        order=60,
        rows=lambda actor, today: Record.objects.filter(
            visible(actor, CommissioningPermission.SEE), kind="round", closed_on=None
        ),
        holder="owner",
        record="",
        title="title",
        due="round_line__closes",
    ),
    Source(
        name="scoring",
        one="application to score",
        many="applications to score",
        order=61,
        rows=lambda actor, today: Scoring.objects.filter(
            visible(actor, CommissioningPermission.APPLICATIONS, SCORED),
            removed_on=None,
            sent_on=None,
            application__withdrawn_on=None,
            application__round__ranked_on=None,
        ),
        holder="owner",
        record=SCORED,
        title=f"{SCORED}title",
        due="application__round__score_by",
    ),
)
