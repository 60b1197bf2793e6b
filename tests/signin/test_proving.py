"""What is dangerous asks again who one is; and what the organisation vouches for is asked for a second step where it must."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from candour.kernel.establishment.commands import appoint
from candour.kernel.people.models import Post
from candour.kernel.signin.models import SignIn
from candour.kernel.web.page import pages
from tests.establishment.test_pages import seen
from tests.factories import START, House
from tests.signin.people import SAID, a_person, recovery_codes, signed_in
from tests.signin.test_passkeys import shows, with_passkey

CLOCK = "candour.kernel.access.middleware.timezone.now"
PROVED = {
    "candour.kernel.establishment.views.people.change_person",
    "candour.kernel.establishment.views.people.set_password",
    "candour.kernel.service.views.make",
    "candour.kernel.signin.views.mine.my_app",
    "candour.kernel.signin.views.mine.my_codes",
    "candour.kernel.signin.views.passkeys.add_passkey",
    "candour.kernel.signin.views.passkeys.remove_passkey",
    "candour.kernel.signin.views.people.invite_person",
    "candour.kernel.signin.views.people.reset_person",
    "candour.kernel.signin.views.table.map_value",
    "candour.kernel.signin.views.table.unmap",
}


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    monkeypatch.setattr(CLOCK, lambda: then)


def administrator(house: House) -> tuple[Any, Client]:
    person = a_person(house, "boss")
    appoint(person, Post.objects.get(pk=house.posts["admin"].pk), starts=START, **SAID)
    return person, signed_in(person)


def test_these_pages_ask_again_who_one_is() -> None:
    assert {page.view for page in pages() if page.proved} == PROVED


def test_within_ten_minutes_of_signing_in_nobody_is_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client = administrator(house)
    later(monkeypatch, 9)
    assert client.get("/service-tokens/new/").status_code == 200


def test_after_that_a_code_leads_back_to_the_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    person, client = administrator(house)
    later(monkeypatch, 11)
    away = client.get("/posts/directory/new/")
    assert away["Location"] == "/sign-in/again?next=%2Fposts%2Fdirectory%2Fnew%2F"
    assert "Show that it is you" in seen(client, away["Location"])
    wanted = {"next": "/posts/directory/new/"}
    assert client.post("/sign-in/again", wanted | {"code": "000000"}).status_code == 422
    assert client.get("/posts/directory/new/").status_code == 302
    answer = client.post("/sign-in/again", wanted | {"code": recovery_codes(person)[0]})
    assert answer["Location"] == "/posts/directory/new/"
    assert client.get("/posts/directory/new/").status_code == 200
    assert client.get("/sign-in/again?next=/posts/directory/new/")["Location"] == "/posts/directory/new/"
    row = SignIn.objects.latest("pk")
    assert (row.way, row.came, row.words) == ("second", "again", "Recovery code")


def test_a_passkey_leads_back_too_and_never_to_another_site(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    person, key = with_passkey(house)
    client = signed_in_later(person)
    later(monkeypatch, 11)
    assert shows(client, key, "/sign-in/again?next=https://evil.example/")["Location"] == "/sign-in/mine/"
    assert client.get("/sign-in/mine/codes").status_code == 200


def signed_in_later(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_form_that_was_opened_may_be_sent_within_the_hour(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client = administrator(house)
    given = {"value": "candour.policy", "post": str(house.posts["policy"].pk), "reason": "Agreed"}
    later(monkeypatch, 55)
    client.get("/posts/")  # so that the sign-in itself does not run out
    assert client.post("/posts/directory/new/", given)["Location"] == "/posts/directory/"
    later(monkeypatch, 61)
    assert client.post("/posts/directory/new/", given)["Location"].startswith("/sign-in/again?next=")


def test_who_may_not_open_a_page_is_not_asked_either(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(a_person(house))
    later(monkeypatch, 11)
    assert client.get("/service-tokens/new/").status_code == 404


def test_who_has_nothing_to_show_here_is_sent_to_sign_in_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.force_login(house.people["admin"])
    later(monkeypatch, 11)
    assert "Sign out, sign in, and open the page" in seen(client, "/sign-in/again?next=/posts/directory/new/")
