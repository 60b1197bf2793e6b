"""What of a meeting is published: its summary and its decisions, without a trace of the closed part."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.commands import NewDecision, Taken
from candour.boards.models import Item, Meeting
from candour.boards.papers.notice import key_of
from candour.kernel.access import CANDOUR
from candour.kernel.papers.text import render
from candour.kernel.publication.commands import prepare, publish
from candour.kernel.publication.queries import latest_editions, ready_rows
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House, a_risk

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 11)
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


@pytest.fixture
def held(house: House) -> Meeting:
    """A meeting that was held: an open item with words for the public, a decision and an action; and a closed item."""
    meeting = a_meeting(a_board(house, code="b", name="Governance Board"), DAY)
    an_item(meeting, "Budget monitoring")
    an_item(meeting, "Zanzibar affair", closed=True)
    commands.open_meeting(meeting, started=time(14), **BY)
    chief, finance = house.posts["chief"], house.posts["finance"]
    commands.take_attendance(meeting, [Taken(chief, "present"), Taken(finance, "apologies")], **BY)
    for row in Item.objects.select_related("record", "meeting__board", "meeting__record").order_by("pk"):
        if row.closed:
            commands.write_minute(
                row, text="The Zanzibar lawyers advised to settle out of court.", summary="", started_at=None, **BY
            )
            commands.decide(row, NewDecision("To settle with Zanzibar."), **SAID)
            continue
        commands.write_minute(
            row, text="Members asked about overtime.", summary="Spending was looked at.", started_at=None, **BY
        )
        row.record.refresh_from_db()
        new = NewDecision(
            "To move £1m to overtime.", reasons="Demand rose.", key=True, votes_for=1, votes_against=0, abstained=0
        )
        commands.decide(row, new, **SAID)
        commands.set_action(row, text="Report on overtime.", owner=chief, due=date(2026, 9, 1), **SAID)
    return commands.close_meeting(Meeting.objects.select_related("record", "board").get(), finished=time(15), **BY)


def ready(house: House, source: str) -> list[tuple[str, str]]:
    rows = ready_rows(actor=house.actors["secretary"], today=TODAY, bodies=[house.office], theirs=latest_editions())
    return [(row.ready.title, row.ready.waits) for row in rows if row.source.name == source]


def copy_of(house: House, source: str, key: str) -> str:
    copy = prepare(source, key, organisation=house.office, actor=house.actors["secretary"], at=NOW)
    assert all(check.passed for check in copy.checks)
    return render(copy.document)


def test_the_summary_tells_who_was_there_and_what_the_open_part_came_to(house: House, held: Meeting) -> None:
    text = copy_of(house, "summary", "B-2026-01")
    for said in (
        "Chief Executive",
        "Apologies: Chief Finance Officer.",
        "Spending was looked at.",
        "To move £1m to overtime.",
    ):
        assert said in text
    assert "B-2026-A01: Report on overtime. Chief Executive, by 1 September 2026." in text
    assert ("Zanzibar" in text, "Members asked" in text) == (False, False)


def test_a_summary_waits_until_every_open_item_has_words_for_the_public(house: House, held: Meeting) -> None:
    assert ready(house, "summary") == [("Summary: Governance Board, 11 June 2026", "")]
    item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(closed=False)
    commands.write_minute(item, text="Members asked about overtime.", summary="", started_at=None, **BY)
    assert ready(house, "summary") == [
        ("Summary: Governance Board, 11 June 2026", "Write what the public reads of item 1 first")
    ]
    with pytest.raises(LookupError):
        publish("summary", "B-2026-01", organisation=house.office, actor=house.actors["secretary"], at=NOW)


def test_a_decision_is_published_as_a_notice_and_one_of_the_closed_part_never(house: House, held: Meeting) -> None:
    assert ready(house, "decision") == [("To move £1m to overtime.", "")]
    open_one, closed_one = (Item.objects.get(closed=closed).decisions.get() for closed in (False, True))
    text = copy_of(house, "decision", key_of(open_one))
    for said in ("To move £1m to overtime.", "Demand rose.", "1 for, 0 against, 0 abstained", "Governance Board"):
        assert said in text
    with pytest.raises(LookupError):
        prepare("decision", key_of(closed_one), organisation=house.office, actor=house.actors["secretary"], at=NOW)
    made = publish("decision", key_of(open_one), organisation=house.office, actor=house.actors["secretary"], at=NOW)
    assert "Demand rose." in Client().get(f"/public/office/decision/{made.key}/").content.decode()


def test_what_a_board_withholds_is_not_offered(house: House, held: Meeting) -> None:
    decision = Item.objects.get(closed=False).decisions.get()
    decision.item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(closed=False)
    withheld = NewDecision("To move £1m to overtime.", withheld=True, withheld_why="A tender is open", value=None)
    commands.change_decision(decision, withheld, **SAID, reason="The tender opened")
    assert ready(house, "decision") == []
    assert "To move £1m" not in copy_of(house, "summary", "B-2026-01")


def test_a_notice_that_names_a_restricted_risk_is_stopped(house: House, held: Meeting) -> None:
    a_risk(house, reference="MPC077", title="Overtime fraud ring", sensitivity="restricted")
    decision = Item.objects.get(closed=False).decisions.get()
    decision.item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(closed=False)
    commands.change_decision(decision, NewDecision("To look into MPC077."), **SAID, reason="Worded anew")
    with pytest.raises(Refused, match="Leak check"):
        publish("decision", key_of(decision), organisation=house.office, actor=house.actors["secretary"], at=NOW)


def test_a_value_stands_in_the_notice_as_pounds(house: House, held: Meeting) -> None:
    commands.set_limit(
        organisation=house.office,
        what="Grants",
        post=None,
        board=held.board,
        up_to=Decimal(100_000),
        starts=date(2026, 1, 1),
        **BY,
    )
    item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(closed=False)
    new = NewDecision("To fund the shelter.", what="Grants", value=Decimal("48000.00"))
    made = commands.decide(item, new, **SAID)
    assert "£48,000" in copy_of(house, "decision", key_of(made))
