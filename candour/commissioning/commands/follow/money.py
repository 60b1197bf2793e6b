"""Forecasts, and underspends that are asked back, agreed, paid back or carried over. Money is in pence."""

from datetime import date, datetime

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come
from candour.commissioning.models import Agreement, Forecast, Payment, Underspend
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason


def forecast(
    agreement: Agreement,
    *,
    year: str,
    value: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Forecast:
    """Say what is expected to be paid in a financial year, in place of what was said before.

    Raises Refused for no year, and an amount below nothing.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    if not rules.year_ok(year):
        raise Refused("year", "Enter a financial year, for example 2026/27")
    if value < 0:
        raise Refused("value", "Enter an amount of nothing or more")
    why = need_reason(reason, "Say what it rests on")
    with recording("agreement.forecast", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        return Forecast.objects.create(agreement=agreement, year=year, amount=value, on=effective or local_date(at))


def ask_back(
    agreement: Agreement,
    *,
    year: str,
    value: int,
    by: date,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Underspend:
    """Ask the provider to pay back what it did not spend, by a day. year: of which it is, "" at the end of the agreement.

    Raises Refused for no amount, more than was paid, a day that has passed, and a year whose underspend is not settled yet.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    if year and not rules.year_ok(year):
        raise Refused("year", "Enter a financial year, for example 2026/27")
    paid = sum(agreement.payments.values_list("amount", flat=True))
    if not 0 < value <= max(paid, 0):
        raise Refused("value", f"Enter an amount above nothing, up to {rules.pounds(max(paid, 0))}, which was paid")
    if by <= local_date(at):
        raise Refused("by", "Enter a day to come, by which it is paid back")
    if agreement.underspends.filter(year=year, received_on=None, carried_on=None).exists():
        raise Refused("year", "This underspend was asked back already: settle that first")
    why = need_reason(reason, "Say how it was found")
    with recording("agreement.underspend_asked", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        return Underspend.objects.create(
            agreement=agreement, year=year, amount=value, asked_on=effective or local_date(at), by=by
        )


def _unsettled(underspend: Underspend) -> Agreement:
    """Its agreement. Raises Refused for one that is settled."""
    if underspend.received_on or underspend.carried_on:
        raise Refused("underspend", "This underspend is settled: choose another")
    return underspend.agreement


def agree_back(
    underspend: Underspend,
    *,
    value: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Underspend:
    """Record what both agreed is paid back. Raises Refused for more than was asked, nothing, and one that is settled."""
    require(actor, CommissioningPermission.MANAGE, underspend.agreement.record)
    agreement = _unsettled(underspend)
    if not 0 < value <= underspend.amount:
        raise Refused("value", f"Enter an amount above nothing, up to {rules.pounds(underspend.amount)}")
    why = need_reason(reason, "Say how it was agreed")
    with recording(
        "agreement.underspend_agreed", agreement.record, actor=actor, at=at, effective=effective, reason=why
    ):
        underspend.agreed, underspend.agreed_on = value, effective or local_date(at)
        underspend.save()
    return underspend


def receive_back(
    underspend: Underspend,
    *,
    number: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Payment:
    """Record that the money came back, as a payment below nothing: what was agreed, else what was asked.

    Raises Refused for no number or one that is there, a day to come, and an underspend that is settled.
    """
    require(actor, CommissioningPermission.MANAGE, underspend.agreement.record)
    agreement = _unsettled(underspend)
    if not number.strip():
        raise Refused("number", "Enter the payment’s number")
    if agreement.payments.filter(number=number.strip()).exists():
        raise Refused("number", f"{number.strip()} is recorded already: enter another number")
    not_to_come(on, local_date(at))
    purpose = f"Underspend {f'of {underspend.year} ' if underspend.year else ''}paid back"
    with recording(
        "agreement.underspend_received",
        agreement.record,
        actor=actor,
        at=at,
        effective=effective,
        reason=reason.strip(),
    ):
        back = Payment.objects.create(
            agreement=agreement, number=number.strip()[:60], on=on, purpose=purpose,
            amount=-(underspend.agreed or underspend.amount),
        )  # fmt: skip
        underspend.payment, underspend.received_on = back, on
        underspend.save()
    return back


def carry_over(
    underspend: Underspend,
    *,
    year: str,
    approver: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Underspend:
    """Let the provider keep an underspend for a later year.

    Raises Refused for an earlier one, nobody's approval, and one that is settled.
    """
    require(actor, CommissioningPermission.CARRY, underspend.agreement.record)
    agreement = _unsettled(underspend)
    if not rules.year_ok(year) or (underspend.year and year <= underspend.year):
        raise Refused("year", "Enter a later financial year, for example 2027/28")
    if not approver.strip():
        raise Refused("approver", "Enter the board or post that approved it")
    why = need_reason(reason, "Say why it is not paid back")
    with recording(
        "agreement.underspend_carried", agreement.record, actor=actor, at=at, effective=effective, reason=why,
        approver=approver,
    ):  # fmt: skip
        underspend.carried_to, underspend.carried_on = year, effective or local_date(at)
        underspend.save()
    return underspend
