"""What a directory (OpenID Connect) says of somebody: who they are here, and which posts the values of its claim give."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from candour.kernel.access import CANDOUR, Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import add_person, change_person
from candour.kernel.establishment.guard import need_no_more, standing_from
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person, Post
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.commands.settling import settle
from candour.kernel.signin.models import Mapped
from candour.kernel.signin.queries import mapped_posts, people_carrying, values_carried, values_of_groups
from candour.kernel.signin.rules import Claims

STRANGER = "Your organisation knows your account, but Candour does not: ask an administrator to add you"
STOPPED = "Your sign-in to Candour is stopped: ask an administrator"
TAKEN = "The user name of your account belongs to somebody else in Candour: ask an administrator"


@dataclass(frozen=True)
class Arrived:
    """person: who it is, None where they are not let in, and why not for them (refused). words: for the log."""

    person: Person | None
    refused: str = ""
    words: str = ""


def arrive(claims: Claims, *, at: datetime) -> Arrived:
    """Somebody whom the directory vouches for: found by its number of them, else once by their user name, else added.

    Added only where a value of the claim gives a post. Posts of the table are then as the values say: appointed from
    today, and ended where a value is gone. What a person holds beside the table stays.
    """
    with transaction.atomic():
        person, words = _who(claims, at)
        if person is None:
            return Arrived(None, words, words)
        if not person.is_active:
            return Arrived(None, STOPPED, "The sign-in is stopped")
        person = _as_said(person, claims, at)
        table = mapped_posts()
        # Of a group that the directory provisions, what it says there counts: it says so at once, and not at a sign-in.
        of_groups = values_of_groups(row.value for row in table)
        carried = (claims.values - of_groups) | values_carried(person)
        kept = settle(person, table, carried=carried, actor=CANDOUR, at=at).kept
    return Arrived(Person.objects.get(pk=person.pk), words=", ".join(filter(None, [words, ". ".join(kept)])))


def map_value(value: str, *, post: Post, actor: Actor, at: datetime, reason: str) -> Mapped:
    """Whoever carries a value holds a post: those of a provisioned group at once, others from their next sign-in.

    Nobody maps to a post that may do more than they may themselves.
    """
    require(actor, PeoplePermission.GRANT, post)
    why, said = need_reason(reason), value.strip()
    if not said or len(said) > 200:
        raise Refused("value", "Enter the value as the directory sends it, 200 characters at most")
    if post.ended is not None:
        raise Refused("post", "Choose a post that has not ended")
    given = Grant.objects.filter(standing_from(local_date(at)), post=post).values_list("role", "organisation")
    need_no_more(actor, given, field="post", doing="map a value to this post")
    if Mapped.objects.filter(value=said, post=post, removed=False).exists():
        raise Refused("value", "This value gives this post already")
    with transaction.atomic():
        with recording("post.mapped", post, actor=actor, at=at, reason=why):
            made = Mapped.objects.create(value=said, post=post)
        for person in people_carrying(said):
            settle(person, [Mapped.objects.get(pk=made.pk)], carried={said}, actor=CANDOUR, at=at)
    return made


def unmap(mapped: Mapped, *, actor: Actor, at: datetime, reason: str) -> None:
    """The value gives the post no more. Who holds it keeps it until somebody ends the appointment."""
    require(actor, PeoplePermission.GRANT, mapped.post)
    why = need_reason(reason)
    if mapped.removed:
        raise Refused("reason", "This was taken away already")
    with recording("post.unmapped", mapped.post, actor=actor, at=at, reason=why):
        mapped.removed = True
        mapped.save()


def _who(claims: Claims, at: datetime) -> tuple[Person | None, str]:
    """(the person, words for the log), or (None, why not)."""
    issuer = claims.issuer[:200]
    known = SocialAccount.objects.filter(provider=issuer, uid=claims.subject).select_related("user").first()
    if known is not None:
        return known.user, ""
    person: Person | None = Person.objects.filter(username__iexact=claims.username).first() if claims.username else None
    if person is not None and SocialAccount.objects.filter(provider=issuer, user=person).exists():
        return None, TAKEN
    words = "First time with this account"
    if person is None:
        if not Mapped.objects.filter(value__in=claims.values, removed=False, post__ended=None).exists():
            return None, STRANGER
        try:
            person = add_person(
                username=claims.username,
                name=claims.name or claims.username,
                email=claims.email,
                password=None,
                **_said(at, "The directory vouches for them"),
            )
        except Refused as refused:
            return None, refused.message
        words = "Added by the directory"
    SocialAccount.objects.create(provider=issuer, uid=claims.subject, user=person, extra_data={})
    return person, words


def _as_said(person: Person, claims: Claims, at: datetime) -> Person:
    """Name and address as the directory has them."""
    name, email = " ".join(claims.name.split()) or person.name, claims.email or person.email
    if (name, email) != (person.name, person.email):
        try:
            return change_person(person, name=name, email=email, **_said(at, "As the directory has it"))
        except Refused:
            return Person.objects.get(pk=person.pk)
    return person


def _said(at: datetime, reason: str) -> dict[str, Any]:
    return {"actor": CANDOUR, "at": at, "reason": reason}
