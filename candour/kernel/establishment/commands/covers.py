"""Who answers for a post while its holder is away, or after they handed the answering over."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Cover, Post
from candour.kernel.rules import Refused, need_reason


def cover_post(
    post: Post, *, by: Post, starts: date, ends: date | None, away: bool, actor: Actor, at: datetime, reason: str
) -> Cover:
    """Another post answers for a post from a day to a day: its holder is away, or hands the answering over.

    The post's own holder may say so, and who manages posts in its body.
    """
    _may(actor, post)
    why = need_reason(reason, "Say why another post answers")
    if by.pk == post.pk or by.organisation_id != post.organisation_id or by.ended is not None:
        raise Refused("by", "Choose another post of the same body")
    if ends is not None and ends < starts:
        raise Refused("ends", "Enter a last day on or after the first")
    with recording("post.covered", post, actor=actor, at=at, effective=starts, reason=why):
        return Cover.objects.create(post=post, by=by, away=away, starts=starts, ends=ends)


def end_cover(cover: Cover, *, ends: date, actor: Actor, at: datetime, reason: str) -> None:
    """The other post answers until the end of a day, and no longer."""
    _may(actor, cover.post)
    why = need_reason(reason)
    if cover.ends is not None and cover.ends < local_date(at):
        raise Refused("ends", f"This cover ended on {say_date(cover.ends)} already")
    if ends < cover.starts:
        raise Refused("ends", f"Enter a last day on or after {say_date(cover.starts)}, when it began")
    with recording("post.cover_ended", cover.post, actor=actor, at=at, effective=ends, reason=why):
        cover.ends = ends
        cover.save()


def _may(actor: Actor, post: Post) -> None:
    if post.pk not in actor.posts or actor.only is not None:
        require(actor, PeoplePermission.MANAGE, post)
