"""What a post answers for until it is over: inspections, items of the statement, and what it is asked."""

from candour.inspections.access import InspectionPermission
from candour.inspections.models import StepRow
from candour.kernel.establishment.work import Source
from candour.kernel.records.models import Record, visible

SEE = InspectionPermission.SEE
OWNED = (
    Source(
        name="inspection",
        one="inspection",
        many="inspections",
        order=36,
        rows=lambda actor, today: Record.objects.filter(visible(actor, SEE), kind="inspection", closed_on=None),
        holder="owner",
        record="",
        title="title",
    ),
    Source(
        name="comments",
        one="set of comments owed",
        many="sets of comments owed",
        order=37,
        rows=lambda actor, today: StepRow.objects.filter(
            visible(actor, SEE, "inspection__record__"),
            which="comments",
            done_on=None,
            inspection__answers_with=None,
            inspection__record__closed_on=None,
        ),
        holder="inspection__asked",
        record="inspection__record__",
        title="inspection__record__title",
        due="due",
    ),
    Source(
        name="statement-item",
        one="item of the force management statement",
        many="items of the force management statement",
        order=38,
        rows=lambda actor, today: Record.objects.filter(visible(actor, SEE), kind="statement-item", closed_on=None),
        holder="owner",
        record="",
        title="title",
        due="statement_item__due",
    ),
)
