"""A body keeps no more than its quota; the page says what is left, and a refusal what to do."""

import io

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from candour.kernel.evidence import commands, queries
from candour.kernel.evidence.models import File
from candour.kernel.evidence.rules import GIGA, Room, say_size
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.evidence import samples
from tests.factories import NOW, House, a_risk


def added(house: House, record: Record, content: bytes, name: str = "a.pdf") -> File:
    said = {"actor": house.actors["policy"], "at": NOW}
    return commands.add_file(Record.objects.get(pk=record.pk), name=name, content=io.BytesIO(content), **said)


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = [0, 1, 999, 204_000, 1_300_000, 12_400_000_000]
    assert [say_size(size) for size in sizes] == ["0 kB", "1 kB", "1 kB", "204 kB", "1.3 MB", "12.4 GB"]


def test_room_without_a_quota_has_no_limit() -> None:
    assert (Room(5, 0).limited, Room(5, 0).holds(10**15), Room(5, 10).holds(5), Room(5, 10).holds(6)) == (
        False,
        True,
        True,
        False,
    )
    assert (Room(15, 10).left, Room(15, 10).share, Room(1, 3).share) == (0, 100, 33)


def test_a_file_that_does_not_fit_is_refused_and_told_how_to_mend_it(house: House, settings: Settings) -> None:
    settings.FILES_QUOTA = 1_500_000
    record, other = a_risk(house).record, a_risk(house).record
    first = added(house, record, samples.PDF + b"0" * 1_000_000)
    with pytest.raises(Refused) as refused:
        added(house, other, samples.PDF + b"1" * 1_000_000)
    assert refused.value.message == (
        "There is no room for this file: it has 1.0 MB, and 500 kB of 1.5 MB is left for the files of The office."
        " Make it smaller, or ask whoever runs Candour for more room"
    )
    again = added(house, other, samples.PDF + b"0" * 1_000_000)  # the same content takes no more room
    assert (queries.room_of(house.office).used, queries.room_of(house.force).used) == (first.size, 0)
    commands.remove_file(again, actor=house.actors["policy"], at=NOW, reason="The wrong one")
    assert queries.room_of(house.office).used == first.size


def test_the_page_says_what_is_left(house: House, settings: Settings) -> None:
    risk, client = a_risk(house), Client()
    added(house, risk.record, samples.PDF + b"0" * 1_000_000)
    client.force_login(house.people["policy"])
    place = f"/records/risk/office/{risk.record.reference}/files/new"
    assert b"is left for the files of" not in client.get(place).content
    settings.FILES_QUOTA = 2 * GIGA
    assert b"<b>2.0 GB</b> of 2.0 GB is left for the files of The office." in client.get(place).content


def test_whoever_looks_after_the_files_reads_how_they_stand_and_nobody_else_does(
    house: House, settings: Settings
) -> None:
    settings.FILES_QUOTA = 2 * GIGA
    added(house, a_risk(house).record, samples.PDF + b"0" * 1_000_000)
    client = Client()
    client.force_login(house.people["policy"])
    assert client.get("/files/").status_code == 404
    client.force_login(house.people["admin"])
    page = client.get("/files/").content.decode()
    assert "Office of Mereford" in page
    assert "Mereford Police" not in page
    assert "of 2.0 GB, 0% taken" in page
    assert "No scanner is set up" in page
