"""kill -9 in the middle of bringing tables up to date: run again it goes on, and ends as if nothing had happened."""

import signal
from pathlib import Path

import pytest

from tests.faults.conftest import EACH
from tests.faults.place import Place
from tests.faults.postgres import Postgres

DEATHS = ((60, "statements"), (9, "notes"), (210, "statements"), (1, "notes"), (333, "statements"))
SCHEMA = {
    True: "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    False: "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2",
}
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
LIMITS = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"


def tables(place: Place) -> list[tuple[object, ...]]:
    """All that the database says of its tables."""
    found = place.ask(SCHEMA[place.sqlite])
    return found if place.sqlite else [*found, *place.ask(INDEXES), *place.ask(LIMITS)]


@pytest.mark.parametrize("on", EACH)
def test_a_migration_that_is_killed_runs_to_the_end_when_it_is_run_again(
    on: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole: Place = request.getfixturevalue(f"on_{on}")
    if whole.sqlite:
        url = f"sqlite:///{tmp_path}/new.sqlite3"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        server.execute("CREATE DATABASE {}", "halfway")
        url = server.url("halfway")
    place = Place(tmp_path, url)
    steps = [0]
    for number, what in DEATHS:
        killed = place.run(str(number), what, module="tests.faults.stopped")
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        refused = place.run("work", "--once")
        assert (refused.returncode, "the database is of an earlier version" in refused.stderr) == (2, True)
        steps.append(place.ask("SELECT count(*) FROM django_migrations")[0][0])
    assert steps == sorted(steps)
    assert 0 < steps[-1] < whole.ask("SELECT count(*) FROM django_migrations")[0][0]
    done = place.run("migrate")
    assert done.returncode == 0, done.stderr
    assert tables(place) == tables(whole)
    named = "SELECT app, name FROM django_migrations ORDER BY 1, 2"
    assert place.ask(named) == whole.ask(named)
    assert place.run("work", "--once").returncode == 0
