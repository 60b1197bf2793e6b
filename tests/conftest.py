"""What every test may use: the bodies, their posts, and actors in each role."""

import gc

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from candour.config.loaded import spare_the_collector
from candour.kernel.history import triggers
from tests.standing import ground, house, pytest_fixture_setup, pytest_runtest_setup

__all__ = ["ground", "house", "pytest_fixture_setup", "pytest_runtest_setup"]

# A property is judged by its answer: how long an example takes depends on what else the machine does.
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")


# What opens the way to the database: a test that names none of these, and is not marked, is refused one.
OPENERS = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database, so that the rest, which reads the same on any, is run once and not for each."""
    for item in items:
        if item.get_closest_marker("django_db") or OPENERS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What is loaded stays, as in a server: a third of the tests' time went on walking it for circles."""
    gc.collect()
    spare_the_collector()


def pytest_configure() -> None:
    """Between transactional tests the tables are emptied, which history rightly refuses while its triggers stand."""
    emptied = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        triggers.remove(connection)
        try:
            emptied(self)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
