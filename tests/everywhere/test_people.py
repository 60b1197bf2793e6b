"""Pages of posts, people and organisations: who opens which, and what is of another body answers like what never was."""

from typing import Any

from django.urls import reverse

from candour.kernel.access.models import Grant
from candour.kernel.people.models import Appointment
from tests.everywhere.asking import PATTERNS, ask, parameters, without
from tests.everywhere.walking import OF_PEOPLE, let_in, wrong_among
from tests.everywhere.world import NEVER, World

OF_BODIES = {"organisation", "organisation-rename"}  # every organisation is known to all who read of posts


def place_of(world: World, name: str, part: str = "owner", code: str = "office") -> str:
    house = world.house
    known: dict[str, Any] = {
        "post": house.posts[part].pk,
        "person": house.people[part].pk,
        "appointment": Appointment.objects.get(post=house.posts[part]).pk,
        "grant": Grant.objects.get(post=house.posts[part]).pk,
        "cover": world.cover.pk,
        "named": code,
    }
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


def nowhere(name: str) -> str:
    return reverse(name, kwargs={each: "never" if each == "named" else NEVER for each in parameters(name)})


def test_pages_of_posts_and_people_open_to_those_who_may(world: World) -> None:
    office = world.house.office.pk

    def inside(name: str, actor: str, method: str) -> set[int]:
        if not actor:
            return {302}
        held = world.house.actors[actor]
        if name in {"post-cover", "cover-end"} and actor == "owner":
            return let_in(name, method)  # the holder of the post
        if name not in OF_BODIES and not held.holds("people.see", office):
            return {404}
        if name == "organisation":
            return let_in(name, method)
        who = PATTERNS[name].callback.page.who
        needs = "people.manage" if who == "signed in" else who
        return let_in(name, method) if held.holds(needs, office) else {403}

    assert len(OF_PEOPLE) >= 19
    assert wrong_among(world, OF_PEOPLE, lambda name: place_of(world, name), inside) == []


def test_what_never_was_is_not_there(world: World) -> None:
    assert wrong_among(world, OF_PEOPLE, nowhere, lambda *_: {404}) == []


def test_what_is_of_another_body_answers_like_what_never_was(world: World) -> None:
    told = []
    names = [name for name in OF_PEOPLE if name not in OF_BODIES and "cover" not in parameters(name)]
    for name in names:
        for actor in ("policy", "chief", "admin", "secretary", "reader", "owner"):
            one, other = place_of(world, name, "force_reader"), nowhere(name)
            for method in ("GET", "POST"):
                there, not_there = (ask(world.client(actor), method, each) for each in (one, other))
                if without(there, one).body != without(not_there, other).body or there.status not in {404, 405}:
                    told.append(f"{method} {one} as {actor}: {there.status}")
    assert told == []


def test_a_stranger_is_sent_to_sign_in(world: World) -> None:
    assert {ask(world.client(""), "GET", place_of(world, name)).status for name in OF_PEOPLE} == {302}
