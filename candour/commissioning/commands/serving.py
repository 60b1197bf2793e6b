"""Which priorities of the plan an agreement serves."""

from collections.abc import Collection
from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import standing
from candour.commissioning.models import Agreement, Serving
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.records.priorities import priorities
from candour.kernel.rules import Refused, need_reason


def serve(
    agreement: Agreement,
    *,
    serves: Collection[int],
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Serving]:
    """Say which priorities of the plan an agreement serves: these and no others, as far as the actor sees plans.

    serves: numbers of priorities in force, or that it serves already. Those of plans that the actor does not see stay as they
    are. Raises Refused for any other, where nothing changes, and without a reason.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    why = need_reason(reason, "Say why it serves these priorities")
    known = {one.pk: one for one in priorities(actor)}
    before = {one.priority: one for one in Serving.objects.filter(agreement=agreement, removed_on=None)}
    wanted, before = set(serves), {pk: one for pk, one in before.items() if pk in known}
    if any(pk not in known or not (known[pk].current or pk in before) for pk in wanted):
        raise Refused("serves", "Choose priorities of a plan that is published and runs")
    if wanted == set(before):
        raise Refused("serves", "Choose another priority, or take one away: nothing would change")
    day = effective or local_date(at)
    with recording("agreement.priorities_set", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        for pk in sorted(set(before) - wanted):
            before[pk].removed_on = day
            before[pk].save()
        for pk in sorted(wanted - set(before)):
            before[pk] = Serving.objects.create(agreement=agreement, priority=pk, on=day)
    return [before[pk] for pk in sorted(wanted)]
