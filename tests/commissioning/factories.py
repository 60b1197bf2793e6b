"""Agreements for tests, made through the real commands."""

from datetime import date
from typing import Any

from candour.commissioning import commands
from candour.commissioning.models import Agreement, FundingStream, Provider
from candour.kernel.access import CANDOUR
from candour.kernel.people.models import Organisation
from tests.factories import NOW, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
APPROVED: dict[str, Any] = BY | {"approver": "The board"}
YEAR = "2026/27"


def a_stream(house: House, organisation: Organisation | None = None, **values: Any) -> FundingStream:
    """The victims’ services stream of 2026/27 unless said otherwise; the same one each time."""
    body = organisation or house.office
    given: dict[str, Any] = {"code": "VS", "name": "Services for victims", "year": YEAR, "budget": 500_000_00} | values
    found = FundingStream.objects.filter(organisation=body, code=given["code"], year=given["year"]).first()
    return found or commands.add_stream(organisation=body, **given, **BY)


def a_provider(house: House, organisation: Organisation | None = None, name: str = "Northgate Support") -> Provider:
    """A provider; the same one each time."""
    body = organisation or house.office
    found = Provider.objects.filter(organisation=body, name=name).first()
    return found or commands.add_provider(organisation=body, name=name, **BY)


def an_agreement(house: House, **values: Any) -> Agreement:
    """A contract of the office over 2026/27, with specification, KPIs, monitoring and a plan, not signed yet."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "kind": "contract",
        "service": "Advocacy for victims",
        "area": "Countywide",
        "owner": house.posts["chief"],
        "project_code": "VS-2601",
        "starts": date(2026, 4, 1),
        "ends": date(2027, 3, 31),
        "last_end": date(2029, 3, 31),
        "value": 120_000_00,
        "specification": "One advocate for each district.",
        "kpis": "Contact within two days: 90%",
        "monitoring": "A return each quarter",
        "management": "The lead meets the provider each quarter",
        "effective": date(2026, 3, 2),
    }
    given["stream"] = values.get("stream") or a_stream(house, body)
    given["provider"] = values.get("provider") or a_provider(house, body)
    return commands.raise_agreement(**(BY | given | values))


def signed(agreement: Agreement, on: date = date(2026, 3, 20)) -> Agreement:
    """The agreement, once both have signed it."""
    for side in ("office", "provider"):
        commands.sign(agreement, side=side, by="Chief Executive", on=on, **BY)
    return agreement


def whole(house: House, **values: Any) -> Agreement:
    """An agreement that passes every check but that of its copy: signed, with a contact."""
    made = signed(an_agreement(house, **values))
    commands.add_contact(made, role="Service Director", email="director@northgate.example", on=date(2026, 5, 4), **BY)
    return made
