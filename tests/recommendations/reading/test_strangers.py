"""Trackers as other offices lay them out, invented: every field that is printed is read, and nothing is raised falsely."""

import pytest

from candour.kernel.intake.kinds import kind_of
from candour.kernel.intake.sniff import read_here
from candour.recommendations.intake import propose

from .strangers import STRANGERS
from .strangers.bank import Stranger, read_of


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Stranger:
    return STRANGERS[request.param]()


@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_a_tracker_of_a_stranger_is_read_whole_and_raises_nothing_false(stranger: Stranger) -> None:
    document = read_here(stranger.content, stranger.name)
    reading = propose(document)
    expected = [dict(record) for record in stranger.records]
    assert [read_of(record, list(one)) for record, one in zip(reading.records, expected, strict=False)] == expected
    assert len(reading.records) == len(expected)
    assert sorted(one.code for one in reading.findings) == sorted(stranger.findings)
    assert reading.meta["date"] == stranger.dated
    assert kind_of(document).name == "recommendations"
