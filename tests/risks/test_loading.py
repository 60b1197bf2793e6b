"""A register that is loaded: what it dates to one day is one entry of a risk, with every reason for it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.kernel.records.lines import check
from candour.kernel.records.models import Record
from candour.risks.models import Risk, RiskLine
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
HEADINGS = "Ref,Risk,Risk owner,Impact,Likelihood,Score,Controls,Date raised,Last reviewed"


def loaded(house: House, folder: Path, *rows: str) -> Any:
    file = folder / "register.csv"
    file.write_text("\n".join([HEADINGS, *rows]))
    found = read(read_document(file), "risk-register")
    return load(found, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY, accept_findings=True)


def told(reference: str) -> list[tuple[str, date, str, list[str]]]:
    """(event, from which day, why, what it changed) of each entry of a risk, the first first."""
    record = Record.objects.get(reference=reference)
    found = events(list(entries_of(record).order_by("sequence")))
    return [
        (each.event, each.effective, each.reason, sorted(change.model for change in each.changes)) for each in found
    ]


def test_what_is_dated_to_one_day_is_one_entry(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, "R1,Fleet is too old,Chief Executive,3,2,6,Buy vans,10/01/2026,01/05/2026")
    assert told("R1") == [
        ("risk.raised", date(2026, 1, 10), "Read from register.csv", ["records.record", "risks.control", "risks.risk"]),
        (
            "risk.reviewed",
            date(2026, 5, 1),
            "As printed, in register.csv; Last review as printed in register.csv",
            ["risks.assessment", "risks.risk"],
        ),
    ]
    assert verify().failure == ""
    assert check() == ""


def test_what_is_dated_to_the_day_it_was_first_recorded_is_raised_with_it(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, "R1,Fleet is too old,Chief Executive,3,2,6,Buy vans,10/01/2026,10/01/2026")
    why = "As printed, in register.csv; Last review as printed in register.csv"
    changed = ["records.record", "risks.assessment", "risks.control", "risks.risk"]
    assert [(event, day, sorted(models)) for event, day, _, models in told("R1")] == [
        ("risk.raised", date(2026, 1, 10), changed)
    ]
    assert told("R1")[0][2].startswith("Read from register.csv; ")
    assert set(told("R1")[0][2].split("; ")) == {"Read from register.csv", *why.split("; ")}
    line = RiskLine.objects.values_list("score", "last_review", "scored_on", "first_recorded").get()
    assert line == (6, date(2026, 1, 10), date(2026, 1, 10), date(2026, 1, 10))
    assert verify().failure == ""


def test_many_are_loaded_as_one_is(house: House, tmp_path: Path) -> None:
    rows = [
        f"M{n:02},Risk {n},Head of fleet {n % 3},{n % 4 + 1},{n % 3 + 1},,Do {n},0{n % 9 + 1}/02/2026,0{n % 8 + 1}/05/2026"
        for n in range(40)
    ]
    saved = loaded(house, tmp_path, *rows)
    assert len(saved.made) == 40
    many = {f"M{number:02}": told(f"M{number:02}") for number in range(40)}
    assert {tuple(event for event, *_ in entries) for entries in many.values()} == {("risk.raised", "risk.reviewed")}
    assert many["M07"][1][1] == date(2026, 5, 8)
    owners = Risk.objects.filter(record__reference="M07").values_list("record__owner__title", flat=True)
    assert list(owners) == ["Head of fleet 1"]
    assert verify().failure == ""
    assert check() == ""
    assert loaded(house, tmp_path, *rows).made == ()


def test_forty_are_loaded_in_as_many_questions_as_thirty(house: House, tmp_path: Path) -> None:
    def asked(numbers: range) -> int:
        rows = [f"S{n:03},Risk {n},Chief Executive,2,2,4,Do {n},03/02/2026,04/05/2026" for n in numbers]
        with CaptureQueriesContext(connection) as captured:
            loaded(house, tmp_path, *rows)
        return len(captured)

    asked(range(100, 130))
    assert asked(range(200, 230)) == asked(range(300, 340))
