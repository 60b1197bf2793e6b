"""The mail server is down, or the worker is killed while it sends: each letter goes out, and goes out once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller

from tests.faults.place import Place, free_port
from tests.faults.waiting import soon
from tests.recommendations.mailing import Box

LETTERS = 30


class SlowBox(Box):
    """Takes its time over each letter, so that a worker can be killed while it waits for the answer."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.1)
        return answer


@contextmanager
def taking(box: Box, port: int) -> Iterator[None]:
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield
    finally:
        server.stop()


def outbox(place: Place, number: int) -> int:
    """Letters put into it; gives the port at which no mail server stands yet."""
    port = free_port()
    place.settings = {"CANDOUR_SMTP_HOST": "127.0.0.1", "CANDOUR_SMTP_PORT": str(port), "CANDOUR_SMTP_TLS": "0"}
    assert place.run(str(number), module="tests.faults.letters").returncode == 0
    return port


def hurry(place: Place) -> None:
    """The minute until the next try is over, and so are the two for which a dead worker still had the job."""
    place.ask("UPDATE jobs_job SET due_at = '2026-01-01 00:00:00+00:00', lease_until = NULL WHERE key = 'notices.send'")


def times(box: Box) -> Counter[str]:
    """How often each letter came, by the number that it keeps at every try."""
    return Counter(str(message["Message-ID"]) for message in box.messages)


def test_letters_wait_for_a_mail_server_that_is_down_and_then_each_goes_out_once(place: Place) -> None:
    port, box = outbox(place, LETTERS), Box()
    worker = place.work()
    soon(lambda: place.ask("SELECT count(*) FROM notices_notice WHERE error <> ''") == [(LETTERS,)])
    job = "SELECT error FROM jobs_job WHERE key = 'notices.send'"
    soon(lambda: place.ask(job)[0][0].startswith(f"0 sent, {LETTERS} waiting"))
    assert place.ask("SELECT count(*) FROM notices_notice WHERE sent_at IS NOT NULL") == [(0,)]
    with taking(box, port):
        hurry(place)
        soon(lambda: len(box.messages) == LETTERS)
        soon(lambda: place.ask(job) == [("",)])
        hurry(place)
        soon(lambda: place.ask("SELECT holder FROM jobs_job WHERE key = 'notices.send'") == [("",)])
    assert worker.stop() == 0
    assert set(times(box).values()) == {1}
    assert place.ask("SELECT count(*) FROM notices_notice WHERE sent_at IS NOT NULL") == [(LETTERS,)]


def test_of_letters_that_a_killed_worker_was_sending_none_is_lost_and_only_the_one_in_hand_waits_for_a_person(
    place: Place,
) -> None:
    port, box = outbox(place, LETTERS), SlowBox()
    with taking(box, port):
        worker = place.work()
        soon(lambda: len(box.messages) >= 5)
        worker.kill()
        hurry(place)
        worker = place.work()
        soon(lambda: len(box.messages) >= LETTERS - 1)
        waiting = "SELECT count(*) FROM notices_notice WHERE sent_at IS NULL AND sending_at IS NULL"
        soon(lambda: place.ask(waiting) == [(0,)])
        assert worker.stop() == 0
        unknown = place.ask("SELECT count(*) FROM notices_notice WHERE sent_at IS NULL")[0][0]
        assert unknown <= 1
        assert set(times(box).values()) == {1}
        assert len(box.messages) >= LETTERS - unknown
        said = place.run("notices", "--again")
        assert said.stdout.startswith(f"{unknown} to be sent once more")
    assert len(times(box)) == LETTERS
    assert sum(times(box).values()) <= LETTERS + unknown
