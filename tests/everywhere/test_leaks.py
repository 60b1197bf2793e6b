"""A restricted risk changes nothing, anywhere, for whoever may not see it: not a word, a count, an order or a query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from pypdf import PdfReader

from tests.everywhere.asking import Answer, ask
from tests.everywhere.building import build_world
from tests.everywhere.looking import addresses
from tests.everywhere.secret import MARK, REFERENCE, WORDS, Open, build_open, build_secret
from tests.everywhere.walking import EVERYBODY
from tests.everywhere.world import World

pytestmark = pytest.mark.django_db

# The roles that see none of the office's restricted risks; nobody at all is "".
OUTSIDE = ["", "owner", "reader", "force_reader"] if EVERYBODY else ["reader", "force_reader"]
MARKED = re.compile(rb"\bzq\w*", re.IGNORECASE)


@dataclass
class Told:
    world: World
    opened: Open
    before: dict[tuple[str, str], Answer]
    after: dict[tuple[str, str], Answer]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker) -> Iterator[Told]:  # type: ignore[no-untyped-def]
    """Every page for every role, before and after there are restricted risks."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            world = build_world()
            opened = build_open(world)
            where = addresses(world, opened)
            before = rendered(world, where)
            build_secret(world, opened)
            yield Told(world, opened, before, rendered(world, where))
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def rendered(world: World, where: list[str]) -> dict[tuple[str, str], Answer]:
    """Every address for a reader of the office, every third for the others, whose rows are a part of the reader's."""
    plan = [(actor, address) for actor in OUTSIDE for address in (where if actor == "reader" else where[::3])]
    return {(actor, address): ask(world.client(actor), "GET", address) for actor, address in plan}


def asked_for(address: str) -> set[bytes]:
    """The marked words that the address itself holds, which a page may say again."""
    return set(MARKED.findall(address.encode().lower()))


def test_pages_were_read(told: Told) -> None:
    statuses = {answer.status for answer in told.after.values()}
    assert statuses <= {200, 302, 403, 404, 405}  # 405: what only takes what is sent to it
    assert sum(answer.status == 200 for answer in told.before.values()) > 200


@pytest.mark.parametrize("actor", OUTSIDE)
def test_nothing_changes_for_one_who_may_not_see(told: Told, actor: str) -> None:
    changed = [
        address for (who, address), answer in told.before.items() if who == actor and answer != told.after[who, address]
    ]
    assert changed == []


@pytest.mark.parametrize("actor", OUTSIDE)
def test_no_marked_word_appears_to_one_who_may_not_see(told: Told, actor: str) -> None:
    found = [
        (address, sorted(leaked))
        for (who, address), answer in told.after.items()
        if who == actor and (leaked := set(MARKED.findall(written(answer.body).lower())) - asked_for(address))
    ]
    assert found == []


def test_every_marked_word_appears_to_one_who_may(told: Told) -> None:
    """So that the tests above are known to look for what is there."""
    seen: set[bytes] = set()
    client = told.world.client("chief")
    for address in [
        f"/risks/office/{REFERENCE}/",
        f"/risks/office/{REFERENCE}/history.json",
        "/audits/office/ZQ70/",
        "/audits/office/ZQ70/history/",
        "/agreements/office/ZQ60/",
        "/agreements/office/ZQ60/history/",
        "/agreements/office/ZQ61/history/",
        *(f"/agreements/office/ZQ60/{page}/" for page in ("returns", "money", "meetings", "outcomes")),
        "/performance/office/ZQ50/",
        "/performance/office/ZQ50/history/",
        "/finance/budgets/office/ZQ40/",
        "/finance/schemes/office/ZQ41/",
        "/finance/projects/office/ZQ42/",
        "/finance/collaborations/office/ZQ43/",
        "/plan/plans/office/ZQ40/",
        "/plan/plans/office/ZQ40/history/",
        "/plan/objectives/office/ZQ42/",
        "/plan/objectives/office/ZQ42/history/",
        "/plan/activities/office/ZQ43/",
        "/plan/activities/office/ZQ43/history/",
        "/plan/activities/office/ZQ45/history/",
        "/risks/office/ZP20/history/",
        "/boards/meetings/office/ZB-2026-01/minutes/",
        "/boards/items/office/ZB-2026-01.2/minute/",
        f"/boards/decisions/{told.opened.closed.decisions.get().pk}/",
    ]:
        seen |= set(MARKED.findall(ask(client, "GET", address).body.lower()))
    missing = {word for place, word in WORDS.items() if place not in {"reworded", "linkedback", "reviewed"}} - {
        word.decode() for word in seen
    }
    assert missing == set()
    assert b"zqheldreason" in seen
    listed = ask(client, "GET", "/risks/?register=operational").body
    assert b"zqoperational" in listed


def test_the_hidden_wording_of_a_lifted_restriction_stays_hidden(told: Told) -> None:
    place = "/risks/office/ZP20/"
    for actor in ("reader", "owner"):
        client = told.world.client(actor)
        for address in (place, f"{place}history/", f"{place}history.json", f"{place}?as_at=2026-03-15", "/history/"):
            assert MARKED.findall(ask(client, "GET", address).body) == []


@pytest.mark.parametrize(("admit", "said"), [(True, 1), (False, 0)])
def test_a_public_paper_admits_the_reference_alone_when_the_body_chooses_so(told: Told, settings, admit, said) -> None:  # type: ignore[no-untyped-def]
    settings.ADMIT_REDACTED = admit
    text = ask(told.world.client("chief"), "GET", "/papers/risk-register/draft.txt?audience=public").body.decode()
    assert text.count(f"REDACTED: {REFERENCE}") == said
    assert {word.upper() for word in re.findall(r"\bzq\w*", text, re.IGNORECASE)} == (
        {"ZQ77", "ZQ78"} if admit else set()
    )


@pytest.mark.parametrize("audience", ["office", "public"])
@pytest.mark.parametrize("suffix", [".txt", ".json", ".html", ".docx", ".pdf"])
def test_no_format_of_a_copy_holds_what_its_readers_may_not_see(
    told: Told, settings, audience: str, suffix: str
) -> None:  # type: ignore[no-untyped-def]
    settings.ADMIT_REDACTED = False
    answer = ask(told.world.client("chief"), "GET", f"/papers/risk-register/draft{suffix}?audience={audience}")
    assert answer.status == 200
    assert "Something could happen" in words_of(answer.body, suffix)
    assert re.findall(rf"\b{MARK}\w*", words_of(answer.body, suffix), re.IGNORECASE) == []


def test_the_panels_copy_holds_them(told: Told) -> None:
    answer = ask(told.world.client("chief"), "GET", "/papers/risk-register/draft.txt?audience=panel")
    assert WORDS["title"] in answer.body.decode()


def written(body: bytes) -> bytes:
    """What is written in an answer: the parts of a workbook or a Word file, where its packed bytes could spell anything."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def words_of(body: bytes, suffix: str) -> str:
    """Everything that is written in a file, its properties too."""
    if suffix == ".docx":
        return written(body).decode(errors="replace")
    if suffix == ".pdf":
        read = PdfReader(BytesIO(body))
        return "\n".join([*(page.extract_text() for page in read.pages), str(read.metadata), str(read.outline)])
    return body.decode()
