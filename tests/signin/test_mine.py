"""One's own sign-in: how long it lasts, and what one can change of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from candour.kernel.history.models import Entry
from candour.kernel.people.models import Person
from candour.kernel.signin.models import SignIn
from tests.establishment.test_pages import seen, words
from tests.factories import House
from tests.signin.people import PASSWORD, a_person, code_at, recovery_codes, secret_of, signed_in

NEW = "heron beside the weir"
CLOCK = "candour.kernel.access.middleware.timezone.now"


def test_a_sign_in_ends_after_an_hour_without_a_page_and_after_twelve_with(  # type: ignore[no-untyped-def]
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, idle, now = signed_in(a_person(house)), signed_in(a_person(house, "other")), timezone.now()
    status = []
    for quarters in range(1, 49):
        later = now + timedelta(minutes=15 * quarters)
        monkeypatch.setattr(CLOCK, lambda later=later: later)
        status.append(busy.get("/risks/").status_code)
        if quarters == 5:
            assert idle.get("/risks/").status_code == 302
    assert (set(status[:47]), status[47]) == ({200}, 302)


def test_a_session_that_does_not_say_when_it_began_is_over(house: House) -> None:
    client = Client()
    client.force_login(house.people["policy"])
    session = client.session
    del session["since"]
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.get("/risks/").status_code == 302


def test_signing_out_everywhere_ends_every_copy_of_the_cookie(house: House) -> None:
    person = a_person(house)
    here, there = signed_in(person), Client()
    there.cookies["sessionid"] = here.cookies["sessionid"].value
    assert there.get("/risks/").status_code == 200
    assert here.post("/sign-in/mine/out")["Location"] == "/sign-in"
    assert [client.get("/risks/").status_code for client in (here, there)] == [302, 302]
    assert Entry.objects.filter(event="person.signed_out", record_id=person.pk).count() == 1


def test_my_sign_in_shows_when_and_from_where(house: House) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    person = a_person(house)
    Client().post("/sign-in", {"username": "clerk", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    shown = seen(signed_in(person, HTTP_USER_AGENT=agent, REMOTE_ADDR="192.0.2.7"), "/sign-in/mine/")
    assert "Second step Signed in Code of the app Firefox on Windows, 192.0.2.7" in shown
    assert "Password Wrong 203.0.113.9" in shown
    assert "authenticator app, 10 recovery codes left" in shown


def test_my_sign_in_asks_the_same_number_of_queries_at_one_and_many(house: House, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    person = a_person(house)
    client = signed_in(person)
    with django_assert_num_queries(7):
        client.get("/sign-in/mine/")
    SignIn.objects.bulk_create(SignIn(at=timezone.now(), person=person, way="password", came="in") for _ in range(30))
    with django_assert_num_queries(7):
        client.get("/sign-in/mine/")


def test_changing_the_password_asks_for_the_old_one_and_ends_every_sign_in(house: House) -> None:
    person = a_person(house)
    here, there = signed_in(person), signed_in(person, password=PASSWORD)
    wrong = here.post("/sign-in/mine/password", {"old": "wrong", "password": NEW})
    assert (wrong.status_code, "This is not your password" in words(wrong.content)) == (422, True)
    weak = here.post("/sign-in/mine/password", {"old": PASSWORD, "password": "123456789012345"})
    assert weak.status_code == 422
    assert here.post("/sign-in/mine/password", {"old": PASSWORD, "password": NEW})["Location"] == "/sign-in/second"
    assert [client.get("/risks/").status_code for client in (here, there)] == [302, 302]
    code = recovery_codes(person)[0]
    assert here.post("/sign-in/second", {"code": code})["Location"] == "/"
    assert Person.objects.get(pk=person.pk).check_password(NEW) is True


def test_new_recovery_codes_ask_for_a_code_and_shut_the_old_ones(house: House) -> None:
    person = a_person(house)
    client, old = signed_in(person), recovery_codes(person)
    assert client.get("/sign-in/codes")["Location"] == "/sign-in/mine/"
    assert client.post("/sign-in/mine/codes", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/mine/codes", {"code": old[0]})["Location"] == "/sign-in/codes"
    new = recovery_codes(person)
    assert (len(new), set(new) & set(old)) == (10, set())
    assert f"{new[0][:4]} {new[0][4:8]}" in seen(client, "/sign-in/codes")


def test_another_app_asks_for_a_code_and_is_set_up_at_the_next_sign_in(house: House) -> None:
    person = a_person(house)
    client, before = signed_in(person), secret_of(person)
    assert client.post("/sign-in/mine/app", {"code": recovery_codes(person)[0]})["Location"] == "/sign-in"
    first = client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    assert first["Location"] == "/sign-in/set-up"
    client.get("/sign-in/set-up")
    secret = client.session["second"]
    client.post("/sign-in/set-up", {"code": code_at(timezone.now(), secret)})
    assert (secret_of(person), secret == before) == (secret, False)


def test_who_signs_in_another_way_has_no_password_to_change(house: House) -> None:
    client = Client()
    client.force_login(house.people["policy"])
    for place in ("password", "codes", "app"):
        assert client.get(f"/sign-in/mine/{place}")["Location"] == "/sign-in/mine/"
    assert "Nothing is noted yet" in seen(client, "/sign-in/mine/")
