"""Invitations, forgotten passwords and break-glass: links that let one person do one thing once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from candour.config.cli import main
from candour.kernel.access.queries import actor_for
from candour.kernel.establishment.commands import add_person, stop_sign_in
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.notices.commands import send
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Organisation, Person
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.keys import token_of
from candour.kernel.signin.models import Link, SignIn
from tests.establishment.test_pages import words
from tests.factories import NOW, TODAY, House
from tests.signin.people import PASSWORD, SAID, a_person, code_at, signed_in

NEW = "heron beside the weir"
HOUR = timedelta(hours=1)


def address_in(letter: Any) -> str:
    """The path of the link in a letter."""
    return next(line for line in letter.body.splitlines() if "/sign-in/link/" in line).partition("8000")[2]


def stranger(house: House, **more: Any) -> Person:
    given = {"username": "joiner", "name": "A Joiner", "email": "joiner@mereford.example", "password": None} | more
    return add_person(**given, **SAID)


def test_an_invitation_leads_to_a_password_and_a_second_step_and_in(house: House) -> None:
    at = timezone.now()
    person = stranger(house)
    commands.invite(person, actor=house.actors["admin"], at=at, reason="Joins us")
    assert send(at=at).sent == 1
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["joiner@mereford.example"], "Your invitation to Candour")
    assert "Your user name is joiner." in letter.body
    client, address = Client(), address_in(letter)
    assert "Welcome to Candour" in words(client.get(address).content)
    assert client.post(address, {"password": "short"}).status_code == 422
    assert client.post(address, {"password": NEW})["Location"] == "/sign-in/set-up"
    client.get("/sign-in/set-up")
    code = code_at(timezone.now(), client.session["second"])
    assert client.post("/sign-in/set-up", {"code": code})["Location"] == "/sign-in/codes"
    assert Person.objects.get(pk=person.pk).check_password(NEW) is True
    again = Client().get(address)
    assert (again.status_code, "This link opens nothing" in words(again.content)) == (404, True)
    events = Entry.objects.filter(record_kind="people.person", record_id=person.pk).order_by("sequence")
    assert list(events.values_list("event", flat=True)) == [
        "person.added", "person.invited", "person.password_chosen", "person.second_step_set_up",
    ]  # fmt: skip
    assert verify().failure == ""


def test_what_lies_in_the_database_opens_nothing(house: House) -> None:
    commands.invite(stranger(house), actor=house.actors["admin"], at=NOW, reason="Joins us")
    link = Link.objects.get()
    kept = repr(list(Link.objects.values())) + repr(list(Notice.objects.values())) + repr(list(Entry.objects.values()))
    assert token_of(link.seed) not in kept


def test_a_newer_invitation_shuts_the_older_and_each_ends_after_seven_days(house: House) -> None:
    person = stranger(house)
    commands.invite(person, actor=house.actors["admin"], at=NOW, reason="Joins us")
    commands.invite(person, actor=house.actors["admin"], at=NOW + HOUR, reason="It was lost")
    first, second = Link.objects.order_by("pk")
    assert (first.expires_at, second.expires_at) == (NOW + HOUR, NOW + HOUR + timedelta(days=7))


def test_nobody_is_invited_without_an_address_or_while_stopped(house: House) -> None:
    with pytest.raises(Refused, match="no e-mail address"):
        commands.invite(stranger(house, email=""), actor=house.actors["admin"], at=NOW, reason="Why")
    person = stop_sign_in(stranger(house, username="other"), **SAID)
    with pytest.raises(Refused, match="restore it first"):
        commands.invite(person, actor=house.actors["admin"], at=NOW, reason="Why")
    assert Notice.objects.count() == 0


def test_a_forgotten_password_is_chosen_anew_and_the_second_step_still_asked(house: House) -> None:
    person = a_person(house)
    at_home = signed_in(person)
    client = Client()
    assert client.post("/sign-in/forgotten", {"username": "clerk"})["Location"] == "/sign-in/written"
    assert send(at=timezone.now()).sent == 1
    address = address_in(mail.outbox[0])
    assert client.post(address, {"password": NEW})["Location"] == "/sign-in/second"
    assert client.get("/risks/").status_code == 302
    assert at_home.get("/risks/").status_code == 302
    assert Person.objects.get(pk=person.pk).check_password(NEW) is True


@pytest.mark.parametrize("username", ["nobody", "policy", "stopped"])
def test_the_answer_is_the_same_for_who_gets_no_letter(house: House, username: str) -> None:
    stop_sign_in(a_person(house, "stopped"), **SAID)
    client = Client()
    assert client.post("/sign-in/forgotten", {"username": username})["Location"] == "/sign-in/written"
    assert Notice.objects.count() == 0


def test_nobody_is_flooded_with_letters(house: House) -> None:
    a_person(house)
    assert [commands.forgotten("clerk", at=NOW) for _ in range(4)] == [True, True, True, False]
    assert commands.forgotten("clerk", at=NOW + HOUR) is True


def test_a_link_that_ran_out_or_was_never_given_opens_nothing(house: House) -> None:
    a_person(house)
    commands.forgotten("clerk", at=timezone.now() - timedelta(minutes=61))
    token = token_of(Link.objects.get().seed)
    assert [Client().get(f"/sign-in/link/{each}").status_code for each in (token, "x" * 43)] == [404, 404]
    assert Client().post(f"/sign-in/link/{token}", {"password": NEW}).status_code == 404


def test_of_two_who_open_a_link_at_once_one_comes_in(house: House) -> None:
    a_person(house)
    commands.forgotten("clerk", at=NOW)
    first, second = Link.objects.get(), Link.objects.get()
    commands.take_up(first, password=NEW, at=NOW)
    with pytest.raises(Refused, match="used already"):
        commands.take_up(second, password="another long password", at=NOW)
    assert Person.objects.get(username="clerk").check_password(NEW) is True


# Break-glass


def broken(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["break-glass", "--reason", "The directory is away", *more]) == 0
    return capsys.readouterr().out.splitlines()[0].partition("8000")[2]


def test_break_glass_lets_an_administrator_in_once_and_tells_every_other(house: House, capsys) -> None:  # type: ignore[no-untyped-def]
    Person.objects.filter(username="admin").update(email="admin@mereford.example")
    address, client = broken(capsys), Client()
    assert "Each administrator is written to" in words(client.get(address).content)
    assert client.post(address)["Location"] == "/"
    assert client.get("/posts/people/new/").status_code == 200
    assert Client().post(address).status_code == 404
    send(at=timezone.now())
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["admin@mereford.example"], "Break-glass sign-in made"),
        (["admin@mereford.example"], "Break-glass sign-in used"),
    ]
    assert "Reason given: The directory is away" in mail.outbox[0].body
    person = Person.objects.get(username="break-glass.office")
    events = Entry.objects.filter(record_kind="people.person", record_id=person.pk).order_by("sequence")
    assert list(events.values_list("event", flat=True)) == ["person.added", "person.glass_made", "person.glass_used"]
    assert list(SignIn.objects.values_list("way", "came", "person__username")) == [
        ("glass", "in", "break-glass.office")
    ]
    assert verify().failure == ""


def test_the_break_glass_sign_in_ends_with_its_hour(house: House, capsys, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    address, client = broken(capsys), Client()
    client.post(address)
    made = Link.objects.get().made_at
    for minutes, status in ((50, 200), (61, 302)):
        later = made + timedelta(minutes=minutes)
        monkeypatch.setattr("candour.kernel.access.middleware.timezone.now", lambda later=later: later)
        assert client.get("/posts/people/").status_code == status


def test_break_glass_ends_after_an_hour_unused_and_its_post_with_the_day(house: House) -> None:
    office = Organisation.objects.get(code="office")
    commands.break_glass(office, at=NOW, reason="Why")
    person = Person.objects.get(username="break-glass.office")
    assert Link.objects.get().expires_at == NOW + HOUR
    assert actor_for(person, TODAY).holds("people.grant", office.pk) is True
    assert actor_for(person, TODAY + timedelta(days=1)).holds("people.grant", office.pk) is False
    commands.break_glass(office, at=NOW + timedelta(minutes=5), reason="Again")
    commands.break_glass(office, at=NOW + timedelta(days=3), reason="And again")
    assert Link.objects.filter(used_at=None, expires_at__gt=NOW + timedelta(days=3)).count() == 1
    assert verify().failure == ""


def test_break_glass_needs_a_reason_and_a_body_and_was_not_stopped(house: House, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["break-glass", "--reason", " "]) == 2
    assert main(["break-glass", "--reason", "Why", "--body", "nowhere"]) == 2
    assert "no body has the code 'nowhere'; there are: force, office" in capsys.readouterr().err
    commands.break_glass(Organisation.objects.get(code="office"), at=NOW, reason="Why")
    stop_sign_in(Person.objects.get(username="break-glass.office"), **SAID)
    assert main(["break-glass", "--reason", "Why"]) == 2


def test_nothing_of_break_glass_is_there_before_it_is_made(house: House) -> None:
    assert Person.objects.filter(username__startswith="break-glass").exists() is False
    assert Client().post("/sign-in", {"username": "break-glass.office", "password": PASSWORD}).status_code == 422
