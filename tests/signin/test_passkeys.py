"""Passkeys: as the second step and as the whole sign-in; what does not open, whoever tries; and taking one away."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from candour.kernel.establishment.commands import stop_sign_in
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.keys import handle_of_person, person_of_handle
from candour.kernel.signin.models import Shown, SignIn
from candour.kernel.signin.rules import counted_on
from candour.kernel.signin.work import sweep
from tests.establishment.test_pages import seen, words
from tests.factories import NOW, House
from tests.signin.keyring import Passkey
from tests.signin.people import PASSWORD, SAID, a_person, code_at, recovery_codes, secret_of, signed_in

NOT_SHOWN = "No passkey of yours was shown"
CLOCK = "candour.kernel.access.middleware.timezone.now"


def asked(client: Client, place: str) -> dict[str, str]:
    """What a page asks of a passkey: the options for the browser and the state that comes back."""
    found = client.get(place).context["passkey"]
    return {"options": found["options"], "state": found["state"]}


def makes(client: Client, key: Passkey, *, name: str = "Laptop", use: str = "second", **more: Any) -> Any:
    """Somebody who is signed in adds a passkey."""
    place = more.pop("place", "/sign-in/mine/passkeys/new")
    it = asked(client, place)
    return client.post(
        place, {"name": name, "use": use, "answer": key.make(it["options"]), "state": it["state"]} | more
    )


def with_passkey(house: House, username: str = "clerk", **more: Any) -> tuple[Person, Passkey]:
    """A person with an app and a passkey."""
    person, key = a_person(house, username), Passkey()
    assert makes(signed_in(person), key, **more)["Location"] == "/sign-in/mine/"
    return Person.objects.get(pk=person.pk), key


def half_way(username: str = "clerk") -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": username, "password": PASSWORD})["Location"] == "/sign-in/second"
    return client


def shows(client: Client, key: Passkey, place: str = "/sign-in/second", **instead: Any) -> Any:
    it = asked(client, place)
    return client.post(place, {"answer": key.use(it["options"], **instead), "state": it["state"]})


def refused(response: Any) -> bool:
    return (response.status_code, NOT_SHOWN in words(response.content)) == (422, True)


def noted(count: int = 1) -> list[tuple[str, str, str]]:
    """The latest comings: by which way, what came of it, and more."""
    return list(SignIn.objects.order_by("-pk").values_list("way", "came", "words")[:count])


# As the second step


def test_a_passkey_is_the_second_step_in_the_place_of_a_code(house: House) -> None:
    _, key = with_passkey(house)
    client = half_way()
    assert key.knows(asked(client, "/sign-in/second")["options"]) is True
    assert shows(client, key)["Location"] == "/"
    assert client.get("/risks/").status_code == 200
    assert noted(2) == [("second", "in", "Passkey: Laptop"), ("password", "on", "")]


def test_my_sign_in_lists_passkeys_with_when_each_was_added_and_used(house: House) -> None:
    person, key = with_passkey(house)
    client = half_way()
    assert "not yet" in seen(signed_in_by_code(person), "/sign-in/mine/")
    shows(client, key)
    shown = seen(client, "/sign-in/mine/")
    today = timezone.localtime().strftime("%-d %B %Y")
    assert f"Laptop Second step {today} {today}, " in shown
    assert "authenticator app, 1 passkey, 9 recovery codes left" in shown
    assert [each.event for each in Entry.objects.filter(event="person.passkey_added")] == ["person.passkey_added"]


def signed_in_by_code(person: Person) -> Client:
    client = half_way(person.username)
    client.post("/sign-in/second", {"code": recovery_codes(person)[0]})
    return client


def test_another_site_gets_no_answer_that_opens(house: House) -> None:
    _, key = with_passkey(house)
    key.origin = "https://candour.mereford.example.evil.example"
    assert refused(shows(half_way(), key))
    key.origin, key.host = "http://testserver:8001", "testserver"
    assert refused(shows(half_way(), key))
    key.origin, key.host = "http://testserver", "evil.example"
    assert refused(shows(half_way(), key))
    assert noted() == [("second", "wrong", "")]


def test_an_answer_opens_once_even_with_a_copy_of_everything_that_was_sent(house: House) -> None:
    _, key = with_passkey(house)
    key.counts, key.count = False, 0
    client, copy = half_way(), Client()
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    it = asked(client, "/sign-in/second")
    sent = {"answer": key.use(it["options"]), "state": it["state"]}
    assert client.post("/sign-in/second", sent)["Location"] == "/"
    assert refused(copy.post("/sign-in/second", sent))
    assert noted() == [("second", "wrong", "Laptop: the same answer again")]


def test_an_answer_to_another_question_opens_nothing(house: House) -> None:
    _, key = with_passkey(house)
    client = half_way()
    first, second = asked(client, "/sign-in/second"), asked(client, "/sign-in/second")
    answer = key.use(first["options"])
    assert refused(client.post("/sign-in/second", {"answer": answer, "state": second["state"]}))
    assert refused(client.post("/sign-in/second", {"answer": answer, "state": f"{first['state']}x"}))
    assert refused(client.post("/sign-in/second", {"answer": answer}))


def test_an_answer_is_good_for_ten_minutes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, key = with_passkey(house)
    now = timezone.now()
    client = half_way()
    it = asked(client, "/sign-in/second")
    monkeypatch.setattr(CLOCK, lambda: now + timedelta(minutes=9))
    kept = {"username": "clerk", "password": PASSWORD}
    client.post("/sign-in", kept)
    monkeypatch.setattr(CLOCK, lambda: now + timedelta(minutes=11))
    assert refused(client.post("/sign-in/second", {"answer": key.use(it["options"]), "state": it["state"]}))


def test_a_count_that_goes_back_opens_nothing_and_says_so_in_the_log(house: House) -> None:
    _, key = with_passkey(house)
    key.count = 41
    assert shows(half_way(), key)["Location"] == "/"
    key.count = 41
    key.counts = False
    assert refused(shows(half_way(), key))
    assert noted() == [("second", "wrong", "Laptop: its count went back, so there may be a copy of it")]
    key.counts, key.count = True, 42
    assert shows(half_way(), key)["Location"] == "/"
    assert Authenticator.objects.get(type="webauthn").data["count"] == 43


@pytest.mark.parametrize(
    ("before", "now", "right"), [(0, 0, True), (0, 1, True), (5, 6, True), (5, 5, False), (5, 4, False), (5, 0, False)]
)
def test_a_count_goes_on_or_is_not_kept(before: int, now: int, right: bool) -> None:
    assert counted_on(before, now) is right


def test_the_passkey_of_somebody_else_opens_nothing(house: House) -> None:
    with_passkey(house)
    _, theirs = with_passkey(house, "other", name="Telephone")
    client = half_way()
    assert theirs.knows(asked(client, "/sign-in/second")["options"]) is False
    assert refused(shows(client, theirs))
    stranger = Passkey()
    assert refused(shows(client, stranger))


def test_a_signature_of_something_else_opens_nothing(house: House) -> None:
    _, key = with_passkey(house)
    client = half_way()
    other = json.loads(key.use(asked(client, "/sign-in/second")["options"]))["response"]["signature"]
    assert refused(shows(client, key, signature=other))


@pytest.mark.parametrize("answer", ["", "{", "[]", "null", "5", '{"id": 1}', "x" * 30_000, '{"id":"a","rawId":"a"}'])
def test_what_is_no_answer_opens_nothing(house: House, answer: str) -> None:
    with_passkey(house)
    client = half_way()
    state = asked(client, "/sign-in/second")["state"]
    assert refused(client.post("/sign-in/second", {"answer": answer, "state": state}))
    assert refused(Client().post("/sign-in", {"answer": answer, "state": asked(Client(), "/sign-in")["state"]}))


def test_wrong_passkeys_and_wrong_codes_wait_together(house: House) -> None:
    with_passkey(house)
    client, stranger = Client(REMOTE_ADDR="192.0.2.50"), Passkey()
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    for _ in range(3):
        assert refused(shows(client, stranger))
    for _ in range(2):
        client.post("/sign-in/second", {"code": "000000"})
    assert "Too many wrong answers. Try again in" in words(shows(client, stranger).content)


def test_who_has_passkeys_alone_gives_one_or_a_recovery_code(house: House) -> None:
    person, client = a_person(house, second=False), Client()
    assert client.post("/sign-in", {"username": "clerk", "password": PASSWORD})["Location"] == "/sign-in/set-up"
    assert "Use a passkey instead" in seen(client, "/sign-in/set-up")
    key = Passkey()
    response = makes(client, key, place="/sign-in/set-up/passkey")
    assert response["Location"] == "/sign-in/codes"
    assert "Keep your recovery codes" in seen(client, "/sign-in/codes")
    assert noted() == [("second", "in", "Second step set up: a passkey")]
    assert client.get("/sign-in/set-up/passkey")["Location"] == "/sign-in"
    again = half_way()
    shown = seen(again, "/sign-in/second")
    assert ("Show your passkey" in shown, "Recovery code" in shown) == (True, True)
    assert again.post("/sign-in/second", {"code": recovery_codes(person)[0]})["Location"] == "/"
    assert shows(half_way(), key)["Location"] == "/"


# As the whole sign-in


def test_a_passkey_is_the_whole_sign_in_of_who_chose_so(house: House) -> None:
    _, key = with_passkey(house, use="whole")
    client = Client()
    it = asked(client, "/sign-in")
    options = json.loads(it["options"])["publicKey"]
    assert (options["userVerification"], options.get("allowCredentials")) == ("required", None)
    sent = {"answer": key.use(it["options"]), "state": it["state"], "next": "/risks/"}
    assert client.post("/sign-in", sent)["Location"] == "/risks/"
    assert client.get("/risks/").status_code == 200
    assert noted() == [("passkey", "in", "Passkey: Laptop")]
    assert "Laptop Whole sign-in" in seen(client, "/sign-in/mine/")


def test_a_passkey_that_did_not_make_sure_who_used_it_is_not_the_whole_sign_in(house: House) -> None:
    _, key = with_passkey(house, use="whole")
    key.verified = False
    assert refused(shows(Client(), key, "/sign-in"))
    assert noted() == [("passkey", "wrong", "")]
    assert shows(half_way(), key)["Location"] == "/"


def test_a_passkey_of_the_second_step_is_not_the_whole_sign_in(house: House) -> None:
    _, key = with_passkey(house)
    assert refused(shows(Client(), key, "/sign-in"))


def test_a_passkey_finds_nobody_but_its_own_person(house: House) -> None:
    _, mine = with_passkey(house, use="whole")
    other, theirs = with_passkey(house, "other", use="whole")
    assert refused(shows(Client(), mine, "/sign-in", userHandle=theirs.handle))
    assert refused(shows(Client(), mine, "/sign-in", userHandle=""))
    assert person_of_handle(handle_of_person(other.pk)) == other.pk
    assert person_of_handle(f"{other.pk}.{'0' * 32}") == 0
    assert [person_of_handle(words) for words in ("", "x", "5", "٣.x", "9" * 40)] == [0] * 5


def test_the_answer_to_the_second_step_does_not_open_the_door_by_itself(house: House) -> None:
    _, key = with_passkey(house, use="whole")
    it = asked(half_way(), "/sign-in/second")
    assert refused(Client().post("/sign-in", {"answer": key.use(it["options"]), "state": it["state"]}))


def test_whose_sign_in_was_stopped_does_not_come_in_by_a_passkey(house: House) -> None:
    person, key = with_passkey(house, use="whole")
    stop_sign_in(person, **SAID)
    assert refused(shows(Client(), key, "/sign-in"))
    assert noted() == [("passkey", "stopped", "The sign-in is stopped")]


def test_where_the_organisation_alone_signs_in_no_passkey_does(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    _, key = with_passkey(house, use="whole")
    client = Client()
    it = asked(client, "/sign-in")
    settings.LOCAL_ACCOUNTS = False
    assert client.get("/sign-in").context["passkey"] is None
    client.post("/sign-in", {"answer": key.use(it["options"]), "state": it["state"]})
    assert client.get("/risks/").status_code == 302


def test_an_address_that_tries_many_passkeys_waits(house: House) -> None:
    client, stranger = Client(REMOTE_ADDR="192.0.2.60"), Passkey()
    for _ in range(30):
        assert refused(shows(client, stranger, "/sign-in"))
    assert "Too many wrong answers" in words(shows(client, stranger, "/sign-in").content)


# Adding and taking away


@pytest.mark.parametrize("key", [Passkey(verified=False), Passkey(stays=False)])
def test_the_whole_sign_in_needs_a_passkey_that_makes_sure_who_uses_it(house: House, key: Passkey) -> None:
    client = signed_in(a_person(house))
    response = makes(client, key, use="whole")
    assert (response.status_code, "so it cannot be the whole sign-in" in words(response.content)) == (422, True)
    assert makes(client, key, use="second")["Location"] == "/sign-in/mine/"


def test_a_passkey_is_added_once_and_belongs_to_one_person(house: House) -> None:
    person, key = with_passkey(house)
    other = signed_in(a_person(house, "other"))
    response = makes(other, key)
    assert (response.status_code, "This passkey is here already" in words(response.content)) == (422, True)
    assert Authenticator.objects.filter(type="webauthn").values_list("user", flat=True).get() == person.pk


def test_without_a_name_a_use_or_a_passkey_nothing_is_added(house: House) -> None:
    client = signed_in(a_person(house))
    for more in ({"name": ""}, {"use": ""}, {"use": "all"}, {"answer": ""}, {"state": "x"}):
        assert makes(client, Passkey(), **more).status_code == 422
    wrong = Passkey(origin="https://evil.example")
    response = makes(client, wrong)
    assert (response.status_code, "No passkey was made" in words(response.content)) == (422, True)
    assert Authenticator.objects.filter(type="webauthn").count() == 0


def test_the_answer_for_one_person_adds_nothing_to_another(house: House) -> None:
    mine, theirs = signed_in(a_person(house)), signed_in(a_person(house, "other"))
    it, key = asked(mine, "/sign-in/mine/passkeys/new"), Passkey()
    sent = {"name": "X", "use": "second", "answer": key.make(it["options"]), "state": it["state"]}
    assert theirs.post("/sign-in/mine/passkeys/new", sent).status_code == 422


def test_taking_a_passkey_away_ends_every_other_sign_in_and_is_recorded(house: House) -> None:
    person, key = with_passkey(house)
    here, there = half_way(), half_way()
    shows(here, key)
    shows(there, key)
    row = Authenticator.objects.get(type="webauthn")
    place = f"/sign-in/mine/passkeys/{row.pk}/remove"
    assert "Do you want to remove “Laptop”?" in seen(here, place)
    assert here.post(place)["Location"] == "/sign-in/mine/"
    assert [client.get("/risks/").status_code for client in (here, there)] == [200, 302]
    assert Entry.objects.filter(event="person.passkey_removed", record_id=person.pk).count() == 1
    assert here.get(place).status_code == 404
    assert half_way().get("/sign-in/second").context["passkey"] is None
    assert "Here" in seen(here, "/sign-in/mine/")
    assert verify().holds is True


def test_the_only_second_step_is_not_taken_away(house: House) -> None:
    client = Client()
    a_person(house, second=False)
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    makes(client, Passkey(), place="/sign-in/set-up/passkey")
    row = Authenticator.objects.get(type="webauthn")
    place = f"/sign-in/mine/passkeys/{row.pk}/remove"
    assert "It is your only second step" in seen(client, place)
    response = client.post(place)
    assert (response.status_code, Authenticator.objects.filter(pk=row.pk).exists()) == (422, True)


def test_nobody_takes_the_passkey_of_somebody_else_away(house: House) -> None:
    with_passkey(house)
    row = Authenticator.objects.get(type="webauthn")
    other = signed_in(a_person(house, "other"))
    assert other.post(f"/sign-in/mine/passkeys/{row.pk}/remove").status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists() is True


def test_an_administrator_resets_what_was_lost_and_the_history_says_so(house: House) -> None:
    person, key = with_passkey(house, use="whole")
    commands.reset_second(person, actor=house.actors["admin"], at=NOW, reason="The telephone is lost")
    assert Authenticator.objects.filter(user=person.pk).count() == 0
    assert refused(shows(Client(), key, "/sign-in"))
    entry = Entry.objects.filter(record_kind="people.person", record_id=person.pk).latest("sequence")
    assert (entry.event, entry.actor_kind) == ("person.second_step_reset", "person")


def test_who_has_ten_passkeys_takes_one_away_first(house: House) -> None:
    client = signed_in(a_person(house))
    for number in range(10):
        assert makes(client, Passkey(), name=f"Key {number}")["Location"] == "/sign-in/mine/"
    response = makes(client, Passkey())
    assert (response.status_code, "10 passkeys are the most" in words(response.content)) == (422, True)


def test_nothing_kept_of_a_passkey_opens_anything(house: House) -> None:
    """The public key, the number and the count are kept; the private key never left the authenticator."""
    _, key = with_passkey(house)
    data = Authenticator.objects.get(type="webauthn").data
    assert sorted(data) == ["count", "key", "name", "number", "whole"]
    private = key.key.private_numbers().private_value.to_bytes(32, "big")
    assert private.hex() not in json.dumps(data)


def test_challenges_are_forgotten_when_they_would_not_hold_any_more(house: House) -> None:
    _, key = with_passkey(house)
    shows(half_way(), key)
    assert Shown.objects.count() == 2
    sweep(timezone.now() + timedelta(minutes=11), {})
    assert Shown.objects.count() == 0


def test_the_secret_of_the_app_stays_when_a_passkey_is_added(house: House) -> None:
    person, _ = with_passkey(house)
    client = half_way()
    code = code_at(timezone.now() + timedelta(seconds=30), secret_of(person))
    assert client.post("/sign-in/second", {"code": code})["Location"] == "/"
