"""A tracker held against an auditor's progress report: what they print differently, and nothing where they agree."""

from pathlib import Path

import pytest

from candour.audits.intake import progress
from candour.config.cli import main
from candour.kernel.intake.commands import read_against
from candour.kernel.intake.kinds import UnknownKind
from candour.kernel.intake.readers import read_document
from candour.recommendations.intake import propose
from candour.recommendations.intake.across import between
from tests.audits.reading.papers import Rec
from tests.audits.reading.papers import as_text as progress_text
from tests.audits.reading.papers import clean as clean_progress

from .forms import as_text
from .trackers import clean

PAPERS = Path(__file__).parents[3] / ".." / "shared" / "papers"
TEXT = "The office should count what is in the store each month and write down what it finds there."


def pair(opinion: str = "LIMITED ASSURANCE", priority: str = "High", target: str = "31 March 2025"):  # type: ignore[no-untyped-def]
    """A tracker and a progress report that hold one recommendation of one audit, and other audits each."""
    tracker, report = clean(0), clean_progress(0)
    first = tracker.recs[0]
    first.audit, first.month, first.opinion, first.text = "STORES", "July 2024", opinion, TEXT
    first.priority, first.target = priority, target
    for one in report.reports:
        one.title = f"Other {one.title}"
    report.reports[0].title, report.reports[0].opinion = "Stores", "Limited"
    report.reports[0].recs = [Rec("1", TEXT, "Head of Stores – March 2025")]
    return propose(as_text(tracker)), progress.propose(progress_text(report))


def test_papers_that_agree_raise_nothing() -> None:
    assert between(*pair()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opinion": "MODERATE OPINION"}, "opinion-between-papers"),
        ({"priority": "Low"}, "priority-between-papers"),
        ({"target": "30 June 2025"}, "target-between-papers"),
    ],
)
def test_what_two_papers_print_differently_is_told(change: dict[str, str], code: str) -> None:
    assert [one.code for one in between(*pair(**change))] == [code]


def test_findings_between_papers_are_said_first() -> None:
    tracker, report = pair(opinion="MODERATE OPINION")
    assert [one.code for one in read_against(tracker, report).findings][:1] == ["opinion-between-papers"]


def test_papers_that_share_nothing_cannot_be_held_against_each_other() -> None:
    tracker, report = pair()
    with pytest.raises(UnknownKind, match="cannot be held against"):
        read_against(report, tracker)


@pytest.mark.django_db
@pytest.mark.skipif(not PAPERS.exists(), reason="the real papers are not beside this repository")
def test_the_real_papers_differ_in_one_opinion(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (next(PAPERS.glob(f"{name}*.txt")) for name in ("audit-recommendations", "internal-audit"))
    assert main(["read", str(first), "--against", str(second)]) == 0
    printed = capsys.readouterr().out
    assert (printed.count("in the tracker and"), "Moderate in the progress report" in printed) == (1, True)
    assert read_document(first).name in printed
