"""How often an answer asks the database does not grow with what there is: the same at 1, 3 and 3,000 rows, 12 at most."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.api.walk import HISTORIES, LISTS, OF_TARGETS, path_of, read, scripts_of
from tests.everywhere import test_queries as pages
from tests.everywhere.building import build_world
from tests.everywhere.world import World

pytestmark = pytest.mark.django_db
MORE = {"api-risks": ("?level=operational&sort=owner", "?as_at=2026-06-14", "?organisation=office&q=plan")}


def paths(world: World) -> list[str]:
    target = world.targets["seen"]
    found = [path_of(name) + more for name in LISTS for more in ("", *MORE.get(name, ()))]
    return found + [path_of(name, target) for name in [*OF_TARGETS, *HISTORIES] if "meetings" not in name]


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, list[int]]]:  # type: ignore[no-untyped-def]
    """By path how often each answer asks the database, with each number of rows."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            world = build_world()
            pages.more_risks(world, 90_000, 3)  # one of each level, so that no list is empty at the first size
            asking, counts, have = scripts_of(world, "policy")["policy"], {}, 0
            for size in pages.SIZES:
                pages.more_of_everything(world, have, size)
                pages.learn()
                have = size
                for path in paths(world):
                    counts.setdefault(path, []).append(read(asking, path).queries)
            yield counts
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_everything_was_asked(counted: dict[str, list[int]]) -> None:
    assert len(counted) == 50
    assert min(min(counts) for counts in counted.values()) >= 3


def test_no_answer_asks_more_often_as_rows_grow(counted: dict[str, list[int]]) -> None:
    assert {path: counts for path, counts in counted.items() if len(set(counts)) > 1} == {}


def test_no_answer_asks_more_than_twelve_times(counted: dict[str, list[int]]) -> None:
    assert {path: max(counts) for path, counts in counted.items() if max(counts) > pages.MOST} == {}
