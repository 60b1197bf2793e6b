"""Controls and updates one by one, and what updates tell against the row."""

import pytest

from candour.kernel.intake.cells import cell
from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose
from candour.risks.intake.lists import controls_of, updates_of


def found(words: str) -> list[tuple[str, str, str]]:
    """Findings of a register of one risk (impact 4, likelihood 3, score 12) whose only update is these words."""
    rows = "Ref\tTitle\tOwner\tImpact\tLikelihood\tScore\tUpdates\nA1\tOne\tHead\t4\t3\t12\t"
    reading = propose(read_document(f"{rows}• 01/02/2024 - {words}\n".encode(), "paper.txt"))
    return [(one.code, one.reference, one.should) for one in reading.findings]


def test_several_dated_entries_in_running_text_are_taken_apart():
    updates = updates_of(cell("01/02/24 - begun. 05/03/24 - half done. 1 Apr 24: ended").items)
    assert [(one["date"], one["text"]) for one in updates] == [
        ("2024-02-01", "begun."),
        ("2024-03-05", "half done."),
        ("2024-04-01", "ended"),
    ]


def test_a_struck_control_is_a_removed_one():
    assert [one["removed"] for one in controls_of(cell("• kept • <s>gone</s>").items)] == [False, True]


@pytest.mark.parametrize(
    "words",
    [
        "score now 12",
        "20 staff trained; score to be reviewed in 6 months",
        "aim to reduce score to 8 by June",
        "the score will reduce to 4 when done",
        "reduced to 10 staff",
        "Impact on 15 officers; likelihood 75%",
        "score increased to 16 in error. Score reduced to 12",
    ],
)
def test_what_updates_intend_or_count_is_no_contradiction(words):
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "code", "should"),
    [
        ("Score reduced to 8", "narrative-score", "8"),
        ("reduced to 8 from 12", "narrative-score", "8"),
        ("likelihood is now 2", "narrative-likelihood", "2"),
        ("Impact increased from 4 to 5", "narrative-impact", "5"),
    ],
)
def test_what_the_last_update_tells_is_held_against_the_row(words, code, should):
    assert found(words) == [(code, "A1", should)]
