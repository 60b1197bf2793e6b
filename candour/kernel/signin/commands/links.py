"""Links that let one person do one thing once: an invitation, a forgotten password."""

from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.establishment.guard import need_over
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.commands.own import choose_password
from candour.kernel.signin.keys import ABOUT, digest_of, token_of
from candour.kernel.signin.models import Link
from candour.kernel.signin.rules import LETTERS, LETTERS_WITHIN

STANDS = {Link.Kind.INVITATION: timedelta(days=7), Link.Kind.PASSWORD: timedelta(hours=1)}
INVITED = """You are invited to Candour, in which your organisation keeps its risks, audits, boards and plans.

Your user name is {username}. Choose a password and set up the second step here, within seven days:
{{link}}

You need an authenticator app on a telephone or computer. If you did not expect this letter, leave it.
"""
FORGOTTEN = """Somebody, you we hope, said that you forgot your password for Candour.

Choose a new one here, within an hour:
{link}

If it was not you, leave this letter: your password stays as it is.
"""


def make_link(kind: str, person: Person, *, at: datetime, stands: timedelta) -> Link:
    """A new link; older ones of its kind open no more."""
    Link.objects.filter(kind=kind, person=person, used_at=None, expires_at__gt=at).update(expires_at=at)
    seed = token_hex(32)
    return Link.objects.create(
        kind=kind, person=person, seed=seed, digest=digest_of(token_of(seed)), made_at=at, expires_at=at + stands
    )


def use(link: Link, *, at: datetime) -> None:
    """A link opens once. Raises Refused for the second of two who open it at once."""
    if not Link.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise Refused("password", "This link was used already: ask for another")


def take_up(link: Link, *, password: str, at: datetime) -> None:
    """Choose a password by a link; it opens no more. Raises Refused for one easily guessed, and then still opens."""
    with transaction.atomic():
        use(link, at=at)
        choose_password(link.person, password=password, at=at, reason=f"By a link: {link.get_kind_display().lower()}")


def invite(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Write to somebody how they come in, with a link by which they choose a password. Raises Refused without an address."""
    need_over(actor, person, today=local_date(at), field="reason")
    why = need_reason(reason)
    if not person.email:
        raise Refused("reason", "There is no e-mail address to write to: enter one first")
    if not person.is_active:
        raise Refused("reason", "The sign-in is stopped: restore it first")
    with recording("person.invited", person, actor=actor, at=at, reason=why):
        link = make_link(Link.Kind.INVITATION, person, at=at, stands=STANDS[Link.Kind.INVITATION])
        text = INVITED.format(username=person.username)
        write([_letter(link, "Your invitation to Candour", text)], at=at, by=actor)


def forgotten(username: str, *, at: datetime) -> bool:
    """Write to whoever has a user name how they choose a new password; gives whether a letter was written.

    None for a name that nobody has, for one who signs in with the organisation's account, nor more than three an hour: the
    page answers alike.
    """
    person: Person | None = Person.objects.filter(username=username, is_active=True).exclude(email="").first()
    if person is None or not person.has_usable_password():
        return False
    lately = Link.objects.filter(kind=Link.Kind.PASSWORD, person=person, made_at__gt=at - LETTERS_WITHIN)
    if lately.count() >= LETTERS:
        return False
    with transaction.atomic():
        link = make_link(Link.Kind.PASSWORD, person, at=at, stands=STANDS[Link.Kind.PASSWORD])
        write([_letter(link, "A new password for Candour", FORGOTTEN)], at=at)
    return True


def _letter(link: Link, subject: str, text: str) -> Letter:
    return Letter(
        key=f"{ABOUT}:{link.pk}", to=None, person=link.person, subject=subject, text=text, about=ABOUT, about_id=link.pk
    )
