"""The forward plan: what comes to which meeting, moved, planned once; a year of meetings; what clashes and what is late."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from candour.boards import commands
from candour.boards.commands import StandingFacts
from candour.boards.models import Board, Meeting, Planned
from candour.boards.queries.forward import Plan, forward_plan
from candour.boards.rules.standing import Standing, comes_to, must_by, yearly
from candour.boards.rules.year import days_of
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import is_working_day
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
DAYS = (date(2026, 7, 16), date(2026, 9, 17), date(2026, 11, 19), date(2027, 1, 21))


@pytest.fixture
def board(house: House) -> Board:
    made = a_board(house, code="b")
    for day in DAYS:
        a_meeting(made, day)
    return made


def grid(board: Board, actor: Any = CANDOUR, year: str = "2026/27") -> dict[str, list[str]]:
    plan = forward_plan(board, year, actor=actor, today=TODAY)
    return {line.title: [cell.what for cell in line.cells] for line in plan.lines}


def plan_of(board: Board) -> Plan:
    return forward_plan(board, "2026/27", actor=CANDOUR, today=TODAY)


def client_of(house: House, name: str = "secretary") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


@pytest.mark.parametrize(
    ("standing", "place"),
    [
        (Standing(1, 0, month=9), 1),
        (Standing(1, 0, month=12), 3),
        (Standing(1, 0, must=(1, 31)), 3),
        (Standing(1, 0, must=(12, 31)), 2),
        (Standing(1, 0, must=(7, 1)), 3),
        (Standing(1, 0), 0),
    ],
)
def test_what_comes_once_a_year_takes_the_last_meeting_in_time_or_the_first_of_its_month(
    standing: Standing, place: int | None
) -> None:
    assert yearly(standing, DAYS) == place


def test_a_duty_falls_on_the_last_day_of_a_month_that_is_too_short() -> None:
    assert must_by(Standing(1, 0, must=(2, 29)), date(2026, 4, 1)) == date(2027, 2, 28)


def test_what_was_decided_stands_above_the_rule() -> None:
    every = Standing(1, 2)
    assert [comes_to(every, DAYS, place, added={1}, left_out={2}) for place in range(4)] == [True, True, False, False]


def test_days_of_a_year_leave_august_and_bank_holidays() -> None:
    days = days_of(date(2027, 4, 1), count=4, months=2, nth=5, weekday=0)
    assert [(day.held_on, day.note) for day in days] == [
        (date(2027, 4, 26), ""),
        (date(2027, 6, 28), ""),
        (date(2027, 9, 27), "moved out of August"),
        (date(2027, 10, 25), ""),
    ]
    assert (
        days_of(date(2027, 5, 1), count=1, months=1, nth=5, weekday=0)[0]
        == days_of(date(2027, 5, 1), count=1, months=1, nth=5, weekday=0)[0]
    )
    assert days_of(date(2027, 5, 1), count=1, months=1, nth=5, weekday=0)[0].held_on == date(2027, 6, 1)


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 6),
    st.integers(1, 5),
    st.integers(0, 4),
)
def test_every_day_of_a_rhythm_is_a_working_day(start: date, count: int, months: int, nth: int, weekday: int) -> None:
    days = days_of(start, count=count, months=months, nth=nth, weekday=weekday)
    assert len(days) == count
    assert all(is_working_day(day.held_on) for day in days)


@pytest.mark.django_db
def test_the_grid_says_what_is_planned_and_what_is_on_an_agenda(board: Board) -> None:
    risk = commands.add_standing(board, StandingFacts("Risk"), **BY)
    commands.add_standing(board, StandingFacts("People", every=2), **BY)
    commands.add_item(Meeting.objects.order_by("held_on")[0], commands.NewItem("Risk"), standing=risk, **BY)
    assert grid(board) == {
        "Risk": ["agenda", "planned", "planned", "planned"],
        "People": ["planned", "", "planned", ""],
    }
    assert grid(board, year="2027/28") == {"Risk": [], "People": []}


@pytest.mark.django_db
def test_a_standing_item_moves_from_meeting_to_meeting_and_back(board: Board) -> None:
    people = commands.add_standing(board, StandingFacts("People", every=2), **BY)
    first, second, *_ = Meeting.objects.order_by("held_on")
    commands.move_standing(people, away=first, to=second, **SAID)
    assert grid(board)["People"] == ["", "planned", "planned", ""]
    commands.move_standing(people, away=second, to=first, **SAID)
    assert grid(board)["People"] == ["planned", "", "planned", ""]
    assert Planned.objects.filter(dropped_on=None).count() == 0


@pytest.mark.django_db
def test_what_is_on_an_agenda_is_changed_there(house: House, board: Board) -> None:
    people = commands.add_standing(board, StandingFacts("People"), **BY)
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    commands.add_item(first, commands.NewItem("People"), standing=people, **BY)
    with pytest.raises(Refused, match="It is on the agenda of 16 July 2026"):
        commands.move_standing(people, away=first, to=second, **SAID)
    with pytest.raises(Refused, match="Choose a meeting of this board"):
        commands.move_standing(people, away=None, to=a_meeting(a_board(house)), **SAID)


@pytest.mark.django_db
def test_something_comes_once_moves_is_taken_up_and_leads_to_its_item(house: House, board: Board) -> None:
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    once = commands.plan_once(board, meeting=first, title="Estate strategy", lead=None, minutes=30, **SAID)
    commands.move_once(once, to=second, **SAID)
    assert grid(board)["Estate strategy"] == ["", "planned", "", ""]
    client, at = client_of(house), f"/boards/meetings/office/{second.record.reference}/"
    assert "Estate strategy" in client.get(at).content.decode()
    second.record.refresh_from_db()
    answers = {"due": [f"once:{once.pk}"], "seen": second.record.head_sequence}
    assert client.post(f"{at}take-up/", answers).status_code == 302
    assert grid(board)["Estate strategy"] == ["", "agenda", "", ""]
    once.refresh_from_db()
    with pytest.raises(Refused, match="It is on the agenda of 17 September 2026"):
        commands.move_once(once, to=None, **SAID)


@pytest.mark.django_db
def test_what_comes_once_is_planned_anew_when_its_item_is_withdrawn(house: House, board: Board) -> None:
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    once = commands.plan_once(board, meeting=first, title="Estate strategy", lead=None, minutes=30, **SAID)
    (item,) = commands.take_up(first, standing=[], asks=[], once=[once], **SAID)
    commands.withdraw_item(item, reason="Not ready", **SAID)
    assert grid(board)["Estate strategy"] == ["planned", "", "", ""]
    once = Planned.objects.select_related("item", "meeting", "board").get(pk=once.pk)
    commands.move_once(once, to=second, **SAID)
    assert grid(board)["Estate strategy"] == ["", "planned", "", ""]


@pytest.mark.django_db
def test_what_comes_once_is_not_lost_when_its_meeting_is_called_off(house: House, board: Board) -> None:
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    once = commands.plan_once(board, meeting=first, title="Estate strategy", lead=None, minutes=30, **SAID)
    commands.take_up(first, standing=[], asks=[], once=[once], **SAID)
    commands.call_off(first, reason="No quorum", **SAID)
    plan = plan_of(board)
    assert [(each.title, each.day) for each in plan.adrift] == [("Estate strategy", date(2026, 7, 16))]
    client, at = client_of(house), "/boards/office/b/forward/"
    assert "was planned for 16 July 2026, which was called off" in client.get(f"{at}?year=2026/27").content.decode()
    client.post(f"{at}move/", {"planned": once.pk, "to": second.pk})
    assert (grid(board)["Estate strategy"], plan_of(board).adrift) == (["planned", "", ""], ())


@pytest.mark.django_db
def test_a_meeting_that_is_not_there_takes_nothing_out_of_the_plan(house: House, board: Board) -> None:
    first = Meeting.objects.select_related("record", "board").order_by("held_on")[0]
    once = commands.plan_once(board, meeting=first, title="Estate strategy", lead=None, minutes=30, **SAID)
    page = client_of(house).post("/boards/office/b/forward/move/", {"planned": once.pk, "to": 10**9}, follow=True)
    assert "Choose a meeting of this board" in page.content.decode()
    assert grid(board)["Estate strategy"] == ["planned", "", "", ""]


@pytest.mark.django_db
def test_a_planner_is_not_told_of_an_item_that_may_not_be_seen(house: House, board: Board) -> None:
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    people = commands.add_standing(board, StandingFacts("People"), **BY)
    commands.add_item(first, commands.NewItem("People", closed=True, ground="legal"), standing=people, **BY)
    secretary = house.actors["secretary"]
    scopes = {**secretary.scopes, RecordPermission.SEE_RESTRICTED: frozenset()}
    planner = replace(secretary, scopes=scopes)
    commands.move_standing(people, away=first, to=second, actor=planner, at=NOW)
    with pytest.raises(Refused, match="It is on the agenda of 16 July 2026"):
        commands.move_standing(people, away=first, to=second, **SAID)


@pytest.mark.django_db
def test_a_duty_that_no_meeting_takes_in_time_is_a_warning_with_its_law(board: Board) -> None:
    facts = StandingFacts("Precept", sort="duty", every=0, must_by=(6, 30), law="Schedule 5")
    commands.add_standing(board, facts, **BY)
    plan = forward_plan(board, "2026/27", actor=CANDOUR, today=TODAY)
    assert plan.warnings == ("No meeting takes ‘Precept’ by 30 June 2026 (Schedule 5)",)
    a_meeting(board, date(2026, 6, 29))
    assert forward_plan(board, "2026/27", actor=CANDOUR, today=TODAY).warnings == ()


@pytest.mark.django_db
def test_meetings_that_share_a_member_and_lie_on_top_of_each_other_clash(house: House, board: Board) -> None:
    other = a_board(house, name="Ethics", starts_at=time(15))
    a_meeting(other, DAYS[0])
    apart = a_board(house, name="Apart", starts_at=time(15), seats={"reader": "chair"})
    a_meeting(apart, DAYS[1])
    after = a_board(house, name="After", starts_at=time(16))
    a_meeting(after, DAYS[2])
    columns = forward_plan(board, "2026/27", actor=CANDOUR, today=TODAY).columns
    assert [column.clashes for column in columns] == [("Ethics meets then too",), (), (), ()]


@pytest.mark.django_db
def test_a_closed_standing_item_is_no_row_for_who_may_not_see_it(house: House, board: Board) -> None:
    commands.add_standing(board, StandingFacts("Budget"), **BY)
    commands.add_standing(board, StandingFacts("Zanzibar", closed=True, ground="legal"), **BY)
    assert list(grid(board, house.actors["reader"])) == ["Budget"]
    assert list(grid(board, house.actors["secretary"])) == ["Budget", "Zanzibar"]
    assert "Zanzibar" not in client_of(house, "reader").get("/boards/office/b/forward/").content.decode()


@pytest.mark.django_db
def test_the_buttons_of_the_grid_move_what_is_planned(house: House, board: Board) -> None:
    people = commands.add_standing(board, StandingFacts("People", every=2), **BY)
    first, second, *_ = Meeting.objects.order_by("held_on")
    client, at = client_of(house), "/boards/office/b/forward/"
    assert "Move People to a later meeting" in client.get(at).content.decode()
    sent = {"standing": people.pk, "away": first.pk, "to": second.pk, "planned": ""}
    assert client.post(f"{at}move/?year=2026/27", sent).url == f"{at}?year=2026%2F27#standing-{people.pk}"
    assert grid(board)["People"] == ["", "planned", "planned", ""]
    back = sent | {"away": second.pk, "to": first.pk}
    assert client_of(house, "owner").post(f"{at}move/", back).status_code == 404
    assert grid(board)["People"] == ["", "planned", "planned", ""]


@pytest.mark.django_db
def test_a_year_is_looked_at_changed_and_planned_all_or_nothing(house: House) -> None:
    board = a_board(house, code="b")
    client, at = client_of(house), "/boards/office/b/plan-year/"
    query = "?start=1+September+2026&count=3&months=2&nth=3&weekday=3"
    page = client.get(at + query).content.decode()
    assert [day in page for day in ("17 September 2026", "19 November 2026", "21 January 2027")] == [True] * 3
    bad = {"days": "17 September 2026\r\n19 September 2026", "seen": board.head_sequence}
    board.refresh_from_db()
    bad["seen"] = board.head_sequence
    assert client.post(at, bad).status_code == 422
    assert Meeting.objects.count() == 0
    good = bad | {"days": "17 September 2026\r\n\r\n19 November 2026"}
    assert client.post(at, good).status_code == 302
    assert list(Meeting.objects.order_by("held_on").values_list("held_on", flat=True)) == [DAYS[1], DAYS[2]]
    with pytest.raises(Refused, match="A day stands twice"):
        commands.plan_year(board, [DAYS[0], DAYS[0]], **SAID)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 6])
def test_the_grid_asks_the_same_number_of_questions_at_any_size(
    house: House, board: Board, count: int, django_assert_num_queries: Any
) -> None:
    first, second, *_ = Meeting.objects.select_related("record", "board").order_by("held_on")
    for number in range(count):
        row = commands.add_standing(board, StandingFacts(f"Item {number}", lead=house.posts["chief"]), **BY)
        commands.add_item(first, commands.NewItem("Item"), standing=row, **BY)
        an_item(second)
    client = client_of(house)
    client.get("/boards/office/b/forward/")
    with django_assert_num_queries(7):
        client.get("/boards/office/b/forward/")


@pytest.mark.django_db
def test_an_item_that_went_to_the_closed_part_leaves_no_trace_in_the_grid(house: House) -> None:
    board = a_board(house, code="b")
    meeting = a_meeting(board)
    risk = commands.add_standing(board, StandingFacts("Risk"), **BY)
    closed = commands.NewItem("Zanzibar", closed=True, ground="legal")
    first = commands.add_item(meeting, closed, standing=risk, **BY)
    once = commands.plan_once(board, meeting=meeting, title="Estate", lead=None, minutes=10, **SAID)
    [second] = commands.take_up(meeting, standing=[], once=[once], asks=[], **SAID)
    commands.change_item(second, closed, **BY)
    page = client_of(house, "reader").get("/boards/office/b/forward/").content.decode()
    assert [item.record.reference in page for item in (first, second)] == [False, False]
    assert grid(board, house.actors["reader"]) == {"Risk": ["planned"]}


@pytest.mark.django_db
def test_a_clash_names_no_board_that_one_may_not_see(house: House, board: Board) -> None:
    commands.give_seat(board, post=house.posts["force_policy"], role="member", starts=date(2026, 1, 5), **BY)
    other = a_board(house, name="Gold Group", organisation=house.force, seats={"force_policy": "chair"})
    a_meeting(other, DAYS[0])
    seen = {
        name: forward_plan(board, "2026/27", actor=house.actors[name], today=TODAY).columns[0].clashes
        for name in ("reader", "force_reader")
    }
    assert seen == {"reader": (), "force_reader": ("Gold Group meets then too",)}
