"""Who asks too often is told how long to wait; whoever else asks is not held up."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from candour.kernel.limits import counting
from candour.kernel.limits.counting import Counter
from candour.kernel.limits.place import address_of
from candour.kernel.limits.rules import LIMITS
from candour.kernel.web.page import ANYONE
from tests.api.factories import script
from tests.factories import House, a_risk
from tests.test_house import routes

AT = datetime(2026, 3, 2, 10, 15, 20, tzinfo=UTC)
# The door, which has waits of its own, and what a token opens: nobody is held up there by others of their address.
UNCOUNTED = [
    "candour.boards.views.feeds.feed",
    "candour.config.views.sign_in",
    "candour.kernel.signin.views.directory.directory",
    "candour.kernel.signin.views.directory.directory_back",
    "candour.kernel.signin.views.door.second",
    "candour.kernel.signin.views.door.set_up",
    "candour.kernel.signin.views.links.forgotten",
    "candour.kernel.signin.views.links.link",
    "candour.recommendations.views.answering.answer_list",
    "candour.recommendations.views.answering.answer_one",
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of everything a minute, and a minute that does not end."""
    settings.LIMITS = dict.fromkeys(LIMITS, 2)
    monkeypatch.setattr(counting, "_counter", Counter())
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def signed_in(house: House, name: str, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(house.people[name])
    return client


def test_a_page_says_in_words_how_long_to_wait(house: House) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert [client.get("/help").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/help")
    assert refused["Retry-After"] == "40"
    assert "Try again in <b>40 seconds</b>" in refused.content.decode()
    assert "opened pages more often than Candour answers within a minute" in refused.content.decode()


def test_strangers_of_one_address_hold_up_nobody_who_is_signed_in_and_no_other_address(house: House) -> None:
    for _ in range(5):
        Client(REMOTE_ADDR="192.0.2.7").get("/help")
    assert signed_in(house, "policy", REMOTE_ADDR="192.0.2.7").get("/help").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.8").get("/help").status_code == 200


def test_one_person_holds_up_no_other(house: House) -> None:
    policy, reader = signed_in(house, "policy"), signed_in(house, "reader")
    assert [policy.get("/search?q=a").status_code for _ in range(3)] == [200, 200, 429]
    assert reader.get("/search?q=a").status_code == 200


def test_another_browser_of_the_same_person_is_the_same_count(house: House) -> None:
    answers = [signed_in(house, "policy", REMOTE_ADDR=f"192.0.2.{n}").get("/search?q=a").status_code for n in range(3)]
    assert answers == [200, 200, 429]


def test_files_sent_and_papers_asked_for_are_counted_apart_from_each_other(house: House) -> None:
    risk = a_risk(house)
    client, place = signed_in(house, "policy"), f"/records/risk/office/{risk.record.reference}/files"
    sent = [
        client.post(f"{place}/new", {"file": SimpleUploadedFile("a.txt", b"words"), "reason": "Why"}).status_code
        for _ in range(3)
    ]
    assert sent[2] == 429
    assert 429 not in sent[:2]
    assert [client.get("/risks/download.csv").status_code for _ in range(3)] == [200, 200, 429]


def test_the_register_is_never_counted(house: House) -> None:
    client = signed_in(house, "policy")
    assert {client.get("/risks/").status_code for _ in range(20)} == {200}


def test_links_that_open_nothing_are_counted_by_address(house: House) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert [client.get(f"/sign-in/link/{number}").status_code for number in range(2)] == [404, 404]
    assert client.get("/sign-in/link/3").status_code == 429


def test_the_door_is_open_whatever_strangers_of_the_same_address_asked(house: House) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(4):
        client.get("/help")
        client.get("/recommendations/answer/guessed/")
    assert client.get("/recommendations/answer/guessed/").status_code == 429
    assert {client.get("/sign-in").status_code for _ in range(5)} == {200}


def test_unknown_tokens_hold_up_no_token_that_is_known(house: House) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    tried = [
        client.get("/api/v1/risks", headers={"Authorization": f"Bearer candour_{number}"}).status_code
        for number in range(4)
    ]
    assert tried == [401, 401, 429, 429]
    assert script(house.posts["policy"]).get("risks").status_code == 200


def test_a_token_that_asks_too_often_is_told_how_long_to_wait(house: House) -> None:
    asking = script(house.posts["policy"])
    answers = [asking.get("risks") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "40"
    assert answers[2].json()["detail"] == "This token may ask 2 times a minute"


def test_every_page_that_is_open_to_anybody_is_counted() -> None:
    found = {pattern.callback.page for _, pattern in routes(get_resolver())}
    assert sorted(page.view for page in found if page.who == ANYONE and not page.limit) == UNCOUNTED


def test_nobody_says_their_own_address(rf, settings) -> None:  # type: ignore[no-untyped-def]
    told = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4", "REMOTE_ADDR": "127.0.0.1"}
    assert address_of(rf.get("/", **told)) == "127.0.0.1"
    settings.HTTPS = True
    assert address_of(rf.get("/", **told)) == "198.51.100.4"
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR="nonsense", REMOTE_ADDR="127.0.0.1")) is None


def test_who_asks_too_often_is_logged_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(6):
        Client(REMOTE_ADDR="192.0.2.7").get("/help")
    assert [record.getMessage() for record in caplog.records if record.name == "candour.security"] == [
        "Too often: public address 192.0.2.7"
    ]
