"""Registers loaded through commands: all or nothing, twice the same, and Candour's own export back again."""

from datetime import date
from typing import Any

import pytest

from candour.commissioning import commands
from candour.commissioning.models import Agreement, FundingStream, Payment, Provider
from candour.commissioning.papers.export import AGREEMENT_EXPORT
from candour.kernel.access import CANDOUR
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load, matched
from candour.kernel.intake.kinds import Saved
from candour.kernel.rules import Refused
from tests.commissioning.factories import APPROVED, BY, an_agreement, whole
from tests.commissioning.reading.makers import reading
from tests.commissioning.reading.test_registers import DOUBLE, MESSY, TIDY
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
GRANTS = """Grants awarded 2025/26
Stream budget: £50,000
Reference,Recipient,Grant title,Amount awarded,Award date,Start date,End date,Fund,Charity number
G-01,Safer Streets,Bike marking,"£4,800",12/03/2026,01/04/2026,31/03/2027,Community Safety Fund,9990011
,Young Voices,Drama,"£2,000",13/03/2026,01/04/2026,31/03/2027,Community Safety Fund,12
"""


def saved(house: House, text: str | bytes, *, accept: bool = False, name: str = "register.csv") -> Saved:
    given: dict[str, Any] = {"organisation": house.office, "actor": house.actors["policy"], "at": NOW}
    return load(reading(text, name), effective=TODAY, accept_findings=accept, **given)


def told(reference: str) -> tuple[Any, ...]:
    it = Agreement.objects.select_related("record", "provider", "stream").get(record__reference=reference)
    return (it.record.title, it.provider.name, it.value, it.starts, it.ends, str(it.stream), it.kind)


def test_a_register_is_loaded_with_its_providers_and_streams_and_again_changes_nothing(house: House) -> None:
    assert saved(house, TIDY).made == ("C-001", "C-002")
    assert told("C-001") == (
        "Advocacy for victims", "Northgate Support", 120_000_00, date(2022, 4, 1), date(2024, 3, 31),
        "Not stated in the register 2022/23", "contract",
    )  # fmt: skip
    assert (Provider.objects.count(), FundingStream.objects.get().budget) == (2, 204_500_00)
    again = saved(house, TIDY)
    assert (again.made, again.changed, again.unchanged) == ((), (), ("C-001", "C-002"))
    assert Agreement.objects.count() == 2
    assert verify().failure == ""


def test_grants_keep_their_award_and_get_numbers_of_their_stream(house: House) -> None:
    done = saved(house, GRANTS, name="grants.csv")
    assert done.made == ("G-01", "CSF-2026-01")
    first = Agreement.objects.get(record__reference="G-01")
    assert (first.kind, first.awarded_on, first.provider.charity_number) == ("grant", date(2026, 3, 12), "9990011")
    assert Provider.objects.get(name="Young Voices").charity_number == ""
    assert saved(house, GRANTS, name="grants.csv").unchanged == ("G-01", "Row 5")


def test_nothing_is_saved_while_an_error_is_not_accepted(house: House) -> None:
    with pytest.raises(Refused):
        saved(house, MESSY)
    with pytest.raises(Refused, match="X4: enter who provides it"):
        saved(house, MESSY, accept=True)
    assert (Agreement.objects.count(), Provider.objects.count(), FundingStream.objects.count()) == (0, 0, 0)


def test_accepted_errors_leave_out_what_contradicts_and_save_the_rest(house: House) -> None:
    done = saved(house, MESSY.replace("X4,Mediation,,", "X4,Mediation,Calm Water,"), accept=True)
    assert done.made == ("C-001", "C-002", "C-003", "COR-2021-01", "X4")
    assert [told(reference)[3:5] for reference in ("C-002", "C-003")] == [
        (date(2022, 4, 1), None),
        (date(2022, 4, 1), None),
    ]
    assert verify().failure == ""


def test_a_row_that_stands_twice_is_saved_once(house: House) -> None:
    done = saved(house, DOUBLE, accept=True)
    assert (done.made, done.set_aside) == (("C1", "C2", "C4"), ("C1 (Row 4)",))


def test_what_is_recorded_stays_and_what_differs_is_told(house: House) -> None:
    given: dict[str, Any] = {"reference": "C-001", "starts": date(2022, 4, 1), "ends": None, "last_end": None}
    made = an_agreement(house, value=90_000_00, **given)
    done = saved(house, TIDY)
    assert (done.made, done.changed) == (("C-002",), ("C-001",))
    made.refresh_from_db()
    assert (made.value, made.ends) == (90_000_00, date(2024, 3, 31))
    assert done.conflicts == (
        "C-001: its value is recorded as £90,000, the paper says £120,000",
        "C-001: its title is recorded as Advocacy for victims, Countywide, Northgate Support, 2026/27, "
        "the paper says Advocacy for victims",
    )


def test_what_a_load_would_do_is_said_before(house: House) -> None:
    an_agreement(house, reference="C-001", starts=date(2022, 4, 1), ends=None, last_end=None, value=None)
    found = matched(reading(TIDY), organisation=house.office, actor=house.actors["policy"], effective=TODAY)
    assert [(one.reference, one.match, one.plan) for one in found] == [
        ("C-001", "Same record", ("last day", "value")),
        ("C-002", "New", ("New agreement",)),
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_candours_own_export_reads_back_whole_and_changes_nothing(house: House, suffix: str) -> None:
    whole(house, sensitivity="public")
    whole(house, kind="grant", service="Peer groups", area="North")
    an_agreement(house, service="Counselling", value=None)
    commands.vary(whole(house, service="Outreach"), on=TODAY, ground="provided", change=5_00, **APPROVED)
    commands.end(whole(house, service="Training"), on=TODAY, **BY)
    content = AGREEMENT_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=suffix)
    found = reading(content, f"agreements{suffix}")
    assert (found.kind, sorted({one.code for one in found.findings})) == ("contracts", ["value-missing"])
    done = saved(house, content, name=f"agreements{suffix}")
    references = tuple(f"VS-2026-0{number}" for number in range(1, 6))
    assert (done.made, done.changed, done.unchanged, done.conflicts) == ((), (), references, ())


def test_candours_own_export_makes_the_same_register_elsewhere(house: House) -> None:
    whole(house, sensitivity="public", owner=house.posts["chief"])
    commands.end(whole(house, service="Training", kind="grant"), on=TODAY, **BY)
    content = AGREEMENT_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=".xlsx")
    actor = house.actors["force_policy"]
    load(reading(content, "a.xlsx"), organisation=house.force, actor=actor, at=NOW, effective=TODAY)

    def told(body: int) -> list[tuple[Any, ...]]:
        rows = Agreement.objects.filter(record__organisation=body).order_by("record__reference")
        return list(
            rows.values_list(
                "record__reference", "record__title", "kind", "provider__name", "stream__name", "stream__year", "service",
                "area", "project_code", "starts", "ends", "last_end", "value", "record__sensitivity", "record__closed_on",
                "office_signed_on", "provider_signed_on",
            )
        )  # fmt: skip

    assert told(house.force.pk) == told(house.office.pk)


def test_redacted_rows_are_restricted(house: House) -> None:
    saved(house, TIDY.replace("Refuge places", "REDACTED"))
    kept = dict(Agreement.objects.values_list("record__reference", "record__sensitivity"))
    assert kept == {"C-001": "public", "C-002": "restricted"}


SPEND = """Date,Transaction No,Supplier Name,Net Amount,Expense Type,Redaction
03/05/2026,5001,Northgate Support,"12,500.00",Victim services,
04/05/2026,5002,Water Company,600.00,Utilities,
05/05/2026,5003,Northgate Support,700,Personal,Section 40
"""


def test_a_file_of_spend_is_recorded_on_its_agreements_and_the_rest_is_left_to_a_person(house: House) -> None:
    made = whole(house, sensitivity="public")
    done = saved(house, SPEND, name="spend.csv")
    reference = made.record.reference
    assert done.made == (f"{reference} 5001", f"{reference} 5003")
    assert done.conflicts == ("5002: no agreement with Water Company is known, or several are",)
    rows = list(Payment.objects.order_by("number").values_list("number", "on", "amount", "withheld", "early"))
    assert rows == [
        ("5001", date(2026, 5, 3), 12_500_00, "", False),
        ("5003", date(2026, 5, 5), 700_00, "personal", False),
    ]
    assert saved(house, SPEND, name="spend.csv").made == ()
    assert verify().failure == ""


def test_a_payment_of_an_agreement_that_the_reader_may_not_see_is_told_like_one_of_none(house: House) -> None:
    whole(house, sensitivity="restricted")
    found = reading(SPEND, "spend.csv")
    reader = house.actors["reader"]
    told = matched(found, organisation=house.office, actor=reader, effective=TODAY)
    assert [one.match for one in told] == ["No agreement"] * 3
