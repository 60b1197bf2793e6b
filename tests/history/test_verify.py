"""What verify sees of changes made behind Candour's back."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F

from candour.kernel.history.commands import seal
from candour.kernel.history.models import Entry, Seal, Snapshot
from candour.kernel.history.verify import Verdict, verify
from candour.kernel.records.models import Record
from candour.risks.models import Assessment, Control, Risk, RiskLine, Update
from tests.factories import NOW, House, a_risk
from tests.history.conftest import Story
from tests.history.tamper import alter, failure, plain, rewrite, unguarded


def test_what_was_recorded_verifies(story: Story) -> None:
    made = seal(at=NOW)
    assert made is not None
    assert verify() == Verdict(entries=Entry.objects.count(), seals=1, root=made.root, failure="")
    assert verify().as_json() == {
        "holds": True,
        "entries": Entry.objects.count(),
        "seals": 1,
        "root": made.root,
        "first_failure": None,
    }


def test_a_history_without_entries_verifies(db: None) -> None:
    assert verify() == Verdict(entries=0, seals=0, root="", failure="")


# Entries


def test_a_text_that_was_altered_no_longer_matches_its_hash(story: Story) -> None:
    alter(story.entry(1), canonical=story.entry(1).canonical.replace("risk.raised", "risk.gained"))
    assert failure() == f"{story.name} entry 1: the text does not match its hash"


def test_a_text_altered_with_its_hash_breaks_the_chain_at_the_next_entry(story: Story) -> None:
    rewrite(story.entry(1), event="risk.gained")
    assert failure() == f"{story.name} entry 2: it does not follow the entry before it"


def test_the_last_text_altered_with_its_hash_is_not_the_one_that_the_head_names(story: Story) -> None:
    rewrite(story.entry(3), event="risk.gained")
    assert failure() == f"records.record {story.risk.pk}: its last entry is not the one its head names"


def test_a_text_altered_with_its_hash_and_head_is_not_what_was_sealed(story: Story) -> None:
    seal(at=NOW)
    plain(Record).filter(pk=story.risk.pk).update(head_hash=rewrite(story.entry(3), event="risk.gained"))
    assert failure() == f"seal {Seal.objects.get().pk}: the entries that it covers are not those that were sealed"


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("event", "risk.gained", "event"),
        ("actor_kind", "system", "actor"),
        ("actor_id", 999, "actor"),
        ("actor_label", "Somebody else", "actor"),
        ("recorded_at", NOW + timedelta(seconds=1), "recorded"),
        ("effective", date(2020, 1, 1), "effective"),
    ],
)
def test_a_column_altered_beside_its_text_is_found(story: Story, column: str, value: Any, name: str) -> None:
    with unguarded():
        if column == "recorded_at":
            plain(Snapshot).filter(entry=story.entry(2)).update(recorded_at=value)
        plain(Entry).filter(pk=story.entry(2).pk).update(**{column: value})
    assert failure() == f"{story.name} entry 2: {name} was altered beside the text that was hashed"


def test_a_label_altered_beside_its_text_is_found(story: Story) -> None:
    alter(story.entry(2), record_label="R9999")
    said = f"R9999 (records.record {story.risk.pk}) entry 2: record was altered beside the text that was hashed"
    assert failure() == said


def test_an_entry_taken_from_the_middle_is_missed(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(entry=story.entry(2)).delete()
        plain(Entry).filter(pk=story.entry(2).pk).delete()
    assert failure() == f"{story.name} entry 3: entry 2 is missing"


def test_a_cut_tail_is_not_what_the_head_names(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(entry=story.entry(3)).delete()
        plain(Entry).filter(pk=story.entry(3).pk).delete()
    assert failure() == f"records.record {story.risk.pk}: its last entry is not the one its head names"


def test_a_tail_cut_with_its_head_and_rows_is_missed_by_the_seal(story: Story) -> None:
    seal(at=NOW)
    with unguarded():
        plain(Snapshot).filter(entry=story.entry(3)).delete()
        plain(Entry).filter(pk=story.entry(3).pk).delete()
        plain(Update).filter(pk=story.update.pk).delete()
        plain(Record).filter(pk=story.risk.pk).update(head_sequence=2, head_hash=story.entry(2).hash)
    assert failure() == f"seal {Seal.objects.get().pk}: an entry that it covers is missing"


def test_a_whole_history_cut_from_a_record_is_missed_by_its_head(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(record_kind="records.record", record_id=story.risk.pk).delete()
        plain(Entry).filter(record_kind="records.record", record_id=story.risk.pk).delete()
    assert failure() == f"records.record {story.risk.pk}: its last entry is not the one its head names"


def test_an_entry_of_no_known_kind_is_found(story: Story) -> None:
    with unguarded():
        one = story.entry(1)
        Entry(**{name: getattr(one, name) for name in columns(Entry)} | {"record_kind": "zoo.animal"}).save(
            force_insert=True
        )
    assert failure() == "there are entries of zoo.animal, which is no kind of record"


def columns(model: type[Entry]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def test_a_text_that_cannot_be_read_is_a_failure_and_not_a_crash(story: Story) -> None:
    alter(story.entry(3), words=["not", "words"])
    assert failure() == f"{story.name} entry 3: it cannot be read: 'list' object has no attribute 'values'"


# States


def test_a_state_that_was_altered_is_found(story: Story) -> None:
    shot = story.shot("risks.assessment")
    facts = json.loads(shot.facts) | {"impact": 1}
    with unguarded():
        plain(Snapshot).filter(pk=shot.pk).update(facts=json.dumps(facts, sort_keys=True, separators=(",", ":")))
    assert failure() == f"{story.name} entry 2: a state that it recorded is missing or altered"


@pytest.mark.parametrize(
    ("column", "value"), [("effective", date(2020, 1, 1)), ("key", 999_999), ("model", "risks.control")]
)
def test_a_state_given_to_another_row_or_day_is_found(story: Story, column: str, value: Any) -> None:
    with unguarded():
        plain(Snapshot).filter(pk=story.shot("risks.assessment").pk).update(**{column: value})
    assert failure() == f"{story.name} entry 2: a state that it recorded is missing or altered"


def test_a_state_that_was_removed_is_found(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(pk=story.shot("risks.assessment").pk).delete()
    assert failure() == f"{story.name} entry 2: a state that it recorded is missing or altered"


def test_the_time_of_a_state_is_that_of_its_entry(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(pk=story.shot("risks.assessment").pk).update(recorded_at=NOW - timedelta(days=1))
    assert failure() == f"records.record {story.risk.pk} entry 2: the place or time of a state was altered"


def test_a_state_tied_to_another_entry_is_found(story: Story) -> None:
    with unguarded():
        plain(Snapshot).filter(pk=story.shot("risks.assessment").pk).update(entry=story.entry(3))
    assert failure() == f"records.record {story.risk.pk} entry 2: the place or time of a state was altered"


# Words


def test_a_word_that_was_altered_is_found(story: Story) -> None:
    entry = story.entry(2)
    alter(entry, words={"reason": entry.words["reason"] + " by far"})
    assert failure() == f"{story.name} entry 2: words were altered"


def test_a_word_that_was_added_is_found(story: Story) -> None:
    entry = story.entry(2)
    alter(entry, words=entry.words | {"0.0.old": "0" * 32 + "planted"})
    assert failure() == f"{story.name} entry 2: words were altered"


def test_a_word_removed_without_a_redaction_is_found_though_the_triggers_let_it_go(story: Story) -> None:
    plain(Entry).filter(pk=story.entry(2).pk).update(words={})
    assert failure() == f"{story.name}: words are gone that no redaction accounts for"


def test_a_state_s_word_removed_without_a_redaction_is_found(story: Story) -> None:
    plain(Snapshot).filter(pk=story.shot("risks.update").pk).update(words={})
    assert failure() == f"{story.name}: words are gone that no redaction accounts for"


def test_only_a_redaction_may_account_for_words_that_are_gone(story: Story) -> None:
    gone = json.loads(story.entry(2).canonical)["reason"]["commit"]
    plain(Entry).filter(pk=story.entry(2).pk).update(words={})
    plain(Record).filter(pk=story.risk.pk).update(head_hash=rewrite(story.entry(3), removed=[gone]))
    assert failure() == f"{story.name} entry 3: it removes words without being a redaction"


# Live rows


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Record, "title", "Nothing could happen"),
        (Record, "sensitivity", "restricted"),
        (Record, "closed_on", date(2026, 1, 1)),
        (Risk, "level", "operational"),
        (Risk, "first_recorded", date(2020, 1, 1)),
    ],
)
def test_a_row_altered_behind_the_back_is_not_what_was_recorded(
    story: Story, model: Any, column: str, value: Any
) -> None:
    plain(model).filter(pk=story.risk.pk).update(**{column: value})
    assert failure() == f"{model._meta.label_lower} {story.risk.pk}: {column} is not what was recorded"


def test_a_number_altered_behind_the_back_is_not_what_was_recorded(story: Story) -> None:
    last = Assessment.objects.filter(risk=story.risk).latest("pk")
    plain(Assessment).filter(pk=last.pk).update(impact=1)
    assert failure() == f"risks.assessment {last.pk}: impact is not what was recorded"


def test_a_row_given_to_another_record_is_found(story: Story, house: House) -> None:
    other = a_risk(house)
    plain(Update).filter(pk=story.update.pk).update(risk=other)
    assert failure() == f"risks.update {story.update.pk} is in the history but not in the register"


def test_a_row_inserted_behind_the_back_was_not_recorded(story: Story) -> None:
    (planted,) = plain(Control).bulk_create([Control(risk=story.risk, text="All is well", added_on=date(2026, 1, 1))])
    assert failure() == f"risks.control {planted.pk} was written without being recorded"


def test_a_row_removed_behind_the_back_is_in_the_history_still(story: Story) -> None:
    plain(Update).filter(pk=story.update.pk).delete()
    assert failure() == f"risks.update {story.update.pk} is in the history but not in the register"


def test_a_record_inserted_behind_the_back_was_not_recorded(story: Story, house: House) -> None:
    (planted,) = plain(Record).bulk_create([Record(kind="risk", reference="X", title="X", organisation=house.office)])
    assert failure() == f"records.record {planted.pk} was written without being recorded"


def test_a_record_inserted_before_others_was_not_recorded(story: Story, house: House) -> None:
    planted = Record(pk=story.risk.pk - 10_000, kind="risk", reference="X", title="X", organisation=house.office)
    plain(Record).bulk_create([planted])
    assert failure() == f"records.record {planted.pk} was written without being recorded"


def test_a_record_removed_behind_the_back_leaves_its_history(story: Story) -> None:
    name, pk = story.name, story.risk.pk
    for model in (RiskLine, Update, Assessment, Risk):
        plain(model).filter(**{"record" if model in (RiskLine, Risk) else "risk": pk}).delete()
    plain(Record).filter(pk=pk).delete()
    assert failure() == f"{name.split(' ')[0]} (records.record {pk}) has a history but the record is gone"


def test_a_head_put_back_to_nothing_is_found(story: Story) -> None:
    plain(Record).filter(pk=story.risk.pk).update(head_sequence=0, head_hash="")
    assert failure() == f"records.record {story.risk.pk}: its last entry is not the one its head names"


# Seals


def sealed_twice(house: House) -> tuple[Seal, Seal]:
    first = seal(at=NOW)
    a_risk(house)
    second = seal(at=NOW + timedelta(days=1))
    assert first is not None
    assert second is not None
    return first, second


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("root", "0" * 64, "the entries that it covers are not those that were sealed"),
        ("sealed_at", NOW - timedelta(days=9), "the entries that it covers are not those that were sealed"),
        ("entries", F("entries") - 1, "the entries that it covers are not those that were sealed"),
        ("last_entry", F("last_entry") - 1, "an entry that it covers is missing"),
        ("first_entry", F("first_entry") + 1, "an entry that it covers is missing"),
    ],
)
def test_a_seal_that_was_altered_is_found(story: Story, house: House, column: str, value: Any, said: str) -> None:
    second = sealed_twice(house)[1]
    with unguarded():
        plain(Seal).filter(pk=second.pk).update(**{column: value})
    assert failure() == f"seal {second.pk}: {said}"


def test_a_seal_that_was_removed_is_missed_by_the_next(story: Story, house: House) -> None:
    first, second = sealed_twice(house)
    with unguarded():
        plain(Seal).filter(pk=first.pk).delete()
    assert failure() == f"seal {second.pk} does not follow the seal before it"


def test_a_root_held_outside_is_found_among_the_seals(story: Story, house: House) -> None:
    first, second = sealed_twice(house)
    assert verify(roots=[first.root, second.root]).failure == ""


def test_seals_cut_from_the_end_are_missed_by_a_root_held_outside(story: Story, house: House) -> None:
    second = sealed_twice(house)[1]
    with unguarded():
        plain(Seal).filter(pk=second.pk).delete()
    assert failure() == ""
    said = f"no seal has the root {second.root}: what was sealed with it is no longer here as it was"
    assert verify(roots=[second.root]).failure == said
