"""Each fault on a copy of one installation, on each database. Real servers, workers and databases; nothing is played."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.faults.place import Place
from tests.faults.postgres import Postgres

numbers = count(1)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("faults")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = Postgres(tmp_path_factory.mktemp("postgres") / "data")
    yield server
    server.close()


def filled(folder: Path, url: str) -> Place:
    place = Place(folder, url)
    made = place.run("migrate")
    assert made.returncode == 0, made.stderr
    told = place.run(module="tests.faults.fill")
    assert told.returncode == 0, told.stderr
    place.sessions = json.loads(told.stdout.splitlines()[-1])
    return place


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("sqlite")
    place = filled(folder, f"sqlite:///{folder}/base.sqlite3")
    with closing(sqlite3.connect(place.file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place


@pytest.fixture(scope="session")
def on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Place:
    postgres.execute("CREATE DATABASE {}", "base")
    return filled(tmp_path_factory.mktemp("on-postgres"), postgres.url("base"))


EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("sqlite", "postgres")]


@pytest.fixture(params=EACH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A copy of the installation, on each database in turn."""
    base: Place = request.getfixturevalue(f"on_{request.param}")
    if base.sqlite:
        shutil.copyfile(base.file, tmp_path / "place.sqlite3")
        url = f"sqlite:///{tmp_path}/place.sqlite3"
    else:
        url = request.getfixturevalue("postgres").copy(f"place{next(numbers)}", "base")
    copy = Place(tmp_path, url, base.sessions)
    yield copy
    copy.close()
