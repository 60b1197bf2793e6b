from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.actions import commands, queries
from candour.kernel.actions.models import Action
from candour.kernel.records.commands import share
from candour.kernel.records.happened import entries_seen
from candour.risks import commands as risks
from tests.actions.test_commands import an_action
from tests.factories import NOW, TODAY, House, a_risk


def texts(rows: tuple[queries.ActionRow, ...]) -> list[str]:
    return [row.text for row in rows]


def test_a_records_actions_come_to_do_first_then_by_date(house: House) -> None:
    record = a_risk(house).record
    said = {"actor": CANDOUR, "at": NOW}
    an_action(house, record, text="later", due=date(2026, 9, 1))
    done = an_action(house, record, text="done", due=date(2026, 6, 16))
    dropped = an_action(house, record, text="dropped", due=date(2026, 6, 16))
    an_action(house, record, text="soon", due=date(2026, 6, 20))
    an_action(house, record, text="late", due=date(2026, 6, 2), effective=date(2026, 6, 1))
    commands.finish_action(done, outcome="It is there", **said)
    commands.drop_action(dropped, reason="x", **said)
    found = queries.actions_of(record, actor=house.actors["policy"], today=TODAY)
    assert [(row.text, row.state, row.days_late) for row in found.rows] == [
        ("late", "late", 13),
        ("soon", "due soon", 0),
        ("later", "open", 0),
        ("done", "done", 0),
    ]
    assert found.add == f"/records/risk/office/{record.reference}/actions/new"
    assert found.rows[0].owner == "Head of Communications"
    assert queries.actions_of(record, actor=house.actors["reader"], today=TODAY).add == ""


def test_a_past_day_shows_the_actions_as_they_stood(house: House) -> None:
    record = a_risk(house).record
    said = {"actor": CANDOUR, "at": NOW}
    action = an_action(house, record, due=date(2026, 4, 1), effective=date(2026, 3, 1))
    commands.move_action(action, due=date(2026, 5, 1), reason="x", effective=date(2026, 3, 20), **said)
    commands.finish_action(action, outcome="Done", effective=date(2026, 5, 10), **said)
    policy = house.actors["policy"]

    def on(day: date) -> list[tuple]:
        rows = queries.actions_of(record, actor=policy, today=TODAY, as_at=day).rows
        return [(row.due, row.state, row.days_late, row.days_moved, row.outcome) for row in rows]

    assert on(date(2026, 2, 28)) == []
    assert on(date(2026, 3, 1)) == [(date(2026, 4, 1), "open", 0, 0, "")]
    assert on(date(2026, 3, 20)) == [(date(2026, 5, 1), "open", 0, 30, "")]
    assert on(date(2026, 5, 3)) == [(date(2026, 5, 1), "late", 2, 30, "")]
    assert on(date(2026, 5, 10)) == [(date(2026, 5, 1), "done", 9, 30, "Done")]
    assert on(TODAY) == [
        (row.due, row.state, row.days_late, row.days_moved, row.outcome)
        for row in queries.actions_of(record, actor=policy, today=TODAY).rows
    ]


def test_what_was_restricted_on_the_day_stays_hidden_from_those_who_see_it_today(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted")
    an_action(house, risk.record, effective=date(2026, 2, 1), due=date(2026, 7, 1))
    said = {"actor": CANDOUR, "at": NOW, "reason": "x"}
    risks.restrict(risk, sensitivity="office", effective=date(2026, 6, 1), **said)
    for name, on_the_day in (("reader", 0), ("policy", 1)):
        actor = house.actors[name]
        assert len(queries.actions_of(risk.record, actor=actor, today=TODAY).rows) == 1
        past = queries.actions_of(risk.record, actor=actor, today=TODAY, as_at=date(2026, 5, 1))
        assert len(past.rows) == on_the_day


def test_those_who_may_not_see_actions_or_the_record_are_given_none(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted")
    an_action(house, risk.record)
    seen = {
        name: len(queries.actions_of(risk.record, actor=actor, today=TODAY).rows)
        for name, actor in house.actors.items()
    }
    assert seen == {
        "policy": 1,
        "chief": 1,
        "finance": 1,
        "owner": 0,
        "reader": 0,
        "secretary": 1,
        "force_policy": 0,
        "force_reader": 0,
        "panel": 0,
        "auditor": 1,
        "admin": 1,
    }


def test_my_work_is_that_of_my_posts_on_records_i_may_see_most_pressing_first(house: House) -> None:
    mine, other, secret = a_risk(house).record, a_risk(house).record, a_risk(house, sensitivity="restricted").record
    an_action(house, mine, text="later", due=date(2026, 9, 1))
    an_action(house, other, text="soon", due=date(2026, 6, 20))
    an_action(house, other, text="late", due=date(2026, 6, 2), effective=date(2026, 6, 1))
    an_action(house, secret, text="hidden", due=date(2026, 6, 20))
    an_action(house, mine, text="another post's", owner=house.posts["chief"])
    done = an_action(house, mine, text="done")
    commands.finish_action(done, outcome="x", actor=CANDOUR, at=NOW)
    work = queries.actions_for(house.actors["owner"], today=TODAY)
    assert [(row.action.text, row.reference) for row in work.rows] == [
        ("late", other.reference),
        ("soon", other.reference),
        ("later", mine.reference),
    ]
    assert work.counts == {"late": 1, "due soon": 1, "open": 1}
    assert [(heading, count, len(rows)) for heading, count, rows in work.groups] == [
        ("Late", 1, 1),
        ("Due within 14 days", 1, 1),
        ("Later", 1, 1),
    ]
    assert [
        row.action.text for row in queries.actions_for(house.actors["owner"], today=TODAY, offset=1, size=1).rows
    ] == ["soon"]


def test_a_shared_records_action_is_on_the_list_of_the_other_bodys_post(house: House) -> None:
    record = a_risk(house).record
    share(record, organisation=house.force, actor=CANDOUR, at=NOW, reason="Joint")
    an_action(house, record, owner=house.posts["force_policy"])
    assert queries.actions_for(house.actors["force_policy"], today=TODAY).total == 1


@pytest.mark.parametrize("count", [1, 3, 60])
def test_queries_are_as_many_for_one_action_as_for_many(house: House, count: int) -> None:
    record = a_risk(house).record
    for number in range(min(count, 3)):
        an_action(house, record, text=f"{number}")
    if count > 3:
        from candour.kernel.history.recording import recording

        rest = {"record": record, "owner": house.posts["owner"], "added_on": TODAY, "original_due": TODAY}
        with recording("action.added", record, actor=CANDOUR, at=NOW):
            Action.objects.bulk_create(
                [Action(text="x", due=TODAY + timedelta(days=day), **rest) for day in range(count - 3)]
            )
    actor = house.actors["owner"]
    first = Action.objects.select_related("record").filter(record=record).earliest("pk")
    asked = []
    for ask in (
        lambda: queries.actions_of(record, actor=actor, today=TODAY),
        lambda: queries.actions_of(record, actor=actor, today=TODAY, as_at=TODAY),
        lambda: queries.actions_for(actor, today=TODAY),
        lambda: queries.steps_of(first, actor=actor),
    ):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = ask()
        asked.append(len(captured))
        if isinstance(found, queries.RecordActions):
            assert len(found.rows) == count
    assert asked == [1, 2, 2, 2]


def test_history_tells_of_actions_only_to_those_who_may_see_them(house: House) -> None:
    record = a_risk(house).record
    an_action(house, record)
    read = {
        name: list(entries_seen(record, house.actors[name]).values_list("event", flat=True))
        for name in ("policy", "reader", "panel")
    }
    assert read == {
        "policy": ["action.added", "risk.raised"],
        "reader": ["action.added", "risk.raised"],
        "panel": ["risk.raised"],
    }


def test_what_happened_to_an_action_while_its_record_was_restricted_stays_hidden(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted")
    action = an_action(house, risk.record, effective=date(2026, 2, 1))
    said = {"actor": CANDOUR, "at": NOW, "reason": "x"}
    commands.move_action(action, due=date(2026, 8, 1), effective=date(2026, 3, 1), **said)
    risks.restrict(risk, sensitivity="office", effective=date(2026, 6, 1), **said)
    commands.move_action(action, due=date(2026, 9, 1), **said)
    steps = {name: len(queries.steps_of(action, actor=house.actors[name])) for name in ("policy", "reader")}
    assert steps == {"policy": 3, "reader": 1}
