"""The pages of an agenda, asked as people ask them."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.boards import commands
from candour.boards.commands import StandingFacts
from candour.boards.models import Item, Meeting, Paper
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import TODAY, House
from tests.papers.pack.makers import own_pdf
from tests.recommendations.factories import a_recommendation

pytestmark = pytest.mark.django_db
AT = "/boards/meetings/office/B-2026-01/"


@pytest.fixture
def meeting(house: House) -> Meeting:
    return a_meeting(a_board(house, code="b"))


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def sent(client: Client, address: str, record: Any, **answers: Any) -> Any:
    record.refresh_from_db()
    return client.post(address, answers | {"seen": record.head_sequence})


def test_the_secretary_adds_an_item_and_is_led_to_its_page(house: House, meeting: Meeting) -> None:
    answers = {"title": "Budget", "part": "open", "wanted": "decide", "minutes": "20"}
    answer = sent(signed_in(house, "secretary"), f"{AT}add/", meeting.record, **answers)
    item = Item.objects.get()
    assert (answer.status_code, answer.url) == (302, "/boards/items/office/B-2026-01.1/")
    assert (item.record.title, item.purpose, item.minutes, item.closed) == ("Budget", "decide", 20, False)


def test_a_closed_item_needs_the_ground_on_which_the_public_is_excluded(house: House, meeting: Meeting) -> None:
    answers = {"title": "Restricted risks", "part": "closed", "wanted": "decide", "minutes": "20"}
    answer = sent(signed_in(house, "secretary"), f"{AT}add/", meeting.record, **answers)
    assert answer.status_code == 422
    assert "Choose the ground on which the public is excluded" in answer.content.decode()
    assert Item.objects.count() == 0


def test_what_a_reader_may_not_see_leaves_no_trace_on_the_agenda(house: House, meeting: Meeting) -> None:
    an_item(meeting, "Budget", minutes=30)
    before = signed_in(house, "reader").get(AT).content
    an_item(meeting, "Zanzibar", closed=True, minutes=45)
    an_item(meeting, "Yemen", closed=True)
    assert signed_in(house, "reader").get(AT).content == before
    assert "Zanzibar" in signed_in(house, "secretary").get(AT).content.decode()
    assert signed_in(house, "reader").get("/boards/items/office/B-2026-01.2/").status_code == 404


def test_items_move_up_and_down_within_their_part(house: House, meeting: Meeting) -> None:
    an_item(meeting, "One")
    an_item(meeting, "Two")
    answer = signed_in(house, "secretary").post("/boards/items/office/B-2026-01.2/place/", {"to": "0"})
    assert answer.status_code == 302
    order = Item.objects.order_by("position").values_list("record__title", flat=True)
    assert list(order) == ["Two", "One"]


def test_standing_items_that_are_due_are_offered_and_taken_up_with_their_paper(house: House, meeting: Meeting) -> None:
    facts = StandingFacts("Corporate risk", lead=house.posts["finance"], minutes=15, paper="risk-register")
    row = commands.add_standing(meeting.board, facts, **BY)
    commands.add_standing(meeting.board, StandingFacts("Annual report", every=0, month=9), **BY)
    a_meeting(meeting.board, date(2026, 10, 15))
    client = signed_in(house, "secretary")
    page = client.get(AT).content.decode()
    assert ("Corporate risk" in page, "Annual report" in page) == (True, False)
    assert sent(client, f"{AT}take-up/", meeting.record, due=[f"standing:{row.pk}"]).status_code == 302
    item = Item.objects.get()
    assert (item.record.title, item.record.owner, item.minutes) == ("Corporate risk", house.posts["finance"], 15)
    assert list(Paper.objects.values_list("kind", flat=True)) == ["risk-register"]
    assert "Due at this meeting" in client.get(AT).content.decode()


def test_a_paper_is_added_as_a_draft_made_final_and_taken_off(house: House, meeting: Meeting) -> None:
    item = an_item(meeting, presenter=house.posts["owner"])
    client, at = signed_in(house, "owner"), "/boards/items/office/B-2026-01.1/"
    file = SimpleUploadedFile("report.pdf", own_pdf(), content_type="application/pdf")
    answer = sent(client, f"{at}papers/add/", item.record, file=file, title="Spending", draft="on")
    paper = Paper.objects.get()
    assert (answer.status_code, paper.title, paper.draft) == (302, "Spending", True)
    assert client.post(f"{at}papers/{paper.pk}/final/").status_code == 302
    assert Paper.objects.get().draft is False
    answer = sent(client, f"{at}papers/{paper.pk}/take-off/", item.record, reason="It was the wrong year")
    assert (answer.status_code, Paper.objects.filter(removed_on=None).count()) == (302, 0)


def test_the_agenda_goes_out_and_a_late_item_is_lettered(house: House, meeting: Meeting) -> None:
    an_item(meeting, "One")
    an_item(meeting, "Two")
    client = signed_in(house, "secretary")
    assert sent(client, f"{AT}send/", meeting.record).status_code == 302
    answers = {"title": "Flood", "part": "open", "wanted": "note", "minutes": "5"}
    assert sent(client, f"{AT}add/", meeting.record, **answers).status_code == 422
    assert sent(client, f"{AT}add/", meeting.record, **answers, late_why="It happened yesterday").status_code == 302
    page = client.get(AT).content.decode()
    assert '<span class="n">2a</span>' in page
    assert "It happened yesterday" in page


def test_nothing_is_saved_over_what_somebody_else_entered(house: House, meeting: Meeting) -> None:
    client = signed_in(house, "secretary")
    seen = Meeting.objects.get().record.head_sequence
    commands.change_meeting(meeting, starts_at=meeting.starts_at, lasts=90, venue="Room 3", **BY)
    answers = {"title": "Budget", "part": "open", "wanted": "note", "minutes": "5", "seen": seen}
    answer = client.post(f"{AT}add/", answers)
    assert answer.status_code == 422
    assert "somebody changed this after you opened the page" in answer.content.decode()
    assert "Budget" in answer.content.decode()
    assert Item.objects.count() == 0


@pytest.mark.parametrize("count", [1, 12])
def test_the_agenda_asks_the_same_number_of_questions_at_any_length(
    house: House, meeting: Meeting, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        an_item(meeting, f"Item {number}", closed=number % 3 == 2)
    client = signed_in(house, "secretary")
    client.get(AT)
    with django_assert_num_queries(12):
        client.get(AT)


def test_a_question_is_withdrawn_until_the_board_answered_it(house: House, meeting: Meeting) -> None:
    item = an_item(meeting, "Closures")
    about = a_recommendation(house, response="accepted", proposed_on=date(2026, 4, 1)).record
    asked = commands.ask(item, about, act="recommendation.close", **BY)
    assert commands.ask(item, about, act="recommendation.close", **BY).pk == asked.pk
    assert commands.withdraw_question(asked, **BY).removed_on == TODAY
    asked.answer = "agreed"
    with pytest.raises(Refused, match="The board answered it"):
        commands.withdraw_question(asked, **BY)
    with pytest.raises(Refused, match="Choose what the board is asked"):
        commands.ask(item, about, act="never.heard", **BY)


def test_a_restricted_record_is_asked_about_in_the_closed_part(house: House, meeting: Meeting) -> None:
    about = a_recommendation(house, response="accepted", proposed_on=date(2026, 4, 1), sensitivity="restricted").record
    with pytest.raises(Refused, match="is restricted: ask about it in the closed part"):
        commands.ask(an_item(meeting, "Closures"), about, act="recommendation.close", **BY)
    closed = an_item(meeting, "Closures", closed=True)
    commands.ask(closed, about, act="recommendation.close", **BY)
    with pytest.raises(Refused, match="It asks about a restricted record"):
        commands.change_item(closed, commands.NewItem("Closures"), **BY)


def test_a_withdrawn_item_leaves_its_number_behind_once_the_agenda_went_out(house: House, meeting: Meeting) -> None:
    one = an_item(meeting, "One")
    an_item(meeting, "Two")
    commands.issue_agenda(meeting, **BY)
    one.refresh_from_db()
    commands.withdraw_item(one, **BY)
    with pytest.raises(Refused, match="It was withdrawn on 15 June 2026"):
        commands.withdraw_item(one, **BY)
    page = signed_in(house, "secretary").get(AT).content.decode()
    assert ('<span class="n">2</span>' in page, '<span class="n">1</span>' in page) == (True, False)
    assert "Withdrawn" in page


def test_a_paper_is_taken_off_once_and_a_final_one_is_no_draft(house: House, meeting: Meeting) -> None:
    item = an_item(meeting)
    paper = commands.add_written(item, kind="risk-register", title="", **BY)
    assert paper.title == "Risk register paper"
    with pytest.raises(Refused, match="The item has this paper already"):
        commands.add_written(item, kind="risk-register", title="", **BY)
    with pytest.raises(Refused, match="Choose a paper that Candour writes"):
        commands.add_written(item, kind="never", title="", **BY)
    with pytest.raises(Refused, match="This paper is final already"):
        commands.settle_draft(paper, **BY)
    commands.take_off(paper, **BY)
    with pytest.raises(Refused, match="It was taken off on 15 June 2026"):
        commands.take_off(paper, **BY)


def test_a_meeting_leads_to_the_registers_as_it_sees_them_and_to_what_changed_since_the_last(house: House) -> None:
    board = a_board(house, code="b")
    a_meeting(board, date(2026, 3, 12))
    a_meeting(board, date(2026, 5, 14))
    to_come = a_meeting(board)
    client = signed_in(house, "secretary")
    page = client.get("/boards/meetings/office/B-2026-02/").content.decode()
    assert 'href="/risks/?as_at=2026-05-14"' in page
    for kind in ("board-actions", "board-decisions"):
        assert f'href="/papers/{kind}/draft?as_at=2026-05-14&amp;since=2026-03-12"' in page
    assert "/risks/changes/?since=2026-03-12&amp;as_at=2026-05-14" in page
    assert "/audits/changes/?since=2026-03-12&amp;as_at=2026-05-14" in page
    assert "/papers/recommendation-changes/draft?since=2026-03-12&amp;as_at=2026-05-14" in page
    page = client.get(f"/boards/meetings/office/{to_come.record.reference}/").content.decode()
    assert f"/risks/changes/?since=2026-05-14&amp;as_at={TODAY.isoformat()}" in page
    first = client.get("/boards/meetings/office/B-2026-01/").content.decode()
    assert "?since=" not in first
