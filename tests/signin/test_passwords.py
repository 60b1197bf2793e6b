"""What a password may be, and how it is kept."""

from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from candour.config import settings as told
from candour.kernel.people.models import Person
from tests.factories import House
from tests.signin.people import a_person

pytestmark = pytest.mark.django_db


def refused(password: str, person: Any = None) -> bool:
    try:
        validate_password(password, person)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("short", False),
        ("elevenlette", False),
        ("twelveletter", True),
        ("1234567890123456", False),
        ("qwertyuiop123", False),
        ("passwordpassword", False),
        ("lantern gravel tide", True),
        ("только кириллица тут", True),
        ("a" * 12 + " " * 60, True),
        ("x9!" * 100, True),
    ],
)
def test_what_a_password_may_be(house: House, password: str, fits: bool) -> None:
    assert refused(password) is not fits


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("Constabulary2026!", False),
        ("Candour-Candour-1", False),
        ("M3ref0rdP0lice99", False),
        ("police crime commissioner", False),
        ("mereford lantern gravel tide", True),
        ("the panel of blue herons", True),
    ],
)
def test_words_of_the_place_make_no_password(house: House, password: str, fits: bool) -> None:
    assert refused(password) is not fits


@pytest.mark.parametrize(
    "password", [" lantern gravel tide ", "LANTERN gravel TIDE", "lantern" * 40, "naïve ﬁre ☃ tide"]
)
def test_a_password_is_taken_as_it_was_given(house: House, password: str) -> None:
    person = a_person(house)
    person.set_password(password)
    Person.objects.filter(pk=person.pk).update(password=person.password)
    given = {"username": person.username, "password": password}
    assert Client().post("/sign-in", given).status_code == 302
    for other in (password.strip(), password.lower(), password[:64]):
        if other != password:
            assert Client().post("/sign-in", given | {"password": other}).status_code == 422


def test_passwords_are_kept_as_slow_hashes() -> None:
    assert not hasattr(
        told, "PASSWORD_HASHERS"
    )  # the tests have a quick one of their own; elsewhere Django's first counts
    assert PBKDF2PasswordHasher.iterations >= 600_000  # OWASP Password Storage Cheat Sheet
