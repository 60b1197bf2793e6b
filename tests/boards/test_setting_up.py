"""Boards set up, changed and ended; seats, terms, standing items, limits: the commands and their pages."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.commands import BoardFacts, StandingFacts
from candour.boards.models import Board, Limit, Meeting, Seat, StandingItem, Terms
from candour.boards.queries.boards import board_in_full
from candour.boards.views.setting_up import differences
from candour.kernel.access import Forbidden
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Share, visible
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
FACTS = BoardFacts(name="Governance Board", starts_at=time(10))


def client_of(house: House, name: str = "secretary") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def sent(client: Client, address: str, row: Any, **answers: Any) -> Any:
    row.refresh_from_db()
    return client.post(address, answers | {"seen": row.head_sequence})


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": " "}, "gov", "name"),
        ({}, "", "code"),
        ({}, "a b", "code"),
        ({"months": 13}, "gov", "months"),
        ({"quorum": 0}, "gov", "quorum"),
        ({"lasts": 0}, "gov", "lasts"),
        ({"papers_days": 3}, "gov", "papers_days"),
    ],
)
def test_a_board_that_cannot_be_is_refused(house: House, values: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.set_up_board(replace(FACTS, **values), organisation=house.office, code=code, **BY)
    assert refused.value.field == field
    assert Board.objects.count() == 0


def test_a_code_or_name_that_is_taken_is_refused(house: House) -> None:
    commands.set_up_board(FACTS, organisation=house.office, code="gov", **BY)
    for facts, code, field in ((FACTS, "other", "name"), (replace(FACTS, name="Other"), "gov", "code")):
        with pytest.raises(Refused) as refused:
            commands.set_up_board(facts, organisation=house.office, code=code, **BY)
        assert refused.value.field == field


def test_only_who_sets_boards_up_does(house: House) -> None:
    with pytest.raises(Forbidden):
        commands.set_up_board(
            FACTS, organisation=house.office, code="gov", actor=house.actors["owner"], at=NOW, reason="For a test"
        )


def test_a_board_does_not_report_to_itself_round_about(house: House) -> None:
    above = a_board(house)
    below = a_board(house, parent=above)
    with pytest.raises(Refused, match="A board cannot report to itself"):
        commands.change_board(above, BoardFacts(name="Above", starts_at=time(9), parent=below), **BY)


def test_a_board_ends_once_nothing_is_planned(house: House) -> None:
    board = a_board(house)
    meeting = a_meeting(board)
    with pytest.raises(Refused, match="It is to meet on 16 July 2026"):
        commands.end_board(board, **BY)
    commands.call_off(meeting, **BY)
    assert commands.end_board(board, **BY).ended_on == TODAY
    with pytest.raises(Refused, match="This board ended on 15 June 2026"):
        commands.end_board(board, **BY)
    with pytest.raises(Refused, match="This board ended"):
        commands.plan_meeting(board, held_on=date(2026, 7, 17), **BY)


def test_one_post_has_one_seat_and_a_board_one_chair(house: House) -> None:
    board = a_board(house)
    with pytest.raises(Refused, match="has a seat already"):
        commands.give_seat(board, post=house.posts["chief"], role="member", starts=TODAY, **BY)
    with pytest.raises(Refused, match="The board has a chair"):
        commands.give_seat(board, post=house.posts["owner"], role="chair", starts=TODAY, **BY)
    seat = Seat.objects.get(post=house.posts["finance"])
    with pytest.raises(Refused, match="Choose another post as the substitute"):
        commands.change_seat(seat, role="member", substitute=house.posts["finance"], **BY)
    commands.change_seat(seat, role="vice", substitute=house.posts["owner"], **BY)
    assert commands.end_seat(seat, ends=TODAY, **BY).ends == TODAY
    with pytest.raises(Refused, match="This seat ended on 15 June 2026"):
        commands.end_seat(seat, ends=TODAY, **BY)


def test_a_seat_or_a_limit_ends_on_a_day_that_has_come(house: House) -> None:
    seat = a_board(house).seats.select_related("board", "post").get(post=house.posts["finance"])
    with pytest.raises(Refused, match="16 June 2026 is still to come"):
        commands.end_seat(seat, ends=TODAY + timedelta(days=1), **BY)
    with pytest.raises(Refused, match="The seat began on 5 January 2026"):
        commands.end_seat(seat, ends=date(2026, 1, 4), **BY)


def test_with_its_last_seat_another_body_sees_no_meeting_to_come_and_keeps_those_that_were(house: House) -> None:
    seats = {"chief": "chair", "force_policy": "member", "force_reader": "member"}
    board = a_board(house, code="b", seats=seats)
    for day in (date(2026, 6, 11), date(2026, 7, 16)):
        an_item(a_meeting(board, day), f"Item of {day.month}")
    force = house.refreshed("force_policy")

    def seen() -> list[str]:
        return list(
            Record.objects.filter(visible(force, BoardPermission.SEE)).values_list("title", flat=True).order_by("pk")
        )

    force_seats = Seat.objects.select_related("board", "post").filter(board=board, post__organisation=house.force)
    commands.end_seat(force_seats.get(post=house.posts["force_policy"]), ends=TODAY, **BY)
    assert [title for title in seen() if "Item" in title] == ["Item of 6", "Item of 7"]
    commands.end_seat(force_seats.get(post=house.posts["force_reader"]), ends=TODAY, **BY)
    assert [title for title in seen() if "Item" in title] == ["Item of 6"]
    assert Share.objects.filter(organisation=house.force, ended=None).count() == 2


def test_terms_of_reference_are_versions_that_never_change(house: House) -> None:
    board = a_board(house)
    given = {"agreed_by": "The board", "agreed_on": date(2026, 5, 1), **BY}
    first = commands.agree_terms(board, text="It meets each quarter.", **given)
    with pytest.raises(Refused, match="This is the text of version 1"):
        commands.agree_terms(board, text="It meets each quarter.", **given)
    second = commands.agree_terms(board, text="It meets each month.", **given)
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(ValueError, match="never changed"):
        first.save()
    page = client_of(house).get(f"/boards/office/{board.code}/terms/").content.decode()
    assert ("<del>quarter.</del><ins>month.</ins>" in page, "which stands" in page) == (True, True)


def test_two_texts_are_told_apart_word_by_word() -> None:
    assert differences("It meets each quarter.", "It meets each month.") == (
        ("same", "It meets each "),
        ("gone", "quarter."),
        ("added", "month."),
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"sort": "duty"}, "must_by"),
        ({"must_by": (2, 30)}, "must_by"),
        ({"closed": True}, "ground"),
        ({"minutes": 0}, "minutes"),
        ({"month": 13}, "month"),
    ],
)
def test_a_standing_item_that_cannot_be_is_refused(house: House, values: dict[str, Any], field: str) -> None:
    board = a_board(house)
    with pytest.raises(Refused) as refused:
        commands.add_standing(board, replace(StandingFacts("Budget"), **values), **BY)
    assert refused.value.field == field


def test_standing_items_are_changed_put_in_order_and_ended(house: House) -> None:
    board = a_board(house)
    one, two = (commands.add_standing(board, StandingFacts(title), **BY) for title in ("One", "Two"))
    commands.order_standing(board, [two.pk, one.pk], actor=BY["actor"], at=NOW)
    assert list(board.standing.order_by("position").values_list("title", flat=True)) == ["Two", "One"]
    with pytest.raises(Refused, match="have changed since the page was opened"):
        commands.order_standing(board, [two.pk], actor=BY["actor"], at=NOW)
    commands.change_standing(two, StandingFacts("Second", every=2), **BY)
    assert commands.end_standing(two, **BY).ended_on == TODAY
    assert StandingItem.objects.get(pk=two.pk).title == "Second"


def test_buttons_put_standing_items_in_order_and_leave_those_unseen_where_they_are(house: House) -> None:
    board = a_board(house, code="b")
    one, _, two = (
        commands.add_standing(board, StandingFacts(title, closed=closed, ground="legal" if closed else ""), **BY)
        for title, closed in (("One", False), ("Zanzibar", True), ("Two", False))
    )
    secretary = house.actors["secretary"]
    blind = replace(secretary, scopes={**secretary.scopes, RecordPermission.SEE_RESTRICTED: frozenset()})
    commands.place_standing(two, to=0, actor=blind, at=NOW)
    assert titles(board) == ["Two", "Zanzibar", "One"]
    client = client_of(house)
    assert client.post(f"/boards/standing/{one.pk}/place/", {"to": "1"}).url == f"/boards/office/b/#standing-{one.pk}"
    assert titles(board) == ["Two", "One", "Zanzibar"]
    assert "Move One up" in client.get("/boards/office/b/").content.decode()
    assert client_of(house, "owner").post(f"/boards/standing/{one.pk}/place/", {"to": "0"}).status_code in (403, 404)
    assert titles(board) == ["Two", "One", "Zanzibar"]


def titles(board: Board) -> list[str]:
    return list(board.standing.order_by("position").values_list("title", flat=True))


def test_a_board_shows_the_meetings_before_twelve_at_a_time(house: House, django_assert_max_num_queries: Any) -> None:
    board = a_board(house, code="b")
    for number in range(14):
        commands.call_off(a_meeting(board, date(2026, 9, 1) + timedelta(days=7 * number)), **BY)
    client = client_of(house)
    with django_assert_max_num_queries(12):
        first = client.get("/boards/office/b/").content.decode()
    second = client.get("/boards/office/b/?page=2").content.decode()
    assert [page.count("Called off") for page in (first, second)] == [12, 2]
    assert ("1 December 2026" in first, "1 September 2026" in first, "1 September 2026" in second) == (
        True,
        False,
        True,
    )


def test_a_closed_standing_item_is_not_there_for_who_may_not_see_it(house: House) -> None:
    board = a_board(house, code="b")
    row = commands.add_standing(board, StandingFacts("Zanzibar affair", closed=True, ground="legal"), **BY)
    assert "Zanzibar" in client_of(house).get("/boards/office/b/").content.decode()
    assert "Zanzibar" not in client_of(house, "reader").get("/boards/office/b/").content.decode()
    assert client_of(house, "reader").get(f"/boards/standing/{row.pk}/change/").status_code == 404


def test_a_new_limit_takes_the_place_of_the_one_that_stood(house: House) -> None:
    given: dict[str, Any] = {
        "organisation": house.office,
        "what": "Contracts",
        "post": house.posts["chief"],
        "board": None,
    }
    commands.set_limit(**given, up_to=Decimal(50_000), starts=date(2026, 1, 1), **BY)
    new = commands.set_limit(**given, up_to=Decimal(75_000), starts=date(2026, 6, 1), **BY)
    assert list(Limit.objects.order_by("starts").values_list("ends", flat=True)) == [date(2026, 5, 31), None]
    with pytest.raises(Refused, match="enter a later day"):
        commands.set_limit(**given, up_to=Decimal(1), starts=date(2026, 6, 1), **BY)
    assert commands.end_limit(new, ends=TODAY, **BY).ends == TODAY


def test_a_limit_holds_on_its_page_until_the_one_that_takes_its_place_begins(house: House) -> None:
    given: dict[str, Any] = {"organisation": house.office, "what": "Contracts", "post": house.posts["chief"]}
    commands.set_limit(**given, board=None, up_to=Decimal(50_000), starts=date(2026, 1, 1), **BY)
    commands.set_limit(**given, board=None, up_to=Decimal(75_000), starts=TODAY + timedelta(days=15), **BY)
    page = client_of(house).get("/boards/limits/").content.decode()
    assert ("£50,000" in page, "until 29 June 2026" in page, "£75,000" in page) == (True, True, True)


def test_a_seat_that_ends_today_is_held_until_tonight_and_a_board_ends_on_a_day_that_has_come(house: House) -> None:
    board = a_board(house, code="b")
    seat = board.seats.select_related("board", "post").get(post=house.posts["finance"])
    commands.end_seat(seat, ends=TODAY, **BY)
    seats = board_in_full(board, actor=house.actors["secretary"], today=TODAY).seats
    assert [each.post_id for each in seats if each.pk == seat.pk] == [house.posts["finance"].pk]
    tomorrow = TODAY + timedelta(days=1)
    assert seat.pk not in {
        each.pk for each in board_in_full(board, actor=house.actors["secretary"], today=tomorrow).seats
    }
    with pytest.raises(Refused, match="16 June 2026 is still to come") as refused:
        commands.end_board(board, effective=tomorrow, **BY)
    assert refused.value.field == "effective"


def test_a_limit_is_of_a_post_or_of_a_board(house: House) -> None:
    given: dict[str, Any] = {"organisation": house.office, "what": "Contracts", "up_to": None, "starts": TODAY}
    with pytest.raises(Refused, match="a post or a board"):
        commands.set_limit(**given, post=None, board=None, **BY)
    with pytest.raises(Refused, match="a post or a board"):
        commands.set_limit(**given, post=house.posts["chief"], board=a_board(house), **BY)


def test_a_meeting_moves_is_changed_and_called_off(house: House) -> None:
    meeting = a_meeting(a_board(house))
    with pytest.raises(Refused, match="18 July 2026 is not a working day"):
        commands.move_meeting(meeting, held_on=date(2026, 7, 18), **BY)
    commands.move_meeting(meeting, held_on=date(2026, 7, 17), **BY)
    commands.change_meeting(meeting, starts_at=time(9, 30), lasts=60, venue="Hall", **BY)
    found = Meeting.objects.get()
    assert (found.held_on, found.first_planned, found.starts_at, found.venue) == (
        date(2026, 7, 17),
        date(2026, 7, 16),
        time(9, 30),
        "Hall",
    )
    commands.call_off(meeting, **BY)
    with pytest.raises(Refused, match="This meeting was called off"):
        commands.move_meeting(meeting, held_on=date(2026, 7, 20), **BY)


def test_pages_set_up_a_board_with_its_seats_terms_items_meeting_and_limit(house: House) -> None:
    client = client_of(house)
    answers: dict[str, Any] = {
        "name": "Ethics Committee",
        "code": "ETH",
        "months": "3",
        "starts_at": "14.30",
        "lasts": "90",
    }
    answers |= {"quorum": "3", "papers_days": "8", "notice_days": "5", "reason": "Agreed by the commissioner"}
    assert sent(client, "/boards/new/", house.office, **answers).url == "/boards/office/eth/"
    board = Board.objects.get()
    assert (board.code, board.starts_at) == ("eth", time(14, 30))
    home = "/boards/office/eth/"
    changed = answers | {"venue": "Hall", "reason": "A better room"}
    assert sent(client, f"{home}change/", board, **changed).url == home
    seat = {"post": house.posts["chief"].pk, "role": "chair", "starts": "1 June 2026", "reason": "Agreed"}
    assert sent(client, f"{home}seats/give/", board, **seat).url == home
    item = {
        "title": "Complaints",
        "sort": "area",
        "wanted": "discuss",
        "minutes": "20",
        "every": "1",
        "reason": "Agreed",
    }
    assert sent(client, f"{home}standing/add/", board, **item).url == home
    terms = {"text": "It looks at complaints.", "agreed_by": "The board", "agreed_on": "1 June 2026", "reason": "First"}
    assert sent(client, f"{home}terms/agree/", board, **terms).url == home
    plan = {"held_on": "16 July 2026", "starts_at": "14:30", "lasts": "90", "venue": "Hall"}
    assert sent(client, f"{home}plan/", board, **plan).url == "/boards/meetings/office/ETH-2026-01/"
    page = client.get(home).content.decode()
    assert [word in page for word in ("Complaints", "Chief Executive", "Version 1", "16 July 2026", "Hall")] == [
        True
    ] * 5
    assert (Seat.objects.count(), Terms.objects.count()) == (1, 1)
    limit = {
        "what": "Grants",
        "post": house.posts["chief"].pk,
        "up_to": "£50,000",
        "starts": "1 June 2026",
        "reason": "Scheme",
    }
    assert sent(client, "/boards/limits/set/", house.office, **limit).url == "/boards/limits/"
    assert "£50,000" in client.get("/boards/limits/").content.decode()


def test_moving_a_meeting_on_its_page_is_all_or_nothing(house: House) -> None:
    meeting = a_meeting(a_board(house, code="b"))
    client = client_of(house)
    answers = {"held_on": "17 July 2026", "starts_at": "10:00", "lasts": "60", "venue": "Hall"}
    assert sent(client, "/boards/meetings/office/B-2026-01/change/", meeting.record, **answers).status_code == 422
    assert Meeting.objects.get().held_on == date(2026, 7, 16)
    answers["reason"] = "The room is taken"
    assert sent(client, "/boards/meetings/office/B-2026-01/change/", meeting.record, **answers).status_code == 302
    assert (Meeting.objects.get().held_on, Meeting.objects.get().venue) == (date(2026, 7, 17), "Hall")


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_of_boards_ask_the_same_number_of_questions_at_any_size(
    house: House, count: int, django_assert_num_queries: Any
) -> None:
    board = a_board(house, code="b")
    for number in range(count):
        a_board(house)
        a_meeting(board, date(2026, 7, 13 + number))
        commands.add_standing(board, StandingFacts(f"Item {number}"), **BY)
    client = client_of(house)
    client.get("/boards/")
    with django_assert_num_queries(3):
        client.get("/boards/")
    with django_assert_num_queries(10):
        client.get("/boards/office/b/")
