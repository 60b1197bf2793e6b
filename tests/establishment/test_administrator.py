"""The command that makes the first administrator: from the keyboard's input, once, all or nothing."""

import io

import pytest
from django.test import Client

from candour.config.cli import main
from candour.kernel.access.queries import actor_for
from candour.kernel.people.models import Organisation, Person
from tests.factories import NOW, TODAY, House
from tests.signin.people import code_at

FIRST = ["administrator", "first", "--name", "First Person", "--body", "Office of Mereford"]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are there already, and the password comes on the input."""
    monkeypatch.setattr("candour.config.verbs.ready.database", lambda: None)
    monkeypatch.setattr("sys.stdin", io.StringIO("kingfisher by a river\n"))


def test_the_first_administrator_signs_in_with_the_password_that_was_typed(  # type: ignore[no-untyped-def]
    db: None, typed: None, capsys, settings
) -> None:
    assert main([*FIRST, "--short-name", "OPCC", "--email", "first@mereford.example"]) == 0
    assert capsys.readouterr().out == "First Person may sign in as first, and administers Office of Mereford\n"
    person, office = Person.objects.get(), Organisation.objects.get()
    assert (office.short_name, office.code, person.email) == ("OPCC", "office", "first@mereford.example")
    assert actor_for(person, TODAY.replace(year=2090)).holds("people.grant", office.pk) is True
    settings.DEMO = False
    client = Client()
    given = {"username": "first", "password": "kingfisher by a river"}
    assert client.post("/sign-in", given)["Location"] == "/sign-in/set-up"
    client.get("/sign-in/set-up")
    client.post("/sign-in/set-up", {"code": code_at(NOW, client.session["second"])})
    assert client.get("/posts/").status_code == 200


def test_where_somebody_administers_the_body_nothing_is_done(house: House, typed: None, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(FIRST) == 2
    assert "Office of Mereford has an administrator, who adds people on the pages" in capsys.readouterr().err
    assert Person.objects.filter(username="first").exists() is False


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("\n", "no password was given"),
        ("short\n", "This password is too short"),
    ],
)
@pytest.mark.usefixtures("db", "typed")
def test_a_password_that_is_none_leaves_nothing(monkeypatch, capsys, given: str, message: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    assert main(FIRST) == 2
    assert message in capsys.readouterr().err
    assert Organisation.objects.exists() is False


def test_without_a_password_nobody_signs_in_but_through_what_stands_before_candour(db: None, typed: None) -> None:
    assert main([*FIRST, "--no-password"]) == 0
    assert Person.objects.get().has_usable_password() is False
