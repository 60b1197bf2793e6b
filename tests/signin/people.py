"""People with passwords and apps, and browsers of theirs."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.utils import timezone

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import add_person, appoint
from candour.kernel.people.models import Person, Post
from candour.kernel.signin import commands
from candour.kernel.signin.rules import PERIOD
from tests.factories import NOW, START, House

PASSWORD = "kingfisher by a river"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EARLIER = NOW - timedelta(hours=1)
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def code_at(at: datetime, secret: str = SECRET) -> str:
    """What an app with this secret shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // PERIOD))


def a_person(
    house: House, username: str = "clerk", *, post: str = "reader", second: bool = True, **more: Any
) -> Person:
    """Somebody of the office with a password, an address, a post and, unless said otherwise, an app."""
    given = {
        "name": username.title(),
        "password": PASSWORD,
        "email": f"{username.partition('@')[0]}@mereford.example",
    } | more
    person = add_person(username=username, **given, **SAID)
    appoint(person, Post.objects.get(pk=house.posts[post].pk), starts=START, **SAID)
    if second:
        commands.set_up_second(person, secret=SECRET, code=code_at(EARLIER), at=EARLIER)
    return Person.objects.get(pk=person.pk)


def secret_of(person: Person) -> str:
    return decrypt(Authenticator.objects.get(user=person.pk, type="totp").data["secret"])


def recovery_codes(person: Person) -> list[str]:
    return Authenticator.objects.get(user=person.pk, type="recovery_codes").wrap().get_unused_codes()


def signed_in(person: Person, client: Client | None = None, *, password: str = PASSWORD, **more: Any) -> Client:
    """A browser in which somebody signed in with a password and a code."""
    found = client or Client()
    found.post("/sign-in", {"username": person.username, "password": password}, **more)
    found.post("/sign-in/second", {"code": code_at(timezone.now(), secret_of(person))}, **more)
    return found
