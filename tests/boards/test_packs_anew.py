"""A paper that Candour writes, written again for another version of a pack because the secretary asks for it."""

from typing import Any

import pytest

from candour.boards import commands
from candour.boards.models import Meeting, Pack
from candour.boards.papers.packs import Wanted, compiled
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.packs import packs_of
from candour.kernel.papers.models import IssuedPaper
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.boards.test_packs import AT, client_of, content_of, text_of
from tests.factories import NOW, TODAY, House, a_risk

pytestmark = pytest.mark.django_db


def a_meeting_with_two_registers(house: House, **board: Any) -> Meeting:
    """A meeting whose agenda is out, with the register of risks and the tracker, both written by Candour."""
    a_risk(house, title="The boiler fails")
    made = a_meeting(a_board(house, code="b", name="Audit Panel", **board))
    for kind in ("risk-register", "recommendations"):
        commands.add_written(an_item(made, kind), kind=kind, title=kind, **BY)
    commands.issue_agenda(made, **BY)
    return Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)


def issued(house: House, meeting: Meeting, *anew: int, why: str = "") -> Pack:
    by = house.refreshed("secretary")
    wanted = Wanted(False, by, NOW, packs_of(meeting, actor=by), anew=frozenset(anew))
    new = compiled(meeting, agenda_of(meeting, actor=by, today=TODAY), wanted)
    return commands.issue_pack(meeting, new, actor=by, at=NOW, reason=why)


def number_of(meeting: Meeting, kind: str) -> int:
    return int(meeting.items.get(record__title=kind).papers.get().pk)


def test_only_what_was_asked_for_is_written_anew_and_the_version_says_so(house: House) -> None:
    meeting = a_meeting_with_two_registers(house)
    issued(house, meeting)
    a_risk(house, title="The lift stops")
    again = issued(house, meeting, number_of(meeting, "risk-register"), why="The register moved on")
    said = text_of(content_of(client_of(house), again))
    assert ("The boiler fails" in said, "The lift stops" in said) == (True, True)
    assert again.changes == "Written anew: 1 risk-register."
    third = issued(house, meeting, why="A third")
    assert ("The lift stops" in text_of(content_of(client_of(house), third)), third.changes) == (
        True,
        "No paper changed.",
    )


def test_of_a_meeting_in_public_the_paper_is_issued_again_with_the_pack(house: House) -> None:
    meeting = a_meeting_with_two_registers(house, in_public=True)
    issued(house, meeting)
    before = IssuedPaper.objects.count()
    paper = meeting.items.get(record__title="risk-register").papers.get()
    first = paper.issued_id
    a_risk(house, title="The lift stops")
    issued(house, meeting, paper.pk, why="The register moved on")
    paper.refresh_from_db()
    assert (IssuedPaper.objects.count(), paper.issued_id == first) == (before + 2, False)  # of the panel and the public
    assert "The lift stops" in repr(paper.issued.document)


def test_the_secretary_ticks_it_on_the_page(house: House) -> None:
    meeting = a_meeting_with_two_registers(house)
    client, at = client_of(house), f"{AT}packs/open/issue/"
    assert "Write these papers anew" not in client.get(at).content.decode()
    client.post(at, {"seen": meeting.record.head_sequence})
    a_risk(house, title="The lift stops")
    page = client.get(at).content.decode()
    assert ("Write these papers anew" in page, "1. risk-register" in page) == (True, True)
    assert "Write these papers anew" not in client.get(f"{AT}packs/open/supplement/").content.decode()
    answers = {
        "anew": [number_of(meeting, "risk-register")],
        "reason": "It moved on",
        "seen": meeting.record.head_sequence,
    }
    assert client.post(at, answers).status_code == 302
    last = Pack.objects.latest("pk")
    assert (last.version, last.changes) == (2, "Written anew: 1 risk-register.")
    assert "Written anew: 1 risk-register" in client.get(f"{AT}packs/").content.decode()


def test_a_paper_of_another_meeting_is_not_written_through_the_form(house: House) -> None:
    meeting = a_meeting_with_two_registers(house)
    client, at = client_of(house), f"{AT}packs/open/issue/"
    client.post(at, {"seen": meeting.record.head_sequence})
    answers = {"anew": ["999999"], "reason": "It moved on", "seen": meeting.record.head_sequence}
    assert client.post(at, answers).status_code == 422
    assert Pack.objects.count() == 1
