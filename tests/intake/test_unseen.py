"""Papers of offices that no reader was written for: each is read whole, and nothing in it is found falsely."""

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.sniff import read_here
from tests.fixtures.unseen import PAPERS
from tests.fixtures.unseen.common import Unseen, rows_read


@pytest.fixture
def paper(request: pytest.FixtureRequest) -> Unseen:
    return PAPERS[request.param]()


@pytest.mark.parametrize("paper", PAPERS, indirect=True)
def test_an_unseen_paper_is_read_whole_and_nothing_in_it_is_found_falsely(paper: Unseen) -> None:
    found = read(read_here(paper.content, paper.name))
    stated = [dict(record) for record in paper.records]
    assert found.kind == paper.kind
    assert rows_read(paper, found.records) == (stated, len(stated))
    assert sorted(one.code for one in found.findings) == sorted(paper.findings)
    assert any(one["ask"] for one in found.meta.get("columns", ())) == paper.asks


def test_there_are_unseen_papers_of_every_form_and_of_every_kind() -> None:
    held = [make() for make in PAPERS.values()]
    assert {one.form for one in held} == {"docx", "xlsx", "csv", "html", "pdf", "txt"}
    assert {one.kind for one in held} == {
        "risk-register",
        "recommendations",
        "contracts",
        "grants",
        "spend",
        "measures",
        "finance",
        "audit-progress",
        "delivery-plan",
        "inspections",
    }
    assert len({one.name for one in held}) == len(held)
