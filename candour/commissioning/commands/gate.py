"""The gate: an order, a payment or a start waits until both have signed and specification, dates and KPIs are there."""

from datetime import date, datetime, timedelta

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, Order
from candour.commissioning.queries import line_now
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason

GOOD_FOR = 30  # days that an override holds at most


def order(
    agreement: Agreement,
    *,
    number: str,
    on: date,
    value: int,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Order:
    """Record an order, an instalment or a payment (pence).

    Raises Refused while the gate is shut, naming each thing that is missing; unless an override holds on the day of the
    order. Also for no number, one that is there, a value of nothing, and a day to come.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    if not number.strip():
        raise Refused("number", "Enter the order’s number")
    not_to_come(on, local_date(at))
    if value <= 0:
        raise Refused("value", "Enter a value above nothing")
    if Order.objects.filter(agreement=agreement, number=number.strip()).exists():
        raise Refused("number", f"{number.strip()} is recorded already: enter another number")
    line = line_now(agreement)
    missing = rules.gate(line)
    if missing and not rules.overridden(line, on):
        raise Refused("number", f"{shut(missing)} Mend that, or have the gate overridden, and record the order then")
    if not missing and line.signed_on and on < line.signed_on and not rules.overridden(line, on):
        raise Refused("on", "Enter a day on or after that on which both had signed")
    with recording(
        "agreement.ordered", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Order.objects.create(
            agreement=agreement, number=number.strip()[:60], on=on, value=value, early=bool(missing)
        )


def override(
    agreement: Agreement,
    *,
    until: date,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Agreement:
    """Let the gate stand open from today to a day, at most thirty days on, for a reason; it is shown until it is mended.

    Raises Refused where the gate is open, for a day that has passed, or is too far.
    """
    require(actor, CommissioningPermission.OVERRIDE, agreement.record)
    standing(agreement)
    why, today = need_reason(reason, "Say why an order cannot wait"), local_date(at)
    if not rules.gate(line_now(agreement)):
        raise Refused("reason", "The gate is open: record the order")
    if not today <= until <= today + timedelta(days=GOOD_FOR):
        raise Refused("until", f"Enter a day from today, at most {GOOD_FOR} days on")
    with recording("agreement.gate_overridden", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        agreement.overridden_on, agreement.overridden_until = today, until
        agreement.save()
    return agreement


def shut(missing: list[str]) -> str:
    """The gate is shut: the KPIs and the signature of the provider are missing."""
    *most, last = missing
    named = f"{', '.join(most)} and {last}" if most else last
    return f"The gate is shut: {named} {'are' if most or last.endswith('s') else 'is'} missing."
