"""Setting up organisations, posts and people, and appointing people to posts."""

from datetime import date, datetime

from candour.kernel.history.batch import Actor
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Appointment, Organisation, Person, Post


def set_up_organisation(
    *, name: str, short_name: str, code: str, kind: str, actor: Actor, at: datetime, reason: str
) -> Organisation:
    """A new organisation. code stands in addresses: lower-case letters, digits and hyphens."""
    with recording("organisation.set_up", actor=actor, at=at, reason=reason):
        return Organisation.objects.create(name=name, short_name=short_name, code=code, kind=kind)


def set_up_post(*, title: str, organisation: Organisation, actor: Actor, at: datetime, reason: str) -> Post:
    """A new post in an organisation."""
    with recording("post.set_up", actor=actor, at=at, reason=reason):
        return Post.objects.create(title=title, organisation=organisation)


def set_up_posts(
    titles: list[str], *, organisation: Organisation, actor: Actor, at: datetime, effective: date, reason: str
) -> list[Post]:
    """Posts named in a paper that Candour did not know yet."""
    with recording_many("post.set_up", [], actor=actor, at=at, effective=effective, reason=reason):
        return Post.objects.bulk_create([Post(title=title, organisation=organisation) for title in titles])


def place_in_line(post: Post, *, answers_to: Post | None, actor: Actor, at: datetime, reason: str) -> Post:
    """Say to which post a post answers: where a reminder goes when the post itself does not answer."""
    with recording("post.placed", post, actor=actor, at=at, reason=reason):
        post.answers_to = answers_to
        post.save()
    return post


def add_person(
    *, username: str, name: str, password: str | None, actor: Actor, at: datetime, reason: str, email: str = ""
) -> Person:
    """Someone who may sign in; without a password only through single sign-on or the demo's choice of role."""
    person = Person(username=username, name=name, email=email)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    with recording("person.added", actor=actor, at=at, reason=reason):
        person.save()
    return person


def appoint(
    person: Person, post: Post, *, starts: date, ends: date | None = None, actor: Actor, at: datetime, reason: str
) -> Appointment:
    """Appoint a person to a post from a day."""
    with recording("post.appointed", post, actor=actor, at=at, effective=starts, reason=reason):
        return Appointment.objects.create(person=person, post=post, starts=starts, ends=ends)


def end_appointment(appointment: Appointment, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """The holder leaves the post at the end of a day; open work stays with the post."""
    with recording("post.left", appointment.post, actor=actor, at=at, effective=ends, reason=reason):
        appointment.ends = ends
        appointment.save()
