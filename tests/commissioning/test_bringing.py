"""Many agreements, providers and payments brought in at once."""

from datetime import date
from typing import Any

import pytest

from candour.commissioning import commands
from candour.commissioning.commands import NewAgreement
from candour.commissioning.models import Agreement, AgreementLine, Payment
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.commissioning.factories import BY, a_provider, a_stream, an_agreement
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db


def new(house: House, reference: str, **values: Any) -> NewAgreement:
    given: dict[str, Any] = {
        "starts": date(2026, 4, 1),
        "ends": date(2027, 3, 31),
        "value": 1_000_00,
        "raised_on": TODAY,
    }
    record = Record(kind="agreement", reference=reference, title=values.pop("title", "IDVA"), organisation=house.office)
    row = Agreement(
        record=record,
        kind="contract",
        provider=a_provider(house),
        stream=a_stream(house),
        service="IDVA",
        **(given | values),
    )
    return NewAgreement(record, row, reference)


def test_many_are_put_into_the_register_as_they_are_an_entry_each(house: House) -> None:
    commands.bring_in_agreements([new(house, "C1"), new(house, "C2")], organisation=house.office, **BY)
    lines = dict(AgreementLine.objects.values_list("reference", "value"))
    assert lines == {"C1": 1_000_00, "C2": 1_000_00}
    assert Entry.objects.filter(event="agreement.raised").count() == 2
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([{}, {}], "C1 is taken"), ([{"title": " "}], "C1: enter what is provided"), ([{"value": -1}], "nothing or more"),
        ([{"ends": date(2026, 3, 1)}], "C1: Enter a last day on or after the first day"),
    ],
)  # fmt: skip
def test_one_bad_agreement_keeps_all_out(house: House, found: list[dict[str, Any]], message: str) -> None:
    rows = [new(house, "C0"), *(new(house, "C1", **values) for values in found)]
    with pytest.raises(Refused, match=message):
        commands.bring_in_agreements(rows, organisation=house.office, **BY)
    assert Agreement.objects.count() == 0


def test_a_reference_of_the_register_is_not_given_again(house: House) -> None:
    an_agreement(house, reference="C1", sensitivity="restricted")
    with pytest.raises(Refused, match="C1 is taken"):
        commands.bring_in_agreements([new(house, "C1")], organisation=house.office, **BY)


def test_providers_are_added_with_their_numbers_and_none_without_a_name(house: House) -> None:
    made = commands.bring_in_providers({"Elmwood": ("1234567", "")}, organisation=house.office, **BY)
    assert [(one.name, one.charity_number, one.organisation) for one in made] == [("Elmwood", "1234567", house.office)]
    with pytest.raises(Refused):
        commands.bring_in_providers({" ": ("", "")}, organisation=house.office, **BY)


@pytest.mark.parametrize(
    "wrong", [{"amount": 0}, {"on": date(2026, 6, 16)}, {"number": "V1"}], ids=["nothing", "to come", "again"]
)
def test_a_payment_that_cannot_be_keeps_all_out(house: House, wrong: dict[str, Any]) -> None:
    it = an_agreement(house)
    given: dict[str, Any] = {"agreement": it, "number": "V1", "on": TODAY, "amount": 5}
    commands.bring_in_payments([Payment(**given)], organisation=house.office, **BY)
    rows = [Payment(**(given | {"number": "V2"})), Payment(**(given | {"number": "V3"} | wrong))]
    it.refresh_from_db()
    for row in rows:
        row.agreement = Agreement.objects.select_related("record__organisation").get(pk=it.pk)
    with pytest.raises(Refused):
        commands.bring_in_payments(rows, organisation=house.office, **BY)
    assert list(Payment.objects.values_list("number", flat=True)) == ["V1"]
