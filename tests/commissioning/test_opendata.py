"""Contracts as OCDS, grants as 360Giving, spend and KPIs as CSV: valid, complete, and without what may not be public."""

import csv
import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from candour.commissioning import commands
from candour.commissioning.papers.opendata import giving, ocds, spend
from candour.commissioning.papers.opendata.exports import GIVING, OCDS, OCDS_RECORDS, SPEND
from candour.commissioning.queries.publishable import public_lines, publishable, publisher_of
from candour.commissioning.rules.faults import body_faults, contract_faults, grant_faults
from candour.commissioning.rules.publishing import Publishable, Publisher, Supplier
from candour.kernel.access import CANDOUR
from tests.commissioning.factories import APPROVED, BY, a_provider, an_agreement, whole
from tests.commissioning.standards import giving_errors, giving_titles, ocds_errors, reviewed
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
PUBLIC: dict[str, Any] = {"sensitivity": "public"}
SETTINGS: dict[str, Any] = {
    "ocid_prefix": "ocds-m3r3f0", "giving_prefix": "360G-mereford", "scheme": "GB-PPON", "number": "PZZZ-0000-0000",
    "website": "https://www.mereford.example", "licence": "", "contracts_over": 10_000_00, "spend_over": 500_00,
}  # fmt: skip


def settle(house: House, **values: Any) -> None:
    commands.set_publishing(organisation=house.office, **(SETTINGS | values), **BY)


def written(export: Any, house: House, suffix: str = ".json", as_at: date | None = None, **values: Any) -> bytes:
    given: dict[str, Any] = {"organisation": house.office, "as_at": as_at, "at": NOW, "suffix": suffix}
    content: bytes = export.write(values.get("actor", CANDOUR), **given)
    return content


def package(export: Any, house: House, as_at: date | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(export, house, as_at=as_at))
    return found


def rows_of(house: House) -> list[Publishable]:
    return publishable(public_lines(CANDOUR, house.office.pk))


def a_contract(house: House, **values: Any) -> Any:
    """A public contract with two payments, varied, let openly to a provider with both numbers."""
    provider = a_provider(house)
    if not provider.charity_number:
        numbers = {"charity_number": "1234567", "company_number": "01234567"}
        commands.change_provider(provider, name=provider.name, **numbers, **BY)
    given = PUBLIC | {"awarded_on": date(2026, 3, 10), "procedure": "open", "bids": 4, "provider": provider}
    made = whole(house, **(given | values))
    commands.pay(made, number="V1", on=date(2026, 4, 20), value=600_00, purpose="First quarter", **BY)
    commands.pay(made, number="V2", on=date(2026, 5, 20), value=12_345_67, **BY)
    commands.vary(made, on=date(2026, 5, 1), ground="provided", change=5_000_00, new_end=date(2027, 9, 30), **APPROVED)
    return made


def a_grant(house: House, **values: Any) -> Any:
    given = PUBLIC | {"kind": "grant", "service": "Peer groups", "value": 19_500_00, "awarded_on": date(2026, 3, 12)}
    return whole(house, **(given | values))


def a_world(house: House) -> None:
    """Contracts and grants of every sort: public, for the office alone, restricted, below the threshold, withheld in part."""
    settle(house)
    a_contract(house)
    a_grant(house)
    a_grant(house, service="Boxing", provider=a_provider(house, name="Safer Streets"))
    an_agreement(house, service="Unsigned work", **PUBLIC)
    an_agreement(house, service="Small work", value=9_000_00, **PUBLIC)
    hidden = commands.withhold
    safe = whole(house, service="Secret refuge", provider=a_provider(house, name="Zanzibar House"), **PUBLIC)
    hidden(safe, part="supplier", ground="safety", **BY)
    price = whole(house, service="Keen price", provider=a_provider(house, name="Bidders"), **PUBLIC)
    hidden(price, part="value", ground="commercial", **BY)
    whole(house, service="Office work")
    whole(house, service="Restricted work", sensitivity="restricted", provider=a_provider(house, name="Yonder"))
    ended = whole(house, service="Ended work", **PUBLIC)
    commands.end(ended, on=date(2026, 6, 1), **BY)


def test_releases_and_records_are_valid_by_the_schema_of_the_standard(house: House) -> None:
    a_world(house)
    assert ocds_errors(package(OCDS, house)) == []
    assert ocds_errors(package(OCDS_RECORDS, house)) == []


@pytest.mark.parametrize("export", [OCDS, OCDS_RECORDS], ids=["releases", "records"])
def test_the_library_of_the_standard_finds_no_error_and_no_warning(house: House, export: Any, tmp_path: Path) -> None:
    a_world(house)
    found = reviewed(package(export, house), tmp_path)
    clean = {"validation_errors", "common_error", "additional_closed_codelist_values", "conformance_errors"}
    clean |= {"additional_checks", "additional_fields", "deprecated_fields", "additional_open_codelist_values"}
    assert {name: found[name] for name in clean if found.get(name)} == {}


def test_the_validator_would_find_what_is_wrong(house: House) -> None:
    a_world(house)
    found = package(OCDS, house)
    found["releases"][0]["tag"] = ["handshake"]
    del found["releases"][1]["ocid"]
    assert [one.partition(":")[0] for one in ocds_errors(found)] == ["releases/0/tag/0", "releases/1"]


def test_a_contract_is_told_release_by_release(house: House) -> None:
    settle(house)
    a_contract(house)
    found = package(OCDS, house)["releases"]
    assert [(one["date"][:10], one["tag"], one["id"]) for one in found] == [
        ("2026-03-10", ["tender", "award", "contract"], "ocds-m3r3f0-office-VS-2026-01-award"),
        ("2026-03-20", ["contractUpdate"], "ocds-m3r3f0-office-VS-2026-01-signed"),
        ("2026-04-20", ["implementation"], "ocds-m3r3f0-office-VS-2026-01-spend-2026-04-20"),
        ("2026-05-01", ["contractAmendment"], found[3]["id"]),
        ("2026-05-20", ["implementationUpdate"], "ocds-m3r3f0-office-VS-2026-01-spend-2026-05-20"),
    ]
    first, last = found[0], found[-1]
    assert {one["ocid"] for one in found} == {"ocds-m3r3f0-office-VS-2026-01"}
    assert first["parties"] == [
        {
            "id": "GB-PPON-PZZZ-0000-0000", "name": "Office of Mereford", "roles": ["buyer", "procuringEntity", "payer"],
            "identifier": {"scheme": "GB-PPON", "id": "PZZZ-0000-0000", "legalName": "Office of Mereford"},
        },
        {
            "id": "GB-CHC-1234567", "name": "Northgate Support", "roles": ["supplier", "payee"],
            "identifier": {"scheme": "GB-CHC", "id": "1234567", "legalName": "Northgate Support"},
            "additionalIdentifiers": [{"scheme": "GB-COH", "id": "01234567", "legalName": "Northgate Support"}],
        },
    ]  # fmt: skip
    assert (first["tender"]["procurementMethod"], first["tender"]["numberOfTenderers"]) == ("open", 4)
    assert (first["contracts"][0]["status"], "dateSigned" in first["contracts"][0]) == ("pending", False)
    assert first["contracts"][0]["value"] == {"amount": 120000, "currency": "GBP"}
    contract = last["contracts"][0]
    assert (contract["status"], contract["value"]["amount"], contract["dateSigned"]) == (
        "active", 125000, "2026-03-20T00:00:00Z",
    )  # fmt: skip
    assert contract["period"] == {
        "startDate": "2026-04-01T00:00:00Z", "endDate": "2027-09-30T00:00:00Z", "maxExtentDate": "2029-03-31T00:00:00Z",
    }  # fmt: skip
    (amendment,) = contract["amendments"]
    assert (amendment["rationale"], amendment["description"]) == (
        "Provided for in the agreement", "The value is £5,000 more. The last day is 30 September 2027.",
    )  # fmt: skip
    assert (amendment["amendsReleaseID"], amendment["releaseID"]) == (found[2]["id"], found[3]["id"])
    paid = [
        (one["id"].rpartition("-")[2], one["value"]["amount"]) for one in contract["implementation"]["transactions"]
    ]
    assert paid == [("V1", 600), ("V2", 12345.67)]
    assert "The board" not in json.dumps(found)  # who approved it stands in the history alone


def test_a_release_never_changes_once_its_day_is_over(house: House) -> None:
    settle(house)
    a_contract(house)
    then = package(OCDS, house, as_at=date(2026, 5, 10))["releases"]
    assert package(OCDS, house)["releases"][: len(then)] == then
    assert package(OCDS, house, as_at=date(2026, 3, 9))["releases"] == []


def test_a_record_compiles_its_releases_to_the_last(house: House) -> None:
    settle(house)
    a_contract(house)
    releases, (record,) = package(OCDS, house)["releases"], package(OCDS_RECORDS, house)["records"]
    assert record["releases"] == releases
    compiled = record["compiledRelease"]
    assert (compiled["tag"], compiled["date"]) == (["compiled"], releases[-1]["date"])
    assert {name: compiled[name] for name in ("parties", "awards", "contracts")} == {
        name: releases[-1][name] for name in ("parties", "awards", "contracts")
    }


def test_what_ended_is_terminated_and_what_is_unsigned_says_no_day_of_signature(house: House) -> None:
    a_world(house)
    found = {one["tender"]["title"].split(",")[0]: one for one in package(OCDS, house)["releases"]}
    assert (found["Ended work"]["tag"], found["Ended work"]["contracts"][0]["status"]) == (
        ["contractTermination"], "terminated",
    )  # fmt: skip
    assert "dateSigned" not in found["Unsigned work"]["contracts"][0]


def test_nothing_that_may_not_be_public_stands_in_any_export(house: House) -> None:
    a_world(house)
    everything = [written(export, house) for export in (OCDS, OCDS_RECORDS, GIVING)]
    everything.append(written(SPEND, house, ".csv", as_at=date(2026, 4, 30)))
    for content in everything:
        for word in (b"Office work", b"Restricted work", b"Yonder", b"Zanzibar", b"Small work"):
            assert word not in content
    assert b"Secret refuge" in everything[0]


def test_a_withheld_value_and_supplier_are_left_out_and_the_exemption_is_named(house: House) -> None:
    a_world(house)
    found = {one["tender"]["title"].split(",")[0]: one for one in package(OCDS, house)["releases"]}
    secret, keen = found["Secret refuge"], found["Keen price"]
    assert (len(secret["parties"]), "suppliers" in secret["awards"][0]) == (1, False)
    assert secret["contracts"][0]["description"] == "Who provides it is withheld: Health and safety (section 38)."
    assert ("value" in keen["awards"][0], "value" in keen["contracts"][0]) == (False, False)
    assert "What it costs is withheld: Commercial interests (section 43)." in keen["awards"][0]["description"]


def test_what_is_withheld_as_a_whole_is_absent_until_it_is_published_again(house: House) -> None:
    settle(house)
    made = a_contract(house)
    commands.withhold(made, part="all", ground="law", **BY)
    assert package(OCDS, house)["releases"] == []
    assert written(SPEND, house, ".csv", as_at=date(2026, 5, 31)).count(b"\n") == 1
    commands.withhold_no_more(made, part="all", **BY)
    assert len(package(OCDS, house)["releases"]) == 5


def test_without_settings_identifiers_stand_on_the_bodys_code_and_are_still_valid(house: House) -> None:
    an_agreement(house, **PUBLIC)
    a_grant(house)
    found = package(OCDS, house)
    assert found["releases"][0]["ocid"] == "ocds-000000-office-VS-2026-01"
    assert ocds_errors(found) == []
    assert package(GIVING, house)["grants"][0]["id"] == "360G-office-VS-2026-02"
    cells = [fault.cell for fault in body_faults(publisher_of(house.office))]
    assert cells == ["Prefix of its ocids", "360Giving prefix", "Identifier"]


def test_odd_references_make_identifiers_of_their_own(house: House) -> None:
    settle(house)
    for number, reference in enumerate(("A/B", "A B", "A%2FB", "é")):
        an_agreement(house, reference=reference, service=f"Work {'abcd'[number]}", **PUBLIC)
    found = package(OCDS, house)
    assert sorted({one["ocid"].removeprefix("ocds-m3r3f0-office-") for one in found["releases"]}) == [
        "%C3%A9", "A%20B", "A%252FB", "A%2FB",
    ]  # fmt: skip
    assert ocds_errors(found) == []


def test_grants_are_valid_by_the_schema_of_the_standard(house: House) -> None:
    a_world(house)
    found = package(GIVING, house)
    assert giving_errors(found) == []
    assert [one["id"] for one in found["grants"]] == ["360G-mereford-VS-2026-02", "360G-mereford-VS-2026-03"]
    grant = found["grants"][0]
    assert (grant["amountAwarded"], grant["awardDate"], grant["currency"]) == (19500, "2026-03-12", "GBP")
    assert grant["recipientOrganization"] == [
        {"id": "GB-CHC-1234567", "name": "Northgate Support", "charityNumber": "1234567", "companyNumber": "01234567"}
    ]
    assert found["grants"][1]["recipientOrganization"][0]["id"].startswith("360G-mereford-org-")
    wrong = found | {"grants": [grant | {"awardDate": "last week"}]}
    assert [one.partition(":")[0] for one in giving_errors(wrong)] == ["grants/0/awardDate"]


def test_the_workbook_of_grants_holds_the_same_under_the_titles_of_the_standard(house: House) -> None:
    a_world(house)
    titles = giving_titles()
    for name, path, _ in giving.COLUMNS:
        place = "/".join(step for step in path if isinstance(step, str))
        assert titles[place] == name or (place, name) == (
            "currency",
            "Currency",
        )  # which is titled where it is referred to
    content = written(GIVING, house, ".xlsx")
    heads, *rows = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert heads == tuple(name for name, _, _ in giving.COLUMNS)
    first = dict(zip(heads, rows[0], strict=True))
    assert (first["Identifier"], first["Amount Awarded"], first["Award Date"]) == (
        "360G-mereford-VS-2026-02", 19500, "2026-03-12",
    )  # fmt: skip
    assert (len(rows), content == written(GIVING, house, ".xlsx")) == (2, True)


def test_a_grant_that_lacks_what_the_standard_requires_is_left_out_and_named_at_its_cell(house: House) -> None:
    settle(house)
    an_agreement(house, kind="grant", value=None, ends=None, last_end=None, **PUBLIC)
    (row,) = rows_of(house)
    told = [(one.cell, one.path, one.page, one.stops) for one in grant_faults(row, publisher_of(house.office), TODAY)]
    assert told == [
        ("Value", "amountAwarded", "change", True),
        ("Awarded on", "awardDate", "change", True),
        ("Last day", "plannedDates/0/endDate", "change", False),
        ("Provider’s numbers", "recipientOrganization/0/id", "provider", False),
    ]
    assert package(GIVING, house)["grants"] == []


def test_what_a_contract_lacks_is_told_at_its_cell(house: House) -> None:
    settle(house)
    an_agreement(house, ends=None, last_end=None, **PUBLIC)
    an_agreement(house, value=None, **PUBLIC)
    body = publisher_of(house.office)
    found = [[(one.cell, one.path, one.stops) for one in contract_faults(row, body, TODAY)] for row in rows_of(house)]
    assert found == [
        [
            ("Last day", "contracts/0/period/endDate", False),
            ("Signatures", "contracts/0/dateSigned", False),
            ("How it was let", "tender/procurementMethod", False),
            ("Provider’s numbers", "parties/1/identifier", False),
        ],
        [("Value", "contracts/0/value", True)],
    ]


def test_a_contract_over_five_million_pounds_asks_for_three_kpis_rated_each_year(house: House) -> None:
    settle(house)
    made = an_agreement(house, value=6_000_000_00, starts=date(2025, 4, 1), **PUBLIC)
    one = commands.add_indicator(made, name="Seen in two days", target="90%", **BY)
    commands.add_indicator(made, name="Coping better", target="80%", **BY)
    body = publisher_of(house.office)

    def told() -> list[str]:
        return [fault.says for fault in contract_faults(rows_of(house)[0], body, TODAY) if fault.path == "kpis.csv"]

    assert told() == [
        "It is worth more than £5 million and has 2 of at least 3 KPIs",
        "‘Seen in two days’ was not rated in the last 12 months",
        "‘Coping better’ was not rated in the last 12 months",
    ]
    commands.rate(one, on=date(2026, 3, 31), rating="approaching", said="Four fifths", **BY)
    third = commands.add_indicator(made, name="Complaints answered", target="", **BY)
    commands.rate(third, on=date(2026, 3, 31), rating="good", said="", **BY)
    assert told() == ["‘Coping better’ was not rated in the last 12 months"]
    commands.end_indicator(third, **BY)
    assert told()[0].endswith("2 of at least 3 KPIs")
    read = list(csv.DictReader(StringIO(spend.kpi_csv(rows_of(house), body, until=TODAY).decode("utf-8-sig"))))
    assert [(row["KPI"], row["Rating"], row["Rated up to"]) for row in read] == [
        ("Seen in two days", "Approaching target", "2026-03-31"),
        ("Coping better", "Not rated yet", ""),
    ]


def test_spend_of_a_month_is_what_was_paid_over_the_threshold(house: House) -> None:
    settle(house)
    made = a_contract(house)
    commands.pay(made, number="V3", on=date(2026, 5, 21), value=500_00, **BY)
    commands.pay(made, number="V4", on=date(2026, 5, 22), value=700_00, purpose="For J. Smith", ground="personal", **BY)
    commands.pay(made, number="=V5", on=date(2026, 5, 23), value=800_00, **BY)
    read = list(csv.DictReader(StringIO(written(SPEND, house, ".csv", as_at=date(2026, 5, 31)).decode("utf-8-sig"))))
    told = [(row["Date"], row["Transaction number"], row["Supplier"], row["Amount"], row["Purpose"]) for row in read]
    assert told == [
        ("2026-05-20", "V2", "Northgate Support", "12345.67", "Advocacy for victims"),
        ("2026-05-22", "V4", "REDACTED", "700.00", "REDACTED"),
        ("2026-05-23", "'=V5", "Northgate Support", "800.00", "Advocacy for victims"),
    ]
    assert (read[0]["Supplier number"], read[1]["Redaction"]) == (
        "GB-CHC-1234567 GB-COH-01234567", "Personal information (section 40)",
    )  # fmt: skip
    assert written(SPEND, house, ".csv", as_at=date(2026, 6, 15)) == written(
        SPEND, house, ".csv", as_at=date(2026, 5, 31)
    )


def test_numbers_of_each_register_name_it() -> None:
    schemes = {
        "1234567": ("GB-CHC", "1234567"), "SC012345": ("GB-SC", "SC012345"), "NIC100012": ("GB-NIC", "100012"),
    }  # fmt: skip
    assert {number: Supplier(1, "A", charity=number).identifiers[0] for number in schemes} == schemes
    assert Supplier(1, "A").identifiers == ()


def test_the_moment_of_a_package_is_told_in_universal_time() -> None:
    body = Publisher("office", "Office")
    at = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
    found = ocds.release_package([], body, until=TODAY, at=at, address="https://example.org/a.json")
    assert (found["publishedDate"], found["version"]) == ("2026-06-15T10:30:00Z", "1.1")
