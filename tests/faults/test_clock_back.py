"""The machine's clock is set back while people work: nothing is lost, the queue goes on, and an administrator is told."""

import time
from pathlib import Path

import pytest

from tests.faults.place import PATIENCE, Place
from tests.faults.writers import writing

LIBRARY = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
SOME = 25


@pytest.fixture
def clock(place: Place, tmp_path: Path) -> Path:
    """A file that says by how much the clock of our processes is out."""
    if not LIBRARY:
        pytest.skip("needs libfaketime (apt-get install faketime): the clock of the machine itself is left alone")
    said = tmp_path / "clock"
    said.write_text("+0")
    place.settings = {
        "LD_PRELOAD": str(LIBRARY[0]),
        "FAKETIME_TIMESTAMP_FILE": str(said),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    return said


def sealed(place: Place) -> int:
    return int(place.ask("SELECT coalesce(max(last_entry), 0) FROM history_seal")[0][0])


def seals_after(place: Place, entry: int) -> None:
    until = time.monotonic() + 2 * PATIENCE
    while sealed(place) < entry:
        assert time.monotonic() < until, place.ask("SELECT key, due_at, lease_until, error FROM jobs_job")
        time.sleep(0.2)


def test_a_clock_that_steps_back_two_hours_stops_nothing(place: Place, clock: Path) -> None:
    server, worker = place.serve(), place.work()
    with writing(place, server, people=2) as writers:
        writers.until(SOME)
        seals_after(place, 1)
        clock.write_text("-2h")
        writers.until(2 * SOME)
    last = place.ask("SELECT max(id) FROM history_entry")[0][0]
    seals_after(place, last)  # within its minute, though the clock says that it is due in two hours
    assert writers.failed == []
    assert writers.lost() == set()
    told = place.ask(
        "SELECT max(id) FROM history_entry WHERE recorded_at < (SELECT max(recorded_at) FROM history_entry)"
    )
    assert told[0][0] == last, "the clock did not step back"
    assert place.verified() > 2 * SOME
    assert (server.stop(), worker.stop()) == (0, 0)


def test_an_administrator_is_told_of_a_clock_that_is_behind(place: Place, clock: Path) -> None:
    server = place.serve()
    with writing(place, server, people=1) as writers:
        writers.until(1)
    clock.write_text("-3h")  # less the moments since
    said = [line for line in place.run("check").stdout.splitlines() if line[6:11] == "clock"]
    assert said == ["MEND  clock     The clock is behind what was recorded last, by 2 hours: set it with NTP"]
