"""Checks of providers and steps of agreements for tests, made through the real commands."""

from datetime import date
from typing import Any

from candour.boards.commands import set_limit
from candour.commissioning.commands import care
from candour.commissioning.commands.care import NewStep
from candour.commissioning.models import (
    Agreement,
    AgreementLine,
    AgreementStep,
    DiligenceCheck,
    DiligenceKind,
    Process,
    Provider,
)
from candour.kernel.people.models import Organisation
from tests.commissioning.factories import BY
from tests.factories import TODAY, House

STEPS = (
    NewStep("Write the specification", 10, needs="specified"),
    NewStep("Legal review", 15),
    NewStep("Sign", 5, needs="signed"),
)


def a_kind(house: House, name: str = "Accounts", **values: Any) -> DiligenceKind:
    """A check of every provider of the office that holds for a year, asked for since April."""
    given: dict[str, Any] = {"asks": "Those of the last year", "kinds": (), "months": 12, "cover": None}
    given |= {"organisation": house.office, "starts": date(2026, 4, 1)} | values
    return care.add_diligence_kind(name=name, **given, **BY)


def seen(house: House, provider: Provider, kind: DiligenceKind, on: date = TODAY, **values: Any) -> DiligenceCheck:
    return care.check_provider(
        provider, kind=kind, on=on, seen="Year to March", post=house.posts["policy"], **(BY | values)
    )


def a_process(
    house: House, *steps: NewStep, kind: str = "contract", body: Organisation | None = None, **values: Any
) -> Process:
    """Thirty working days from the specification to the signature, since January."""
    given = {"organisation": body or house.office, "kind": kind, "starts": date(2026, 1, 5)} | values
    return care.set_process(steps=steps or STEPS, **given, **BY)


def step_of(agreement: Agreement, position: int) -> AgreementStep:
    near = ("agreement__record__organisation", "step")
    return AgreementStep.objects.select_related(*near).get(agreement=agreement, step__position=position)


def a_limit(house: House, up_to: Any, what: str = "Contracts", name: str = "chief") -> None:
    post = house.posts[name]
    set_limit(organisation=house.office, what=what, post=post, board=None, up_to=up_to, starts=date(2026, 1, 1), **BY)


def line_of(agreement: Agreement) -> AgreementLine:
    return AgreementLine.objects.get(pk=agreement.pk)
