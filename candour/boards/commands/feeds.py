"""Calendar feeds: an address made, made anew, and ended."""

import secrets
from datetime import datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Feed
from candour.boards.queries.feeds import digest_of, token_of
from candour.kernel.access import Actor, Forbidden, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Person


def make_feed(*, board: Board | None, actor: Actor, at: datetime, reason: str = "Chosen by the person") -> Feed:
    """A new address for one's own feed of a board, or of the boards of one's posts; the one that stood opens no more."""
    _own(actor)
    if board is not None and not actor.holds(BoardPermission.SEE):
        raise Forbidden(actor, BoardPermission.SEE)
    seed, person = secrets.token_hex(32), Person.objects.get(pk=actor.id)
    with recording("calendar.feed_made", person, actor=actor, at=at, reason=reason):
        for standing in Feed.objects.filter(person=person, board=board, ended_on=None):
            standing.ended_on = local_date(at)
            standing.save()
        return Feed.objects.create(
            person=person, board=board, seed=seed, digest=digest_of(token_of(seed)), made_on=local_date(at)
        )


def end_feed(feed: Feed, *, actor: Actor, at: datetime, reason: str = "Chosen by the person") -> Feed:
    """The address opens no more. Only whose feed it is ends it."""
    _own(actor)
    if feed.person_id != actor.id:
        raise Forbidden(actor, BoardPermission.SEE)
    with recording("calendar.feed_ended", feed.person, actor=actor, at=at, reason=reason):
        feed.ended_on = local_date(at)
        feed.save()
    return feed


def _own(actor: Actor) -> None:
    """Somebody who signs in, and may see boards: Candour itself has no calendar."""
    require(actor, BoardPermission.SEE)
    if actor.kind != "person":
        raise Forbidden(actor, BoardPermission.SEE)
