"""PostgreSQL falls and is stopped while people write: the server goes on by itself, and nothing acknowledged is lost."""

import pytest

from tests.faults.place import Place
from tests.faults.postgres import Postgres
from tests.faults.writers import writing

SOME = 40


@pytest.mark.parametrize("pool", ["0", "4"], ids=["each its own", "pooled"])
def test_a_database_that_falls_under_load_and_comes_back(postgres_place: Place, postgres: Postgres, pool: str) -> None:
    place = postgres_place
    place.settings = {"CANDOUR_DB_POOL": pool}
    server, worker = place.serve(), place.work()
    with writing(place, server) as writers:
        for count, mode in ((SOME, "immediate"), (2 * SOME, "fast")):
            writers.until(count)
            postgres.restart(mode)
        writers.until(3 * SOME)
    assert (server.running, worker.running) == (True, True)
    assert writers.lost() == set()
    assert len(writers.failed) > 0, "nobody was interrupted, so nothing was tried"
    assert place.verified() > 0
    assert (server.stop(), worker.stop()) == (0, 0)
