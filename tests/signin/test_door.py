"""Signing in with a password and a code: who comes in, who waits, and what is noted."""

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
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.commands import Place
from candour.kernel.signin.models import SignIn, Throttle
from tests.establishment.test_pages import words
from tests.factories import NOW, House
from tests.signin.people import PASSWORD, SAID, SECRET, a_person, code_at, recovery_codes, secret_of, signed_in

FROM = Place("192.0.2.7", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
MINUTE = timedelta(minutes=1)
WRONG = "The user name or the password is not right: try again"
GIVEN = {"username": "clerk", "password": PASSWORD}


def knocks(username: str, password: str, times: int, *, place: Place = FROM, at: Any = NOW) -> list[bool]:
    """Of each knock whether it was looked at, and not told to wait."""
    return [not commands.knock(username, password, place=place, at=at).wait for _ in range(times)]


def entries(person: Person) -> list[str]:
    rows = Entry.objects.filter(record_kind="people.person", record_id=person.pk).order_by("sequence")
    return list(rows.values_list("event", flat=True))


def noted() -> list[tuple[str, str, str | None]]:
    rows = SignIn.objects.order_by("pk").select_related("person")
    return [(row.way, row.came, row.person.username if row.person else None) for row in rows]


def test_a_password_and_a_code_let_somebody_in_to_the_page_that_they_wanted(house: House) -> None:
    person, client = a_person(house), Client()
    assert client.get("/risks/")["Location"] == "/sign-in?next=%2Frisks%2F"
    first = client.post("/sign-in", GIVEN | {"next": "/risks/"})
    assert first["Location"] == "/sign-in/second"
    assert client.get("/risks/").status_code == 302
    assert client.post("/sign-in/second", {"code": code_at(timezone.now())})["Location"] == "/risks/"
    assert client.get("/risks/").status_code == 200
    assert noted() == [("password", "on", "clerk"), ("second", "in", "clerk")]
    assert Person.objects.get(pk=person.pk).last_login is not None


def test_a_role_signs_nobody_in_outside_the_demonstration(house: House) -> None:
    client = Client()
    assert client.post("/sign-in", {"role": "policy"}).status_code == 422
    assert "Choose who you are" not in words(client.get("/sign-in").content)
    assert client.get("/risks/").status_code == 302


@pytest.mark.parametrize(
    ("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("policy", "!"), ("CLERK", PASSWORD)]
)
def test_what_is_wrong_is_said_alike_whatever_it_is(house: House, username: str, password: str) -> None:
    a_person(house)
    client = Client()
    response = client.post("/sign-in", {"username": username, "password": password})
    assert (response.status_code, WRONG in words(response.content)) == (422, True)
    assert client.get("/sign-in/second")["Location"] == "/sign-in"


def test_a_user_name_that_nobody_has_is_noted_without_it(house: House) -> None:
    commands.knock("my secret password", "x", place=FROM, at=NOW)
    row = SignIn.objects.get()
    assert (row.way, row.came, row.person, row.address, row.words) == ("password", "wrong", None, "192.0.2.7", "")


def test_after_five_wrong_answers_a_stranger_waits_and_ever_longer_but_never_for_good(house: House) -> None:
    person, later, waits = a_person(house), NOW, []
    assert knocks("clerk", "wrong", 6) == [True] * 5 + [False]
    for _ in range(8):
        wait = commands.knock("clerk", PASSWORD, place=FROM, at=later).wait
        waits.append(wait.total_seconds())
        later += wait
        commands.knock("clerk", "wrong", place=FROM, at=later)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert commands.knock("clerk", PASSWORD, place=FROM, at=later + 15 * MINUTE).person == person


def test_a_name_that_nobody_has_waits_like_one_that_is(house: House) -> None:
    assert knocks("nobody", "wrong", 6) == [True] * 5 + [False]


def test_strangers_shut_nobody_out_of_a_browser_that_they_know(house: House) -> None:
    """However many are wrong from elsewhere, who signed in from this browser before is asked at once."""
    client = signed_in(a_person(house))
    client.post("/sign-out")
    for number in range(40):
        Client().post("/sign-in", GIVEN | {"password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number % 9}")
    assert "Too many wrong answers. Try again in" in words(Client().post("/sign-in", GIVEN).content)
    assert client.post("/sign-in", GIVEN)["Location"] == "/sign-in/second"


def test_a_known_browser_has_a_count_of_its_own_and_waits_too(house: House) -> None:
    person = a_person(house)
    known = Place("192.0.2.7", "", device="d1", known=(person.pk, person.epoch))
    assert knocks("clerk", "wrong", 6, place=known) == [True] * 5 + [False]
    assert knocks("clerk", "wrong", 1) == [True]


def test_a_browser_known_to_somebody_else_or_before_signing_out_everywhere_is_a_strangers(house: House) -> None:
    person = a_person(house)
    assert Place(device="d1", known=(person.pk, 0)).of(person) == "d1"
    assert Place(device="d1", known=(house.people["policy"].pk, 0)).of(person) == ""
    commands.sign_out_everywhere(person, **SAID)
    assert Place(device="d1", known=(person.pk, 0)).of(person) == ""


def test_one_address_that_tries_many_names_waits(house: House) -> None:
    seen = [not commands.knock(f"name{number}", "wrong", place=FROM, at=NOW).wait for number in range(31)]
    assert seen == [True] * 30 + [False]
    assert knocks("name99", "wrong", 1, place=Place("192.0.2.8")) == [True]


def test_a_wrong_answer_of_yesterday_is_forgotten(house: House) -> None:
    a_person(house)
    knocks("clerk", "wrong", 5)
    assert knocks("clerk", "wrong", 5, at=NOW + timedelta(hours=25)) == [True] * 5


def test_the_right_password_begins_the_count_anew(house: House) -> None:
    a_person(house)
    knocks("clerk", "wrong", 4)
    commands.knock("clerk", PASSWORD, place=FROM, at=NOW)
    assert knocks("clerk", "wrong", 5) == [True] * 5


def test_an_administrator_lets_somebody_be_asked_at_once(house: House) -> None:
    person = a_person(house)
    knocks("clerk", "wrong", 6)
    commands.unlock(person, actor=house.actors["admin"], at=NOW, reason="They telephoned")
    assert knocks("clerk", PASSWORD, 1) == [True]
    assert entries(person)[-1] == "person.unlocked"
    with pytest.raises(Refused, match="Nothing is counted"):
        commands.unlock(Person.objects.get(username="reader"), actor=house.actors["admin"], at=NOW, reason="Why")


def test_whose_sign_in_was_stopped_does_not_come_in(house: House) -> None:
    stop_sign_in(a_person(house), **SAID)
    assert commands.knock("clerk", PASSWORD, place=FROM, at=NOW).person is None
    assert noted() == [("password", "stopped", "clerk")]


def test_behind_the_proxy_its_word_for_the_address_counts_and_elsewhere_nobodys(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    told = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4", "REMOTE_ADDR": "127.0.0.1"}
    Client().post("/sign-in", GIVEN, **told)
    settings.HTTPS = True
    Client().post("/sign-in", GIVEN, **told)
    assert list(SignIn.objects.order_by("pk").values_list("address", flat=True)) == ["127.0.0.1", "198.51.100.4"]


# The second step


def test_each_code_opens_once_and_the_clock_may_differ_by_half_a_minute(house: House) -> None:
    person = a_person(house)
    late, early = NOW - timedelta(seconds=30), NOW + timedelta(seconds=30)

    def came(code: str) -> str:
        return commands.second_step(person, code, place=FROM, at=NOW).words

    assert came(code_at(late)) == "Code of the app"
    assert came(code_at(late)) == ""
    assert came(code_at(NOW)) == "Code of the app"
    assert came(f" {code_at(early)[:3]} {code_at(early)[3:]} ") == "Code of the app"
    assert came(code_at(NOW)) == ""
    assert came(code_at(NOW + 2 * MINUTE)) == ""


def test_wrong_codes_wait_like_wrong_passwords(house: House) -> None:
    person = a_person(house)
    waits = [commands.second_step(person, "000000", place=FROM, at=NOW).wait for _ in range(6)]
    assert waits == [timedelta()] * 5 + [timedelta(seconds=30)]
    assert commands.second_step(person, code_at(NOW), place=FROM, at=NOW).person is None
    later = NOW + timedelta(seconds=30)
    assert commands.second_step(person, code_at(later), place=FROM, at=later).person == person


def test_a_recovery_code_opens_once(house: House) -> None:
    person = a_person(house)
    first = recovery_codes(person)[0]
    assert len(recovery_codes(person)) == 10
    typed = f"{first[:4]} {first[4:8]} {first[8:]}"
    assert commands.second_step(person, typed, place=FROM, at=NOW).words == "Recovery code"
    assert commands.second_step(person, first, place=FROM, at=NOW).person is None
    assert len(recovery_codes(person)) == 9


def test_the_second_step_needs_the_first_and_within_ten_minutes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    a_person(house)
    client = Client()
    assert client.get("/sign-in/second")["Location"] == "/sign-in"
    assert client.post("/sign-in/second", {"code": code_at(NOW)})["Location"] == "/sign-in"
    monkeypatch.setattr("candour.kernel.access.middleware.timezone.now", lambda: NOW)
    client.post("/sign-in", GIVEN)
    assert client.get("/sign-in/second").status_code == 200
    monkeypatch.setattr("candour.kernel.access.middleware.timezone.now", lambda: NOW + 11 * MINUTE)
    assert client.get("/sign-in/second")["Location"] == "/sign-in"


def test_a_new_password_ends_a_sign_in_that_is_half_done(house: House) -> None:
    person, client = a_person(house), Client()
    client.post("/sign-in", GIVEN)
    commands.choose_password(person, password="heron beside the weir", at=NOW, reason="Why")
    assert client.get("/sign-in/second")["Location"] == "/sign-in"


def test_who_has_no_second_step_sets_it_up_before_anything_else(house: House) -> None:
    person, client = a_person(house, second=False), Client()
    assert client.post("/sign-in", GIVEN | {"next": "/risks/"})["Location"] == "/sign-in/set-up"
    assert client.get("/risks/").status_code == 302
    shown = client.get("/sign-in/set-up").content.decode()
    secret = client.session["second"]
    assert 'src="data:image/svg+xml;base64,' in shown
    assert f"<code>{secret[:4]} {secret[4:8]}" in shown
    assert client.post("/sign-in/set-up", {"code": "000000"}).status_code == 422
    code = code_at(timezone.now(), secret)
    assert client.post("/sign-in/set-up", {"code": code})["Location"] == "/sign-in/codes"
    kept = client.get("/sign-in/codes").content.decode()
    assert [code for code in recovery_codes(person) if f"{code[:4]} {code[4:8]} {code[8:]}" not in kept] == []
    assert client.post("/sign-in/codes")["Location"] == "/risks/"
    assert client.get("/sign-in/codes")["Location"] == "/sign-in/mine/"
    assert entries(person)[-1] == "person.second_step_set_up"


def test_a_second_step_that_is_set_up_is_not_set_up_again_with_a_password_alone(house: House) -> None:
    person, client = a_person(house), Client()
    client.post("/sign-in", GIVEN)
    assert client.get("/sign-in/set-up")["Location"] == "/sign-in"
    with pytest.raises(Refused, match="set up already"):
        commands.set_up_second(person, secret=SECRET, code=code_at(NOW), at=NOW)


def test_neither_passwords_nor_codes_nor_secrets_are_kept_where_they_can_be_read(house: House) -> None:
    person = a_person(house)
    knocks("clerk", "a wrong password", 1)
    signed_in(person)
    kept = "".join(repr(list(model.objects.values())) for model in (SignIn, Throttle, Authenticator, Entry))  # type: ignore[attr-defined]
    told = [PASSWORD, "a wrong password", SECRET, *recovery_codes(person), secret_of(person), "clerk@mereford.example"]
    assert [each for each in told if each in kept] == []
    assert verify().failure == ""


def test_an_administrator_resets_the_second_step_and_all_sign_ins_end(house: House) -> None:
    person = a_person(house)
    client = signed_in(person)
    assert client.get("/risks/").status_code == 200
    commands.reset_second(person, actor=house.actors["admin"], at=NOW, reason="Lost the telephone; came in person")
    assert client.get("/risks/").status_code == 302
    assert client.post("/sign-in", GIVEN)["Location"] == "/sign-in/set-up"
    assert entries(person)[-1] == "person.second_step_reset"


def test_nobody_changes_the_sign_in_of_who_holds_more(house: House) -> None:
    person = a_person(house, post="admin")
    given: dict[str, Any] = {"actor": house.actors["policy"], "at": NOW, "reason": "Why"}
    for act in (commands.reset_second, commands.sign_out_everywhere, commands.invite, commands.unlock):
        with pytest.raises(Refused, match="You cannot change this sign-in"):
            act(person, **given)
