"""What boards decided between two meetings, as a paper for each audience."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.commands import NewDecision
from candour.boards.models import Decision
from candour.boards.papers.decisions import checks, copy_of, gather
from candour.kernel.access import CANDOUR, Actor
from candour.kernel.papers.document import Paragraph, para, texts
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from tests.boards.factories import BY, a_board, a_sitting
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
SINCE = date(2026, 6, 1)
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


@pytest.fixture
def decided(house: House) -> House:
    """A key decision and one withheld, both of the open part, and one of the closed part; the meeting was closed."""
    meeting, items = a_sitting(a_board(house, code="cgb", name="Governance Board", in_public=True), one=False, two=True)
    commands.decide(items["one"], NewDecision("Sell the old station", reasons="It stands empty", key=True), **SAID)
    withheld = NewDecision("Buy the quokka house by the river", withheld=True, withheld_why="The price is being agreed")
    commands.decide(items["one"], withheld, **SAID)
    commands.decide(items["two"], NewDecision("Settle the zanzibar claim out of court"), **SAID)
    commands.close_meeting(meeting, finished=meeting.starts_at.replace(hour=16), **BY)
    return house


def written(house: House, audience: str, actor: Actor = CANDOUR, **days: date) -> str:
    given = {"as_at": TODAY, "since": SINCE} | days
    made = paper("board-decisions", actor=actor, organisation=house.office, audience=audience, at=NOW, **given)
    return "\n".join(texts(made))


def test_the_copies_hold_what_their_readers_may_read(decided: House) -> None:
    panel, office, public = (written(decided, audience) for audience in ("panel", "office", "public"))
    words = ("zanzibar", "quokka", "station")
    assert [[word in copy for word in words] for copy in (panel, office, public)] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
    assert ("3 decisions were taken after 1 June 2026." in panel, "OFFICIAL-SENSITIVE" in panel) == (True, True)
    assert "1 decision was taken after 1 June 2026." in public
    assert "1 of them is a key decision." in public


def test_who_may_not_see_the_closed_part_makes_even_the_panels_copy_without_it(decided: House) -> None:
    copy = written(decided, "panel", actor=decided.actors["reader"])
    assert ("zanzibar" in copy, "2 decisions were taken" in copy) == (False, True)


def test_it_holds_what_was_decided_between_the_two_days_and_nothing_else(decided: House) -> None:
    assert "None was taken after 11 June 2026." in written(decided, "panel", since=date(2026, 6, 11))
    assert "station" not in written(decided, "panel", as_at=date(2026, 6, 10))


def test_a_decision_reads_as_it_stood_on_the_day(decided: House) -> None:
    row = Decision.objects.select_related("item__record", "item__meeting__board").get(key=True)
    commands.change_decision(row, NewDecision("Sell the old station and its yard", key=True), reason="Said so", **SAID)
    assert "Sell the old station and its yard" in written(decided, "public")


@pytest.mark.parametrize("audience", ["panel", "office", "public"])
def test_every_check_passes_and_one_that_gives_a_hidden_decision_away_stops(decided: House, audience: str) -> None:
    stock = gather(CANDOUR, organisation=decided.office, as_at=TODAY, since=SINCE, at=NOW)
    given: dict[str, Any] = {"as_at": TODAY, "since": SINCE, "audience": audience, "at": NOW}
    made = paper("board-decisions", actor=CANDOUR, organisation=decided.office, **given)
    assert [check.words for check in checks(stock, audience, made) if not check.passed] == []
    assert len(copy_of(stock, audience).hidden) == {"panel": 0, "office": 1, "public": 2}[audience]
    said: Paragraph = para("Settle the zanzibar claim out of court")
    leaky = type(made)(**({name: getattr(made, name) for name in made.__slots__} | {"blocks": (*made.blocks, said)}))
    stopped = [check for check in checks(stock, audience, leaky) if check.stops and not check.passed]
    assert len(stopped) == (0 if audience == "panel" else 1)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_it_is_written_in_every_form(decided: House, suffix: str) -> None:
    given: dict[str, Any] = {"as_at": TODAY, "since": SINCE, "audience": "public", "at": NOW}
    content = render(paper("board-decisions", actor=CANDOUR, organisation=decided.office, **given), suffix)
    assert (len(content) > 500, b"zanzibar" in content) == (True, False)


def test_it_asks_the_same_of_the_database_however_many_there_are(
    decided: House, django_assert_num_queries: Any
) -> None:
    asked: dict[str, Any] = {"organisation": decided.office, "as_at": TODAY, "since": SINCE, "at": NOW}
    with django_assert_num_queries(2):
        assert len(gather(CANDOUR, **asked).rows) == 3


def test_the_page_shows_it_and_leads_to_its_files(decided: House) -> None:
    client = Client()
    client.force_login(decided.people["secretary"])
    page = client.get(f"/papers/board-decisions/draft?as_at={TODAY.isoformat()}&since=2026-06-01").content.decode()
    assert ("Sell the old station" in page, ".docx" in page) == (True, True)
