"""Every address belongs to a test, and those of no record and no board answer as their @page declares."""

from django.urls import reverse

from candour.kernel.access import CANDOUR
from candour.kernel.records.commands import save_view
from candour.kernel.scales.commands import change_draft
from candour.kernel.scales.models import Draft
from candour.kernel.scales.rules import with_categories
from tests.api.factories import a_token
from tests.everywhere.asking import PATTERNS, ask, parameters, without
from tests.everywhere.keeping import a_hold, a_removal
from tests.everywhere.walking import (
    OF_ASKED,
    OF_AUDITORS,
    OF_BOARDS,
    OF_CYCLES,
    OF_DATA,
    OF_DECISIONS,
    OF_DRAFTS,
    OF_KEEPING,
    OF_LINKS,
    OF_NOTHING,
    OF_OPEN,
    OF_PACKS,
    OF_PAPERS_IN,
    OF_PAPERS_OUT,
    OF_PARTS,
    OF_PEOPLE,
    OF_PUBLICATIONS,
    OF_PUBLISHED_DATA,
    OF_RECORDS,
    OF_REVIEWS,
    OF_SCALES,
    OF_SYSTEM,
    OF_THE_DOOR,
    OF_TOKENS,
    OF_VIEWS,
    let_in,
    wrong_among,
)
from tests.everywhere.world import NEVER, World
from tests.factories import NOW


def test_every_address_belongs_to_a_test_here() -> None:
    tested = {*OF_RECORDS, *OF_NOTHING, *OF_PAPERS_IN, *OF_PAPERS_OUT, *OF_DRAFTS, *OF_SCALES, *OF_VIEWS, *OF_AUDITORS}
    tested |= {*OF_CYCLES, *OF_ASKED, *OF_LINKS, *OF_BOARDS, *OF_PARTS, *OF_PUBLICATIONS, *OF_DATA, *OF_DECISIONS}
    tested |= {*OF_PEOPLE, *OF_PACKS, *OF_OPEN, *OF_REVIEWS, *OF_TOKENS, *OF_THE_DOOR}
    tested |= {*OF_PUBLISHED_DATA, *OF_KEEPING, *OF_SYSTEM}
    assert sorted(set(PATTERNS) - tested) == []


def test_pages_of_no_record_in_particular(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method)

    assert wrong_among(world, OF_NOTHING, reverse, inside) == []


def test_monthly_reviews_of_inspections(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        if not actor or not world.house.actors[actor].holds("inspections.see", world.house.office.pk):
            return {404}
        who = PATTERNS[name].callback.page.who
        return let_in(name, method) if world.house.actors[actor].holds(who, world.house.office.pk) else {403}

    at = {"organisation": "office", "month": "2026-06"}
    assert wrong_among(world, OF_REVIEWS, lambda name: reverse(name, kwargs=at), inside) == []
    for wrong in ({"month": "2026-05"}, {"month": "odd"}, {"organisation": "force"}):
        assert (
            wrong_among(world, OF_REVIEWS, lambda name, w=wrong: reverse(name, kwargs=at | w), lambda *_: {404}) == []
        )


def test_service_tokens(world: World) -> None:
    token, _ = a_token(world.house.posts["reader"])
    other, _ = a_token(world.house.posts["force_reader"])

    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method) if actor == "admin" else {404}

    assert OF_TOKENS == ["service-token-revoke"]
    assert wrong_among(world, OF_TOKENS, lambda name: reverse(name, args=[token.pk]), inside) == []
    for hidden in (other.pk, NEVER):
        assert wrong_among(world, OF_TOKENS, lambda name, pk=hidden: reverse(name, args=[pk]), lambda *_: {404}) == []


def test_legal_holds_and_removals(world: World) -> None:
    at = {"hold": a_hold(world).pk, "removal": a_removal(world).pk}

    def place(name: str) -> str:
        return reverse(name, kwargs={each: at[each] for each in parameters(name)})

    def inside(name: str, actor: str, method: str) -> set[int]:
        seen = actor and world.house.actors[actor].holds("retention.see", world.house.office.pk)
        if not seen:
            return {404}
        if name == "retention-removal" and method == "POST":
            held = world.house.actors[actor].holds("history.redact", world.house.office.pk)
            return {422} if held else {403}
        return let_in(name, method)

    assert OF_KEEPING == ["retention-removal", "retention-hold-lift"]
    assert wrong_among(world, OF_KEEPING, place, inside) == []
    never = {"hold": NEVER, "removal": NEVER}
    wrong = wrong_among(
        world, OF_KEEPING, lambda name: reverse(name, kwargs={each: never[each] for each in parameters(name)}),
        lambda *_: {404},
    )  # fmt: skip
    assert wrong == []


def test_a_saved_view_is_its_makers_alone(world: World) -> None:
    maker = world.house.actors["policy"]
    lists = {"risk": "risks"}
    lists |= {name: name for name in ("recommendations", "audits", "inspections", "activities")}
    views = {
        name: save_view(of=of, name="Mine", query="", shared=False, actor=maker, at=NOW).pk
        for name, of in lists.items()
    }

    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method) if actor == "policy" else {404}

    assert OF_VIEWS
    assert wrong_among(world, OF_VIEWS, lambda name: reverse(name, args=[views[name.partition("-")[0]]]), inside) == []
    assert wrong_among(world, OF_VIEWS, lambda name: reverse(name, args=[NEVER]), lambda *_: {404}) == []


def test_pages_of_an_auditor(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method)

    assert len(OF_AUDITORS) >= 3
    assert wrong_among(world, OF_AUDITORS, lambda name: reverse(name, args=["assurers"]), inside) == []
    assert wrong_among(world, OF_AUDITORS, lambda name: reverse(name, args=["force"]), lambda *_: {404}) == []


def scale_at(world: World, name: str, body: str) -> str:
    known = {"body": body, "step": "bands", "number": world.house.scale.pk}
    known["number"] = {"appetite-end": world.appetite.pk, "scale-descriptions": 1}.get(name, known["number"])
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


def test_pages_of_a_bodys_scales(world: World) -> None:
    draft = Draft.objects.get()
    change_draft(draft, matrix=with_categories(draft.matrix(), ["Finance"]), actor=CANDOUR, at=NOW)

    def inside(name: str, actor: str, method: str) -> set[int]:
        who, office = PATTERNS[name].callback.page.who, world.house.office.pk
        return let_in(name, method) if actor and world.house.actors[actor].holds(who, office) else {404}

    assert len(OF_SCALES) >= 12
    assert wrong_among(world, OF_SCALES, lambda name: scale_at(world, name, "office"), inside) == []
    assert wrong_among(world, OF_SCALES, lambda name: scale_at(world, name, "never"), lambda *_: {404}) == []


def test_the_scales_of_another_body_answer_like_those_of_one_that_never_was(world: World) -> None:
    told = []
    for name in OF_SCALES:
        for actor in ("policy", "chief", "owner", "reader"):
            one, other = scale_at(world, name, "force"), scale_at(world, name, "never")
            there, not_there = (ask(world.client(actor), "GET", each) for each in (one, other))
            if without(there, one) != without(not_there, other):
                told.append(f"{one} as {actor}")
    assert told == []
