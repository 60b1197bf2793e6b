"""Plans are written, activities updated, moved, agreed as done or sent back; deep dives are asked for and answered."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.access.decide import Forbidden
from candour.kernel.history.queries import entries_of, events
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.plan import commands
from candour.plan.models import Activity, ActivityLine, Plan
from candour.plan.rules import BRAG
from tests.factories import NOW, TODAY, House
from tests.plan.factories import (
    AMBER,
    BLUE,
    BY,
    DAY,
    GREEN,
    RED,
    a_plan,
    a_priority,
    an_activity,
    an_objective,
    evidenced,
    proposed,
    tree,
    updated,
)

pytestmark = pytest.mark.django_db


def line_of(activity: Activity) -> ActivityLine:
    return ActivityLine.objects.get(pk=activity.pk)


def refused(act: Any, **values: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        act(**values)
    return found.value.field, found.value.message


def test_a_plan_has_its_own_numbers_and_its_parts_are_called_by_them(house: House) -> None:
    plan, objective, activity = tree(house)
    second = an_activity(objective, house, title="Ring every victim")
    assert [each.record.reference for each in (plan, objective, activity, second)] == [
        "PCP25",
        "PCP25/1.1",
        "PCP25/1.1.1",
        "PCP25/1.1.2",
    ]
    assert refused(an_objective, plan=plan, house=house) == ("number", "PCP25/1.1 is taken: enter another number")
    assert refused(a_priority, plan=plan, house=house)[0] == "number"
    line = line_of(activity)
    assert (line.plan_id, line.objective_id, line.stands, line.slips) == (plan.pk, objective.pk, "", 0)
    assert line.update_due == date(2026, 4, 30)


def test_a_draft_is_published_once_it_has_a_priority_and_is_replaced_by_another(house: House) -> None:
    plan = commands.set_up_plan(
        organisation=house.office, title="Draft", starts=DAY, ends=date(2029, 1, 1), effective=DAY, **BY
    )
    assert plan.record.reference == "P1"
    assert refused(commands.publish_plan, plan=plan, on=TODAY, **BY)[1].startswith("Add its priorities first")
    a_priority(plan, house)
    commands.publish_plan(plan, on=TODAY, **BY)
    assert refused(commands.publish_plan, plan=plan, on=TODAY, **BY) == ("on", "It is published already")
    other = a_plan(house)
    commands.end_plan(plan, on=TODAY, replaced_by=other, **BY)
    stood = Plan.objects.select_related("record").get(pk=plan.pk)
    assert (stood.record.closed_on, stood.replaced_by_id) == (TODAY, other.pk)
    assert refused(a_priority, plan=stood, house=house)[0] == "reason"
    assert refused(commands.set_up_plan, organisation=house.office, title="x", starts=TODAY, ends=DAY, **BY) == (
        "ends",
        "Enter a last day on or after the first",
    )


def test_four_questions_are_answered_and_the_rating_stands_at_once(house: House) -> None:
    *_, activity = tree(house)
    ask: dict[str, Any] = {"activity": activity, "achieved": "Some", "left": "More", "barriers": "", "rating": GREEN}
    for wrong, field in (
        ({"achieved": " "}, "achieved"),
        ({"rating": 9}, "rating"),
        ({"rating": RED}, "barriers"),
        ({"rating": AMBER, "barriers": "None."}, "barriers"),
        ({"left": "nothing"}, "left"),
        ({"rating": BLUE, "left": "Nothing"}, "rating"),
    ):
        assert refused(commands.update_activity, **(ask | wrong | BY))[0] == field
    said = commands.update_activity(**(ask | {"rating": AMBER, "barriers": "No money"} | BY))
    assert (said.by, said.on, said.proposes) == (house.posts["owner"], TODAY, False)
    line = line_of(activity)
    assert (line.stands, line.word, line.updated_on, line.update_due) == ("risk", "Amber", TODAY, date(2026, 9, 30))


def test_the_words_of_a_rating_are_those_of_the_body_on_the_day(house: House) -> None:
    """As in a real delivery plan, where blue stands for not started."""
    steps = tuple(
        Step(number, word, "", "low", stands)
        for number, (word, stands) in enumerate(
            (("Blue", "unstarted"), ("Red", "off"), ("Amber", "risk"), ("Green", "on"), ("Complete", "done")), start=1
        )
    )
    words = Words(0, "Ours", steps)
    short = Words(0, "Ours", steps[:4])
    given: dict[str, Any] = {"kind": Scale.Kind.RATING, "organisation": house.office, "starts": date(2026, 6, 1), **BY}
    assert refused(bring_in_words, words=short, **given)[1] == "Let one word, and no other, stand for done"
    scale = bring_in_words(words, **given)
    *_, activity = tree(house)
    updated(activity, 1)
    activity.refresh_from_db()
    assert (activity.scale_id, line_of(activity).stands, line_of(activity).word) == (scale.pk, "unstarted", "Blue")


def test_done_is_proposed_with_a_file_and_agreed_or_sent_back(house: House) -> None:
    *_, activity = tree(house)
    updated(activity, GREEN, effective=date(2026, 3, 1))
    assert refused(commands.agree_done, activity=activity, **BY)[0] == "reason"
    proposed(activity)
    line = line_of(activity)
    assert (line.proposed_on, line.word, line.update_due) == (TODAY, "Green", None)
    commands.send_back(activity, **(BY | {"reason": "The file shows another year"}))
    assert line_of(activity).proposed_on is None
    updated(activity, BLUE, left="Nothing")
    commands.agree_done(activity, approver="The board", **(BY | {"reason": "The file shows it"}))
    line = line_of(activity)
    assert (line.closed_on, line.outcome, line.stands, line.word) == (TODAY, "done", "done", "Blue")
    assert refused(updated, activity=activity)[0] == "reason"
    commands.reopen_activity(activity, **BY)
    line = line_of(activity)
    assert (line.closed_on, line.outcome, line.stands) == (None, "", "")
    told = [event.event for event in events(list(entries_of(activity.record)))]
    assert told[:3] == ["activity.reopened", "activity.done", "activity.updated"]


def test_a_date_moves_with_a_reason_and_the_first_one_stays(house: House) -> None:
    *_, activity = tree(house)
    for to in (date(2027, 3, 31), date(2027, 6, 30)):
        commands.move_due(activity, to=to, approver="The board", **BY)
    assert refused(commands.move_due, activity=activity, to=date(2027, 6, 30), **BY)[0] == "to"
    assert refused(commands.move_due, activity=activity, to=date(2027, 7, 1), **(BY | {"reason": ""}))[0] == "reason"
    line = line_of(activity)
    assert (line.original_due, line.due, line.slips) == (date(2026, 12, 31), date(2027, 6, 30), 2)
    assert [(one.before, one.to) for one in activity.slips.order_by("pk")] == [
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2027, 3, 31), date(2027, 6, 30)),
    ]


def test_owners_update_their_own_and_nobody_else_s(house: House) -> None:
    *_, activity = tree(house)
    updated(activity, actor=house.actors["owner"])
    for name in ("reader", "finance"):
        if name == "finance":  # a chief officer runs the plan
            updated(activity, actor=house.actors[name])
            continue
        with pytest.raises(Forbidden):
            updated(activity, actor=house.actors[name])
    with pytest.raises(Forbidden):
        commands.agree_done(activity, **(BY | {"actor": house.actors["owner"]}))


def test_a_part_is_never_seen_by_more_than_the_whole(house: House) -> None:
    plan, objective, activity = tree(house)
    said = "Fewer may see what it is part of: choose the same, or fewer"
    assert refused(an_activity, objective=objective, house=house, sensitivity="public") == ("sensitivity", said)
    assert refused(commands.restrict, record=activity.record, sensitivity="public", **BY) == ("sensitivity", said)
    assert refused(commands.restrict, record=plan.record, sensitivity="restricted", **BY)[1] == (
        "More could see 1 of its parts than it: restrict those first"
    )
    for each in (activity, objective, plan):
        commands.restrict(each.record, sensitivity="restricted", **BY)
    assert an_activity(objective, house).record.sensitivity == "restricted"


def test_objectives_change_place_and_close_when_nothing_of_them_runs(house: House) -> None:
    plan, objective, activity = tree(house)
    second = a_priority(plan, house, number="2", title="Visible policing")
    given: dict[str, Any] = {"number": "2.1", "title": "Every victim", "outcome": "", "priority": second, "owner": None}
    commands.change_objective(objective, **given, **BY)
    assert (objective.priority, objective.record.reference) == (second, "PCP25/1.1")
    commands.remove_priority(plan.priorities.select_related("plan__record").get(number="1"), **BY)
    assert refused(commands.remove_priority, priority=second, **BY)[0] == "reason"
    close: dict[str, Any] = {"objective": objective, "on": TODAY, **BY}
    assert refused(commands.close_objective, **close)[1].startswith("Activities of it still run")
    commands.stop_activity(activity, **BY)
    dive = commands.ask_dive(objective, asked_by="The board", post=house.posts["owner"], asked="Why?", due=TODAY, **BY)
    assert refused(commands.close_objective, **close)[1].startswith("A deep dive")
    commands.answer_dive(dive, answer="Because", **BY)
    commands.close_objective(**close)
    assert objective.record.closed_on == TODAY
    assert refused(commands.reopen_activity, activity=activity, **BY)[0] == "reason"
    commands.change_priority(second, number="3", title="Seen", text="", lead=None, **BY)
    commands.change_plan(plan, title="Plan", aim="", starts=DAY, ends=TODAY, every=6, owner=None, **BY)
    assert (second.number, plan.every) == ("3", 6)


def test_deep_dives_are_answered_by_whom_they_are_asked_of(house: House) -> None:
    _, objective, _ = tree(house)
    ask: dict[str, Any] = {"asked_by": "The board", "post": house.posts["owner"], "asked": "By district?", "due": TODAY}
    assert refused(commands.ask_dive, objective=objective, **(ask | {"due": DAY}), **BY)[0] == "due"
    with pytest.raises(Forbidden):
        commands.ask_dive(objective, **ask, **(BY | {"actor": house.actors["owner"]}))
    dive = commands.ask_dive(objective, **ask, **(BY | {"actor": house.actors["secretary"]}))
    with pytest.raises(Forbidden):
        commands.answer_dive(dive, answer="Mine", actor=house.actors["reader"], at=NOW)
    commands.answer_dive(dive, answer="Two of five", actor=house.actors["owner"], at=NOW)
    assert (dive.answer, dive.answered_on) == ("Two of five", TODAY)
    assert refused(commands.answer_dive, dive=dive, answer="Again", **BY)[0] == "answer"


def test_what_good_looks_like_is_agreed_by_somebody_on_a_day(house: House) -> None:
    _, objective, activity = tree(house)
    assert refused(commands.agree_success, record=objective.record, text="Nine of ten", agreed_on=TODAY, **BY) == (
        "agreed_by",
        "Enter both who agreed it and when, or neither",
    )
    made = commands.agree_success(objective.record, text="Nine of ten", agreed_on=TODAY, agreed_by="The board", **BY)
    commands.agree_success(activity.record, text="A letter each", **BY)
    commands.drop_success(made, **BY)
    assert made.removed_on == TODAY
    assert refused(commands.drop_success, success=made, **BY)[0] == "which"


def test_an_activity_changes_its_words_posts_and_rhythm(house: House) -> None:
    *_, activity = tree(house)
    given: dict[str, Any] = {
        "title": "Ring",
        "text": "By phone",
        "owner": None,
        "lead": house.posts["chief"],
        "starts": None,
        "every": 1,
    }
    commands.change_activity(activity, **given, **BY)
    assert (activity.record.title, activity.lead, line_of(activity).update_due) == (
        "Ring",
        house.posts["chief"],
        date(2026, 2, 28),
    )
    assert refused(commands.change_activity, activity=activity, **(given | {"every": 5}), **BY)[0] == "every"
    evidenced(activity)


def test_what_a_paper_prints_stands_as_it_is_printed_and_done_of_a_standing_activity_is_proposed(house: House) -> None:
    _, objective, _ = tree(house)
    red = commands.AsPrinted("Let the contract", achieved="Little", stands="off", said_owner="The board")
    made = commands.bring_in_activity(objective, new=red, number="1.1.7", scale=BRAG, **BY)
    line = line_of(made)
    assert (made.record.reference, made.said_owner, line.stands, line.word, line.updated_on) == (
        "PCP25/1.1.7",
        "The board",
        "off",
        "Red",
        TODAY,
    )
    commands.bring_in_progress(made, new=commands.AsPrinted("", achieved="All of it", stands="done"), scale=BRAG, **BY)
    assert (line_of(made).proposed_on, line_of(made).closed_on) == (TODAY, None)
    closed = commands.AsPrinted("Agree the form", stands="done")
    assert (
        line_of(commands.bring_in_activity(objective, new=closed, number="1.1.8", scale=BRAG, **BY)).outcome == "done"
    )
