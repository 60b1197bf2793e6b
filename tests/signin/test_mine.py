"""One's own sign-in: how long it lasts, and what one can change of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from candour.kernel.establishment.commands import restore_sign_in, stop_sign_in
from candour.kernel.history.models import Entry
from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.commands import Place
from candour.kernel.signin.models import SignIn
from tests.establishment.test_pages import seen, words
from tests.factories import House
from tests.signin.people import PASSWORD, SAID, a_person, code_at, recovery_codes, secret_of, signed_in

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


def test_signing_out_ends_every_copy_of_this_cookie_and_no_other_sign_in(house: House) -> None:
    person = a_person(house)
    here, copy, other = signed_in(person), Client(), Client()
    copy.cookies["sessionid"] = here.cookies["sessionid"].value
    commands.second_step(person, recovery_codes(person)[0], place=Place(), at=timezone.now())
    other.force_login(person)
    assert here.post("/sign-out")["Location"] == "/sign-in"
    assert [client.get("/risks/").status_code for client in (here, copy, other)] == [302, 302, 200]
    row = Person.objects.get(pk=person.pk)
    assert len(row.ended.split()) == 1
    commands.end_sign_in(
        row, "abcd", until=timezone.now() + timedelta(hours=30), at=timezone.now() + timedelta(hours=13)
    )
    assert [each.partition(".")[0] for each in Person.objects.get(pk=person.pk).ended.split()] == ["abcd"]


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(house: House) -> None:
    person = a_person(house)
    there = signed_in(person, HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/604.1", REMOTE_ADDR="192.0.2.9")
    here = Client()
    here.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    here.post("/sign-in/second", {"code": recovery_codes(person)[0]})
    shown = seen(here, "/sign-in/mine/")
    assert ("Safari on iPhone, 192.0.2.9" in shown, "Here" in shown) == (True, True)
    number = there.session["number"]
    assert here.get(f"/sign-in/mine/open/{here.session['number']}/end").status_code == 404
    assert here.get("/sign-in/mine/open/nothing/end").status_code == 404
    assert "Do you want to end this sign-in?" in seen(here, f"/sign-in/mine/open/{number}/end")
    assert here.post(f"/sign-in/mine/open/{number}/end")["Location"] == "/sign-in/mine/"
    assert [client.get("/risks/").status_code for client in (here, there)] == [200, 302]
    assert here.get(f"/sign-in/mine/open/{number}/end").status_code == 404


def test_nobody_ends_the_sign_in_of_somebody_else_by_its_number(house: House) -> None:
    mine, theirs = signed_in(a_person(house)), signed_in(a_person(house, "other"))
    assert mine.post(f"/sign-in/mine/open/{theirs.session['number']}/end").status_code == 404
    assert theirs.get("/risks/").status_code == 200


def test_who_was_stopped_and_restored_signs_in_anew(house: House) -> None:
    person = a_person(house)
    client = signed_in(person)
    stop_sign_in(person, **SAID)
    restore_sign_in(Person.objects.get(pk=person.pk), **SAID)
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
    with django_assert_num_queries(8):
        client.get("/sign-in/mine/")
    made = [
        SignIn(at=timezone.now(), person=person, way="password", came="in", number=str(number)) for number in range(30)
    ]
    SignIn.objects.bulk_create(made)
    with django_assert_num_queries(8):
        assert client.get("/sign-in/mine/").content.count(b"End it") == 30


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


def test_new_recovery_codes_shut_the_old_ones(house: House) -> None:
    person = a_person(house)
    client, old = signed_in(person), recovery_codes(person)
    assert client.get("/sign-in/codes")["Location"] == "/sign-in/mine/"
    assert "Do you want new recovery codes?" in seen(client, "/sign-in/mine/codes")
    assert client.post("/sign-in/mine/codes")["Location"] == "/sign-in/codes"
    new = recovery_codes(person)
    assert (len(new), set(new) & set(old)) == (10, set())
    assert f"{new[0][:4]} {new[0][4:8]}" in seen(client, "/sign-in/codes")


def test_another_app_is_set_up_in_the_place_of_the_old_one_and_ends_other_sign_ins(house: House) -> None:
    person = a_person(house)
    there, here, before = signed_in(person), Client(), secret_of(person)
    here.cookies["sessionid"] = there.cookies["sessionid"].value
    here.get("/sign-in/mine/app")
    secret = here.session["second"]
    assert here.post("/sign-in/mine/app", {"code": "000000"}).status_code == 422
    assert secret_of(person) == before
    assert here.post("/sign-in/mine/app", {"code": code_at(timezone.now(), secret)})["Location"] == "/sign-in/mine/"
    assert secret_of(person) == secret
    assert [client.get("/risks/").status_code for client in (here, there)] == [200, 302]
    assert len(recovery_codes(person)) == 10


def test_who_signs_in_another_way_has_no_password_to_change(house: House) -> None:
    client = Client()
    client.force_login(house.people["policy"])
    for place in ("password", "codes", "app", "passkeys/new"):
        assert client.get(f"/sign-in/mine/{place}")["Location"] == "/sign-in/mine/"
    assert "Nothing is noted yet" in seen(client, "/sign-in/mine/")
