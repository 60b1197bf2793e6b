"""The meeting itself: opened and closed, who was there, interests, minutes."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from candour.boards import commands
from candour.boards.commands import Taken
from candour.boards.models import Attendance, Item, Meeting, Minute
from candour.boards.queries.sat import quorum_of
from candour.kernel.access import Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, a_sitting, an_item
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 11)
CFO = "Chief Finance Officer"
NOT_OURS = "Force Analyst is not of this body: choose the substitute that the seat names"
SAID: dict[str, Any] = {"actor": BY["actor"], "at": NOW}


def refusal(act: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.field, refused.value.message


def test_opening_gives_what_was_added_late_the_letter_that_stands(house: House) -> None:
    meeting = a_meeting(a_board(house), DAY)
    one = an_item(meeting, "One")
    commands.issue_agenda(meeting, **BY)
    late = an_item(meeting, "Two", late_why="It happened yesterday")
    commands.open_meeting(meeting, started=time(14, 5), **BY)
    assert dict(Item.objects.values_list("pk", "number")) == {one.pk: "1", late.pk: "1a"}
    assert Meeting.objects.get().opened_at == datetime(2026, 6, 11, 13, 5, tzinfo=UTC)
    assert set(Entry.objects.filter(event="meeting.opened").values_list("effective", flat=True)) == {DAY}


def test_a_meeting_is_opened_once_not_before_its_day_and_closed_after_it(house: House) -> None:
    board = a_board(house)
    to_come = a_meeting(board)
    assert refusal(lambda: commands.open_meeting(to_come, started=time(14), **BY))[1] == (
        "The meeting is on 16 July 2026: open it when it has begun"
    )
    assert refusal(lambda: commands.close_meeting(to_come, finished=time(15), **BY))[1] == "Open the meeting first"
    meeting, _ = a_sitting(board)
    assert refusal(lambda: commands.open_meeting(meeting, started=time(14), **BY))[0] == "started"
    assert refusal(lambda: commands.close_meeting(meeting, finished=time(13), **BY))[1] == (
        "It was opened at 14:00: enter a later time"
    )
    commands.close_meeting(meeting, finished=time(16), **BY)
    assert refusal(lambda: commands.close_meeting(meeting, finished=time(16), **BY))[0] == "finished"
    assert refusal(lambda: commands.add_item(meeting, commands.NewItem("More"), **BY))[1] == (
        "This meeting has begun: its agenda stands"
    )


def test_a_substitute_counts_in_the_place_of_the_member_and_an_attendee_does_not(house: House) -> None:
    posts = house.posts
    board = a_board(house, seats={"chief": "chair", "finance": "member", "policy": "member", "owner": "attendee"})
    meeting = a_meeting(board, DAY)
    taken = [
        Taken(posts["chief"], "substitute", by=posts["reader"]),
        Taken(posts["finance"], "apologies"),
        Taken(posts["policy"], "absent"),
        Taken(posts["owner"], "present"),
    ]
    commands.take_attendance(meeting, taken, **BY)
    now = quorum_of(meeting)
    assert (now.there, now.needed, now.seats, now.met) == (1, 2, 3, False)
    commands.take_attendance(meeting, [Taken(posts["policy"], "present", note="Joined at item 2")], **BY)
    assert quorum_of(meeting).met


def test_taking_the_same_again_records_nothing(house: House) -> None:
    meeting, _ = a_sitting(a_board(house))
    before = Entry.objects.count()
    assert commands.take_attendance(meeting, [Taken(house.posts["chief"], "present")], **BY) == []
    assert Entry.objects.count() == before


def test_whoever_was_invited_is_there_without_a_seat(house: House) -> None:
    meeting, _ = a_sitting(a_board(house))
    commands.take_attendance(meeting, [Taken(house.posts["auditor"], "present")], **BY)
    assert quorum_of(meeting).seats == 3
    assert quorum_of(meeting).there == 3


@pytest.mark.parametrize(
    ("taken", "message"),
    [
        (("finance", "elsewhere", None), "Choose whether Chief Finance Officer was there"),
        (("finance", "substitute", None), "Choose the post that sat in the place of Chief Finance Officer"),
        (("finance", "substitute", "chief"), f"Chief Executive sits here already, and cannot sit for {CFO} too"),
        (("finance", "apologies", "reader"), f"{CFO}: a post sits in its place only where a substitute was there"),
        (("owner", "substitute", "reader"), "Head of Communications has no seat: only a seat has a substitute"),
        (("finance", "substitute", "force_reader"), NOT_OURS),
    ],
)  # fmt: skip
def test_who_cannot_have_sat_so_is_refused_and_nothing_is_taken(
    house: House, taken: tuple[str, str, str | None], message: str
) -> None:
    meeting, _ = a_sitting(a_board(house))
    post, presence, by = taken
    given = [
        Taken(house.posts["policy"], "absent"),
        Taken(house.posts[post], presence, house.posts[by] if by else None),
    ]
    assert refusal(lambda: commands.take_attendance(meeting, given, **BY)) == ("attendance", message)
    assert set(Attendance.objects.values_list("presence", flat=True)) == {"present"}


def test_the_substitute_that_a_seat_names_may_be_of_another_body(house: House) -> None:
    board = a_board(house)
    seat = board.seats.get(post=house.posts["finance"])
    commands.change_seat(seat, role="member", substitute=house.posts["force_policy"], **BY)
    meeting = a_meeting(board, DAY)
    taken = Taken(house.posts["finance"], "substitute", by=house.posts["force_policy"])
    commands.take_attendance(meeting, [taken], **BY)
    assert quorum_of(meeting).there == 1


def test_a_member_of_another_body_is_represented_by_its_own(house: House) -> None:
    board = a_board(house, seats={"chief": "chair", "force_policy": "member"})
    meeting = a_meeting(board, DAY)
    commands.take_attendance(
        meeting, [Taken(house.posts["force_policy"], "substitute", by=house.posts["force_reader"])], **BY
    )
    assert quorum_of(meeting).there == 1


def test_who_left_for_an_item_does_not_count_towards_its_quorum(house: House) -> None:
    board = a_board(house, quorum=3)
    meeting, items = a_sitting(board, one=False, two=False)
    made = commands.declare_interest(
        items["one"], post=house.posts["finance"], nature="A governor of it", withdrew=True, **BY
    )
    assert (quorum_of(meeting).met, quorum_of(meeting, items["one"]).met, quorum_of(meeting, items["two"]).met) == (
        True,
        False,
        True,
    )
    commands.declare_interest(
        items["one"], post=house.posts["finance"], nature="A governor of it", withdrew=False, **BY
    )
    assert quorum_of(meeting, items["one"]).met
    made.refresh_from_db()
    commands.withdraw_interest(made, **(BY | {"reason": "It was another provider"}))
    assert items["one"].interests.filter(removed_on=None).count() == 0


def test_an_interest_is_said_in_words_by_somebody_who_sits_there(house: House) -> None:
    _, items = a_sitting(a_board(house), one=False)
    given: dict[str, Any] = {"post": house.posts["finance"], "nature": " ", "withdrew": False}
    assert refusal(lambda: commands.declare_interest(items["one"], **given, **BY)) == (
        "nature",
        "Say what the interest is",
    )
    given |= {"post": house.posts["owner"], "nature": "A friend"}
    assert refusal(lambda: commands.declare_interest(items["one"], **given, **BY)) == (
        "post",
        "Head of Communications does not sit at this meeting: take its attendance first",
    )


def test_a_minute_may_be_written_anew_until_it_is_signed_and_not_before_the_meeting(house: House) -> None:
    board = a_board(house)
    early = an_item(a_meeting(board))
    words: dict[str, Any] = {"text": "It was noted.", "summary": "", "started_at": time(14, 5)}
    assert refusal(lambda: commands.write_minute(early, **words, **BY))[1] == "Open the meeting first"
    _, items = a_sitting(board, one=False)
    commands.write_minute(items["one"], **words, **BY)
    before = Entry.objects.count()
    commands.write_minute(items["one"], **words, **BY)
    assert Entry.objects.count() == before
    commands.write_minute(items["one"], **(words | {"text": "It was agreed."}), **BY)
    assert Minute.objects.get().text == "It was agreed."
    assert Item.objects.select_related("record__item_line").get(pk=items["one"].pk).record.item_line.minuted
    assert verify().holds


def test_only_who_minutes_the_board_may_take_attendance_or_write(house: House) -> None:
    meeting, items = a_sitting(a_board(house), one=False)
    said: dict[str, Any] = {"actor": house.actors["owner"], "at": NOW}
    with pytest.raises(Forbidden):
        commands.take_attendance(meeting, [], **said)
    with pytest.raises(Forbidden):
        commands.write_minute(items["one"], text="Mine", summary="", started_at=None, **said)
