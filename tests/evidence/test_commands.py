import io
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.evidence import commands, queries, store
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks import commands as risks
from tests.evidence import samples
from tests.factories import NOW, TODAY, House, a_risk


def a_file(house: House, record: Record, **values: object) -> File:
    given: dict = {"name": "signed.pdf", "content": samples.PDF, "actor": house.actors["owner"], "at": NOW} | values
    return commands.add_file(record, **(given | {"content": io.BytesIO(given["content"])}))


def kept(files: Path) -> list[str]:
    """Names of the stored files."""
    return sorted(path.name for path in files.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_and_verifies(house: House, files: Path) -> None:
    file = a_file(house, a_risk(house).record, name="C:\\x\\signed.pdf", reason="The contract")
    digest = sha256(samples.PDF).hexdigest()
    assert (file.sha256, file.name, file.media_type, file.size, file.added_on) == (
        digest,
        "signed.pdf",
        "application/pdf",
        len(samples.PDF),
        TODAY,
    )
    assert (files / "evidence" / digest[:2] / digest).read_bytes() == samples.PDF
    assert verify().failure == ""


def test_the_same_content_is_stored_once_and_added_to_a_record_once(house: House, files: Path) -> None:
    first, second = a_risk(house).record, a_risk(house).record
    one = a_file(house, first)
    assert a_file(house, first, name="again.pdf") == one
    assert a_file(house, second) != one
    assert File.objects.count() == 2
    assert len(kept(files)) == 1


def test_a_refused_file_leaves_neither_bytes_nor_an_entry(house: House, files: Path) -> None:
    record, before = a_risk(house).record, Entry.objects.count()
    with pytest.raises(Refused):
        a_file(house, record, name="page.html")
    with pytest.raises(Forbidden):
        a_file(house, record, actor=house.actors["reader"])
    with pytest.raises(Forbidden):
        a_file(house, record, actor=house.actors["force_policy"])
    assert (kept(files), File.objects.count(), Entry.objects.count()) == ([], 0, before)


def test_bytes_left_by_a_recording_that_failed_are_harmless_and_found_again(house: House, files: Path) -> None:
    record = a_risk(house).record
    with pytest.raises(ValueError, match="zone"):
        a_file(house, record, at=NOW.replace(tzinfo=None), effective=TODAY)
    assert (len(kept(files)), File.objects.count(), verify().failure) == (1, 0, "")
    a_file(house, record)
    assert (len(kept(files)), verify().failure) == (1, "")


def test_bytes_cut_short_by_a_crash_are_written_anew(house: House, files: Path) -> None:
    digest = sha256(samples.PDF).hexdigest()
    place = files / store.place(digest)
    place.parent.mkdir(parents=True)
    place.write_bytes(samples.PDF[:7])
    a_file(house, a_risk(house).record)
    assert (kept(files), place.read_bytes()) == ([digest], samples.PDF)


def test_verify_finds_bytes_that_are_altered_or_gone(house: House, files: Path) -> None:
    record = a_risk(house).record
    file = a_file(house, record)
    place = files / store.place(file.sha256)
    said = f"file {file.pk} of {record.reference}: its stored bytes are missing or are not those that were added"
    place.chmod(0o644)
    place.write_bytes(samples.PDF + b" ")
    assert verify().failure == said
    place.unlink()
    assert verify().failure == said
    place.write_bytes(samples.PDF)
    assert verify().failure == ""


def test_a_file_is_taken_off_with_a_reason_and_stays_in_the_past(house: House, files: Path) -> None:
    record = a_risk(house).record
    file = a_file(house, record, effective=date(2026, 3, 1))
    said = {"actor": house.actors["owner"], "at": NOW}
    with pytest.raises(Refused, match="Say why the file goes"):
        commands.remove_file(file, reason=" ", **said)
    commands.remove_file(file, reason="The wrong one", effective=date(2026, 5, 1), **said)
    with pytest.raises(Refused, match="This file was already taken off"):
        commands.remove_file(file, reason="x", **said)
    policy = house.actors["policy"]

    def on(day: date | None) -> list[str]:
        return [row.name for row in queries.files_of(record, actor=policy, as_at=day).rows]

    assert [on(date(2026, 2, 28)), on(date(2026, 3, 1)), on(date(2026, 4, 30)), on(date(2026, 5, 1)), on(None)] == [
        [],
        ["signed.pdf"],
        ["signed.pdf"],
        [],
        [],
    ]
    assert len(kept(files)) == 1
    assert a_file(house, record).pk != file.pk


def test_erasing_removes_the_bytes_once_no_file_holds_them_and_history_still_verifies(
    house: House, files: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    first, second = a_file(house, a_risk(house).record), a_file(house, a_risk(house).record)
    said = {"at": NOW, "reason": "Personal data"}
    with pytest.raises(Forbidden):
        commands.erase_file(first, actor=house.actors["owner"], **said)
    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_file(first, actor=house.actors["chief"], **said)
    assert (len(kept(files)), verify().failure) == (1, "")
    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_file(second, actor=house.actors["chief"], **said)
    assert (kept(files), verify().failure) == ([], "")
    with pytest.raises(Refused, match="This file was already erased"):
        commands.erase_file(second, actor=house.actors["chief"], **said)


def test_files_come_newest_first_with_the_post_that_added_them(house: House, django_assert_num_queries: object) -> None:
    record = a_risk(house).record
    a_file(house, record, effective=date(2026, 3, 1))
    a_file(house, record, name="spend.csv", content=b"a,b\r\n" * 300_000, actor=house.actors["policy"])
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.files_of(record, actor=house.actors["owner"])
    assert [(row.name, row.kind, row.size_text, row.added_on, row.added_by) for row in found.rows] == [
        ("spend.csv", "CSV", "1.5 MB", TODAY, "Policy and Compliance Officer"),
        ("signed.pdf", "PDF", "1 kB", date(2026, 3, 1), "Head of Communications"),
    ]
    assert found.add == f"/records/risk/office/{record.reference}/files/new"
    with django_assert_num_queries(3):  # type: ignore[operator]
        past = queries.files_of(record, actor=house.actors["owner"], as_at=date(2026, 4, 1))
    assert [(row.name, row.added_by, row.remove) for row in past.rows] == [("signed.pdf", "Head of Communications", "")]
    assert past.add == ""


def test_those_who_may_not_see_evidence_or_the_record_are_given_none(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted")
    a_file(house, risk.record, actor=CANDOUR)
    seen = [name for name, actor in house.actors.items() if queries.files_of(risk.record, actor=actor).rows]
    assert seen == ["policy", "chief", "finance", "secretary", "auditor", "admin"]


def test_what_was_restricted_on_the_day_stays_hidden(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted")
    a_file(house, risk.record, actor=CANDOUR, effective=date(2026, 2, 1))
    risks.restrict(risk, sensitivity="office", effective=date(2026, 6, 1), actor=CANDOUR, at=NOW, reason="x")
    day = date(2026, 5, 1)
    reader, policy = house.actors["reader"], house.actors["policy"]
    assert [len(queries.files_of(risk.record, actor=actor).rows) for actor in (reader, policy)] == [1, 1]
    assert [len(queries.files_of(risk.record, actor=actor, as_at=day).rows) for actor in (reader, policy)] == [0, 1]
