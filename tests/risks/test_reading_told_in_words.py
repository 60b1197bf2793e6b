"""What registers tell in sentences and in one cell: bands, levels, cause and effect, the score before, who is to do what."""

import pytest

from candour.kernel.intake.document import Paragraph
from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose
from candour.risks.intake.lists import controls_of
from candour.risks.intake.parts_told import parts_told
from candour.risks.intake.posts import post_of, vacant
from candour.risks.intake.scale_told import bands_in_columns, bands_told, levels_told
from candour.risks.intake.values import band_word, read_before, read_pair


@pytest.mark.parametrize(
    ("sentence", "bands"),
    [
        ("Low risks score 1 to 6, medium risks 7 to 14 and high risks 15 to 25.",
         [("Low", 1, 6), ("Medium", 7, 14), ("High", 15, 25)]),
        ("Red is 13 and above, amber 7 to 12, green 6 and under.", [("Green", 1, 6), ("Amber", 7, 12), ("Red", 13, 25)]),
        ("Risks scoring 15 or more are red, 8 to 14 are amber and 7 or less are green.",
         [("Green", 1, 7), ("Amber", 8, 14), ("Red", 15, 25)]),
        ("There are 3 high risks and 4 medium risks.", []),
        ("High risks went from 3 to 5 in the year.", []),
        ("The register was reviewed between 4 and 9 May by the high risk team.", []),
    ],
)  # fmt: skip
def test_bands_are_read_from_a_sentence_that_tells_two_or_more(sentence, bands):
    assert bands_told(sentence, 5) == bands


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("Scores: Low 1, Medium 2, High 3, Very High 4.", {1: "Low", 2: "Medium", 3: "High", 4: "Very High"}),
        ("Likelihood: 1 = Rare, 2 = Possible and 3 = Likely", {1: "Rare", 2: "Possible", 3: "Likely"}),
        ("Impact: H = 3, M = 2, L = 1", {3: "H", 2: "M", 1: "L"}),
        ("Scores: Low 1, High 3", {}),
        ("Sites: Alpha 1, Bravo 3, Charlie 4", {}),
    ],
)
def test_levels_are_read_from_a_sentence_that_counts_from_one(sentence, levels):
    assert levels_told(sentence) == levels


def test_bands_are_read_from_columns_for_the_lowest_and_the_highest_score():
    assert bands_in_columns([["Rating", "From", "To"], ["Low", "1", "6"], ["High", "7", "25"]]) == [
        ("Low", 1, 6),
        ("High", 7, 25),
    ]
    assert bands_in_columns([["Measure", "Target", "Actual"], ["Calls", "1", "6"], ["Visits", "7", "25"]]) == []


def test_cause_and_effect_within_a_description_are_told_apart():
    text = "Loss of power Cause: One substation feeds the site. Effect: Calls are not answered."
    assert parts_told(text) == {
        "event": "Loss of power",
        "source": "One substation feeds the site",
        "effect": "Calls are not answered.",
    }
    assert parts_told("The cause: nobody knows it") == {}
    assert parts_told("Loss of power. It would last a day.") == {}


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("No change (was 12)", 12),
        ("Increased from 9", 9),
        ("▼ Decreased (was 15)", 15),
        ("Up", None),
        ("from 50% to 60%", None),
    ],
)
def test_the_score_before_is_read_from_the_words_about_a_movement(text, score):
    assert read_before(text) == score


def test_two_levels_in_one_cell_are_a_pair():
    assert read_pair("Almost Certain – Major") == ("Almost Certain", "Major")
    assert read_pair("Major") is None
    assert read_pair("16") is None


def test_a_coloured_sign_stands_for_its_band():
    assert (band_word("🔴"), band_word("🟢"), band_word("High")) == ("Red", "Green", "High")


def test_lines_of_a_list_say_whether_the_controls_below_them_are_there():
    lines = ("In place:", "Generator tested", "Second site kept ready", "To do:", "Replace the batteries")
    found = controls_of([Paragraph(line) for line in lines])
    assert [(one["text"], one.get("pending", False)) for one in found] == [
        ("Generator tested", False),
        ("Second site kept ready", False),
        ("Replace the batteries", True),
    ]


def test_semicolons_part_the_controls_of_one_sentence_where_each_begins_anew():
    assert [one["text"] for one in controls_of([Paragraph("Generator tested; Second site kept ready")])] == [
        "Generator tested",
        "Second site kept ready",
    ]
    whole = "Generator tested; it ran for two hours"
    assert [one["text"] for one in controls_of([Paragraph(whole)])] == [whole]


def test_a_rank_with_its_department_is_a_post_and_with_a_name_a_person():
    assert post_of("Superintendent Criminal Justice") == "Superintendent Criminal Justice"
    assert post_of("Superintendent Bloggs") == "Superintendent"
    assert [vacant(text) for text in ("TBC", "T.B.A.", "Vacant", "Head of Estates")] == [True, True, True, False]


MATRIX = """Risk register

Impact / Likelihood\t1\t2\t3
3\t\tR2\tR1
2\t\t{two}\t
1\tR4\t\t

Ref\tRisk\tOwner\tImpact\tLikelihood\tScore
R1\tLoss of power\tHead of Estates\t3\t3\t9
R2\tLoss of water\tHead of Estates\t3\t2\t6
R3\tLoss of data\tHead of Digital\t2\t2\t4
R4\tLoss of heat\tHead of Estates\t1\t1\t1
"""


def findings(two: str) -> list[tuple[str, str, str, str]]:
    reading = propose(read_document(MATRIX.format(two=two).encode(), "risks.txt"))
    return [(one.code, one.reference, one.says, one.should) for one in reading.findings]


def test_a_matrix_that_shows_a_risk_elsewhere_than_its_levels_say_is_found():
    assert findings("R3") == []
    moved = MATRIX.replace("3\t\tR2\tR1", "3\tR3\tR2\tR1").format(two="")
    reading = propose(read_document(moved.encode(), "risks.txt"))
    assert [(one.code, one.reference, one.says, one.should) for one in reading.findings] == [
        ("matrix-place", "R3", "impact 3, likelihood 1", "impact 2, likelihood 2")
    ]


LISTS = """Risk register

Appendix A: Summary of risks

Ref\tRisk\tScore
R1\tLoss of power\t9
R2\tLoss of water\t6
R3\tLoss of data\t4
R4\tLoss of heat\t1
R5\tLoss of staff\t2

Appendix B: Detail of risks

Ref\tRisk\tOwner\tControls
R1\tLoss of power\tHead of Estates\tGenerator tested
R2\tLoss of water\tHead of Estates\tTank kept full
R3\tLoss of data\tHead of Digital\tCopies made each night
R4\tLoss of heat\tHead of Estates\tBoiler serviced
{last}
"""


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("R5\tLoss of staff\tHead of People\tPool of bank staff", []),
        ("R6\tLoss of fuel\tHead of Fleet\tStore kept", [("detail-missing", "R5"), ("overview-missing", "R6")]),
    ],
)
def test_a_summary_and_its_details_hold_the_same_risks(last, found):
    reading = propose(read_document(LISTS.format(last=last).encode(), "risks.txt"))
    assert [(one.code, one.reference) for one in reading.findings] == found


def test_lines_that_were_broken_when_they_were_copied_are_joined():
    text = (
        "Risk register\n\nRisk reference: R 01\nRisk title: The generator of the con-\ntrol room cannot be\nstarted\n"
        "Risk owner: Head of Estates\nImpact: 4   Likelihood: 3   Score: 12\n"
    )
    (record,) = propose(read_document(text.encode(), "risks.txt")).records
    assert (record["reference"], record["title"], record["score"]) == (
        "R 01",
        "The generator of the control room cannot be started",
        12,
    )


def test_issues_and_assumptions_of_a_log_are_no_risks():
    text = (
        "Ref\tRisk\tOwner\tScore\nR1\tLoss of power\tHead of Estates\t9\nR2\tLoss of heat\tHead of Estates\t4\n\n"
        "ID\tIssue\tOwner\tRaised\nI1\tNo cooling\tHead of Estates\t01/02/2025\nI2\tNo lift\tHead of Estates\t02/02/2025\n"
    )
    reading = propose(read_document(text.encode(), "log.txt"))
    assert [one["reference"] for one in reading.records] == ["R1", "R2"]


FORM = "Risk ID\nF{n}\nRisk title\n{title}\nOwner\nHead of Estates\nImpact\n4\nLikelihood\n3\nScore\n12\n\n"


def test_a_form_with_its_answers_below_its_labels_is_a_card_to_each_risk():
    text = "Risk register\n\n" + FORM.format(n=1, title="Loss of power") + FORM.format(n=2, title="Loss of water")
    records = propose(read_document(text.encode(), "risks.txt")).records
    assert [(one["reference"], one["title"], one["owner"], one["impact_value"], one["likelihood_value"], one["score"])
            for one in records] == [("F1", "Loss of power", "Head of Estates", 4, 3, 12),
                                    ("F2", "Loss of water", "Head of Estates", 4, 3, 12)]  # fmt: skip


HEADS = "Ref\tRisk\tImpact {0}\tLikelihood {0}\tRating {0}\tImpact {1}\tLikelihood {1}\tRating {1}\n"


def test_levels_before_and_after_are_those_before_and_after_controls():
    text = (
        HEADS.format("before", "after") + "R1\tLoss of power\t5\t4\t20\t4\t3\t12\nR2\tLoss of heat\t3\t3\t9\t2\t2\t4\n"
    )
    first = propose(read_document(text.encode(), "risks.txt")).records[0]
    assert (first["inherent"]["score"], first["impact_value"], first["likelihood_value"], first["score"]) == (
        20,
        4,
        3,
        12,
    )


def test_of_two_chances_that_which_multiplies_to_the_score_is_the_level():
    text = (
        "Ref\tRisk\tProbability (%)\tProb score\tImpact score\tScore\n"
        "R1\tLoss of power\t51-70%\t4\t4\t16\nR2\tLoss of heat\t31-50%\t3\t2\t6\nR3\tLoss of fuel\t1-10%\t1\t5\t5\n"
    )
    records = propose(read_document(text.encode(), "risks.txt")).records
    assert [(one["impact_value"], one["likelihood_value"]) for one in records] == [(4, 4), (2, 3), (5, 1)]


def test_the_owner_below_the_title_in_its_cell_is_told_apart():
    page = (
        "<table><tr><th>Ref</th><th>Risk and owner</th><th>Impact</th><th>Likelihood</th><th>Score</th></tr>"
        "<tr><td>R1</td><td>Loss of power<br>Owner: Head of Estates</td><td>4</td><td>3</td><td>12</td></tr>"
        "<tr><td>R2</td><td>Loss of heat<br>Owner: Head of Fleet</td><td>2</td><td>2</td><td>4</td></tr></table>"
    )
    records = propose(read_document(page.encode(), "risks.html")).records
    assert [(one["title"], one["owner"]) for one in records] == [
        ("Loss of power", "Head of Estates"),
        ("Loss of heat", "Head of Fleet"),
    ]


def test_the_score_before_stands_in_the_cell_of_the_score():
    text = (
        "Ref\tRisk\tOwner\tScore\nR1\tLoss of power\tHead of Estates\t12 (was 9)\nR2\tLoss of heat\tHead of Fleet\t4\n"
    )
    records = propose(read_document(text.encode(), "risks.txt")).records
    assert [(one["score"], one["previous_score"]) for one in records] == [(12, 9), (4, None)]
