"""Every address of papers, publications and open data answers as its @page declares."""

import pytest
from django.urls import reverse

from tests.everywhere.asking import ask, parameters, without
from tests.everywhere.walking import (
    ACTORS,
    METHODS,
    OF_DATA,
    OF_DRAFTS,
    OF_OPEN,
    OF_PAPERS_IN,
    OF_PAPERS_OUT,
    OF_PUBLICATIONS,
    OF_PUBLISHED_DATA,
    holds_in_office,
    let_in,
    wrong_among,
)
from tests.everywhere.world import DEEP, NEVER, World
from tests.factories import TODAY


def test_papers_read_in(world: World) -> None:
    readers = {"policy", "admin"}

    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method) if actor in readers else {404}

    assert wrong_among(world, OF_PAPERS_IN, lambda name: reverse(name, args=[world.staged.pk]), inside) == []
    assert wrong_among(world, OF_PAPERS_IN, lambda name: reverse(name, args=[NEVER]), lambda *_: {404}) == []


def publication_at(world: World, name: str, key: str) -> str:
    known = {"organisation": "office", "source": "agenda", "key": key, "edition": 1, "suffix": ".txt"}
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


def test_what_is_published_opens_to_everybody_and_its_making_to_few(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method) if holds_in_office(world, name, actor) else {404}

    key = world.published.key
    assert len(OF_PUBLICATIONS) == 4
    assert wrong_among(world, OF_PUBLICATIONS, lambda name: publication_at(world, name, key), inside) == []
    never = wrong_among(
        world, OF_PUBLICATIONS, lambda name: publication_at(world, name, "BRD-2031-01"), lambda *_: {404}
    )
    assert never == []


@pytest.mark.parametrize(("target", "status"), [("seen", 200), ("proposed", 200), ("hidden", 404), ("force", 404)])
def test_measures_are_open_data_where_they_are_public_and_nowhere_else(world: World, target: str, status: int) -> None:
    to = world.targets[target]

    def place(name: str) -> str:
        return reverse(name, args=[to.organisation, to.reference])

    def inside(name: str, actor: str, method: str) -> set[int]:
        return {status}

    assert len(OF_OPEN) == 2
    assert wrong_among(world, OF_OPEN, place, inside) == []
    assert wrong_among(world, OF_OPEN, lambda name: reverse(name, args=["office", "Q9999"]), lambda *_: {404}) == []


def test_data_beside_a_publication_is_there_for_everybody_or_for_nobody(world: World) -> None:
    def place(name: str) -> str:
        known = {
            "organisation": "office",
            "source": "agenda",
            "key": world.published.key,
            "edition": 1,
            "name": "a.json",
        }
        return reverse(name, kwargs={each: known[each] for each in parameters(name)})

    assert wrong_among(world, OF_PUBLISHED_DATA, place, lambda *_: {404}) == []


def test_open_data_is_open(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method)

    assert wrong_among(world, OF_DATA, lambda name: reverse(name, args=["published.csv"]), inside) == []
    assert wrong_among(world, OF_DATA, lambda name: reverse(name, args=["secrets.csv"]), lambda *_: {404}) == []


@pytest.mark.parametrize("method", METHODS)
def test_a_hidden_paper_read_in_answers_exactly_like_one_that_never_was(world: World, method: str) -> None:
    told = []
    for name in OF_PAPERS_IN:
        for actor in [actor for actor in ACTORS if actor not in {"policy", "admin"}]:
            client = world.client(actor)
            one, other = reverse(name, args=[world.staged.pk]), reverse(name, args=[NEVER])
            there, not_there = ask(client, method, one), ask(client, method, other)
            if without(there, one) != without(not_there, other):
                told.append(f"{method} {one} as {actor or 'nobody'}")
    assert told == []


DAY = TODAY.isoformat()
SUFFIX = ".txt"


def paper_out(name: str, audience: str, day: str = DAY) -> str:
    known = {"kind": "risk-register", "organisation": "office", "day": day, "audience": audience}
    known["name"] = f"risk-register-office-{day}-{audience}{SUFFIX}"
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


@pytest.mark.parametrize("audience", ["public", "panel"])
def test_papers_issued(world: World, audience: str) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return {200} if audience == "public" or actor in DEEP else {404}

    assert len(OF_PAPERS_OUT) >= 2
    assert wrong_among(world, OF_PAPERS_OUT, lambda name: paper_out(name, audience), inside) == []


def test_a_copy_that_one_may_not_read_answers_exactly_like_one_that_was_never_issued(world: World) -> None:
    told = []
    for name in OF_PAPERS_OUT:
        for actor in [actor for actor in ACTORS if actor not in DEEP]:
            client = world.client(actor)
            for one, other in [
                (paper_out(name, "panel"), paper_out(name, "panel", day="2025-01-01")),
                (paper_out(name, "panel"), paper_out(name, "panel", day=f"{DAY}-2")),
                (paper_out(name, "panel"), paper_out(name, "office")),
            ]:
                if without(ask(client, "GET", one), one) != without(ask(client, "GET", other), other):
                    told.append(f"{one} and {other} as {actor or 'nobody'}")
    assert told == []


def test_drafts_of_papers(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return {404} if actor == "panel" else let_in(name, method)

    def place(name: str) -> str:
        known = {"kind": "risk-register", "suffix": SUFFIX}
        return reverse(name, kwargs={each: known[each] for each in parameters(name)})

    assert len(OF_DRAFTS) >= 3
    assert wrong_among(world, OF_DRAFTS, place, inside) == []
    assert wrong_among(world, OF_DRAFTS, lambda name: place(name) + "?organisation=nowhere", lambda *_: {404}) == []


def test_a_draft_of_the_other_body_answers_like_one_of_a_body_that_never_was(world: World) -> None:
    told = []
    for name in OF_DRAFTS:
        known = {"kind": "risk-register", "suffix": SUFFIX}
        place = reverse(name, kwargs={each: known[each] for each in parameters(name)})
        for actor in ("policy", "chief", "owner", "reader", "panel"):
            one, other = f"{place}?organisation=force", f"{place}?organisation=never"
            there, not_there = (ask(world.client(actor), "GET", each) for each in (one, other))
            if (there.status, there.body) != (404, not_there.body):
                told.append(f"{one} as {actor}")
    assert told == []
