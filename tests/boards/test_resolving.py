"""What a board resolves: decisions at an item, answers carried out in the registers, actions, minutes signed."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from candour.boards import commands
from candour.boards.commands import Answered, NewDecision
from candour.boards.models import Board, BoardAction, Decision, Item, Limit, Meeting, Question
from candour.boards.queries import decisions_of
from candour.boards.queries.acts import acts
from candour.boards.queries.decided import decisions_seen
from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import events
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from candour.recommendations.commands import answer_closure, restrict
from candour.recommendations.models import Closure, Recommendation
from candour.risks import commands as risks
from candour.risks.models import Risk, RiskLine, Update
from tests.boards.factories import BY, a_board, a_meeting, a_sitting, an_item
from tests.boards.test_sitting import refusal
from tests.factories import NOW, House, a_risk
from tests.recommendations.factories import a_recommendation

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 11)
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
ABSENT = "Head of Communications was not there for this item: choose who was, or take the attendance first"


def proposed(house: House, **values: Any) -> Recommendation:
    """A recommendation whose closure was proposed in April."""
    return a_recommendation(house, response="accepted", proposed_on=date(2026, 4, 1), **values)


def sitting_about(house: House, *asked: tuple[str, Any], closed: bool = False) -> tuple[Item, list[Question]]:
    """An item of an opened meeting that asks each act about a record."""
    meeting = a_meeting(a_board(house, code="cgb", name="Governance Board"), DAY)
    item = an_item(meeting, "Closures", closed=closed)
    questions = [commands.ask(item, record, act=act, **BY) for act, record in asked]
    commands.open_meeting(meeting, started=time(14), **BY)
    item = Item.objects.select_related("record", "meeting__board", "meeting__record").get()
    for seat in meeting.board.seats.select_related("post"):
        commands.take_attendance(meeting, [commands.Taken(seat.post, "present")], **BY)
    return item, list(
        Question.objects.filter(pk__in=[each.pk for each in questions])
        .select_related("item__record", "item__meeting__board", "about")
        .order_by("pk")
    )


def test_agreeing_closes_the_recommendation_by_that_very_decision(house: House) -> None:
    it = proposed(house)
    item, [question] = sitting_about(house, ("recommendation.close", it.record))
    commands.answer_question(question, answer="agreed", why="The evidence was seen", resolved="To close it.", **SAID)
    decision, closure = Decision.objects.get(), Closure.objects.get()
    assert (closure.decision, closure.answer, closure.answered_on) == (decision, "agreed", DAY)
    assert (decision.item, decision.of, decision.minute, decision.resolved) == (
        item,
        item.meeting.board,
        "1",
        "To close it.",
    )
    assert (question.answer, question.decision) == ("agreed", decision)
    it.record.refresh_from_db()
    assert it.record.closed_on == DAY
    entry = Entry.objects.get(event="recommendation.closed")
    assert (entry.effective, events([entry])[0].approver) == (DAY, "Governance Board, 11 June 2026, minute 1")
    assert verify().holds


def test_several_answers_stand_in_one_decision_and_not_reached_carries_nothing(house: House) -> None:
    one, two, three = (proposed(house, reference=f"R{number}") for number in "123")
    asked = [("recommendation.close", each.record) for each in (one, two, three)]
    item, questions = sitting_about(house, *asked)
    words = [("agreed", ""), ("sent back", "Bring the signed memorandum"), ("not reached", "")]
    given = [Answered(question, *said) for question, said in zip(questions, words, strict=True)]
    decision = commands.answer_questions(item, given, **SAID)
    assert decision is not None
    assert decision.resolved == ("Agreed: close the recommendation R1. Sent back: close the recommendation R2.")
    assert list(Closure.objects.order_by("pk").values_list("answer", "decision")) == [
        ("agreed", decision.pk),
        ("sent back", decision.pk),
        ("", None),
    ]
    assert list(Question.objects.order_by("pk").values_list("answer", flat=True)) == [word for word, _ in words]
    waiting = [due.reference for act in acts() for due in act.due(house.office.pk, CANDOUR, NOW.date())]
    assert waiting == ["R3"]


def test_all_or_nothing_where_one_register_refuses(house: House) -> None:
    one, two = proposed(house, reference="R1"), a_recommendation(house, response="accepted", reference="R2")
    asked = [("recommendation.close", each.record) for each in (one, two)]
    item, questions = sitting_about(house, *asked)
    before = Entry.objects.count()
    with pytest.raises(Refused):
        commands.answer_questions(item, [Answered(each, "agreed") for each in questions], **SAID)
    assert (Decision.objects.count(), Closure.objects.get().answer, Entry.objects.count()) == (0, "", before)
    assert set(Question.objects.values_list("answer", flat=True)) == {""}


def test_a_proposed_score_is_agreed_or_stays_as_it_was(house: House) -> None:
    one, two = a_risk(house, reference="A1"), a_risk(house, reference="A2")
    for each in (one, two):
        risks.propose_score(each, impact=4, likelihood=4, effective=date(2026, 6, 1), **BY)
    item, questions = sitting_about(house, ("risk.score", one.record), ("risk.score", two.record))
    given = [Answered(questions[0], "agreed"), Answered(questions[1], "sent back", "Show what changed")]
    commands.answer_questions(item, given, **SAID)
    assert list(RiskLine.objects.order_by("reference").values_list("score", flat=True)) == [16, 9]


def test_a_risk_is_taken_up_and_one_that_is_sent_back_says_so_in_an_update(house: House) -> None:
    up, shut, back = (a_risk(house, level="operational", reference=f"O{number}") for number in "123")
    asked = [("risk.escalate", up.record), ("risk.close", shut.record), ("risk.close", back.record)]
    item, questions = sitting_about(house, *asked)
    given = [Answered(each, "agreed") for each in questions[:2]]
    commands.answer_questions(item, [*given, Answered(questions[2], "sent back", "It may come again")], **SAID)
    assert Risk.objects.get(pk=up.pk).level == "strategic"
    assert RiskLine.objects.get(pk=shut.pk).closed_on == DAY
    assert Update.objects.get(risk=back).text == (
        "Governance Board, 11 June 2026, minute 1: not closed. It may come again"
    )


def test_an_answer_that_stands_a_bare_sending_back_and_what_became_restricted_are_refused(house: House) -> None:
    it = proposed(house, reference="R1")
    _, [question] = sitting_about(house, ("recommendation.close", it.record))
    assert refusal(lambda: commands.answer_question(question, answer="sent back", **SAID)) == (
        "why",
        "R1: say what the board asks for before it will agree",
    )
    it.record.refresh_from_db()
    restrict(Recommendation.objects.select_related("record").get(pk=it.pk), sensitivity="restricted", **BY)
    assert refusal(lambda: commands.answer_question(question, answer="agreed", **SAID))[1] == (
        "R1 is restricted now: answer it in the closed part"
    )
    commands.answer_question(question, answer="not reached", **SAID)
    assert (question.answer, Decision.objects.count()) == ("not reached", 0)


def test_one_who_may_minute_but_not_close_recommendations_carries_nothing_out(house: House) -> None:
    it = proposed(house)
    _, [question] = sitting_about(house, ("recommendation.close", it.record))
    secretary = house.actors["secretary"]
    less = replace(secretary, scopes={k: v for k, v in secretary.scopes.items() if k != "recommendations.close"})
    with pytest.raises(Forbidden):
        commands.answer_question(question, answer="agreed", actor=less, at=NOW)
    assert (Decision.objects.count(), Closure.objects.get().answer) == (0, "")


def test_a_decision_of_the_closed_part_names_no_minute_where_an_open_record_reads_of_it(house: House) -> None:
    it = proposed(house)
    _, [question] = sitting_about(house, ("recommendation.close", it.record), closed=True)
    commands.answer_question(question, answer="agreed", **SAID)
    decision = Decision.objects.get()
    assert (str(decision), decision.withheld, decision.withheld_why) == (
        "Governance Board, 11 June 2026",
        True,
        "Legal professional privilege",
    )
    assert decisions_of(house.office.pk, actor=house.actors["reader"]) == []
    assert decisions_of(house.office.pk, actor=house.actors["chief"]) == [decision]


def test_a_body_whose_post_sits_on_the_board_sees_what_the_board_decided_in_the_open_part(house: House) -> None:
    _, items = a_sitting(a_board(house, seats={"chief": "chair", "force_policy": "member"}), one=False, two=True)
    shown = commands.decide(items["one"], NewDecision("To note it."), **SAID)
    commands.decide(items["two"], NewDecision("To settle it."), **SAID)
    assert list(decisions_seen(house.actors["force_reader"])) == [shown]
    assert decisions_seen(house.actors["force_policy"]).count() == 2


def test_a_mover_was_there_and_votes_are_no_more_than_may_vote(house: House) -> None:
    _, items = a_sitting(a_board(house), one=False)
    item, posts = items["one"], house.posts
    for values, told in (
        ({"mover": posts["owner"]}, ("mover", ABSENT)),
        ({"mover": posts["chief"], "seconder": posts["chief"]}, ("seconder", "Another post seconds it")),
        ({"votes_for": 3, "votes_against": 1}, ("votes_for", "There are more votes than the 3 who were there and may vote")),
        ({"votes_for": 2}, ("votes_for", "Enter the votes for and against, or none at all")),
        ({"votes_for": 1, "votes_against": 2}, ("votes_for", "More voted against than for: nothing was resolved")),
        ({"withheld": True}, ("withheld_why", "Say why it is not published")),
    ):  # fmt: skip
        assert (
            refusal(lambda values=values: commands.decide(item, NewDecision("To agree it.", **values), **SAID)) == told
        )
    commands.declare_interest(item, post=posts["chief"], nature="A governor", withdrew=True, **BY)
    assert (
        refusal(lambda: commands.decide(item, NewDecision("To agree it.", mover=posts["chief"]), **SAID))[0] == "mover"
    )
    made = commands.decide(
        item, NewDecision("To agree it.", mover=posts["finance"], votes_for=1, votes_against=1), **SAID
    )
    assert (made.mover, made.votes_for, made.votes_against) == (posts["finance"], 1, 1)


@pytest.fixture
def with_limits(house: House) -> Board:
    """A board that may let contracts up to £100,000, and a chief executive who may up to £250,000."""
    board = a_board(house)
    said: dict[str, Any] = {"what": "Contracts", "starts": date(2026, 1, 5), "organisation": house.office}
    commands.set_limit(board=board, post=None, up_to=Decimal(100_000), **said, **BY)
    commands.set_limit(board=None, post=house.posts["chief"], up_to=Decimal(250_000), **said, **BY)
    return board


def test_what_a_board_may_not_decide_is_taken_by_who_may_or_says_why_it_could_not_wait(
    house: House, with_limits: Board
) -> None:
    _, items = a_sitting(with_limits, one=False)
    chief, finance = house.posts["chief"], house.posts["finance"]

    def take(value: int, **more: Any) -> Any:
        new = NewDecision("To let the contract.", what="Contracts", value=Decimal(value), **more)
        return commands.decide(items["one"], new, **SAID)

    assert take(100_000).value == 100_000
    assert refusal(lambda: take(100_001)) == (
        "value",
        "This board may not decide £100,001 of Contracts: name the post that took it",
    )
    assert take(250_000, taken_by=chief).taken_by == chief
    assert refusal(lambda: take(250_001, taken_by=chief))[0] == "urgency"
    assert refusal(lambda: take(150_000, taken_by=finance)) == (
        "urgency",
        "Chief Finance Officer may not decide £150,000 either: say why it could not wait",
    )
    assert take(300_000, taken_by=chief, urgency="The roof fell in").reasons == "Urgent: The roof fell in"
    assert Limit.objects.count() == 2


def test_a_decision_is_reworded_until_the_minutes_are_signed(house: House) -> None:
    _, items = a_sitting(a_board(house), one=False)
    made = commands.decide(items["one"], NewDecision("To note it."), **SAID)
    commands.change_decision(made, NewDecision("To agree it.", key=True), **BY)
    assert (Decision.objects.get().resolved, Decision.objects.get().key) == ("To agree it.", True)


def set_(item: Item, house: House, text: str = "Write to them") -> BoardAction:
    return commands.set_action(item, text=text, owner=house.posts["owner"], due=date(2026, 7, 1), **SAID)


def test_actions_are_numbered_through_the_year_and_no_gap_tells_of_the_closed_part(house: House) -> None:
    board = a_board(house, code="cgb")
    _, first = a_sitting(board, one=False, two=True)
    numbers = [set_(first["one"], house).number, set_(first["two"], house).number, set_(first["one"], house).number]
    _, second = a_sitting(board, date(2026, 6, 15), one=False)
    assert [*numbers, set_(second["one"], house).number] == [
        "CGB-2026-A01",
        "CGB-2026-C01",
        "CGB-2026-A02",
        "CGB-2026-A03",
    ]
    assert set_(first["one"], house).action.added_on == DAY


def test_another_action_takes_the_place_of_one_of_its_own_part(house: House) -> None:
    _, items = a_sitting(a_board(house, code="cgb"), one=False, two=True)
    old, new, hidden = set_(items["one"], house), set_(items["one"], house), set_(items["two"], house)
    assert refusal(lambda: commands.supersede_action(old, by=old, **BY))[1] == "Choose another action of this board"
    assert refusal(lambda: commands.supersede_action(old, by=hidden, **BY))[1] == (
        "Choose an action of the same part of the meeting"
    )
    old = BoardAction.objects.select_related("action__record", "item__meeting", "item__record").get(pk=old.pk)
    commands.supersede_action(old, by=new, **(BY | {"reason": "It covers both"}))
    assert (old.superseded_by, old.action.removed_on) == (new, NOW.date())
    dropped = events([Entry.objects.get(event="action.dropped")])[0]
    assert dropped.reason == "CGB-2026-A02 takes its place. It covers both"
    assert refusal(lambda: commands.supersede_action(old, by=new, **BY))[1] == "This action is settled already"


def signable(house: House) -> tuple[Meeting, dict[str, Item], Meeting]:
    board = a_board(house)
    meeting, items = a_sitting(board, one=False, two=True)
    later, _ = a_sitting(board, date(2026, 6, 15), minutes=False)
    return meeting, items, later


def test_a_later_meeting_agrees_the_minutes_and_they_stand(house: House) -> None:
    meeting, items, later = signable(house)
    chief, owner = house.posts["chief"], house.posts["owner"]
    sign: Any = lambda by=chief, at=later: commands.sign_off(meeting, agreed_at=at, by=by, **BY)  # noqa: E731
    assert refusal(sign) == ("agreed_at", "Close the meeting first: its minutes are not in draft yet")
    commands.close_meeting(meeting, finished=time(16), **BY)
    assert refusal(lambda: sign(at=meeting))[1] == "Choose a later meeting of the same board"
    assert refusal(sign)[1] == "Minute items 1, 2 first"
    for item in items.values():
        commands.write_minute(item, text="It was noted that nothing moved.", summary="", started_at=None, **BY)
    assert refusal(lambda: sign(by=owner)) == (
        "by",
        "Head of Communications was not at the meeting of 15 June 2026: choose who was",
    )
    sign()
    assert (meeting.signed_on, meeting.signed_by, meeting.signed_at) == (later.held_on, chief, later)
    fresh = Item.objects.select_related("meeting__board", "meeting__record", "record").get(pk=items["one"].pk)
    for act in (
        lambda: commands.write_minute(fresh, text="Other", summary="", started_at=None, **BY),
        lambda: commands.decide(fresh, NewDecision("To note it."), **SAID),
        lambda: set_(fresh, house),
    ):
        assert refusal(act)[1] == "The minutes were signed on 15 June 2026: a later meeting corrects them"
    assert verify().holds


def test_a_correction_stands_beside_the_minute_which_stays_as_it_is(house: House) -> None:
    meeting, items, later = signable(house)
    commands.close_meeting(meeting, finished=time(16), **BY)
    commands.write_minute(items["one"], text="The cost was £5,000\na year.", summary="", started_at=None, **BY)
    item = Item.objects.select_related("minute", "meeting__board", "record").get(pk=items["one"].pk)
    item.meeting.refresh_from_db()
    correct: Any = lambda says, should: commands.correct_minute(item, says=says, should=should, agreed_at=later, **BY)  # noqa: E731
    assert refusal(lambda: correct("£6,000", "£7,000"))[0] == "says"
    assert refusal(lambda: correct("£5,000", " £5,000"))[0] == "should"
    made = correct("£5,000 a year", "£6,000 a year")
    item.minute.refresh_from_db()
    assert (made.agreed_on, item.minute.text) == (later.held_on, "The cost was £5,000\na year.")


def test_a_closure_is_answered_by_a_decision_made_already_and_only_its_own_bodys(house: House) -> None:
    it = proposed(house)
    theirs = commands.record_decision(
        organisation=house.force, board="Force Board", met_on=DAY, minute="3", resolved="To close it.", **SAID
    )
    assert refusal(lambda: answer_closure(it, answer="agreed", decision=theirs, reason="Done", **SAID)) == (
        "answer",
        "That decision is another body’s",
    )
