"""A full disk: nothing is acknowledged that is not kept, and when there is room again all goes on."""

import shutil
import time

import pytest

from tests.faults.browser import Browser
from tests.faults.conftest import EACH, Disk
from tests.faults.place import PATIENCE, Place
from tests.faults.postgres import Postgres
from tests.faults.writers import writing

SOME = 20


@pytest.mark.parametrize("on", EACH[:1])
def test_on_sqlite_writes_are_refused_until_there_is_room(on: str, disk: Disk, on_sqlite: Place) -> None:
    shutil.copyfile(on_sqlite.file, disk.root / "place.sqlite3")
    place = Place(disk.root, f"sqlite:///{disk.root}/place.sqlite3", on_sqlite.sessions)
    try:
        server = place.serve()
        with writing(place, server) as writers:
            writers.until(SOME)
            disk.fill(leave=0)
            until = time.monotonic() + PATIENCE
            while len(writers.failed) < 12 and time.monotonic() < until:
                time.sleep(0.1)
            assert len(writers.failed) >= 12
            kept = len(writers.acknowledged)
            assert Browser(server.port).get("/sign-in").status == 200  # who only reads is not troubled
            disk.make_room()
            writers.until(kept + SOME)
        assert set(writers.failed) == {"500"}
        assert server.running
        assert writers.lost() == set()
        assert place.verified() > 0
    finally:
        place.close()


@pytest.mark.parametrize("on", EACH[1:])
def test_on_postgresql_too_though_the_database_may_have_to_be_started_again(
    on: str, disk: Disk, on_postgres: Place, postgres: Postgres
) -> None:
    postgres.twin(disk.root / "data")
    small = Postgres(disk.root / "data")
    place = Place(disk.root, small.url("base"), on_postgres.sessions)
    try:
        server = place.serve()
        with writing(place, server) as writers:
            writers.until(SOME)
            disk.fill(leave=0)
            small.grow("base")  # what its log holds already could last for a while
            until = time.monotonic() + PATIENCE
            while len(writers.failed) < 12 and time.monotonic() < until:
                time.sleep(0.1)
            assert len(writers.failed) >= 12
            kept = len(writers.acknowledged)
            disk.make_room()
            small.stand_up()
            writers.until(kept + SOME)
        assert server.running
        assert writers.lost() == set()
        assert place.verified() > 0
    finally:
        place.close()
        small.close()
