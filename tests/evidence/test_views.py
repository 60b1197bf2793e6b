import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from candour.kernel.access import CANDOUR
from candour.kernel.evidence import queries
from candour.kernel.evidence.models import File
from tests.evidence import samples
from tests.evidence.test_commands import a_file, kept
from tests.factories import House, a_risk

As = Callable[[str], Client]


@pytest.fixture
def as_(house: House) -> As:
    """A browser signed in as one of the house."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(house.people[name])
        return client

    return signed_in


def upload(client: Client, address: str, name: str, content: bytes, reason: str = "The contract") -> HttpResponse:
    return client.post(address, {"file": SimpleUploadedFile(name, content, "text/html"), "reason": reason})


@pytest.mark.parametrize("reference", ["OPCC029", "OPCC/2023/7", "A b?c#d%2F&é", "new/files/3", "x/files/new"])
def test_a_file_is_added_and_comes_back_byte_for_byte_whatever_the_reference(
    house: House, as_: As, reference: str
) -> None:
    record = a_risk(house, reference=reference).record
    client = as_("owner")
    address = queries.files_of(record, actor=house.actors["owner"]).add
    assert client.get(address).status_code == 200
    answer = upload(client, address, "signed.pdf", samples.PDF)
    assert (answer.status_code, answer.url) == (302, f"/risks/office/{quote(reference)}/#evidence")
    row = queries.files_of(record, actor=house.actors["owner"]).rows[0]
    given = client.get(row.address)
    assert b"".join(given) == samples.PDF


def test_bytes_are_only_ever_downloaded_and_may_do_nothing(house: House, as_: As) -> None:
    record = a_risk(house).record
    a_file(house, record, name="Café “a”.pdf")
    answer = as_("reader").get(queries.files_of(record, actor=house.actors["reader"]).rows[0].address)
    headers = {name: answer.headers[name] for name in sorted(answer.headers)}
    digest = File.objects.get().sha256
    assert headers["Content-Disposition"] == "attachment; filename*=utf-8''Caf%C3%A9%20%E2%80%9Ca%E2%80%9D.pdf"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["ETag"] == f'"{digest}"'
    assert headers["Content-Length"] == str(len(samples.PDF))


def test_a_browser_that_has_the_bytes_is_told_so_only_while_it_may_see_them(house: House, as_: As) -> None:
    record = a_risk(house, sensitivity="restricted").record
    file = a_file(house, record, actor=CANDOUR)
    address = queries.address("file", record, number=file.pk)
    etag = {"HTTP_IF_NONE_MATCH": f'"{file.sha256}"'}
    answer = as_("policy").get(address, **etag)
    assert (answer.status_code, answer.headers["ETag"], answer.content) == (304, f'"{file.sha256}"', b"")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert as_("reader").get(address, **etag).status_code == 404


def test_a_hidden_records_file_answers_exactly_like_one_that_never_was(house: House, as_: As) -> None:
    record, other = a_risk(house, sensitivity="restricted").record, a_risk(house).record
    file = a_file(house, record, actor=CANDOUR)
    hidden = f"/records/risk/office/{record.reference}/files"
    missing = "/records/risk/office/R9999/files"
    answers = set()
    client = as_("owner")
    for address in (
        f"{hidden}/{file.pk}",
        f"{hidden}/99999",
        f"{missing}/{file.pk}",
        f"/records/risk/office/{other.reference}/files/{file.pk}",
        f"/records/risk/office/{other.reference}/files/99999",
        f"{hidden}/{file.pk}/remove",
        f"{missing}/{file.pk}/remove",
        f"{hidden}/new",
        f"{missing}/new",
    ):
        for ask in (client.get, client.head):
            with CaptureQueriesContext(connection) as captured:
                answer = ask(address)
            body = re.sub(r'value="[^"]*"', "", answer.content.decode()) if ask == client.get else ""
            answers.add((ask == client.get, answer.status_code, body, len(captured), tuple(sorted(answer.headers))))
    assert len(answers) == 2, sorted(answer[1::2] for answer in answers)
    assert {answer[1] for answer in answers} == {404}


def test_those_not_signed_in_and_those_who_may_not_see_evidence_get_nothing(house: House, as_: As) -> None:
    record = a_risk(house).record
    file = a_file(house, record)
    address = queries.address("file", record, number=file.pk)
    away = Client().get(address)
    assert (away.status_code, away.url) == (302, f"/sign-in?next={address.replace('/', '%2F')}")
    assert [as_(name).get(address).status_code for name in ("panel", "force_reader", "reader")] == [404, 404, 200]
    assert as_("reader").get(queries.address("file-new", record)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<script>alert(1)</script>", "Choose a file of kind PDF, Word (.docx)"),
        ("page.pdf", b"<script>alert(1)</script>", "The name ends in .pdf, but its content"),
        ("<script>.pdf", samples.EXE, "The name ends in .pdf, but its content"),
        ("empty.pdf", b"", "The file is empty. Choose another"),
    ],
)
def test_a_file_that_is_refused_says_how_to_mend_it_beside_the_answer(
    house: House, as_: As, *, files: Path, name: str, content: bytes, said: str
) -> None:
    record = a_risk(house).record
    answer = upload(as_("owner"), queries.address("file-new", record), name, content)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(said) == 2
    assert "<title>Error: " in page
    assert "<script>.pdf" not in page
    assert (kept(files), File.objects.count()) == ([], 0)


def test_a_file_over_the_limit_is_cut_while_it_arrives_and_refused(
    house: House, as_: As, files: Path, settings: Settings
) -> None:
    settings.FILE_LIMIT = 1024 * 1024
    record = a_risk(house).record
    answer = upload(as_("owner"), queries.address("file-new", record), "big.pdf", samples.PDF + b" " * 8_000_000)
    found = re.search(r"The file has ([0-9.]+) MB. Choose one of 1 MB or less", answer.content.decode())
    assert found is not None
    assert 1.0 <= float(found[1]) < 1.3
    assert kept(files) == []


def test_a_file_is_taken_off_with_its_reason(house: House, as_: As) -> None:
    record = a_risk(house).record
    a_file(house, record)
    client = as_("owner")
    address = queries.files_of(record, actor=house.actors["owner"]).rows[0].remove
    assert "Say why the file goes" in client.post(address, {"reason": ""}).content.decode()
    assert client.post(address, {"reason": "The wrong one"}).status_code == 302
    assert queries.files_of(record, actor=house.actors["owner"]).rows == ()


def test_the_section_of_a_record_page_lists_files_and_teaches_when_there_are_none(house: House) -> None:
    record = a_risk(house).record
    owner, reader = house.actors["owner"], house.actors["reader"]
    empty = render_to_string("evidence/_section.html", {"files": queries.files_of(record, actor=owner)})
    assert "No evidence." in empty
    assert "Add a file" in empty
    a_file(house, record, name="<b>signed</b>.pdf")
    full = render_to_string("evidence/_section.html", {"files": queries.files_of(record, actor=reader)})
    assert "&lt;b&gt;signed&lt;" not in full  # a name has no folders: the slash of </b> ends one
    assert "b&gt;.pdf" in full
    assert "PDF, 1 kB" in full
    assert "Head of Communications" in full
    assert "15 June 2026" in full
    assert ("Add a file" in full, "Take off" in full) == (False, False)


def test_the_page_of_history_tells_of_files_only_to_those_who_may_see_them(house: House, as_: As) -> None:
    a_file(house, a_risk(house).record, reason="Counsel wrote to us")
    told = ["Counsel wrote to us" in as_(name).get("/history/").content.decode() for name in ("reader", "panel")]
    assert told == [True, False]
