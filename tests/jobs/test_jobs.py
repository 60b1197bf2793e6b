"""The queue: each job is done by one worker, tried again where it fails, and not lost where a worker dies."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from candour.config.verbs.work import work
from candour.kernel.history.models import Entry, Seal
from candour.kernel.jobs import commands, queries
from candour.kernel.jobs.models import Job
from candour.kernel.jobs.own import KEPT, sweep
from candour.kernel.jobs.rules import Daily, Every, wait
from candour.kernel.jobs.works import LEASE, Failed, Work, register, works
from candour.kernel.notices.commands import Letter, write
from candour.kernel.notices.models import Notice
from candour.kernel.notices.work import send
from candour.kernel.people.models import Person, Post
from tests.factories import NOW, House, a_risk
from tests.history.tamper import plain
from tests.recommendations.mailing import Box, mail

__all__ = ["mail"]

MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def only() -> Iterator[Callable[..., None]]:
    """Registers work of a test, in place of all other."""
    before = dict(works())
    works().clear()  # type: ignore[attr-defined]

    def add(name: str, run: Callable[[datetime, Mapping[str, Any]], str], **more: Any) -> None:
        register(Work(name, "For a test", run, **more))

    yield add
    works().clear()  # type: ignore[attr-defined]
    works().update(before)  # type: ignore[attr-defined]


def test_a_schedule_says_when_it_is_due_again() -> None:
    assert Every(MINUTE).after(NOW) == NOW + MINUTE
    nightly = Daily(time(2, 30))
    assert nightly.after(datetime(2026, 6, 15, 0, 0, tzinfo=UTC)).astimezone(UTC) == datetime(
        2026, 6, 15, 1, 30, tzinfo=UTC
    )
    assert nightly.after(datetime(2026, 6, 15, 1, 30, tzinfo=UTC)).astimezone(UTC) == datetime(
        2026, 6, 16, 1, 30, tzinfo=UTC
    )
    winter = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert nightly.after(winter).astimezone(UTC) == datetime(2026, 12, 2, 2, 30, tzinfo=UTC)
    assert [wait(tries) // MINUTE for tries in (1, 2, 3, 6, 7, 100)] == [1, 2, 4, 32, 60, 60]


def test_standing_work_is_done_when_due_and_again_after_its_gap(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    done: list[datetime] = []
    only("tick", lambda at, given: done.append(at) or "ticked", schedule=Every(MINUTE))
    only("night", lambda at, given: "slept", schedule=Daily(time(2, 30)))
    for _ in range(2):
        commands.stand(at=clock())
    assert Job.objects.count() == 2
    first = commands.do_one(clock)
    assert first is not None
    assert (first.key, first.said, first.error, first.tries, first.went_well_at) == ("tick", "ticked", "", 0, NOW)
    assert (first.due_at, first.holder, first.lease_until, first.ended_at) == (NOW + MINUTE, "", None, None)
    assert commands.do_one(clock) is None
    clock.now += MINUTE
    assert commands.do_one(clock) is not None
    assert done == [NOW, NOW + MINUTE]


def test_what_fails_is_tried_again_later_and_later_and_given_up_in_the_end(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    def fails(at: datetime, given: Mapping[str, Any]) -> str:
        raise Failed(f"no {given['what']}")

    only("once", fails, most=3)
    assert commands.ask_for("once", "once:1", {"what": "luck"}, at=clock()) is True
    assert commands.ask_for("once", "once:1", {"what": "luck"}, at=clock()) is False
    waits = []
    while job := commands.do_one(clock):
        assert job.error == "no luck"
        if job.ended_at:
            break
        waits.append((job.due_at - clock.now) // MINUTE)
        assert commands.do_one(clock) is None
        clock.now = job.due_at
    assert waits == [1, 2]
    assert [(job.tries, job.ended_at, job.went_well_at) for job in queries.failing()] == [(3, clock.now, None)]
    clock.now += timedelta(days=400)
    assert commands.do_one(clock) is None
    sweep(clock.now, {})
    assert Job.objects.count() == 0
    assert timedelta(days=30) == KEPT


def test_an_error_that_nobody_foresaw_is_told_without_its_insides_and_holds_up_nothing_else(  # type: ignore[no-untyped-def]
    db: None, clock: Clock, only, caplog
) -> None:
    only("bad", lambda at, given: str(1 / 0), schedule=Every(MINUTE))
    only("good", lambda at, given: "done", schedule=Every(MINUTE))
    commands.stand(at=clock())
    bad, good = commands.do_one(clock), commands.do_one(clock)
    assert bad is not None
    assert good is not None
    assert (bad.error, good.said) == (f"{commands.UNEXPECTED}: ZeroDivisionError", "done")
    assert "The job bad failed" in caplog.text


def test_what_a_dead_worker_had_is_taken_over_when_its_lease_has_run_out(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    only("once", lambda at, given: "done", most=3)
    commands.ask_for("once", "once:1", {}, at=clock())
    dead = commands.claim(at=clock())
    assert dead is not None
    assert commands.claim(at=clock()) is None
    clock.now += LEASE / 2
    assert commands.renew(dead, at=clock()) is True
    clock.now += LEASE
    assert commands.claim(at=clock()) is None  # its lease was renewed
    clock.now += MINUTE
    other = commands.claim(at=clock())
    assert other is not None
    assert (other.pk, other.tries) == (dead.pk, 2)
    assert commands.renew(dead, at=clock()) is False
    assert commands.end(dead, at=clock(), said="done by the dead") is False
    assert commands.end(other, at=clock(), said="done") is True
    assert Job.objects.values_list("said", "ended_at").get() == ("done", clock.now)


def test_a_clock_that_is_set_back_makes_nothing_wait_longer_than_it_may(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    def fails(at: datetime, given: Mapping[str, Any]) -> str:
        raise Failed("no luck")

    only("tick", lambda at, given: "ticked", schedule=Every(MINUTE))
    only("night", lambda at, given: "slept", schedule=Daily(time(2, 30)))
    only("bad", fails, schedule=Every(MINUTE))
    commands.stand(at=clock())
    while commands.do_one(clock):
        pass
    before = dict(Job.objects.values_list("key", "due_at"))
    commands.follow_the_clock(at=clock())
    assert dict(Job.objects.values_list("key", "due_at")) == before
    clock.now -= timedelta(days=2)
    commands.follow_the_clock(at=clock())
    after = {key: due - clock.now for key, due in Job.objects.values_list("key", "due_at")}
    assert after == {"tick": MINUTE, "bad": MINUTE, "night": before["night"] - timedelta(days=2) - clock.now}
    commands.ask_for("tick", "tick:1", {}, at=clock())
    held = commands.claim(at=clock() + timedelta(days=2))
    assert held is not None
    commands.follow_the_clock(at=clock())
    assert Job.objects.get(pk=held.pk).lease_until == clock.now + LEASE


def test_a_job_that_kills_each_worker_is_given_up(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    only("once", lambda at, given: "never", most=2)
    commands.ask_for("once", "once:1", {}, at=clock())
    for _ in range(2):
        assert commands.claim(at=clock()) is not None
        clock.now += LEASE + MINUTE
    job = commands.do_one(clock)
    assert job is not None
    assert (job.said, job.error, job.ended_at) == ("", "Whoever did it died each time", clock.now)


def test_late_jobs_tell_that_no_worker_runs(db: None, clock: Clock, only) -> None:  # type: ignore[no-untyped-def]
    only("tick", lambda at, given: "", schedule=Every(MINUTE))
    commands.stand(at=clock())
    assert queries.late(clock.now + 5 * MINUTE) == []
    assert [job.key for job in queries.late(clock.now + 11 * MINUTE)] == ["tick"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_job_once_and_write_one_reminder(house: House, only) -> None:  # type: ignore[no-untyped-def]
    done: list[int] = []
    post = house.posts["chief"].pk

    def remind(at: datetime, given: Mapping[str, Any]) -> str:
        with transaction.atomic():
            return str(write([Letter("due:1", Post.objects.get(pk=post), "Due", "It is due")], at=at))

    only("each", lambda at, given: done.append(given["number"]) or "")
    only("remind", remind)
    for number in range(12):
        commands.ask_for("each", f"each:{number}", {"number": number}, at=NOW)
        commands.ask_for("remind", f"remind:{number}", {}, at=NOW)
    begin = threading.Barrier(2)

    def worker() -> None:
        begin.wait()
        try:
            while commands.do_one(lambda: NOW):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(12))
    assert Job.objects.filter(ended_at=None).count() == 0
    assert [job.error for job in Job.objects.exclude(error="")] == []
    assert Notice.objects.count() == 1


def test_the_worker_seals_what_was_recorded_and_leaves_the_nights_work_to_the_night(house: House, capsys) -> None:  # type: ignore[no-untyped-def]
    a_risk(house)
    assert work(threading.Event(), once=True) == 0
    assert Seal.objects.get().last_entry == Entry.objects.latest("pk").pk
    said = capsys.readouterr().err
    assert f"history.seal: {Entry.objects.count()} entries sealed, root {Seal.objects.get().root}" in said
    assert "notices.remind: 0 written" in said
    assert "notices.send: 0 wait: no mail server is named" in said
    assert sorted(Job.objects.values_list("key", flat=True)) == sorted(works())
    assert "history.verify" not in said


def test_a_letter_waits_for_a_mail_server_that_is_down_and_goes_out_once(  # type: ignore[no-untyped-def]
    house: House, clock: Clock, mail: Box, only
) -> None:
    only("notices.send", send, schedule=Every(MINUTE))
    write([Letter("due:1", house.posts["chief"], "Due", "It is due")], at=NOW)
    plain(Person).filter(pk=house.people["chief"].pk).update(email="chief@mereford.example")
    commands.stand(at=clock())
    mail.down = True
    down = commands.do_one(clock)
    assert down is not None
    assert down.error.startswith("0 sent, 1 waiting, 0 no longer needed: ")
    assert down.due_at == NOW + MINUTE
    clock.now, mail.down = down.due_at, False
    up = commands.do_one(clock)
    assert up is not None
    assert (up.said, up.error, up.tries) == ("1 sent, 0 waiting, 0 no longer needed", "", 0)
    assert mail.to == ["chief@mereford.example"]
