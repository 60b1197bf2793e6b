"""The rules of agreements: names, money, state, the health check, the text check."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.commissioning import rules
from candour.commissioning.rules import Attached, Document, Facts, Line, Order, Returned, Variation

TODAY = date(2026, 6, 15)
FACTS = Facts(
    organisation=1, sensitivity="office", kind="contract", provider=2, stream=3, project_code="VS-1",
    starts=date(2026, 4, 1), ends=date(2027, 3, 31), last_end=date(2029, 3, 31), value=100_00,
    specification="One", kpis="Two", monitoring="Three", management="Four",
    office_signed_on=date(2026, 3, 1), provider_signed_on=date(2026, 3, 5),
)  # fmt: skip
WHOLE = Attached(confirmed=[date(2026, 1, 1)], documents=[Document("agreement")], returns=[Returned(date(2026, 7, 14))])
LINE = rules.line(FACTS, WHOLE)


def failing(line: Line, day: date = TODAY) -> list[str]:
    return [one.check.name for one in rules.health(line, day) if one.result == "fail"]


def warning(line: Line, day: date = TODAY) -> list[str]:
    return [one.check.name for one in rules.health(line, day) if one.result == "warn"]


def test_money_is_whole_pence_and_is_said_in_pounds() -> None:
    assert (rules.pence(Decimal("12500.50")), rules.pence(None)) == (1_250_050, None)
    assert [rules.pounds(each) for each in (1_250_050, 27_225_00, -5, None)] == [
        "£12,500.50",
        "£27,225",
        "−£0.05",
        "none",
    ]
    assert [rules.plain(each) for each in (1_250_050, -5, None)] == ["12500.50", "-0.05", ""]
    with pytest.raises(ValueError, match="parts of a penny"):
        rules.pence(Decimal("0.005"))


@given(st.integers(-(10**13), 10**13))
def test_an_amount_that_is_written_plainly_reads_back_the_same(amount: int) -> None:
    assert rules.pence(Decimal(rules.plain(amount))) == amount


def test_a_title_is_made_of_its_parts_in_one_order() -> None:
    title = rules.standard_title(" Advocacy  for victims ", "Countywide", "Northgate Support", "2026/27")
    assert title == "Advocacy for victims, Countywide, Northgate Support, 2026/27"
    assert rules.standard_title("Advocacy", "", "Northgate", "2026/27") == "Advocacy, Northgate, 2026/27"


@pytest.mark.parametrize(
    ("text", "found"), [("IDVA service", "IDVA"), ("Advocacy for victims", ""), ("Section 22A work", ""), ("A day", "")]
)
def test_abbreviations_are_found(text: str, found: str) -> None:
    assert rules.shortened(text) == found


def test_a_reference_is_the_first_free_one_of_its_stream_and_year() -> None:
    assert rules.reference("VS", "2026/27", set()) == "VS-2026-01"
    assert rules.reference("VS", "2026/27", {"VS-2026-01", "VS-2025-02", "VS-2026-03"}) == "VS-2026-02"


@pytest.mark.parametrize("number", ["123456", "1234567", "1234567-1", "SC012345", "NIC123456", ""])
def test_charity_numbers_of_each_regulator_are_taken(number: str) -> None:
    assert rules.charity_number(f" {number.lower()} ") == number


@pytest.mark.parametrize("number", ["12345", "0123456", "12345678", "SC12345", "AB123456", "１２３４５６"])
def test_what_no_regulator_gives_is_no_charity_number(number: str) -> None:
    with pytest.raises(ValueError, match="Enter a charity number"):
        rules.charity_number(number)


@pytest.mark.parametrize(
    ("typed", "kept"), [("01234567", "01234567"), ("1234567", "01234567"), ("oc 301234", "OC301234")]
)
def test_company_numbers_keep_their_leading_noughts(typed: str, kept: str) -> None:
    assert rules.company_number(typed) == kept


@pytest.mark.parametrize("number", ["12345", "XX123456", "123456789", "OC12345"])
def test_what_companies_house_does_not_give_is_no_company_number(number: str) -> None:
    with pytest.raises(ValueError, match="Enter a company number"):
        rules.company_number(number)


def test_an_agreement_that_has_everything_passes_every_check() -> None:
    assert (failing(LINE), warning(LINE), rules.gate(LINE)) == ([], [], [])
    assert rules.state(LINE, TODAY) == "Running"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"closed_on": TODAY}, "Ended"),
        ({"ends": TODAY - timedelta(1)}, "Running expired"),
        ({"ends": TODAY}, "Ending soon"),
        ({"ends": TODAY + timedelta(183)}, "Ending soon"),
        ({"ends": TODAY + timedelta(184)}, "Running"),
        ({"signed_on": None}, "Running unsigned"),
        ({"signed_on": None, "starts": None}, "Draft"),
        ({"signed_on": None, "starts": TODAY + timedelta(1)}, "Draft"),
        ({"starts": TODAY + timedelta(1)}, "To start"),
        ({"ends": None}, "Running"),
    ],
)
def test_the_state_follows_from_dates_and_signatures(change: dict[str, object], state: str) -> None:
    assert rules.state(replace(LINE, **change), TODAY) == state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "fails", "warns"),
    [
        ({"specified": False}, ["specification"], []),
        ({"project_code": ""}, ["code"], []),
        ({"starts": None}, ["dates"], []),
        ({"ends": None}, ["dates"], []),
        ({"ends": TODAY - timedelta(1), "follows": "extend"}, ["expired"], []),
        ({"signed_on": None, "office_signed_on": None}, ["signatures"], []),
        ({"copy": False}, ["copy"], []),
        ({"old_template": True}, ["template"], []),
        ({"brackets": 2}, ["brackets"], []),
        ({"brackets": 2, "signed_on": None, "starts": TODAY + timedelta(9)}, [], ["brackets", "signatures"]),
        ({"undated": True}, [], ["text"]),
        ({"blank_signature": True}, [], ["text"]),
        ({"title_differs": True}, [], ["text"]),
        ({"kpis": False}, ["kpis"], []),
        ({"monitored": False}, ["monitoring"], []),
        ({"managed": False}, ["management"], []),
        ({"contacts": 0, "confirmed_on": None}, ["contact"], []),
        ({"confirmed_on": TODAY - timedelta(366)}, [], ["contact"]),
        ({"confirmed_on": TODAY - timedelta(365)}, [], []),
        ({"first_ordered_on": TODAY, "signed_on": None}, ["ordered", "signatures"], []),
        ({"first_ordered_on": date(2026, 3, 4)}, [], ["ordered"]),
        ({"first_ordered_on": date(2026, 3, 5)}, [], []),
        ({"ordered": 100_01}, ["value"], []),
        ({"value": None}, ["value"], []),
        ({"paid": 100_01}, ["value"], []),
        ({"paid": 100_00}, [], []),
        ({"scheduled": False}, [], ["schedule"]),
        ({"scheduled": False, "monitored": False}, ["monitoring"], []),
        ({"scheduled": False, "starts": TODAY + timedelta(1)}, [], []),
        ({"return_due": TODAY - timedelta(1)}, ["returns"], []),
        ({"return_due": TODAY}, [], []),
        ({"assess_by": TODAY - timedelta(1)}, ["returns"], []),
        ({"assess_by": TODAY}, [], []),
        ({"ends": TODAY + timedelta(183)}, [], ["next"]),
        ({"ends": TODAY + timedelta(91)}, ["next"], []),
        ({"ends": TODAY + timedelta(91), "follows": "stop"}, [], []),
        ({"overridden_on": TODAY, "overridden_until": TODAY}, [], []),
        ({"overridden_on": TODAY, "overridden_until": TODAY, "kpis": False}, ["kpis"], ["override"]),
        ({"specified": False, "ends": None, "closed_on": TODAY}, [], []),
    ],
)
def test_each_failing_of_the_review_is_found_alone(
    change: dict[str, object], fails: list[str], warns: list[str]
) -> None:
    line = replace(LINE, **change)  # type: ignore[arg-type]
    assert (sorted(failing(line)), sorted(warning(line))) == (sorted(fails), sorted(warns))


def test_every_check_says_what_is_wrong_and_none_says_anything_of_what_passes() -> None:
    bare = rules.line(Facts(1, "office", "contract", 2, 3), Attached(orders=[Order(TODAY, 5)]))
    found = rules.health(bare, TODAY)
    assert [bool(one.said) for one in found] == [one.result != "pass" for one in found]
    said = {one.check.name: one.said for one in found}
    assert said["dates"] == "It has no first day and no last day."
    assert said["signatures"] == "Neither the office nor the provider has signed it."
    assert said["ordered"] == "The first order was raised on 15 June 2026; not both have signed."


def test_one_signature_is_told_with_its_day() -> None:
    line = rules.line(replace(FACTS, office_signed_on=None, provider_signed_on=date(2026, 4, 2)), WHOLE)
    said = next(one.said for one in rules.health(line, TODAY) if one.check.name == "signatures")
    assert said == "Signed by the provider alone, on 2 April 2026."


def test_the_gate_names_each_thing_that_is_missing() -> None:
    bare = rules.line(Facts(1, "office", "grant", 2, 3, office_signed_on=TODAY), Attached())
    assert rules.gate(bare) == [
        "the specification",
        "the KPIs",
        "the first day",
        "the last day",
        "the signature of the provider",
    ]


def test_variations_move_value_and_end_and_the_last_copy_counts() -> None:
    attached = replace(
        WHOLE,
        variations=[
            Variation(date(2026, 5, 1), change=50_00, new_end=date(2027, 6, 30)),
            Variation(date(2026, 6, 1), change=-1),
        ],
        documents=[Document("agreement", brackets=3), Document("plan"), Document("agreement")],
        orders=[Order(date(2026, 5, 1), 5), Order(date(2026, 4, 9), 7)],
    )
    line = rules.line(FACTS, attached)
    assert (line.value, line.ends, line.brackets) == (149_99, date(2027, 6, 30), 0)
    assert (line.ordered, line.first_ordered_on, line.signed_on) == (12, date(2026, 4, 9), date(2026, 3, 5))


GOOD = [
    "Advocacy for victims, Countywide, Northgate Support, 2026/27",
    "This agreement is dated 2 March 2026",
    "1. The provider gives advice [as schedule 1 says]",
    "Signed for and on behalf of the office: A Chief Executive",
    "Signed for and on behalf of the provider:",
    "A Director",
]


def test_the_text_of_an_agreement_gives_away_what_is_left_undone() -> None:
    title = "Advocacy for victims, Countywide, Northgate Support, 2026/27"
    found = rules.check_text(GOOD, title)
    assert (found.brackets, found.undated, found.blank_signature, found.title_differs) == (
        ("[as schedule 1 says]",), False, False, False,
    )  # fmt: skip
    bad = [
        "Contract v2",
        "Dated [TBC]",
        "Fee of [£ ] and [insert]",
        "Signed by the office: ..........",
        "Signed by: A Director",
    ]
    found = rules.check_text(bad, title)
    assert (found.brackets, found.undated, found.blank_signature, found.title_differs) == (
        ("[TBC]", "[£ ]", "[insert]"), True, True, True,
    )  # fmt: skip


def test_a_signature_block_is_blank_where_only_the_next_label_follows() -> None:
    assert rules.check_text(["Signed by the office:", "Name: A Person"], "T").blank_signature
    assert not rules.check_text(["Signed by the office:", "A Person, Chief Executive"], "T").blank_signature
