"""The sweep takes away bytes that nothing names, in time, and never what a row or the history names."""

import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR
from candour.kernel.evidence import cited, commands, store
from candour.kernel.evidence.care import sweep
from candour.kernel.evidence.models import File, Stored
from candour.kernel.history.models import Snapshot
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.evidence import samples
from tests.factories import NOW, House, a_risk

DAY = timedelta(days=1)
# Three models with four columns that name stored bytes, and whether a file was ever of them.
ASKED_OF_ROWS = 5


def content(number: int) -> bytes:
    return samples.PDF + str(number).encode()


def digest(number: int) -> str:
    return store.digest_of(io.BytesIO(content(number)))


def orphan(number: int, at: datetime) -> None:
    """Bytes that were kept at a moment for a recording that failed; those that are there already stay as they are."""
    if not store.holds(digest(number)):
        store.keep(io.BytesIO(content(number)), digest(number))
    aged(number, at)


def aged(number: int, at: datetime) -> None:
    from django.core.files.storage import default_storage

    os.utime(default_storage.path(store.place(digest(number))), (at.timestamp(), at.timestamp()))


def added(record: Record, number: int, at: datetime) -> None:
    fresh = Record.objects.get(pk=record.pk)
    commands.add_file(fresh, name=f"{number}.pdf", content=io.BytesIO(content(number)), actor=CANDOUR, at=at)
    aged(number, at)


def removed(record: Record, number: int, at: datetime) -> None:
    for file in File.objects.filter(record=record, sha256=digest(number), removed_on=None).select_related("record"):
        commands.remove_file(file, actor=CANDOUR, at=at, reason="The wrong one")


def erased(record: Record, number: int, at: datetime) -> None:
    for file in File.objects.filter(record=record, sha256=digest(number), erased_on=None).select_related("record"):
        commands.erase_file(file, actor=CANDOUR, at=at, reason="Must go")


def test_bytes_that_nothing_names_go_once_they_are_old_and_were_seen_twice(house: House, files: Path) -> None:
    orphan(1, NOW)
    added(a_risk(house).record, 2, NOW)
    assert sweep(NOW + DAY, {}) == "0 taken away that nothing named, 1 left for now"
    assert sweep(NOW + 2 * DAY, {}) == "0 taken away that nothing named, 1 left for now"
    assert sweep(NOW + 8 * DAY, {}) == "1 taken away that nothing named, 0 left for now"
    assert list(store.every()) == [digest(2)]
    assert (Stored.objects.filter(pk=digest(1)).exists(), verify().failure) == (False, "")


def test_old_bytes_that_are_seen_for_the_first_time_are_left_once(house: House) -> None:
    orphan(1, NOW)
    assert sweep(NOW + 90 * DAY, {}) == "0 taken away that nothing named, 1 left for now"
    assert sweep(NOW + 90 * DAY, {}) == "0 taken away that nothing named, 1 left for now"
    assert sweep(NOW + 91 * DAY, {}) == "1 taken away that nothing named, 0 left for now"


def test_bytes_of_which_an_erasing_was_not_carried_out_go_at_once(house: House) -> None:
    record = a_risk(house).record
    added(record, 1, NOW)
    with transaction.atomic():  # the server was killed before what follows the commit
        erased(record, 1, NOW)
    assert store.holds(digest(1))
    assert sweep(NOW, {}) == "1 taken away that nothing named, 0 left for now"
    assert list(store.every()) == []


def test_a_file_added_again_between_two_sweeps_is_kept(house: House) -> None:
    orphan(1, NOW)
    sweep(NOW + 8 * DAY, {})
    added(a_risk(house).record, 1, NOW + 8 * DAY)
    assert Stored.objects.get(pk=digest(1)).unnamed_since is None
    assert sweep(NOW + 30 * DAY, {}) == "0 taken away that nothing named, 0 left for now"
    assert verify().failure == ""


def test_a_claim_puts_bytes_back_that_a_sweep_took_away_a_moment_before(house: House, files: Path) -> None:
    orphan(1, NOW)
    store.erase(digest(1))
    with transaction.atomic():
        store.claim(io.BytesIO(content(1)), digest(1))
    assert store.holds(digest(1))
    (files / "evidence").chmod(0o755)


def test_bytes_that_only_the_history_names_are_never_taken_away(house: House) -> None:
    record = a_risk(house).record
    added(record, 1, NOW)
    # As if a row had been lost behind Candour’s back: its state still names the bytes.
    assert Snapshot.objects.filter(facts__contains=digest(1)).exists()
    assert cited.in_history([digest(1), digest(2)]) == {digest(1)}


def named_by_rows(record: Record, numbers: range) -> None:
    """Files of a record, all recorded at once."""
    for number in numbers:
        store.keep(io.BytesIO(content(number)), digest(number))
    fresh = Record.objects.get(pk=record.pk)
    told = {"record": fresh, "media_type": "application/pdf", "size": 1, "added_on": NOW.date()}
    with recording("evidence.added", fresh, actor=CANDOUR, at=NOW, reason="Found in a cupboard"):
        File.objects.bulk_create([File(name=f"{n}.pdf", sha256=digest(n), **told) for n in numbers])


def questions(at: datetime) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as captured:
        said = sweep(at, {})
    return len(captured), said


def test_a_page_of_a_thousand_files_is_asked_about_as_one_file_is(house: House) -> None:
    record = a_risk(house).record
    named_by_rows(record, range(1))
    assert questions(NOW) == (ASKED_OF_ROWS, "0 taken away that nothing named, 0 left for now")
    orphan(1000, NOW)
    one = questions(NOW)
    named_by_rows(record, range(1, 500))
    for number in range(1001, 1500):
        orphan(number, NOW)
    assert one == (ASKED_OF_ROWS + 4, "0 taken away that nothing named, 1 left for now")
    assert questions(NOW) == (ASKED_OF_ROWS + 4, "0 taken away that nothing named, 500 left for now")


def test_what_only_the_history_names_is_found_among_few_and_among_many(house: House) -> None:
    added(a_risk(house).record, 1, NOW)
    few, many = [digest(number) for number in range(1, 3)], [digest(number) for number in range(1, cited.FEW + 2)]
    assert (cited.in_history(few), cited.in_history(many), cited.in_history([])) == ({digest(1)}, {digest(1)}, set())


def test_where_nothing_can_be_kept_the_form_says_so(house: House, files: Path) -> None:
    (files / "evidence").write_text("a file where the folder should be")
    with pytest.raises(Refused, match="The store of files does not answer, so nothing is kept yet"):
        added(a_risk(house).record, 1, NOW)
    assert File.objects.count() == 0


STEPS: dict[str, Callable[[Record, int, datetime], None]] = {
    "orphan": lambda record, number, at: orphan(number, at),
    "add": added,
    "remove": removed,
    "erase": erased,
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from([*STEPS, "sweep"]), st.integers(0, 1), st.integers(0, 3)), max_size=14))
def test_whatever_happens_no_sweep_takes_away_what_is_named_and_the_last_leaves_nothing_else(
    house: House, files: Path, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        records, at = [a_risk(house).record, a_risk(house).record], NOW
        for what, which, number in steps:
            at += DAY * 3
            if what == "sweep":
                sweep(at, {})
            else:
                STEPS[what](records[which], number, at)
            assert all(store.holds(each) for each in named())
        for _ in range(3):
            at += DAY * 10
            sweep(at, {})
        assert list(store.every()) == sorted(named())
        assert verify().failure == ""
        transaction.set_rollback(True)
    for path in [path for path in files.rglob("*") if path.is_file()]:
        path.unlink()


def named() -> set[str]:
    return set(File.objects.filter(erased_on=None).values_list("sha256", flat=True))
