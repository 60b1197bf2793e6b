"""Who may open what, as each page declares it, against what it answers: every address × every actor × GET and POST."""

from collections.abc import Iterator

from candour.kernel.web.page import ANYONE, SIGNED_IN
from tests.everywhere.asking import PATTERNS, ask, names_a_record, parameters
from tests.everywhere.world import World
from tests.factories import ROLES

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
OF_KEEPING = [name for name in PATTERNS if parameters(name) in ({"hold"}, {"removal"})]


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


def holds_in_office(world: World, name: str, actor: str) -> bool:
    who = PATTERNS[name].callback.page.who
    return who == ANYONE or (bool(actor) and world.house.actors[actor].holds(who, world.house.office.pk))
