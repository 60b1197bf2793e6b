"""The pack of a meeting on its pages: what goes in, issued for ever, supplements, what it gives away, shared."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from candour.boards import commands
from candour.boards.models import Board, Item, Making, Meeting, Pack, PackShare, Paper
from candour.boards.papers.packs import Wanted, compiled, draft
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.makings import makings_of
from candour.boards.queries.packs import packs_of
from candour.kernel.access import CANDOUR, Actor, Forbidden
from candour.kernel.evidence import store
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.verify import verify
from candour.kernel.intake.readers import read_document
from candour.kernel.notices.models import Notice
from candour.kernel.papers import pdf
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.pack import PackRefused
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House, a_risk
from tests.papers.pack.makers import changed, own_pdf, short, sized, word_file

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
AT = "/boards/meetings/office/B-2026-01/"


@pytest.fixture
def board(house: House) -> Board:
    return a_board(house, code="b", name="Audit Panel")


@pytest.fixture
def meeting(house: House, board: Board) -> Meeting:
    """A meeting whose agenda is out: a paper that Candour writes, an accessible PDF, and an item of the closed part."""
    made = a_meeting(board)
    commands.add_written(an_item(made, "Risk register"), kind="risk-register", title="Risk register", **BY)
    with_paper(an_item(made, "Internal audit"), own_pdf(), "Audit report.pdf")
    with_paper(an_item(made, "Zanzibar claim", closed=True), word_file(), "Zanzibar advice.docx")
    commands.issue_agenda(made, **BY)
    return Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)


def with_paper(item: Item, content: bytes, name: str, *, draft: bool = False) -> Paper:
    item = Item.objects.select_related("record__organisation", "meeting__board", "meeting__record").get(pk=item.pk)
    file = add_file(item.record, name=name, content=BytesIO(content), **SAID)
    item.record.refresh_from_db()
    return commands.attach(item, file, title=name.partition(".")[0], draft=draft, **SAID)


def issue(
    meeting: Meeting, *, by: Actor = CANDOUR, closed: bool = False, supplement: bool = False, why: str = ""
) -> Pack:
    agenda = agenda_of(meeting, actor=by, today=TODAY)
    wanted = Wanted(closed, by, NOW, packs_of(meeting, actor=by), supplement)
    return commands.issue_pack(meeting, compiled(meeting, agenda, wanted), actor=by, at=NOW, reason=why)


def client_of(house: House, name: str = "secretary") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def content_of(client: Client, pack: Pack, suffix: str = ".pdf") -> bytes:
    answer = client.get(f"/boards/packs/{pack.pk}/pack{suffix}")
    return b"".join(answer.streaming_content) if answer.status_code == 200 else b""


def text_of(content: bytes, name: str = "pack.pdf") -> str:
    return repr(read_document(content, name))


def test_a_pack_holds_the_agenda_and_each_paper_in_order_with_its_pages(meeting: Meeting) -> None:
    pack = issue(meeting)
    assert [(row["number"], row["heading"]) for row in pack.contents] == [
        ("", "Agenda"),
        ("1", "Risk register"),
        ("2", "Internal audit: Audit report"),
    ]
    assert [int(row["first"]) for row in pack.contents] == sorted(int(row["first"]) for row in pack.contents)
    assert (pack.version, pack.supplement, pack.accessible, pack.name) == (1, 0, True, "Version 1")
    assert verify().holds


def test_both_files_are_had_again_in_the_same_bytes(house: House, meeting: Meeting) -> None:
    pack = issue(meeting)
    reader = client_of(house, "reader")
    first = content_of(reader, pack), content_of(reader, pack, ".docx")
    assert (first[0][:5], first[1][:2]) == (b"%PDF-", b"PK")
    assert (content_of(reader, pack), content_of(reader, pack, ".docx")) == first
    with pikepdf.open(BytesIO(first[0])) as held:
        assert len(held.pages) == pack.pages


def test_the_open_pack_gives_nothing_away_of_the_closed_part(house: House, meeting: Meeting) -> None:
    a_risk(house, title="A secret tunnel", sensitivity="restricted")
    pack, reader = issue(meeting), client_of(house, "reader")
    closed = issue(meeting, closed=True)
    for suffix in (".pdf", ".docx"):
        content = content_of(reader, pack, suffix)
        said = text_of(content, f"pack{suffix}")
        assert [word for word in ("Zanzibar", "secret tunnel") if word in said] == []
        assert [word for word in (b"Zanzibar", b"secret tunnel") if word in content] == []
        assert content_of(reader, closed, suffix) == b""
    page = reader.get(f"{AT}packs/").content.decode()
    assert [word for word in ("Zanzibar", "Closed part", "closed") if word in page] == []
    assert "Zanzibar" in text_of(content_of(client_of(house), closed))
    assert closed.marking == "OFFICIAL-SENSITIVE"


def test_what_candour_wrote_stays_as_it_was_issued(house: House, meeting: Meeting) -> None:
    a_risk(house, title="The boiler fails")
    issue(meeting)
    a_risk(house, title="The lift stops")
    again = issue(meeting, why="A page was upside down")
    said = text_of(content_of(client_of(house), again))
    assert ("The boiler fails" in said, "The lift stops" in said) == (True, False)
    assert "The day that each paper says" in said
    assert again.changes == "No paper changed."


def test_a_late_paper_goes_out_as_a_supplement_whose_pages_run_on(house: House, meeting: Meeting) -> None:
    pack = issue(meeting)
    with_paper(Item.objects.get(record__title="Internal audit"), sized(3), "Late paper.pdf")
    more = issue(meeting, supplement=True, why="It came on Monday")
    assert [row["heading"] for row in more.contents] == ["Internal audit: Late paper"]
    assert int(more.contents[0]["first"]) > pack.pages
    assert (more.name, more.changes) == ("Supplement 1 to version 1", "Added: 2 Internal audit: Late paper.")
    assert more.accessible is False
    with pytest.raises(PackRefused, match="no paper that the members do not have"):
        issue(meeting, supplement=True, why="Again")
    whole = issue(meeting, why="One pack for the day")
    first = {row["key"]: row["first"] for row in pack.contents}
    assert {row["key"]: row["first"] for row in whole.contents if row["key"] in first} == first
    assert (whole.version, whole.changes) == (2, "No paper changed.")


def test_a_version_says_what_was_replaced_added_and_removed(meeting: Meeting) -> None:
    issue(meeting)
    commands.take_off(Paper.objects.select_related("item__record", "item__meeting").get(title="Audit report"), **BY)
    with_paper(Item.objects.get(record__title="Risk register"), sized(1), "Heat map.pdf")
    with pytest.raises(Refused, match="Say why there is another pack"):
        issue(meeting)
    again = issue(meeting, why="The report was withdrawn")
    assert again.changes == ("Added: 1 Risk register: Heat map. Removed: 2 Internal audit: Audit report.")


def test_a_draft_paper_stays_out(meeting: Meeting) -> None:
    with_paper(Item.objects.get(record__title="Internal audit"), sized(1), "Half done.pdf", draft=True)
    assert [row["heading"] for row in issue(meeting).contents][2:] == ["Internal audit: Audit report"]


def test_a_pack_goes_out_after_its_agenda_and_only_as_it_was_compiled(house: House, board: Board) -> None:
    made = a_meeting(board)
    item = an_item(made, "Internal audit")
    with_paper(item, own_pdf(), "Audit report.pdf")
    with pytest.raises(Refused, match="Send the agenda out first"):
        issue(made)
    commands.issue_agenda(Meeting.objects.select_related("record", "board").get(pk=made.pk), **BY)
    made = Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)
    agenda = agenda_of(made, actor=CANDOUR, today=TODAY)
    new = compiled(made, agenda, Wanted(False, CANDOUR, NOW))
    with_paper(item, sized(2), "Another.pdf")
    with pytest.raises(Refused, match="changed while the pack was compiled"):
        commands.issue_pack(made, new, **SAID)
    assert Pack.objects.count() == 0


def test_a_paper_of_a_meeting_in_public_is_issued_with_the_pack(house: House) -> None:
    made = a_meeting(a_board(house, in_public=True))
    paper = commands.add_written(an_item(made, "Risks"), kind="risk-register", title="Risk register", **BY)
    a_risk(house, title="The boiler fails")
    a_risk(house, title="Only for the office", sensitivity="office")
    commands.issue_agenda(made, **BY)
    made = Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)
    pack = issue(made, by=house.refreshed("secretary"), why="For the panel")
    paper.refresh_from_db()
    assert paper.issued is not None
    assert (paper.issued.audience, IssuedPaper.objects.count()) == ("public", 2)
    said = text_of(content_of(client_of(house), pack))
    assert ("The boiler fails" in said, "Only for the office" in said) == (True, False)


def test_posts_with_a_seat_are_written_to_and_of_the_closed_part_those_that_may_read_it(
    house: House, meeting: Meeting
) -> None:
    commands.give_seat(meeting.board, post=house.posts["owner"], role="attendee", starts=TODAY, **BY)
    pack = issue(meeting)
    said = "Papers of Audit Panel, 16 July 2026"
    deep = [("Chief Executive", said), ("Chief Finance Officer", said), ("Policy and Compliance Officer", said)]
    told = sorted(Notice.objects.values_list("to__title", "subject"))
    assert [each for each in told if each not in deep] == [(house.posts["owner"].title, said)]
    assert commands.packs.link_address(pack.pk, NOW) == f"{AT}packs/"
    closed = issue(meeting, closed=True)
    letters = Notice.objects.filter(key__startswith=f"pack:{closed.pk}:")
    assert sorted(letters.values_list("to__title", "subject")) == deep
    assert [text for text in letters.values_list("text", flat=True) if "Zanzibar" in text] == []


def test_only_who_issues_packs_issues_them(house: House, meeting: Meeting) -> None:
    agenda = agenda_of(meeting, actor=CANDOUR, today=TODAY)
    new = compiled(meeting, agenda, Wanted(False, CANDOUR, NOW))
    with pytest.raises(Forbidden):
        commands.issue_pack(meeting, new, actor=house.actors["owner"], at=NOW)
    owner = client_of(house, "owner")
    for way in ("open/issue/", "open/supplement/", "open/draft.pdf", "closed/issue/"):
        assert owner.get(f"{AT}packs/{way}").status_code == 404


def test_a_secretary_looks_at_a_draft_issues_it_and_reads_what_the_next_would_hold(
    house: House, meeting: Meeting
) -> None:
    client = client_of(house)
    page = client.get(f"{AT}packs/").content.decode()
    assert ("No pack is issued yet" in page, "Written by Candour" in page, "Audit report.pdf" in page) == (True,) * 3
    assert client.get(f"{AT}packs/open/draft.pdf").status_code == 302
    assert client.post(f"{AT}packs/open/draft.pdf", {"make": "draft"}).status_code == 302
    assert "A draft is ready" in client.get(f"{AT}packs/").content.decode()
    given = client.get(f"{AT}packs/open/draft.pdf")
    assert (given.status_code, given["Content-Type"]) == (200, "application/pdf")
    assert "DRAFT" in text_of(b"".join(given.streaming_content))
    assert Pack.objects.count() == 0
    assert "2 papers of 2 items" in client.get(f"{AT}packs/open/issue/").content.decode()
    answer = client.post(f"{AT}packs/open/issue/", {"seen": meeting.record.head_sequence})
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}packs/")
    assert "Version 1" in client.get(f"{AT}packs/").content.decode()
    answer = client.post(f"{AT}packs/open/issue/", {"seen": meeting.record.head_sequence})
    assert answer.status_code == 422
    assert client.get(f"{AT}packs/sideways/issue/").status_code == 404


def test_a_broken_or_locked_file_is_refused_by_name_when_it_is_added(house: House, meeting: Meeting) -> None:
    late = an_item(meeting, "Late item", late_why="It came on Monday")
    late.record.refresh_from_db()
    client, at = client_of(house), f"/boards/items/office/{late.record.reference}/papers/add/"
    file = SimpleUploadedFile("Broken report.pdf", own_pdf()[:400], content_type="application/pdf")
    answer = client.post(at, {"file": file, "title": "Report", "seen": late.record.head_sequence})
    assert (answer.status_code, "Broken report.pdf" in answer.content.decode()) == (422, True)
    assert Paper.objects.filter(item=late).count() == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"user": "secret", "owner": "secret"}, "Budget.pdf is locked with a password. Save it without one"),
        ({"user": "", "owner": "secret"}, "Budget.pdf is protected against being put together with others"),
    ],
)
def test_a_file_with_a_password_is_refused_with_what_to_do_and_what_was_typed_stays(
    house: House, meeting: Meeting, words: dict[str, str], said: str
) -> None:
    late = an_item(meeting, "Late item", late_why="It came on Monday")
    late.record.refresh_from_db()
    content = changed(own_pdf(), lambda _pdf: None, encryption=pikepdf.Encryption(**words))
    file = SimpleUploadedFile("Budget.pdf", content, content_type="application/pdf")
    at = f"/boards/items/office/{late.record.reference}/papers/add/"
    answer = client_of(house).post(at, {"file": file, "title": "The budget", "seen": late.record.head_sequence})
    page = answer.content.decode()
    assert (answer.status_code, said in page, 'value="The budget"' in page) == (422, True, True)
    assert Paper.objects.filter(item=late).count() == 0


def test_the_open_pack_is_shared_with_another_board_and_taken_back(house: House, meeting: Meeting) -> None:
    pack = issue(meeting)
    panel = a_board(house, organisation=house.force, code="pcp", name="Police and Crime Panel", secretary=None)
    reader = client_of(house, "force_reader")
    assert content_of(reader, pack) == b""
    with pytest.raises(Refused, match="A pack of a closed part is not shared"):
        commands.share_pack(issue(meeting, closed=True), board=panel, **BY)
    with pytest.raises(Refused, match="own papers"):
        commands.share_pack(pack, board=meeting.board, **BY)
    share = commands.share_pack(pack, board=panel, **BY)
    with pytest.raises(Refused, match="Police and Crime Panel has it already"):
        commands.share_pack(pack, board=panel, **BY)
    page = reader.get("/boards/force/pcp/").content.decode()
    assert "Audit Panel, 16 July 2026: version 1" in page
    assert content_of(reader, pack)[:5] == b"%PDF-"
    commands.stop_share(PackShare.objects.select_related("pack__meeting__record").get(pk=share.pk), **BY)
    assert content_of(reader, pack) == b""
    with pytest.raises(Refused, match="It was taken back on 15 June 2026"):
        commands.stop_share(PackShare.objects.select_related("pack__meeting__record").get(pk=share.pk), **BY)


def test_sharing_and_taking_back_are_pages(house: House, meeting: Meeting) -> None:
    pack = issue(meeting)
    ethics = a_board(house, code="ethics", name="Ethics Committee")
    client = client_of(house)
    pack.refresh_from_db()
    answers = {"board": ethics.pk, "reason": "For information", "seen": pack.head_sequence}
    answer = client.post(f"/boards/packs/{pack.pk}/share/", answers)
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}packs/")
    assert "Ethics Committee" in client.get(f"{AT}packs/").content.decode()
    share = PackShare.objects.get()
    pack.refresh_from_db()
    answers = {"reason": "It was the wrong one", "seen": pack.head_sequence}
    assert client.post(f"/boards/packs/shares/{share.pk}/end/", answers).status_code == 302
    assert PackShare.objects.filter(ended_on=None).count() == 0
    assert client.get(f"/boards/packs/shares/{share.pk}/end/").status_code == 404


def test_the_page_of_packs_asks_as_often_whatever_there_is(house: House, meeting: Meeting) -> None:
    client = client_of(house)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{AT}packs/").status_code == 200
        return len(found)

    issue(meeting)
    few = asked()
    for number in range(4):
        late = an_item(meeting, f"Late item {number}", late_why="It came on Monday")
        with_paper(late, sized(1 + number), f"Late paper {number}.pdf")
        issue(meeting, supplement=True, why="Late")
    assert (asked(), few <= 12) == (few, True)


def test_a_meeting_that_was_called_off_has_no_pack_to_issue(house: House, board: Board) -> None:
    made = a_meeting(board, date(2026, 9, 17))
    an_item(made)
    commands.call_off(made, **BY)
    page = client_of(house).get(f"/boards/meetings/office/{made.record.reference}/packs/").content.decode()
    assert ("It stands here once the secretary has issued it" in page, "Issue the pack" in page) == (True, False)
    with pytest.raises(Refused, match="This meeting was called off"):
        commands.may_issue(made)


def test_a_paper_that_names_the_closed_part_or_something_restricted_is_kept_out_of_the_open_pack(
    house: House, board: Board
) -> None:
    a_risk(house, reference="Q0042", title="A secret tunnel under the yard", sensitivity="restricted")
    made = a_meeting(board)
    item = an_item(made, "Estates")
    an_item(made, "Zanzibar claim", closed=True)
    commands.issue_agenda(made, **BY)
    made = Meeting.objects.select_related("record__organisation", "board").get(pk=made.pk)
    for words, name in (("See q0042 for the rest.", "Report.pdf"), ("The Zanzibar claim goes on.", "Claim.pdf")):
        paper = with_paper(item, pdf.render(short(words)), name)
        with pytest.raises(PackRefused, match=rf"^{name} says .*move its item to the closed part") as refused:
            issue(made, by=house.refreshed("secretary"))
        assert refused.value.name == name
        commands.take_off(Paper.objects.select_related("item__record", "item__meeting").get(pk=paper.pk), **BY)
    with_paper(item, pdf.render(short("Nothing of the kind.")), "A secret tunnel under the yard.pdf")
    with pytest.raises(PackRefused, match="says the title of Q0042"):
        issue(made, by=house.refreshed("secretary"))
    assert Pack.objects.count() == 0


def test_what_stops_a_pack_is_told_on_the_page_and_nothing_is_issued(house: House, meeting: Meeting) -> None:
    paper = Paper.objects.select_related("file").get(title="Audit report")
    store.erase(paper.file.sha256)
    client = client_of(house)
    client.post(f"{AT}packs/open/issue/", {"seen": meeting.record.head_sequence})
    page = client.get(f"{AT}packs/").content.decode()
    assert ("Nothing was issued" in page, "Audit report.pdf is not in the store any more" in page) == (True, True)
    assert (
        Pack.objects.count(),
        "Audit report.pdf is not" in client_of(house, "reader").get(f"{AT}packs/").content.decode(),
    ) == (0, False)


def test_a_pack_under_way_is_shown_with_how_far_it_is_and_no_second_is_begun(house: House, meeting: Meeting) -> None:
    by: dict[str, Any] = {"actor": house.refreshed("secretary"), "at": NOW}
    making = commands.begin_making(meeting, closed=False, draft=True, **by)
    commands.tell_making(making, "Reading paper 1 of 2", 1, 5)
    with pytest.raises(Refused, match="being made already"):
        commands.begin_making(meeting, closed=False, draft=True, **by)
    commands.begin_making(meeting, closed=True, draft=True, **by)
    answer = client_of(house).get(f"{AT}packs/")
    page = answer.content.decode()
    assert (answer["Refresh"], "Reading paper 1 of 2" in page, '<progress max="5" value="1"' in page) == (
        f"3; url={AT}packs/",
        True,
        True,
    )
    making.refresh_from_db()
    later = NOW + timedelta(minutes=11)
    assert makings_of(meeting, at=later)[False].error.startswith("It stopped before it was done")
    commands.begin_making(meeting, closed=False, draft=True, actor=by["actor"], at=later)
    assert Making.objects.filter(closed=False).count() == 1


def test_only_who_issues_packs_of_the_closed_part_makes_one(house: House, meeting: Meeting) -> None:
    with pytest.raises(Forbidden):
        commands.begin_making(meeting, closed=False, draft=True, actor=house.actors["owner"], at=NOW)
    secretary = house.refreshed("secretary")
    scopes = {**secretary.scopes, RecordPermission.SEE_RESTRICTED: frozenset()}
    shallow = replace(secretary, scopes=scopes)
    with pytest.raises(Forbidden):
        commands.begin_making(meeting, closed=True, draft=True, actor=shallow, at=NOW)


def test_a_new_draft_takes_the_place_of_the_last(house: House, meeting: Meeting) -> None:
    client = client_of(house)
    digests = []
    for title in ("The boiler fails", "The lift stops"):
        a_risk(house, title=title)
        client.post(f"{AT}packs/open/draft.pdf", {"make": "draft"})
        digests.append(Making.objects.get().pdf_sha256)
    assert [store.holds(digest) for digest in digests] == [False, True]


def test_verify_says_which_pack_is_not_what_was_issued(meeting: Meeting) -> None:
    pack = issue(meeting)
    assert verify().failure == ""
    store.erase(pack.word_sha256)
    assert verify().failure == f"pack {pack.pk}: its stored files are missing or are not those that were issued"


def test_a_member_finds_the_papers_of_a_meeting_to_come_on_their_desk_once_they_are_issued(
    house: House, meeting: Meeting
) -> None:
    def offered(name: str) -> bool:
        page = client_of(house, name).get("/desk/").content.decode()
        return f'href="{AT}packs/"' in page

    issue(meeting, closed=True)
    assert (offered("chief"), offered("reader")) == (True, False)
    issue(meeting)
    assert (offered("chief"), offered("reader")) == (True, True)


def test_a_paper_that_waits_for_the_virus_scanner_or_cannot_be_had_is_in_the_way(
    meeting: Meeting, settings: Settings, tmp_path: Path
) -> None:
    agenda = agenda_of(meeting, actor=CANDOUR, today=TODAY)
    settings.SCANNER = "tcp://127.0.0.1:9"
    with pytest.raises(PackRefused, match=r"^Audit report\.pdf waits for the virus scanner: make the pack again once"):
        draft(meeting, agenda, Wanted(False, CANDOUR, NOW))
    settings.SCANNER = ""
    (tmp_path / "evidence").write_text("a file where the folder should be")
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    with pytest.raises(PackRefused, match="The store of files does not answer: make the pack again in a few minutes"):
        draft(meeting, agenda, Wanted(False, CANDOUR, NOW))


def test_compiling_asks_as_often_however_many_papers_were_added(meeting: Meeting) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            agenda = agenda_of(meeting, actor=CANDOUR, today=TODAY)
            compiled(meeting, agenda, Wanted(False, CANDOUR, NOW))
        return len(found)

    few = asked()
    for number in range(3):
        late = an_item(meeting, f"Late item {number}", late_why="It came on Monday")
        with_paper(late, sized(1 + number), f"Late paper {number}.pdf")
        with_paper(late, word_file(header=f"Report {number}"), f"Late report {number}.docx")
    assert asked() == few


def test_a_draft_of_another_version_says_what_would_change_and_keeps_the_numbers_of_pages(meeting: Meeting) -> None:
    pack = issue(meeting)
    late = an_item(meeting, "Estates", late_why="It came on Monday")
    with_paper(late, sized(1), "Map.pdf")
    agenda = agenda_of(meeting, actor=CANDOUR, today=TODAY)
    said = text_of(draft(meeting, agenda, Wanted(False, CANDOUR, NOW, packs_of(meeting, actor=CANDOUR))))
    assert "Added: 2a Estates: Map." in said
    assert f"Page {pack.pages + 1}" in said
