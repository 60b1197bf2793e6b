"""The second step: codes of an authenticator app, and recovery codes for when it is lost. What is secret lies encrypted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from candour.kernel.access import Actor
from candour.kernel.access.queries import actor_for
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import need_over
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.rules import codes_at

APP, CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
NOT_RIGHT = "The code is not right: enter the one that the app shows now"


def period_of(secret: str, code: str, *, at: datetime, after: int = 0) -> int:
    """The period whose code this is, later than another; 0 for none."""
    given = "".join(code.split())
    right = [
        period
        for period in codes_at(at)
        if period > after and constant_time_compare(format_hotp_value(hotp_value(secret, period)), given)
    ]
    return right[0] if right else 0


def right_code(person: Person, code: str, *, at: datetime) -> str:
    """What sort of code it was, in words; "" where it is not right. Each code opens once."""
    with transaction.atomic():
        app = Authenticator.objects.select_for_update().filter(user=person.pk, type=APP).first()
        if app is not None:
            period = period_of(decrypt(app.data["secret"]), code, at=at, after=app.data.get("period", 0))
            if period:
                app.data["period"], app.last_used_at = period, at
                app.save(update_fields=["data", "last_used_at"])
                return "Code of the app"
        spare = Authenticator.objects.select_for_update().filter(user=person.pk, type=CODES).first()
        if spare is not None and RecoveryCodes(spare).validate_code(code):
            return "Recovery code"
    return ""


def set_up_second(person: Person, *, secret: str, code: str, at: datetime) -> None:
    """An authenticator app from now on, with ten recovery codes. Raises Refused for a wrong code, and where there is one.

    Only for who gave the password just now, or came by a link of their own.
    """
    with _set_up(person, secret=secret, code=code, at=at):
        if Authenticator.objects.filter(user=person.pk, type=APP).exists():
            raise Refused("code", "A second step is set up already: sign in with it")


def change_app(person: Person, *, secret: str, code: str, at: datetime) -> None:
    """An authenticator app in the place of the one before, if there was one; whoever is signed in as them is signed out.

    Raises Refused for a wrong code. Only for who showed just now who they are.
    """
    with _set_up(person, secret=secret, code=code, at=at):
        Authenticator.objects.filter(user=person.pk, type=APP).delete()
        person.epoch += 1
        person.save(update_fields=["epoch"])


@contextmanager
def _set_up(person: Person, *, secret: str, code: str, at: datetime) -> Iterator[None]:
    period = period_of(secret, code, at=at)
    if not period:
        raise Refused("code", NOT_RIGHT)
    own = actor_for(person, local_date(at))
    with recording("person.second_step_set_up", person, actor=own, at=at, reason="Set up by the person"):
        yield
        made = TOTP.activate(person, secret).instance
        made.data["period"] = period
        made.save(update_fields=["data"])
        if not Authenticator.objects.filter(user=person.pk, type=CODES).exists():
            new_codes(person)


def renew_codes(person: Person, *, at: datetime) -> None:
    """Ten new recovery codes; the old ones open nothing any more."""
    own = actor_for(person, local_date(at))
    with recording("person.codes_renewed", person, actor=own, at=at, reason="Asked for by the person"):
        new_codes(person)


def reset_second(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Forget the second step, passkeys too: it is set up anew at the next sign-in. Every sign-in of the person ends."""
    if actor.id != person.pk or actor.kind != "person":
        need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    with recording("person.second_step_reset", person, actor=actor, at=at, reason=why):
        if not Authenticator.objects.filter(user=person.pk).delete()[0]:
            raise Refused("reason", "No second step is set up: there is nothing to reset")
        person.epoch += 1
        person.save(update_fields=["epoch"])


def new_codes(person: Person) -> None:
    """Ten recovery codes in the place of those before. Within a recording of whoever asks for them."""
    Authenticator.objects.filter(user=person.pk, type=CODES).delete()
    RecoveryCodes.activate(person)
