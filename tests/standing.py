"""The house of the tests, built once and left standing while test after test asks for it: most of them begin with it.

Each test still has a transaction of its own inside the one in which the house was built, so what it writes is taken back.
A test that asks for the database without the house finds it empty: the house is taken down first.
"""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.factories import House, build_house


class Ground:
    """Where the house stands, between tests, in a transaction that is never committed."""

    def __init__(self, blocker: Any) -> None:
        self.blocker = blocker
        self.outer: transaction.Atomic | None = None
        self.built = b""

    def build(self) -> None:
        if self.outer or transaction.get_connection().in_atomic_block:  # it stands, or a file's own world does
            return
        with self.blocker.unblock():
            self.outer = transaction.atomic()
            self.outer.__enter__()
            self.built = pickle.dumps(build_house())

    def take_down(self) -> None:
        if self.outer:
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self.outer.__exit__(None, None, None)
        self.outer = None

    def house(self) -> House:
        """A copy of the standing house for a test to spoil; a new one where none stands."""
        return pickle.loads(self.built) if self.outer else build_house()  # noqa: S301


GROUND = pytest.StashKey[Ground]()


@pytest.fixture(scope="session")
def ground(django_db_setup: None, django_db_blocker: Any, pytestconfig: pytest.Config) -> Iterator[Ground]:
    pytestconfig.stash[GROUND] = made = Ground(django_db_blocker)
    yield made
    made.take_down()


@pytest.fixture
def house(ground: Ground, db: None) -> House:
    """Two bodies with posts and people in every role, and the office's matrix."""
    return ground.house()


def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> None:
    """Build it when the database is ready and before the test's own transaction begins."""
    if fixturedef.argname == "_django_db_helper" and _begins_with_the_house(request.node):
        request.getfixturevalue("ground").build()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not _begins_with_the_house(item) and GROUND in item.config.stash:
        item.config.stash[GROUND].take_down()


def _begins_with_the_house(item: pytest.Item) -> bool:
    marker, names = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names
    return "house" in names and not commits
