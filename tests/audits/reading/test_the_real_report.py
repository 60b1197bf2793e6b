"""The real progress report, where it is at hand beside the repository: its reports, plans, scales and contradictions."""

from collections import Counter
from pathlib import Path

import pytest

from candour.audits.intake.progress import propose, recognises
from candour.kernel.intake.readers import read_document

PAPER = Path(__file__).parents[3] / ".." / "shared" / "papers" / "internal-audit-progress-2023-10.txt"
pytestmark = pytest.mark.skipif(not PAPER.exists(), reason="the real paper is not beside this repository")

# (year, opinion, advisory, collaboration, counts by priority, full recommendations, brief ones) of each report
REPORTS = [
    ("2022/23", "Satisfactory", False, False, (0, 1, 1), 1, 1), ("2022/23", "Limited", False, False, (1, 1, 0), 2, 0),
    ("2022/23", "Limited", False, False, (2, 2, 0), 4, 0), ("2022/23", "Satisfactory", False, False, (0, 2, 1), 2, 1),
    ("2022/23", None, True, False, (0, 2, 4), 2, 4), ("2022/23", "Limited", False, True, (2, 3, 0), 5, 0),
    ("2022/23", "Satisfactory", False, True, (0, 1, 1), 1, 1), ("2022/23", "Satisfactory", False, True, (0, 2, 0), 2, 0),
    ("2023/24", "Moderate", False, False, (0, 1, 1), 1, 1),
]  # fmt: skip
FINDINGS = {
    "count-in-words": 2, "plan-order": 1, "priority-unknown": 1, "priority-off-scale": 1, "appendix-number": 3,
    "appendix-unknown": 1, "completed-but-due": 1, "group-twice": 2, "item-twice": 1, "owner-missing": 3,
    "target-missing": 1, "plan-undated": 1, "plan-status-missing": 5, "text-run-together": 1, "target-in-words": 6,
    "owner-without-post": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> dict:  # type: ignore[type-arg]
    document = read_document(PAPER)
    assert recognises(document) == 1.0
    return propose(document).as_json()


def test_every_report_is_read_with_its_opinion_counts_and_recommendations(reading) -> None:  # type: ignore[no-untyped-def]
    (record,) = reading["records"]
    found = []
    for report in record["reports"]:
        brief = sum(one["reference"].startswith("H") for one in report["recommendations"])
        counts = tuple(report["counts"][word] for word in ("1", "2", "3"))
        head = (report["year"], report["opinion"], report["advisory"], report["collaboration"])
        found.append((*head, counts, len(report["recommendations"]) - brief, brief))
    assert found == REPORTS


def test_plans_indicators_and_scales_are_read(reading) -> None:  # type: ignore[no-untyped-def]
    (record,) = reading["records"]
    assert (len(record["plan"]), len(record["collaboration_plan"]), len(record["kpis"])) == (13, 3, 7)
    assert [stage["stage"] for stage in record["plan"][0]["stages"]] == [
        "fieldwork",
        "draft_report",
        "final_report",
        "meeting",
    ]
    assert [stage["date"] for stage in record["plan"][1]["stages"]] == ["2023-10-23", "2023-11", "2023-12", "2024-01"]
    assert [(one["kind"], one["year"], len(one["levels"])) for one in record["scales"]] == [
        ("opinion", "2022/23", 4), ("priority", "2022/23", 3), ("opinion", "2023/24", 4), ("priority", "2023/24", 3),
    ]  # fmt: skip
    assert [(one["done"], one["of"]) for one in record["kpis"][3:]] == [(1, 1), (1, 1), (8, 8), (0, 1)]


def test_it_contradicts_itself_so_often_and_not_more(reading) -> None:  # type: ignore[no-untyped-def]
    assert Counter(finding["code"] for finding in reading["findings"]) == FINDINGS
