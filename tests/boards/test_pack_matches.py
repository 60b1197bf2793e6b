"""A title of a restricted record that stands in a file by chance: why it is no leak, and how far that reaches."""

from typing import Any

import pytest
from django.test import Client

from candour.boards import commands
from candour.boards.models import Clearance, Making, Meeting, Pack, Paper
from candour.kernel.access import Forbidden
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.papers import pdf
from candour.kernel.papers.pack import PackRefused
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks.models import Risk
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.boards.test_packs import client_of, content_of, issue, text_of, with_paper
from tests.factories import NOW, House, a_risk
from tests.papers.pack.makers import short

pytestmark = pytest.mark.django_db
AT = "/boards/meetings/office/B-2026-01/packs/"
WORDS = "The sale of the old police station goes to the market in May."
WHY = "The station that was sold in 2019, which the press told of"


@pytest.fixture
def hidden(house: House) -> Risk:
    return a_risk(house, reference="Q0042", title="Sale of the old police station", sensitivity="restricted")


@pytest.fixture
def meeting(house: House, hidden: Risk) -> Meeting:
    """A meeting whose agenda is out, with a file that says the title of the hidden risk."""
    made = a_meeting(a_board(house, code="b", name="Audit Panel"))
    with_paper(an_item(made, "Estates"), pdf.render(short(WORDS)), "Estates.pdf")
    commands.issue_agenda(made, **BY)
    return Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)


def the_paper() -> Paper:
    return Paper.objects.select_related("file", "item__record__organisation", "item__meeting").get(title="Estates")


def cleared(house: House, about: Record, name: str = "secretary", why: str = WHY) -> Clearance:
    return commands.clear_match(the_paper(), about=about, actor=house.refreshed(name), at=NOW, reason=why)


def test_the_title_passes_in_that_file_once_somebody_said_why_it_gives_nothing_away(
    house: House, meeting: Meeting, hidden: Risk
) -> None:
    with pytest.raises(PackRefused, match=r"Estates\.pdf says the title of Q0042"):
        issue(meeting, by=house.refreshed("secretary"))
    made = cleared(house, hidden.record)
    assert (made.file_name, made.said, made.why) == ("Estates.pdf", "Sale of the old police station", WHY)
    pack = issue(meeting, by=house.refreshed("secretary"))
    assert "old police station" in text_of(content_of(client_of(house, "reader"), pack))
    assert verify().holds


def test_it_passes_in_no_other_file_and_its_reference_in_none(house: House, meeting: Meeting, hidden: Risk) -> None:
    cleared(house, hidden.record)
    item = the_paper().item
    for words, said in ((f"{WORDS} Or June.", "the title of Q0042"), ("As Q0042 says.", "the reference Q0042")):
        more = with_paper(item, pdf.render(short(words)), "More.pdf")
        with pytest.raises(PackRefused, match=rf"More\.pdf says {said}"):
            issue(meeting, by=house.refreshed("secretary"))
        commands.take_off(Paper.objects.select_related("item__record", "item__meeting").get(pk=more.pk), **BY)
    commands.take_off(the_paper(), **BY)
    with_paper(item, pdf.render(short(f"{WORDS} See Q0042.")), "Estates.pdf")
    found = Paper.objects.select_related("file", "item__record__organisation").get(title="Estates", removed_on=None)
    commands.clear_match(found, about=hidden.record, actor=house.refreshed("secretary"), at=NOW, reason=WHY)
    with pytest.raises(PackRefused, match="the reference Q0042"):
        issue(meeting, by=house.refreshed("secretary"))
    assert Pack.objects.count() == 0


def test_a_new_title_of_the_record_is_looked_for_again(house: House, meeting: Meeting, hidden: Risk) -> None:
    cleared(house, hidden.record)
    with recording("record.changed", hidden.record, **BY):
        Record.objects.filter(pk=hidden.record_id).update(title="The old police station goes to the market")
    with pytest.raises(PackRefused, match="the title of Q0042"):
        issue(meeting, by=house.refreshed("secretary"))
    hidden.record.refresh_from_db()
    again = cleared(house, hidden.record)
    assert (again.said, Clearance.objects.filter(ended_on=None).count()) == (hidden.record.title, 1)
    assert issue(meeting, by=house.refreshed("secretary")).version == 1


def test_it_is_said_with_a_reason_of_a_restricted_record_of_that_body_by_who_may(
    house: House, meeting: Meeting, hidden: Risk
) -> None:
    for name in ("owner", "reader", "force_policy"):
        with pytest.raises(Forbidden):
            cleared(house, hidden.record, name)
    with pytest.raises(Refused, match="Say why the words do not give the record away"):
        cleared(house, hidden.record, why=" ")
    plain = a_risk(house, reference="Q0043")
    with pytest.raises(Refused, match="Q0043 is not a restricted record of this body"):
        cleared(house, plain.record)
    theirs = a_risk(
        house, organisation=house.force, reference="F0001", sensitivity="restricted",
        owner=house.posts["force_policy"], responsible_officer=house.posts["force_policy"],
    )  # fmt: skip
    with pytest.raises(Refused, match="F0001 is not a restricted record of this body"):
        cleared(house, theirs.record)
    assert Clearance.objects.count() == 0


def test_it_is_said_once_and_taken_back_once(house: House, meeting: Meeting, hidden: Risk) -> None:
    made = cleared(house, hidden.record)
    assert cleared(house, hidden.record).pk == made.pk
    by: dict[str, Any] = {"actor": house.refreshed("secretary"), "at": NOW, "reason": "It is that station after all"}
    found = Clearance.objects.select_related("about", "paper__item__record").get()
    commands.end_clearance(found, **by)
    with pytest.raises(PackRefused, match="the title of Q0042"):
        issue(meeting, by=house.refreshed("secretary"))
    with pytest.raises(Refused, match="It was taken back on 15 June 2026"):
        commands.end_clearance(found, **by)


def test_the_whole_of_it_on_its_pages(house: House, meeting: Meeting, hidden: Risk) -> None:
    client = client_of(house)
    client.post(f"{AT}open/issue/", {"seen": meeting.record.head_sequence})
    page = client.get(AT).content.decode()
    assert ("Nothing was issued" in page, f'href="{AT}open/matches/"' in page) == (True, True)
    at = f"{AT}open/matches/"
    assert "‘Sale of the old police station’ in Estates.pdf" in client.get(at).content.decode()
    key = f"why-{the_paper().pk}-{hidden.record_id}"
    empty = client.post(at, {key: "", "seen": meeting.record.head_sequence})
    assert (empty.status_code, "Say of at least one of them" in empty.content.decode()) == (422, True)
    answer = client.post(at, {key: WHY, "seen": meeting.record.head_sequence})
    assert (answer.status_code, answer["Location"]) == (302, AT)
    client.post(f"{AT}open/issue/", {"seen": meeting.record.head_sequence})
    page = client.get(AT).content.decode()
    assert ("Version 1" in page, WHY in page, "Estates.pdf" in page) == (True, True, True)
    number = Clearance.objects.get().pk
    answers = {"reason": "Wrong station", "seen": meeting.record.head_sequence}
    assert client.post(f"/boards/packs/matches/{number}/end/", answers).status_code == 302
    assert WHY not in client.get(AT).content.decode()
    assert client.get(f"/boards/packs/matches/{number}/end/").status_code == 404
    history = client.get("/risks/office/Q0042/history/").content.decode()
    assert ("Its title stands in a paper of a board by chance" in history, WHY in history) == (True, True)


def test_who_may_not_see_the_record_finds_no_trace_of_it(house: House, meeting: Meeting, hidden: Risk) -> None:
    client_of(house).post(f"{AT}open/issue/", {"seen": meeting.record.head_sequence})
    made = cleared(house, hidden.record)
    for name in ("reader", "owner"):
        client = client_of(house, name)
        page = client.get(AT).content.decode()
        assert [word for word in ("Q0042", "Sale of the", WHY, "matches") if word in page] == []
        assert client.get(f"{AT}open/matches/").status_code == 404
        assert client.get(f"/boards/packs/matches/{made.pk}/end/").status_code == 404
        for address in ("", "history/"):
            said = client.get(f"/boards/items/office/{the_paper().item.record.reference}/{address}").content.decode()
            assert [word for word in ("Q0042", WHY) if word in said] == []


def test_nothing_waits_to_be_said_where_nothing_was_found(house: House, meeting: Meeting) -> None:
    client: Client = client_of(house)
    assert client.get(f"{AT}open/matches/")["Location"] == AT
    assert client.get(f"{AT}closed/matches/").status_code == 404
    client.post(f"{AT}open/issue/", {"seen": meeting.record.head_sequence})
    assert Making.objects.get().matches == [[the_paper().pk, Record.objects.get(reference="Q0042").pk]]
