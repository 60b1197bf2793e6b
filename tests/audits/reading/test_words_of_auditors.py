"""Days, owners, opinions and priorities as auditors print them; slips that figures show."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.audits.intake.days import due_days, last_day, ledger, month_of
from candour.audits.intake.owners import owners_of, signed_by
from candour.audits.intake.prose import left_out, named_twice, shared_twice
from candour.audits.intake.words import opinion_word, read_opinion, read_outcome, read_priority


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31st March 2025", ["2025-03-31"]),
        ("May-23", ["2023-05"]),
        ("Jul 22", ["2022-07"]),
        ("23 October 23", ["2023-10-23"]),
        ("end of March 2024", ["2024-03"]),
        ("March/April 2022", ["2022-04"]),
        ("Within 12 to 18 months [July 2024 – Jan 2025]", ["2025-01"]),
        ("3rd Qtr 2025-26", ["2025-12"]),
        ("end of Q1 2024-25", ["2024-06"]),
        ("Q4 2024/25", ["2025-03"]),
        ("Q3 2024", [None]),
        ("01/08/2025", ["2025-08-01"]),
        ("2025-03", ["2025-03"]),
        ("Ongoing", []),
        ("(09.23/24) page 7", []),
    ],
)
def test_days_are_read_to_the_precision_that_is_printed(text: str, days: list[str | None]) -> None:
    assert [one.date for one in due_days(text)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Revised to Aug 2025 Aug 2023", ["2023-08", "2025-08"]),
        ("31st March 2025 Revised Target – End of August 2025", ["2025-03-31", "2025-08"]),
        ("June 2023 Target date change to Q1 2024-25", ["2023-06", "2024-06"]),
        ("31st March 2025 3rd Qtr 2025-26", ["2025-03-31", "2025-12"]),
    ],
)
def test_what_replaces_another_day_stands_after_it(text: str, days: list[str]) -> None:
    assert [one.date for one in ledger(text)] == days


def test_a_day_that_is_none_is_told_and_is_no_target() -> None:
    assert [(one.text, one.date, one.impossible) for one in due_days("by 31 April 2025")] == [
        ("31 April 2025", None, True)
    ]
    assert ledger("by 31 April 2025") == []


def test_a_month_is_met_until_its_last_day() -> None:
    assert (last_day("2024-02"), last_day("2025-03-31"), last_day(None)) == (date(2024, 2, 29), date(2025, 3, 31), None)
    assert (month_of("September 2018"), month_of("21 June 2023"), month_of("soon")) == ("2018-09", "2023-06", None)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_every_day_that_is_printed_in_words_is_read(day: date) -> None:
    assert [one.date for one in due_days(f"Due by {day.day} {day:%B %Y}, at the latest")] == [day.isoformat()]
    assert [one.date for one in due_days(f"Due {day:%B %Y}")] == [f"{day:%Y-%m}"]


@given(st.text(max_size=200))
def test_any_text_is_looked_through_without_harm(text: str) -> None:
    for one in due_days(text):
        assert text[one.start : one.end] == one.text
    assert all(owner["role"] or owner["name"] for owner in owners_of(text))
    assert (shared_twice(text) and "%" not in text, left_out([text])) == ([], [])


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Jo Bloggs - Head of Stores", [("Head of Stores", "Jo Bloggs")]),
        ("Jo Bloggs Financial Services Manager", [("Financial Services Manager", "Jo Bloggs")]),
        ("Jo Bloggs (Vetting Manager)", [("Vetting Manager", "Jo Bloggs")]),
        (
            "Jo Bloggs – Project Manager / Al Smith – Head of Fleet",
            [("Project Manager", "Jo Bloggs"), ("Head of Fleet", "Al Smith")],
        ),
        ("Jo Bloggs – Evidence Manager and DI Al Smith", [("Evidence Manager", "Jo Bloggs"), ("", "DI Al Smith")]),
        ("Head of IT – April 2024", [("Head of IT", "")]),
        ("Ongoing ACC", [("ACC", "")]),
        ("Head of Safety, Sustainability and Risk, March 2024", [("Head of Safety, Sustainability and Risk", "")]),
        ("Implemented. Head of Commissioning", [("Head of Commissioning", "")]),
        ("ACO HR Jo Bloggs", [("ACO HR", "Jo Bloggs")]),
        ("31st March 2025", []),
        ("Completed", []),
    ],
)
def test_posts_and_people_are_told_apart(text: str, owners: list[tuple[str, str]]) -> None:
    assert [(one["role"], one["name"]) for one in owners_of(text)] == owners


def test_who_signs_a_paragraph_is_known_from_its_end() -> None:
    assert signed_by("All is well - Supt Al Smith Head of Fleet.") == [
        {"role": "Head of Fleet", "name": "Supt Al Smith"}
    ]
    assert signed_by("All is well - and so on") == []


def test_opinions_and_priorities_are_read_by_their_form() -> None:
    assert [
        read_opinion(line) for line in ("LIMITED  ASSURANCE", "Moderate opinion", "Assurance opinion", "The stores")
    ] == ["Limited", "Moderate", None, None]
    assert [opinion_word(text) for text in ("Moderate", "Limited Assurance", "Advisory", "n/a", "")] == [
        "Moderate",
        "Limited",
        None,
        None,
        None,
    ]
    read = read_priority("Priority 2 (Significant)")
    assert read is not None
    assert (read.word, read.name) == ("2", "Significant")
    words = ("High", "3 (Housekeeping)", "P1", "21", "Stores")
    assert [one and one.word for one in map(read_priority, words)] == ["High", "3", "1", None, None]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Closed", "closed"), ("Superseded", "superseded"), ("Not accepted", "not_accepted"),
        ("Risk accepted", "risk_accepted"),
        ("Implemented", "implemented"), ("Partly implemented", "partly_implemented"), ("Not implemented", "not_implemented"),
        ("Proposed closed", None), ("In progress", None), ("Not yet complete", None), ("", None),
    ],
)  # fmt: skip
def test_a_status_tells_how_it_ended(text: str, outcome: str | None) -> None:
    assert read_outcome(text) == outcome


def test_groups_named_twice_are_found_where_shares_make_a_whole() -> None:
    assert [name for name, _said in shared_twice("North 44.9%, South 25.9%, North 29.2%")] == ["North"]
    assert shared_twice("North 44.9%, South 25.9%, West 29.2%") == []
    assert shared_twice("North 10%, South 20%, North 12%") == []
    assert [name for name, _said in named_twice("North, South, East, North and West")] == ["North"]


@given(st.integers(min_value=1, max_value=40), st.integers(min_value=0, max_value=3))
def test_bands_leave_out_just_what_stands_between_them(low: int, gap: int) -> None:
    lines = [f"<{low}", f"{low}-{low + 5}", f">{low + 5 + gap}"]
    missing = [str(n) for n in range(low + 6, low + 6 + gap)]
    assert [values for _bands, values in left_out(lines)] == ([missing] if missing else [])
