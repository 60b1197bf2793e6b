"""A workbook is loaded many rows at a time: what is written of each row is what it would be by itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.history.codec import codecs
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import events
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.progress import told_to
from candour.kernel.intake.readers import read_document
from candour.kernel.records.lines import check
from candour.kernel.records.models import Record, SearchText
from candour.risks.intake import save as saving
from candour.risks.models import ControlLine, RiskLine
from tests.factories import NOW, TODAY, House, a_risk

pytestmark = pytest.mark.django_db
HEADINGS = "Ref,Risk,Risk owner,Impact,Likelihood,Score,Controls,Status,Date raised,Last reviewed"
ROWS = [
    f"A{n:02},Vehicles of depot {n} fail,Head of fleet {n % 3},{n % 4 + 1},{n % 3 + 1},,Buy {n} vans,"
    f"{'Controls Tasked' if n % 2 else 'Managed'},0{n % 9 + 1}/02/2026,{'' if n % 5 == 0 else f'0{n % 8 + 1}/05/2026'}"
    for n in range(17)
]


def loaded(house: House, folder: Path, rows: Sequence[str]) -> Any:
    file = folder / "register.csv"
    file.write_text("\n".join([HEADINGS, *rows]))
    found = read(read_document(file), "risk-register")
    return load(found, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY, accept_findings=True)


def without_numbers(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row by field, without those that number rows: they depend on what was written before."""
    numbers = {field.name for field in model._meta.concrete_fields if field.primary_key or field.is_relation}
    columns = {field.attname for field in model._meta.concrete_fields if field.name in numbers}
    return {name: value for name, value in values.items() if name not in numbers | columns}


def stood(shot: Snapshot) -> dict[str, Any]:
    """What a state says, with its words."""
    coder = codecs()[shot.model]
    return without_numbers(coder.model, coder.opened(shot.facts, shot.words))


def everything() -> dict[str, Any]:
    """By reference all that is written of each risk: entries, states, line, what search finds it by, lines of controls."""
    found: dict[str, Any] = {}
    for record in Record.objects.filter(kind="risk", reference__startswith="A"):
        entries = list(Entry.objects.filter(record_kind="records.record", record_id=record.pk).order_by("sequence"))
        shots = Snapshot.objects.filter(record_kind="records.record", record_id=record.pk).order_by("sequence", "pk")
        found[record.reference] = [
            [
                (e.sequence, e.event, e.actor_label, e.recorded_at, e.effective, e.reason, e.record_label, e.holds)
                for e in events(entries)
            ],
            [[(change.model, change.new) for change in e.changes] for e in events(entries)],
            [(s.sequence, s.model, s.effective, s.recorded_at, stood(s)) for s in shots],
            [without_numbers(RiskLine, row) for row in RiskLine.objects.filter(record=record).values()],
            list(SearchText.objects.filter(record=record).values_list("text", flat=True)),
            [without_numbers(ControlLine, row) for row in ControlLine.objects.filter(record=record).values()],
        ]
    return found


def after(house: House, folder: Path, *parts: Sequence[str]) -> dict[str, Any]:
    """All that is written when the rows are loaded in these parts; the database is then as before."""
    with transaction.atomic():
        for rows in parts:
            loaded(house, folder, rows)
        found = everything()
        assert (verify().failure, check()) == ("", "")
        transaction.set_rollback(True)
    return found


def test_many_rows_write_what_each_writes_by_itself(house: House, tmp_path: Path, monkeypatch: Any) -> None:
    alone = after(house, tmp_path, *([row] for row in ROWS))
    assert sorted(alone) == [f"A{n:02}" for n in range(17)]
    assert [len(parts) for parts in alone["A01"]] == [2, 2, 5, 1, 1, 1]
    assert after(house, tmp_path, ROWS) == alone
    monkeypatch.setattr(saving, "AT_ONCE", 7)
    assert after(house, tmp_path, ROWS) == alone


def test_a_reference_that_comes_twice_is_refused_in_whatever_batch_it_stands(
    house: House, tmp_path: Path, monkeypatch: Any
) -> None:
    said = []
    for at_once in (1000, 7):
        monkeypatch.setattr(saving, "AT_ONCE", at_once)
        with pytest.raises(saving.Refused) as refused:
            loaded(house, tmp_path, [*ROWS[:12], ROWS[2]])
        said.append(refused.value.message)
        assert Record.objects.filter(reference__startswith="A").count() == 0
    assert said == ["A02 is taken: enter another reference"] * 2


def test_a_load_reads_of_the_register_only_what_the_paper_names(house: House, tmp_path: Path) -> None:
    def asked(rows: Sequence[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            loaded(house, tmp_path, rows)
        return len(captured)

    asked(ROWS[:3])
    beside_few = asked(ROWS[6:9])
    for number in range(30):
        a_risk(house, reference=f"Z{number:02}")
    with CaptureQueriesContext(connection) as captured:
        loaded(house, tmp_path, ROWS[11:14])
    assert len(captured) == beside_few
    assert [query["sql"] for query in captured if "Z0" in query["sql"]] == []


def test_what_stands_is_found_among_what_is_new(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, ROWS[:5])
    saved = loaded(house, tmp_path, ROWS[2:9])
    assert (saved.made, saved.changed) == (("A05", "A06", "A07", "A08"), ())
    assert saved.unchanged == ("A02", "A03", "A04")


def test_whoever_waits_is_told_how_far_a_load_has_come(house: House, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 7)
    told: list[tuple[str, int, int]] = []
    with told_to(lambda *said: told.append(said)):
        loaded(house, tmp_path, ROWS)
    assert told == [("Saved", 7, 17), ("Saved", 14, 17), ("Saved", 17, 17)]
