from datetime import date

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.actions import commands, queries
from candour.kernel.actions.models import Action
from candour.kernel.establishment.commands import set_up_post
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Post
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.factories import NOW, TODAY, House, a_risk

DUE = date(2026, 7, 1)


def an_action(house: House, record: Record, **values: object) -> Action:
    given: dict = {
        "text": "Write to the provider",
        "owner": house.posts["owner"],
        "due": DUE,
        "actor": house.actors["policy"],
        "at": NOW,
    }
    return commands.add_action(record, **(given | values))


def test_an_action_keeps_the_date_first_agreed_and_verifies(house: House) -> None:
    record = a_risk(house).record
    action = an_action(house, record, text="  Write to the provider ", reason=" Agreed by the board ")
    assert (action.text, action.owner, action.added_on, action.due, action.original_due) == (
        "Write to the provider",
        house.posts["owner"],
        TODAY,
        DUE,
        DUE,
    )
    newest = events(list(entries_of(record)))[0]
    assert (newest.event, newest.reason, newest.actor_label) == (
        "action.added",
        "Agreed by the board",
        "Policy and Compliance Officer",
    )
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"text": "  "}, "text", "Enter what has to be done"),
        ({"due": date(2026, 6, 14)}, "due", "Enter a date on or after 15 June 2026"),
    ],
)
def test_an_action_without_words_or_in_the_past_is_refused(
    house: House, values: dict, field: str, message: str
) -> None:
    record = a_risk(house).record
    with pytest.raises(Refused) as refused:
        an_action(house, record, **values)
    assert (refused.value.field, refused.value.message) == (field, message)
    assert Action.objects.count() == 0


def test_a_post_that_has_ended_cannot_be_asked(house: House) -> None:
    record, said = a_risk(house).record, {"actor": house.actors["policy"], "at": NOW, "reason": "x"}
    post = set_up_post(title="Old post", organisation=house.office, **said)
    post.ended = date(2026, 6, 1)
    with pytest.raises(Refused, match="Old post has ended: choose the post that took over"):
        an_action(house, record, owner=post)


def test_a_post_of_another_body_is_asked_only_once_the_record_is_shared_with_it(house: House) -> None:
    record = a_risk(house).record
    with pytest.raises(Refused, match="Force Risk Manager cannot see this record: share it with Mereford Police first"):
        an_action(house, record, owner=house.posts["force_policy"])
    share(record, organisation=house.force, actor=house.actors["policy"], at=NOW, reason="Joint")
    action = an_action(house, record, owner=house.posts["force_policy"])
    commands.finish_action(action, outcome="Done", actor=house.actors["force_policy"], at=NOW)
    assert Action.objects.get().done_on == TODAY
    other = an_action(house, record)
    with pytest.raises(Forbidden):
        commands.finish_action(other, outcome="Done", actor=house.actors["force_policy"], at=NOW)


def test_moving_a_date_needs_a_reason_and_keeps_the_first_date(house: House) -> None:
    action = an_action(house, a_risk(house).record)
    said = {"actor": house.actors["owner"], "at": NOW}
    with pytest.raises(Refused, match="Say why the date moves"):
        commands.move_action(action, due=date(2026, 8, 1), reason=" ", **said)
    with pytest.raises(Refused, match="It is already due on 1 July 2026: enter another date"):
        commands.move_action(action, due=DUE, reason="x", **said)
    with pytest.raises(Refused, match="Enter a date on or after 15 June 2026"):
        commands.move_action(action, due=date(2026, 6, 1), reason="x", **said)
    commands.move_action(action, due=date(2026, 8, 1), reason="The provider asked", **said)
    commands.move_action(action, due=date(2026, 9, 1), reason="And again", **said)
    standing = Action.objects.get()
    assert (standing.due, standing.original_due) == (date(2026, 9, 1), DUE)
    assert [(step.event, step.due, step.why) for step in queries.steps_of(standing, actor=CANDOUR)] == [
        ("action.moved", date(2026, 9, 1), "And again"),
        ("action.moved", date(2026, 8, 1), "The provider asked"),
        ("action.added", DUE, ""),
    ]
    assert verify().failure == ""


def test_finishing_says_what_was_done_and_on_which_day(house: House) -> None:
    action = an_action(house, a_risk(house).record, effective=date(2026, 6, 1))
    said = {"actor": house.actors["owner"], "at": NOW}
    with pytest.raises(Refused, match="Say what was done"):
        commands.finish_action(action, outcome=" ", **said)
    with pytest.raises(Refused, match="cannot be later than today"):
        commands.finish_action(action, outcome="x", effective=date(2026, 6, 16), **said)
    with pytest.raises(Refused, match="Enter a day on or after 1 June 2026, when the action was agreed"):
        commands.finish_action(action, outcome="x", effective=date(2026, 5, 31), **said)
    commands.finish_action(action, outcome=" They signed ", effective=date(2026, 6, 10), **said)
    standing = Action.objects.get()
    assert (standing.done_on, standing.outcome) == (date(2026, 6, 10), "They signed")
    assert queries.steps_of(standing, actor=CANDOUR)[0].why == "They signed"


def test_what_somebody_else_settled_since_the_page_was_opened_is_not_settled_again(house: House) -> None:
    action = an_action(house, a_risk(house).record)
    stale = Action.objects.get()
    said = {"actor": house.actors["policy"], "at": NOW}
    commands.finish_action(action, outcome="They signed", **said)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="This action was done on 15 June 2026"):
        commands.move_action(stale, due=date(2026, 8, 1), reason="x", **said)
    with pytest.raises(Refused, match="This action was done on 15 June 2026"):
        commands.drop_action(stale, reason="x", **said)
    assert Entry.objects.count() == before


def test_dropping_needs_a_reason_and_leaves_the_past(house: House) -> None:
    action = an_action(house, a_risk(house).record)
    said = {"actor": house.actors["policy"], "at": NOW}
    with pytest.raises(Refused, match="Say why it will not be done"):
        commands.drop_action(action, reason="", **said)
    commands.drop_action(action, reason="No longer needed", **said)
    assert Action.objects.get().removed_on == TODAY
    with pytest.raises(Refused, match="This action was dropped on 15 June 2026"):
        commands.finish_action(action, outcome="x", **said)


def test_only_those_who_may_add_and_settle_do(house: House) -> None:
    record = a_risk(house).record
    action = an_action(house, record)
    for name in ("reader", "panel", "auditor", "force_policy"):
        with pytest.raises(Forbidden):
            an_action(house, record, actor=house.actors[name])
        said = {"actor": house.actors[name], "at": NOW}
        for act in (
            lambda said=said: commands.move_action(action, due=date(2026, 8, 1), reason="x", **said),
            lambda said=said: commands.finish_action(action, outcome="x", **said),
            lambda said=said: commands.drop_action(action, reason="x", **said),
        ):
            with pytest.raises(Forbidden):
                act()
    assert Post.objects.get(pk=action.owner_id) == house.posts["owner"]
