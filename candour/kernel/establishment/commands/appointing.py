"""Appointing people to posts, and ending appointments. Open work stays with the post."""

from datetime import date, datetime, timedelta

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.calendar import local_date, say_date
from candour.kernel.establishment.guard import need_no_more, standing_from, still_administered
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Person, Post
from candour.kernel.rules import Refused, need_reason


def appoint(
    person: Person, post: Post, *, starts: date, ends: date | None = None, actor: Actor, at: datetime, reason: str
) -> Appointment:
    """Appoint a person to a post from a day. Several may hold one post at once.

    They get all that the post's roles permit, so nobody appoints to a post that may do more than they may themselves.
    Raises Refused for that, for a post that ended, and for somebody who holds it on those days already.
    """
    require(actor, PeoplePermission.MANAGE, post)
    why = need_reason(reason)
    if post.ended is not None:
        raise Refused("person", f"The post ended on {say_date(post.ended)}")
    if ends is not None and ends < starts:
        raise Refused("ends", f"Enter a last day on or after {say_date(starts)}, the first")
    given = Grant.objects.filter(standing_from(starts), post=post).values_list("role", "organisation")
    need_no_more(actor, given, field="person", doing="appoint to this post")
    held = Appointment.objects.filter(standing_from(starts), person=person, post=post)
    before = (held if ends is None else held.filter(starts__lte=ends)).order_by("starts").first()
    if before is not None:
        until = f" to {say_date(before.ends)}" if before.ends else ""
        raise Refused("person", f"{person.name} holds the post from {say_date(before.starts)}{until} already")
    with recording("post.appointed", post, actor=actor, at=at, effective=starts, reason=why):
        return Appointment.objects.create(person=person, post=post, starts=starts, ends=ends)


def end_appointment(appointment: Appointment, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """The holder leaves the post at the end of a day; open work stays with the post."""
    require(actor, PeoplePermission.MANAGE, appointment.post)
    why, today = need_reason(reason), local_date(at)
    if appointment.ends is not None and appointment.ends < today:
        raise Refused("ends", f"This appointment ended on {say_date(appointment.ends)} already")
    if ends < appointment.starts:
        raise Refused("ends", f"Enter a last day on or after {say_date(appointment.starts)}, when it began")
    with (
        recording("post.left", appointment.post, actor=actor, at=at, effective=ends, reason=why),
        still_administered(max(ends + timedelta(days=1), today), field="ends"),
    ):
        appointment.ends = ends
        appointment.save()
