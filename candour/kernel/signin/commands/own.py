"""What somebody does to their own sign-in."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from candour.kernel.access import Actor
from candour.kernel.access.queries import actor_for
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import need_over
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused, need_reason


def choose_password(person: Person, *, password: str, at: datetime, reason: str) -> None:
    """A password of one's own. Wherever the person is signed in, they are signed out. Raises Refused for one easily guessed."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password", " ".join(error.messages)) from None
    own = actor_for(person, local_date(at))
    with recording("person.password_chosen", person, actor=own, at=at, reason=reason):
        person.set_password(password)
        person.epoch += 1
        person.save(update_fields=["password", "epoch"])


def end_sign_in(person: Person, number: str, *, until: datetime, at: datetime) -> None:
    """End one sign-in, of which a copy of the cookie is worth nothing from now on. until: when it ends by itself anyway."""
    if not number:
        return
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        stand = [each for each in row.ended.split() if float(each.partition(".")[2]) > at.timestamp()]
        row.ended = " ".join([*stand, f"{number}.{int(until.timestamp())}"])
        row.save(update_fields=["ended"])


def sign_out_everywhere(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """End every sign-in of a person that is open: one's own, or that of somebody whose sign-in one may change."""
    if actor.kind != "person" or actor.id != person.pk:
        need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    with recording("person.signed_out", person, actor=actor, at=at, reason=why):
        person.epoch += 1
        person.save(update_fields=["epoch"])
