"""Single cells and headings of a register: arrows, scores, levels, references, labels."""

import pytest

from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose
from candour.risks.intake.labels import field_of, fields_merged
from candour.risks.intake.values import Score, is_reference, read_direction, read_level, read_score


@pytest.mark.parametrize(
    ("text", "direction"),
    [("→", "same"), ("↓", "down"), ("▲", "up"), ("New Risk", "new"), ("Increased", "up"), ("No change", "same"),
     ("->", "same"), ("<->", "same"), ("▲ from 12", "up"), ("▼ 4", "down"), ("é", "up"), ("↑↓", "same"), ("improving", "down"),
     ("?", None), ("-", None), ("", None)],
)  # fmt: skip
def test_directions(text, direction):
    assert read_direction(text) == direction


@pytest.mark.parametrize(
    ("text", "score"),
    [("12", Score(12)), ("12 High", Score(12, None, "High")), ("High (12)", Score(12, None, "High")),
     ("5 x 2 = 10", Score(10, (5, 2))), ("5×2", Score(10, (5, 2))), ("-", Score()), ("9.0", Score(9)),
     ("TBC", Score())],
)  # fmt: skip
def test_scores(text, score):
    assert read_score(text) == score


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Very High", ("Very High", None)),
        ("4", ("", 4)),
        ("4 - Very High", ("Very High", 4)),
        ("Likely (3)", ("Likely", 3)),
    ],
)
def test_levels(text, level):
    assert read_level(text) == level


@pytest.mark.parametrize(
    ("label", "field"),
    [("URN", "reference"), ("Risk creation date", "first_recorded"), ("Current Risk Score", "score"),
     ("Residual likelihood", "likelihood"), ("Gross impact", "inherent_impact"),
     ("Proposed risk score", "proposed_score"),
     ("Score (impact x likelihood)", "score"), ("Impact on People", None), ("Direction of Travel", "direction")],
)  # fmt: skip
def test_headings(label, field):
    assert field_of(label) == field


def test_two_labels_that_ran_together_are_told_apart():
    assert fields_merged("Information Controls") == ("information", "controls")
    assert fields_merged("Next Key Date") is None


@pytest.mark.parametrize("text", ["OPCC031", "SR-04", "R1.2", "STR/12", "17"])
def test_references(text):
    assert is_reference(text)


@pytest.mark.parametrize("text", ["Total", "02/11/2022", "Very High", "", "a long sentence of words"])
def test_what_is_no_reference(text):
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("printed", "spelled"),
    [
        ("R\u202e01", "R[U+202E]01"),
        ("R\u061c01", "R[U+061C]01"),
        ("R\u206601", "R[U+2066]01"),
        ("R\x0201", "R[U+0002]01"),
    ],
)
def test_a_sign_in_a_reference_that_no_page_shows_is_left_out_and_told(printed: str, spelled: str) -> None:
    text = f"Reference\tTitle\tOwner\tScore\n{printed}\tThe pump fails\tHead of Estates\t6\n"
    reading = propose(read_document(text.encode(), "register.txt"))
    assert [record["reference"] for record in reading.records] == ["R01"]
    assert ("reference-marks", "R01", spelled) in [(one.code, one.reference, one.says) for one in reading.findings]
