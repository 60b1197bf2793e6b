"""What is published, corrected, withdrawn; by whom; and what of it anybody reads."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from candour.boards import commands as boards
from candour.boards.models import Meeting
from candour.kernel.access import Forbidden
from candour.kernel.history.verify import verify
from candour.kernel.papers.commands import issue
from candour.kernel.publication import commands
from candour.kernel.publication.models import Duty, Published
from candour.kernel.publication.queries import scheme
from candour.kernel.publication.static import MARK, NotOurs, write_site
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House, a_risk

pytestmark = pytest.mark.django_db
AT = "/public/office/agenda/B-2026-01/"


@pytest.fixture
def meeting(house: House) -> Meeting:
    """A meeting whose agenda went out, with an open and a closed item."""
    found = a_meeting(a_board(house, code="b", name="Governance Board"))
    an_item(found, "Budget monitoring")
    an_item(found, "Zanzibar affair", closed=True)
    boards.issue_agenda(found, **BY)
    return found


def publish(
    house: House, *, by: str = "secretary", key: str = "B-2026-01", source: str = "agenda", **values: Any
) -> Any:
    return commands.publish(source, key, organisation=house.office, actor=house.actors[by], at=NOW, **values)


def test_an_agenda_is_published_without_a_trace_of_its_closed_part(house: House, meeting: Meeting) -> None:
    made = publish(house)
    page = Client().get(AT)
    assert (page.status_code, made.title) == (200, "Agenda: Governance Board, 16 July 2026")
    assert ("Budget monitoring" in page.content.decode(), "Zanzibar" in page.content.decode()) == (True, False)
    assert verify().failure == ""


def test_what_is_published_stays_as_it_was_when_the_agenda_changes(house: House, meeting: Meeting) -> None:
    publish(house)
    before = Client().get(f"{AT}1/copy.txt").content
    item = meeting.items.get(closed=False)
    boards.change_item(item, boards.NewItem(title="Something else"), **BY)
    assert Client().get(f"{AT}1/copy.txt").content == before


def test_a_correction_needs_a_note_which_the_public_reads_beside_both_editions(house: House, meeting: Meeting) -> None:
    publish(house)
    item = meeting.items.get(closed=False)
    with pytest.raises(Refused, match="Nothing differs from what was published"):
        publish(house, note="No reason")
    boards.change_item(item, boards.NewItem(title="Budget outturn"), **BY)
    with pytest.raises(Refused, match="Say what is different"):
        publish(house)
    publish(house, note="The item was named wrongly.")
    page = Client().get(AT).content.decode()
    assert ("Budget outturn" in page, "The item was named wrongly." in page) == (True, True)
    old = Client().get(f"{AT}?edition=1").content.decode()
    assert ("Budget monitoring" in old, "This is an earlier edition" in old) == (True, True)


def test_what_is_withdrawn_says_so_and_gives_nothing_of_what_it_held(house: House, meeting: Meeting) -> None:
    made = publish(house)
    commands.withdraw(made, actor=house.actors["secretary"], at=NOW, reason="It named the wrong day.")
    page, file = Client().get(AT), Client().get(f"{AT}1/copy.txt")
    assert (page.status_code, file.status_code) == (410, 410)
    assert "It named the wrong day." in page.content.decode()
    assert "Budget monitoring" not in page.content.decode() + file.content.decode()
    assert "Agenda: Governance Board" not in Client().get("/public/").content.decode()
    with pytest.raises(Refused, match="It was withdrawn on 15 June 2026"):
        commands.withdraw(made, actor=house.actors["secretary"], at=NOW, reason="Again")


def test_only_who_may_publish_does(house: House, meeting: Meeting) -> None:
    with pytest.raises(Forbidden):
        publish(house, by="owner")
    with pytest.raises(Forbidden):
        publish(house, by="force_policy")
    assert Published.objects.count() == 0


def test_what_never_went_out_cannot_be_published(house: House) -> None:
    a_meeting(a_board(house, code="b"))
    with pytest.raises(LookupError):
        publish(house)
    client = Client()
    client.force_login(house.people["secretary"])
    assert client.get("/publication/office/agenda/B-2026-01/publish/").status_code == 404
    assert Client().get(AT).status_code == 404


def test_a_copy_that_changed_since_it_was_looked_at_is_refused(house: House, meeting: Meeting) -> None:
    with pytest.raises(Refused, match="It has changed since you looked"):
        publish(house, seen="0" * 64)


def test_a_paper_is_published_as_the_copy_that_was_issued(house: House) -> None:
    a_risk(house, reference="MPC001", title="Budget shortfall")
    issue("risk-register", actor=house.actors["policy"], organisation=house.office, at=NOW, reason="For the panel")
    key = f"risk-register/{TODAY.isoformat()}"
    made = publish(house, by="policy", source="paper", key=key, reason="As the panel saw it")
    assert made.title == "Risk register paper"
    assert "Budget shortfall" in Client().get(f"/public/office/paper/{key}/").content.decode()


def test_a_duty_is_fulfilled_by_what_is_published_for_it(house: House, meeting: Meeting) -> None:
    said = {"actor": house.actors["secretary"], "at": NOW, "reason": "Specified Information Order"}
    duty = commands.take_on_duty(
        organisation=house.office, group="How decisions are made", title="Agendas", law="", months=3,
        fulfilled_by="agenda", owner=house.posts["secretary"], starts=date(2026, 1, 1), **said,
    )  # fmt: skip
    assert scheme(today=TODAY)[0].standing.state == "Late"
    assert publish(house).duty == duty
    assert [(row.standing.state, row.standing.last) for row in scheme(today=TODAY)] == [("Up to date", TODAY)]
    assert "Agenda: Governance Board" in Client().get("/public/scheme/").content.decode()
    commands.change_duty(duty, law="", months=1, fulfilled_by="agenda", owner=None, **said)
    commands.end_duty(duty, **said)
    assert scheme(today=TODAY) == []
    assert Duty.objects.count() == 1


def test_the_same_duty_twice_is_refused(house: House) -> None:
    given: dict[str, Any] = {
        "organisation": house.office, "group": "What we spend", "title": "Budget", "law": "", "months": 12,
        "fulfilled_by": "", "owner": None, "starts": TODAY, "actor": house.actors["secretary"], "at": NOW, "reason": "Law",
    }  # fmt: skip
    commands.take_on_duty(**given)
    with pytest.raises(Refused, match="This stands in the scheme already"):
        commands.take_on_duty(**given)


def test_the_office_looks_publishes_and_withdraws_on_pages(house: House, meeting: Meeting) -> None:
    client = Client()
    client.force_login(house.people["secretary"])
    assert "Look and publish" in client.get("/publication/").content.decode()
    page = "/publication/office/agenda/B-2026-01/publish/"
    assert "Budget monitoring" in client.get(page).content.decode()
    assert client.post(page, {}).url == AT
    assert "Nothing differs" in client.get(page).content.decode()
    gone = client.post("/publication/office/agenda/B-2026-01/withdraw/", {"reason": "Wrong day"})
    assert (gone.status_code, Client().get(AT).status_code) == (302, 410)


def test_the_site_is_written_as_files_and_loses_what_was_withdrawn(
    house: House, meeting: Meeting, tmp_path: Path
) -> None:
    made = publish(house)
    count = write_site(tmp_path / "site", today=TODAY, site="https://example.org/public")
    names = sorted(
        str(path.relative_to(tmp_path / "site")) for path in (tmp_path / "site").rglob("*") if path.is_file()
    )
    copies = [f"office/agenda/B-2026-01/1/copy{suffix}" for suffix in (".docx", ".html", ".json", ".pdf", ".txt")]
    others = [
        "data/published.csv",
        "data/published.json",
        "index.html",
        "office/agenda/B-2026-01/index.html",
        "site.css",
        "scheme.html",
    ]
    assert names == sorted([MARK, *copies, *others])
    assert count == len(names) - 1
    assert all(b"Zanzibar" not in path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file())
    commands.withdraw(made, actor=house.actors["secretary"], at=NOW, reason="Wrong day")
    write_site(tmp_path / "site", today=TODAY, site="https://example.org/public")
    left = sorted(str(path.relative_to(tmp_path / "site")) for path in (tmp_path / "site").rglob("*") if path.is_file())
    assert left == sorted([MARK, *others])


def test_a_folder_of_somebody_elses_is_left_alone(house: House, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NotOurs):
        write_site(tmp_path, today=TODAY, site="https://example.org")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_open_data_lists_what_stands(house: House, meeting: Meeting) -> None:
    publish(house)
    rows = Client().get("/public/data/published.json").json()["published"]
    assert [(row["kind"], row["key"], row["dated"], row["facts"]["board"]) for row in rows] == [
        ("Agenda", "B-2026-01", "2026-07-16", "Governance Board")
    ]
    text = Client().get("/public/data/published.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "body,kind,key,title,dated,published,edition,correction,fingerprint,address"


@pytest.mark.parametrize("count", [1, 5])
def test_the_public_list_asks_the_same_number_of_questions_at_any_length(
    house: House, count: int, django_assert_num_queries: Any
) -> None:
    board = a_board(house, code="b")
    for number in range(count):
        found = a_meeting(board, date(2026, 7, 13 + number))
        an_item(found)
        boards.issue_agenda(found, **BY)
        publish(house, key=found.record.reference)
    with django_assert_num_queries(4):
        assert Client().get("/public/").status_code == 200
