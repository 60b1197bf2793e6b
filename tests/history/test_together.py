"""Two real connections at once: seals wait for open recordings, and two recordings of one record follow each other."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from candour.kernel.access import CANDOUR
from candour.kernel.history.commands import seal
from candour.kernel.history.models import Entry, Seal
from candour.kernel.history.queries import HowFar, entries_of
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Overtaken
from candour.risks import commands
from candour.risks.models import Risk, Update
from tests import factories
from tests.factories import NOW, a_risk

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 15  # seconds, far longer than anything here takes
MOMENT = 0.3  # seconds in which a thread that need not wait would be done


def beside(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Work begun in another thread, on a connection of its own; what it gave or raised is put in the list."""
    given: list[object] = []

    def run() -> None:
        try:
            given.append(work())
        except Exception as raised:
            given.append(raised)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, given


def test_a_seal_waits_for_an_open_recording_and_covers_it() -> None:
    house = factories.build_house()
    risk = a_risk(house)
    record = Record.objects.get(pk=risk.pk)
    with recording("risk.updated", record, actor=CANDOUR, at=NOW, reason="Open"):
        sealing, given = beside(lambda: seal(at=NOW))
        sealing.join(MOMENT)
        assert (sealing.is_alive(), given) == (True, [])
        Update.objects.create(risk=risk, dated=date(2026, 1, 1), text="Written while the seal waits")
    sealing.join(WAIT)
    (made,) = given
    assert isinstance(made, Seal)
    assert made.entries == Entry.objects.count()
    assert made.last_entry == entries_of(record)[0].pk
    assert verify().failure == ""


def test_two_recordings_of_one_record_follow_each_other_and_what_was_read_before_is_overtaken() -> None:
    house = factories.build_house()
    risk = a_risk(house)
    record = Record.objects.get(pk=risk.pk)
    said = {"actor": CANDOUR, "at": NOW, "reason": "At once"}

    def update() -> Update:
        return commands.record_update(Risk.objects.get(pk=risk.pk), text="Second", **said)

    with recording("risk.noted", record, **said):
        other, given = beside(update)
        other.join(MOMENT)
        assert (other.is_alive(), given) == (True, [])
    other.join(WAIT)
    assert isinstance(given[0], Overtaken)
    assert isinstance(update(), Update)
    assert [(entry.sequence, entry.event) for entry in entries_of(record)] == [
        (3, "risk.updated"),
        (2, "risk.noted"),
        (1, "risk.raised"),
    ]
    assert verify().failure == ""


def test_of_two_opposite_mergers_at_once_one_stands() -> None:
    house = factories.build_house()
    one, two = a_risk(house), a_risk(house)
    said = {"actor": CANDOUR, "at": NOW, "reason": "They are one"}

    def merged(gone: int, stays: int) -> Risk:
        gone_risk, stays_risk = (Risk.objects.select_related("record").get(pk=pk) for pk in (gone, stays))
        return commands.merge(gone_risk, into=stays_risk, controls={}, actions={}, **said)

    with recording("risk.noted", Record.objects.get(pk=one.pk), **said):
        threads = [beside(lambda: merged(one.pk, two.pk)), beside(lambda: merged(two.pk, one.pk))]
        for thread, _ in threads:
            thread.join(MOMENT)
    for thread, _ in threads:
        thread.join(WAIT)
    assert [isinstance(given[0], Overtaken) for _, given in threads] == [True, True]
    threads = [beside(lambda: merged(one.pk, two.pk)), beside(lambda: merged(two.pk, one.pk))]
    for thread, _ in threads:
        thread.join(WAIT)
    answers = [given[0] for _, given in threads]
    assert sorted(isinstance(answer, Risk) for answer in answers) == [False, True]
    assert Record.objects.filter(pk__in=[one.pk, two.pk], closed_on=None).count() == 1
    assert verify().failure == ""


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_recordings_of_two_records_do_not_wait_for_each_other() -> None:
    house = factories.build_house()
    one, two = a_risk(house), a_risk(house)
    said = {"actor": CANDOUR, "at": NOW, "reason": "At once"}
    with recording("risk.noted", Record.objects.get(pk=one.pk), **said):
        other, given = beside(lambda: commands.record_update(Risk.objects.get(pk=two.pk), text="Beside", **said))
        other.join(WAIT)
        assert isinstance(given[0], Update)
    assert verify().failure == ""


def test_a_recording_open_in_one_thread_is_not_open_in_another() -> None:
    house = factories.build_house()
    risk = a_risk(house)
    with recording("risk.noted", Record.objects.get(pk=risk.pk), actor=CANDOUR, at=NOW, reason="Open"):
        other, given = beside(lambda: Risk.objects.get(pk=risk.pk).save())
        other.join(WAIT)
    assert str(given[0]) == "Risk was written outside a recording"


def test_verify_reads_one_moment_while_others_write() -> None:
    house = factories.build_house()
    risk = a_risk(house)
    seal(at=NOW)
    stop = threading.Event()

    def write() -> int:
        written = 0
        while not stop.is_set() and written < 200:
            commands.record_update(Risk.objects.get(pk=risk.pk), text="Busy", actor=CANDOUR, at=NOW, reason="Busy")
            written += 1
        return written

    writing, given = beside(write)
    failures = [verify().failure for _ in range(4)]
    stop.set()
    writing.join(WAIT)
    assert failures == [""] * 4
    assert isinstance(given[0], int)
    assert entries_of(Record.objects.get(pk=risk.pk)).count() == 1 + given[0]


def test_several_processes_find_what_one_finds() -> None:
    house = factories.build_house()
    risks = [a_risk(house) for _ in range(5)]
    made = seal(at=NOW)
    assert made is not None
    assert verify(workers=3, roots=[made.root]) == verify(roots=[made.root])
    assert verify(workers=3).failure == ""
    for risk in risks[:2]:
        Risk._base_manager.filter(pk=risk.pk).update(category="Planted")
        assert verify(workers=3).failure == f"risks.risk {risk.pk}: category is not what was recorded"
        Risk._base_manager.filter(pk=risk.pk).update(category="")


def how_far() -> str:
    """How far the history has gone, as a request is told."""
    (found,) = Organisation.objects.order_by("pk").values_list(HowFar(), flat=True)[:1]
    return found


def test_how_far_the_history_has_gone_stays_until_more_is_recorded() -> None:
    house = factories.build_house()
    risk = a_risk(house)
    before = how_far()
    Session.objects.create(session_key="of a reader", session_data="", expire_date=NOW)
    beside(lambda: Session.objects.all().delete())[0].join(WAIT)
    assert how_far() == before
    commands.record_update(risk, text="More", actor=CANDOUR, at=NOW, reason="Said")
    assert how_far() != before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite commits in the order in which it numbers")
def test_an_entry_that_is_committed_after_one_with_a_higher_number_takes_the_history_further() -> None:
    house = factories.build_house()
    first, second = a_risk(house), a_risk(house)
    written, go = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            commands.record_update(first, text="Numbered first", actor=CANDOUR, at=NOW, reason="Said")
            written.set()
            go.wait(WAIT)

    writing, given = beside(slowly)
    assert written.wait(WAIT)
    commands.record_update(second, text="Numbered second, and seen first", actor=CANDOUR, at=NOW, reason="Said")
    told = [how_far(), how_far()]
    go.set()
    writing.join(WAIT)
    told += [how_far(), how_far()]
    assert given == [None]
    assert [told[0] == told[1], told[1] == told[2], told[2] == told[3]] == [True, False, True]
