"""The pages of the meeting itself, asked as people ask them."""

from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from candour.boards import commands
from candour.boards.commands import NewDecision
from candour.boards.commands.reminding import link_address, write_reminders
from candour.boards.models import (
    Attendance,
    BoardAction,
    Correction,
    Decision,
    Interest,
    Item,
    Meeting,
    Minute,
    Question,
)
from candour.kernel.actions.commands import finish_action
from candour.kernel.notices.models import Notice
from candour.recommendations.models import Closure, Recommendation
from tests.boards.factories import BY, a_board, a_meeting, a_sitting, an_item
from tests.boards.test_agenda_pages import sent, signed_in
from tests.boards.test_resolving import SAID, proposed, set_
from tests.everywhere.asking import ask
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 11)
AT = "/boards/meetings/office/B-2026-01/"
ITEM = "/boards/items/office/B-2026-01.1/"


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house, "secretary")


def minuted(client: Client, item: Item, **answers: Any) -> Any:
    """The page of the item's minute, sent with what stands and some answers."""
    given = {"text": "", "summary": "", "started_at": "", "go": "stay"} | answers
    return sent(client, f"/boards/items/office/{item.record.reference}/minute/", item.record, **given)


def test_the_secretary_opens_the_meeting_takes_the_attendance_and_closes_it(house: House, client: Client) -> None:
    meeting = a_meeting(a_board(house, code="b"), DAY)
    an_item(meeting, "Budget")
    assert "The meeting has not been opened yet" in client.get(f"{AT}minutes/").content.decode()
    assert sent(client, f"{AT}open/", meeting.record, started="14.05").url == f"{AT}minutes/"
    chief, finance, policy, reader = (house.posts[name] for name in ("chief", "finance", "policy", "reader"))
    answers = {
        f"presence-{chief.pk}": "substitute",
        f"by-{chief.pk}": reader.pk,
        f"presence-{finance.pk}": "apologies",
        f"presence-{policy.pk}": "",
        "invited": house.posts["owner"].pk,
    }
    assert sent(client, f"{AT}attendance/take/", meeting.record, **answers).url == f"{AT}attendance/"
    page = client.get(f"{AT}attendance/").content.decode()
    assert ("There is no quorum." in page, "Represented by a substitute: Assistant" in page) == (True, True)
    assert Attendance.objects.get(post=house.posts["owner"]).presence == "present"
    page = client.get(f"{AT}close/").content.decode()
    assert ("1. Budget</a>: no minute" in page, "Not everything is minuted yet" in page) == (True, True)
    assert sent(client, f"{AT}close/", meeting.record, finished="25:00").status_code == 422
    assert sent(client, f"{AT}close/", meeting.record, finished="1605").status_code == 302
    assert Meeting.objects.get().record.meeting_line.closed_on == DAY


def test_a_substitute_without_a_name_is_refused_beside_the_answers(house: House, client: Client) -> None:
    meeting, _ = a_sitting(a_board(house, code="b"))
    finance = house.posts["finance"].pk
    answer = sent(client, f"{AT}attendance/take/", meeting.record, **{f"presence-{finance}": "substitute"})
    assert answer.status_code == 422
    assert "Choose the post that sat in the place of Chief Finance Officer" in answer.content.decode()


def test_one_page_keeps_all_that_came_of_an_item_and_goes_on_to_the_next(house: House, client: Client) -> None:
    one, two = proposed(house, reference="R1"), proposed(house, reference="R2")
    meeting = a_meeting(a_board(house, code="b"), DAY)
    item, other = an_item(meeting, "Closures"), an_item(meeting, "Budget")
    asked = [commands.ask(item, each.record, act="recommendation.close", **BY) for each in (one, two)]
    commands.open_meeting(meeting, started=time(14), **BY)
    commands.take_attendance(meeting, [commands.Taken(house.posts["chief"], "present")], **BY)
    answers = {
        "text": "The chief finance officer presented them.",
        "summary": "We looked at what was finished.",
        "started_at": "14:10",
        f"answer-{asked[0].pk}": "agreed",
        f"answer-{asked[1].pk}": "sent back",
        f"why-{asked[1].pk}": "Bring the signed memorandum",
        "reasons": "The evidence was seen.",
        "mover": house.posts["chief"].pk,
        "key": "on",
        "action": "Bring the memorandum",
        "action_owner": house.posts["owner"].pk,
        "action_due": "1 July 2026",
        "nature": "Governor of the school",
        "interest_post": house.posts["chief"].pk,
        "go": "next",
    }
    answer = minuted(client, item, **answers)
    assert (answer.status_code, answer.url) == (302, f"/boards/items/office/{other.record.reference}/minute/")
    decision = Decision.objects.get()
    assert (decision.reasons, decision.mover, decision.key) == ("The evidence was seen.", house.posts["chief"], True)
    assert list(Closure.objects.order_by("pk").values_list("answer", "decision")) == [
        ("agreed", decision.pk),
        ("sent back", decision.pk),
    ]
    assert (Minute.objects.get().started_at, BoardAction.objects.get().number) == (time(14, 10), "B-2026-A01")
    assert Interest.objects.get().nature == "Governor of the school"
    page = client.get(f"{AT}minutes/").content.decode()
    for words in (
        "The chief finance officer presented them.",
        "Bring the memorandum",
        "R2</a> Close the recommendation",
        "Stayed.",
    ):
        assert words in page
    assert "Sent back" in client.get(ITEM).content.decode()


def test_agree_all_agrees_what_has_no_answer_yet(house: House, client: Client) -> None:
    records = [proposed(house, reference=f"R{number}").record for number in "12"]
    meeting = a_meeting(a_board(house, code="b"), DAY)
    item = an_item(meeting, "Closures")
    asked = [commands.ask(item, record, act="recommendation.close", **BY) for record in records]
    commands.open_meeting(meeting, started=time(14), **BY)
    assert "Agree all 2" in client.get(f"{ITEM}minute/").content.decode()
    assert minuted(client, item, go="agree", **{f"answer-{asked[1].pk}": "not reached"}).status_code == 302
    assert list(Question.objects.order_by("pk").values_list("answer", flat=True)) == ["agreed", "not reached"]


def test_what_is_refused_saves_nothing_and_keeps_what_was_typed(house: House, client: Client) -> None:
    _, items = a_sitting(a_board(house, code="b"), one=False)
    answers = {"text": "A long minute", "resolved": "To agree it.", "votes_for": "9", "votes_against": "0"}
    answer = minuted(client, items["one"], **answers)
    page = answer.content.decode()
    assert (answer.status_code, "There are more votes than the 3" in page, "A long minute" in page) == (422, True, True)
    assert (Minute.objects.count(), Decision.objects.count()) == (0, 0)
    answer = minuted(client, items["one"], text="A long minute", action="Write to them")
    assert "Choose the post that does it" in answer.content.decode()
    assert Minute.objects.count() == 0


def test_a_save_that_was_overtaken_keeps_the_answers_and_saves_them_when_sent_again(
    house: House, client: Client
) -> None:
    _, items = a_sitting(a_board(house, code="b"), one=False)
    item = Item.objects.select_related("record").get()
    seen = item.record.head_sequence
    commands.write_minute(items["one"], text="Theirs", summary="", started_at=None, **BY)
    address = f"{ITEM}minute/"
    answer = client.post(address, {"text": "Mine", "seen": seen, "go": "stay"})
    page = answer.content.decode()
    assert (
        answer.status_code,
        "somebody changed this after you opened the page" in page,
        ">Mine<" in page.replace("\n", ""),
    ) == (
        422,
        True,
        True,
    )
    assert Minute.objects.get().text == "Theirs"
    assert minuted(client, items["one"], text="Mine").status_code == 302
    assert Minute.objects.get().text == "Mine"


def signed(house: House, client: Client) -> tuple[Meeting, dict[str, Item]]:
    board = a_board(house, code="b")
    meeting, items = a_sitting(board, one=False)
    commands.write_minute(items["one"], text="It cost £5,000.", summary="", started_at=None, **BY)
    commands.close_meeting(meeting, finished=time(16), **BY)
    later, _ = a_sitting(board, date(2026, 6, 15), minutes=False)
    answers = {"agreed_at": later.pk, "by": house.posts["chief"].pk}
    assert sent(client, f"{AT}sign/", meeting.record, **answers).status_code == 302
    return meeting, items


def test_the_minutes_are_signed_off_by_a_later_meeting_and_corrected_after(house: House, client: Client) -> None:
    meeting, items = signed(house, client)
    meeting.refresh_from_db()
    assert (meeting.signed_on, meeting.signed_by) == (date(2026, 6, 15), house.posts["chief"])
    page = client.get(f"{ITEM}minute/").content.decode()
    assert "The minutes were signed on 15 June 2026" in page
    assert minuted(client, items["one"], text="Other").status_code == 422
    answers = {"agreed_at": meeting.signed_at_id, "says": "£5,000", "should": "£6,000"}
    assert sent(client, f"{ITEM}correct/", items["one"].record, **answers).status_code == 302
    assert Correction.objects.get().should == "£6,000"
    assert "For “£5,000” read “£6,000”." in client.get(f"{AT}minutes/").content.decode()


def test_an_interest_is_taken_back_with_its_reason(house: House, client: Client) -> None:
    _, items = a_sitting(a_board(house, code="b"), one=False)
    row = commands.declare_interest(items["one"], post=house.posts["chief"], nature="A governor", withdrew=True, **BY)
    assert (
        sent(client, f"{ITEM}interests/{row.pk}/take-back/", items["one"].record, reason="Of another").status_code
        == 302
    )
    assert Interest.objects.filter(removed_on=None).count() == 0
    assert client.get(f"{ITEM}interests/{row.pk}/take-back/").status_code == 404


def test_the_register_of_decisions_is_searched_and_narrowed(house: House, client: Client) -> None:
    _, items = a_sitting(a_board(house, code="b", name="Budget Board"), one=False, two=True)
    commands.decide(items["one"], NewDecision("To let the contract.", reasons="It was cheapest.", key=True), **SAID)
    hidden = commands.decide(items["two"], NewDecision("To settle the zanzibar claim."), **SAID)
    found = lambda query, who=client: who.get(f"/boards/decisions/{query}").content.decode()  # noqa: E731
    assert ("To let the contract." in found("?q=cheapest"), "zanzibar" in found("?q=cheapest")) == (True, False)
    assert ["To let" in found(f"?q={words}") for words in ("LET+cheapest", "board+let", "let+dearest")] == [
        True,
        True,
        False,
    ]
    assert "zanzibar" in found("?shown=withheld")
    assert "To let" not in found("?key=key&year=2024")
    assert "To let" in found(f"?key=key&year=2026&board={items['one'].meeting.board_id}")
    assert "Nothing is shown until this is mended" in found("?year=nonsense")
    reader = signed_in(house, "reader")
    assert ("zanzibar" in found("", reader), "<b>1</b> decision" in found("", reader)) == (False, True)
    assert client.get(f"/boards/decisions/{hidden.pk}/").status_code == 200
    assert reader.get(f"/boards/decisions/{hidden.pk}/").status_code == 404


def test_a_decision_has_a_page_with_what_it_carried_out_and_is_changed(house: House, client: Client) -> None:
    it = proposed(house, reference="R1")
    meeting = a_meeting(a_board(house, code="b"), DAY)
    question = commands.ask(an_item(meeting), it.record, act="recommendation.close", **BY)
    commands.open_meeting(meeting, started=time(14), **BY)
    question = Question.objects.select_related("item__record", "item__meeting__board", "about").get()
    commands.answer_question(question, answer="agreed", why="It was seen", **SAID)
    decision = Decision.objects.get()
    at = f"/boards/decisions/{decision.pk}/"
    page = client.get(at).content.decode()
    assert ("R1</a>" in page, "Agreed: close the recommendation R1." in page) == (True, True)
    answers = {
        "resolved": "To close R1.",
        "reason": "It was clumsy",
        "withheld": "on",
        "withheld_why": "It names a school",
    }
    assert sent(client, f"{at}change/", decision, **answers).status_code == 302
    decision.refresh_from_db()
    assert (decision.resolved, decision.withheld_why) == ("To close R1.", "It names a school")
    assert Recommendation.objects.get().record.closed_on == DAY


def test_the_log_follows_actions_through_meetings_and_puts_one_in_anothers_place(house: House, client: Client) -> None:
    board = a_board(house, code="b")
    _, items = a_sitting(board, one=False, two=True)
    old, new = set_(items["one"], house, "Write to them"), set_(items["one"], house, "Call them")
    set_(items["two"], house, "Tell zanzibar")
    a_sitting(board, date(2026, 6, 15), three=False)
    page = client.get("/boards/meetings/office/B-2026-02/actions/").content.decode()
    assert ("B-2026-A01" in page, "Tell zanzibar" in page) == (True, True)
    reader = signed_in(house, "reader")
    for address in ("/boards/meetings/office/B-2026-02/actions/", "/boards/actions/", f"{AT}actions/"):
        page = reader.get(address).content.decode()
        assert ("Call them" in page, "zanzibar" in page, "C01" in page) == (True, False, False)
    assert "<b>2</b> actions, 2 still to do" in reader.get("/boards/actions/").content.decode()
    answers = {"by": new.pk, "reason": "It covers both"}
    assert sent(client, f"/boards/actions/{old.pk}/replace/", items["one"].record, **answers).status_code == 302
    page = client.get("/boards/actions/?state=superseded").content.decode()
    assert ("by B-2026-A02" in page, "Call them" in page) == (True, False)
    assert "Call them" in signed_in(house, "owner").get("/boards/actions/?owner=mine&state=to+do").content.decode()


def test_a_post_is_reminded_once_before_and_once_after_and_reads_nothing_of_the_closed_part(house: House) -> None:
    _, items = a_sitting(a_board(house, code="b"), one=False, two=True)
    for item in items.values():
        set_(item, house, "Write to zanzibar")

    def run(day: int) -> list[str]:
        before = set(Notice.objects.values_list("pk", flat=True))
        with transaction.atomic():
            write_reminders(NOW.replace(month=7 if day < 20 else 6, day=day))
        return list(Notice.objects.exclude(pk__in=before).order_by("pk").values_list("subject", flat=True))

    assert run(23) == []
    assert run(25) == ["Action B-2026-A01 is due on 1 July 2026", "An action is due on 1 July 2026"]
    assert run(26) == []
    assert run(1) == []
    assert run(2) == ["Action B-2026-A01 was due on 1 July 2026", "An action was due on 1 July 2026"]
    assert run(9) == []
    assert [notice.subject for notice in Notice.objects.filter(text__contains="zanzibar")] == [
        "Action B-2026-A01 is due on 1 July 2026",
        "Action B-2026-A01 was due on 1 July 2026",
    ]
    first = BoardAction.objects.select_related("action__record").order_by("pk")[0]
    assert link_address(first.pk, NOW) == "/boards/actions/?owner=mine&state=to+do"
    finish_action(first.action, outcome="Written", **SAID)
    assert link_address(first.pk, NOW) is None


ROUND = ("attendance/", "minutes/", "actions/")


def test_what_a_reader_may_not_see_leaves_no_trace_on_the_pages_of_a_meeting(house: House) -> None:
    board = a_board(house, code="b")
    meeting = a_meeting(board, DAY)
    an_item(meeting, "Budget")
    commands.open_meeting(meeting, started=time(14), **BY)
    reader = signed_in(house, "reader")
    addresses = [f"{AT}{name}" for name in ROUND] + ["/boards/decisions/", "/boards/actions/", "/actions/", ITEM]
    before = [reader.get(address).content for address in addresses]
    other = a_board(house, code="c")
    _, items = a_sitting(other, secret=True)
    item = items["secret"]
    commands.write_minute(item, text="Zanzibar", summary="Zanzibar", started_at=None, **BY)
    commands.decide(item, NewDecision("Zanzibar", reasons="Zanzibar"), **SAID)
    set_(item, house, "Zanzibar")
    assert [reader.get(address).content for address in addresses] == before
    at = "/boards/meetings/office/C-2026-01/"
    for name in ROUND:
        assert "Zanzibar" not in reader.get(at + name).content.decode()
    assert "Zanzibar" in signed_in(house, "secretary").get(f"{at}minutes/").content.decode()
    assert reader.get("/boards/items/office/C-2026-01.1/minute/").status_code == 404
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("count", [1, 9])
def test_the_pages_ask_the_same_number_of_questions_at_any_length(house: House, client: Client, count: int) -> None:
    records = [proposed(house, reference=f"R{number}").record for number in range(count)]
    board = a_board(house, code="b")
    meeting = a_meeting(board, DAY)
    made = [an_item(meeting, f"Item {number}", closed=number % 3 == 2) for number in range(count)]
    for record in records:
        commands.ask(made[0], record, act="recommendation.close", **BY)
    commands.open_meeting(meeting, started=time(14), **BY)
    for item in Item.objects.select_related("record", "meeting__board"):
        commands.write_minute(item, text="Noted", summary="", started_at=None, **BY)
        commands.decide(item, NewDecision("To note it."), **SAID)
        set_(item, house)
    a_sitting(board, date(2026, 6, 15), later=False)
    addresses = {f"{AT}attendance/": 5, f"{AT}minutes/": 11, f"{AT}actions/": 6, f"{AT}close/": 8}
    addresses |= {"/boards/meetings/office/B-2026-02/actions/": 7, f"{ITEM}minute/": 11, "/boards/decisions/": 7}
    addresses |= {"/boards/actions/": 7, f"{AT}sign/": 12, f"{ITEM}correct/": 4}
    told = {address: ask(client, "GET", address).queries for address in addresses}
    assert told == addresses


def test_a_log_asked_for_a_state_that_is_none_says_so(house: House) -> None:
    answer = signed_in(house, "secretary").get("/boards/actions/?state=nonsense")
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)
