"""Who agreed a change is a fact of its entry: hashed, verified, removable, and absent from entries that name nobody."""

import json

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.history.codec import codec
from candour.kernel.history.commands import redact_reason
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.risks.models import Risk
from tests.factories import NOW, House, a_risk
from tests.history.conftest import Story
from tests.history.tamper import alter, failure, rewrite

BOARD = "Joint Audit Panel, 12 June"


def agreed(risk: Risk, approver: str) -> Entry:
    with recording("risk.noted", risk.record, actor=CANDOUR, at=NOW, reason="Said so", approver=approver):
        risk.save()
    return entries_of(risk.record)[0]


def test_an_entry_says_who_agreed_it(house: House) -> None:
    entry = agreed(a_risk(house), f" {BOARD} ")
    (event,) = events([entry])
    assert (event.approver, event.reason, event.actor_label) == (BOARD, "Said so", "Candour")
    assert verify().failure == ""


def test_an_entry_that_nobody_agreed_has_the_text_it_always_had(house: House) -> None:
    entry = agreed(a_risk(house), "")
    assert "approver" not in json.loads(entry.canonical)
    assert events([entry])[0].approver == ""


def test_the_approver_is_kept_as_a_word_that_can_be_removed(house: House) -> None:
    risk = a_risk(house)
    entry = agreed(risk, BOARD)
    assert BOARD not in entry.canonical
    redact_reason(risk.record, entry, actor=CANDOUR, at=NOW, reason="A name stood here", said="approver")
    (event,) = events([entries_of(risk.record)[1]])
    assert (event.approver, event.reason) == ("[removed]", "Said so")
    assert verify().failure == ""


def test_an_approver_altered_behind_candours_back_is_found(house: House) -> None:
    entry = agreed(a_risk(house), BOARD)
    alter(entry, words=entry.words | {"approver": entry.words["approver"] + "s"})
    assert failure().endswith("words were altered")


def test_an_approver_taken_out_of_the_text_is_found(story: Story) -> None:
    entry = agreed(story.risk, BOARD)
    rewrite(entry, approver="")
    assert failure() == f"{story.record.reference} (records.record {story.risk.pk}) entry 4: words were altered"


def test_a_field_that_a_model_gained_later_reads_as_its_default_in_older_states(house: House) -> None:
    risk = a_risk(house)
    shot = Snapshot.objects.get(model="risks.risk", key=risk.pk)
    older = json.loads(shot.facts)
    del older["category"]
    opened = codec(Risk).opened(json.dumps(older), shot.words)
    assert opened["category"] == ""
    assert opened == codec(Risk).opened(shot.facts, shot.words)


def test_nobody_writes_over_what_they_have_not_read(house: House) -> None:
    risk = a_risk(house)
    record = Record.objects.get(pk=risk.pk)
    with unless_overtaken([record], {record.pk: 1}):
        agreed(risk, "")
    with pytest.raises(Overtaken) as caught, unless_overtaken([record], {record.pk: 1}):
        agreed(risk, "")
    assert caught.value.records == (record.pk,)
    assert Entry.objects.filter(record_kind="records.record", record_id=record.pk).count() == 2
