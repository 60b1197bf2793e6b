"""Benefits of projects and collaborations are planned, and measured once they are due."""

from datetime import date, datetime

from candour.finance.access import FinancePermission
from candour.finance.commands.base import require_report
from candour.finance.models import Benefit, Collaboration, Project
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused


def plan_benefit(
    of: Project | Collaboration,
    *,
    what: str,
    due: date,
    actor: Actor,
    at: datetime,
    cashable: bool = False,
    planned: int | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Benefit:
    """Say what a project or a collaboration is meant to bring, and when it is measured. planned: pence a year.

    Raises Refused for no words, and for a cashable benefit without an amount.
    """
    record = of.record
    require(actor, FinancePermission.MANAGE, record)
    if not what.strip():
        raise Refused("what", "Write what it is meant to bring, and to whom")
    if cashable and not planned:
        raise Refused("planned", "Enter what a cashable benefit takes out of the budget each year")
    with recording("benefit.planned", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Benefit.objects.create(record=record, what=what.strip(), cashable=cashable, planned=planned, due=due)


def measure_benefit(
    benefit: Benefit,
    *,
    found: str,
    actor: Actor,
    at: datetime,
    measured: int | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Benefit:
    """Write down what was measured of a benefit; it can be measured again later. measured: pence a year.

    By who answers for the project or collaboration, or manages it; after it closed too. Raises Refused for no words, and for
    a cashable benefit without an amount.
    """
    record = benefit.record
    require_report(actor, record)
    if not found.strip():
        raise Refused("found", "Write what was measured, and how")
    if benefit.cashable and measured is None:
        raise Refused("measured", "Enter what it takes out of the budget each year: 0 where it takes nothing")
    with recording("benefit.measured", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        benefit.found, benefit.measured = found.strip(), measured
        benefit.measured_on = effective or local_date(at)
        benefit.save()
    return benefit


def drop_benefit(
    benefit: Benefit, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Benefit:
    """A benefit is no longer sought. Raises Refused where it was dropped already, and for no reason."""
    record = benefit.record
    require(actor, FinancePermission.MANAGE, record)
    if benefit.removed_on is not None:
        raise Refused("reason", "It was dropped already")
    if not reason.strip():
        raise Refused("reason", "Say why it is no longer sought")
    with recording("benefit.dropped", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        benefit.removed_on = effective or local_date(at)
        benefit.save()
    return benefit
