"""Every address of boards, packs and cycles answers as its @page declares."""

import pytest
from django.urls import reverse

from candour.boards.commands import make_feed
from candour.boards.queries.feeds import token_of as token_of_feed
from candour.recommendations.models import AnswerLink
from candour.recommendations.queries.links import token_of
from tests.everywhere.asking import PATTERNS, ask, parameters, without
from tests.everywhere.test_routes_of_records import LOOKED_AT
from tests.everywhere.walking import (
    OF_ASKED,
    OF_BOARDS,
    OF_CYCLES,
    OF_DECISIONS,
    OF_LINKS,
    OF_PACKS,
    OF_PARTS,
    holds_in_office,
    let_in,
    wrong_among,
)
from tests.everywhere.world import DEEP, NEVER, OFFICE, World
from tests.factories import NOW


def board_at(world: World, name: str, body: str, code: str = "brd") -> str:
    return reverse(name, kwargs={"organisation": body, "code": code})


def test_pages_of_a_board(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        if not actor or not world.house.actors[actor].holds("boards.see", world.house.office.pk):
            return {404}
        return let_in(name, method) if holds_in_office(world, name, actor) else {403}

    assert len(OF_BOARDS) >= 8
    assert wrong_among(world, OF_BOARDS, lambda name: board_at(world, name, "office"), inside) == []
    assert wrong_among(world, OF_BOARDS, lambda name: board_at(world, name, "office", "never"), lambda *_: {404}) == []


def test_a_board_of_another_body_answers_like_one_that_never_was(world: World) -> None:
    told, code = [], world.items["force"].meeting.board.code
    for name in OF_BOARDS:
        for actor in ("chief", "owner", "reader"):
            one, other = board_at(world, name, "force", code), board_at(world, name, "force", "nev")
            there, not_there = (ask(world.client(actor), "GET", each) for each in (one, other))
            if without(there, one, code) != without(not_there, other, "nev"):
                told.append(f"{one} as {actor}")
    assert told == []


def part_of(world: World, name: str) -> int:
    """The number of a part of the office's board or scheme, by the beginning of the address's name."""
    board = world.board
    parts = {"seat": board.seats.order_by("pk"), "standing": board.standing.filter(closed=False)}
    provider = world.agreements["seen"].provider_id
    known = {"limit": world.limit.pk, "scheme": world.duty.pk, "provider": provider, "pack": world.pack_share.pk}
    known |= {"clearance": world.clearance.pk, "group": world.group.pk, "set": world.measure_set.pk}
    known |= {"diligence": world.asked_of.pk, "stream": world.agreements["seen"].stream_id}
    beginning = name.partition("-")[0]
    return known[beginning] if beginning in known else parts[beginning][0].pk


def test_pages_of_the_parts_of_a_board_and_a_scheme(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        who, office = PATTERNS[name].callback.page.who, world.house.office.pk
        held = actor and world.house.actors[actor].holds(who, office)
        return let_in(name, method) if held else {404}

    assert len(OF_PARTS) >= 7
    assert wrong_among(world, OF_PARTS, lambda name: reverse(name, args=[part_of(world, name)]), inside) == []
    assert wrong_among(world, OF_PARTS, lambda name: reverse(name, args=[NEVER]), lambda *_: {404}) == []


@pytest.mark.parametrize("target", ["seen", "hidden", "force", "shared"])
def test_decisions_and_actions_of_boards(world: World, target: str) -> None:
    to, item = world.targets[target], world.items[target]
    known = {"decision": item.decisions.get().pk, "action": item.board_actions.order_by("pk")[0].pk}

    def place(name: str, number: int | None = None) -> str:
        return reverse(name, kwargs={each: number or known[each] for each in parameters(name)})

    def inside(name: str, actor: str, method: str) -> set[int]:
        if actor not in to.seen_by:
            return {404}
        may = world.house.actors[actor].holds(PATTERNS[name].callback.page.who, to.organisation_pk)
        return let_in(name, method) if may or PATTERNS[name].callback.page.who.endswith(LOOKED_AT) else {403}

    assert len(OF_DECISIONS) >= 3
    assert wrong_among(world, OF_DECISIONS, place, inside) == []
    assert wrong_among(world, OF_DECISIONS, lambda name: place(name, NEVER), lambda *_: {404}) == []


def pack_at(name: str, number: int) -> str:
    known = {"pack": number, "suffix": ".pdf"}
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


def test_issued_packs_open_to_those_who_see_their_part(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        if actor not in OFFICE:
            return {404}
        return let_in(name, method) if holds_in_office(world, name, actor) else {403}

    def inside_closed(name: str, actor: str, method: str) -> set[int]:
        return {200} if name == "pack-file" and actor in DEEP else {404}  # a pack of a closed part is not shared

    assert len(OF_PACKS) == 2
    assert wrong_among(world, OF_PACKS, lambda name: pack_at(name, world.pack.pk), inside) == []
    assert wrong_among(world, OF_PACKS, lambda name: pack_at(name, world.closed_pack.pk), inside_closed) == []
    assert wrong_among(world, OF_PACKS, lambda name: pack_at(name, NEVER), lambda *_: {404}) == []


def cycle_at(world: World, name: str, number: int) -> str:
    link = AnswerLink.objects.filter(post=world.house.posts["chief"]).earliest("pk")
    known = {"cycle": number, "post": world.house.posts["chief"].pk, "ask": world.asked.pk, "link": link.pk}
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


def test_pages_of_a_cycle(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        leads_back = name.endswith("send-back")  # nothing is answered yet
        if not actor or not world.house.actors[actor].holds("recommendations.ask", world.house.office.pk):
            return {404}
        return {302} if leads_back else let_in(name, method)

    number = world.asked.cycle_id
    assert len(OF_CYCLES) >= 6
    assert wrong_among(world, OF_CYCLES, lambda name: cycle_at(world, name, number), inside) == []
    assert wrong_among(world, OF_CYCLES, lambda name: cycle_at(world, name, NEVER), lambda *_: {404}) == []


def test_what_a_cycle_asks_opens_to_the_post_that_is_asked(world: World) -> None:
    def inside(_: str, actor: str, method: str) -> set[int]:
        return let_in("recommendation-answer", method) if actor == "chief" else {404}

    assert OF_ASKED == ["recommendation-answer"]
    assert wrong_among(world, OF_ASKED, lambda name: reverse(name, args=[world.asked.pk]), inside) == []
    assert wrong_among(world, OF_ASKED, lambda name: reverse(name, args=[NEVER]), lambda *_: {404}) == []


def test_pages_behind_a_link_open_to_whoever_has_it(world: World) -> None:
    key = token_of(AnswerLink.objects.get(post=world.asked.post).seed)

    feed = token_of_feed(make_feed(board=None, actor=world.house.actors["chief"], at=NOW).seed)

    def place(name: str, token: str = "") -> str:
        opens = feed if name == "calendar-feed" else key
        known = {"token": token or opens, "ask": world.asked.pk}
        return reverse(name, kwargs={each: known[each] for each in parameters(name)})

    assert len(OF_LINKS) == 3
    assert wrong_among(world, OF_LINKS, place, lambda name, _, method: let_in(name, method)) == []
    assert wrong_among(world, OF_LINKS, lambda name: place(name, "never"), lambda *_: {404}) == []
