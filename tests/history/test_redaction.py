"""A word that must not be kept goes from everywhere, and the history still verifies."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from candour.kernel.access import CANDOUR
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import redact, redact_reason, seal
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import as_at, entries_of, events, word_as_at
from candour.kernel.history.state import UnrecordedWrite
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record, SearchText
from candour.kernel.records.search import search, searchable
from candour.risks import commands
from candour.risks.models import Control, Risk, Update
from tests.factories import NOW, TODAY, House, a_risk
from tests.history.conftest import Story
from tests.history.tamper import failure, sql

SAID = {"actor": CANDOUR, "at": NOW, "reason": "A name was removed"}
NAME = "Nightingale"


def places_of(word: str) -> list[str]:
    """Every table and column of the database in which a word stands."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                text = f"LOWER(CAST({connection.ops.quote_name(field.column)} AS TEXT))"
                with connection.cursor() as cursor:
                    table = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {text} LIKE %s", [f"%{word.lower()}%"])
                    if cursor.fetchone()[0]:
                        found.append(f"{model._meta.label_lower}.{field.name}")
    return sorted(found)


def test_a_redacted_update_is_gone_from_the_row_its_states_its_entries_and_search(house: House) -> None:
    risk = a_risk(house)
    update = commands.record_update(risk, text=f"{NAME} has left", **SAID)
    assert places_of(NAME) == ["history.snapshot.words", "records.searchtext.text", "risks.update.text"]
    assert redact(held(risk), update, "text", **SAID) == 1
    assert places_of(NAME) == []
    assert Update.objects.get(pk=update.pk).text == REMOVED
    assert list(search(NAME, actor=CANDOUR)) == []
    assert verify().failure == ""


def test_a_redacted_title_is_gone_from_every_state_and_change(house: House) -> None:
    risk = a_risk(house, title=f"{NAME} could leave")
    words = {"source": "", "event": "", "effect": "", "context": ""}
    commands.change_wording(risk, title=f"{NAME} may leave", **words, **SAID)
    commands.change_wording(risk, title="Somebody may leave", **words, **SAID)
    assert places_of(NAME) == ["history.entry.words", "history.snapshot.words"]
    # Three states, and what two changes said: from A to B, and from B to C.
    assert redact(held(risk), risk.record, "title", **SAID) == 7
    assert places_of(NAME) == []
    assert Record.objects.get(pk=risk.pk).title == REMOVED
    assert verify().failure == ""


def test_only_the_named_field_of_the_named_row_is_redacted(house: House) -> None:
    risk = a_risk(house, title="Kept title", source=NAME, effect="Kept effect")
    other = a_risk(house, source="Kept source")
    redact(held(risk), risk, "source", **SAID)
    assert list(Risk.objects.filter(pk=risk.pk).values_list("source", "effect")) == [(REMOVED, "Kept effect")]
    assert Record.objects.get(pk=risk.pk).title == "Kept title"
    assert Risk.objects.get(pk=other.pk).source == "Kept source"
    assert SearchText.objects.get(pk=risk.pk).text == searchable(f"{risk.record.reference} kept title effect removed")


def test_the_past_shows_that_a_word_was_removed(house: House) -> None:
    risk = a_risk(house, source=NAME)
    redact(held(risk), risk, "source", **SAID)
    assert as_at(Risk.objects.filter(pk=risk.pk), TODAY)[0]["source"] == REMOVED
    raised = events(list(entries_of(risk.record)))[-1]
    change = next(change for change in raised.changes if change.model == "risks.risk")
    assert change.get("source") == (None, REMOVED)


def test_a_removed_title_is_read_as_removed_on_a_past_day(house: House) -> None:
    risk = a_risk(house, title=f"{NAME} could leave")
    redact(held(risk), risk.record, "title", **SAID)
    assert word_as_at(Record.objects.filter(pk=risk.pk), "title", TODAY) == {risk.pk: REMOVED}


def test_the_entry_of_a_redaction_says_who_and_why_but_not_what(house: House) -> None:
    risk = a_risk(house, source=NAME)
    redact(held(risk), risk, "source", actor=house.actors["chief"], at=NOW, reason="It named a person")
    (event,) = events([entries_of(risk.record)[0]])
    assert (event.event, event.actor_label, event.reason) == (
        "history.redacted",
        "Chief Executive",
        "It named a person",
    )
    assert event.changes == ()


def test_a_redacted_field_can_be_written_and_redacted_again(house: House) -> None:
    risk = a_risk(house)
    control = commands.add_control(risk, text=f"{NAME} checks it", **SAID)
    redact(held(risk), control, "text", **SAID)
    assert redact(held(risk), control, "text", **SAID) == 0
    control.refresh_from_db()
    commands.settle_control(control, answer="in place", **SAID)
    assert Control.objects.get(pk=control.pk).text == REMOVED
    assert verify().failure == ""


def test_a_reason_can_be_redacted(house: House) -> None:
    risk = a_risk(house, reason=f"{NAME} asked for it")
    redact_reason(held(risk), entries_of(risk.record)[0], **SAID)
    assert places_of(NAME) == []
    assert events(list(entries_of(risk.record)))[-1].reason == REMOVED
    assert verify().failure == ""


def test_a_redaction_leaves_the_seals_as_they_were(house: House) -> None:
    risk = a_risk(house, source=NAME)
    made = seal(at=NOW)
    assert made is not None
    redact(held(risk), risk, "source", **SAID)
    assert (verify().failure, verify().root) == ("", made.root)


def test_a_field_that_holds_no_free_text_cannot_be_redacted(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(ValueError, match="level holds no free text"):
        redact(held(risk), risk, "level", **SAID)


def test_a_row_of_another_record_cannot_be_redacted(house: House) -> None:
    risk, other = a_risk(house), a_risk(house, source=NAME)
    with pytest.raises(UnrecordedWrite, match="belongs to Record"):
        redact(held(risk), other, "source", **SAID)
    assert Risk.objects.get(pk=other.pk).source == NAME
    assert verify().failure == ""


def test_a_reason_of_another_record_cannot_be_redacted(house: House) -> None:
    risk, other = a_risk(house), a_risk(house, reason=NAME)
    with pytest.raises(ValueError, match="the entry is not of this record"):
        redact_reason(held(risk), entries_of(other.record)[0], **SAID)
    assert verify().failure == ""


def test_a_word_removed_without_its_redaction_is_found(story: Story) -> None:
    sql("UPDATE history_entry SET words = %s WHERE id = %s", "{}", story.entry(1).pk)
    assert failure() == f"{story.name}: words are gone that no redaction accounts for"


def test_a_redaction_of_one_record_does_not_account_for_the_words_of_another(house: House, story: Story) -> None:
    risk = a_risk(house, source=NAME)
    redact(held(risk), risk, "source", **SAID)
    sql("UPDATE history_entry SET words = %s WHERE id = %s", "{}", story.entry(1).pk)
    assert failure() == f"{story.name}: words are gone that no redaction accounts for"


def test_a_redacted_word_cannot_be_put_back(house: House) -> None:
    risk = a_risk(house, reason=NAME)
    entry = entries_of(risk.record)[0]
    words: dict[str, Any] = dict(entry.words)
    redact_reason(held(risk), entry, **SAID)
    with pytest.raises(Exception, match="history is append only"):
        models.QuerySet(Entry).filter(pk=entry.pk).update(words=words)


def held(risk: Risk) -> Record:
    return Record.objects.get(pk=risk.pk)
