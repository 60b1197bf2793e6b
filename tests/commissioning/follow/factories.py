"""Agreements with what follows them, made through the real commands."""

from datetime import date
from decimal import Decimal
from typing import Any

from candour.commissioning import commands as of_agreements
from candour.commissioning.commands import follow
from candour.commissioning.models import Agreement, Outcome, PlanMeasure, Return
from candour.kernel.people.models import Organisation
from tests.commissioning.factories import BY, whole
from tests.factories import House

FIRST = date(2026, 4, 1)


def asked(house: House, **values: Any) -> Agreement:
    """A signed agreement over 2026/27 with a return each month, due in ten working days, assessed by the policy officer."""
    made = whole(house, **values)
    schedule: dict[str, Any] = {"asks": "Figures and spend", "every": 1, "first": FIRST, "days": 10}
    follow.ask_returns(made, assessor=house.posts["policy"], **schedule, **BY)
    return made


def returned(agreement: Agreement, place: int = 0) -> Return:
    """One of its returns, the first unless said otherwise."""
    rows = Return.objects.select_related("schedule", "agreement__record")
    return rows.filter(agreement=agreement, dropped_on=None).order_by("starts")[place]


def received(agreement: Agreement, place: int = 0, on: date = date(2026, 5, 14), **values: Any) -> Return:
    """One that came."""
    given = {"narrative": "Forty were seen", "spent": 5_000_00} | values
    return follow.receive_return(returned(agreement, place), on=on, **given, **BY)


def a_measure(organisation: Organisation, name: str = "People made safe", **values: Any) -> PlanMeasure:
    """A measure of a plan whose figures add up; the same one each time."""
    given: dict[str, Any] = {"priority": "Victims", "unit": "people", "adds_up": True} | values
    there = PlanMeasure.objects.filter(organisation=organisation, name=name).first()
    return there or follow.add_plan_measure(organisation=organisation, name=name, **given, **BY)


def brings(agreement: Agreement, amount: int = 0, **values: Any) -> Outcome:
    """An outcome of an agreement, with a figure of April 2026 where there is one."""
    given: dict[str, Any] = {"measure": a_measure(agreement.record.organisation), "what": "People made safe"} | values
    made = follow.set_outcome(agreement, **given, **BY)
    if amount:
        days = {"starts": date(2026, 4, 1), "ends": date(2026, 4, 30)}
        follow.report_outcome(made, amount=Decimal(amount), **days, **BY)
    return made


def paid(agreement: Agreement, amount: int, on: date = date(2026, 5, 1), number: str = "V1") -> None:
    of_agreements.pay(agreement, number=number, on=on, value=amount, **BY)
