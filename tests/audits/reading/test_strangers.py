"""Progress reports as other auditors lay them out, invented: all that is printed is read, and nothing is raised falsely."""

import pytest

from candour.audits.intake.progress import propose
from candour.kernel.intake.kinds import kind_of
from candour.kernel.intake.sniff import read_here

from .strangers import STRANGERS
from .strangers.bank import Stranger, read_of


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Stranger:
    return STRANGERS[request.param]()


@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_a_report_of_a_stranger_is_read_whole_and_raises_nothing_false(stranger: Stranger) -> None:
    document = read_here(stranger.content, stranger.name)
    reading = propose(document)
    (record,) = reading.records
    assert read_of(record, list(stranger.told)) == dict(stranger.told)
    assert sorted(one.code for one in reading.findings) == sorted(stranger.findings)
    assert kind_of(document).name == "audit-progress"
