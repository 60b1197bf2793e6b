"""The house of the tests, and registers made in it, built once and left standing while test after test asks for them.

Most tests begin with the house. Each still has a transaction of its own inside the one in which the house was built, so what
it writes is taken back. A test that asks for less than stands finds the rest taken down first: for the database alone, an
empty one.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from tests.factories import House, build_house

HOUSE = "house"
_builders: dict[str, Callable[[House], Any]] = {HOUSE: lambda _house: build_house()}


def standing(build: Callable[[House], Any]) -> Any:
    """A fixture made in the house by the function, which stands for the tests that follow and ask for the same.

    Each test has copies of what the function gives. At most one such stands at a time.
    """
    name = f"{build.__module__}.{build.__name__}"
    _builders[name] = build

    def given(ground: "Ground", house: House) -> Any:
        return ground.copy(name, house)

    given.__qualname__ = name
    return pytest.fixture(name=build.__name__)(given)


@dataclass
class Floor:
    """One thing that stands: its name, the transaction that it stands in, and what its builder gave."""

    name: str
    outer: transaction.Atomic
    given: bytes


class Ground:
    """Where the house stands between tests, in a transaction that is never committed; a register above it in another."""

    def __init__(self, blocker: Any) -> None:
        self.blocker = blocker
        self.floors: list[Floor] = []

    def build(self, wanted: list[str]) -> None:
        """Let exactly the wanted floors stand."""
        self.take_down(wanted)
        if not self.floors and transaction.get_connection().in_atomic_block:  # a file's own world stands
            return
        with self.blocker.unblock():
            for name in wanted[len(self.floors) :]:
                outer = transaction.atomic()
                outer.__enter__()
                house = self.copy(HOUSE, None) if self.floors else None
                self.floors.append(Floor(name, outer, pickle.dumps(_builders[name](house))))  # type: ignore[arg-type]

    def take_down(self, wanted: list[str]) -> None:
        """Down to what stands already of the wanted floors."""
        while [floor.name for floor in self.floors] != wanted[: len(self.floors)]:
            floor = self.floors.pop()
            with self.blocker.unblock():
                transaction.set_rollback(True)
                floor.outer.__exit__(None, None, None)

    def copy(self, name: str, house: House | None) -> Any:
        """What a floor's builder gave, for a test to spoil; built anew where it does not stand."""
        floor = next((floor for floor in self.floors if floor.name == name), None)
        return pickle.loads(floor.given) if floor else _builders[name](house)  # type: ignore[arg-type]  # noqa: S301


GROUND = pytest.StashKey[Ground]()


@pytest.fixture(scope="session")
def ground(django_db_setup: None, django_db_blocker: Any, pytestconfig: pytest.Config) -> Iterator[Ground]:
    pytestconfig.stash[GROUND] = made = Ground(django_db_blocker)
    yield made
    made.take_down([])


@pytest.fixture
def house(ground: Ground, db: None) -> House:
    """Two bodies with posts and people in every role, and the office's matrix."""
    return ground.copy(HOUSE, None)


def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> None:
    """Build when the database is ready and before the test's own transaction begins."""
    if fixturedef.argname == "_django_db_helper" and (wanted := _floors_of(request.node)):
        request.getfixturevalue("ground").build(wanted)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if GROUND in item.config.stash:
        item.config.stash[GROUND].take_down(_floors_of(item))


def _floors_of(item: pytest.Item) -> list[str]:
    """What may stand when the test begins: nothing for one that commits."""
    marker, names = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names
    if HOUSE not in names or commits:
        return []
    known = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    asked = [known[name][-1].func.__qualname__ for name in names if name in known and name != HOUSE]
    return [HOUSE, *[name for name in asked if name in _builders][:1]]
