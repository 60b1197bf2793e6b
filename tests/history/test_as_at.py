"""How rows stood on a day, with the labels of that day."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.history.queries import as_at, entries_of, grouped, word_as_at
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Assessment, Control, Risk, Update
from tests.factories import NOW, TODAY, House, a_risk

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
RAISED = date(2026, 1, 10)


def test_a_row_is_absent_before_its_first_day_and_there_from_it(house: House) -> None:
    risk = a_risk(house, effective=RAISED)
    rows = Record.objects.filter(pk=risk.pk)
    assert as_at(rows, RAISED - timedelta(days=1)) == []
    assert len(as_at(rows, RAISED)) == 1


def test_a_row_of_today_has_the_values_of_the_live_query(house: House) -> None:
    risk = a_risk(house, source="A source", context="")
    commands.add_control(risk, text="A control", due=date(2026, 9, 1), owner=house.posts["owner"], **SAID)
    commands.record_update(risk, text="An update", **SAID)
    for model in (Record, Risk, Assessment, Control, Update, Post, Organisation):
        past = {row["pk"]: row for row in as_at(model.objects.all(), TODAY)}
        for live in model.objects.values():
            row = past[live[model._meta.pk.attname]]
            heads = {"head_hash", "head_sequence"}
            assert {name: row[name] for name in live if name not in heads} == {
                name: value for name, value in live.items() if name not in heads
            }


def test_labels_are_those_of_the_day(house: House) -> None:
    risk = a_risk(house, owner=house.posts["chief"], effective=RAISED)
    post = Post.objects.get(pk=house.posts["chief"].pk)
    with recording("post.renamed", post, effective=TODAY + timedelta(days=1), **SAID):
        Post.objects.filter(pk=post.pk).update(title="Chief Officer")
    commands.restrict(risk, sensitivity="restricted", effective=TODAY + timedelta(days=2), **SAID)
    rows = Record.objects.filter(pk=risk.pk)
    labels = [as_at(rows, TODAY + timedelta(days=days))[0]["owner_label"] for days in (0, 1, 2)]
    assert labels == ["Chief Executive", "Chief Executive", "Chief Officer"]
    assert as_at(rows, TODAY)[0]["organisation_label"] == "Office of Mereford"


def test_what_was_recorded_later_was_not_known_then(house: House) -> None:
    risk = a_risk(house, effective=RAISED)
    later = NOW + timedelta(days=3)
    commands.rescore(
        risk, impact=4, likelihood=4, actor=CANDOUR, at=later, reason="Learnt late", effective=date(2026, 2, 1)
    )
    rows = Assessment.objects.filter(risk=risk)
    day = date(2026, 3, 1)
    assert sorted(row["impact"] for row in as_at(rows, day)) == [3, 4]
    assert [row["impact"] for row in as_at(rows, day, known_on=NOW)] == [3]
    assert sorted(row["impact"] for row in as_at(rows, day, known_on=later)) == [3, 4]
    assert as_at(rows, day, known_on=NOW - timedelta(seconds=1)) == []


def test_of_two_changes_on_one_day_the_later_stands_at_its_end(house: House) -> None:
    risk = a_risk(house, effective=RAISED)
    for level in ("operational", "project"):
        commands.change_level(risk, level=level, effective=date(2026, 2, 1), **SAID)
    rows = Risk.objects.filter(pk=risk.pk)
    assert [as_at(rows, date(2026, 1, 31))[0]["level"], as_at(rows, date(2026, 2, 1))[0]["level"]] == [
        "strategic",
        "project",
    ]


def test_a_word_by_itself_is_what_the_whole_state_says_on_every_day(house: House) -> None:
    risk = a_risk(house, title='Old "title" of Ærø', effective=RAISED)
    words = {"source": "", "event": "", "effect": "", "context": ""}
    commands.change_wording(risk, title="New title", effective=date(2026, 2, 1), **words, **SAID)
    rows = Record.objects.filter(pk=risk.pk)
    days = (RAISED - timedelta(days=1), RAISED, date(2026, 2, 1))
    assert [word_as_at(rows, "title", day) for day in days] == [
        {}, {risk.pk: 'Old "title" of Ærø'}, {risk.pk: "New title"},
    ]  # fmt: skip


def test_any_number_of_rows_is_one_query(house: House) -> None:
    for _ in range(3):
        a_risk(house)
    for rows, expected in ((Record.objects.all()[:1], 1), (Record.objects.all(), 3)):
        with CaptureQueriesContext(connection) as captured:
            found = as_at(Record.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), TODAY)
        assert (len(found), len(captured)) == (expected, 2)


def test_children_are_grouped_by_their_record(house: House) -> None:
    one, two = a_risk(house), a_risk(house)
    commands.rescore(two, impact=1, likelihood=1, **SAID)
    by_risk = grouped(as_at(Assessment.objects.all(), TODAY), "risk_id")
    assert {pk: len(rows) for pk, rows in by_risk.items()} == {one.pk: 1, two.pk: 2}


def test_entries_come_newest_recorded_first_or_newest_effective_first(house: House) -> None:
    risk = a_risk(house, effective=RAISED)
    commands.record_update(risk, text="Of May", effective=date(2026, 5, 1), **SAID)
    commands.record_update(risk, text="Of March, learnt late", effective=date(2026, 3, 1), **SAID)
    assert [entry.sequence for entry in entries_of(risk.record)] == [3, 2, 1]
    assert [entry.sequence for entry in entries_of(risk.record, by_effective=True)] == [2, 3, 1]
