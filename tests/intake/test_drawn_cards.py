"""Recommendations drawn by lot as cards: whatever their labels are called, as lines or tables, they read the same in every
form."""

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.sniff import read_here
from tests.fixtures.unseen.common import rows_read
from tests.fixtures.unseen.drawn_cards import FORMS, drawn_cards


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_of_cards_is_what_was_drawn(form: str, number: int) -> None:
    paper = drawn_cards(number, form)
    found = read(read_here(paper.content, paper.name))
    assert found.kind == "recommendations"
    assert rows_read(paper, found.records)[0] == [dict(row) for row in paper.records]
    assert [one.code for one in found.findings] == []
