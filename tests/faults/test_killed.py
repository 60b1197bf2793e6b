"""kill -9 of the server and of the worker in the middle of a thousand writes: what was acknowledged is there, once."""

from tests.faults.place import Place
from tests.faults.writers import writing

WRITES = 1000
EACH = 334  # writes between two killings


def hurry(place: Place) -> None:
    """The minutes of the queue are over: what is due each minute is due now, and what a dead worker had is free."""
    place.ask("UPDATE jobs_job SET due_at = '2026-01-01 00:00:00+00:00', lease_until = NULL WHERE key = 'history.seal'")


def test_no_acknowledged_write_is_lost_where_server_and_worker_are_killed(place: Place) -> None:
    before = place.entries()
    server, worker = place.serve(), place.work()
    with writing(place, server) as writers:
        for count in range(EACH, WRITES, EACH):
            writers.until(count)
            hurry(place)
            server.kill()
            worker.kill()
            worker = place.work()
            server = place.serve(port=server.port)
        writers.until(WRITES)
    server.stop()
    worker.stop()
    assert writers.lost() == set()
    assert len(writers.acknowledged) >= WRITES
    assert len(writers.failed) > 0, "nobody was interrupted, so nothing was tried"
    hurry(place)
    assert place.run("work", "--once").returncode == 0
    # One entry a write; a write that was made and could not be acknowledged is there whole, or not at all.
    entries = place.verified() - before
    ((written,),) = place.ask("SELECT count(*) FROM risks_update WHERE text LIKE %s", "Said %")
    assert entries == written
    assert 0 <= written - len(writers.acknowledged) <= len(writers.failed)
    sealed = place.ask("SELECT max(last_entry) FROM history_seal")[0][0]
    assert sealed == place.ask("SELECT max(id) FROM history_entry")[0][0]
