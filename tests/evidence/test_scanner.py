"""No file that the virus scanner objects to is taken in, none is given out that it has not seen, and each is accounted for."""

import io
import socketserver
import threading
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from candour.kernel.access import CANDOUR
from candour.kernel.evidence import commands, queries, scanner
from candour.kernel.evidence.care import scan_waiting
from candour.kernel.evidence.models import File, Infection, Stored
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks.models import Risk
from tests.evidence import samples, stores
from tests.factories import NOW, House, a_risk

BAD = samples.PDF + stores.EICAR
INFECTED = (
    "The virus scanner found Eicar-Test-Signature in this file, so it is not taken in. Do not open it again; tell whoever"
    " looks after your computers, and ask for a clean copy"
)


@pytest.fixture
def listening(settings: Settings) -> object:
    with stores.scanner() as server:
        settings.SCANNER, settings.UNSCANNED = f"tcp://127.0.0.1:{server.server_address[1]}", "refuse"
        yield server


@pytest.fixture
def away(settings: Settings) -> int:
    """A scanner that is set up and does not answer; gives its port."""
    with stores.scanner() as server:
        port: int = server.server_address[1]
    settings.SCANNER, settings.UNSCANNED = f"tcp://127.0.0.1:{port}", "accept"
    return port


def added(house: House, record: Record, content: bytes = samples.PDF, name: str = "a.pdf") -> File:
    said = {"actor": house.actors["owner"], "at": NOW, "reason": "It shows it"}
    return commands.add_file(Record.objects.get(pk=record.pk), name=name, content=io.BytesIO(content), **said)


def signed_in(house: House, name: str = "owner") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def send(client: Client, risk: Risk, content: bytes):  # type: ignore[no-untyped-def]
    file = io.BytesIO(content)
    file.name = "letter.pdf"
    return client.post(f"/records/risk/office/{risk.record.reference}/files/new", {"file": file, "reason": "My words"})


def test_a_clean_file_is_taken_in_and_the_scanner_saw_all_of_it(house: House, listening: stores.Listening) -> None:
    content = samples.PDF + b"0" * 200_000
    file = added(house, a_risk(house).record, content)
    assert listening.seen == [content]
    assert (Stored.objects.get().scanned_at, queries.why_shut(file.sha256), verify().failure) == (NOW, "", "")


def test_an_infected_file_is_refused_with_words_and_noted(house: House, listening: object, files: Path) -> None:
    risk, client = a_risk(house), signed_in(house)
    entries = Entry.objects.count()
    answer = send(client, risk, BAD)
    page = answer.content.decode()
    assert INFECTED in page
    assert "My words" in page
    assert (File.objects.count(), Entry.objects.count(), list(files.rglob("*"))) == (0, entries, [])
    assert list(Infection.objects.values_list("name", "found", "by", "taken", "record")) == [
        ("letter.pdf", "Eicar-Test-Signature", "Head of Communications", False, risk.pk)
    ]


def test_what_was_found_is_noted_though_the_rest_of_the_form_is_undone(house: House, listening: object) -> None:
    from django.db import transaction

    from candour.kernel.web.forms import Form, carried_out

    record = a_risk(house).record

    def act() -> None:
        with transaction.atomic():
            added(house, record, BAD)

    form = Form({})
    form.is_valid()
    assert carried_out(form, act) is False
    assert Infection.objects.count() == 1


def test_while_the_scanner_is_away_no_file_is_taken_in(house: House, away: int, settings: Settings) -> None:
    settings.UNSCANNED = "refuse"
    page = send(signed_in(house), a_risk(house), samples.PDF).content.decode()
    assert (
        "The virus scanner does not answer, so no file is taken in for now. What you wrote is kept on this page" in page
    )
    assert "My words" in page
    assert File.objects.count() == 0


def test_a_file_taken_in_without_it_opens_once_it_was_scanned(house: House, away: int) -> None:
    risk, client = a_risk(house), signed_in(house)
    file = added(house, risk.record)
    place = f"/records/risk/office/{risk.record.reference}/files/{file.pk}"
    page = client.get(f"/risks/office/{risk.record.reference}/").content.decode()
    assert "Not scanned yet" in page
    assert f'href="{place}"' not in page
    answer = client.get(place)
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert b"This file waits for the virus scanner" in answer.content
    assert scan_waiting(NOW, {}).startswith("1 wait: the virus scanner does not answer")
    with stores.scanner(away):
        assert scan_waiting(NOW, {}) == "1 scanned and clean, 0 infected"
        assert scan_waiting(NOW, {}) == "0 scanned and clean, 0 infected"
    answer = client.get(place)
    assert b"".join(answer.streaming_content) == samples.PDF  # type: ignore[attr-defined]


def test_what_is_found_later_is_taken_off_every_record_and_never_given_out(house: House, away: int) -> None:
    risks = [a_risk(house), a_risk(house)]
    files = [added(house, risk.record, BAD) for risk in risks]
    with stores.scanner(away):
        assert scan_waiting(NOW, {}) == "0 scanned and clean, 1 infected"
    assert File.objects.filter(removed_on=None).count() == 0
    last = Entry.objects.filter(event="evidence.infected").order_by("pk")
    assert [(entry.record_id, entry.actor_label) for entry in last] == [(risk.pk, CANDOUR.label) for risk in risks]
    answer = signed_in(house).get(f"/records/risk/office/{risks[0].record.reference}/files/{files[0].pk}")
    assert (answer.status_code, b"This file is not given out" in answer.content) == (503, True)
    assert Infection.objects.filter(taken=True).count() == 2
    assert verify().failure == ""


def test_files_that_were_there_before_the_scanner_wait_for_it_too(house: House, settings: Settings) -> None:
    file = added(house, a_risk(house).record)
    assert queries.why_shut(file.sha256) == ""
    with stores.scanner() as server:
        settings.SCANNER = f"tcp://127.0.0.1:{server.server_address[1]}"
        assert queries.why_shut(file.sha256) == queries.WAITING
        scan_waiting(NOW, {})
        assert queries.why_shut(file.sha256) == ""


def test_the_scanner_may_listen_on_a_socket_of_the_machine(settings: Settings, tmp_path: Path) -> None:
    class Unix(socketserver.ThreadingUnixStreamServer):
        limit, seen, daemon_threads = 1_000_000, [], True

    server = Unix(str(tmp_path / "clamd"), stores.Peer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.SCANNER = f"unix:{tmp_path}/clamd"
    try:
        assert scanner.answers() == "ClamAV 1.4.3/27800"
        assert [scanner.scan(io.BytesIO(each)) for each in (b"good", BAD)] == ["", "Eicar-Test-Signature"]
    finally:
        server.shutdown()
        server.server_close()
    with pytest.raises(scanner.NoScanner, match="does not answer"):
        scanner.scan(io.BytesIO(b"good"))


def test_a_file_that_is_too_large_for_the_scanner_counts_as_not_scanned(
    house: House, listening: stores.Listening
) -> None:
    listening.limit = 10
    with pytest.raises(scanner.NoScanner, match="could not look at the file: INSTREAM size limit exceeded"):
        scanner.scan(io.BytesIO(samples.PDF))
    with pytest.raises(Refused, match="The virus scanner does not answer"):
        added(house, a_risk(house).record)


@pytest.mark.parametrize("address", ["http://host:3310", "tcp://", "clamd", "unix:relative", "tcp://host/path"])
def test_an_address_that_cannot_be_meant_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="it must be tcp"):
        scanner.address(address)


def test_what_is_not_given_out_is_known_for_many_files_at_once(house: House, away: int) -> None:
    first, second = added(house, a_risk(house).record), added(house, a_risk(house).record, BAD)
    assert queries.shut_among([first.sha256, second.sha256]) == {
        first.sha256: queries.WAITING,
        second.sha256: queries.WAITING,
    }
    with stores.scanner(away):
        scan_waiting(NOW, {})
    assert queries.shut_among([first.sha256, second.sha256]) == {second.sha256: queries.INFECTED}
