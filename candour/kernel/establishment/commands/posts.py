"""Setting up posts, renaming, moving and ending them. A post stays when people change."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.calendar import local_date, say_date
from candour.kernel.establishment.guard import still_administered
from candour.kernel.establishment.queries.posts import hanging_on
from candour.kernel.establishment.rules import circular
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Cover, Organisation, Post, holding
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused, need_reason


def set_up_post(
    *,
    title: str,
    organisation: Organisation,
    directorate: str = "",
    answers_to: Post | None = None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Post:
    """A new post of an organisation, vacant until somebody is appointed. Raises Refused for a title that is taken."""
    require(actor, PeoplePermission.MANAGE, Post(organisation=organisation))
    why, named = need_reason(reason), _titled(title, organisation)
    _in_one_body(organisation, answers_to)
    with recording("post.set_up", actor=actor, at=at, reason=why):
        return Post.objects.create(
            title=named, organisation=organisation, directorate=_tidy(directorate), answers_to=answers_to
        )


def set_up_posts(
    titles: list[str], *, organisation: Organisation, actor: Actor, at: datetime, effective: date, reason: str
) -> list[Post]:
    """Posts named in a paper that Candour did not know yet."""
    require(actor, PeoplePermission.MANAGE, Post(organisation=organisation))
    with recording_many("post.set_up", [], actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        return Post.objects.bulk_create([Post(title=title, organisation=organisation) for title in titles])


def rename_post(post: Post, *, title: str, actor: Actor, at: datetime, reason: str) -> Post:
    """The same post under another title: what it owns stays with it, and older papers keep the older title."""
    require(actor, PeoplePermission.MANAGE, post)
    why = need_reason(reason)
    _need_standing(post)
    named = _titled(title, post.organisation, but=post.pk)
    with recording("post.renamed", post, actor=actor, at=at, reason=why):
        post.title = named
        post.save()
    return post


def place_post(
    post: Post, *, directorate: str, answers_to: Post | None, actor: Actor, at: datetime, reason: str
) -> Post:
    """Say in which directorate a post stands, and to which post it answers: where a reminder goes when it is silent.

    Raises Refused for a post of another body, and for a line that would lead back to the post itself.
    """
    require(actor, PeoplePermission.MANAGE, post)
    why = need_reason(reason)
    _need_standing(post)
    _in_one_body(post.organisation, answers_to)
    if answers_to is not None:
        line = dict(Post.objects.filter(organisation=post.organisation_id).values_list("pk", "answers_to"))
        if circular(post.pk, answers_to.pk, line):
            raise Refused("answers_to", f"The {answers_to} answers to the {post}: choose another post")
    with recording("post.placed", post, actor=actor, at=at, reason=why):
        post.directorate, post.answers_to = _tidy(directorate), answers_to
        post.save()
    return post


def end_post(post: Post, *, actor: Actor, at: datetime, reason: str) -> Post:
    """The post ends today; its roles and cover end with it. History keeps who held it and what it owned.

    Asks to see restricted records, whatever the post owns: one who does not could not tell that it owns nothing.
    Raises Refused while somebody holds it, a post answers to it, or it owns anything that is open.
    """
    require(actor, PeoplePermission.MANAGE, post)
    require(actor, RecordPermission.SEE_RESTRICTED, post)
    why, today = need_reason(reason), local_date(at)
    _need_standing(post)
    for first in hanging_on(post, actor=actor, today=today):
        raise Refused("reason", first)
    with recording("post.ended", post, actor=actor, at=at, reason=why), still_administered(today):
        post.ended = today
        post.save()
        Grant.objects.filter(holding(today), post=post).update(ends=today)
        Cover.objects.filter(holding(today), post=post).update(ends=today)
    return post


def _need_standing(post: Post) -> None:
    if post.ended is not None:
        raise Refused("reason", f"The post ended on {say_date(post.ended)}: set up a new one")


def _in_one_body(organisation: Organisation, answers_to: Post | None) -> None:
    if answers_to is not None and (answers_to.organisation_id != organisation.pk or answers_to.ended is not None):
        raise Refused("answers_to", "Choose a post of the same body that has not ended")


def _titled(title: str, organisation: Organisation, *, but: int = 0) -> str:
    named = _tidy(title)
    if not named:
        raise Refused("title", "Enter the title of the post")
    taken = Post.objects.filter(organisation=organisation, title__iexact=named).exclude(pk=but).first()
    if taken is not None:
        ended = f", which ended on {say_date(taken.ended)}" if taken.ended else ""
        raise Refused("title", f"{organisation.short_name} has a post ‘{taken.title}’{ended}: enter another title")
    return named


def _tidy(words: str) -> str:
    return " ".join(words.split())
