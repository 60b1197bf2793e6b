"""One world for a whole file of tests: each test's own changes are taken back, the world when the file is done."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.everywhere.building import build_world
from tests.everywhere.world import World


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker) -> Iterator[World]:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build_world()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def world(standing: World, db: None) -> World:
    return standing


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of pages that are not there, on purpose."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
