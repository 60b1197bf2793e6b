"""Who may open what, as each page declares it, against what it answers: every address × every actor × GET and POST."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from zlib import crc32

from django.db import connection

from candour.kernel.web.page import ANYONE, SIGNED_IN
from tests.everywhere.asking import PATTERNS, ask, names_a_record, parameters
from tests.everywhere.world import World
from tests.factories import ROLES

ACTORS = ["", *(name for name in ROLES if name != "finance")]  # who may do exactly what the chief executive may
METHODS = ["GET", "POST"]
# Who may open what is decided in Python, the same on both: on PostgreSQL one asks for all who are to get the same answer.
EVERYBODY = connection.vendor == "sqlite"
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


WHO_ASKS = 1  # question of the database: whose sign-in this is, at which posts, with which roles

Inside = Callable[[str, str, str], set[int]]  # what is answered to (name, actor, method) once the door lets it in


def wanted_of(world: World, name: str, actor: str, method: str, inside: Inside) -> set[int]:
    at_the_door = door(world, actor, name, method)
    return inside(name, actor, method) if at_the_door is None else {at_the_door}


def requests(world: World, names: list[str], actors: list[str], inside: Inside) -> Iterator[tuple[str, str, str]]:
    """(name, actor, method) of what is asked, by everybody or by one for each answer that is wanted.

    A closed door is tried once in a world: it looks for nothing
    (see `check`), so it answers the same whatever else stands in the address.
    """
    for name in names:
        everybody = [(actor, method) for actor in actors for method in METHODS]
        for actor, method in asking(world, name, everybody, inside):
            if door(world, actor, name, method) is not None:
                if (name, actor, method) in world.tried:
                    continue
                world.tried.add((name, actor, method))
            yield name, actor, method


def asking(world: World, name: str, everybody: list[tuple[str, str]], inside: Inside) -> list[tuple[str, str]]:
    """Those of (actor, method) that ask for the name. Another actor stands for the others from name to name."""
    if EVERYBODY:
        return everybody
    alike = defaultdict(list)
    for actor, method in everybody:
        closed, wanted = door(world, actor, name, method), wanted_of(world, name, actor, method, inside)
        alike[method, closed, frozenset(wanted)].append((actor, method))
    return [those[crc32(name.encode()) % len(those)] for those in alike.values()]


def check(world: World, name: str, actor: str, method: str, *, address: str, inside: Inside) -> str:
    """What is wrong with the answer, in words; empty when nothing is."""
    answer = ask(world.client(actor), method, address)
    if (name, method) in SIGNED_OUT_BY:
        world.signed_out(actor)
    at_the_door, wanted = door(world, actor, name, method), wanted_of(world, name, actor, method, inside)
    wrong = answer.status not in wanted
    if at_the_door == 302:
        wrong = wrong or not dict(answer.headers)["Location"].startswith("/sign-in?next=%2F")
    if at_the_door is not None and answer.queries > WHO_ASKS:
        return f"{method} {address} as {actor or 'nobody'} is refused, and yet asked {answer.queries} times"
    return f"{method} {address} as {actor or 'nobody'}: {answer.status}, not {wanted}" if wrong else ""


def wrong_among(
    world: World, names: list[str], place: Callable[[str], str], inside: Inside, actors: list[str] = ACTORS
) -> list[str]:
    asked = requests(world, names, actors, inside)
    found = [check(world, n, actor, m, address=place(n), inside=inside) for n, actor, m in asked]
    return [each for each in found if each]


def wrong_at_closed_doors(world: World, names: list[str], place: Callable[[str], str]) -> list[str]:
    """What is wrong with the answers of doors that are closed and were not tried yet."""
    nobody: Inside = lambda *_: set()  # noqa: E731
    asked = [each for each in requests(world, names, ACTORS, nobody) if each in world.tried]
    found = [check(world, n, actor, m, address=place(n), inside=nobody) for n, actor, m in asked]
    return [each for each in found if each]


def let_in_to(world: World, name: str, method: str, actors: list[str]) -> list[str]:
    """Those of the actors whom the door of an address lets in, or one of them."""
    let = [actor for actor in actors if door(world, actor, name, method) is None]
    return let if EVERYBODY or not let else [let[crc32(name.encode()) % len(let)]]


def holds_in_office(world: World, name: str, actor: str) -> bool:
    who = PATTERNS[name].callback.page.who
    return who == ANYONE or (bool(actor) and world.house.actors[actor].holds(who, world.house.office.pk))
