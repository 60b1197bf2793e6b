"""What is read from each invented register, to the word: references, owners, scores, dates, and the codes of its findings."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose

FIXTURES = Path(__file__).parents[1] / "fixtures" / "risks"


@dataclass(frozen=True)
class Read:
    """references, first recorded and last reviewed with spaces between, - for none. findings: code and reference, sorted."""

    references: str
    owners: list[str]
    scores: list[int | None]
    dated: str | None
    first: str = ""
    reviewed: str = ""
    findings: list[str] = field(default_factory=list)


READ = {
    "canal-likelihood-first.txt": Read(
        references="CT-01 CT-02 CT-03",
        owners=["Head of Engineering", "Head of Moorings", "Chief Finance Officer"],
        scores=[12, 8, 4],
        dated="2025-09-09",
        reviewed="2025-08-01 2025-08-04 2025-08-06",
    ),
    "college-plain-and-residual.csv": Read(
        references="C01 C02 C03",
        owners=["", "", ""],
        scores=[5, 8, 9],
        dated=None,
    ),
    "ferry-damaged.txt": Read(
        references="F1 F2 F3",
        owners=["Director of Marine", "Director of Marine", "Director of People"],
        scores=[16, 8, 12],
        dated=None,
    ),
    "five-by-five.txt": Read(
        references="SR-01 SR-02 SR-03 SR-04 SR-05 SR-06 SR-06 SR-08",
        owners=[
            "Director of Resources",
            "Chief Finance Officer",
            "Head of Estates",
            "Chief Executive",
            "Head of Assurance",
            "Head of Engagement",
            "Head of Estates",
            "Chief Executive",
        ],
        scores=[20, 12, 11, 9, 25, 4, 12, None],
        dated="2024-05-14",
        first="2022-03-03 2021-09-11 2023-01-05 2023-02-01 - 2024-05-01 2023-06-01 -",
        reviewed="2024-04-12 2024-04-02 2024-03-20 2024-02-08 2024-05-01 2024-05-01 2023-05-01 -",
        findings=[
            "band SR-04",
            "control-removed-unexplained SR-01",
            "date-invalid SR-01",
            "date-invalid SR-05",
            "date-without-year SR-01",
            "detail-missing SR-05",
            "level-unknown SR-06",
            "matrix-band",
            "narrative-score SR-01",
            "overview-missing SR-08",
            "reference-duplicate SR-06",
            "reference-duplicate SR-06",
            "review-before-recorded SR-06",
            "review-overdue SR-04",
            "review-overdue SR-06",
            "score-product SR-03",
        ],
    ),
    "harbour-six-by-six.csv": Read(
        references="H-001 H-002 H-003",
        owners=["Harbour Master Officer", "Director of People", "Head of Engineering"],
        scores=[18, 15, 24],
        dated=None,
    ),
    "harbour.txt": Read(
        references="R1 R2 R3 R4 R5",
        owners=["Head of Grants", "Head of Grants", "Head of News", "Head of Fleet", "Head of Estates"],
        scores=[16, 9, 4, 4, None],
        dated="2025-01-09",
        findings=[
            "direction R4",
            "direction-unreadable R3",
            "label-missing R5",
            "overview-missing R5",
            "redacted-detail R2",
            "redacted-row-tells R2",
            "scale-assumed",
        ],
    ),
    "housing-sections.txt": Read(
        references="R1 R2 R9 R10",
        owners=["Director of Homes", "Director of Homes", "Finance Director", "Finance Director"],
        scores=[20, 12, 15, 5],
        dated=None,
    ),
    "library-two-headings.csv": Read(
        references="L1 L2 L3",
        owners=["Head of Buildings", "Data Protection Officer", "Head of Fleet"],
        scores=[8, 5, 4],
        dated=None,
    ),
    "lights-three-by-three.csv": Read(
        references="1 2 3 4",
        owners=["Head of Stores", "Head of Stores", "Chief Finance Officer", "Chief Finance Officer"],
        scores=[None, None, None, None],
        dated=None,
        findings=["scale-assumed"],
    ),
    "museum-triples.txt": Read(
        references="M1 M2 M3",
        owners=["Head of Collections", "Head of Collections", "Head of Trading"],
        scores=[12, 8, 6],
        dated="2025-03-03",
    ),
    "orchard-unknown-headings.txt": Read(
        references="OR1 OR2 OR3",
        owners=["", "", ""],
        scores=[9, 6, 4],
        dated=None,
    ),
    "parks-continued.txt": Read(
        references="P1 P2 P3",
        owners=["Head of Parks", "Head of Parks", "Head of Parks"],
        scores=[9, 6, 4],
        dated=None,
        findings=["scale-assumed"],
    ),
    "register.csv": Read(
        references="FR/1 FR/2 FR/3",
        owners=["Head of Custody", "Head of Estates", "Chief Executive"],
        scores=[12, 20, 6],
        dated=None,
        findings=["residual-above-inherent FR/2", "score-arithmetic FR/3", "score-product FR/2"],
    ),
    "school-words.csv": Read(
        references="SC-1 SC-2 SC-3",
        owners=["Transport Manager", "Estates Manager", "Deputy Head"],
        scores=[12, 10, 10],
        dated=None,
        reviewed="2025-05-04 2025-05-11 2025-05-18",
        findings=["scale-assumed"],
    ),
    "theatre-cards.txt": Read(
        references="T7 T9",
        owners=["Head of Stage", "Finance Manager"],
        scores=[10, 6],
        dated="2026-01-12",
        findings=["date-without-year T9", "owner-person T9", "owner-vacant T9"],
    ),
}


def days(records: list[dict[str, Any]], name: str) -> str:
    """The days of all records; nothing where none has one."""
    found = [record[name] or "-" for record in records]
    return " ".join(found) if {*found} != {"-"} else ""


@pytest.mark.parametrize("name", READ)
def test_a_register_is_read_exactly(name: str) -> None:
    reading = propose(read_document(FIXTURES / name)).as_json()
    records = reading["records"]
    assert READ[name] == Read(
        references=" ".join(record["reference"] or "-" for record in records),
        owners=[record["owner"] or "" for record in records],
        scores=[record["score"] for record in records],
        dated=reading["meta"]["date"],
        first=days(records, "first_recorded"),
        reviewed=days(records, "last_review"),
        findings=sorted(f"{one['code']} {one['reference']}".strip() for one in reading["findings"]),
    )


def test_no_register_is_left_out() -> None:
    assert sorted(READ) == sorted(path.name for path in FIXTURES.iterdir())
