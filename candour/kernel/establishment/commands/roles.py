"""Granting roles to posts, and taking them back."""

from datetime import date, datetime, timedelta

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.calendar import local_date, say_date
from candour.kernel.establishment.guard import need_no_more, standing_from, still_administered
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation, Post
from candour.kernel.rules import Refused, need_reason


def grant(
    role: str,
    *,
    post: Post,
    organisation: Organisation,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
    ends: date | None = None,
) -> Grant:
    """Give a post a role in an organisation from a day: whoever holds the post then may do there what the role permits.

    Raises Refused for a role that permits more than the actor may do there, one that the post has already on those days,
    and one that is not on the page of roles.
    """
    require(actor, PeoplePermission.GRANT, Grant(organisation=organisation))
    why, page = need_reason(reason), roles()
    if role not in page:
        raise Refused("role", "Choose a role")
    if post.ended is not None:
        raise Refused("role", f"The post ended on {say_date(post.ended)}")
    if ends is not None and ends < starts:
        raise Refused("ends", f"Enter a last day on or after {say_date(starts)}, the first")
    need_no_more(actor, [(role, organisation.pk)], field="role", doing="give this role")
    held = Grant.objects.filter(standing_from(starts), role=role, post=post, organisation=organisation)
    before = (held if ends is None else held.filter(starts__lte=ends)).order_by("starts").first()
    if before is not None:
        until = f" to {say_date(before.ends)}" if before.ends else ""
        named = page[role].name
        raise Refused("role", f"The post has the role ‘{named}’ from {say_date(before.starts)}{until} already")
    with recording("role.granted", post, actor=actor, at=at, effective=starts, reason=why):
        return Grant.objects.create(role=role, post=post, organisation=organisation, starts=starts, ends=ends)


def end_grant(granted: Grant, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """Take a role back at the end of a day."""
    require(actor, PeoplePermission.GRANT, granted)
    why, today = need_reason(reason), local_date(at)
    if granted.ends is not None and granted.ends < today:
        raise Refused("ends", f"This role ended on {say_date(granted.ends)} already")
    if ends < granted.starts:
        raise Refused("ends", f"Enter a last day on or after {say_date(granted.starts)}, when it began")
    with (
        recording("role.ended", granted.post, actor=actor, at=at, effective=ends, reason=why),
        still_administered(max(ends + timedelta(days=1), today), field="ends"),
    ):
        granted.ends = ends
        granted.save()
