"""kill -9 in the middle of bringing tables up to date: run again it goes on, and ends as if nothing had happened."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import EACH, numbers
from tests.faults.place import Place
from tests.faults.postgres import Postgres

FIRST = 20  # steps that the version before had made
DEATHS = ((60, "statements"), (9, "notes"), (210, "statements"), (1, "notes"), (333, "statements"))
SCHEMA = {
    True: "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name",
    False: "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2",
}
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
LIMITS = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
)
TRIGGERS = "SELECT tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"


def tables(place: Place) -> list[tuple[object, ...]]:
    """All that the database says of its tables."""
    found = place.ask(SCHEMA[place.sqlite])
    if place.sqlite:
        return [(kind, name, sorted(parts(sql)) if kind == "table" else sql) for kind, name, sql in found]
    return [*found, *(row for asked in (INDEXES, LIMITS, TRIGGERS) for row in place.ask(asked))]


def parts(sql: str) -> Iterator[str]:
    """The columns and limits of a table, which stand in whatever order steps added them."""
    depth, part = 0, ""
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def empty(on: str, folder: Path, request: pytest.FixtureRequest) -> Place:
    """A database with nothing in it, beside the installation of the same kind."""
    if on == "sqlite":
        return Place(folder, f"sqlite:///{folder}/new.sqlite3")
    server: Postgres = request.getfixturevalue("postgres")
    name = f"new{next(numbers)}"
    server.execute("CREATE DATABASE {}", name)
    return Place(folder, server.url(name))


@pytest.mark.parametrize("on", EACH)
def test_an_empty_database_of_which_the_making_is_killed_holds_nothing_and_is_made_when_it_is_run_again(
    on: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole: Place = request.getfixturevalue(f"on_{on}")
    place = empty(on, tmp_path, request)
    killed = place.run("333", "statements", module="tests.faults.stopped")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert tables(place) == []
    done = place.run("migrate")
    assert done.returncode == 0, done.stderr
    assert tables(place) == tables(whole)


@pytest.mark.parametrize("on", EACH)
def test_steps_that_are_killed_run_to_the_end_when_they_are_run_again_and_lead_to_what_an_empty_database_is_made_as(
    on: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole: Place = request.getfixturevalue(f"on_{on}")
    place = empty(on, tmp_path, request)
    before = place.run(str(FIRST), "steps", module="tests.faults.stopped")
    assert before.returncode == 0, before.stderr
    steps = [FIRST]
    for number, what in DEATHS:
        killed = place.run(str(number), what, module="tests.faults.stopped")
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        refused = place.run("work", "--once")
        assert (refused.returncode, "the database is of an earlier version" in refused.stderr) == (2, True)
        steps.append(place.ask("SELECT count(*) FROM django_migrations")[0][0])
    assert steps == sorted(steps)
    assert FIRST < steps[-1] < whole.ask("SELECT count(*) FROM django_migrations")[0][0]
    done = place.run("migrate")
    assert done.returncode == 0, done.stderr
    assert tables(place) == tables(whole)
    named = "SELECT app, name FROM django_migrations ORDER BY 1, 2"
    assert place.ask(named) == whole.ask(named)
    assert place.run("work", "--once").returncode == 0
