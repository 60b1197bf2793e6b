"""Restricted records change nothing that a script reads whose post may not see them: not a word, a count or a query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from tests.api.walk import HISTORIES, LISTS, OF_TARGETS, path_of, read, scripts_of
from tests.everywhere.asking import Answer
from tests.everywhere.building import build_world
from tests.everywhere.secret import Open, build_open, build_secret
from tests.everywhere.world import World

pytestmark = pytest.mark.django_db
OUTSIDE = ["owner", "reader", "force_reader"]
MARKED = re.compile(rb"\bzq\w*", re.IGNORECASE)
SECRET = [f"ZQ{number}" for number in (40, 41, 42, 43, 45, 50, 60, 61, 70, 77, 78)]
OPEN = ["ZP20", "Q0001", "Q0005", "Q0006"]
MORE = ("?limit=1", "?limit=1&offset=1")
ASKED = {
    "api-risks": ("?level=operational", "?q=zqtitle", "?sort=-title", "?status=Closed", "?as_at=2026-06-14"),
    "api-recommendations": ("?status=any", "?q=zqtitle", "?sort=title"),
    "api-measures": ("?view=all", "?view=restricted", "?as_at=2026-06-14"),
    "api-agreements": ("?view=all", "?as_at=2026-06-14", "?q=zqservice"),
    "api-activities": ("?view=all", "?as_at=2026-06-14"),
    "api-inspections": ("?view=all", "?as_at=2026-06-14"),
    "api-projects": ("?view=all", "?as_at=2026-06-14"),
    "api-savings": ("?view=all", "?as_at=2026-06-14"),
    "api-audits": ("?as_at=2026-06-14", "?sort=title"),
    "api-providers": ("?q=zq",),
    "api-decisions": ("?q=zqresolved", "?year=2026"),
}


@dataclass
class Told:
    before: dict[tuple[str, str], Answer]
    after: dict[tuple[str, str], Answer]
    chief: list[bytes]


def paths() -> list[str]:
    """Every list, in parts and narrowed, and every record that is open or hidden."""
    from tests.everywhere.world import Target

    found = [path_of(name) + more for name in LISTS for more in ("", *MORE, *ASKED.get(name, ()))]
    for reference in [*SECRET, *OPEN]:
        target = Target("office", reference, frozenset())
        found += [path_of(name, target) for name in [*OF_TARGETS, *HISTORIES]]
    return found


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker) -> Iterator[Told]:  # type: ignore[no-untyped-def]
    """Every answer for scripts of some posts, before and after there are restricted records."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            world: World = build_world()
            opened: Open = build_open(world)
            asking = scripts_of(world, *OUTSIDE, "chief")
            plan = [(name, path) for name in OUTSIDE for path in (paths() if name == "reader" else paths()[::3])]
            before = {(name, path): read(asking[name], path) for name, path in plan}
            build_secret(world, opened)
            after = {(name, path): read(asking[name], path) for name, path in plan}
            yield Told(before, after, [read(asking["chief"], path).body for path in paths()])
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_answers_were_read(told: Told) -> None:
    statuses = {answer.status for answer in told.after.values()}
    assert statuses == {200, 404}
    assert sum(answer.status == 200 for answer in told.before.values()) > 150


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_changes_for_a_script_that_may_not_see(told: Told, name: str) -> None:
    changed = [path for (who, path), answer in told.before.items() if who == name and answer != told.after[who, path]]
    assert changed == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_marked_word_appears_to_a_script_that_may_not_see(told: Told, name: str) -> None:
    found = {path: MARKED.findall(answer.body) for (who, path), answer in told.after.items() if who == name}
    assert {path: words for path, words in found.items() if words} == {}


def test_marked_words_appear_to_a_script_that_may(told: Told) -> None:
    """So that the tests above are known to look for what is there."""
    seen = {word.lower() for body in told.chief for word in MARKED.findall(body)}
    assert {b"zqtitle", b"zqcontrol", b"zqupdate", b"zqaudit", b"zqmeasured", b"zqobjective", b"zqactivity"} <= seen
    assert len(seen) > 40
