"""Each fault on a copy of one installation, on each database. Real servers, workers and databases; nothing is played."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
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
MIB = 1024**2


def copied(name: str, folder: Path, request: pytest.FixtureRequest) -> Place:
    base: Place = request.getfixturevalue(f"on_{name}")
    if base.sqlite:
        shutil.copyfile(base.file, folder / "place.sqlite3")
        url = f"sqlite:///{folder}/place.sqlite3"
    else:
        url = request.getfixturevalue("postgres").copy(f"place{next(numbers)}", "base")
    return Place(folder, url, base.sessions)


@pytest.fixture(params=EACH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A copy of the installation, on each database in turn."""
    copy = copied(request.param, tmp_path, request)
    yield copy
    copy.close()


@pytest.fixture(params=EACH[1:])
def postgres_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A copy of the installation on PostgreSQL."""
    copy = copied(request.param, tmp_path, request)
    yield copy
    copy.close()


@dataclass
class Disk:
    """A disk of our own in memory, small enough to be filled."""

    root: Path

    @property
    def ballast(self) -> Path:
        return self.root / "ballast"

    @property
    def free(self) -> int:
        return shutil.disk_usage(self.root).free

    def fill(self, *, leave: int) -> None:
        with self.ballast.open("wb") as file:
            while (room := self.free - leave) > 0:
                file.write(b"\0" * min(room, MIB))
                file.flush()

    def make_room(self) -> None:
        self.ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    root = tmp_path / "disk"
    root.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=640m,mode=0755", "tmpfs", str(root)]
    if os.geteuid() or subprocess.run(words, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("a small disk cannot be mounted here: that takes root, and a container that lets it")
    yield Disk(root)
    subprocess.run(["umount", "-l", str(root)], check=False)  # noqa: S603, S607
