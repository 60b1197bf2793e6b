"""Where the limits of a process are set anew, because the process itself was changed; and where that was wrong."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.commands.defining import standing
from candour.performance.models import Break, Measure


def break_limits(measure: Measure, *, period: date, why: str, actor: Actor, at: datetime, reason: str = "") -> Break:
    """Set the limits anew from a period, for a reason that stands on the chart.

    A better figure alone is no reason: something has to be known to have changed. Raises Refused without one, for a period
    without a figure before it, and where one is there.
    """
    require(actor, PerformancePermission.MANAGE, measure.record)
    standing(measure)
    why = need_reason(why, "Say what was changed in the process: it stands on the chart")
    first = rules.starts_period(period, measure.frequency)
    if not measure.observations.filter(period__lt=first).exists():
        raise Refused("period", "Enter a period after the first figure: there is nothing before it to break from")
    if Break.objects.filter(measure=measure, period=first, removed_on=None).exists():
        raise Refused("period", "The limits break there already: enter another period")
    with recording("measure.limits_broken", measure.record, actor=actor, at=at, reason=reason.strip()):
        return Break.objects.create(measure=measure, period=first, why=why)


def join_limits(found: Break, *, actor: Actor, at: datetime, reason: str) -> Break:
    """Take a break back: the limits before it hold on. Raises Refused where it was taken back already."""
    record = found.measure.record
    require(actor, PerformancePermission.MANAGE, record)
    if found.removed_on is not None:
        raise Refused("period", "This break was taken back already")
    why = need_reason(reason, "Say why the limits hold on after all")
    with recording("measure.limits_joined", record, actor=actor, at=at, reason=why):
        found.removed_on = local_date(at)
        found.save()
    return found
