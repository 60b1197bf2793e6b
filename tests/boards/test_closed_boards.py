"""A board that is closed as a whole: nothing of it exists for those who may not see restricted records, anywhere."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.commands import HeldItem, NewDecision, StandingFacts
from candour.boards.commands.reminding import write_reminders
from candour.boards.models import Board, BoardAction, Decision, Item, Limit, Meeting
from candour.boards.papers.actions import copy_of, gather
from candour.boards.papers.decisions import copy_of as decisions_copy
from candour.boards.papers.decisions import gather as gather_decisions
from candour.boards.queries.boards import boards_listed
from candour.boards.queries.decided import decisions_seen
from candour.boards.queries.desk import meetings_near
from candour.boards.queries.feeds import token_of
from candour.boards.queries.forward import forward_plan
from candour.kernel.access import CANDOUR, Actor, Forbidden
from candour.kernel.history.verify import verify
from candour.kernel.notices.models import Notice
from candour.kernel.publication.commands import publish, withdraw
from candour.kernel.publication.models import Published
from candour.kernel.publication.sources import sources
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, a_sitting, an_item
from tests.boards.test_agenda_pages import sent, signed_in
from tests.boards.test_packs import issue as issue_pack
from tests.boards.test_resolving import proposed
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
HELD, TO_COME = date(2026, 6, 11), date(2026, 7, 16)
AT = "/boards/office/zb/"
WORDS = ("zanzibar", "zb-2026", "11 june", "16 july")


def blind(house: House) -> Actor:
    """One with the secretary's permissions, but without sight of restricted records, and not the board's secretary."""
    secretary = house.actors["secretary"]
    scopes = {**secretary.scopes, RecordPermission.SEE_RESTRICTED: frozenset()}
    return replace(secretary, posts=frozenset(), scopes=scopes)


@pytest.fixture
def board(house: House) -> Board:
    """A board in public with a meeting that was held, a decision that closed a recommendation, an action; a meeting to come
    whose agenda is out; a limit, a standing item, and another board that reports to it."""
    made = a_board(house, code="zb", name="Zanzibar Board", in_public=True)
    it = proposed(house, reference="R1")
    meeting = a_meeting(made, HELD)
    asks = an_item(meeting, "Zanzibar closures")
    question = commands.ask(asks, it.record, act="recommendation.close", **BY)
    commands.open_meeting(meeting, started=time(14), **BY)
    asks = Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=asks.pk)
    commands.write_minute(asks, text="Of zanzibar.", summary="Zanzibar.", started_at=None, **BY)
    question = asks.questions.select_related("item__record", "item__meeting__board", "about").get(pk=question.pk)
    commands.answer_question(question, answer="agreed", why="It is done", actor=CANDOUR, at=NOW)
    commands.set_action(
        asks, text="Sail to zanzibar", owner=house.posts["owner"], due=date(2026, 6, 20), actor=CANDOUR, at=NOW
    )
    coming = a_meeting(made, TO_COME)
    an_item(coming, "Zanzibar plans")
    commands.issue_agenda(coming, **BY)
    commands.add_standing(made, StandingFacts("Zanzibar affairs"), **BY)
    limit = {"what": "Contracts", "post": None, "board": made, "up_to": None, "starts": TODAY}
    commands.set_limit(organisation=house.office, **limit, **BY)
    a_board(house, code="below", name="Lower Board", parent=made)
    return made


def close(board: Board, ground: str = "person", **said: Any) -> Board:
    return commands.set_sight(Board.objects.get(pk=board.pk), ground=ground, **(BY | said))


def test_closing_restricts_every_meeting_and_item_and_names_the_board_to_nobody(house: House, board: Board) -> None:
    close(board)
    records = Record.objects.filter(kind__in=["meeting", "item"])
    assert set(records.values_list("sensitivity", flat=True)) == {Sensitivity.RESTRICTED}
    assert set(Meeting.objects.values_list("ground", flat=True)) == {"person"}
    assert set(Item.objects.values_list("closed", "ground")) == {(True, "person")}
    decision = Decision.objects.get()
    assert (str(decision), decision.taken_at, decision.withheld) == (
        "A closed meeting, 11 June 2026", "Zanzibar Board", True,
    )  # fmt: skip
    assert Board.objects.get(pk=board.pk).in_public is False
    assert verify().failure == ""


@pytest.mark.parametrize(
    "address",
    [
        "/boards/",
        "/boards/office/below/",
        "/boards/office/below/forward/?year=2026/27",
        "/boards/limits/",
        "/boards/calendar/",
        "/boards/actions/",
        "/boards/decisions/",
        "/search?q=affairs+plans+closures",
        "/desk/",
        "/public/",
        "/public/scheme/",
    ],
)
@pytest.mark.parametrize("name", ["reader", "owner", ""])
def test_no_page_of_others_tells_of_it(house: House, board: Board, address: str, name: str) -> None:
    close(board)
    client = signed_in(house, name) if name else Client()
    page = client.get(address, follow=True).content.decode().casefold()
    assert [word for word in WORDS if word in page] == []


@pytest.mark.parametrize("name", ["reader", "owner"])
def test_the_record_that_it_closed_says_so_of_a_closed_meeting_and_its_history_as_it_was_told(
    house: House, board: Board, name: str
) -> None:
    close(board)
    page = signed_in(house, name).get("/recommendations/office/R1/").content.decode()
    assert page.count("Zanzibar") == page.count("agreed by Zanzibar Board, 11 June 2026") == 1
    assert [word for word in ("ZB-2026", "/boards/") if word in page.split("<main", 1)[1]] == []


def test_its_own_pages_answer_like_those_of_a_board_that_never_was(house: House, board: Board) -> None:
    close(board)
    item = Item.objects.select_related("record").order_by("pk")[0]
    decision, action = Decision.objects.get(), BoardAction.objects.get()
    places = [AT, f"{AT}forward/", f"{AT}terms/", f"/boards/items/office/{item.record.reference}/"]
    places += [
        f"/boards/meetings/office/ZB-2026-01/{name}" for name in ("", "packs/", "minutes/", "actions/", "attendance/")
    ]
    places += [f"/boards/decisions/{decision.pk}/"]
    assert [signed_in(house, "reader").get(place).status_code for place in places] == [404] * len(places)
    assert [signed_in(house, "secretary").get(place).status_code for place in places] == [200] * len(places)
    assert signed_in(house, "owner").get(f"/boards/actions/{action.pk}/replace/").status_code == 404


def test_lists_plans_the_desk_and_counts_leave_it_out(house: House, board: Board) -> None:
    close(board)
    seen, unseen = house.actors["secretary"], blind(house)
    assert [[row.name for row in boards_listed(actor=actor, today=TODAY)] for actor in (seen, unseen)] == [
        ["Lower Board", "Zanzibar Board"],
        ["Lower Board"],
    ]
    assert [decisions_seen(actor).count() for actor in (seen, unseen)] == [1, 0]
    assert [len(meetings_near(actor, today=TODAY)[1]) for actor in (seen, unseen)] == [1, 0]
    days = {"organisation": house.office, "as_at": TODAY, "since": date(2026, 4, 1), "at": NOW}
    assert [len(gather(actor, **days).rows) for actor in (seen, unseen)] == [1, 0]
    assert [copy_of(gather(seen, **days), audience).shown for audience in ("office", "public")] == [(), ()]
    assert [decisions_copy(gather_decisions(seen, **days), each).shown for each in ("office", "public")] == [(), ()]


def test_another_board_does_not_clash_with_it_and_no_pack_is_said_to_be_shared_with_it(
    house: House, board: Board
) -> None:
    other = a_board(house, code="other", name="Other Board")
    meeting = a_meeting(other, TO_COME)
    an_item(meeting, "Budget")
    commands.issue_agenda(meeting, **BY)
    meeting = Meeting.objects.select_related("record__organisation", "board").get(pk=meeting.pk)
    commands.share_pack(issue_pack(meeting), board=board, **BY)
    close(board)
    clashes = [
        forward_plan(other, "2026/27", actor=actor, today=TODAY).columns[0].clashes
        for actor in (house.actors["secretary"], blind(house))
    ]
    assert clashes == [("Zanzibar Board meets then too",), ()]
    pages = [
        signed_in(house, name).get("/boards/meetings/office/OTHER-2026-01/packs/") for name in ("secretary", "reader")
    ]
    assert ["Zanzibar" in page.content.decode() for page in pages] == [True, False]


def test_a_calendar_of_it_opens_no_more_for_who_may_not_see_it(house: House, board: Board) -> None:
    feeds = [commands.make_feed(board=board, actor=house.actors[name], at=NOW) for name in ("secretary", "reader")]
    close(board)
    answers = [Client().get(f"/boards/calendar/{token_of(feed.seed)}.ics") for feed in feeds]
    assert ["Zanzibar" in answer.content.decode() for answer in answers] == [True, False]
    assert "BEGIN:VEVENT" not in answers[1].content.decode()
    assert "Zanzibar" not in signed_in(house, "reader").get("/boards/calendar/").content.decode()


def test_nothing_of_it_can_be_published_and_what_is_public_is_withdrawn_first(house: House, board: Board) -> None:
    made = publish("agenda", "ZB-2026-02", organisation=house.office, actor=CANDOUR, at=NOW)
    with pytest.raises(Refused, match="‘Agenda: Zanzibar Board, 16 July 2026’ is public: withdraw"):
        close(board)
    withdraw(made, actor=CANDOUR, at=NOW, reason="The board closes")
    close(board)
    assert [[each.key for each in source.ready(house.office.pk, CANDOUR, TODAY)] for source in sources()] == [
        [] for _ in sources()
    ]
    with pytest.raises(LookupError):
        publish("agenda", "ZB-2026-02", organisation=house.office, actor=CANDOUR, at=NOW)
    assert Published.objects.filter(withdrawn_on=None).count() == 0


def test_a_pack_that_another_board_reads_is_taken_back_first(house: House, board: Board) -> None:
    meeting = Meeting.objects.select_related("record__organisation", "board").get(held_on=TO_COME)
    pack = issue_pack(meeting)
    commands.share_pack(pack, board=Board.objects.get(code="below"), **BY)
    with pytest.raises(Refused, match="A pack of it is shared with Lower Board: take it back first"):
        close(board)
    commands.stop_share(pack.shares.select_related("pack__meeting__record").get(), **BY)
    close(board)
    assert signed_in(house, "reader").get(f"/boards/packs/{pack.pk}/pack.pdf").status_code == 404


def test_what_it_does_from_then_on_is_closed(house: House, board: Board) -> None:
    board = close(board)
    later = commands.plan_meeting(board, held_on=date(2026, 9, 17), actor=house.refreshed("secretary"), at=NOW)
    assert (later.ground, later.record.sensitivity, later.record.reference) == ("person", "restricted", "ZB-2026-R01")
    held = commands.bring_in_meeting(
        board, held_on=date(2026, 5, 14), items=[HeldItem("Old", "Noted", decisions=["Yes"])], **BY
    )
    assert set(held.items.values_list("closed", "record__sensitivity")) == {(True, "restricted")}
    _, items = a_sitting(board, date(2026, 6, 12), one=True)
    assert str(commands.decide(items["one"], NewDecision("To agree."), **BY)) == "A closed meeting, 12 June 2026"
    said = {"board": "Zanzibar Board", "met_on": TODAY, "minute": "9", "resolved": "To close it"}
    elsewhere = commands.record_decision(organisation=house.office, actor=CANDOUR, at=NOW, **said)
    assert (str(elsewhere), elsewhere.taken_at) == ("A closed meeting, 15 June 2026", "Zanzibar Board")
    assert [
        decisions_seen(actor).filter(pk=elsewhere.pk).count() for actor in (house.actors["chief"], blind(house))
    ] == [1, 0]
    with pytest.raises(Forbidden):
        commands.plan_meeting(board, held_on=date(2026, 10, 15), actor=blind(house), at=NOW)
    facts = commands.BoardFacts("Zanzibar Board", time(14), in_public=True)
    with pytest.raises(Refused, match="The board is closed as a whole: the public cannot attend it"):
        commands.change_board(board, facts, **BY)


def test_a_letter_about_its_action_does_not_name_it(house: House, board: Board) -> None:
    close(board)
    write_reminders(NOW)
    notice = Notice.objects.get()
    assert ("zanzibar" in f"{notice.subject} {notice.text}".casefold(), "A board asked your post" in notice.text) == (
        False,
        True,
    )


def test_opened_again_the_board_is_known_and_what_was_closed_stays_closed(house: House, board: Board) -> None:
    board = close(board)
    with pytest.raises(Refused, match="It stands so already"):
        close(board)
    board = close(board, ground="", reason="The panel asked for it")
    page = signed_in(house, "reader").get(AT).content.decode()
    assert ("Zanzibar Board" in page, "ZB-2026-01" in page) == (True, False)
    assert commands.plan_meeting(board, held_on=date(2026, 9, 17), actor=CANDOUR, at=NOW).ground == ""
    assert verify().failure == ""


def test_only_who_sets_boards_up_and_sees_what_is_restricted_closes_one(house: House, board: Board) -> None:
    for actor in (house.actors["owner"], blind(house)):
        with pytest.raises(Forbidden):
            commands.set_sight(board, ground="person", actor=actor, at=NOW, reason="No")
    with pytest.raises(Refused, match="Choose the ground"):
        close(board, ground="because")
    with pytest.raises(Refused, match="Say who agreed it"):
        close(board, reason=" ")


def test_it_is_one_setting_on_a_page_with_a_reason(house: House, board: Board) -> None:
    client = signed_in(house, "secretary")
    assert "Say who may know of it" in client.get(AT).content.decode()
    assert "past ones too" in client.get(f"{AT}sight/").content.decode()
    assert sent(client, f"{AT}sight/", board, ground="person", reason="").status_code == 422
    assert sent(client, f"{AT}sight/", board, ground="person", reason="Agreed by the chair").url == AT
    page = client.get(AT).content.decode()
    assert ("Closed board" in page, "OFFICIAL-SENSITIVE" in page) == (True, True)
    form = client.get(f"{AT}plan/").content.decode()
    assert ("Closed as a whole: information about" in form, "It has an open part" in form) == (True, False)
    assert Limit.objects.count() == 1
