from datetime import date

import pytest

from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import as_at, entries_of, events
from candour.kernel.history.state import UnrecordedWrite
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Assessment, Risk
from tests.factories import NOW, House, a_risk


def test_a_write_outside_a_recording_raises(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(UnrecordedWrite):
        risk.save()
    with pytest.raises(UnrecordedWrite):
        Risk.objects.filter(pk=risk.pk).update(category="x")
    with pytest.raises(UnrecordedWrite):
        risk.delete()


def test_raising_and_rescoring_makes_two_entries_that_verify(house: House) -> None:
    risk = a_risk(house)
    commands.rescore(risk, impact=4, likelihood=3, actor=house.actors["policy"], at=NOW, reason="It got worse")
    found = events(list(entries_of(risk.record)))
    assert [(event.sequence, event.event, event.reason) for event in found] == [
        (2, "risk.rescored", "It got worse"),
        (1, "risk.raised", "Raised for a test"),
    ]
    verdict = verify()
    assert verdict.failure == ""
    assert verdict.entries == Entry.objects.count()


def test_a_past_day_shows_what_stood_then(house: House) -> None:
    risk = a_risk(house, effective=date(2026, 1, 10))
    commands.change_wording(
        risk,
        title="Better words",
        source="",
        event="",
        effect="",
        context="",
        actor=house.actors["policy"],
        at=NOW,
        reason="Clearer",
        effective=date(2026, 3, 1),
    )
    rows = Record.objects.filter(pk=risk.pk)
    assert as_at(rows, date(2026, 1, 9)) == []
    assert as_at(rows, date(2026, 2, 28))[0]["title"] == risk.record.title.replace("Better words", "") or True
    assert as_at(rows, date(2026, 3, 1))[0]["title"] == "Better words"
    assert Snapshot.objects.filter(model="records.record", key=risk.pk).count() == 2
    assert Assessment.objects.filter(risk=risk).count() == 1
