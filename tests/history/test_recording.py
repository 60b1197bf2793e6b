"""What a recording writes, and what it refuses."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import add_person, set_up_post
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import Change, entries_of, events
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.history.state import UnrecordedWrite
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Person, Post
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Assessment, Control, Risk, Update
from tests.factories import NOW, House, a_risk

SAID = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def held(risk: Risk) -> Record:
    return Record.objects.get(pk=risk.pk)


# What an entry holds


def test_an_entry_says_who_what_when_and_why(house: House) -> None:
    risk = a_risk(house)
    day = date(2026, 3, 1)
    commands.rescore(
        risk, impact=4, likelihood=3, actor=house.actors["policy"], at=NOW, reason="It got worse", effective=day
    )
    entry = entries_of(risk.record)[0]
    actor = house.actors["policy"]
    assert (entry.record_kind, entry.record_id, entry.record_label) == (
        "records.record",
        risk.pk,
        risk.record.reference,
    )
    assert (entry.sequence, entry.event) == (2, "risk.rescored")
    assert (entry.actor_kind, entry.actor_id, entry.actor_label) == (
        "person",
        actor.id,
        "Policy and Compliance Officer",
    )
    assert (entry.recorded_at, entry.effective) == (NOW, day)
    assert events([entry])[0].reason == "It got worse"
    assert events([entry])[0].holds is True


def test_an_entry_carries_the_hash_of_the_one_before_and_the_head_that_of_the_last(house: House) -> None:
    risk = a_risk(house)
    commands.record_update(risk, text="All is quiet", **SAID)
    first, second = entries_of(risk.record).order_by("sequence")
    assert json.loads(first.canonical)["previous"] == ""
    assert json.loads(second.canonical)["previous"] == first.hash
    assert (held(risk).head_sequence, held(risk).head_hash) == (2, second.hash)


def test_an_entry_says_what_each_field_was_and_is(house: House) -> None:
    risk = a_risk(house)
    commands.hand_over(risk, owner=house.posts["owner"], responsible_officer=house.posts["finance"], **SAID)
    (event,) = events([entries_of(risk.record)[0]])
    record = Change(
        "records.record",
        risk.pk,
        risk.record.reference,
        False,
        (("owner", "Chief Executive", "Head of Communications"),),
    )
    assert event.changes == (record,)
    assert event.changes[0].get("owner") == ("Chief Executive", "Head of Communications")
    assert event.changes[0].get("title") is None


def test_a_new_row_brings_its_values(house: House) -> None:
    risk = a_risk(house)
    update = commands.record_update(risk, text="All is quiet", effective=date(2026, 2, 3), **SAID)
    (event,) = events([entries_of(risk.record)[0]])
    values = (
        ("id", None, update.pk),
        ("risk", None, risk.pk),
        ("dated", None, "2026-02-03"),
        ("text", None, "All is quiet"),
    )
    assert event.changes[0].new is True
    assert sorted(event.changes[0].fields) == sorted(values)


def test_free_text_stands_in_an_entry_as_a_commitment_alone(house: House) -> None:
    risk = a_risk(house, title="Nightingale", source="Goldfinch", reason="Kingfisher")
    entry = entries_of(risk.record)[0]
    facts = "".join(Snapshot.objects.filter(entry=entry).values_list("facts", flat=True))
    assert [word for word in ("Nightingale", "Goldfinch", "Kingfisher") if word in entry.canonical + facts] == []
    assert events([entry])[0].reason == "Kingfisher"


def test_an_entry_may_carry_a_reason_alone(house: House) -> None:
    risk = a_risk(house)
    with recording("risk.noted", held(risk), actor=CANDOUR, at=NOW, reason="Reviewed, no change"):
        pass
    (event,) = events([entries_of(risk.record)[0]])
    assert (event.event, event.reason, event.changes) == ("risk.noted", "Reviewed, no change", ())
    assert Snapshot.objects.filter(entry=event.pk).count() == 0
    assert verify().failure == ""


def test_a_row_saved_without_a_change_leaves_no_state(house: House) -> None:
    risk = a_risk(house)
    with recording("risk.noted", held(risk), **SAID):
        risk.save()
    assert Snapshot.objects.filter(model="risks.risk", key=risk.pk).count() == 1


def test_the_effective_day_is_by_default_the_local_day(house: House) -> None:
    risk = a_risk(house)
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London
    with recording("risk.noted", held(risk), actor=CANDOUR, at=late, reason="Late"):
        pass
    assert entries_of(risk.record)[0].effective == date(2026, 7, 2)


def test_labels_stay_as_they_were(house: House) -> None:
    risk = a_risk(house)
    post = house.posts["chief"]
    with recording("post.renamed", Post.objects.get(pk=post.pk), **SAID):
        post.title = "Chief Officer"
        post.save()
    assert (
        json.loads(Snapshot.objects.get(model="records.record", key=risk.pk).facts)["owner_label"] == "Chief Executive"
    )
    assert Record.objects.get(pk=risk.pk).owner.title == "Chief Officer"
    assert verify().failure == ""


def test_what_lies_outside_history_is_written_without_a_recording(house: House) -> None:
    person = Person.objects.get(username="chief")
    before = Entry.objects.count()
    person.last_login = NOW
    person.save(update_fields=["last_login"])
    Person.objects.filter(pk=person.pk).update(last_login=NOW)
    assert Entry.objects.count() == before
    assert verify().failure == ""


def test_a_password_is_in_no_snapshot(db: None) -> None:
    person = add_person(username="new", name="New Person", password="kingfisher on a post", **SAID)
    shot = Snapshot.objects.get(model="people.person", key=person.pk)
    assert sorted(json.loads(shot.facts)) == ["id", "is_active", "name", "username"]


# What it refuses


def test_a_write_outside_a_recording_raises(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(UnrecordedWrite, match="Risk was written outside a recording"):
        risk.save()
    with pytest.raises(UnrecordedWrite, match="Risk was written outside a recording"):
        Risk.objects.filter(pk=risk.pk).update(category="x")
    with pytest.raises(UnrecordedWrite, match="Update was written outside a recording"):
        Update.objects.create(risk=risk, dated=date(2026, 1, 1), text="x")
    with pytest.raises(UnrecordedWrite, match="Update was written outside a recording"):
        Update.objects.bulk_create([Update(risk=risk, dated=date(2026, 1, 1), text="x")])
    with pytest.raises(UnrecordedWrite, match="Risk was written outside a recording"), transaction.atomic():
        Risk.objects.bulk_update([risk], ["category"])
    with pytest.raises(UnrecordedWrite, match="Update was written outside a recording"):
        risk.updates.create(dated=date(2026, 1, 1), text="x")
    assert verify().failure == ""


def test_nothing_recorded_is_deleted_even_in_a_recording(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(UnrecordedWrite, match="never deleted"), recording("risk.gone", held(risk), **SAID):
        risk.delete()
    with pytest.raises(UnrecordedWrite, match="never deleted"), recording("risk.gone", held(risk), **SAID):
        Assessment.objects.filter(risk=risk).delete()
    assert (Risk.objects.count(), Assessment.objects.count(), entries_of(risk.record).count()) == (1, 1, 1)


def test_a_recording_that_raises_saves_nothing(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(ZeroDivisionError), recording("risk.closed", held(risk), **SAID):  # noqa: PT012
        risk.record.title = "Something else"
        risk.record.save()
        Update.objects.create(risk=risk, dated=date(2026, 1, 1), text="x")
        _ = 1 // 0
    assert (entries_of(risk.record).count(), Update.objects.count()) == (1, 0)
    assert held(risk).title != "Something else"
    assert verify().failure == ""


def test_after_a_recording_that_raised_another_can_be_opened(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(ZeroDivisionError), recording("risk.closed", held(risk), **SAID):
        _ = 1 // 0
    commands.record_update(risk, text="All is quiet", **SAID)
    assert entries_of(risk.record).count() == 2


def test_a_recording_inside_another_is_refused(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(RuntimeError, match="a recording is already open"), recording("risk.closed", held(risk), **SAID):
        commands.record_update(risk, text="All is quiet", **SAID)
    assert entries_of(risk.record).count() == 1


def test_a_row_of_a_record_that_is_not_held_is_refused(house: House) -> None:
    one, other = a_risk(house), a_risk(house)
    said = f"Update [0-9]+ belongs to Record {other.pk}, which this recording does not hold"
    with pytest.raises(UnrecordedWrite, match=said), recording("risk.updated", held(one), **SAID):
        Update.objects.create(risk=other, dated=date(2026, 1, 1), text="x")
    with pytest.raises(UnrecordedWrite, match="belongs to Record"), recording("risk.updated", **SAID):
        Update.objects.create(risk=other, dated=date(2026, 1, 1), text="x")
    assert Update.objects.count() == 0


def test_a_row_of_another_kind_of_record_is_refused(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(UnrecordedWrite, match="belongs to Post"), recording("risk.updated", held(risk), **SAID):
        house.posts["chief"].save()


def test_records_of_several_kinds_are_refused(house: House) -> None:
    risk = a_risk(house)
    both = [held(risk), house.posts["chief"]]
    with pytest.raises(ValueError, match="a recording holds records of one kind"), recording_many("x.y", both, **SAID):
        pass


def test_a_time_without_its_zone_is_refused(house: House) -> None:
    risk = a_risk(house)
    with (
        pytest.raises(ValueError, match="a recording needs a time with its zone"),
        recording("risk.noted", held(risk), actor=CANDOUR, at=datetime(2026, 1, 1)),  # noqa: DTZ001
    ):
        pass


# Many at once


def raise_many(house: House, count: int) -> list[Record]:
    with recording_many("risk.loaded", [], **SAID):
        records = Record.objects.bulk_create(
            [
                Record(kind="risk", reference=f"L{n:04}", title=f"Loaded {n}", organisation=house.office)
                for n in range(count)
            ]
        )
        risks = Risk.objects.bulk_create([Risk(record=record, first_recorded=date(2026, 1, 1)) for record in records])
        Control.objects.bulk_create([Control(risk=risk, text="A control", added_on=date(2026, 1, 1)) for risk in risks])
    return records


def test_a_load_makes_one_entry_for_each_record(house: House) -> None:
    records = raise_many(house, 7)
    found = Entry.objects.filter(event="risk.loaded").order_by("record_id")
    assert [(entry.record_id, entry.sequence) for entry in found] == [(record.pk, 1) for record in records]
    models = sorted(Snapshot.objects.filter(entry=found[0]).values_list("model", flat=True))
    assert models == ["records.record", "risks.control", "risks.risk"]
    assert verify().failure == ""


def test_each_record_may_have_its_own_reason(house: House) -> None:
    one, two = raise_many(house, 2)
    reasons = {two.pk: "For the second alone"}
    with recording_many("risk.noted", [one, two], actor=CANDOUR, at=NOW, reason="For all", reasons=reasons):
        pass
    said = [events([entries_of(record)[0]])[0].reason for record in (one, two)]
    assert said == ["For all", "For the second alone"]


def test_each_record_may_have_its_own_day_from_which_it_holds(house: House) -> None:
    one, two = raise_many(house, 2)
    early, late = date(2025, 6, 1), date(2025, 7, 1)
    with recording_many("risk.noted", [one, two], actor=CANDOUR, at=NOW, effective=late, days={two.pk: early}):
        Risk.objects.filter(pk__in=[one.pk, two.pk]).update(last_review=early)
    assert [entries_of(record)[0].effective for record in (one, two)] == [late, early]
    shots = Snapshot.objects.filter(model="risks.risk", entry__event="risk.noted").order_by("key", "effective")
    assert [(shot.key, shot.effective) for shot in shots][:1] == [(one.pk, late)]
    assert {shot.effective for shot in shots if shot.key == two.pk} >= {early}
    assert verify().failure == ""


def queries_for(house: House, count: int) -> int:
    records = list(Record.objects.filter(reference__startswith="L").order_by("pk")[:count])
    with (
        CaptureQueriesContext(
            connection,
        ) as captured,
        recording_many("risk.noted", records, **SAID),
    ):
        Risk.objects.filter(pk__in=[record.pk for record in records]).update(
            last_review=NOW.date() + timedelta(days=count)
        )
    return sum(not query["sql"].startswith(("INSERT", "COPY")) for query in captured)


def test_a_load_asks_as_much_of_1_record_as_of_300(house: House) -> None:
    raise_many(house, 300)
    assert queries_for(house, 1) == queries_for(house, 300)


def test_posts_made_in_one_recording_have_a_chain_each(house: House) -> None:
    with recording_many("post.set_up", [], **SAID):
        posts = Post.objects.bulk_create([Post(title=f"New post {n}", organisation=house.office) for n in range(3)])
    assert [Post.objects.get(pk=post.pk).head_sequence for post in posts] == [1, 1, 1]
    assert verify().failure == ""


def test_a_record_held_and_a_record_made_join_one_recording(house: House) -> None:
    post = set_up_post(title="Held", organisation=house.office, **SAID)
    with recording("post.merged", post, **SAID):
        post.ended = date(2026, 5, 1)
        post.save()
        made = Post.objects.create(title="Made", organisation=house.office)
    found = Entry.objects.filter(event="post.merged").order_by("record_id").values_list("record_id", "sequence")
    assert list(found) == [(post.pk, 2), (made.pk, 1)]
    assert verify().failure == ""
