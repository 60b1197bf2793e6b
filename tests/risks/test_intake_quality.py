"""Every planted contradiction is found and clean papers raise nothing. `python -m tests.intake_quality` tries more of them."""

import pytest

from candour.risks.intake import propose
from tests.intake_quality.forms import FORMS
from tests.intake_quality.measure import NEEDS_PAPER, measure, papers
from tests.intake_quality.plants import PLANTS

# Of the papers every so manieth; prime to the layouts, sizes and forms of scores, so that each comes round. Files take longer.
EVERY = {"text": 11, "csv": 11, "document": 11, "word": 53, "html": 53, "workbook": 23, "pdf": 29}
# Of the contradictions that a paper can hold every so manieth; a PDF takes longest to set and to read.
PLANTED = {"pdf": 31}


@pytest.mark.parametrize("form", FORMS)
def test_clean_papers_raise_nothing_and_planted_contradictions_are_all_found(form: str) -> None:
    measured = measure(form, every=EVERY[form], plants=PLANTED.get(form, 3))
    assert (measured.false, measured.missed, measured.beside) == ([], [], [])
    assert (measured.recall, measured.precision) == (1.0, 1.0)


@pytest.mark.parametrize("form", ["text", "document"])
def test_each_kind_of_contradiction_is_planted(form: str) -> None:
    kinds = set()
    for _name, paper in papers(form, every=3):
        kinds |= {kind for kind, plant in PLANTS.items() if plant(paper.copy()) is not None}
    assert kinds == set(PLANTS)


@pytest.mark.parametrize("form", FORMS)
def test_clean_papers_read_whole_and_ask_nothing(form: str) -> None:
    for name, paper in papers(form, every=EVERY[form]):
        reading = propose(FORMS[form](paper))
        printed = paper.rows or paper.cards
        assert [(one["reference"], one["title"], one["owner"]) for one in reading.records] == [
            (row["Reference"], row["Title"], row["Owner"]) for row in printed
        ], name
        assert not any(one["ask"] for one in reading.meta["columns"]), name


def test_what_a_sheet_cannot_show_is_a_kind_that_there_is() -> None:
    assert NEEDS_PAPER - set(PLANTS) == set()
