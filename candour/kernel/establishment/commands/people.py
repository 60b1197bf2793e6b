"""Adding people, changing their name and address, stopping and restoring their sign-in.

Passwords and e-mail addresses are not kept in the history: an entry says that they changed, never to what.
"""

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import need_over, still_administered
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused, need_reason

USERNAME = re.compile(r"[\w.@+-]+")


def add_person(
    *, username: str, name: str, password: str | None, actor: Actor, at: datetime, reason: str, email: str = ""
) -> Person:
    """Someone who may sign in, and do nothing before they are appointed to a post.

    Without a password only through single sign-on or the demo's choice of role. Raises Refused for a user name that is
    taken or has other signs than letters, digits and @ . + - _, an address that is none, and a password easily guessed.
    """
    require(actor, PeoplePermission.MANAGE)
    why = need_reason(reason)
    if not USERNAME.fullmatch(username):
        raise Refused("username", "Enter the user name in letters, digits and @ . + - _, without spaces")
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused("username", f"The user name ‘{username}’ is taken: enter another")
    person = Person(username=username, name=_named(name), email=_address(email))
    if password is None:
        person.set_unusable_password()
    else:
        _give(person, password)
    with recording("person.added", actor=actor, at=at, reason=why):
        person.save()
    return person


def change_person(person: Person, *, name: str, email: str, actor: Actor, at: datetime, reason: str) -> Person:
    """Another name or e-mail address. Letters, and the links in them, go to the new address from now on."""
    need_over(actor, person, today=local_date(at), field="email")
    why = need_reason(reason)
    named, address = _named(name), _address(email)
    if (named, address) == (person.name, person.email):
        raise Refused("name", "Nothing is different: change the name or the e-mail address, or leave")
    if named != person.name:
        with recording("person.changed", person, actor=actor, at=at, reason=why):
            person.name, person.email = named, address
            person.save()
    else:
        with recording("person.address_changed", person, actor=actor, at=at, reason=why):
            person.email = address
            person.save(update_fields=["email"])
    return person


def set_password(person: Person, *, password: str, actor: Actor, at: datetime, reason: str) -> Person:
    """A new password, to be told to the person. Whoever is signed in as them is signed out."""
    need_over(actor, person, today=local_date(at), field="password")
    why = need_reason(reason)
    with recording("person.password_set", person, actor=actor, at=at, reason=why):
        _give(person, password)
        person.save(update_fields=["password"])
    return person


def stop_sign_in(person: Person, *, actor: Actor, at: datetime, reason: str) -> Person:
    """Shut the door to somebody at once, wherever they are signed in. Their posts and what they did stay."""
    need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    if not person.is_active:
        raise Refused("reason", "This sign-in is stopped already")
    with recording("person.stopped", person, actor=actor, at=at, reason=why), still_administered(local_date(at)):
        person.is_active = False
        person.epoch += 1  # restored, it does not bring back sign-ins that were open
        person.save()
    return person


def restore_sign_in(person: Person, *, actor: Actor, at: datetime, reason: str) -> Person:
    """Let somebody sign in again, with the posts that they hold today."""
    need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    if person.is_active:
        raise Refused("reason", "This person may sign in already")
    with recording("person.restored", person, actor=actor, at=at, reason=why):
        person.is_active = True
        person.save()
    return person


def _named(name: str) -> str:
    if not name.strip():
        raise Refused("name", "Enter the person’s name")
    return " ".join(name.split())


def _address(email: str) -> str:
    address = email.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused("email", "Enter an e-mail address, for example a.person@example.org") from None
    return address


def _give(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password", " ".join(error.messages)) from None
    person.set_password(password)
