"""Telling posts what a cycle asks of them: links made, letters written, in the transaction of the act that causes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from candour.kernel.access import CANDOUR, Actor
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.people.models import Post
from candour.kernel.people.queries import deputies_of
from candour.recommendations.models import AnswerLink, Cycle
from candour.recommendations.queries.cycles import AskRow, asks_of
from candour.recommendations.queries.links import (
    digest_of,
    posts_by_number,
    shut_on,
    standing_links,
    still_seen,
    token_of,
)
from candour.recommendations.rules import mail

ABOUT = "recommendations.link"
LINE = "recommendations.line"  # to the post above
Pair = tuple[Post, Post]  # the post that is asked, and the post that is written to


def owing(cycle: Cycle, *, today: date, posts: Sequence[int] | None = None) -> dict[int, list[AskRow]]:
    """By post what it still owes an answer on: nothing restricted that it may no longer see since it was asked."""
    owed = [row for row in asks_of(cycle, actor=CANDOUR, today=today, posts=posts) if row.owes]
    secret = [row.ask for row in owed if row.restricted]
    seen = still_seen(secret, body=cycle.organisation_id, today=today) if secret else set()
    found: dict[int, list[AskRow]] = {}
    for row in owed:
        if not row.restricted or row.ask.pk in seen:
            found.setdefault(row.ask.post_id, []).append(row)
    return found


def tell(cycle: Cycle, kind: mail.Kind, owed: dict[int, list[AskRow]], *, mark: str, actor: Actor, at: datetime) -> int:
    """Write to the posts, and to those who answer for them, what they owe; gives how many letters are new.

    mark: what the letters are for. A post is never written to twice for the same.
    """
    today = local_date(at)
    known = posts_by_number(set(owed))
    pairs = [(known[post], known[post]) for post in owed]
    pairs += [(known[post], cover.by) for post, covers in deputies_of(owed, today).items() for cover in covers]
    return tell_pairs(cycle, kind, pairs, owed, mark=mark, actor=actor, at=at)


def tell_pairs(
    cycle: Cycle,
    kind: mail.Kind,
    pairs: Sequence[Pair],
    owed: dict[int, list[AskRow]],
    *,
    mark: str,
    actor: Actor,
    at: datetime,
) -> int:
    """The same for pairs of a post and whom to write to."""
    links = links_for(cycle, pairs, actor=actor, at=at)
    letters = []
    for post, to in pairs:
        says: mail.Kind = kind if post == to else "cover"
        items = [row.item for row in owed[post.pk]]
        letters.append(
            Letter(
                key=str(mail.Key(cycle.pk, mark, post.pk, to.pk)),
                to=to,
                subject=mail.subject(says, cycle=cycle.name, due=min(item.due for item in items))[:200],
                text=mail.text(says, post=post.title, cycle=cycle.name, items=items),
                about=ABOUT,
                about_id=links[post.pk, to.pk].pk,
                kind=ABOUT,
            )
        )
    return write(letters, at=at, by=actor)


def tell_the_line(cycle: Cycle, owed: dict[int, list[AskRow]], *, mark: str, at: datetime) -> int:
    """Write to the posts above what those below them have not answered. A post that answers to none has nobody to tell."""
    letters = []
    for post in posts_by_number(set(owed)).values():
        if above := post.answers_to:
            items = [row.item for row in owed[post.pk]]
            words = mail.to_the_line(post=post.title, above=above.title, cycle=cycle.name, items=items)
            subject = f"{cycle.name}: the {post.title} has not answered"[:200]
            key = mail.Key(cycle.pk, mark, post.pk, above.pk)
            letters.append(Letter(str(key), above, subject, words, kind=LINE))
    return write(letters, at=at)


def links_for(cycle: Cycle, pairs: Iterable[Pair], *, actor: Actor, at: datetime) -> dict[tuple[int, int], AnswerLink]:
    """The link of each pair: the one that stands, or a new one where there is none or it has expired."""
    today = local_date(at)
    links = standing_links(cycle.pk)
    wanted = {(post.pk, to.pk): (post, to) for post, to in pairs}
    old = [links[pair] for pair in wanted if pair in links and shut_on(links[pair], today)]
    new = [wanted[pair] for pair in wanted if pair not in links or links[pair] in old]
    if not new:
        return links
    expires = max(cycle.due, today) + timedelta(days=cycle.link_days)
    with recording("cycle.links_made", cycle, actor=actor, at=at):
        AnswerLink.objects.filter(pk__in=[link.pk for link in old]).update(revoked_on=today)
        AnswerLink.objects.bulk_create(_link(cycle, pair, today, expires) for pair in new)
    return standing_links(cycle.pk)


def _link(cycle: Cycle, pair: Pair, today: date, expires: date) -> AnswerLink:
    seed = token_urlsafe(32)
    digest = digest_of(token_of(seed))
    return AnswerLink(cycle=cycle, post=pair[0], to=pair[1], seed=seed, digest=digest, made_on=today, expires=expires)
