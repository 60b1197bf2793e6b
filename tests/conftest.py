"""What every test may use: the clock, the bodies, their posts, and actors in each role."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from candour.kernel.history import triggers
from tests import factories


@pytest.fixture(autouse=True)
def _emptying_needs_the_triggers_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between transactional tests the tables are emptied, which history rightly refuses."""
    emptied = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        if type(self).__mro__[1].__name__ == "TransactionTestCase" or not connection.in_atomic_block:
            triggers.remove(connection)
            emptied(self)
            triggers.install(connection)
        else:
            emptied(self)

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", teardown)


@pytest.fixture
def house(db: None) -> factories.House:
    """Two bodies with posts and people in every role, and the office's matrix."""
    return factories.build_house()
