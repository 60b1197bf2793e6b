"""What a directory (OpenID Connect) says of somebody: who they are here, and which posts the values of its claim give."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from candour.kernel.access import CANDOUR, Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import add_person, appoint, change_person, end_appointment
from candour.kernel.establishment.guard import need_no_more, standing_from
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Person, Post, holding
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.models import Mapped
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
        kept = _settle(person, claims, at)
    return Arrived(Person.objects.get(pk=person.pk), words=", ".join(filter(None, [words, kept])))


def map_value(value: str, *, post: Post, actor: Actor, at: datetime, reason: str) -> Mapped:
    """Whoever carries a value of the claim holds a post. Nobody maps to a post that may do more than they may themselves."""
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
    with recording("post.mapped", post, actor=actor, at=at, reason=why):
        return Mapped.objects.create(value=said, post=post)


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


def _settle(person: Person, claims: Claims, at: datetime) -> str:
    """Posts of the table as the values say. Gives what could not be taken away, in words."""
    table = list(Mapped.objects.filter(removed=False, post__ended=None).select_related("post__organisation"))
    wanted = {row.post_id: row for row in table if row.value in claims.values}
    governed, today = {row.post_id for row in table}, local_date(at)
    held = Appointment.objects.filter(holding(today), person=person, post__in=governed).select_related("post")
    there = {row.post_id: row for row in held}
    for number, row in wanted.items():
        if number not in there:
            _appoint(person, row, today, at)
    kept = []
    for number, appointment in there.items():
        if number not in wanted:
            try:
                last = max(appointment.starts, today - timedelta(days=1))
                end_appointment(appointment, ends=last, **_said(at, "The account no longer carries the value"))
            except Refused as refused:
                kept.append(f"Kept as {appointment.post}: {refused.message}")
    return ". ".join(kept)


def _appoint(person: Person, row: Mapped, today: date, at: datetime) -> None:
    later = Appointment.objects.filter(person=person, post=row.post, starts__gt=today).order_by("starts").first()
    ends = later.starts - timedelta(days=1) if later else None
    appoint(person, row.post, starts=today, ends=ends, **_said(at, f"The account carries “{row.value}”"))


def _said(at: datetime, reason: str) -> dict[str, Any]:
    return {"actor": CANDOUR, "at": at, "reason": reason}
