"""Amounts, days and terms as registers print them."""

from datetime import date

import pytest

from candour.commissioning.intake.columns import field_of
from candour.commissioning.intake.days import read_day, read_term, year_of
from candour.kernel.intake.amounts import Amount, in_pence, in_pounds, read_amount


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£12,500.00", 1250000), ("c. £12k", 1200000), ("£1.2m", 120000000), ("GBP 450", 45000), ("(£450.10)", -45010),
        ("-£5", -500), ("£350,000 over 3 years", 35000000), ("1200", 120000), ("nil", 0), ("£0.00", 0), ("~£3,000", 300000),
        ("£1.25 million", 125000000), ("up to £50k", 5000000), ("£12,000 (2022/23)", 1200000), ("£1,200 + VAT", 120000),
        ("33.3333333333333", 3333),
    ],
)  # fmt: skip
def test_amounts_are_read_to_the_penny(text: str, pence: int) -> None:
    assert read_amount(text).pence == pence


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("£5k - £6k", "It is a range"), ("some", "It is no amount"), ("£5 and £6", "It holds more than one amount"),
        ("£1.005", "It has parts of a penny"),
    ],
)  # fmt: skip
def test_what_is_no_single_amount_says_why(text: str, why: str) -> None:
    assert (read_amount(text).pence, read_amount(text).unclear) == (None, why)


def test_nothing_printed_a_yearly_and_a_withheld_amount_are_told_apart() -> None:
    assert read_amount("TBC") == Amount()
    assert read_amount("£20,000 p.a.") == Amount(2000000, each_year=True)
    assert read_amount("Commercially sensitive") == Amount(withheld=True)
    assert read_amount("142.5", 1000) == Amount(14250000)
    assert [in_pence(in_pounds(pence)) for pence in (None, 1, 199, 1250000)] == [None, 1, 199, 1250000]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("01/04/22", date(2022, 4, 1), date(2022, 4, 1)), ("Apr-22", date(2022, 4, 1), date(2022, 4, 30)),
        ("2022/23", date(2022, 4, 1), date(2023, 3, 31)), ("44652", date(2022, 4, 1), date(2022, 4, 1)),
        ("31/03/2023, extended to 31/03/2024", date(2023, 3, 31), date(2024, 3, 31)),
    ],
)  # fmt: skip
def test_days_months_and_years_have_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (read_day(text).day, read_day(text, end=True).day) == (first, last)


def test_days_that_are_none() -> None:
    assert (read_day("31/06/2023").impossible, read_day("soon").unread, read_day("rolling").open) == (True, True, True)
    assert read_day("n/a").day is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1 April 2022 to 31 March 2024", ("2022-04-01", "2024-03-31")), ("Apr 2022 – Mar 2024", ("2022-04-01", "2024-03-31")),
        ("3 years from 1 April 2022", ("2022-04-01", "2025-03-31")), ("2022/23", ("2022-04-01", "2023-03-31")),
        ("01/04/22-31/03/23", ("2022-04-01", "2023-03-31")), ("18 months from 1 April 2022", ("2022-04-01", "2023-09-30")),
    ],
)  # fmt: skip
def test_terms_are_read_in_every_form(text: str, term: tuple[str, str]) -> None:
    assert tuple(one.day.isoformat() for one in read_term(text) if one.day) == term


def test_years_and_headings_are_known_in_every_form() -> None:
    assert [year_of(text) for text in ("2022/23", "2022-23", "FY22/23", "2022/2023", "2022/25")] == ["2022/23"] * 4 + [
        ""
    ]
    headings = {
        "Contract Value (£)": "value",
        "Supplier’s name": None,
        "2023-24 £000": "years:2023/24",
        "End Date": "end",
    }
    assert {heading: field_of(heading) for heading in headings} == headings
