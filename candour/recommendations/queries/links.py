"""Links of a cycle: their tokens, whom they let in, and what opens."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from candour.kernel.access import Actor
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.access.rules import permissions_of
from candour.kernel.calendar import local_date
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.people.models import Post, holding
from candour.kernel.records.access import RecordPermission
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import AnswerLink, Ask, Assignment

OF_A_LINK = (
    RecommendationPermission.SEE,
    RecommendationPermission.UPDATE,
    EvidencePermission.SEE,
    EvidencePermission.ADD,
)


def token_of(seed: str) -> str:
    """The token of a link, from its seed and the key of the installation: 256 bits, 43 signs."""
    made = salted_hmac("candour.recommendations.link", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def link_address(number: int, at: datetime) -> str | None:
    """The path of a link for the letter that carries it; None where it opens no more. One query."""
    link = AnswerLink.objects.select_related("cycle").get(pk=number)
    return None if shut_on(link, local_date(at)) else reverse("answer", args=[token_of(link.seed)])


def shut_on(link: AnswerLink, today: date) -> rules.Opens:
    """Why a link does not open on a day; "" where it does."""
    return rules.shut(revoked_on=link.revoked_on, expires=link.expires, closed_on=link.cycle.closed_on, today=today)


@dataclass(frozen=True)
class Opened:
    """A link that somebody came with, why it does not open ("" where it does), and who acts through it."""

    link: AnswerLink
    shut: rules.Opens
    actor: Actor


def opened(token: str, *, today: date) -> Opened:
    """The link of a token. Raises AnswerLink.DoesNotExist for a token that was never given. Three queries."""
    rows = AnswerLink.objects.select_related("cycle__organisation", "post", "to")
    link = rows.get(digest=digest_of(token))
    if shut := shut_on(link, today):
        return Opened(link, shut, Actor("link", link.pk, "A link that is shut", only=frozenset()))
    return Opened(link, "", actor_of(link, today))


def actor_of(link: AnswerLink, today: date) -> Actor:
    """Who acts through a link: the post, confined to what its cycle asks of it. Two queries."""
    body = link.cycle.organisation_id
    asked = Ask.objects.filter(cycle=link.cycle_id, post=link.post_id).values_list("recommendation", flat=True)
    scopes = {str(permission): frozenset({body}) for permission in OF_A_LINK}
    if link.post_id in seeing_restricted([link.post_id], body, today):
        scopes[str(RecordPermission.SEE_RESTRICTED)] = frozenset({body})
    by = "" if link.to_id == link.post_id else f" through the {link.to}"
    return Actor(
        kind="link",
        id=link.pk,
        label=f"{link.post}{by}, by e-mailed link"[:200],
        posts=frozenset({link.post_id}),
        organisation=body,
        organisation_name=link.cycle.organisation.name,
        scopes=scopes,
        audience="office",
        only=frozenset(asked),
    )


def seeing_restricted(posts: list[int], body: int, today: date) -> set[int]:
    """Of some posts those that may see restricted records of a body by their roles. One query."""
    held = Grant.objects.filter(holding(today), Q(post__in=posts)).values_list("post", "role", "organisation")
    deep, page = str(RecordPermission.SEE_RESTRICTED), roles()
    return {post for post, role, where in held if body in permissions_of(page, [(role, where)]).get(deep, ())}


def still_seen(asks: Sequence[Ask], *, body: int, today: date) -> set[int]:
    """The numbers of those asks about restricted records whose post answers for them yet, or may see all. Two queries."""
    deep = seeing_restricted([ask.post_id for ask in asks], body, today)
    rows = Assignment.objects.filter(recommendation__in=[ask.recommendation_id for ask in asks], removed_on=None)
    owners: set[tuple[int, int | None]] = set(rows.values_list("recommendation", "owner"))
    owners |= {(ask.recommendation_id, ask.recommendation.record.owner_id) for ask in asks}
    return {ask.pk for ask in asks if ask.post_id in deep or (ask.recommendation_id, ask.post_id) in owners}


def standing_links(cycle: int) -> dict[tuple[int, int], AnswerLink]:
    """The links of a cycle that are not revoked, by the post and the post they are sent to. One query."""
    rows = AnswerLink.objects.filter(cycle=cycle, revoked_on=None).select_related("cycle").order_by("pk")
    return {(link.post_id, link.to_id): link for link in rows}


def posts_by_number(numbers: set[int]) -> dict[int, Post]:
    """Posts by their numbers, each with the one it answers to. One query."""
    return {post.pk: post for post in Post.objects.filter(pk__in=numbers).select_related("answers_to")}
