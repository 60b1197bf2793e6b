"""Granting roles to posts, and taking them back."""

from datetime import date, datetime

from candour.kernel.access.models import Grant
from candour.kernel.history.batch import Actor
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post


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
    """Give a post a role in an organisation from a day."""
    with recording("role.granted", post, actor=actor, at=at, effective=starts, reason=reason):
        return Grant.objects.create(role=role, post=post, organisation=organisation, starts=starts, ends=ends)


def end_grant(granted: Grant, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """Take a role back at the end of a day."""
    with recording("role.ended", granted.post, actor=actor, at=at, effective=ends, reason=reason):
        granted.ends = ends
        granted.save()
