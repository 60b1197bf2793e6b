"""Which measures a post answers for until they end, and which explanations it owes."""

from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible
from candour.performance.access import PerformancePermission
from candour.performance.models import Explanation

OWNED = (
    Source(
        name="measure",
        one="measure",
        many="measures",
        order=45,
        rows=lambda actor, today: Record.objects.filter(
            visible(actor, PerformancePermission.SEE), kind="measure", closed_on=None
        ),
        holder="owner",
        record="",
        title="title",
    ),
    Source(
        name="explanation",
        one="explanation owed",
        many="explanations owed",
        order=46,
        rows=lambda actor, today: Explanation.objects.filter(
            visible(actor, PerformancePermission.SEE, "measure__record__"), answered_on=None
        ),
        holder="post",
        record="measure__record__",
        title="measure__record__title",
        due="due",
    ),
)
