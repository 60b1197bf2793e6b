"""Tokens as an administrator lists them, and the actor that a token stands for."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db.models import F, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.queries import actor_at_post
from candour.kernel.service import rules
from candour.kernel.service.access import ServicePermission
from candour.kernel.service.models import ServiceToken
from candour.kernel.service.scopes import permissions_of, scopes

BEGINS = "candour_"  # so that a token which leaked into a file is known for what it is


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def token_shown(token: str) -> ServiceToken | None:
    """The token that somebody shows, with its post and last use; None for one that never was. One query."""
    rows = ServiceToken.objects.filter(digest=digest_of(token)).select_related("post__organisation", "use")
    return rows.first() if token.startswith(BEGINS) else None


def why_shut(token: ServiceToken, today: date) -> str:
    """Why a token may not be used; "" where it may."""
    if token.post.ended is not None and token.post.ended <= today:
        return "The post that this token stands for has ended"
    state = token.state(today)
    return "" if state == rules.IN_USE else f"This token is {state.lower()}"


def actor_of(token: ServiceToken, today: date) -> Actor:
    """Who acts with a token: its post as far as its scopes go, under the token’s own name. One query."""
    at_post = actor_at_post(token.post, today)
    scopes_held = rules.narrowed(at_post.scopes, permissions_of(token.scope_names))
    return replace(at_post, kind="token", id=token.pk, label=token.name, scopes=scopes_held)


@dataclass(frozen=True)
class TokenRow:
    """A token as the list shows it. reads, writes: the registers, in words."""

    pk: int
    name: str
    post: str
    post_pk: int
    organisation: str
    reads: str
    writes: str
    ending: str
    made_on: date
    expires_on: date
    revoked_on: date | None
    last_used: datetime | None
    state: str
    tone: str


def tokens_seen(actor: Actor) -> QuerySet[ServiceToken]:
    """The tokens of posts of the bodies whose tokens an actor manages, those that were revoked last."""
    managed = actor.scope(ServicePermission.MANAGE)
    rows = ServiceToken.objects.filter(post__organisation__in=managed).select_related("post__organisation", "use")
    return rows.order_by(F("revoked_on").asc(nulls_first=True), "expires_on", "name", "pk")


def token_at(number: int, *, actor: Actor) -> ServiceToken:
    """One of them. Raises ServiceToken.DoesNotExist alike for one that is another body’s and one that never was."""
    return tokens_seen(actor).get(pk=number)


def row_of(token: ServiceToken, today: date) -> TokenRow:
    known = scopes()
    told = [known[name].words for name in token.scope_names if name in known]
    state = token.state(today)
    use = getattr(token, "use", None)
    return TokenRow(
        pk=token.pk,
        name=token.name,
        post=token.post.title,
        post_pk=token.post_id,
        organisation=token.post.organisation.short_name,
        reads=", ".join(words.removesuffix(": read") for words in told if words.endswith(": read")),
        writes=", ".join(words.removesuffix(": write") for words in told if words.endswith(": write")),
        ending=token.ending,
        made_on=token.made_on,
        expires_on=token.expires_on,
        revoked_on=token.revoked_on,
        last_used=use.last_used if use else None,
        state=state,
        tone=rules.STATE_TONES[state],
    )
