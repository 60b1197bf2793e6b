"""Which plans, objectives and activities a post answers for, and which deep dives it owes, so that no post ends with them."""

from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible
from candour.plan.access import PlanPermission
from candour.plan.models import DeepDive


def _of(kind: str, one: str, many: str, order: int) -> Source:
    return Source(
        name=kind,
        one=one,
        many=many,
        order=order,
        rows=lambda actor, today: Record.objects.filter(visible(actor, PlanPermission.SEE), kind=kind, closed_on=None),
        holder="owner",
        record="",
        title="title",
    )


OWNED = (
    _of("plan", "plan", "plans", 50),
    _of("objective", "objective", "objectives", 51),
    _of("activity", "activity of a plan", "activities of plans", 52),
    Source(
        name="dive",
        one="deep dive owed",
        many="deep dives owed",
        order=53,
        rows=lambda actor, today: DeepDive.objects.filter(
            visible(actor, PlanPermission.SEE, "objective__record__"), answered_on=None
        ),
        holder="post",
        record="objective__record__",
        title="objective__record__title",
        due="due",
    ),
)
