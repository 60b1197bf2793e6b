"""Papers as other bodies lay them out, invented: every field that a paper prints is read, and nothing that is no risk."""

import pytest

from candour.kernel.intake.kinds import kind_of
from candour.kernel.intake.sniff import read_here
from candour.risks.intake import propose
from tests.intake_quality.strangers import STRANGERS
from tests.intake_quality.strangers.bank import Stranger, read_of


@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_a_paper_of_a_stranger_is_read_whole_and_raises_nothing_false(stranger: Stranger) -> None:
    document = read_here(stranger.content, stranger.name)
    reading = propose(document)
    expected = [dict(record) for record in stranger.records]
    assert [read_of(record, list(one)) for record, one in zip(reading.records, expected, strict=False)] == expected
    assert len(reading.records) == len(expected)
    assert sorted(one.code for one in reading.findings) == sorted(stranger.findings)
    assert reading.meta["date"] == stranger.dated
    rows = reading.meta["rows"]
    assert rows["printed"] == sum(rows[name] for name in ("records", "meta", "set_aside", "joined"))
    assert kind_of(document).name == "risk-register"


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Stranger:
    return STRANGERS[request.param]()
