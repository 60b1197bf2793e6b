"""The desk: what needs somebody, what stands out, what changed, which meetings come."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.boards import commands as boards
from candour.desk.queries import desk_of
from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import add_action
from candour.recommendations.commands import Due, Owner, open_cycle
from candour.risks import commands as risks
from tests.boards.factories import a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House, a_risk
from tests.recommendations.factories import a_recommendation, with_priorities

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


def needs(house: House, name: str) -> list[tuple[str, str, str]]:
    """What needs somebody, as (group, title, why)."""
    found = desk_of(house.actors[name], today=TODAY).needs
    return [(group, need.title, need.why) for group, rows in found for need in rows]


def shown(house: House, name: str) -> str:
    client = Client()
    client.force_login(house.people[name])
    return client.get("/desk/").content.decode()


def test_whoever_signs_in_comes_to_the_desk(house: House) -> None:
    client = Client()
    client.force_login(house.people["reader"])
    assert client.get("/")["Location"] == "/desk/"


def test_an_empty_desk_says_what_comes_to_it(house: House) -> None:
    page = shown(house, "owner")
    assert "Nothing needs you now" in page
    assert "No meeting that you may see is planned" in page


def test_what_changed_is_told_in_the_words_of_the_record_itself(house: House) -> None:
    risk = a_risk(house, title="The boiler fails")
    risks.record_update(risk, text="The boiler was looked at", reason="Between reviews", **BY)
    client = Client()
    client.force_login(house.people["reader"])
    for address in ("/desk/", "/history/"):
        titles = re.findall(r"</a> ([^<]+)</h3>", client.get(address).content.decode())
        assert titles == ["Update recorded", "Risk raised"], address


def test_a_review_that_is_due_needs_the_post_that_reviews(house: House) -> None:
    a_risk(house, title="The boiler fails", responsible_officer=house.posts["owner"])
    assert needs(house, "owner") == [("Late", "Review: The boiler fails", "Its review is past due")]
    assert needs(house, "chief") == []


def test_an_action_needs_the_post_that_agreed_to_it(house: House) -> None:
    risk = a_risk(house, title="The boiler fails")
    add_action(risk.record, text="Call the engineer", owner=house.posts["owner"], due=date(2026, 6, 20), **BY)
    assert needs(house, "owner") == [("Within a fortnight", "Do: Call the engineer", "The boiler fails")]


def test_an_answer_that_a_cycle_asks_for_needs_its_owner(house: House) -> None:
    with_priorities(house)
    owner = Owner(house.posts["owner"], (Due("1 September 2026", date(2026, 9, 1)),))
    a_recommendation(house, title="Vetting is reported", owners=[owner])
    open_cycle(organisation=house.office, name="June 2026", due=date(2026, 6, 19), reason="The panel meets", **BY)
    assert needs(house, "owner") == [("Within a fortnight", "Answer: Vetting is reported", "Asked for in June 2026")]


def test_a_paper_that_is_owed_needs_who_presents_it_and_the_agenda_who_sends_it(house: House) -> None:
    board = a_board(house, name="Audit Panel")
    meeting = a_meeting(board, date(2026, 6, 25))
    an_item(meeting, "Budget monitoring", presenter=house.posts["owner"])
    an_item(meeting, "Any other business", presenter=house.posts["owner"], verbal=True)
    assert needs(house, "owner") == [("Late", "Paper: Budget monitoring", "Its last day has passed")]
    assert needs(house, "secretary") == [
        ("Within a fortnight", "Send the agenda: Audit Panel, 25 June 2026", "Its agenda has not gone out")
    ]


def test_a_meeting_that_was_held_needs_its_minutes(house: House) -> None:
    meeting = a_meeting(a_board(house, name="Audit Panel"), date(2026, 6, 11))
    assert needs(house, "secretary") == [("Late", "Minute: Audit Panel, 11 June 2026", "To be minuted")]
    boards.open_meeting(meeting, started=time(14), reason="It began", **BY)
    assert needs(house, "secretary") == [("Late", "Minute: Audit Panel, 11 June 2026", "In session")]


def test_a_figure_counts_what_the_list_it_leads_to_holds(house: House) -> None:
    for number in range(3):
        risk = a_risk(house, title=f"Risk {number}")
        risks.add_control(risk, text="Do it", due=date(2026, 6, 16 + number), reason="Agreed", **BY)
    client = Client()
    client.force_login(house.people["policy"])
    desk = client.get("/desk/").content.decode()
    listed = client.get("/risks/?status=Overdue+Control&body=all").content.decode()
    figure = re.search(r"<b[^>]*>(\d+)</b>\s*<a href=\"/risks/\?status=Overdue\+Control&amp;body=all\">", desk)
    assert figure is not None
    assert (figure[1], "<b>3 strategic risks</b>" in listed) == ("3", True)


def test_what_one_may_not_see_is_not_on_the_desk(house: House) -> None:
    hidden = a_risk(house, title="A secret claim", sensitivity="restricted", effective=date(2025, 1, 10))
    add_action(hidden.record, text="Tell counsel", owner=house.posts["owner"], due=TODAY, **BY)
    board = a_board(house)
    an_item(a_meeting(board, date(2026, 6, 25)), "A secret item", closed=True, presenter=house.posts["chief"])
    page = shown(house, "reader")
    assert [word for word in ("secret", "counsel", "Restricted", "OFFICIAL-SENSITIVE") if word in page] == []
    assert [flag.count for flag in desk_of(house.actors["reader"], today=TODAY).flags] == [0] * 6


def test_a_run_of_the_same_is_told_once(house: House) -> None:
    board = a_board(house)
    for month in (7, 9, 11):
        a_meeting(board, date(2026, month, 16))
    changed = desk_of(house.actors["policy"], today=TODAY).changed
    assert [(row.event.event, row.more) for row in changed] == [("meeting.planned", 2)]


@pytest.mark.parametrize("name", ["policy", "owner", "panel"])
def test_a_desk_asks_as_often_whatever_there_is(house: House, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk_of(house.actors[name], today=TODAY)
        return len(found)

    a_risk(house, responsible_officer=house.posts[name])
    once = asked()
    board = a_board(house)
    for number in range(5):
        risk = a_risk(house, responsible_officer=house.posts[name])
        add_action(risk.record, text="Do it", owner=house.posts[name], due=TODAY, **BY)
        an_item(a_meeting(board, date(2026, 7, 6 + number)), presenter=house.posts[name])
    assert asked() == once
