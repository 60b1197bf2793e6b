"""Every address × every actor × GET and POST answers as its @page declares; what is hidden answers like what never was."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from candour.boards.commands import make_feed
from candour.boards.queries.feeds import token_of as token_of_feed
from candour.kernel.access import CANDOUR
from candour.kernel.records.commands import save_view
from candour.kernel.scales.commands import change_draft
from candour.kernel.scales.models import Draft
from candour.kernel.scales.rules import with_categories
from candour.kernel.web.page import ANYONE, SIGNED_IN
from candour.recommendations.models import AnswerLink, Ask
from candour.recommendations.queries.links import token_of
from candour.recommendations.rules import Verb, may
from tests.api.factories import a_token
from tests.everywhere.keeping import a_hold, a_removal
from tests.everywhere.world import (
    DEEP,
    NEVER,
    OFFICE,
    PATTERNS,
    World,
    address_of,
    ask,
    names_a_record,
    parameters,
    without,
)
from tests.factories import NOW, ROLES, TODAY

ACTORS = ["", *(name for name in ROLES if name != "finance")]  # who may do exactly what the chief executive may
METHODS = ["GET", "POST"]
OF_RECORDS = [name for name in PATTERNS if names_a_record(name)]
# What opens with a token of its own, ends the sign-in of who asks, or stands on the table of a directory: tests/signin.
OF_THE_DOOR = ["sign-in-link", "out-everywhere", "unmap", "my-passkey-remove", "my-sign-in-end"]
OF_NOTHING = [name for name in PATTERNS if not parameters(name) and name not in OF_THE_DOOR]
OF_PAPERS_IN = [name for name in PATTERNS if parameters(name) == {"pk"}]
OF_PAPERS_OUT = [name for name in PATTERNS if name.startswith("paper-") and "audience" in parameters(name)]
OF_SCALES = [name for name in PATTERNS if "body" in parameters(name)]
OF_VIEWS = [name for name in PATTERNS if parameters(name) == {"view"}]
OF_AUDITORS = [name for name in PATTERNS if parameters(name) == {"provider"}]
OF_CYCLES = [name for name in PATTERNS if "cycle" in parameters(name)]
OF_ASKED = [name for name in PATTERNS if parameters(name) == {"ask"}]
OF_LINKS = [name for name in PATTERNS if "token" in parameters(name) and name not in OF_THE_DOOR]
OF_BOARDS = [name for name in PATTERNS if {"organisation", "code"} <= parameters(name)]
OF_PARTS = [name for name in PATTERNS if parameters(name) == {"number"}]
OF_PUBLICATIONS = [
    name for name in PATTERNS if {"organisation", "source", "key"} <= parameters(name) and name != "public-data-file"
]
# Data beside a publication: tests/commissioning/test_publishing.py.
OF_PUBLISHED_DATA = ["public-data-file", "public-latest"]
OF_DATA = [name for name in PATTERNS if parameters(name) == {"name"}]
PEOPLE = {
    "post",
    "person",
    "appointment",
    "cover",
    "grant",
    "named",
}  # of posts and people: tests/everywhere/test_people.py
OF_PEOPLE = [name for name in PATTERNS if len(parameters(name)) == 1 and parameters(name) <= PEOPLE]
OF_TOKENS = [name for name in PATTERNS if parameters(name) == {"service"}]
# Jobs, letters and addresses of the system: tests/system and tests/notices.
OF_SYSTEM = [name for name in PATTERNS if parameters(name) in ({"job"}, {"letter"}, {"address"})]
OF_DRAFTS = [name for name in PATTERNS if parameters(name) in ({"kind"}, {"kind", "suffix"})]
OF_PACKS = [name for name in PATTERNS if "pack" in parameters(name)]
OF_OPEN = [name for name in PATTERNS if parameters(name) == {"organisation", "measure"}]
OF_REVIEWS = [name for name in PATTERNS if parameters(name) == {"organisation", "month"}]
OF_DECISIONS = [name for name in PATTERNS if parameters(name) in ({"decision"}, {"action"})]
LEADS_AWAY = {"home", "scale-begin"}  # GET answers 302: a draft is open
# Of who is half-way in, has a password, or has a directory: nobody in this world.
LEADS_AWAY |= {"sign-in-second", "sign-in-set-up", "sign-in-codes", "my-password", "my-codes", "my-app"}
LEADS_AWAY |= {"sign-in-set-up-passkey", "sign-in-again", "my-passkey-add"}
LEADS_AWAY |= {"openid_connect_login", "openid_connect_callback"}
LOOKED_AT = (".see", "history.verify")
OF_KEEPING = [name for name in PATTERNS if parameters(name) in ({"hold"}, {"removal"})]
NO_DATE_IS_ASKED_FOR = {"recommendation-answer-date", "recommendation-withdraw-date"}  # in this world: they lead back
# Of who answers for a scheme, a project or a collaboration, or manages finance: others that may report on their own may not.
OF_OWNERS = {"finance-scheme-rate", "project-report", "project-ask-change", "project-measure"}
OF_OWNERS |= {"collaboration-review", "collaboration-measure"}
NOTHING_WAITS = {
    "project-case-answer",
    "project-answer-change",
}  # of the approved project of this world: they lead back
NO_PACK_YET = {"meeting-pack-draft", "meeting-pack-supplement", "meeting-pack-matches"}  # in this world: they lead back
# What the stage of a recommendation must allow; its page leads back to the record where it does not.
OF_STAGES: dict[str, Verb] = {
    f"recommendation-{verb}": verb  # type: ignore[misc]
    for verb in ("respond", "update", "propose", "withdraw", "decide", "verify", "end", "reopen", "slip")
}
OF_STAGES["recommendation-ask-date"] = "slip"
OF_STAGES |= dict.fromkeys(
    (f"recommendation-{name}" for name in ("add-owner", "hand-over", "repeat", "wording")), "change"
)


def test_every_address_belongs_to_a_test_here() -> None:
    tested = {*OF_RECORDS, *OF_NOTHING, *OF_PAPERS_IN, *OF_PAPERS_OUT, *OF_DRAFTS, *OF_SCALES, *OF_VIEWS, *OF_AUDITORS}
    tested |= {*OF_CYCLES, *OF_ASKED, *OF_LINKS, *OF_BOARDS, *OF_PARTS, *OF_PUBLICATIONS, *OF_DATA, *OF_DECISIONS}
    tested |= {*OF_PEOPLE, *OF_PACKS, *OF_OPEN, *OF_REVIEWS, *OF_TOKENS, *OF_THE_DOOR}
    tested |= {*OF_PUBLISHED_DATA, *OF_KEEPING, *OF_SYSTEM}
    assert sorted(set(PATTERNS) - tested) == []


def door(world: World, actor: str, name: str, method: str) -> int | None:
    """What the declaration alone answers; None where it lets the request in."""
    page = PATTERNS[name].callback.page
    if page.who != ANYONE and not actor:
        return 302
    if page.who not in {ANYONE, SIGNED_IN} and not world.house.actors[actor].holds(page.who):
        return 404
    return None if method in page.methods else 405


def let_in(name: str, method: str) -> set[int]:
    if method == "POST":
        return {200, 302, 422}
    return {302} if name in LEADS_AWAY else {200}


SIGNED_OUT_BY = {("sign-out", "POST"), ("sign-out-everywhere", "POST")}


def requests(names: list[str], actors: list[str]) -> Iterator[tuple[str, str, str]]:
    return ((name, actor, method) for name in names for actor in actors for method in METHODS)


def check(world: World, name: str, actor: str, method: str, *, address: str, inside: set[int]) -> str:
    """What is wrong with the answer, in words; empty when nothing is."""
    answer = ask(world.client(actor), method, address)
    if (name, method) in SIGNED_OUT_BY:
        world.signed_out(actor)
    at_the_door = door(world, actor, name, method)
    wanted = inside if at_the_door is None else {at_the_door}
    wrong = answer.status not in wanted
    if at_the_door == 302:
        wrong = wrong or not dict(answer.headers)["Location"].startswith("/sign-in?next=%2F")
    return f"{method} {address} as {actor or 'nobody'}: {answer.status}, not {wanted}" if wrong else ""


def wrong_among(  # type: ignore[no-untyped-def]
    world: World, names: list[str], place, inside, actors: list[str] = ACTORS
) -> list[str]:
    found = [
        check(world, n, actor, m, address=place(n), inside=inside(n, actor, m))
        for n, actor, m in requests(names, actors)
    ]
    return [each for each in found if each]


def test_pages_of_no_record_in_particular(world: World) -> None:
    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method)

    assert wrong_among(world, OF_NOTHING, reverse, inside) == []


@pytest.mark.parametrize("target", ["seen", "hidden", "shared", "proposed"])
def test_pages_of_a_record_to_those_who_see_it(world: World, target: str) -> None:
    to, nothing_proposed = world.targets[target], target != "proposed"

    owner = world.projects[target].record.owner_id

    def inside(name: str, actor: str, method: str) -> set[int]:
        who, mine = PATTERNS[name].callback.page.who, owner in world.house.actors[actor].posts
        if name in OF_OWNERS and not (mine or world.house.actors[actor].holds("finance.manage", to.organisation_pk)):
            return {403}
        if name == "record-keeping" and not world.house.actors[actor].holds(who, to.organisation_pk):
            return {403}  # how the other body keeps what it shares is its own affair
        if world.house.actors[actor].holds(who, to.organisation_pk) or who.endswith(LOOKED_AT):
            leads_back = (nothing_proposed and name == "risk-proposed") or name in NO_DATE_IS_ASKED_FOR
            leads_back |= name in OF_STAGES and not may(OF_STAGES[name], "open" if nothing_proposed else "proposed")
            # Who owes an answer to a cycle is led to it.
            leads_on = name == "recommendation-update" and method == "GET" and (world.house.posts[actor].pk in asked)
            leads_back |= name in NO_PACK_YET or (name in NOTHING_WAITS and not nothing_proposed)
            return {302} if leads_back or leads_on else let_in(name, method)
        return {403}  # it is seen, and this may not be done to it

    asked = set(Ask.objects.filter(recommendation=world.recommendations[target]).values_list("post", flat=True))
    seeing = [actor for actor in ACTORS if actor in to.seen_by]
    names = OF_RECORDS
    if target == "hidden":  # but meetings: who sees a board sees its meetings, whatever is said there
        names = [name for name in OF_RECORDS if not name.startswith("meeting")]
    if target == "proposed":  # only these tell a score, a closure or a case that is proposed from others
        names = [name for name in OF_RECORDS if name.startswith(("risk", "recommendation", "project"))]
    assert wrong_among(world, names, lambda name: address_of(name, to), inside, seeing) == []


def test_a_place_on_a_record_that_belongs_to_another_record_is_not_there(world: World) -> None:
    to, other = world.targets["seen"], world.targets["hidden"]
    part = {"action": other.action, "file": other.file}
    names = [name for name in OF_RECORDS if {"number", "control", "assignment"} & parameters(name)]
    assert len(names) >= 9

    def place(name: str) -> str:
        number = part.get(name.split("-", maxsplit=1)[0], NEVER)
        return address_of(name, to, number=number, control=other.control, assignment=other.assignment)

    assert wrong_among(world, names, place, lambda *_: {404}) == []


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


def test_papers_read_in(world: World) -> None:
    readers = {"policy", "admin"}

    def inside(name: str, actor: str, method: str) -> set[int]:
        return let_in(name, method) if actor in readers else {404}

    assert wrong_among(world, OF_PAPERS_IN, lambda name: reverse(name, args=[world.staged.pk]), inside) == []
    assert wrong_among(world, OF_PAPERS_IN, lambda name: reverse(name, args=[NEVER]), lambda *_: {404}) == []


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


def holds_in_office(world: World, name: str, actor: str) -> bool:
    who = PATTERNS[name].callback.page.who
    return who == ANYONE or (bool(actor) and world.house.actors[actor].holds(who, world.house.office.pk))


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


HIDDEN_AND_NEVER = [("hidden", "never"), ("force", "never of the force"), ("force hidden", "never of the force")]


@pytest.mark.parametrize(("hidden", "never"), HIDDEN_AND_NEVER)
@pytest.mark.parametrize("method", METHODS)
def test_a_hidden_record_answers_exactly_like_one_that_never_was(
    world: World, hidden: str, never: str, method: str
) -> None:
    to, nothing = world.targets[hidden], world.targets[never]
    told = []
    for name in OF_RECORDS:
        for actor in [actor for actor in ACTORS if actor not in to.seen_by]:
            client = world.client(actor)
            one, other = address_of(name, to), address_of(name, nothing)
            there, not_there = ask(client, method, one), ask(client, method, other)
            if there.status not in {door(world, actor, name, method) or 404, 404}:
                told.append(f"{method} {one} as {actor or 'nobody'}: {there.status}")
            if without(there, one, to.reference) != without(not_there, other, nothing.reference):
                told.append(f"{method} {one} as {actor or 'nobody'}: {there} is not {not_there}")
    assert told == []


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
