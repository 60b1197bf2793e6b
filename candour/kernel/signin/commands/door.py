"""Coming to the door with a user name and a password, then with a code. Every coming is noted, let in or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import need_over
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.commands import counting
from candour.kernel.signin.commands.second import right_code
from candour.kernel.signin.keys import digest
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.rules import FREE, FREE_OF_AN_ADDRESS, say_wait


@dataclass(frozen=True)
class Place:
    """From where somebody comes: the address on the network, the browser in its own words, and who signed in from it before.

    device: "" for a browser that nobody signed in from; known: the person who did, and their epoch then.
    """

    address: str | None = None
    browser: str = ""
    device: str = ""
    known: tuple[int, int] = (0, 0)

    def of(self, person: Person | None) -> str:
        """The device, where this person signed in from it and did not sign out everywhere since."""
        return self.device if person is not None and self.known == (person.pk, person.epoch) else ""


@dataclass(frozen=True)
class Answer:
    """person: who it is, None where they are not let on. wait: how long nobody is asked again."""

    person: Person | None = None
    wait: timedelta = timedelta()
    words: str = ""


def note(
    way: str, came: str, *, person: Person | None, place: Place, at: datetime, words: str = "", number: str = ""
) -> None:
    """Note one coming to the door. number: of the sign-in that it began."""
    SignIn.objects.create(
        at=at,
        person=person,
        way=way,
        came=came,
        address=place.address,
        browser=place.browser[:200],
        words=words[:200],
        number=number,
        epoch=person.epoch if person is not None else 0,
    )


def knock(username: str, password: str, *, place: Place, at: datetime) -> Answer:
    """A user name and a password. Who is right is asked for the second step next.

    Wrong answers make the next wait longer, by account and by address; a browser from which the person signed in before
    has a count of its own, so that what strangers do shuts nobody out. A name that nobody has answers like one that is.
    """
    person: Person | None = Person.objects.filter(username=username).first()
    account, device = digest(f"account:{username.lower()}"), place.of(person)
    keys = [(f"account:{username.lower()}:{device}", FREE)]
    if not device:
        keys.append((f"address:{place.address}", FREE_OF_AN_ADDRESS))
    # All are counted, so that a wait of one tells nothing of the other.
    waits = [counting.count(key, account=account if free == FREE else "", free=free, at=at) for key, free in keys]
    way = SignIn.Way.PASSWORD
    if wait := max(waits):
        note(way, SignIn.Came.WAIT, person=person, place=place, at=at, words=f"For {say_wait(wait)}")
        return Answer(wait=wait)
    found: Any = authenticate(None, username=username, password=password)
    if found is None:
        stopped = person is not None and not person.is_active
        came = SignIn.Came.STOPPED if stopped else SignIn.Came.WRONG
        note(way, came, person=person, place=place, at=at, words="The sign-in is stopped" if stopped else "")
        return Answer()
    counting.right(keys[0][0], at=at)
    for key, _ in keys[1:]:
        counting.right_from(key, at=at)
    note(way, SignIn.Came.ON, person=found, place=place, at=at)
    return Answer(found)


def second_step(person: Person, code: str, *, place: Place, at: datetime) -> Answer:
    """A code of the authenticator app, or a recovery code. Counted like passwords, apart from them."""
    key = f"second:{person.pk}:{place.of(person)}"
    account = digest(f"account:{person.username.lower()}")
    way = SignIn.Way.SECOND
    if wait := counting.count(key, account=account, free=FREE, at=at):
        note(way, SignIn.Came.WAIT, person=person, place=place, at=at, words=f"For {say_wait(wait)}")
        return Answer(wait=wait)
    words = right_code(person, code, at=at)
    if not words or not person.is_active:
        note(way, SignIn.Came.WRONG, person=person, place=place, at=at)
        return Answer()
    counting.right(key, at=at)
    return Answer(person, words=words)


def unlock(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Let somebody be asked at once, whatever was wrong before. Raises Refused where nothing is counted."""
    need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    with recording("person.unlocked", person, actor=actor, at=at, reason=why):
        if not counting.clear(digest(f"account:{person.username.lower()}")):
            raise Refused("reason", "Nothing is counted against this sign-in: there is nothing to forget")
