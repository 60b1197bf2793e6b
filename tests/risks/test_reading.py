"""Reading invented registers in other shapes: five by five, four bands, words for arrows, damaged signs, CSV."""

from pathlib import Path

import pytest

from candour.kernel.intake.document import Document
from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose, recognises

FIXTURES = Path(__file__).parents[1] / "fixtures" / "risks"


def reading(name: str) -> dict:
    return propose(read_document(FIXTURES / name)).as_json()


def risk(reading: dict, reference: str) -> dict:
    return next(record for record in reading["records"] if record["reference"] == reference)


def found(reading: dict) -> list[tuple[str, str, str]]:
    return [(one["code"], one["reference"], one["should"]) for one in reading["findings"]]


def printed_rows(document: Document) -> int:
    return sum(bool(row.width) for table in document.tables for row in table.rows)


def accounted(rows: dict) -> int:
    return rows["records"] + rows["meta"] + rows["set_aside"] + rows["joined"]


def text_reading(text: str) -> dict:
    return propose(read_document(text.encode(), "paper.txt")).as_json()


@pytest.fixture(scope="module")
def five() -> dict:
    return reading("five-by-five.txt")


def test_the_json_has_exactly_the_parts_of_the_contract(five):
    assert list(five) == ["kind", "source", "meta", "records", "set_aside", "findings"]
    assert list(five["source"]) == ["file", "sha256"]
    assert {tuple(one) for one in five["findings"]} == {
        ("code", "severity", "place", "reference", "says", "should", "message")
    }
    assert {tuple(one) for one in five["set_aside"]} == {("place", "text", "why")}


def test_rows_come_out_whichever_factor_stands_first(five):
    assert [(r["reference"], r["impact"], r["likelihood"], r["score"], r["direction"]) for r in five["records"]] == [
        ("SR-01", "5", "4", 20, "same"),
        ("SR-02", "4", "3", 12, "up"),
        ("SR-03", "5", "2", 11, "up"),
        ("SR-04", "3", "3", 9, "same"),
        ("SR-05", "5", "5", 25, "same"),
        ("SR-06", "2", "2", 4, "new"),
        ("SR-06", "2", "6", 12, "same"),
        ("SR-08", None, None, None, None),
    ]


def test_a_value_as_printed_stands_beside_its_reading_where_they_differ(five):
    first = risk(five, "SR-01")
    assert (first["first_recorded"], first["first_recorded_text"]) == ("2022-03-03", "3 March 2022")
    assert (first["score"], first["score_text"]) == (20, "20 Extreme")
    assert (first["previous_score"], "previous_score_text" in first) == (20, False)


def test_a_title_that_runs_over_the_row_is_whole(five):
    assert risk(five, "SR-05")["title"] == "Data breach through a supplier"


def test_an_unknown_column_or_label_is_kept(five):
    assert risk(five, "SR-01")["other"] == {"Theme": "Technology", "Budget line": "C-114"}


def test_the_lead_officer_is_the_owner_where_no_owner_is_printed(five):
    assert risk(five, "SR-02")["owner"] == "Chief Finance Officer"
    assert risk(five, "SR-02")["responsible_officer"] is None


def test_controls_carry_their_flags_and_their_words_without_them(five):
    assert risk(five, "SR-01")["controls"] == [
        {"text": "Weekly call with the supplier", "new": False, "removed": False},
        {
            "text": "spare handsets bought",
            "new": True,
            "removed": False,
            "text_printed": "NEW CONTROL: spare handsets bought",
        },
        {
            "text": "Loan pool",
            "new": False,
            "removed": True,
            "text_printed": "Loan pool - removed, the neighbouring force needs it",
            "removed_why": ", the neighbouring force needs it",
        },
        {
            "text": "Old masts kept on",
            "new": False,
            "removed": True,
            "text_printed": "Old masts kept on - control removed",
        },
    ]


def test_updates_are_dated_and_an_undated_item_belongs_to_the_one_above(five):
    assert risk(five, "SR-01")["updates"] == [
        {"date": None, "text": "asked for a firm date", "date_text": "12 March"},
        {"date": "2024-04-12", "text": "rating reduced to 16\ntwo sites still open", "date_text": "12/04/2024"},
        {"date": None, "text": "board told", "date_text": "30/02/2024"},
    ]


def test_nested_controls_and_paragraph_updates_are_read_from_stray_html(five):
    last = risk(five, "SR-08")
    assert [one["text"] for one in last["controls"]] == [
        "Search for a building\nnorth of the river",
        "Ask for an extension",
    ]
    assert [(one["date"], one["text"]) for one in last["updates"]] == [
        ("2024-05-02", "agents called"),
        ("2024-05-09", "two offers seen"),
    ]


def test_the_scale_comes_from_the_paper_with_four_bands(five):
    matrix = five["meta"]["matrix"]
    assert matrix["size"] == 5
    assert matrix["bands"] == [
        {"name": "Extreme", "low": 20, "high": 25},
        {"name": "High", "low": 12, "high": 19},
        {"name": "Moderate", "low": 6, "high": 11},
        {"name": "Low", "low": 1, "high": 5},
    ]
    assert len(matrix["cells"]) == 25
    assert matrix["cells"][3] == {"impact": 4, "likelihood": 5, "score": 20, "band": "Extreme"}


def test_counts_in_words_are_read_with_their_place(five):
    assert five["meta"]["summary"] == {"live_strategic": 7, "extreme": 2, "new": 1, "closed": 0}
    assert five["meta"]["summary_said"]["extreme"] == {
        "place": "Page 1, paragraph 2",
        "words": "Two risks are rated Extreme and are set out in Annex 2.",
        "appendix": "Annex 2",
    }
    assert (five["meta"]["date"], five["meta"]["panel"]) == ("2024-05-14", "Audit and Assurance Committee")


def test_every_contradiction_of_the_five_by_five_paper_is_found_and_nothing_else(five):
    assert found(five) == [
        ("matrix-band", "", "8 Moderate"),
        ("score-product", "SR-03", "10"),
        ("band", "SR-04", "Moderate"),
        ("detail-missing", "SR-05", "a detail of the risk"),
        ("overview-missing", "SR-08", "a row in the overview"),
        ("reference-duplicate", "SR-06", "one row for each reference"),
        ("reference-duplicate", "SR-06", "one row for each reference"),
        ("narrative-score", "SR-01", "16"),
        ("date-invalid", "SR-01", "a date with its year"),
        ("date-invalid", "SR-05", "a date"),
        ("review-before-recorded", "SR-06", "1 June 2023 or later"),
        ("level-unknown", "SR-06", "1 to 5"),
        ("control-removed-unexplained", "SR-01", "the reason"),
        ("review-overdue", "SR-04", "14 February 2024 or later"),
        ("review-overdue", "SR-06", "14 February 2024 or later"),
        ("date-without-year", "SR-01", "a date with its year"),
    ]


def test_damaged_arrows_are_read_and_unreadable_ones_are_said():
    harbour = reading("harbour.txt")
    assert [(r["reference"], r["direction"]) for r in harbour["records"]] == [
        ("R1", "down"),
        ("R2", "same"),
        ("R3", None),
        ("R4", "down"),
        ("R5", "new"),
    ]
    assert found(harbour) == [
        ("overview-missing", "R5", "a row in the overview"),
        ("redacted-detail", "R2", "no detail"),
        ("direction", "R4", "rising"),
        ("redacted-row-tells", "R2", "the reference and REDACTED alone"),
        ("direction-unreadable", "R3", "up, same, down or new"),
        ("scale-assumed", "", "levels with numbers"),
        ("label-missing", "R5", "one label for each entry"),
    ]


def test_a_redacted_risk_stays_redacted_whatever_else_is_printed():
    harbour = reading("harbour.txt")
    assert [record["redacted"] for record in harbour["records"]] == [False, True, False, False, False]
    assert risk(harbour, "R2")["title"] == "Redacted"


def test_a_csv_register_gives_inherent_residual_and_target_scores():
    register = reading("register.csv")
    first = risk(register, "FR/1")
    assert (first["title"], first["impact"], first["likelihood"], first["score"]) == (
        "Prisoner transport – cost",
        "4",
        "3",
        12,
    )
    assert first["inherent"] == {
        "impact": "5",
        "impact_value": 5,
        "likelihood": "5",
        "likelihood_value": 5,
        "score": 25,
    }
    assert first["target"]["score"] == 8
    assert first["appetite"] == "Cautious"
    assert [one["text"] for one in first["controls"]] == ["Contract watched", "Fuel bought ahead"]
    assert risk(register, "FR/2")["title"] == 'Café lease; and "kiosk"'


def test_the_findings_of_the_csv_register_name_its_rows():
    register = reading("register.csv")
    assert [(one["code"], one["place"], one["says"], one["should"]) for one in register["findings"]] == [
        ("score-product", "Row 5", "target score 5, impact 2, likelihood 2", "4"),
        ("score-arithmetic", "Row 6", "4 x 2 = 6", "8"),
        ("residual-above-inherent", "Row 5", "inherent 9, residual 20", "9 or less"),
    ]


@pytest.mark.parametrize("name", ["five-by-five.txt", "harbour.txt", "register.csv"])
def test_rows_in_are_rows_proposed_and_rows_set_aside(name):
    document = read_document(FIXTURES / name)
    assert accounted(propose(document).meta["rows"]) == printed_rows(document)


def test_a_count_that_the_rows_contradict_is_found():
    text = "1. There are 4 live risks on the register.\n\nRef\tTitle\tOwner\tScore\nA1\tOne thing\tHead of Fleet\t4\n"
    assert found(text_reading(text)) == [("count-live", "", "1 row in the register")]


def test_a_weekday_that_is_not_the_dates_is_found():
    text = "Subject\tRisk register\nDate\tFriday 26th October 2023\n\nRef\tTitle\tOwner\tScore\nA1\tOne\tHead\t4\n"
    assert found(text_reading(text)) == [("paper-weekday", "", "Thursday")]


def test_rows_without_headings_are_read_by_what_they_hold():
    text = "AB01\tA thing may go wrong\t4\t01/02/2024\t→\nAB02\tAnother thing may fail\t6\t02/02/2024\t↑\n"
    records = text_reading(text)["records"]
    assert [(r["reference"], r["title"], r["score"], r["first_recorded"], r["direction"]) for r in records] == [
        ("AB01", "A thing may go wrong", 4, "2024-02-01", "same"),
        ("AB02", "Another thing may fail", 6, "2024-02-02", "up"),
    ]


def test_factors_in_one_cell_are_told_apart_by_their_heading():
    rows = "Ref\tTitle\tOwner\tScore (likelihood x impact)\nA1\tOne\tHead\t5 x 2 = 10\n"
    first = text_reading(rows)["records"][0]
    assert (first["impact"], first["likelihood"], first["score"]) == ("2", "5", 10)


def test_a_row_without_a_reference_is_proposed_and_said():
    rows = "Ref\tTitle\tOwner\tScore\nA1\tOne\tHead of Fleet\t4\n\tTwo\tHead of News\t6\n"
    reading = text_reading(rows)
    assert [(r["reference"], r["title"]) for r in reading["records"]] == [("A1", "One"), ("", "Two")]
    assert found(reading) == [("reference-missing", "", "a reference")]


def test_a_register_is_recognised_and_a_letter_is_not():
    assert recognises(read_document(FIXTURES / "five-by-five.txt")) == 1.0
    assert recognises(read_document(FIXTURES / "register.csv")) >= 0.7
    assert recognises(read_document(b"Dear all,\n\nThank you for the risk that you took.\n", "letter.txt")) <= 0.3
    assert recognises(Document(())) == 0.0
