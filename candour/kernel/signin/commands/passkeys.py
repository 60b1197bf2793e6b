"""Passkeys: making one, taking one away, and coming in with one, as the second step or as the whole sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from candour.kernel.access.queries import actor_for
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused
from candour.kernel.signin.commands import counting
from candour.kernel.signin.commands.door import Answer, Place, note
from candour.kernel.signin.commands.second import CODES, new_codes
from candour.kernel.signin.keys import digest, digest_of, person_of_handle
from candour.kernel.signin.models import Shown, SignIn
from candour.kernel.signin.passkeys import Site, Wrong, handle_of, made, used
from candour.kernel.signin.queries import keys_of, passkeys_of, seconds_of
from candour.kernel.signin.rules import FREE, FREE_OF_AN_ADDRESS, MOST_PASSKEYS, counted_on, say_wait

PASSKEY = Authenticator.Type.WEBAUTHN
NOT_MADE = "No passkey was made: try again"
TWICE = "This passkey is here already: choose another device or key"
UNVERIFIED = (
    "This passkey does not ask for a PIN, a finger or a face, so it cannot be the whole sign-in: choose the second step"
)


@dataclass(frozen=True)
class Challenge:
    """What was asked, where and of what: a passkey answers one challenge once."""

    site: Site
    words: str


def add_passkey(person: Person, answer: str, *, asked: Challenge, name: str, whole: bool, at: datetime) -> None:
    """A passkey from now on. whole: it is the whole sign-in, without the password, and always makes sure who uses it.

    With the first second step come ten recovery codes. Raises Refused where the answer does not hold, where the passkey is
    somebody's already, and for the whole sign-in where it does not make sure who uses it or its person has no password.
    """
    try:
        it = made(asked.site, answer, challenge=asked.words)
    except Wrong:
        raise Refused("name", NOT_MADE) from None
    if whole and not person.has_usable_password():
        raise Refused("whole", "Your organisation signs you in: choose the second step")
    if whole and not (it.verified and it.discoverable):
        raise Refused("whole", UNVERIFIED)
    own = actor_for(person, local_date(at))
    with recording("person.passkey_added", person, actor=own, at=at, reason="Added by the person"):
        if Authenticator.objects.filter(type=PASSKEY, data__number=it.number).exists() or not _first_use(asked, at):
            raise Refused("name", TWICE)
        if len(passkeys_of(person)) >= MOST_PASSKEYS:
            raise Refused("name", f"{MOST_PASSKEYS} passkeys are the most: take one away first")
        data = {"name": name, "number": it.number, "key": it.key, "count": it.count, "whole": whole}
        Authenticator.objects.create(user=person, type=PASSKEY, data=data, created_at=at)
        if not Authenticator.objects.filter(user=person.pk, type=CODES).exists():
            new_codes(person)


def remove_passkey(person: Person, number: int, *, at: datetime) -> None:
    """The passkey opens nothing any more, and every sign-in of the person ends. Raises Refused for the only second step."""
    own = actor_for(person, local_date(at))
    with recording("person.passkey_removed", person, actor=own, at=at, reason="Removed by the person"):
        rows = Authenticator.objects.filter(user=person.pk, type=PASSKEY, pk=number)
        if seconds_of(person) < 2:
            raise Refused("reason", "It is your only second step: add another passkey or an authenticator app first")
        if not rows.delete()[0]:
            raise Refused("reason", "This passkey was removed already")
        person.epoch += 1
        person.save(update_fields=["epoch"])


def passkey_step(person: Person, answer: str, *, asked: Challenge, place: Place, at: datetime) -> Answer:
    """One of a person's passkeys as their second step. Counted like codes, with them."""
    key = f"second:{person.pk}:{place.of(person)}"
    account = digest(f"account:{person.username.lower()}")
    if wait := counting.count(key, account=account, free=FREE, at=at):
        way, came = SignIn.Way.SECOND, SignIn.Came.WAIT
        note(way, came, person=person, place=place, at=at, words=f"For {say_wait(wait)}")
        return Answer(wait=wait)
    said = _opened(person, answer, asked=asked, whole=False, at=at)
    if said.person is None:
        note(SignIn.Way.SECOND, SignIn.Came.WRONG, person=person, place=place, at=at, words=said.words)
        return said
    counting.right(key, at=at)
    return said


def passkey_in(answer: str, *, asked: Challenge, place: Place, at: datetime) -> Answer:
    """A passkey that is the whole sign-in: it says whose it is. Counted by the address on the network."""
    way, key = SignIn.Way.PASSKEY, f"address:{place.address}"
    if wait := counting.count(key, account="", free=FREE_OF_AN_ADDRESS, at=at):
        note(way, SignIn.Came.WAIT, person=None, place=place, at=at, words=f"For {say_wait(wait)}")
        return Answer(wait=wait)
    number = person_of_handle(handle_of(answer))
    person: Person | None = Person.objects.filter(pk=number).first() if number else None
    said = _opened(person, answer, asked=asked, whole=True, at=at) if person else Answer()
    if said.person is None:
        stopped = person is not None and not person.is_active
        came = SignIn.Came.STOPPED if stopped else SignIn.Came.WRONG
        note(way, came, person=person, place=place, at=at, words="The sign-in is stopped" if stopped else said.words)
        return said
    counting.right_from(key, at=at)
    return said


def _opened(person: Person, answer: str, *, asked: Challenge, whole: bool, at: datetime) -> Answer:
    """Whether a passkey of a person opens: each answer once, never after a count that went back (6.1.1 of the standard)."""
    with transaction.atomic():
        rows = _locked(person)
        able = [row for row in rows if row.data["whole"]] if whole else rows
        keys = keys_of(able)
        try:
            it = used(asked.site, answer, challenge=asked.words, keys=keys, verified=whole)
        except Wrong:
            return Answer()
        row = next(each for each in able if each.data["number"] == it.number)
        named = row.data["name"]
        if not person.is_active or not _first_use(asked, at):
            return Answer(words=f"{named}: the same answer again" if person.is_active else "")
        if not counted_on(row.data["count"], it.count):
            return Answer(words=f"{named}: its count went back, so there may be a copy of it")
        row.data["count"], row.last_used_at = it.count, at
        row.save(update_fields=["data", "last_used_at"])
    return Answer(person, words=f"Passkey: {named}")


def _locked(person: Person) -> Sequence[Authenticator]:
    return list(Authenticator.objects.select_for_update().filter(user=person.pk, type=PASSKEY).order_by("pk"))


def _first_use(asked: Challenge, at: datetime) -> bool:
    """Whether a challenge is answered for the first time."""
    return Shown.objects.get_or_create(digest=digest_of(asked.words), defaults={"at": at})[1]
