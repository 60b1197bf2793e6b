"""The organisation's sign-in asked again before what is dangerous, and a second step of Candour's own where it is wanted."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from candour.kernel.establishment.commands import appoint
from candour.kernel.people.models import Person, Post
from candour.kernel.signin import commands
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.rules import read_claims
from tests.establishment.test_pages import seen, words
from tests.factories import NOW, START, House
from tests.signin.keyring import Passkey
from tests.signin.people import SAID, SECRET, a_person, code_at, recovery_codes
from tests.signin.test_directory import CLERK, arrives, directory, known, provider
from tests.signin.test_passkeys import makes

__all__ = ["directory", "provider"]
NAME = "clerk@mereford.example"
EARLIER = NOW - timedelta(hours=1)


def with_account(house: House, provider: str, *, post: str = "reader", **claims: Any) -> Person:
    """Somebody without a password whom the provider knows."""
    person = a_person(house, NAME, post=post, second=False, password=None)
    known(provider, "s1", **CLERK, **claims)
    return person


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    monkeypatch.setattr("candour.kernel.access.middleware.timezone.now", lambda: then)


def notes() -> list[tuple[str, str, str]]:
    return list(SignIn.objects.order_by("pk").values_list("way", "came", "words"))


# Asked again


def test_whom_the_organisation_signs_in_it_is_asked_to_ask_again(
    house: House, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_account(house, provider)
    appoint(person, Post.objects.get(pk=house.posts["admin"].pk), starts=START, **SAID)
    client = Client()
    arrives(client, "s1")
    assert client.get("/service-tokens/new/").status_code == 200
    later(monkeypatch, 11)
    away = client.get("/service-tokens/new/")["Location"]
    assert away == "/sign-in/again?next=%2Fservice-tokens%2Fnew%2F"
    shown = client.get(away).content.decode()
    assert "Go on with your Mereford account" in shown
    again = "/sign-in/directory?next=%2Fservice-tokens%2Fnew%2F&again=1"
    assert again.replace("&", "&amp;") in shown
    asked = parse_qs(urlsplit(client.get(again)["Location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])


def test_an_answer_that_says_that_nobody_was_asked_again_is_not_taken(house: House, provider: str) -> None:
    now = int(datetime.now(UTC).timestamp())
    person = with_account(house, provider, auth_time=now - 3600)
    client = Client()
    assert arrives(client, "s1")["Location"] == "/"
    response = arrives(client, "s1", address="/sign-in/directory?again=1")
    assert response["Location"] == "/sign-in"
    assert "did not ask who you are again" in words(client.get("/sign-in").content)
    assert person.is_active


def test_the_claims_say_when_and_by_how_much_somebody_was_asked() -> None:
    said: dict[str, Any] = {"sub": "s1", "iss": "https://login.example"}
    plain = read_claims(said, claim="roles")
    assert (plain.several, plain.shown) == (False, 0)
    told = read_claims(said | {"amr": ["pwd", "mfa"], "auth_time": 1_790_000_000}, claim="roles")
    assert (told.several, told.shown) == (True, 1_790_000_000)
    odd = read_claims(said | {"amr": "mfa", "auth_time": "now"}, claim="roles")
    assert (odd.several, odd.shown) == (False, 0)


# A second step of Candour's own


def test_without_the_setting_the_organisations_sign_in_is_enough(house: House, provider: str) -> None:
    with_account(house, provider, post="policy")
    assert arrives(Client(), "s1")["Location"] == "/"


def test_with_it_who_may_see_restricted_records_gives_a_second_step_too(  # type: ignore[no-untyped-def]
    house: House, provider: str, settings
) -> None:
    settings.SECOND_FOR_RESTRICTED = True
    settings.LOCAL_ACCOUNTS = False
    person = with_account(house, provider, post="policy")
    client = Client()
    response = arrives(client, "s1", address="/sign-in/directory?next=/risks/")
    assert response["Location"] == "/sign-in/set-up"
    assert client.get("/risks/").status_code == 302
    commands.set_up_second(Person.objects.get(pk=person.pk), secret=SECRET, code=code_at(EARLIER), at=EARLIER)
    again = Client()
    assert arrives(again, "s1", address="/sign-in/directory?next=/risks/")["Location"] == "/sign-in/second"
    assert again.get("/risks/").status_code == 302
    answer = again.post("/sign-in/second", {"code": recovery_codes(person)[0]})
    assert (answer["Location"], again.get("/risks/").status_code) == ("/risks/", 200)
    assert notes()[-2:] == [("directory", "on", ""), ("second", "in", "Recovery code")]


def test_with_it_who_sees_none_and_whom_the_directory_asked_for_more_come_in_at_once(  # type: ignore[no-untyped-def]
    house: House, provider: str, settings
) -> None:
    settings.SECOND_FOR_RESTRICTED = True
    person = with_account(house, provider)
    assert arrives(Client(), "s1")["Location"] == "/"
    appoint(person, Post.objects.get(pk=house.posts["policy"].pk), starts=START, **SAID)
    assert arrives(Client(), "s1")["Location"] == "/sign-in/set-up"
    known(provider, "s1", **CLERK, amr=["pwd", "mfa"])
    assert arrives(Client(), "s1")["Location"] == "/"


def test_whom_the_organisation_signs_in_has_a_passkey_as_the_second_step_alone(  # type: ignore[no-untyped-def]
    house: House, provider: str, settings
) -> None:
    settings.SECOND_FOR_RESTRICTED = True
    with_account(house, provider, post="policy")
    client = Client()
    arrives(client, "s1")
    assert "The whole sign-in" not in seen(client, "/sign-in/set-up/passkey")
    response = makes(client, Passkey(), use="whole", place="/sign-in/set-up/passkey")
    assert response["Location"] == "/sign-in/codes"
    assert "Laptop Second step" in seen(client, "/sign-in/mine/")
